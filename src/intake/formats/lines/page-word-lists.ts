/** The words of TRT's page layout, ready to be looked up. The words: page-word-table.ts. */
import { type PageWords, pageWords } from './page-word-table.ts'

/** Turkish İ lower-cases to i and a dot, I to a dotted i: NİSAN and Nisan, KASIM and Kasım are one. */
export function foldWord(text: string): string {
  const small = text.toLowerCase()
  return turkish.test(small) ? small.replaceAll('\u0307', '').replaceAll('ı', 'i') : small
}

const turkish = /ı|\u0307/

/** A word as it is listed, in small letters and in capitals; Turkish has capitals of its own. */
export const spellings = (language: string, known: readonly string[]) =>
  known.flatMap((word) => [
    word,
    word.toLowerCase(),
    word.toUpperCase(),
    word.toLocaleUpperCase(language),
  ])

/** By language. */
export const languages = Object.entries(pageWords)
/** In all languages, as they are written in the table. */
export const listed = (kind: keyof PageWords) =>
  languages.flatMap(([, kinds]) => kinds[kind].split(', '))
/** For looking up what was folded. */
export const folded = (kind: keyof PageWords) => new Set(listed(kind).map(foldWord))

/** The longest of the words. */
export const longestWord = 40

/** Whether a line is one of folded words, with or without a colon behind it. */
export function isWord(known: ReadonlySet<string>, line: string): boolean {
  if (line.length > longestWord) return false
  return known.has(foldWord(line.endsWith(':') ? line.slice(0, -1).trimEnd() : line))
}

/**
 * A number made of the first letters of a line. By it most lines can be told to begin with none of some
 * words, before anything is cut out of them.
 */
export function startOf(line: string, letters: number): number {
  let start = 0
  for (let at = 0; at < letters; at += 1) start = (start * 131 + line.charCodeAt(at)) | 0
  return start
}

export const startsOf = (texts: readonly string[], letters: number) =>
  new Set(texts.map((text) => startOf(text, letters)))
