import { hash } from 'node:crypto'
import type { Publisher } from '../article.ts'
import type { Config } from '../config.ts'

/** Raised whenever the same file would be read otherwise than before. */
export const intakeVersion = 9

/** What reading depends on besides the files. */
export interface ReadingSettings
  extends Pick<Config, 'language' | 'timeZone' | 'topics' | 'undated'> {
  readonly publisher: Publisher
}

/** When it changes, all files are read again. */
export function fingerprintOf(settings: ReadingSettings): string {
  const { language, timeZone, publisher, topics, undated } = settings
  const all = [intakeVersion, language, timeZone, publisher, topics, undated]
  return hash('sha256', JSON.stringify(all))
}
