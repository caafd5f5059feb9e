/** Words, and the names made of them that are looked for in texts. */

export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A name to look for, word by word. Without a tag it is read over: it means no topic. */
export interface Phrase {
  readonly words: readonly string[]
  readonly tag?: string
  /** Such as "Spanish", which is a language as well. */
  readonly isDemonym?: boolean
  /** The words after the first are compared in lower case. */
  readonly ignoresCase?: boolean
}

/** Phrases by their first word, the longest first. */
export type Index = Map<string, Phrase[]>

/** Runs of letters, marks and digits, and ampersands. Letters beyond U+FFFF count as gaps: no name we know has one. */
const wordPattern = /[[\p{L}\p{M}\p{N}]--[\u{10000}-\u{10ffff}]]+|&/gv

/** The words of a text, and "and" for an ampersand. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(wordPattern)].map(({ 0: found, index }) => ({
    text: found === '&' ? 'and' : found,
    start: index,
    end: index + found.length,
  }))
}

/** Puts a phrase into the index. */
export function add(index: Index, phrase: Phrase): void {
  const first = phrase.words[0]
  // A rule of signs only, such as "+++", has no word to find.
  if (first === undefined) return
  const phrases = index.get(first)
  if (phrases === undefined) index.set(first, [phrase])
  else phrases.push(phrase)
}

/** The words of a name. */
export function split(text: string): string[] {
  return wordsOf(text.normalize('NFC')).map((word) => word.text)
}

/** In small letters; "İ" becomes an "i" without a stray dot. */
export function inSmall(word: string): string {
  const small = word.toLowerCase()
  return small.length === word.length ? small : small.replaceAll('i\u0307', 'i')
}
