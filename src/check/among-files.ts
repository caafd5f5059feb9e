/** Faults that files have among each other, as the catalogue finds them. */
import type { Edition } from '../article.ts'
import { sharedOriginal } from '../catalogue/address-notes.ts'
import { countingIn } from '../catalogue/editions.ts'
import { sharedGuid } from '../catalogue/guids.ts'
import type { Known } from '../catalogue/peek.ts'
import { noteOf } from '../catalogue/stories.ts'
import { mostUndated, tooManyUndated } from '../catalogue/undated.ts'
import type { Note } from '../intake/note.ts'
import type { Rejection } from '../intake/rejection.ts'

/** What is asked of an article. */
export interface Stated {
  /** As it is shown. */
  readonly path: string
  /** Relative to the articles folder; undefined of a file that lies elsewhere. */
  readonly place: string | undefined
  readonly guid?: string | undefined
  readonly canonicalUrl?: string | undefined
  /** Of which story it is a version, be it one that withdraws it. */
  readonly edition?: Edition | undefined
  readonly isWithdrawn?: boolean
  /** Whether it states no date, and its path neither. */
  readonly isUndated: boolean
}

/**
 * By path.
 * @param articles in the order in which the server would read them
 * @param known what the server has; only asked where it matters
 * @param isChecked whether a file, relative to the articles folder, is among those that are checked
 */
export function faultsAmong(
  articles: readonly Stated[],
  known: () => Known,
  isChecked: (place: string) => boolean,
): ReadonlyMap<string, Rejection> {
  const stated = articles.filter(({ guid }) => guid !== undefined)
  const undated = articles.filter(({ isUndated }) => isUndated)
  return new Map([
    ...(stated.length > 0 ? sharedGuids(stated, known(), isChecked) : []),
    ...(undated.length > mostUndated ? undatedFaults(undated, known()) : []),
  ])
}

/**
 * Of files that state the original of another one, or hold a version of a story that is not shown, by path.
 * @param articles in the order in which the server would read them
 */
export function notesAmong(articles: readonly Stated[]): ReadonlyMap<string, Note> {
  const firsts = new Map<string, string>()
  const notes = new Map<string, Note>(notesOfVersions(articles))
  for (const { path, canonicalUrl } of articles) {
    if (canonicalUrl === undefined) continue
    const first = firsts.get(canonicalUrl)
    if (first === undefined) firsts.set(canonicalUrl, path)
    else notes.set(path, { text: sharedOriginal(canonicalUrl, first) })
  }
  return notes
}

function* notesOfVersions(articles: readonly Stated[]): Generator<[string, Note]> {
  const versions = articles.flatMap((one) =>
    one.edition ? [{ ...one.edition, path: one.path, isWithdrawn: one.isWithdrawn ?? false }] : [],
  )
  for (const all of Map.groupBy(versions, ({ story }) => story).values()) {
    const best = countingIn(all.sort(byRank))
    for (const one of all) {
      if (best && one !== best) yield [one.path, { text: noteOf(one, best) }]
    }
  }
}

type Version = Edition & Pick<Stated, 'path'>

/** As the catalogue orders them (editions.ts). */
const byRank = (one: Version, other: Version) =>
  other.version - one.version ||
  // Of one length, they are in the order of numbers.
  compare(other.digits, one.digits) ||
  other.made - one.made ||
  compare(other.path, one.path)

const compare = (one = '', other = '') => (one < other ? -1 : Number(one > other))

/** A guid is whose the server knows it as, while that file states it; else that of the first. */
function* sharedGuids(
  articles: readonly Stated[],
  { guids }: Known,
  isChecked: (place: string) => boolean,
): Generator<[string, Rejection]> {
  const holders = new Map<string, string>()
  for (const { path, place, guid = '' } of articles) {
    const holder = guids.get(guid)
    if (holder === undefined || place === undefined) continue
    if (holder === place) holders.set(guid, path)
    else if (!isChecked(holder)) holders.set(guid, holder)
  }
  const others = new Set(articles.filter(({ edition }) => !edition).map(({ path }) => path))
  for (const { path, guid = '', edition } of articles) {
    const holder = holders.get(guid)
    if (holder === undefined) holders.set(guid, path)
    // Versions of one story have one guid.
    else if (holder !== path && (!edition || others.has(holder)))
      yield [path, sharedGuid(guid, holder)]
  }
}

function undatedFaults(undated: readonly Stated[], { files }: Known): [string, Rejection][] {
  const fresh = undated.filter(({ place }) => place === undefined || !files.has(place))
  if (fresh.length <= mostUndated) return []
  return fresh.map(({ path }) => [path, tooManyUndated(fresh.length)])
}
