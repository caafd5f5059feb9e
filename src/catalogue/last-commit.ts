/**
 * The time of the last committed refresh, in ms since 1970. It decides what is out for whoever reads the catalogue: no clock
 * of a reader does, so that all who have the same catalogue say the same.
 */
import type { StatementSync } from 'node:sqlite'
import { committedAt } from './setting-names.ts'

/** As SQL; 0 before the first refresh is committed. */
export const lastCommit = `coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = '${committedAt}'), 0)`

/** As code. @param setting gives the value of a setting by its name */
export const readLastCommit = ({ setting }: { readonly setting: StatementSync }): number =>
  Number(setting.get(committedAt)?.value ?? 0)

/** Part of a transaction, of which it is the time. */
export const writeLastCommit = (
  { putSetting }: { readonly putSetting: StatementSync },
  time: number,
): void => void putSetting.run(committedAt, String(time))
