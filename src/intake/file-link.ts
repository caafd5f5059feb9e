/** Links to the files of articles, in the HTML of other articles. */
import { attempt } from '../attempt.ts'

/** A link to the file of an article, as it is kept until it is rendered: only then it is known what page that has. */
export interface FileLink {
  /** Of the file, relative to the articles folder; '' where no file has the name that is linked to. */
  readonly path: string
  /** By which the file is looked for; '' where the link states its path. */
  readonly name: string
  /** In a URI; '' for none. */
  readonly fragment: string
  /** Where a page of a site that is meant to be no article has its own address, below the host; '' for any other file. */
  readonly address: string
}

const fileLink = '/articles/?file='

/**
 * @param fragment as it stands in a URI, without #; '' for none
 * @param address of a page of a site, which is written as this tells; '' for any other file
 */
export const linkToFile = (path: string, fragment: string, name = '', address = ''): string =>
  fileLink +
  encodeURIComponent(path) +
  (name && `;name=${encodeURIComponent(name)}`) +
  (address && `;page=${encodeURIComponent(address)}`) +
  (fragment && `#${fragment}`)

/**
 * The address of a link to an article by the name of its file, as `ref`, `post_url` and wiki links have it: without
 * extension, folder or date, or with them. For HTML that goes through intake, which finds the file.
 * @param name '' for a place in the same text
 * @param fragment as an author writes it, without #; '' for none
 */
export function nameLink(name: string, fragment: string): string {
  const encoded = encodeURIComponent(fragment)
  return name === '' ? `#${encoded}` : linkToFile('', encoded, name)
}

const inAddress = /^\/articles\/\?file=([^;#]*)(?:;name=([^;#]*))?(?:;page=([^#]*))?(?:#(.*))?$/

/** @param href of any link */
export function readFileLink(href: string): FileLink | undefined {
  if (!href.startsWith(fileLink)) return undefined
  const [, path = '', name = '', address = '', fragment = ''] = inAddress.exec(href) ?? []
  return attempt(() => ({
    path: decodeURIComponent(path),
    name: decodeURIComponent(name),
    fragment,
    address: decodeURIComponent(address),
  }))
}

const authorLink = '/articles/?author='

/** A link to the page of an author of the same article, as it is kept until it is rendered. @param slug as in `names.ts` */
export const linkToAuthor = (slug: string): string => authorLink + slug

/** @returns the slug of the author whose page a link leads to */
export const readAuthorLink = (href: string): string | undefined =>
  href.startsWith(authorLink) ? href.slice(authorLink.length) : undefined

const inHtml = / href="(\/articles\/\?file=[^"]*)"/g

/** Where the links of stored HTML to files lead; words of a text that look like such a link do no harm. */
export function fileLinksIn(html: string): FileLink[] {
  if (!html.includes(`="${fileLink}`)) return []
  const links = Array.from(html.matchAll(inHtml), ([, href = '']) => readFileLink(href))
  return links.filter((link) => link !== undefined)
}
