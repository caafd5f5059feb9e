/** Where the addresses in an article lead. */
import { attempt } from '../attempt.ts'
import { type Attributes, readHtml } from '../html.ts'
import { uriOf } from '../uri.ts'
import type { FileNames } from './file-names.ts'
import type { Media } from './media-files.ts'
import type { TellNote } from './note.ts'
import type { OwnAddress } from './own-address.ts'

/** Where an article lies, for its relative links. */
export interface Place {
  readonly root: string
  readonly path: string
  readonly canonicalUrl: string | undefined
  /** Of the folder, by which links find their articles. */
  readonly files: FileNames
  /** Is told of what the article names and what is not there, so that its editor learns of it. */
  readonly note: TellNote
  /** Of the site that it is part of. */
  readonly ownAddress?: OwnAddress | undefined
  /** Slugs of the article's authors who have a page here. */
  readonly authors: readonly string[]
}

/** An absolute http(s) address, or undefined. */
export function webUrl(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  // Parsing lets some signs pass that no name of a host can have.
  const isWeb = /^https?:$/.test(parsed.protocol) && /^[\w.:[\]-]+$/.test(parsed.host)
  return isWeb ? plainHref(parsed) : undefined
}

/**
 * The address as a URI without a user name and password: `https://trtworld.com@evil.example/` looks like
 * another host's. Parsing has already made other scripts punycode and backslashes slashes.
 */
function plainHref(url: URL): string {
  url.username = ''
  url.password = ''
  return uriOf(url)
}

/** Stands for this site, whose address is only known when a feed is rendered. */
const ourselves = 'https://newsstand.invalid'

/** Relative links mean what they mean on the original's page, else on ours. */
export function linkUrl(url: string, { canonicalUrl }: Place): string | undefined {
  const base = canonicalUrl ?? `${ourselves}/articles/`
  if (!URL.canParse(url, base)) return undefined
  const href = plainHref(new URL(url, base))
  // A path that begins with two slashes would be another host's.
  return href.startsWith(`${ourselves}/`) ? href.slice(ourselves.length).replace(/^\/+/, '/') : href
}

/**
 * What is known of a media address: much of a file of ours, the type at most of another's.
 * @param types what it is meant to be: a file of ours of another type is not meant, and an address that
 *   ends in the name of another type, as of a page, says nothing of its own
 */
export async function describeMedia(
  url: string,
  place: Place,
  types: RegExp,
): Promise<Partial<Media> | undefined> {
  const { findOwnMedia, mediaType } = await import('./media-files.ts')
  const local = findOwnMedia(place, url)
  if (local) return types.test(local.type) ? local : undefined
  const isRelative = place.canonicalUrl !== undefined || url.startsWith('//')
  const remote = webUrl(isRelative ? linkUrl(url, place) : url)
  if (!remote) return undefined
  const type = mediaType(new URL(remote).pathname)
  return { url: remote, ...(type && types.test(type) && { type }) }
}

/**
 * Files that safe HTML shows or leads to, and that may be ours: their paths in the articles folder, decoded, or whole
 * addresses, which only who knows the address of this site can tell from those of others.
 */
export function mediaPathsIn(html: string): string[] {
  if (!html.includes(media)) return []
  const found = new Set<string>()
  const open = (_name: string, { href, src, poster }: Attributes) => {
    for (const address of [href, src, poster]) {
      if (address?.includes(media)) found.add(address.replace(/[?#].*$/, ''))
    }
  }
  readHtml(html, { open, close: () => {}, text: () => {} })
  return [...found].flatMap((address) => {
    const path = address.startsWith(media) ? address.slice(media.length) : address
    return attempt(() => decodeURIComponent(path)) ?? []
  })
}

/** As media-files.ts has it, which takes its time to load. */
const media = '/media/'
