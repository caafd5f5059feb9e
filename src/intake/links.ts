/** Where the addresses in an article lead. */
import { attempt } from '../attempt.ts'
import { uriOf } from '../uri.ts'
import type { FileNames } from './file-names.ts'
import type { Media } from './media-files.ts'
import type { TellNote } from './note.ts'

/** Where an article lies, for its relative links. */
export interface Place {
  readonly root: string
  readonly path: string
  readonly canonicalUrl: string | undefined
  /** Of the folder, by which links find their articles. */
  readonly files: FileNames
  /** Is told of what the article names and what is not there, so that its editor learns of it. */
  readonly note: TellNote
}

/** Whether it is a whole http or https address. */
export function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
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
  const { findMedia, mediaType } = await import('./media-files.ts')
  const local = findMedia(place.root, place.path, url)
  if (local) return types.test(local.type) ? local : undefined
  const isRelative = place.canonicalUrl !== undefined || url.startsWith('//')
  const remote = webUrl(isRelative ? linkUrl(url, place) : url)
  if (!remote) return undefined
  const type = mediaType(new URL(remote).pathname)
  return { url: remote, ...(type && types.test(type) && { type }) }
}

/** A link to the file of an article, as it is kept until it is rendered: only then it is known what page that has. */
export interface FileLink {
  /** Of the file, relative to the articles folder; '' where no file has the name that is linked to. */
  readonly path: string
  /** By which the file is looked for; '' where the link states its path. */
  readonly name: string
  /** In a URI; '' for none. */
  readonly fragment: string
}

const fileLink = '/articles/?file='

/** @param fragment as it stands in a URI, without #; '' for none */
export const linkToFile = (path: string, fragment: string, name = ''): string =>
  fileLink +
  encodeURIComponent(path) +
  (name && `;name=${encodeURIComponent(name)}`) +
  (fragment && `#${fragment}`)

/**
 * The address of a link to an article by the name of its file, as `ref`, `post_url` and wiki links have it: without
 * extension, folder or date, or with them. For HTML that goes through intake, which finds the file.
 * @param fragment as an author writes it, without #; '' for none
 */
export const nameLink = (name: string, fragment: string): string =>
  linkToFile('', fragment && encodeURIComponent(fragment), name)

const inAddress = /^\/articles\/\?file=([^;#]*)(?:;name=([^#]*))?(?:#(.*))?$/

/** @param href of any link */
export function readFileLink(href: string): FileLink | undefined {
  if (!href.startsWith(fileLink)) return undefined
  const [, path = '', name = '', fragment = ''] = inAddress.exec(href) ?? []
  return attempt(() => ({
    path: decodeURIComponent(path),
    name: decodeURIComponent(name),
    fragment,
  }))
}

const inHtml = / href="(\/articles\/\?file=[^"]*)"/g

/** Where the links of stored HTML to files lead; words of a text that look like such a link do no harm. */
export function fileLinksIn(html: string): FileLink[] {
  if (!html.includes(`="${fileLink}`)) return []
  const links = Array.from(html.matchAll(inHtml), ([, href = '']) => readFileLink(href))
  return links.filter((link) => link !== undefined)
}

/** Files of ours that safe HTML shows or leads to: their paths in the articles folder. */
export function mediaPathsIn(html: string): string[] {
  const found = html.matchAll(/(?:href|src)="\/media\/([^"#?]+)/g)
  return [...found].flatMap(([, path = '']) => attempt(() => decodeURIComponent(path)) ?? [])
}
