/** Faults that files have among each other, as the catalogue finds them. */
import { sharedGuid } from '../catalogue/guids.ts'
import { mostUndated, tooManyUndated } from '../catalogue/undated.ts'
import type { Rejection } from '../intake/rejection.ts'

/** What is asked of an article. */
export interface Stated {
  /** As it is shown. */
  readonly path: string
  readonly guid?: string | undefined
  /** Whether it states no date, and its path neither. */
  readonly isUndated: boolean
  /** Whether the server has it already; only asked where many are undated. */
  isKnown(): boolean
}

/** By path. @param articles in the order in which the server would read them */
export function faultsAmong(articles: readonly Stated[]): ReadonlyMap<string, Rejection> {
  return new Map([...sharedGuids(articles), ...undatedFaults(articles)])
}

function* sharedGuids(articles: readonly Stated[]): Generator<[string, Rejection]> {
  const holders = new Map<string, string>()
  for (const { path, guid } of articles) {
    if (guid === undefined) continue
    const holder = holders.get(guid)
    if (holder === undefined) holders.set(guid, path)
    else yield [path, sharedGuid(guid, holder)]
  }
}

function undatedFaults(articles: readonly Stated[]): [string, Rejection][] {
  const undated = articles.filter(({ isUndated }) => isUndated)
  if (undated.length <= mostUndated) return []
  const fresh = undated.filter((one) => !one.isKnown())
  if (fresh.length <= mostUndated) return []
  return fresh.map(({ path }) => [path, tooManyUndated(fresh.length)])
}
