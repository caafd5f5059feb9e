/** A site for Caddy (from 2.6 on) that serves the static build as the live server would. */
import { keyPath } from '../../deliveries/indexnow-key-path.ts'
import { basePath } from '../../pages/renderer.ts'
import { forEver } from '../../server/caching.ts'
import { policyOfDrawings } from '../../server/media-headers.ts'
import { methods, preflight } from '../../server/methods.ts'
import { feedAliases, fixedRedirects } from '../what-is-written.ts'
import { caddyMedia } from './caddy-media.ts'
import { caddyFeeds, caddyPages } from './caddy-pages.ts'
import {
  block,
  fileServer,
  handle,
  header,
  leadBelow,
  map,
  ofEnding,
  quoted,
  send,
} from './caddy-text.ts'
import { anyBytes, fileAddresses, hiddenFiles, html, ownTypes } from './file-types.ts'
import { formerAddresses } from './former-addresses.ts'
import { type HostParts, namedAssets } from './host-config.ts'
import { hostHeaders } from './host-headers.ts'

type Headers = Readonly<Record<string, string>>

export function caddySite({ config, out, redirects }: HostParts): string {
  const { baseUrl } = config
  const base = basePath(config)
  const lead = leadBelow(baseUrl)

  const fixed = fixedRedirects.flatMap(({ from, to }, n) =>
    handle(`fixed_${n}`, [`path_regexp "^${from}$"`], lead(to)),
  )

  const key = config.indexNowKey
  const files = [
    ...handle(
      'file',
      [`path_regexp ${quoted(fileAddresses)}`, 'file'],
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

  // What is in braces Caddy would take for a name of its own, and a backslash may take the end of a string away.
  const { entries, comment } = formerAddresses(redirects, {
    compared: (from) => from,
    unwritable: /[{}\\]/,
  })
  const former = block('route @path', [
    ...map('{re.path.1}', 'to', entries),
    ...handle('gone', ['expression {newsstand_to} == "gone"'], ['error 410']),
    ...handle('moved', ['expression {newsstand_to} != ""'], lead('{newsstand_to}')),
  ])

  const route = [
    ...handle(
      'other',
      ['not method GET HEAD OPTIONS'],
      [...header({ Allow: methods }), 'respond 405'],
    ),
    ...handle(
      'options',
      ['method OPTIONS'],
      [...header({ Allow: methods, ...preflight }), 'respond 204'],
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
    ...caddyMedia(config),
    ...fixed,
    ...handle('hidden', [`path_regexp ${quoted(hiddenFiles)}`], ['error 404']),
    ...caddyFeeds(config),
    ...caddyPages(config),
    ...files,
    '@path path_regexp path "^(/.*[^/])/*$"',
    ...former,
    'error 404',
  ]

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
    ...comment,
    ...block(new URL(baseUrl).origin, [
      `root * ${quoted(out)}`,
      ...block('route', route),
      ...errors,
    ]),
    '',
  ].join('\n')
}
