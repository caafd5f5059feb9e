/**
 * The settings as the rest of the program uses them. The only reader of process.env. The environment wins over
 * newsstand.config.json, which wins over the defaults.
 */
import { isIP } from 'node:net'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { accentHints } from './accent.ts'
import {
  ConfigError,
  checkFooterLinks,
  checkTopics,
  configFile,
  type FooterLink,
  isClean,
  readConfigFile,
  type TopicRule,
  textOf,
  told,
} from './config-file.ts'
import { nearestName } from './nearest-name.ts'
import type { Given, Setting } from './setting-kinds.ts'
import { settingList, settings } from './settings.ts'
import { hasWords } from './words/languages.ts'

export { ConfigError }

type Read = {
  readonly [key in keyof typeof settings]: ReturnType<(typeof settings)[key]['read']>
}

export interface Config extends Omit<Read, 'publisherName' | 'publisherUrl' | 'publisherFeedUrl'> {
  readonly publisher: { readonly name: string; readonly url: string; readonly feedUrl: string }
  readonly topics: readonly TopicRule[]
  readonly footerLinks: readonly FooterLink[]
  /** Whether anybody has said what the site is called, or whose it is. */
  readonly isNamed: boolean
  /** What whoever wrote the settings should know, a line each. */
  readonly hints: readonly string[]
}

type File = Readonly<Record<string, unknown>>

/** A value as an error may show it: where there is an @, a password may stand before it. */
export function shown(value: unknown, { isSecret = false }: Setting): string {
  const text = told(value)
  return isSecret || text.includes('@') ? 'not shown, as it may hold a password' : text
}

export const isAllowed = ({ isValid }: Setting, text: string) => isClean(text) && isValid(text)

/** @returns undefined where it is not set. @throws ConfigError */
function statedText(setting: Setting, env: NodeJS.ProcessEnv, file: File): string | undefined {
  const { name, formerly = name, allowed, isSwitch } = setting
  const ofEnv = env[name]
  if (ofEnv !== undefined) {
    if (isAllowed(setting, ofEnv)) return ofEnv
    throw new ConfigError(
      `${name} is ${shown(ofEnv, setting)}; allowed is ${allowed}. It is set in the environment.`,
    )
  }
  const written = [name, formerly].find((one) => file[one] !== undefined)
  if (written === undefined) return undefined
  const text = textOf(file[written], isSwitch)
  if (text !== undefined && isAllowed(setting, text)) return text
  throw new ConfigError(
    `${written} in ${configFile} is ${shown(file[written], setting)}; allowed is ${allowed}.`,
  )
}

const renamedHints = (file: File) =>
  settingList
    .filter(({ formerly }) => formerly !== undefined && file[formerly] !== undefined)
    .map(
      ({ name, formerly }) =>
        `${formerly} in ${configFile} is now called ${name}; please rename it`,
    )

/** Some shells and tools (tcsh, conda) put a name into HOST that nobody means for us. */
const hostHint = ({ HOST }: NodeJS.ProcessEnv) =>
  HOST === undefined || HOST === 'localhost' || isIP(HOST) > 0
    ? []
    : [
        `HOST is ${JSON.stringify(HOST)} in the environment, so that is where it listens; ` +
          'if your shell set it and not you, start with HOST=127.0.0.1',
      ]

/** Names with a mark between their words are hardly those of other programs: `SITE_TITEL`. */
const misspeltHints = (env: NodeJS.ProcessEnv) => {
  const names = settingList.map(({ name }) => name)
  const own = names.filter((name) => name.includes('_'))
  return Object.keys(env)
    .filter((name) => /^[A-Z]+(?:_[A-Z]+)+$/.test(name) && !names.includes(name))
    .flatMap((name) => {
      const meant = nearestName(name, own)
      return meant && env[meant] === undefined
        ? [`${name} in the environment is no setting; did you mean ${meant}?`]
        : []
    })
}

const isNamed = ({ stated }: Given) =>
  ['SITE_TITLE', 'PUBLISHER_NAME'].some((name) => stated(name) !== undefined)

const nameHints = (given: Given) =>
  given.folderName === undefined || isNamed(given)
    ? []
    : [
        `the site is called ${JSON.stringify(given.folderName)}, as its folder is; SITE_TITLE names it`,
      ]

const languageHints = ({ language }: Pick<Read, 'language'>) =>
  hasWords(language)
    ? []
    : [
        `there are no words for pages in FEED_LANGUAGE ${language}: what is not said by articles is in English`,
      ]

const pictureHints = ({ icon, logo }: Pick<Read, 'icon' | 'logo'>) =>
  (!icon && !logo) || icon?.width || logo?.width
    ? []
    : [
        'neither ICON nor LOGO is a PNG, and many feed readers, phones and previews of links draw no SVG; ' +
          'an ICON of 512 by 512 pixels is shown by all',
      ]

const webhookHints = ({ webhooks, webhookSecret }: Pick<Read, 'webhooks' | 'webhookSecret'>) =>
  webhooks.length === 0 || webhookSecret
    ? []
    : [
        'WEBHOOKS are sent without a signature, so whoever gets them cannot tell them from forged ones; WEBHOOK_SECRET signs them',
      ]

/** Hidden folders are not looked through; `newsstand .` has its data in one. */
function folderHints({ articlesDir, dataDir }: Pick<Read, 'articlesDir' | 'dataDir'>): string[] {
  const way = relative(articlesDir, dataDir)
  const names = way.split(sep)
  const isElsewhere = names[0] === '..' || isAbsolute(way)
  if (isElsewhere || names.some((name) => name.startsWith('.'))) return []
  const where = way === '' ? 'as is ARTICLES_DIR' : 'which lies in ARTICLES_DIR'
  return [
    `DATA_DIR is ${dataDir}, ${where}: files that Newsstand writes for itself lie among those of articles; ` +
      'set another DATA_DIR, or one whose name begins with a dot',
  ]
}

/** A folder that the command names. */
export interface NamedFolder {
  readonly name: string
  /** DATA_DIR where none is stated. */
  readonly dataDir: string
}

/**
 * Reads and checks all settings.
 * @param env the environment; only the names of settings are looked at
 * @param folder where newsstand.config.json may be, and what relative paths are relative to
 * @param named the articles folder, where the command names it
 * @throws ConfigError that names the setting, the value and what is allowed
 */
export function loadConfig(env: NodeJS.ProcessEnv, folder: string, named?: NamedFolder): Config {
  const file = readConfigFile(
    resolve(folder, configFile),
    settingList.map(({ name }) => name),
    settingList.flatMap(({ formerly }) => formerly ?? []),
  )
  const config = configOf(
    (setting) =>
      statedText(setting, env, file) ?? (setting === settings.dataDir ? named?.dataDir : undefined),
    folder,
    {
      topics: checkTopics(file.topics, `topics in ${configFile}`),
      footerLinks: checkFooterLinks(file.FOOTER_LINKS, `FOOTER_LINKS in ${configFile}`),
    },
    named?.name,
  )
  const { port, host, adminPort, adminHost } = config
  if (port === adminPort && host === adminHost) {
    throw new ConfigError(`PORT and ADMIN_PORT are both ${port}; set another one of them.`)
  }
  return {
    ...config,
    hints: [...renamedHints(file), ...hostHint(env), ...misspeltHints(env), ...config.hints],
  }
}

/**
 * The settings, wherever they are stated.
 * @param statedOf gives what a setting is set to, as text that was found to be allowed
 * @param folder what relative paths are relative to
 * @param folderName of the folder that the command names
 */
export function configOf(
  statedOf: (setting: Setting) => string | undefined,
  folder: string,
  lists: Pick<Config, 'topics' | 'footerLinks'>,
  folderName?: string,
): Config {
  const textBy = (setting: Setting) =>
    statedOf(setting) ?? setting.unset?.(given) ?? setting.fallback
  const given: Given = {
    stated: (name) => statedOf(called(name)),
    text: (name) => textBy(called(name)),
    ...{ folder, folderName },
  }
  const read = Object.fromEntries(
    Object.entries<Setting>(settings).map(([key, setting]) => [
      key,
      setting.read(textBy(setting), given),
    ]),
  ) as Read
  const { publisherName, publisherUrl, publisherFeedUrl, ...others } = read
  return {
    ...others,
    publisher: { name: publisherName, url: publisherUrl, feedUrl: publisherFeedUrl },
    ...lists,
    isNamed: isNamed(given),
    hints: [
      ...nameHints(given),
      ...folderHints(read),
      ...languageHints(read),
      ...accentHints(textBy(settings.accentColour)),
      ...pictureHints(read),
      ...webhookHints(read),
    ],
  }
}

function called(name: string): Setting {
  const setting = settingList.find((one) => one.name === name)
  if (!setting) throw new Error(`there is no setting ${name}`)
  return setting
}
