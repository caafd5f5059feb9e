/** Which of the missing files lie elsewhere, perhaps over another one: moving keeps a file's size and time. */
import { basename } from 'node:path'
import type { FoundFile } from './folder.ts'

/** @param known signatures of the missing files when they were read, by path */
export function findMoved(
  missing: readonly string[],
  settled: readonly FoundFile[],
  known: ReadonlyMap<string, string>,
) {
  /** Where they lay. */
  const from = new Set<string>()
  /** Where files lie that are theirs. */
  const to = new Set<string>()
  /** Where files lie that may be theirs, or those of others that are like them. */
  const unsure = new Set<string>()
  /** Where a file lies that is one of them and no other, and where that lay. */
  const pairs = new Map<string, string>()
  if (missing.length === 0) return { from, to, unsure, pairs }
  const there = Map.groupBy(settled, ({ signature }) => sizeAndTime(signature))
  const gone = Map.groupBy(missing, (path) => sizeAndTime(known.get(path) ?? ''))
  for (const [key, paths] of gone) {
    const targets = there.get(key) ?? []
    // Of those that are alike the name tells which is which: whoever moves a folder keeps the names in it.
    const isOne = paths.length === 1 && targets.length === 1
    const byName = Map.groupBy(targets, ({ path }) => (isOne ? '' : basename(path)))
    for (const path of paths) {
      const [target, ...others] = byName.get(isOne ? '' : basename(path)) ?? []
      if (target && others.length === 0) pairs.set(target.path, path)
    }
    // Of the others that are alike none is let go before all of them are there.
    const areAllThere = targets.length >= paths.length
    const paired = new Set(targets.map(({ path }) => pairs.get(path)))
    for (const path of paths) if (areAllThere || paired.has(path)) from.add(path)
    for (const { path } of targets) (areAllThere || pairs.has(path) ? to : unsure).add(path)
  }
  return { from, to, unsure, pairs }
}

/** Those of the missing files that are like one which may still be written: perhaps that is where they lie now. */
export function perhapsAmong(
  unsettled: readonly FoundFile[],
  missing: readonly string[],
  known: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const there = new Set(unsettled.map(({ signature }) => sizeAndTime(signature)))
  return new Set(missing.filter((path) => there.has(sizeAndTime(known.get(path) ?? ''))))
}

/**
 * Those of the settled files that are as one was which may still be written. Perhaps its text lies there now, or a link
 * to it: that is known when the other has been read.
 * @param waiting paths of files that may still be written
 */
export function perhapsOf(
  settled: readonly FoundFile[],
  waiting: ReadonlySet<string>,
  known: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const before = [...waiting].map((path) => sizeAndTime(known.get(path) ?? '')).filter(Boolean)
  if (before.length === 0) return new Set()
  const alike = new Set(before)
  return new Set(
    settled.filter(({ signature }) => alike.has(sizeAndTime(signature))).map(({ path }) => path),
  )
}

/** Of a signature: what a file keeps when it is moved. */
export const sizeAndTime = (signature: string) => signature.slice(0, signature.lastIndexOf(' '))

/** Writing sets the times of modification and of change alike; renaming sets only the latter. */
export function mayBeRenamed(signature: string): boolean {
  const [, modified, changed] = signature.split(' ')
  return modified !== changed
}
