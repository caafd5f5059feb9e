/** The part of a Caddyfile that sends media, and pictures of them in other sizes. */
import { browserFormats, fittedWidths, plainWidth } from '../../channels/fitted-address.ts'
import type { Config } from '../../config.ts'
import { endingsOf } from '../../media-kinds.ts'
import { dispositions, policyOfDrawings, policyOfMedia } from '../../server/media-headers.ts'
import { fittedFolder } from '../what-is-written.ts'
import { block, found, handle, header, map, ofEnding, quoted, send } from './caddy-text.ts'
import { anyBytes, mediaTypes } from './file-types.ts'
import { hostHeaders } from './host-headers.ts'

export function caddyMedia(config: Config): string[] {
  const ofMedia = hostHeaders('media', config)
  const fitted = (id: string, query: string, file: string, type: string) =>
    handle(
      id,
      [query, ...block('file', [`try_files /${fittedFolder}/{re.medium.1}/${file}`])],
      send({ ...ofMedia, 'Content-Security-Policy': policyOfMedia, 'Content-Type': type }, found),
    )
  const plain = `expression {query.width} == "${plainWidth}" && {query.as} == ""`
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
    ...map('{path}', 'policy', [[ofEnding(endingsOf('drawing')), policyOfDrawings]], policyOfMedia),
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
}
