/** What front matter says of the addresses that an article's page has or had. */
import { isWebUrl } from '../../../uri.ts'
import { booleanIn, type Fields, textOf, textsOf } from './front-matter-fields.ts'
import type { Value } from './front-matter-tree.ts'

/** Where its page was before: stated as such, or the path of `permalink`, `url` or a slug of several parts. */
export function aliasesOf(fields: Fields): string[] {
  const former = fields.all('aliases').flatMap((entry) => {
    const items: readonly Value[] = 'list' in entry.value ? entry.value.list : [entry.value]
    const texts = items.map((item) => textOf(item) ?? '')
    for (const [at, text] of texts.entries()) {
      const value = items[at] ?? entry.value
      if (formerPath(text) === undefined && !isOtherName(text))
        fields.passOver({ ...entry, value }, 'is no path')
    }
    // Where they do not begin with a slash, Zola begins at the root, and Hugo where the file lies.
    return texts.flatMap((text) => {
      const path = formerPath(text)
      return path === undefined || path === text ? (path ?? []) : [path, text]
    })
  })
  const slugs = textsOf(fields.all('slug')).filter((text) => text.includes('/'))
  return [...new Set([...former, ...addressesOf(fields), ...slugs.flatMap(pathOfPage)])]
}

/** In Obsidian aliases are other names of a note. */
const isOtherName = (text: string) => /\p{L}/u.test(text) && !/[/{}<>]/.test(text)

/** Where the page is on the site that made it; a whole address is where the original is. */
export function addressesOf(fields: Fields): string[] {
  const addresses = fields.all('address').filter(({ value }) => booleanIn(value) === undefined)
  return textsOf(addresses).flatMap(pathOfPage)
}

const pathOfPage = (text: string) => (isWebUrl(text) ? [] : (pathIn(withSlash(text)) ?? []))

/** An address may be one word, which begins at the root in Hugo and Zola. Jekyll's styles of addresses are none. */
const withSlash = (text: string) =>
  /^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(text) &&
  !/^(?:date|none|ordinal|pretty|weekdate)$/.test(text)
    ? `/${text}`
    : text

/** As `pathIn`, but one name will do: those of a `permalink` are kinds of address (`pretty`), these are pages. */
const formerPath = (text: string): string | undefined =>
  /^[\p{L}\p{N}][^:{}\s<>]*$/u.test(text) ? `/${text}` : pathIn(text)

/** A path from the root of the site, or a whole address. Patterns such as `/:year/:title/` are neither. */
function pathIn(text: string): string | undefined {
  if (isWebUrl(text)) return text
  if (text === '' || text === '/' || /[:{}\s<>]|^\/\/|^#/.test(text) || !/\/|\.html?$/.test(text)) {
    return undefined
  }
  return text.startsWith('/') ? text : `/${text.replace(/^\.\//, '')}`
}
