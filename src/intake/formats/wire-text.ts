/** What a story's text says of what the file states beside it as well. */
import { plainTextOf } from '../../html-text.ts'
import { cleanLine } from '../../text.ts'
import { type Embargo, embargoLine, firstLines, longestOf } from './embargo-line.ts'
import { afterBy } from './page-words.ts'
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

/** A block that has no other in it, or its first line. */
const ownLine =
  /(<(p|div|h[1-6])\b[^<>]{0,200}>)((?:(?!<\/?(?:p|div|h\d|br)\b).){0,600})(?:<\/\2>|(<br\b[^<>]{0,20}>))\s*/gis

/** A story without the lines that say until when nobody may show it, and the embargo that holds longest. */
export function withoutEmbargo(html: string): {
  readonly html: string
  readonly embargo: Embargo | undefined
} {
  const found = new Map<string, Embargo>()
  const first = html
    .slice(0, 4 * headLength)
    .matchAll(ownLine)
    .take(firstLines)
  const last = [...html.slice(-headLength).matchAll(ownLine)]
    .filter(([, , , words = '']) => /\p{L}/u.test(words))
    .slice(-1)
  let text = html
  for (const [written, tag = '', name = '', words = '', isGoingOn] of [...first, ...last]) {
    const embargo = embargoLine(cleanLine(plainTextOf(words)), /^h/i.test(name))
    if (!embargo) continue
    found.set(written, embargo)
    text = text.replace(written, () => (isGoingOn ? tag : ''))
  }
  return { html: text, embargo: longestOf([...found.values()]) }
}

/** Agencies part what stands below a story from it by a line of signs. */
const lineOfSigns = /<p\b[^<>]{0,200}>\s{0,100}(?:[_=*–—-]\s{0,3}){3,200}<\/p>/g
const lastLineOfSigns = new RegExp(`${lineOfSigns.source}$`)

/** A story with rules for such lines, and none at its end. */
export const withRules = (html: string) =>
  html.trimEnd().replace(lastLineOfSigns, '').replace(lineOfSigns, '<hr>')

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
