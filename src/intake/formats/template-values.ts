/** Values that templates of Liquid and Nunjucks put into a text: `{{ page.title }}`, `{{ "/path" | relative_url }}`. */

/** What readers see in place of a value. */
export interface Shown {
  /** Markdown. */
  readonly text: string
  /** Whether the site alone knows what it is, so that a note names it. */
  readonly isUnknown: boolean
}

const known = (text: string): Shown => ({ text, isUnknown: false })

const markdownSign = /[\\`*_{}[\]<>#|~$&!]/g

/** Names that tags of a text give to values of their own: `{% assign ship = … %}`, `{% for ship in … %}`. */
export const namesGiven = (text: string): ReadonlySet<string> =>
  new Set(
    Array.from(
      text.matchAll(/\{%-?\s*(?:assign|capture|for|set)\s+(\w{1,100})/g),
      ([, name = '']) => name,
    ),
  )

/**
 * What stands between `{{` and `}}`; undefined where it is the author's own text.
 * @param title of the article
 * @param names of `namesGiven`
 */
export function shownValue(
  inside: string,
  title: string | undefined,
  names: ReadonlySet<string>,
): Shown | undefined {
  if (inside.startsWith('/*')) return known('')
  // On a site of one's own they say nothing.
  if (/^(?:site|config)\.(?:base_?url|url|github\.url)\b[^'"]*$/i.test(inside)) return known('')
  if (title !== undefined && /^(?:page\.)?title$/.test(inside)) {
    return known(title.replace(markdownSign, '\\$&'))
  }
  const [, address] =
    /^(?:site\.\w+\s*\|\s*append:\s*)?["']([^"'\n]*)["']\s*\|\s*(?:relative_url|absolute_url|url|absURL|relURL|prepend)\b/i.exec(
      inside,
    ) ?? []
  if (address !== undefined) return known(address.replace(/\s/g, '%20'))
  const [, name = ''] = /^(\w+)(?:\.\w|\s*(?:\||$))/.exec(inside) ?? []
  const isOfSite = /^(?:site|page|post|include|layout|config|section)\.\w/.test(inside)
  const isFiltered = /^(?:["'][^"'\n]*["']|[a-z]\w*(?:\.\w+)*)\s*\|\s*[a-z]\w*(?:\s*[:(|]|$)/i.test(
    inside,
  )
  return isOfSite || isFiltered || names.has(name) ? { text: '', isUnknown: true } : undefined
}
