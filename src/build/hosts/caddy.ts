/** A site for Caddy (from 2.6 on) that serves the static build as the live server would. */
import { feedFormats } from '../../channels/feed-formats.ts'
import { browserFormats, fittedWidths, plainWidth } from '../../channels/fitted-address.ts'
import { hubsOf } from '../../channels/hubs.ts'
import { keyPath } from '../../deliveries/indexnow-key-path.ts'
import { endingsOf } from '../../media-kinds.ts'
import { basePath } from '../../pages/renderer.ts'
import { forADay, forEver } from '../../server/caching.ts'
import { linkTo } from '../../server/feed-headers.ts'
import { dispositions, policyOfDrawings, policyOfMedia } from '../../server/media-headers.ts'
import {
  channelFolders,
  feedAliases,
  fittedFolder,
  fixedRedirects,
  type Redirect,
} from '../what-is-written.ts'
import { anyBytes, hiddenFiles, html, mediaTypes, ownTypes } from './file-types.ts'
import { type HostParts, longestRedirect, namedAssets } from './host-config.ts'
import { hostHeaders } from './host-headers.ts'

type Headers = Readonly<Record<string, string>>

const methods = 'GET, HEAD, OPTIONS'
const found = '{http.matchers.file.relative}'

/** Caddy reads a backslash before anything but a quotation mark as it stands. */
const quoted = (text: string) => `"${text.replaceAll('"', '\\"')}"`

const indented = (lines: readonly string[]) => lines.map((line) => `\t${line}`)

const block = (head: string, lines: readonly string[]) => [`${head} {`, ...indented(lines), '}']

const header = (headers: Headers) =>
  block(
    'header',
    Object.entries(headers).map(([name, value]) => `${name} ${quoted(value)}`),
  )

/** What is asked for, where a matcher holds; what comes after it is for others. */
const handle = (name: string, matcher: readonly string[], lines: readonly string[]) => [
  ...block(`@${name}`, matcher),
  ...block(`handle @${name}`, lines),
]

/** The same of a file whose name what is asked for has to be taken apart for: Caddy looks at matchers in whatever order. */
const handleFile = (
  name: string,
  pattern: string,
  file: readonly string[],
  lines: readonly string[],
) => [
  `@${name} path_regexp ${name} ${quoted(pattern)}`,
  ...block(`route @${name}`, handle(`${name}_file`, file, lines)),
]

const map = (
  of: string,
  name: string,
  entries: readonly (readonly [string, string])[],
  other = '',
) =>
  block(`map ${of} {newsstand_${name}}`, [
    ...entries.map(([from, to]) => `${quoted(from)} ${quoted(to)}`),
    `default ${quoted(other)}`,
  ])

const fileServer = [
  ...block('file_server', ['disable_canonical_uris', 'precompressed br zstd gzip']),
]

/** A file that lies elsewhere than its address says, or at it. */
const send = (headers: Headers, path?: string) => [
  ...(path === undefined ? [] : [`rewrite * ${path}`]),
  ...header(headers),
  ...fileServer,
]

export function caddySite({ config, out, redirects }: HostParts): string {
  const { baseUrl } = config
  const base = basePath(config)
  const channel = `(?:${channelFolders.join('|')})/[a-z0-9-]+`
  const moved = { 'Cache-Control': forADay, 'Access-Control-Allow-Origin': '*' }
  const lead = (to: string, query = '{newsstand_query}') => [
    ...header(moved),
    `redir * ${quoted(baseUrl + to + query)} 301`,
  ]

  const feeds = feedFormats.flatMap((format) => {
    const { fileName, contentType } = format
    const name = fileName.replaceAll('.', '\\.')
    const feed = (kind: string, pattern: string, hubs: readonly string[]) => {
      const id = `${kind}_${fileName.replace(/\W/g, '_')}`
      const link = linkTo({ format, hubs }, `${baseUrl}/*/${fileName}`)
      return handle(
        id,
        [`path_regexp ${id} ${quoted(`^(${pattern})${name}$`)}`, 'file'],
        send({
          ...hostHeaders('feed', config),
          'Content-Type': contentType,
          ...(link !== '' && { Link: link.replaceAll('/*/', `{re.${id}.1}`) }),
        }),
      )
    }
    return [
      ...feed('feed', `/(?:${channel}/)?`, hubsOf(config)),
      ...feed('archive', `/(?:${channel}/)?archive/[1-9][0-9]*/`, []),
    ]
  })

  const aliases = feedFormats.flatMap(({ fileName }) => {
    const names = feedAliases.filter((one) => one.fileName === fileName).map(({ alias }) => alias)
    const pattern = [fileName, ...names].join('|').replaceAll('.', '\\.')
    const id = `alias_${fileName.replace(/\W/g, '_')}`
    const place = `{re.${id}.1}`
    return handleFile(
      id,
      `(?i)^((?:/${channel})?)/(?:${pattern})/?$`,
      [`file ${place}/${fileName}`],
      lead(`${place}/${fileName}`, ''),
    )
  })

  const fixed = fixedRedirects.flatMap((one, n) =>
    'to' in one ? handle(`fixed_${n}`, [`path_regexp "^${one.from}$"`], lead(one.to)) : [],
  )

  const list = `path_regexp ${quoted(
    `^/(?:(?:${channelFolders.join('|')})/(?:[a-z0-9-]+/)?)?(?:page/[1-9][0-9]*/)?$`,
  )}`
  const asPage = { ...hostHeaders('page', config), 'Content-Type': html }
  const pages = [
    ...handle(
      'feed_named',
      [list, 'expression {newsstand_format} != ""'],
      lead('{path}{newsstand_format}', ''),
    ),
    ...handle('no_page', [list, 'expression {newsstand_page} == "none"'], ['error 404']),
    ...handle(
      'page_named',
      [list, 'expression {newsstand_page} != ""'],
      lead('{path}page/{newsstand_page}/', ''),
    ),
    ...handle(
      'list',
      [list, ...block('file', ['try_files {path}index.html'])],
      send(asPage, found),
    ),
    ...handle(
      'folder',
      [
        `path_regexp ${quoted(`^/(?:${channelFolders.join('|')})/[a-z0-9-]+$`)}`,
        'file {path}/index.html',
      ],
      lead('{path}/'),
    ),
    ...handle(
      'article',
      ['path /articles/*', ...block('file', ['try_files {path}.html'])],
      send(asPage, found),
    ),
    ...handleFile(
      'slash',
      '^(/articles/.*[^/])/+$',
      ['file {re.slash.1}.html'],
      lead('{re.slash.1}'),
    ),
    ...handle(
      'subscribe',
      ['path_regexp "^/subscribe$"', 'file /subscribe.html'],
      send(asPage, '/subscribe.html'),
    ),
  ]

  const key = config.indexNowKey
  const files = [
    ...handle(
      'file',
      [
        'path_regexp "^/(?:feeds\\.opml|sitemap[a-z0-9-]*\\.xml|robots\\.txt|site\\.webmanifest)$"',
        'file',
      ],
      send({ ...hostHeaders('file', config), 'Content-Type': '{newsstand_own_type}' }),
    ),
    ...(key === undefined
      ? []
      : handle(
          'key',
          [`path ${keyPath(key)}`, 'file'],
          send({ ...hostHeaders('key', config), 'Content-Type': 'text/plain; charset=utf-8' }),
        )),
    ...handle(
      'drawn',
      ['path_regexp "\\.svg$"', 'file'],
      send({ ...asset(), 'Content-Security-Policy': policyOfDrawings }),
    ),
    ...handle('asset', ['not path */', 'file'], send(asset())),
  ]

  function asset(): Headers {
    return {
      ...hostHeaders('asset', config),
      'Cache-Control': '{newsstand_caching}',
      'Content-Type': '{newsstand_own_type}',
    }
  }

  const ofMedia = hostHeaders('media', config)
  const fitted = (id: string, query: string, file: string, type: string) =>
    handle(
      id,
      [query, ...block('file', [`try_files /${fittedFolder}/{re.medium.1}/${file}`])],
      send({ ...ofMedia, 'Content-Security-Policy': policyOfMedia, 'Content-Type': type }, found),
    )
  const plain = `expression {query.width} == "${plainWidth}" && {query.as} == ""`
  const media = [
    `@medium path_regexp medium "^/media/(.+)$"`,
    ...block('route @medium', [
      ...fitted(
        'fitted',
        `expression ({query.width} + ":" + {query.as}).matches("^(?:${fittedWidths.join('|')}):(?:${browserFormats.join('|')})$")`,
        '{query.width}.{query.as}',
        'image/{query.as}',
      ),
      ...fitted('fitted_jpeg', plain, `${plainWidth}.jpeg`, 'image/jpeg'),
      ...fitted('fitted_png', plain, `${plainWidth}.png`, 'image/png'),
      ...handle(
        'media',
        ['file'],
        [
          ...(Object.keys(dispositions) as (keyof typeof dispositions)[]).flatMap((kind) => [
            `@${kind} path_regexp ${quoted(`(?i)\\.(?:${endingsOf(kind)})$`)}`,
            `header @${kind} Content-Disposition ${dispositions[kind]}`,
          ]),
          ...header({
            ...ofMedia,
            'Cache-Control': '{newsstand_keeping}',
            'Content-Security-Policy': '{newsstand_policy}',
            'Content-Type': '{newsstand_type}',
          }),
          'file_server',
        ],
      ),
    ]),
  ]

  const former = block('route @path', [
    ...map('{re.path.1}', 'to', formerEntries(redirects)),
    ...handle('gone', ['expression {newsstand_to} == "gone"'], ['error 410']),
    ...handle('moved', ['expression {newsstand_to} != ""'], lead('{newsstand_to}')),
  ])

  const ofEnding = (endings: string) => `~(?i)\\.(?:${endings})$`
  const route = [
    ...handle(
      'other',
      ['not method GET HEAD OPTIONS'],
      [...header({ Allow: methods }), 'respond 405'],
    ),
    ...handle(
      'options',
      ['method OPTIONS'],
      [
        ...header({
          Allow: methods,
          'Access-Control-Allow-Origin': '*',
          'Access-Control-Allow-Methods': methods,
          'Access-Control-Allow-Headers': 'If-Modified-Since, If-None-Match',
          'Access-Control-Max-Age': '86400',
        }),
        'respond 204',
      ],
    ),
    ...(base === '' ? [] : [`uri strip_prefix ${base}`]),
    ...map('{query}', 'query', [['~^(.+)$', '?$' + '{1}']]),
    ...map(
      '{query.page}',
      'page',
      [
        ['', ''],
        ['1', ''],
        ['~^([1-9][0-9]{0,3})$', '$' + '{1}'],
      ],
      'none',
    ),
    ...map(
      '{query.feed}',
      'format',
      feedAliases.map(({ alias, fileName }) => [alias, fileName]),
    ),
    ...map(
      '"{path}?{query}"',
      'caching',
      namedAssets(config).map((path) => [path, forEver]),
      hostHeaders('asset', config)['Cache-Control'],
    ),
    ...map(
      '{path}',
      'own_type',
      ownTypes.map(([type, ending]) => [ofEnding(ending), type]),
      anyBytes,
    ),
    ...mediaMaps(),
    ...media,
    ...fixed,
    ...handle('hidden', [`path_regexp ${quoted(hiddenFiles)}`], ['error 404']),
    ...feeds,
    ...aliases,
    ...pages,
    ...files,
    '@path path_regexp path "^(/.*[^/])/*$"',
    ...former,
    'error 404',
  ]

  function mediaMaps(): string[] {
    return [
      ...map(
        '{path}',
        'type',
        mediaTypes.map(([type, endings]) => [ofEnding(endings.join('|')), type]),
        anyBytes,
      ),
      ...map(
        '{path}',
        'keeping',
        [[ofEnding(endingsOf('download')), 'no-cache']],
        ofMedia['Cache-Control'],
      ),
      ...map(
        '{path}',
        'policy',
        [[ofEnding(endingsOf('drawing')), policyOfDrawings]],
        policyOfMedia,
      ),
    ]
  }

  const errors = block('handle_errors', [
    ...handle(
      'missing',
      ['expression {err.status_code} in [404, 410]'],
      [
        'rewrite * /{err.status_code}.html',
        ...header({ ...hostHeaders('error', config), 'Content-Type': html }),
        ...fileServer,
      ],
    ),
  ])
  return [
    `# The static build of ${baseUrl}. It names addresses that pages had before: print it anew after a build that has moved or`,
    '# removed pages, and have Caddy read it (caddy reload).',
    ...block(new URL(baseUrl).origin, [
      `root * ${quoted(out)}`,
      ...block('route', route),
      ...errors,
    ]),
    '',
  ].join('\n')
}

/** Decoded, as Caddy compares them. Where braces are in one, Caddy would take what is in them for a name of its own. */
function formerEntries(redirects: readonly Redirect[]): (readonly [from: string, to: string])[] {
  const entries = new Map<string, string>()
  for (const one of redirects) {
    const from = decodeURIComponent(one.from)
    if (from.length > longestRedirect || /[{}]/.test(from) || entries.has(from)) continue
    entries.set(from, 'to' in one ? one.to : 'gone')
  }
  return [...entries]
}
