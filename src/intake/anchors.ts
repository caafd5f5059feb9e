/** The ids of elements in an article's text, and the links to them. */
import { attempt } from '../attempt.ts'

/**
 * Ids stand on a page of ours beside its own, of which none begins like this. Headings rarely do, so that
 * no two ids of an article become one.
 */
const prefix = '_'

/** Longer ones are nobody's. */
const longest = 200

/**
 * The id on our page of what has this id in a file, '' where it cannot be one. Done twice it is the same.
 * @param id as written; of a link, what stands behind its `#`, decoded
 */
export function anchorOf(id: string): string {
  const name = id.replace(/[\s\p{Cc}]+/gu, '')
  if (name === '' || name.length > longest) return ''
  return name.startsWith(prefix) ? name : prefix + name
}

/** Where a link to a place in the same file leads: `#` and the anchor, or undefined. @param link such as `#more` */
export function anchorLink(link: string): string | undefined {
  const name = link.slice(1)
  // What nobody encoded stays: a % may be a percent sign.
  const anchor = anchorOf(attempt(() => decodeURIComponent(name)) ?? name)
  return anchor === '' ? undefined : `#${encodeURIComponent(anchor)}`
}

/**
 * The id that GitHub, Hugo and their kin give a heading, and so what links to it say: small letters, digits,
 * hyphens for blanks.
 */
export const slugOfHeading = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
