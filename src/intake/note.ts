import { attempt } from '../attempt.ts'
import { escapeText } from '../text.ts'
import { lineAt } from './rejection.ts'

/**
 * Something an editor should know of a file that is no reason to reject it: what was passed over, or leads
 * nowhere.
 */
export interface Note {
  /** 1-based; absent when the whole file is meant. */
  readonly line?: number
  /**
   * One clause, as the reason of a rejection is, and what to do where that helps. Names of the file's own are in
   * quotation marks, by which notes of one kind are known (alike.ts).
   */
  readonly text: string
}

/**
 * Takes a note of what is found out when a file has been read already.
 * @param text where it takes time to find out, a function, which is not called once too much was told
 * @param written what of the file's text it is about, by which its line is found
 */
export type TellNote = (text: string | (() => string), written: string) => void

/** A file of links could have a hundred thousand, and each is looked for in the file. */
const mostFound = 100

/** Collects what is told, each once, and finds the lines of it in the file. */
export function createNotes(bytes: Buffer): { readonly notes: Note[]; readonly tell: TellNote } {
  const notes: Note[] = []
  const known = new Set<string>()
  return {
    notes,
    tell(told, written) {
      if (notes.length >= mostFound) return
      const text = typeof told === 'string' ? told : told()
      if (known.has(text)) return
      known.add(text)
      const line = lineOf(bytes, written)
      notes.push(line === undefined ? { text } : { line, text })
    },
  }
}

/** Addresses may be encoded in HTML that was written otherwise; a file in another encoding has no such bytes. */
function lineOf(bytes: Buffer, written: string): number | undefined {
  const forms = [written, attempt(() => decodeURI(written)) ?? '', escapeText(written)]
  const places = forms.filter((form) => form !== '').map((form) => bytes.indexOf(form))
  const at = places.find((place) => place !== -1)
  return at === undefined ? undefined : lineAt(bytes.toString('latin1', 0, at), at)
}

/** So many notes are told of a file: an editor who has read them knows what it is about. */
const mostNotes = 50
/** So many characters of one: it may quote the file. */
const mostCharacters = 500

/** Notes in the order of lines, each text once; of too many the last says how many more there are. */
export function orderly(notes: readonly Note[]): readonly Note[] {
  if (notes.length < 2) return notes.map(shortened)
  const sorted = [...notes].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  const byText = new Map<string, Note>()
  for (const note of sorted) if (!byText.has(note.text)) byText.set(note.text, note)
  const different = [...byText.values()]
  const more = different.length - mostNotes
  const first = different.slice(0, mostNotes).map(shortened)
  return more > 0 ? [...first, { text: `there are ${more} more notes` }] : first
}

const shortened = (note: Note): Note =>
  note.text.length <= mostCharacters
    ? note
    : { ...note, text: `${note.text.slice(0, mostCharacters).toWellFormed()}…` }
