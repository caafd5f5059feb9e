/** The parts of a Caddyfile that send feeds and pages, and lead to them from their other addresses. */
import { feedFormats } from '../../channels/feed-formats.ts'
import { hubsOf } from '../../channels/hubs.ts'
import type { Config } from '../../config.ts'
import { linkTo } from '../../server/feed-headers.ts'
import { block, found, handle, handleFile, leadBelow, quoted, send } from './caddy-text.ts'
import { bareLists, html, lists, ofChannel } from './file-types.ts'
import { hostHeaders } from './host-headers.ts'

export function caddyFeeds(config: Config): string[] {
  const { baseUrl } = config
  const lead = leadBelow(baseUrl)
  const here = feedFormats.flatMap((format) => {
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
      ...feed('feed', `/(?:${ofChannel}/)?`, hubsOf(config)),
      ...feed('archive', `/(?:${ofChannel}/)?archive/[1-9][0-9]*/`, []),
    ]
  })

  const elsewhere = feedFormats.flatMap(({ fileName, aliases }) => {
    const pattern = [fileName, ...aliases].join('|').replaceAll('.', '\\.')
    const id = `alias_${fileName.replace(/\W/g, '_')}`
    const place = `{re.${id}.1}`
    return handleFile(
      id,
      `(?i)^((?:/${ofChannel})?)/(?:${pattern})/?$`,
      [`file ${place}/${fileName}`],
      lead(`${place}/${fileName}`, ''),
    )
  })
  return [...here, ...elsewhere]
}

export function caddyPages(config: Config): string[] {
  const lead = leadBelow(config.baseUrl)
  const list = `path_regexp ${quoted(lists)}`
  const asPage = { ...hostHeaders('page', config), 'Content-Type': html }
  return [
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
      [`path_regexp ${quoted(bareLists)}`, 'file {path}/index.html'],
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
}
