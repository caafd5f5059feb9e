/** The lines of a TRT World page's text, and what their shapes say. */
import type { DateLine } from './date-line.ts'
import { type AfterWord, hasMoreWords } from './page-words.ts'

/** A line that is not blank. */
export interface Line {
  readonly text: string
  /** 1-based, in the file. */
  readonly number: number
  readonly afterBlank: boolean
}

/** A line, and what it can be told to be. */
export interface HeadLine extends Line {
  readonly date: DateLine | undefined
  readonly by: AfterWord | undefined
}

/** The lines before the first that is not such a line. */
export function leading<T>(lines: readonly T[], isSuch: (line: T) => boolean): readonly T[] {
  const end = lines.findIndex((line) => !isSuch(line))
  return end === -1 ? lines : lines.slice(0, end)
}

/** A longer line is no title but a paragraph. */
export const longestTitle = 250

/** Ends of sentences: not of initials, as in "U.S.". */
const endOfSentence = /[\p{L}\p{M}\p{N}%)\]]{2}[.!?؟…]["'”’»)]*(?=\s|$)/u

/** Whether a line is text rather than a title: it ends as a sentence, or is too long. */
export function isParagraph(text: string): boolean {
  if (text.length > longestTitle) return true
  const isStop = /[^.]\.["'”’»)]*$/.test(text) && hasMoreWords(text, 7)
  return isStop || (text.length > 100 && endOfSentence.test(text.slice(0, -1)))
}
