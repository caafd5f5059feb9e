/**
 * Where each address of the site lies as a file of the static build, and what a host has to be told of such files. The
 * out folder is what is at BASE_URL: addresses here are below that, and begin with a slash.
 */
import { allTermKinds, termKinds } from '../catalogue/channel-kinds.ts'
import { feedFormats } from '../channels/feed-formats.ts'
import { type Fitting, fittingOf } from '../channels/fitted-address.ts'
import type { Config } from '../config.ts'
import { mediaRoot } from '../media-kinds.ts'
import { forAnHour, untilRefresh } from '../server/caching.ts'

/**
 * Files that hosts treat alike. A *feed* is a document or an archive document; a *file* is OPML, a sitemap, robots.txt
 * or the web manifest; an *asset* is the stylesheet, a script, an icon, or what else lies in public/; *media* lie below
 * `/media/`, and so do pictures of these in other sizes.
 */
export type FileKind = 'feed' | 'page' | 'file' | 'asset' | 'media' | 'key'

/** Where pictures in other sizes lie: `fitted/{path of the picture in the articles folder}/{width}.{format}`. */
export const fittedFolder = 'fitted'

/** What lies beside a file that compresses, under its name and this ending. In the order in which a host had best look. */
export const packedEndings = { br: '.br', zstd: '.zst', gzip: '.gz' } as const

/**
 * Where an address lies.
 * - what ends in a slash is a folder with an index.html: `/` → `index.html`, `/tags/x/page/2/` → `tags/x/page/2/index.html`
 * - other pages get an ending: `/articles/x` → `articles/x.html`, `/subscribe` → `subscribe.html`
 * - pictures in other sizes, whose address has a query, have a folder of their own: `fittedPath`
 * - all else lies where its address says: `/rss.xml`, `/tags/x/archive/3/atom.xml`, `/media/a.jpg`
 * @param address below BASE_URL; a query that says a version counts for nothing
 * @returns in the out folder, decoded
 * @throws URIError where it is encoded wrongly
 */
export function filePath(address: string): string {
  const fitting = address.startsWith(mediaRoot) ? fittingOf(address) : undefined
  const path = decodeURIComponent(address.split('?', 1)[0] ?? '').slice(1)
  if (fitting) return fittedPath(path.slice(mediaRoot.length - 1), fitting)
  if (path === '' || path.endsWith('/')) return `${path}index.html`
  return isPageWithoutEnding(address) ? `${path}.html` : path
}

/** @param media path of a picture in the articles folder */
const fittedPath = (media: string, { width, format }: Fitting) =>
  `${fittedFolder}/${media}/${width}.${format}`

const isPageWithoutEnding = (address: string) =>
  address.startsWith('/articles/') || /^\/subscribe(?:\?|$)/.test(address)

/** What is said of the files of a kind by a host, where the live server says the same of all of them. */
export function cachingOf(kind: FileKind, config: Config): string {
  const usual = untilRefresh(config)
  // What a page names with its version may be kept for longer, but a host does not tell the one address from the other.
  return kind === 'feed' || kind === 'page' || kind === 'file' ? usual : forAnHour
}

/**
 * An address that leads elsewhere for good (301), with the query of the request, or whose article was removed (410). Both
 * are below BASE_URL: percent-encoded, as they stand in a request.
 */
export type Redirect =
  | { readonly from: string; readonly to: string }
  | { readonly from: string; readonly isGone: true }

/**
 * What readers try in place of a feed's address, below the site's and every channel's, with or without a slash at its end:
 * `feed/atom`, in whatever case, for `atom.xml`.
 */
export const feedAliases = feedFormats.flatMap(({ aliases, fileName }) =>
  aliases.map((alias) => ({ alias, fileName })),
)

/** Folders of channels: `/{folder}/{slug}/rss.xml`. Slugs of channels match `[a-z0-9-]+`. */
export const channelFolders: readonly string[] = allTermKinds.map((kind) => termKinds[kind].folder)

/** Fixed addresses that lead to another page. */
export const fixedRedirects: readonly { readonly from: string; readonly to: string }[] = [
  { from: '/index.html', to: '/' },
  { from: '/articles', to: '/' },
  { from: '/articles/', to: '/' },
  { from: '/subscribe/', to: '/subscribe' },
  ...channelFolders.map((folder) => ({ from: `/${folder}`, to: `/${folder}/` })),
]
