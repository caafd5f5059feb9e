/** Who a line beside the heading of a web page says wrote it, without "By", office and time. */
import { bylinesOf } from '../byline.ts'
import { withoutDates } from './date-in-text.ts'

/** In English these are parts of names, as in Von Miller. */
const byWords: readonly (readonly [string, RegExp])[] = [
  ['by', /^/],
  ['von', /^de/i],
  ['par', /^(?!en)/i],
  ['por', /^(?!en)/i],
]

/**
 * @param language of the page, where known
 * @returns what stands behind "By"; undefined of a text that does not begin with that
 */
export function afterBy(text: string, language: string | undefined): string | undefined {
  const [, word = '', names = ''] = by.exec(text) ?? []
  const isBy = byWords.some(
    ([known, languages]) => known === word.toLowerCase() && languages.test(language ?? ''),
  )
  return isBy ? names : undefined
}

const by =
  /^(?:(?:posted|written|published|submitted|reported) )?(by|von|par|por)(?::\s*|\s+|$)(.*)$/isu

/** What stands behind the names: a time, and whatever is parted from them by a sign. */
const behind = /\s+(?:[-–—|•·/]|on|at|in)\s.*$|\s*[|•·].*$|(?:^|\s)\(?\d.*$/su

/** Behind a comma they are what somebody is, not who. */
const office =
  /\b(?:agency|bureau|columnist|contributor|correspondent|desk|editor|journalist|news|newspaper|press|producer|reporter|staff|writer)\b|^(?:jr|sr|ph\.?d|m\.?d)\.?$/iu

/** A name as some state it for machines. */
export const withoutBy = (name: string) => name.replace(/^by(?::|\s)\s*/i, '')

/**
 * @param language of the page, where known
 * @returns each name once; of a text without a name, none
 */
export function namesInByline(text: string, language: string | undefined): string[] {
  const names = withoutDates(afterBy(text, language) ?? text)
    .replace(behind, '')
    .trim()
  // Whoever put an address on a page did not give it to feeds.
  if (text.includes('@')) return bylinesOf(names).map(({ name }) => name)
  const [first = '', ...others] = names.split(/\s*,\s*(?:and\s)?|\s+(?:and|&)\s+/u)
  const more = others.filter((name) => isName(name))
  return [...new Set([first, ...more].map((name) => name.trim()))].filter((name) => name !== '')
}

const isName = (text: string) => /^\p{Lu}\S* .*\p{Lu}/u.test(text) && !office.test(text)
