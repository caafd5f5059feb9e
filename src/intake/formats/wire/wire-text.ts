/** What a story's text says of what the file states beside it as well. */
import { plainTextOf } from '../../../html-text.ts'
import { cleanLine } from '../../../text.ts'
import type { Note } from '../../note.ts'
import { afterBy } from '../lines/page-words.ts'
import { titleOf } from '../text/page-title.ts'
import { namesInByline, namesOnce } from './wire-names.ts'

/** A byline stands among so many first paragraphs, and in so many characters. */
const firstParagraphs = 3
const paragraph = /<p\b[^<>]{0,200}>(.{0,300}?)<\/p>\s*/gs
const headLength = 5000

/**
 * A story without the paragraph that only says who wrote it, as in `By Jo Lind`.
 * @param stated the authors that the file states beside its text
 * @returns they, or who that paragraph names where there are none
 */
export function withByline(
  html: string,
  stated: readonly string[],
  language: string | undefined,
): { readonly html: string; readonly authors: string[] } {
  const authors = namesOnce(stated)
  const known = new Set(authors.map((name) => name.toLowerCase()))
  const head = html.slice(0, headLength).matchAll(paragraph).take(firstParagraphs)
  for (const [written, words = ''] of head) {
    const names = bylineIn(plainTextOf(words), language)
    const isKnown = names.every((name) => known.has(name.toLowerCase()))
    if (names.length > 0 && (isKnown || authors.length === 0)) {
      return { html: html.replace(written, () => ''), authors: isKnown ? authors : names }
    }
  }
  return { html, authors }
}

/** Of a line that is nothing but a byline. */
function bylineIn(line: string, language: string | undefined): string[] {
  const isBy = line.length <= 100 && !/[.!?:]$/.test(line) && afterBy(line)
  const names = isBy ? namesInByline(line, language, []) : []
  return names.every((name) => /^\p{Lu}\S* .*\p{Lu}/u.test(name)) ? names : []
}

const firstBlock = /<(p|h[1-3])\b[^<>]{0,200}>((?:(?!<\/\1>).){1,2000})<\/\1>\s*/is

/**
 * A story with its title. Where no headline is stated, as of a flash, that is the heading that it begins with, which leaves
 * it, else its first sentence.
 */
export function titled(
  html: string,
  stated: string | undefined,
): {
  readonly html: string
  readonly title: string | undefined
  readonly notes: readonly Note[]
} {
  if (stated !== undefined) return { html, title: stated, notes: [] }
  const [written = '', name = '', words = ''] = firstBlock.exec(html.slice(0, headLength)) ?? []
  const line = cleanLine(plainTextOf(words))
  if (!/\p{L}/u.test(line)) return { html, title: undefined, notes: [] }
  if (name !== 'p') return { html: html.replace(written, () => ''), title: line, notes: [] }
  return { html, title: titleOf(line), notes: [untitled] }
}

const untitled: Note = {
  text: 'it states no headline, so that its first sentence serves as one',
}

/** Letters: shorter ones may be said twice on purpose. */
const shortestRepeated = 40
/** Letters before which a text begins, such as a place and a date. */
const longestDateline = 120

const lettersOf = (text: string) => text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '').toLowerCase()

/** A dek, unless it is what the text begins with, or a part of it that is cut off with an ellipsis. */
export function dekBeside(dek: string | undefined, html: string): string | undefined {
  if (dek === undefined || dek.length > headLength) return dek
  const letters = lettersOf(dek)
  if (letters.length < shortestRepeated) return dek
  const at = lettersOf(plainTextOf(html.slice(0, 4 * headLength))).indexOf(letters)
  const isCut = /(?:\.\.\.|…)$/.test(dek)
  return at === -1 || (at > longestDateline && !isCut) ? dek : undefined
}
