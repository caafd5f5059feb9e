import { hash } from 'node:crypto'
import type { Config } from '../config.ts'

/** Raised whenever the same file would be read otherwise than before. */
export const intakeVersion = 4

/** What reading depends on besides the files: when it changes, all files are read again. */
export function fingerprintOf({ language, timeZone, publisher, topics }: Config): string {
  return hash('sha256', JSON.stringify([intakeVersion, language, timeZone, publisher, topics]))
}
