/**
 * The table of settings: of each the name, the default, what it is for, what is allowed, and how it is read. A new
 * one is an entry here and a line in docs/settings.md.
 */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { validate as isCron } from 'node-cron'
import { accentOf, isAccent } from './accent.ts'
import { namespaceOf } from './namespace.ts'
import {
  anyText,
  type Given,
  httpUrl,
  isNetwork,
  isSubnet,
  isTimeZone,
  listOf,
  path,
  plainNetwork,
  type Setting,
  targets,
  trueOrFalse,
  wholeNumber,
} from './setting-kinds.ts'
import { readSiteFile } from './site-files.ts'
import { isLanguage } from './text.ts'

/** A file of the site's owner, read at the start; undefined where none is named. */
const siteFile = (setting: string, name: string, endings: readonly string[]) => ({
  unset: () => '',
  allowed: `the path of a file that ends in ${endings.join(' or ')}`,
  isValid: (text: string) => endings.some((ending) => text.toLowerCase().endsWith(ending)),
  read: (text: string, { folder }: Given) =>
    text === '' ? undefined : readSiteFile(setting, resolve(folder, text), name),
})

/** Whose articles those are that come with the program. */
export const samplePublisher = 'TRT World'

const webhookKey = (secret: string) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

/** As Standard Webhooks has symmetric keys; the = at the end may be left out. */
const isWebhookSecret = (text: string) => {
  const key = webhookKey(text)
  const written = `whsec_${key.toString('base64')}`.replace(/=+$/, '')
  return key.length >= 24 && key.length <= 64 && text.replace(/={0,2}$/, '') === written
}

/** More than there are cores are of no use, and each takes memory. */
const mostWorkers = 64
const ofWorkers = wholeNumber(1, mostWorkers)

const isDatabase = (text: string) => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname } = new URL(text)
  // An @ there is of a password: what stands before it would be shown as the host.
  const isNamed = pathname.length > 1 && !pathname.includes('@')
  return /^postgres(?:ql)?:$/.test(protocol) && hostname !== '' && isNamed
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
  /** What programs have to state that change articles; without it none may. */
  adminToken: {
    name: 'ADMIN_TOKEN',
    fallback: 'none',
    help: 'What programs state to put and remove articles on the admin listener.',
    allowed: 'none, or 16 to 200 letters, digits and signs without blanks',
    isValid: (text: string) => /^(?:none|[!-~]{16,200})$/.test(text),
    isSecret: true,
    read: (text: string) => (text === 'none' ? undefined : text),
  },
  /** How many processes answer readers; 1 for the one that refreshes as well. */
  workers: {
    name: 'WORKERS',
    fallback: '1',
    help: 'Processes that answer readers; auto for one on each core.',
    allowed: `auto, or a whole number from 1 to ${mostWorkers}`,
    isValid: (text: string) => text === 'auto' || ofWorkers.isValid(text),
    read: (text: string) =>
      text === 'auto' ? Math.min(availableParallelism(), mostWorkers) : Number(text),
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
  /** Undefined where the state is in DATA_DIR alone. */
  databaseUrl: {
    name: 'DATABASE_URL',
    fallback: 'none',
    help: 'PostgreSQL that several machines share one site through.',
    allowed:
      'none, or the address of a PostgreSQL database, such as postgres://name:password@host/database; of a password, @ is written %40 and / %2F',
    isValid: (text: string) => text === 'none' || isDatabase(text),
    isSecret: true,
    read: (text: string) => (text === 'none' ? undefined : text),
  },
  refreshCron: {
    name: 'REFRESH_CRON',
    fallback: '* * * * *',
    help: 'When the folder is looked through for changes.',
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
    fallback: 'SITE_TITLE, else the name of a served folder, else TRT World',
    unset: ({ stated, folderName }: Given) => stated('SITE_TITLE') ?? folderName ?? samplePublisher,
    help: 'Who publishes the articles.',
    ...anyText('a name'),
  },
  publisherUrl: {
    name: 'PUBLISHER_URL',
    fallback: 'BASE_URL, of TRT World https://www.trtworld.com/',
    unset: ({ text }: Given) =>
      text('PUBLISHER_NAME') === samplePublisher ? 'https://www.trtworld.com/' : text('BASE_URL'),
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
  siteTitle: {
    name: 'SITE_TITLE',
    fallback: 'PUBLISHER_NAME',
    unset: ({ text }: Given) => text('PUBLISHER_NAME'),
    help: 'Title of the pages and feeds.',
    ...anyText('a title'),
  },
  /** '' where what is said of a channel is all there is to say. */
  siteDescription: {
    name: 'SITE_DESCRIPTION',
    fallback: 'that it has the newest articles',
    unset: () => '',
    help: 'What the site is, in a sentence: for its feed, its front page and those who link to it.',
    ...anyText('a sentence'),
  },
  copyright: {
    name: 'COPYRIGHT',
    fallback: '© PUBLISHER_NAME',
    unset: ({ text }: Given) => `© ${text('PUBLISHER_NAME')}`,
    help: 'Who holds the rights, below every page and in feeds.',
    ...anyText('a line of text'),
  },
  sourceLine: {
    name: 'SOURCE_LINE',
    fallback: 'true',
    help: 'Whether a line below articles names the publisher as their source.',
    ...trueOrFalse,
  },
  logo: {
    name: 'LOGO',
    fallback: 'the title in letters',
    help: 'Picture on top of every page and in feeds.',
    ...siteFile('LOGO', 'site-logo', ['.svg', '.png']),
  },
  icon: {
    name: 'ICON',
    fallback: 'LOGO, else that of Newsstand',
    help: 'Square picture for tabs, home screens and readers; PNG of 512 pixels is shown by most.',
    ...siteFile('ICON', 'site-icon', ['.svg', '.png']),
    // Ours would be that of somebody else.
    unset: ({ stated }: Given) => stated('LOGO') ?? '',
  },
  accentColour: {
    name: 'ACCENT_COLOUR',
    fallback: '#a33b12 #f0935f',
    help: 'Colour of links and buttons; two are for light grounds and for dark.',
    allowed: 'one colour such as #a33b12, or two with a blank between them',
    isValid: isAccent,
    read: accentOf,
  },
  stylesheet: {
    name: 'STYLESHEET',
    fallback: 'none',
    help: 'CSS file for every page, after that of Newsstand.',
    ...siteFile('STYLESHEET', 'site-style', ['.css']),
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
    help: 'Language of pages and feeds, and of articles that do not state theirs.',
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
    allowed:
      'false, a number of proxies such as 1, or addresses and subnets such as loopback, 10.0.0.0/8, but not all (true, /0)',
    isValid: (text: string) => /^(false|\d+)$/.test(text) || listOf(text).every(isNetwork),
    isSwitch: true,
    type: 'several',
    read(text: string): boolean | number | readonly string[] {
      if (text === 'false') return false
      return /^\d+$/.test(text) ? Number(text) : listOf(text).map(plainNetwork)
    },
  },
  downloadsPerHour: {
    name: 'DOWNLOADS_PER_HOUR',
    fallback: '0',
    help: 'Whole downloads of one feed by one address, then 429; 0 for no limit.',
    ...wholeNumber(0, 1_000_000),
  },
  /** Who tells subscribers of changes. */
  hubs: {
    name: 'HUBS',
    fallback: 'self',
    help: 'WebSub hubs that feeds name: self, addresses of public ones, both, or none.',
    ...targets('self'),
    allowed:
      'none, or self and http or https addresses of hubs, with commas between them, without name, password or fragment',
    read: (text: string) => ({
      isOwn: listOf(text).includes('self'),
      others: targets('self').read(text),
    }),
  },
  /** CIDR. */
  websubAllowNetworks: {
    name: 'WEBSUB_ALLOW_NETWORKS',
    fallback: 'none',
    help: 'Networks that are not public where subscribers of our own hub may be.',
    allowed:
      'none, or networks such as 192.168.0.0/16 and fd00::/8, with commas between them, but not all (/0)',
    isValid: (text: string) => text === 'none' || listOf(text).every(isSubnet),
    type: 'several',
    read: (text: string): readonly string[] =>
      text === 'none' ? [] : listOf(text).map(plainNetwork),
  },
  webhooks: {
    name: 'WEBHOOKS',
    fallback: 'none',
    help: 'Who is told of every article that is added, edited or removed.',
    ...targets(),
    allowed:
      'none, or http or https addresses, with commas between them, without name, password or fragment',
    // Many have what lets one in in their path or query.
    isSecret: true,
  },
  /** The key itself. */
  webhookSecret: {
    name: 'WEBHOOK_SECRET',
    fallback: 'none',
    help: 'What webhooks are signed with, as Standard Webhooks has it; not at all without it.',
    allowed: 'none, or whsec_ and 24 to 64 bytes in base64',
    isValid: (text: string) => text === 'none' || isWebhookSecret(text),
    isSecret: true,
    read: (text: string) => (text === 'none' ? undefined : webhookKey(text)),
  },
  /** Everybody may know it: it is served. */
  indexNowKey: {
    name: 'INDEXNOW_KEY',
    fallback: 'none',
    help: 'With which search engines are told of changed pages, by IndexNow; not at all without it.',
    allowed: 'none, or 8 to 128 letters, digits and dashes',
    isValid: (text: string) => /^(?:none|[A-Za-z\d-]{8,128})$/.test(text),
    read: (text: string) => (text === 'none' ? undefined : text),
  },
  indexNowUrls: {
    name: 'INDEXNOW_URL',
    fallback: 'https://api.indexnow.org/indexnow',
    help: 'Where IndexNow is told.',
    ...targets(),
    allowed:
      'none, or http or https addresses, with commas between them, without name, password or fragment',
  },
  surrogateKeys: {
    name: 'SURROGATE_KEYS',
    fallback: 'false',
    help: 'Whether answers name what they were made from, so that a CDN can purge them.',
    ...trueOrFalse,
  },
} satisfies Record<string, Setting>

export const settingList: readonly Setting[] = Object.values(settings)
