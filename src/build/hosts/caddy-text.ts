/** How a configuration of Caddy is written. */
import { moved } from './former-addresses.ts'

type Headers = Readonly<Record<string, string>>

/** Caddy reads a backslash before anything but a quotation mark as it stands. */
export const quoted = (text: string) => `"${text.replaceAll('"', '\\"')}"`

const indented = (lines: readonly string[]) => lines.map((line) => `\t${line}`)

export const block = (head: string, lines: readonly string[]) => [
  `${head} {`,
  ...indented(lines),
  '}',
]

export const header = (headers: Headers) =>
  block(
    'header',
    Object.entries(headers).map(([name, value]) => `${name} ${quoted(value)}`),
  )

/** What is asked for, where a matcher holds; what comes after it is for others. */
export const handle = (name: string, matcher: readonly string[], lines: readonly string[]) => [
  ...block(`@${name}`, matcher),
  ...block(`handle @${name}`, lines),
]

/** The same of a file whose name what is asked for has to be taken apart for: Caddy looks at matchers in whatever order. */
export const handleFile = (
  name: string,
  pattern: string,
  file: readonly string[],
  lines: readonly string[],
) => [
  `@${name} path_regexp ${name} ${quoted(pattern)}`,
  ...block(`route @${name}`, handle(`${name}_file`, file, lines)),
]

export const map = (
  of: string,
  name: string,
  entries: readonly (readonly [string, string])[],
  other = '',
) =>
  block(`map ${of} {newsstand_${name}}`, [
    ...entries.map(([from, to]) => `${quoted(from)} ${quoted(to)}`),
    `default ${quoted(other)}`,
  ])

export const fileServer = [
  // Caddy (2.6) says it of what is packed alone.
  'header ?Vary Accept-Encoding',
  ...block('file_server', ['disable_canonical_uris', 'precompressed br zstd gzip']),
]

/** A file that lies elsewhere than its address says, or at it. */
export const send = (headers: Headers, path?: string) => [
  ...(path === undefined ? [] : [`rewrite * ${path}`]),
  ...header(headers),
  ...fileServer,
]

/** Leads to an address below BASE_URL for good, with the query of the request. */
export const leadBelow =
  (baseUrl: string) =>
  (to: string, query = '{newsstand_query}') => [
    ...header(moved),
    `redir * ${quoted(baseUrl + to + query)} 301`,
  ]

/** Where a file lies that a matcher has found. */
export const found = '{http.matchers.file.relative}'

/** A regular expression for paths. @param endings without dots, with | between them */
export const ofEnding = (endings: string) => `~(?i)\\.(?:${endings})$`
