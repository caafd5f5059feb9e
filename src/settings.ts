/**
 * The table of settings: of each the name, the default, what it is for, what is allowed, and how it is read. A new
 * one is an entry here and a line in README.md.
 */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { validate as isCron } from 'node-cron'
import { attempt } from './attempt.ts'
import { namespaceOf } from './namespace.ts'
import { isLanguage } from './text.ts'
import { uriOf } from './uri.ts'

/** What is set, as text that was found to be allowed. Settings go by name. */
export interface Given {
  /** undefined where it is set nowhere. */
  stated(name: string): string | undefined
  /** What is stated, else the default. */
  text(name: string): string
  /** What relative paths are relative to. */
  readonly folder: string
}

export interface Setting {
  readonly name: string
  /** A former name, as newsstand.config.json may still have it. In the environment LANGUAGE is gettext's. */
  readonly formerly?: string
  /** As people are told it: in words where `unset` or `read` makes it of other settings. */
  readonly fallback: string
  readonly unset?: (given: Given) => string
  readonly help: string
  readonly allowed: string
  readonly isValid: (text: string) => boolean
  /** Whether true and false are meant where the config file says so without quotes. */
  readonly isSwitch?: boolean
  /** @returns what the program uses */
  readonly read: (text: string, given: Given) => unknown
}

const isWholeNumber = (text: string, least: number, most: number) =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most

const wholeNumber = (least: number, most: number) => ({
  allowed: `a whole number from ${least} to ${most}`,
  isValid: (text: string) => isWholeNumber(text, least, most),
  read: Number,
})

const trueOrFalse = {
  allowed: 'true or false',
  isValid: (text: string) => text === 'true' || text === 'false',
  isSwitch: true,
  read: (text: string) => text === 'true',
}

const anyText = (allowed: string) => ({
  allowed,
  isValid: (text: string) => text.trim() !== '',
  read: String,
})

/** Read as an absolute path. */
const path = {
  ...anyText('a path'),
  read: (text: string, { folder }: Given) => resolve(folder, text),
}

/** These addresses are published in every feed, so no name or password may be in them. */
const httpUrl = {
  allowed: 'an http or https address without name, password, query or fragment',
  isValid(text: string) {
    if (!URL.canParse(text) || /[?#]/.test(text)) return false
    const { protocol, username, password } = new URL(text)
    return /^https?:$/.test(protocol) && username === '' && password === ''
  },
  read: (text: string) => uriOf(new URL(text)),
}

const isTimeZone = (text: string) =>
  attempt(() => new Intl.DateTimeFormat('en', { timeZone: text })) !== undefined

const listOf = (text: string) => text.split(',').map((one) => one.trim())

/** An address, a subnet, or a name that Express has for some. */
function isNetwork(text: string): boolean {
  const [address = '', bits = '0', ...rest] = text.split('/')
  const isAddress = isIP(address) > 0 && isWholeNumber(bits, 0, isIP(address) === 4 ? 32 : 128)
  return (isAddress && rest.length === 0) || /^(loopback|linklocal|uniquelocal)$/.test(text)
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent']

/** By the name that the program has for it, in the order of `--help`. */
export const settings = {
  port: {
    name: 'PORT',
    fallback: '3000',
    help: 'Port to listen on.',
    ...wholeNumber(1, 65535),
  },
  host: {
    name: 'HOST',
    fallback: '127.0.0.1',
    help: 'Address to listen on; 0.0.0.0 for every network.',
    ...anyText('an address or host name'),
  },
  /** Without a slash at its end. */
  baseUrl: {
    name: 'BASE_URL',
    fallback: 'http://localhost:PORT',
    unset: ({ text }: Given) => `http://localhost:${text('PORT')}`,
    help: 'Where subscribers reach this server.',
    ...httpUrl,
    read: (text: string) => httpUrl.read(text).replace(/\/+$/, ''),
  },
  /** 0 for none. */
  adminPort: {
    name: 'ADMIN_PORT',
    fallback: '3001',
    help: 'Port of the status page and /metrics; 0 for none.',
    ...wholeNumber(0, 65535),
  },
  adminHost: {
    name: 'ADMIN_HOST',
    fallback: '127.0.0.1',
    help: 'Address of the status page and /metrics; keep it private.',
    ...anyText('an address or host name'),
  },
  articlesDir: {
    name: 'ARTICLES_DIR',
    fallback: './articles',
    help: 'Folder of article files; subfolders are read too.',
    ...path,
  },
  dataDir: {
    name: 'DATA_DIR',
    fallback: './data',
    help: 'Folder for catalogue and statistics; made when it is not there.',
    ...path,
  },
  refreshCron: {
    name: 'REFRESH_CRON',
    fallback: '* * * * *',
    help: 'When the whole folder is looked through.',
    ...anyText('a cron expression such as */5 * * * *'),
    isValid: isCron,
  },
  watch: {
    name: 'WATCH',
    fallback: 'true',
    help: 'Publish a file as soon as it changes.',
    ...trueOrFalse,
  },
  emptyFolderMinutes: {
    name: 'EMPTY_FOLDER_MINUTES',
    fallback: '60',
    help: 'How long an articles folder that has lost most of its files, or all, is taken for a fault.',
    ...wholeNumber(0, 100_000),
  },
  feedItems: {
    name: 'FEED_ITEMS',
    fallback: '50',
    help: 'How many articles a feed shows, newest first.',
    ...wholeNumber(1, 1000),
  },
  publisherName: {
    name: 'PUBLISHER_NAME',
    fallback: 'TRT World',
    help: 'Who publishes the articles; also the title of the feeds.',
    ...anyText('a name'),
  },
  publisherUrl: {
    name: 'PUBLISHER_URL',
    fallback: 'https://www.trtworld.com/',
    help: "The publisher's home page.",
    ...httpUrl,
  },
  publisherFeedUrl: {
    name: 'PUBLISHER_FEED_URL',
    fallback: 'PUBLISHER_URL',
    unset: ({ text }: Given) => text('PUBLISHER_URL'),
    help: "The publisher's own feed, named as the source.",
    ...httpUrl,
  },
  /** What ids of articles and feeds are made in. */
  namespace: {
    name: 'SITE_ID',
    fallback: 'PUBLISHER_URL or BASE_URL, whichever is set',
    help: 'What ids are made from.',
    ...anyText('a UUID, or any text that no other site has'),
    read(_: string, { stated }: Given) {
      const publisherUrl = stated('PUBLISHER_URL')
      return namespaceOf({
        siteId: stated('SITE_ID'),
        publisherUrl: publisherUrl && httpUrl.read(publisherUrl),
        baseUrl: stated('BASE_URL'),
      })
    },
  },
  /** What readers know an article by whose file does not state its guid. */
  guid: {
    name: 'GUID',
    fallback: 'uuid',
    help: 'What readers know an article by: uuid, or permalink, its address.',
    allowed: 'uuid or permalink',
    isValid: (text: string) => text === 'uuid' || text === 'permalink',
    read: (text: string) => text as 'uuid' | 'permalink',
  },
  /** BCP 47. */
  language: {
    name: 'FEED_LANGUAGE',
    formerly: 'LANGUAGE',
    fallback: 'en',
    help: 'Language of the feeds, and of articles that do not state theirs.',
    allowed: 'the tag of a language there is, such as en or pt-BR',
    isValid: isLanguage,
    read: (text: string) => Intl.getCanonicalLocales(text)[0] ?? 'en',
  },
  /** IANA name. */
  timeZone: {
    name: 'TIME_ZONE',
    fallback: 'UTC',
    help: 'Time zone of dates that do not state theirs, and of the days in searches.',
    ...anyText('a time zone such as UTC or Europe/Istanbul'),
    isValid: isTimeZone,
  },
  /** What becomes of a file for which no date is stated. */
  undated: {
    name: 'UNDATED',
    fallback: 'modified',
    help: 'Files that state no date have that of their last change, or are rejected.',
    allowed: 'modified or reject',
    isValid: (text: string) => text === 'modified' || text === 'reject',
    read: (text: string): 'modified' | 'reject' => (text === 'reject' ? text : 'modified'),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    fallback: 'info',
    help: 'How much is logged.',
    ...anyText(logLevels.join(', ')),
    isValid: (text: string) => logLevels.includes(text),
  },
  accessLog: {
    name: 'ACCESS_LOG',
    fallback: 'false',
    help: 'Log every request, as JSON on standard output.',
    ...trueOrFalse,
  },
  /** As Express takes it. */
  trustProxy: {
    name: 'TRUST_PROXY',
    fallback: 'false',
    help: 'Whose X-Forwarded-For is believed: how many proxies, or their addresses.',
    allowed: 'false, a number of proxies, or addresses and subnets such as loopback, 10.0.0.0/8',
    isValid: (text: string) => /^(false|\d+)$/.test(text) || listOf(text).every(isNetwork),
    isSwitch: true,
    read(text: string): boolean | number | readonly string[] {
      if (text === 'false') return false
      return /^\d+$/.test(text) ? Number(text) : listOf(text)
    },
  },
  downloadsPerHour: {
    name: 'DOWNLOADS_PER_HOUR',
    fallback: '0',
    help: 'Whole downloads of one feed by one address, then 429; 0 for no limit.',
    ...wholeNumber(0, 1_000_000),
  },
} satisfies Record<string, Setting>

export const settingList: readonly Setting[] = Object.values(settings)
