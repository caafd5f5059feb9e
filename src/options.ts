/** The settings as a program that embeds Newsstand states them: in camelCase, checked by the same table. */
import { attempt } from './attempt.ts'
import { type Config, ConfigError, configOf, isAllowed, shown } from './config.ts'
import {
  checkFooterLinks,
  checkTopics,
  type FooterLink,
  type TopicRule,
  textOf,
} from './config-file.ts'
import type { Logger } from './log.ts'
import type { Setting } from './setting-kinds.ts'
import { settingList } from './settings.ts'

/** What each is, docs/api.md says. */
export interface NewsstandOptions {
  /** Where readers find what is mounted, such as `https://example.org/news`. */
  readonly baseUrl: string | URL
  readonly articlesDir?: string
  readonly dataDir?: string
  readonly databaseUrl?: string
  readonly refreshCron?: string
  readonly watch?: boolean
  readonly emptyFolderMinutes?: number
  readonly feedItems?: number
  readonly publisherName?: string
  readonly publisherUrl?: string | URL
  readonly publisherFeedUrl?: string | URL
  readonly siteTitle?: string
  readonly siteDescription?: string
  readonly copyright?: string
  readonly sourceLine?: boolean
  readonly logo?: string
  readonly icon?: string
  readonly accentColour?: string
  readonly stylesheet?: string
  readonly siteId?: string
  readonly guid?: 'uuid' | 'permalink'
  readonly feedLanguage?: string
  readonly timeZone?: string
  readonly undated?: 'modified' | 'reject'
  /** Where nobody before has found out the client's address, as Express and Fastify do. */
  readonly trustProxy?: false | number | string | readonly string[]
  readonly downloadsPerHour?: number
  readonly hubs?: string | readonly string[]
  readonly websubAllowNetworks?: string | readonly string[]
  readonly webhooks?: string | readonly string[]
  readonly webhookSecret?: string
  readonly indexnowKey?: string
  readonly indexnowUrl?: string | readonly string[]
  readonly surrogateKeys?: boolean
  readonly topics?: readonly TopicRule[]
  readonly footerLinks?: readonly (Omit<FooterLink, 'url'> & { readonly url: string | URL })[]
  /** Is told what happens; without one nobody is. */
  readonly logger?: Logger
}

/** Where nobody is told. */
const silent: Logger = { info() {}, warn() {}, error() {} }

/** Those of whoever listens, and writes to a console. */
const ofProgram = [
  'PORT',
  'HOST',
  'ADMIN_PORT',
  'ADMIN_HOST',
  'ADMIN_TOKEN',
  'WORKERS',
  'LOG_LEVEL',
  'ACCESS_LOG',
]

const optionName = (name: string) =>
  name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())

/** Names of settings by those of options. */
const settingNames: ReadonlyMap<string, string> = new Map(
  settingList
    .map(({ name }) => name)
    .filter((name) => !ofProgram.includes(name))
    .map((name) => [optionName(name), name]),
)

/** All there are. */
export const optionNames: readonly string[] = [
  ...settingNames.keys(),
  ...['topics', 'footerLinks', 'logger'],
]

/**
 * Reads and checks options.
 * @param folder what relative paths are relative to
 * @throws ConfigError that names the option, the value and what is allowed
 */
export function configOfOptions(options: NewsstandOptions, folder: string): Config {
  if (typeof options !== 'object' || options === null) {
    const stated = options === null ? 'null' : typeof options
    throw new ConfigError(
      `the options are ${stated}; allowed is an object, such as { baseUrl: 'https://example.org' }.`,
    )
  }
  const given = options as unknown as Readonly<Record<string, unknown>>
  for (const name of Object.keys(given)) {
    if (!optionNames.includes(name)) {
      const known = optionNames.join(', ')
      throw new ConfigError(`there is no option ${JSON.stringify(name)}; known are ${known}.`)
    }
  }
  if (given.baseUrl === undefined) {
    throw new ConfigError('baseUrl is not set; it is where readers find what is mounted.')
  }
  checkLogger(given.logger)
  return configOf((setting) => statedOption(setting, given), folder, {
    topics: checkTopics(given.topics, 'topics'),
    footerLinks: checkFooterLinks(withPlainAddresses(given.footerLinks), 'footerLinks'),
  })
}

/** One that lacks a function would be noticed when it is called, which may be in a year. */
function checkLogger(logger: unknown): void {
  if (logger === undefined) return
  const own = Object(logger) as Readonly<Record<string, unknown>>
  const missing = Object.keys(silent).filter((name) => typeof own[name] !== 'function')
  if (missing.length === 0) return
  const what = logger === null ? 'is null' : `has no ${missing.join(' and no ')}`
  throw new ConfigError(`logger ${what}; allowed is what has the functions info, warn and error.`)
}

const plainAddress = (value: unknown) => (value instanceof URL ? value.href : value)

/** Links with their addresses as text; whatever else is stated, as it is. */
function withPlainAddresses(links: unknown): unknown {
  if (!Array.isArray(links)) return links
  return links.map((link) =>
    link?.url instanceof URL ? { ...link, url: plainAddress(link.url) } : link,
  )
}

/** A list of texts as one. */
const listed = (value: unknown) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : value

/** Where line ends: by whatever sign. */
const lineEnd = /[\n\v\f\r\u0085\u2028\u2029]/

function statedOption(
  setting: Setting,
  options: Readonly<Record<string, unknown>>,
): string | undefined {
  const name = optionName(setting.name)
  const { type = 'string', allowed, isSwitch, isAddress, isLine } = setting
  const stated = settingNames.has(name) ? options[name] : undefined
  const value = isAddress ? plainAddress(stated) : stated
  if (value === undefined) return undefined
  const text = textOf(type === 'several' ? listed(value) : value, isSwitch)
  const isOfType = type === 'several' || typeof value === type
  const isTooLong = isLine && text !== undefined && lineEnd.test(text)
  if (text !== undefined && isOfType && !isTooLong && isAllowed(setting, text)) return text
  const how = isOfType ? '' : `, as a ${type}`
  const length = isTooLong ? ', in one line' : ''
  throw new ConfigError(
    `${name} is ${shown(value, setting)}; allowed is ${allowed}${how}${length}.`,
  )
}

/** The logger that is stated, if one is. What it throws is its own affair, and keeps nothing from being done. */
export function loggerOf({ logger }: NewsstandOptions): Logger {
  const told = logger ?? silent
  const safely =
    (level: keyof Logger) =>
    (...args: unknown[]) =>
      void attempt(() => Reflect.apply(told[level], told, args))
  return { info: safely('info'), warn: safely('warn'), error: safely('error') }
}

/** Does what may find fault with settings, and names options in their place. @throws ConfigError */
export async function sayingOptions<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(inOptions(error.message)) : error
  }
}

/** A sentence that names settings, with their options in place of them. */
export function inOptions(text: string): string {
  const names = [...settingNames].map(([option, name]) => [name, option] as const)
  return names.reduce(
    (told, [name, option]) => told.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), option),
    text,
  )
}
