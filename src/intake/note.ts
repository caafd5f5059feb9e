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
  /** One clause, as the reason of a rejection is, and what to do where that helps. */
  readonly text: string
}

/**
 * Takes a note of what is found out when a file has been read already.
 * @param written what of the file's text it is about, by which its line is found
 */
export type TellNote = (text: string, written: string) => void

/** More of them nobody reads, and a file of links could have a hundred thousand. */
const mostNotes = 100

/** Collects what is told, each once, and finds the lines of it in the file. */
export function createNotes(bytes: Buffer): { readonly notes: Note[]; readonly tell: TellNote } {
  const notes: Note[] = []
  const known = new Set<string>()
  return {
    notes,
    tell(text, written) {
      if (notes.length >= mostNotes || known.has(text)) return
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
