/** Until when an agency holds a story back, by what its file states and what its words say. */
import type { Note } from '../../note.ts'
import { toInstant } from '../../stated-date.ts'
import { type Embargo, heldNotes, longestOf } from '../lines/embargo-line.ts'
import { withoutEmbargo } from '../lines/embargo-text.ts'
import { embargoesInNote, embargoInSlug, withoutEmbargoIn } from '../lines/embargo-words.ts'
import { laterOf } from '../lines/wire-dates.ts'
import { endlessEmbargo, statusNotes } from './wire-state.ts'

/** Words beside a story. */
export interface Beside {
  /** The first that says more than an embargo is the title. */
  readonly titles: readonly string[]
  readonly slugs: readonly string[]
  /** To editors, and terms of use. */
  readonly notes: readonly string[]
}

interface Heading {
  readonly title: string | undefined
  readonly embargoes: readonly Embargo[]
}

/** As agencies call a story that they have taken back; elsewhere it may be who was killed. */
const killed =
  /^(?:KILLED|ANNULÉE?|RETIRÉE?|ANULAD[OA]|RETIRAD[OA]|ANNULLAT[OA]|RITIRAT[OA]|İPTAL)(?=\s*:|-\p{Lu}\p{Ll})/u

/** The title among the words beside a story, and the embargoes in these. */
export function headingOf({ titles, slugs, notes }: Beside): Heading {
  const read = titles.map((title) => withoutEmbargoIn(title.replace(killed, 'KILL')))
  const embargoes = [
    ...read.map(({ embargo }) => embargo),
    ...slugs.map(embargoInSlug),
    ...notes.flatMap(embargoesInNote),
  ]
  return {
    title: read.map(({ words }) => words).find((words) => words !== ''),
    embargoes: embargoes.filter((one) => one !== undefined),
  }
}

/** Dates in RawArticle's shapes. */
interface StatedDates {
  readonly created: string
  /** Until when the file states that it is under an embargo. */
  readonly ends?: string | undefined
  /** Whether it states that it is under one, without an end. */
  readonly isEndless?: boolean
  /** What it states of its state, such as `usable`. */
  readonly status?: string | undefined
}

/**
 * A story without the lines of its embargo, when it may be out, and the notes that make it a draft. Words without a date
 * that is known mean the end that the file states, where it does; a word alone, that of any others. `isKilled` takes back
 * what is out of it.
 */
export function holdBack(
  html: string,
  { embargoes }: Pick<Heading, 'embargoes'>,
  { created, ends, isEndless, status }: StatedDates,
): {
  readonly html: string
  readonly published: string
  readonly held: readonly Note[]
  readonly isKilled: boolean
} {
  const { html: story, embargo: ofText } = withoutEmbargo(html)
  const all = [...embargoes, ...(ofText ? [ofText] : [])].filter((one) => !one.isOver)
  const dated = all.filter(({ until }) => until !== undefined)
  const isStated = ends !== undefined && toInstant(ends, 'UTC') > toInstant(created, 'UTC')
  const isAnswered = ({ until, isAlone, stop }: Embargo) =>
    until === undefined && !stop && (isStated || (isAlone === true && dated.length > 0))
  const embargo = longestOf(all.filter((one) => !isAnswered(one)))
  const published = laterOf(laterOf(created, ends), embargo?.until)
  const held = heldNotes(embargo)
  if (isEndless && all.length === 0) held.push(endlessEmbargo)
  held.push(...statusNotes(status))
  return { html: story, published, held, isKilled: embargo?.stop === 'kill' }
}
