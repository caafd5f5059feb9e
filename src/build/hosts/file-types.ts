import { opmlType } from '../../channels/opml.ts'
import { mediaType } from '../../intake/media-files.ts'
import { endingsOf, type MediaKind } from '../../media-kinds.ts'
import { channelFolders, fittedFolder } from '../what-is-written.ts'

export const html = 'text/html; charset=utf-8'
export const anyBytes = 'application/octet-stream'

const kinds: readonly MediaKind[] = [
  ...(['picture', 'drawing', 'film', 'sound'] as const),
  ...(['document', 'session', 'font', 'download'] as const),
]

/** The types of all media files, and their endings without a dot: hosts know others, or none. */
export const mediaTypes: readonly (readonly [type: string, endings: readonly string[]])[] = [
  ...Map.groupBy(endingsOf(...kinds).split('|'), (ending) => mediaType(`a.${ending}`) ?? anyBytes),
]

/** Of files that are no media; text has its charset, as on the live server. */
export const ownTypes: readonly (readonly [type: string, ending: string])[] = [
  [html, 'html'],
  ['text/css; charset=utf-8', 'css'],
  ['text/javascript; charset=utf-8', 'js'],
  ['text/plain; charset=utf-8', 'txt'],
  ['application/xml; charset=utf-8', 'xml'],
  [opmlType, 'opml'],
  ['application/manifest+json', 'webmanifest'],
  ['image/svg+xml', 'svg'],
  ['image/png', 'png'],
  ['image/vnd.microsoft.icon', 'ico'],
]

/** Files of the out folder that are at no address of theirs, but for media; as a regular expression. */
export const hiddenFiles = `/[._]|\\.(?:br|zst|gz)$|/index\\.html$|^/(?:404|410|subscribe|articles/.*)\\.html$|^/${fittedFolder}/`

/** Addresses of OPML, sitemaps, robots.txt and the web manifest, as a regular expression. */
export const fileAddresses =
  '^/(?:feeds\\.opml|sitemap[a-z0-9-]*\\.xml|robots\\.txt|site\\.webmanifest)$'

const folders = channelFolders.join('|')
/** What the address of a channel has behind its first slash, as a regular expression. */
export const ofChannel = `(?:${folders})/[a-z0-9-]+`
/** Addresses of lists of articles and of channels, and of their further pages. */
export const lists = `^/(?:(?:${folders})/(?:[a-z0-9-]+/)?)?(?:page/[1-9][0-9]*/)?$`
/** The same without the slash at the end. */
export const bareLists = `^/(?:page/[1-9][0-9]*|(?:${folders})(?:/[a-z0-9-]+)?(?:/page/[1-9][0-9]*)?)$`
