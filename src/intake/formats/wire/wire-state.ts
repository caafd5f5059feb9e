/** What agencies state of the state of a story. */
import type { Note } from '../../note.ts'
import type { RawArticle, RawEdition } from '../../raw-article.ts'
import { RejectionError } from '../../rejection.ts'
import { isUnfilled } from '../lines/wire-dates.ts'

/** @param status by its name, as in `usable`; withheld is what nobody may show for now */
export const isWithdrawn = (status: string | undefined) =>
  /^(?:cancell?ed|withheld|kill(?:ed)?)$/i.test(status ?? '')

/**
 * What is known of a story that nobody may show; its text may be missing, and is not looked at.
 * @param notes why, where its state does not say so
 */
export const withdrawn = (
  identity: Pick<RawArticle, 'guid' | 'edition'>,
  notes?: readonly Note[],
): RawArticle => ({
  ...identity,
  notes,
  isCanceled: true,
  title: undefined,
  published: undefined,
  body: [],
  tags: [],
  authors: [],
  sources: [],
})

const out =
  /^(?:usable|embargo(?:ed)?|publish(?:ed)?|public|live|released?|sent|final|new|updated?|correct(?:ed|ion)?)$/i

/** Of a state that does not say that the story may be shown. */
export const statusNotes = (status: string | undefined = ''): Note[] =>
  status === '' || out.test(status) || isUnfilled(status)
    ? []
    : [{ text: `it is a draft because its status is "${status}", and not "usable"` }]

/** Of what may not be shown yet, and does not say from when on. */
export const endlessEmbargo: Note = {
  text: 'it is under an embargo that does not say when it ends',
}

/** As far as these are stated. */
export interface EditionDates {
  /** When this version was made. */
  readonly made: string | undefined
  /** Since when the story is out, whichever version this is; or until when this version is under an embargo. */
  readonly first?: string | undefined
}

/**
 * What identifies a story, and which version of it this is.
 * @param guid undefined where none is stated
 */
export const identityOf = (
  guid: string | undefined,
  version: string | undefined,
  dates: EditionDates,
): Pick<RawArticle, 'guid' | 'edition'> => ({
  guid,
  edition: guid === undefined ? undefined : editionIn(guid, version, dates),
})

/** @param story by which all versions are known */
export const editionIn = (
  story: string,
  version: string | undefined,
  { made, first }: EditionDates,
): RawEdition => ({
  story,
  version: versionIn(version ?? ''),
  made,
  isDatedAnew: first === undefined,
})

/** Digits of a number that is held exactly. */
const exactDigits = 15

/** The whole number of a version; undefined where it is none. */
function versionIn(written: string): RawEdition['version'] {
  const [, digits = ''] = /^0*(\d{1,1000})(?:\.\d+)?$/.exec(written.trim()) ?? []
  if (digits === '') return undefined
  if (digits.length <= exactDigits) return { version: Number(digits) }
  return { version: 10 ** exactDigits + digits.length, digits }
}

/** What an editor should know of a version that does not count as it is written. */
export function versionNotes(written = ''): Note[] {
  const known = versionIn(written)
  if (written.trim() === '' || (known && /^\s*\d+\s*$/.test(written))) return []
  const shown = written.trim().slice(0, 40)
  return [
    {
      text: `its version "${shown}" counts as ${known ? (known.digits ?? known.version) : 1}; of equal versions the one made last is shown`,
    },
  ]
}

const ofText = 'Send it with its text, or move it out of the articles folder.'
const elsewhere = 'Move it out of the articles folder: only texts become articles.'

/** Kinds of items that are no text (`ninature`), and what to do with them. */
const kinds: ReadonlyMap<string, readonly [kind: string, remedy: string]> = new Map([
  ['audio', ['a recording, and no text', ofText]],
  ['video', ['a film, and no text', ofText]],
  ['picture', ['a picture, and no text', ofText]],
  ['graphic', ['a graphic, and no text', ofText]],
  ['graphics', ['a graphic, and no text', ofText]],
  ['event', ['an event, and no text', elsewhere]],
  ['planning', ['a plan, and no text', elsewhere]],
  ['composite', ['a package, which only names other items', elsewhere]],
])

export const isOtherKind = (type: string) => kinds.has(type)

/** Why an item of a kind is no article. */
export function refusedKind(type: string): RejectionError {
  const [kind, remedy] = kinds.get(type) ?? ['no text', elsewhere]
  return new RejectionError(`the item is ${kind}`, remedy)
}

/** @param what an item is called in its format */
export const severalItems = (count: number, what: string) =>
  new RejectionError(`the file has ${count} texts`, `Save each ${what} in a file of its own.`)
