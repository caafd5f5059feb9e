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

/** The words of a text: runs of letters, marks and digits, and "and" for an ampersand. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let start = -1
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at)
    if (at < text.length && isWordCode(code)) {
      if (start < 0) start = at
      continue
    }
    if (start >= 0) words.push({ text: text.slice(start, at), start, end: at })
    if (code === 0x26) words.push({ text: 'and', start: at, end: at + 1 })
    start = -1
  }
  return words
}

/** 0: not looked at yet, 1: part of a word, 2: not. Far faster than asking the pattern each time. */
const wordCodes = new Uint8Array(0x10000)

/** Letters beyond U+FFFF come as surrogates, and count as gaps: no name we know has one. */
function isWordCode(code: number): boolean {
  if (wordCodes[code] === 0) {
    wordCodes[code] = /[\p{L}\p{M}\p{N}]/u.test(String.fromCharCode(code)) ? 1 : 2
  }
  return wordCodes[code] === 1
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
