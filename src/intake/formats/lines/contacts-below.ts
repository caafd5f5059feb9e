/** Whom the press may ask: names, telephone numbers and addresses below the line that ends a release. */
import type { Note } from '../../note.ts'

/** `ENDS`, `###`, `-30-` */
const mark = /^(?:[-–—*~\s]*(?:ENDS?|Ends)[-–—*~.\s]*|#(?:\s?#){2,4}|[-–—]\s?30\s?[-–—])$/

/** Whether a line says that a release ends here. */
export const isEndMark = (line: string) => line.length < 20 && mark.test(line.trim())

const mostBelow = 40
/** Words of a line with an address or number, and of a sentence that asks to use it. */
const mostOfLine = 12
const mostOfSentence = 40
const mostOfName = 6

const reach = /\S@\S+\.\p{L}{2,}|(?<![\d/])\+?\(?\d[\d\s()./-]{5,18}\d(?![\d/])/u
const asking =
  /\b(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|(?:more|further) information|press office|kontakt|presse|rückfragen|contacto|contatto|iletişim)\b/i
/** What is said to readers as well. */
const ofNotes = /^(?:notes?\b|about\b|hinweis|anmerkung|photos?\b|pictures?\b|images?\b|source)/i

const wordsIn = (line: string) => line.split(/\s+/).length

const isReach = (line: string) =>
  reach.test(line) && wordsIn(line) <= (asking.test(line) ? mostOfSentence : mostOfLine)

const isBeside = (line: string) =>
  wordsIn(line) <= (asking.test(line) ? mostOfLine : mostOfName) &&
  /^[^\p{Ll}]/u.test(line) &&
  !/[.!?…]$/.test(line) &&
  !ofNotes.test(line)

const linesIn = (paragraph: string) =>
  paragraph
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/**
 * @param paragraphs with their line breaks
 * @returns the places of those that are nothing but contacts, and of the line that ends the release where no more follows
 */
export function contactsBelow(paragraphs: readonly string[]): ReadonlySet<number> {
  const from = Math.max(0, paragraphs.length - mostBelow)
  const ends = paragraphs.slice(from).findIndex(isEndMark)
  const out = new Set<number>()
  // A text has to stand above it.
  if (ends === -1 || from + ends < 1) return out
  let names: number[] = []
  for (let at = from + ends + 1; at < paragraphs.length; at += 1) {
    const lines = linesIn(paragraphs[at] ?? '')
    if (lines.length === 0 || !lines.every((line) => isReach(line) || isBeside(line))) names = []
    else if (lines.some(isReach)) {
      for (const one of [...names, at]) out.add(one)
      names = []
    } else names.push(at)
  }
  if (out.size > 0 && out.size === paragraphs.length - from - ends - 1) out.add(from + ends)
  return out
}

/** @param places of `contactsBelow` */
export const notesOfContacts = (
  paragraphs: readonly string[],
  places: ReadonlySet<number>,
): Note[] =>
  [...places]
    .map((at) => (paragraphs[at] ?? '').replace(/\s+/g, ' '))
    .filter((words) => !isEndMark(words))
    .map((words) => ({ text: `it leaves out whom to ask: ${words.slice(0, 200)}` }))
