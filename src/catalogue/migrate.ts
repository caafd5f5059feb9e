/** Brings the tables of a file up to date: those of the catalogue, and of deliveries. */
import type { DatabaseSync } from 'node:sqlite'
import { DamageError } from './damage.ts'

/** What lies in the tables of a file, and since when. */
export interface Schema {
  /** What the file is called in errors. */
  readonly name: string
  /**
   * The steps from an empty file to today's tables, in order; `user_version` counts those taken. A step that was
   * released is never changed: a new one is added below it.
   */
  readonly steps: readonly string[]
  /** The row of the table `setting` that states the version once more. */
  readonly statedIn: string
}

/**
 * Takes the steps that the file lacks, each whole or not at all.
 * @throws Error when the file was written by a newer Newsstand: nothing is wrong with it, but we do not know it
 * @throws DamageError when it says so and is not
 */
export function migrate(database: DatabaseSync, { name, steps, statedIn }: Schema): void {
  const version = versionOf(database)
  if (version > steps.length) {
    if (!isStated(database, version, statedIn))
      throw new DamageError(`there is no version ${version}`)
    throw new Error(
      `${name} has version ${version} and this Newsstand knows ${steps.length}; ` +
        'use the newer Newsstand, or another DATA_DIR',
    )
  }
  for (let step = version; step < steps.length; step += 1) {
    const next = step + 1
    const state = `INSERT OR REPLACE INTO setting VALUES ('${statedIn}', ${next})`
    database.exec(
      `BEGIN IMMEDIATE; ${steps[step]}; ${state}; PRAGMA user_version = ${next}; COMMIT`,
    )
  }
}

/** How many steps were taken. */
export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version)
}

/** The version stands in two places, so that a single wrong byte is no newer version. */
function isStated(database: DatabaseSync, version: number, statedIn: string): boolean {
  const row = database.prepare('SELECT value FROM setting WHERE name = ?').get(statedIn)
  return row?.value === String(version)
}
