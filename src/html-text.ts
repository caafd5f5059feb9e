/** What HTML says as one line of text: its words, small raised and lowered signs, formulas. */
import { type Change, type Pieces, readHtml } from './html.ts'
import { wordSet } from './text.ts'

const raised: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+−-=()ni'].map((sign, n) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'][n] ?? '']),
)
const lowered: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+−-=()'].map((sign, n) => [sign, [...'₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎'][n] ?? '']),
)

/** Endings of numbers, and marks of words, which are read where they stand. */
const endings = wordSet('st nd rd th er ère re e ème o a os as te de ste TM SM ® © ™ °')

function shifted(text: string, signs: Readonly<Record<string, string>>, mark: string): string {
  const trimmed = text.trim()
  if (trimmed === '' || endings.has(trimmed)) return trimmed
  const all = [...trimmed].map((sign) => signs[sign])
  if (all.every((sign) => sign !== undefined)) return all.join('')
  return mark + grouped(trimmed)
}

const up = (text: string) => shifted(text, raised, '^')
const down = (text: string) => shifted(text, lowered, '_')

/** What has several signs stands in brackets, where a line would part them. */
const grouped = (text: string) => (/^[\p{L}\p{N}.]*$/u.test(text) ? text : `(${text})`)

/** Of the elements that are more than what is in them, what their parts say. */
const spelled: Readonly<Record<string, (parts: readonly string[]) => string>> = {
  sup: (parts) => up(parts.join('')),
  sub: (parts) => down(parts.join('')),
  msup: ([base = '', over = '']) => base + up(over),
  msub: ([base = '', under = '']) => base + down(under),
  mover: ([base = '', over = '']) => base + (/[\p{L}\p{N}]/u.test(over) ? up(over) : over),
  munder: ([base = '', under = '']) => base + down(under),
  msubsup: ([base = '', under = '', over = '']) => base + down(under) + up(over),
  munderover: ([base = '', under = '', over = '']) => base + down(under) + up(over),
  mfrac: ([above = '', below = '']) => `${grouped(above)}/${grouped(below)}`,
  msqrt: (parts) => `√${grouped(parts.join(''))}`,
  mroot: ([base = '', degree = '']) => `${up(degree)}√${grouped(base)}`,
  mtd: (parts) => `${parts.join('')} `,
  mspace: () => ' ',
  annotation: () => '',
  'annotation-xml': () => '',
}

const begins = new Set(['math', 'sup', 'sub'])

/**
 * Passes on `10<sup>6</sup>` as the text 10⁶, and formulas as text with `^`, `_` and `/`. A raised link to a
 * place in the text is the mark of a note, and says nothing.
 */
export const inOneLine: Change = (next) => {
  const open: { readonly name: string; readonly parts: string[]; isMark: boolean }[] = []
  return {
    open(name, attributes) {
      if (name === 'a' && attributes.href?.startsWith('#')) {
        const around = open.find((one) => one.name === 'sup')
        if (around) around.isMark = true
      }
      if (open.length > 0 || begins.has(name)) open.push({ name, parts: [], isMark: false })
      else next.open(name, attributes)
    },
    close(name) {
      const done = open.pop()
      if (!done) return next.close(name)
      const text = done.isMark ? '' : (spelled[name]?.(done.parts) ?? done.parts.join(''))
      const around = open.at(-1)
      if (around) around.parts.push(text)
      else if (text !== '') next.text(text)
    },
    text(text) {
      const around = open.at(-1)
      if (around) around.parts.push(text)
      else next.text(text)
    },
  }
}

/** Where these begin and end there is no space: a full stop may follow a link. */
export const withinWords = wordSet(
  'a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong u var wbr',
)

/** Words in these are not for readers. */
const unread = wordSet('script style template title noscript iframe')

/** The words of HTML that nobody has checked, with blanks between its blocks. */
export function plainTextOf(html: string): string {
  let text = ''
  let unreadable = 0
  const words: Pieces = {
    open(name) {
      if (unread.has(name)) unreadable += 1
      if (!withinWords.has(name)) text += ' '
    },
    close(name) {
      if (unread.has(name)) unreadable -= 1
      if (!withinWords.has(name)) text += ' '
    },
    text(more) {
      if (unreadable === 0) text += more
    },
  }
  readHtml(html, inOneLine(words))
  return text.replace(/\s+/g, ' ').trim()
}
