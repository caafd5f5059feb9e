/**
 * Every setting: name, default, check and help text. The only reader of process.env.
 * The environment wins over newsstand.config.json, which wins over the defaults.
 */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { validate as isCron } from 'node-cron'
import {
  ConfigError,
  checkTopics,
  configFile,
  isClean,
  readConfigFile,
  type TopicRule,
  textOf,
} from './config-file.ts'
import { type Namespace, namespaceOf } from './namespace.ts'
import { isLanguage } from './text.ts'
import { uriOf } from './uri.ts'

export { ConfigError }

/** The settings as the rest of the program uses them. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Without a trailing slash. */
  readonly baseUrl: string
  /** Absolute path. */
  readonly articlesDir: string
  /** Absolute path. */
  readonly dataDir: string
  readonly refreshCron: string
  readonly watch: boolean
  /** How long a folder of articles that has lost most of its files, or all, is taken for a fault. */
  readonly emptyFolderMinutes: number
  /** How many articles a feed shows, newest first. */
  readonly feedItems: number
  readonly publisher: { readonly name: string; readonly url: string; readonly feedUrl: string }
  /** What ids of articles and feeds are made in. */
  readonly namespace: Namespace
  /** BCP 47; of the feeds, and of articles that do not state theirs. */
  readonly language: string
  /** IANA name; where dates without a time zone are. */
  readonly timeZone: string
  readonly logLevel: string
  readonly accessLog: boolean
  /** 0 for none. */
  readonly adminPort: number
  readonly adminHost: string
  /** As Express takes it: which proxies are believed when they say who asks. */
  readonly trustProxy: boolean | number | readonly string[]
  /** Of one feed by one address; 0 for as many as they like. */
  readonly downloadsPerHour: number
  readonly topics: readonly TopicRule[]
  /** What whoever wrote the settings should know, a line each. */
  readonly hints: readonly string[]
}

interface Setting {
  readonly fallback: string
  readonly help: string
  readonly allowed: string
  readonly isValid: (value: string) => boolean
  /** Whether true and false are meant where the config file says so without quotes. */
  readonly isSwitch?: boolean
}

const wholeNumber = (least: number, most: number) => (value: string) =>
  /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most

/** These addresses are published in every feed, so no name or password may be in them. */
const httpUrl = (value: string) => {
  if (!URL.canParse(value) || /[?#]/.test(value)) return false
  const { protocol, username, password } = new URL(value)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

/** A value as an error may show it: where there is an @, a password may stand before it. */
function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.includes('@') ? 'not shown, as it may hold a password' : text
}

const isUsable = (text: string, { isValid }: Setting) => isClean(text) && isValid(text)

const accepts = (use: () => unknown) => {
  try {
    use()
    return true
  } catch {
    return false
  }
}

const isTrueOrFalse = (value: string) => value === 'true' || value === 'false'

const listOf = (value: string) => value.split(',').map((one) => one.trim())

/** An address, a subnet, or a name that Express has for some. */
const isNetwork = (value: string) => {
  const [address = '', bits = '0', ...rest] = value.split('/')
  const isAddress = isIP(address) > 0 && wholeNumber(0, isIP(address) === 4 ? 32 : 128)(bits)
  return (isAddress && rest.length === 0) || /^(loopback|linklocal|uniquelocal)$/.test(value)
}

const readTrust = (value: string) => {
  if (value === 'false') return false
  return /^\d+$/.test(value) ? Number(value) : listOf(value)
}

const anyText = (value: string) => value.trim() !== ''
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent']

/** In the order of `--help`. An empty default is filled in by loadConfig. */
export const settings: Readonly<Record<string, Setting>> = {
  PORT: {
    fallback: '3000',
    help: 'Port to listen on.',
    allowed: 'a whole number from 1 to 65535',
    isValid: wholeNumber(1, 65535),
  },
  HOST: {
    fallback: '127.0.0.1',
    help: 'Address to listen on; 0.0.0.0 for every network.',
    allowed: 'an address or host name',
    isValid: anyText,
  },
  BASE_URL: {
    fallback: '',
    help: 'Where subscribers reach this server. Default: http://localhost:PORT.',
    allowed: 'an http or https address without name, password, query or fragment',
    isValid: httpUrl,
  },
  ADMIN_PORT: {
    fallback: '3001',
    help: 'Port of the status page and /metrics; 0 for none.',
    allowed: 'a whole number from 0 to 65535',
    isValid: wholeNumber(0, 65535),
  },
  ADMIN_HOST: {
    fallback: '127.0.0.1',
    help: 'Address of the status page and /metrics; keep it private.',
    allowed: 'an address or host name',
    isValid: anyText,
  },
  ARTICLES_DIR: {
    fallback: './articles',
    help: 'Folder of article files; subfolders are read too.',
    allowed: 'a path',
    isValid: anyText,
  },
  DATA_DIR: {
    fallback: './data',
    help: 'Folder for catalogue and statistics; made when it is not there.',
    allowed: 'a path',
    isValid: anyText,
  },
  REFRESH_CRON: {
    fallback: '* * * * *',
    help: 'When the whole folder is looked through.',
    allowed: 'a cron expression such as */5 * * * *',
    isValid: isCron,
  },
  WATCH: {
    fallback: 'true',
    help: 'Publish a file as soon as it changes.',
    allowed: 'true or false',
    isValid: isTrueOrFalse,
    isSwitch: true,
  },
  EMPTY_FOLDER_MINUTES: {
    fallback: '60',
    help: 'How long an articles folder that has lost most of its files, or all, is taken for a fault.',
    allowed: 'a whole number from 0 to 100000',
    isValid: wholeNumber(0, 100_000),
  },
  FEED_ITEMS: {
    fallback: '50',
    help: 'How many articles a feed shows, newest first.',
    allowed: 'a whole number from 1 to 1000',
    isValid: wholeNumber(1, 1000),
  },
  PUBLISHER_NAME: {
    fallback: 'TRT World',
    help: 'Who publishes the articles; also the title of the feeds.',
    allowed: 'a name',
    isValid: anyText,
  },
  PUBLISHER_URL: {
    fallback: 'https://www.trtworld.com/',
    help: "The publisher's home page.",
    allowed: 'an http or https address without name, password, query or fragment',
    isValid: httpUrl,
  },
  PUBLISHER_FEED_URL: {
    fallback: '',
    help: "The publisher's own feed, named as the source. Default: PUBLISHER_URL.",
    allowed: 'an http or https address without name, password, query or fragment',
    isValid: httpUrl,
  },
  SITE_ID: {
    fallback: '',
    help: 'What ids are made from. Default: PUBLISHER_URL or BASE_URL, whichever is set.',
    allowed: 'a UUID, or any text that no other site has',
    isValid: anyText,
  },
  FEED_LANGUAGE: {
    fallback: 'en',
    help: 'Language of the feeds, and of articles that do not state theirs.',
    allowed: 'the tag of a language there is, such as en or pt-BR',
    isValid: isLanguage,
  },
  TIME_ZONE: {
    fallback: 'UTC',
    help: 'Time zone of dates that do not state theirs, and of the days in searches.',
    allowed: 'a time zone such as UTC or Europe/Istanbul',
    isValid: (value) => accepts(() => new Intl.DateTimeFormat('en', { timeZone: value })),
  },
  LOG_LEVEL: {
    fallback: 'info',
    help: 'How much is logged.',
    allowed: logLevels.join(', '),
    isValid: (value) => logLevels.includes(value),
  },
  ACCESS_LOG: {
    fallback: 'false',
    help: 'Log every request, as JSON on standard output.',
    allowed: 'true or false',
    isValid: isTrueOrFalse,
    isSwitch: true,
  },
  TRUST_PROXY: {
    fallback: 'false',
    help: 'Whose X-Forwarded-For is believed: how many proxies, or their addresses.',
    allowed: 'false, a number of proxies, or addresses and subnets such as loopback, 10.0.0.0/8',
    isValid: (value) => /^(false|\d+)$/.test(value) || listOf(value).every(isNetwork),
    isSwitch: true,
  },
  DOWNLOADS_PER_HOUR: {
    fallback: '0',
    help: 'Whole downloads of one feed by one address, then 429; 0 for no limit.',
    allowed: 'a whole number from 0 to 1000000',
    isValid: wholeNumber(0, 1_000_000),
  },
}

/** Former names, as newsstand.config.json may still have them. In the environment LANGUAGE is gettext's. */
const formerNames: Readonly<Record<string, string>> = { FEED_LANGUAGE: 'LANGUAGE' }

const renamedHints = (file: Readonly<Record<string, unknown>>) =>
  Object.entries(formerNames)
    .filter(([, former]) => file[former] !== undefined)
    .map(([name, former]) => `${former} in ${configFile} is now called ${name}; please rename it`)

/** Some shells and tools (tcsh, conda) put a name into HOST that nobody means for us. */
const hostHint = ({ HOST }: NodeJS.ProcessEnv) =>
  HOST === undefined || HOST === 'localhost' || isIP(HOST) > 0
    ? []
    : [
        `HOST is ${JSON.stringify(HOST)} in the environment, so that is where it listens; ` +
          'if your shell set it and not you, start with HOST=127.0.0.1',
      ]

/**
 * Reads and checks all settings.
 * @param env the environment; only the names in `settings` are looked at
 * @param folder where newsstand.config.json may be, and what relative paths are relative to
 * @throws ConfigError that names the setting, the value and what is allowed
 */
export function loadConfig(env: NodeJS.ProcessEnv, folder: string): Config {
  const known = Object.keys(settings)
  const file = readConfigFile(resolve(folder, configFile), known, Object.values(formerNames))
  const value = (name: string): string => {
    const setting = settings[name]
    if (!setting) throw new Error(`unknown setting ${name}`)
    if (env[name] !== undefined) {
      if (isUsable(env[name], setting)) return env[name]
      throw new ConfigError(
        `${name} is ${shown(env[name])}; allowed is ${setting.allowed}. It is set in the environment.`,
      )
    }
    const written = [name, formerNames[name] ?? name].find((one) => file[one] !== undefined)
    if (written === undefined) return setting.fallback
    const text = textOf(file[written], setting.isSwitch)
    if (text !== undefined && isUsable(text, setting)) return text
    throw new ConfigError(
      `${written} in ${configFile} is ${shown(file[written])}; allowed is ${setting.allowed}.`,
    )
  }
  const [port, adminPort] = [value('PORT'), value('ADMIN_PORT')]
  if (port === adminPort && value('HOST') === value('ADMIN_HOST')) {
    throw new ConfigError(`PORT and ADMIN_PORT are both ${port}; set another one of them.`)
  }
  const publisherUrl = uriOf(new URL(value('PUBLISHER_URL')))
  const isOwnPublisher = (env.PUBLISHER_URL ?? file.PUBLISHER_URL) !== undefined
  const baseUrl = value('BASE_URL')
  const feedUrl = value('PUBLISHER_FEED_URL')
  return {
    port: Number(port),
    host: value('HOST'),
    baseUrl: uriOf(new URL(baseUrl || `http://localhost:${port}`)).replace(/\/+$/, ''),
    articlesDir: resolve(folder, value('ARTICLES_DIR')),
    dataDir: resolve(folder, value('DATA_DIR')),
    refreshCron: value('REFRESH_CRON'),
    watch: value('WATCH') === 'true',
    emptyFolderMinutes: Number(value('EMPTY_FOLDER_MINUTES')),
    feedItems: Number(value('FEED_ITEMS')),
    publisher: {
      name: value('PUBLISHER_NAME'),
      url: publisherUrl,
      feedUrl: feedUrl === '' ? publisherUrl : uriOf(new URL(feedUrl)),
    },
    namespace: namespaceOf({
      siteId: value('SITE_ID') || undefined,
      publisherUrl: isOwnPublisher ? publisherUrl : undefined,
      baseUrl: baseUrl || undefined,
    }),
    language: Intl.getCanonicalLocales(value('FEED_LANGUAGE'))[0] ?? 'en',
    timeZone: value('TIME_ZONE'),
    logLevel: value('LOG_LEVEL'),
    accessLog: value('ACCESS_LOG') === 'true',
    adminPort: Number(adminPort),
    adminHost: value('ADMIN_HOST'),
    trustProxy: readTrust(value('TRUST_PROXY')),
    downloadsPerHour: Number(value('DOWNLOADS_PER_HOUR')),
    topics: checkTopics(file.topics),
    hints: [...renamedHints(file), ...hostHint(env)],
  }
}
