/** Values that templates of Liquid and Nunjucks put into a text: `{{ page.title }}`, `{{ "/path" | relative_url }}`. */
import { linkOfAddress } from './tag-links.ts'

/** What readers see in place of a value. */
export interface Shown {
  /** Markdown. */
  readonly text: string
  /** Whether the site alone knows what it is, so that a note names it. */
  readonly isUnknown: boolean
}

const known = (text: string): Shown => ({ text, isUnknown: false })
/** What the site alone knows. */
export const unknown: Shown = { text: '', isUnknown: true }

const markdownSign = /[\\`*_{}[\]<>#|~$&!]/g

/** What is stated may be shown thousands of times. */
const longestValue = 500

const stated =
  /^(\w{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\d{1,20})|([a-z]\w*))$/i

/** What names of one text stand for, from its beginning to its end. */
export interface Scope {
  /** Of the site, before a path; '' for the root of the host. */
  readonly root: string
  /** What it stands for here, as far as the text says it. */
  meaning(name: string): string | undefined
  /** As `meaning`, in small letters: of several names the first that stands for anything. */
  named(...names: readonly string[]): string | undefined
  /** What the site, the article or the tag that includes this text states by that: `site.phone`, `include.ship`, `.Get 0`. */
  value(expression: string): string | undefined
  /** Whether the text gives it a value anywhere. */
  has(name: string): boolean
  /** @param assignment as in `{% assign ship = "Gull" %}`, behind the name of the tag */
  give(assignment: string): void
}

/** @param elsewhere what is stated outside of the text */
export function createScope(
  text: string,
  elsewhere: Scope['value'] = () => undefined,
  root = '',
): Scope {
  const values = new Map<string, string>()
  let given: ReadonlySet<string> | undefined
  return {
    root,
    value: elsewhere,
    meaning: (name) => values.get(name),
    named: (...names) =>
      [...values].find(([name, value]) => value && names.includes(name.toLowerCase()))?.[1],
    has(name) {
      given ??= new Set(
        Array.from(
          text.matchAll(/\{%-?\s*(?:assign|capture|for|set)\s+(\w{1,100})/g),
          ([, one = '']) => one,
        ),
      )
      return given.has(name)
    },
    give(assignment) {
      const [, name, double, single, number, other] = stated.exec(assignment.trim()) ?? []
      const value = double ?? single ?? number ?? (other && values.get(other))
      if (name !== undefined && value !== undefined && value.length <= longestValue) {
        values.set(name, value.replace(/\\(["'])/g, '$1'))
      } else values.delete(/^\w*/.exec(assignment.trim())?.[0] ?? '')
    },
  }
}

/** On a site of one's own they say nothing; the last are those of Octopress and of Jekyll Bootstrap. */
const rootOfSite =
  /^(?:(?:site|config)\.(?:base_?url|url|github\.url)|(?:site\.)?(?:JB\.)?(?:base_?path|baseurl|root_url)|(?:\$?\.)?site\.baseURL)\b[^'"]*$/i

/** The host alone, which the path of the site follows. */
const ofHost = /^(?:site|config)\.url$/

/** Where the site has no path of its own, an author's stays as it is written. */
const belowRoot = (path: string, { root }: Scope) =>
  root === '' || /^\w+:|^\/\//.test(path) ? path : `${root}/${path.replace(/^\//, '')}`

const pathAtRoot =
  /^(?:site\.\w+\s*\|\s*append:\s*)?["']([^"'\n]*)["']\s*\|\s*(?:relative_url|absolute_url|url|absURL|relURL|prepend)\b/i

/** An address that a filter of the site makes something of, and words for it: `"https://…" | embed: "The film"`. */
const filteredAddress = /^["'](https?:\/\/[^"'\s]+)["']\s*\|\s*\w+(?:\s*[:(]\s*(["'])(.*)\2)?/i

/** The number of a book, of which a filter of the site makes a link. */
const book = /^["']?(\d{9}[\dX])["']?\s*\|\s*\w*link$/i

/** What changes nothing that is to be shown. */
const mereFilters =
  /^(?:\s*\|\s*(?:escape|escape_once|safe|strip|trim|relative_url|absolute_url|url|markdownify))*$/i

/**
 * What stands between `{{` and `}}`; undefined where it is the author's own text.
 * @param title of the article
 */
export function shownValue(
  inside: string,
  title: string | undefined,
  scope: Scope,
): Shown | undefined {
  if (inside.startsWith('/*')) return known('')
  if (rootOfSite.test(inside)) return known(ofHost.test(inside) ? '' : scope.root)
  if (title !== undefined && /^(?:page\.)?title$/.test(inside)) {
    return known(title.replace(markdownSign, '\\$&'))
  }
  const [, , literal] = /^(["'])((?:(?!\1)[^\\\n])*)\1$/.exec(inside) ?? []
  if (literal !== undefined) return known(literal)
  const [, path] = pathAtRoot.exec(inside) ?? []
  if (path !== undefined) return known(belowRoot(path.replace(/\s/g, '%20'), scope))
  const [, address, , words] = filteredAddress.exec(inside) ?? []
  if (address !== undefined) return known(linkOfAddress(address, words))
  const [, number] = book.exec(inside) ?? []
  if (number !== undefined) return known(`ISBN ${number}`)
  const [expression = ''] =
    /^(?:\$?[\w.]+|\.Get\s+(?:"\w+"|'\w+'|\d+))(?=\s*(?:\||$))/.exec(inside) ?? []
  const stands = expression === '' ? undefined : scope.value(expression)
  if (stands !== undefined && mereFilters.test(inside.slice(expression.length))) {
    return known(stands)
  }
  const [start = '', name = ''] = /^(\w+)(?=\.\w|\s*(?:\||$))/.exec(inside) ?? []
  const value = scope.meaning(name)
  if (value !== undefined && mereFilters.test(inside.slice(start.length))) return known(value)
  const isOfSite = /^(?:site|page|post|include|layout|config|section)\.\w/.test(inside)
  const isFiltered = /^(?:["'][^"'\n]*["']|\w+(?:\.\w+)*)\s*\|\s*[a-z]\w*(?:\s*[:(|]|$)/i.test(
    inside,
  )
  return isOfSite || isFiltered || scope.has(name) ? unknown : undefined
}
