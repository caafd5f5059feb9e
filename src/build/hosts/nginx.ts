/** A site for nginx (from 1.22 on) that serves the static build as the live server would. */
import { feedFormats } from '../../channels/feed-formats.ts'
import { hubsOf } from '../../channels/hubs.ts'
import { ConfigError } from '../../config.ts'
import { keyPath } from '../../deliveries/indexnow-key-path.ts'
import { basePath } from '../../pages/renderer.ts'
import { linkTo } from '../../server/feed-headers.ts'
import { fittedFolder, fixedRedirects } from '../what-is-written.ts'
import {
  anyBytes,
  bareLists,
  fileAddresses,
  hiddenFiles,
  html,
  lists,
  mediaTypes,
  ofChannel,
  ownTypes,
} from './file-types.ts'
import { moved } from './former-addresses.ts'
import type { HostParts } from './host-config.ts'
import { hostHeaders } from './host-headers.ts'
import { nginxMaps, preflightHeaders } from './nginx-maps.ts'
import { block, headerLines, indented, quoted } from './nginx-text.ts'

/** What would be another path, or none, in nginx's eyes. */
function refuseVariables(parts: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(parts)) {
    if (!value.includes('$')) continue
    throw new ConfigError(
      `${name} is ${value}, and nginx takes what follows a "$" for the name of a variable: --print nginx needs one without.`,
    )
  }
}

/** `try_files` with an end that says what was there before. */
const orFormer = (...files: readonly string[]) => `try_files ${files.join(' ')} @former;`

/** In a place that has headers of something else. */
const movedHeaders = headerLines(moved).join(' ')

/** One of a place that is no file. */
const toFormer = orFormer('/_none')

/** @throws ConfigError where nginx has no way to write the out folder or BASE_URL */
export function nginxSite({ config, out, redirects }: HostParts): string {
  const { baseUrl } = config
  refuseVariables({ '--out': out, BASE_URL: baseUrl })
  const base = basePath(config)

  /** `$is_args$args`: the query of the request, with its question mark. */
  const lead = (to: string, query = '$is_args$args') => `return 301 "${baseUrl}${to}${query}";`

  function feeds(): string[] {
    return feedFormats.flatMap((format) => {
      const { fileName, contentType } = format
      const name = fileName.replaceAll('.', '\\.')
      const ofFolder = (hubs: readonly string[]) =>
        linkTo({ format, hubs }, `${baseUrl}/*/${fileName}`).replaceAll(
          '/*/',
          '$' + '{newsstand_folder}',
        )
      const location = (pattern: string, hubs: readonly string[]) => {
        const link = ofFolder(hubs).replace(/[\\"]/g, '\\$&')
        return block(`location ~ "^(?<newsstand_folder>${pattern})${name}$"`, [
          'types { }',
          `default_type ${quoted(contentType)};`,
          ...headerLines(hostHeaders('feed', config)),
          ...(link === '' ? [] : [`add_header Link "${link}";`]),
          orFormer('$uri'),
        ])
      }
      return [
        ...location(`/(?:${ofChannel}/)?`, hubsOf(config)),
        ...location(`/(?:${ofChannel}/)?archive/[1-9][0-9]*/`, []),
      ]
    })
  }

  function feedsElsewhere(): string[] {
    return feedFormats.flatMap(({ fileName, aliases }) => {
      const pattern = [fileName, ...aliases].join('|').replaceAll('.', '\\.')
      return block(`location ~* "^(?<newsstand_place>(?:/${ofChannel})?)/(?:${pattern})/?$"`, [
        `if (!-f $document_root$newsstand_place/${fileName}) { return 404; }`,
        ...headerLines(moved),
        lead(`$newsstand_place/${fileName}`, ''),
      ])
    })
  }

  const page = (found: string, ...before: readonly string[]) => [
    ...before,
    'types { }',
    `default_type ${quoted(html)};`,
    ...headerLines(hostHeaders('page', config)),
    orFormer(found),
  ]

  const pages = [
    ...block(`location ~ "${lists}"`, [
      ...page(
        '$' + '{uri}index.html',
        `if ($newsstand_format) { ${movedHeaders} ${lead('$uri$newsstand_format', '')} }`,
        'if ($newsstand_page = none) { return 404; }',
        `if ($newsstand_page) { ${movedHeaders} ${lead('$' + '{uri}page/$newsstand_page/', '')} }`,
      ),
    ]),
    ...block(`location ~ "${bareLists}"`, [
      ...headerLines(moved),
      `if (-f $document_root$uri/index.html) { ${lead('$uri/')} }`,
      toFormer,
    ]),
    ...block('location ^~ /articles/', [
      ...page('$uri.html'),
      ...block('location ~ "/$"', [
        ...headerLines(moved),
        `if (-f $document_root$newsstand_path.html) { ${lead('$newsstand_path')} }`,
        toFormer,
      ]),
    ]),
    ...block('location = /subscribe', page('/subscribe.html')),
    ...fixedRedirects.flatMap(({ from, to }) =>
      block(`location = ${from}`, [...headerLines(moved), lead(to)]),
    ),
  ]

  const key = config.indexNowKey
  const files = [
    ...block(`location ~ "${fileAddresses}"`, [
      ...headerLines(hostHeaders('file', config)),
      orFormer('$uri'),
    ]),
    ...(key === undefined
      ? []
      : block(`location = ${keyPath(key)}`, headerLines(hostHeaders('key', config)))),
    ...block('location /', [
      ...headerLines({
        ...hostHeaders('asset', config),
        'Cache-Control': '$newsstand_caching',
        'Content-Security-Policy': '$newsstand_drawing',
      }),
      orFormer('$uri'),
    ]),
  ]

  const media = block('location ^~ /media/', [
    'types {',
    ...indented(mediaTypes.map(([type, endings]) => `${type} ${endings.join(' ')};`)),
    '}',
    ...headerLines({
      ...hostHeaders('media', config),
      'Cache-Control': '$newsstand_keeping',
      'Content-Security-Policy': '$newsstand_policy',
      'Content-Disposition': '$newsstand_disposition',
    }),
    // nginx would pack or unpack nothing here, and parts of files are asked for.
    'gzip_static off;',
    ...block('location ~ "^/media/(?<newsstand_medium>.+)$"', [
      orFormer(`/${fittedFolder}/$newsstand_medium/$newsstand_size`, '$uri'),
    ]),
  ])

  const errors = [404, 410].flatMap((status) =>
    block(`location @${status}`, [
      `try_files /${status}.html =${status};`,
      'types { }',
      `default_type ${quoted(html)};`,
      ...headerLines(hostHeaders('error', config), ' always'),
    ]),
  )

  const former = block('location @former', [
    ...headerLines(moved),
    'if ($newsstand_to = gone) { return 410; }',
    `if ($newsstand_to) { ${lead('$newsstand_to')} }`,
    'return 404;',
  ])

  const below =
    base === ''
      ? []
      : [
          `location = ${base} { rewrite ^ / last; }`,
          `location ^~ ${base}/ { rewrite "^${base}(/.*)$" $1 last; }`,
        ]

  const { hostname, port, protocol } = new URL(baseUrl)
  const server = [
    `listen ${port || 80};`,
    ...(protocol === 'https:'
      ? ['# For https: listen 443 ssl; with ssl_certificate and ssl_certificate_key.']
      : []),
    `server_name ${hostname};`,
    `root ${quoted(out)};`,
    '',
    '# What was packed is sent as it lies there. Brotli and zstd need modules, which most packages of nginx lack.',
    'gzip_static on;',
    'gzip_vary on;',
    'gzip_proxied any;',
    '# brotli_static on;',
    '# zstd_static on;',
    'if_modified_since before;',
    'charset off;',
    `default_type ${anyBytes};`,
    'types {',
    ...indented(ownTypes.map(([type, endings]) => `${quoted(type)} ${endings};`)),
    '}',
    'error_page 404 @404;',
    'error_page 410 @410;',
    '',
    `add_header Allow $newsstand_allow always;`,
    ...headerLines(preflightHeaders),
    'if ($request_method = OPTIONS) { return 204; }',
    'if ($newsstand_allow) { return 405; }',
    '',
    ...below,
    `location ~ "${hiddenFiles}" { return 404; }`,
    ...feeds(),
    ...feedsElsewhere(),
    ...pages,
    ...files,
    ...media,
    ...errors,
    ...former,
  ]
  return [
    `# The static build of ${baseUrl}, for a place within http { }, such as /etc/nginx/conf.d/. It names addresses that pages had`,
    '# before: print it anew after a build that has moved or removed pages, and have nginx read it (nginx -s reload).',
    ...nginxMaps({ config, redirects }),
    ...block('server', server),
    '',
  ].join('\n')
}
