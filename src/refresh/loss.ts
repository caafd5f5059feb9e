/** What has gone from the articles folder and is not believed yet. */
import type { Survey } from '../intake/folder-reader.ts'
import type { Logger } from '../log.ts'

export interface UnbelievedLoss {
  /** Whether somebody has said that what is gone is meant to be; holds for one survey. */
  isMeant(): boolean
  /** Notes what a survey misses. Says so once when much has gone from the folder, and when that is over. */
  note(missing: Survey['loss']): void
  /** Somebody says so. */
  believe(): void
  /** What has gone, and until when that is not believed, in a sentence without its end. */
  describe(): string | undefined
}

export function createLoss(log: Logger): UnbelievedLoss {
  /** `until` in ms since 1970. */
  let loss: { missing: number; of: number; until: number } | undefined
  let isMeant = false

  function describe(): string | undefined {
    if (!loss) return undefined
    const { missing, of, until } = loss
    const what =
      missing === of
        ? 'the articles folder has become empty or missing'
        : `${missing} of ${of} files are gone from the articles folder`
    const moment = new Date(until).toISOString().replace(/\.\d+/, '')
    return `${what}: the feeds stay as they are until ${moment}`
  }

  return {
    isMeant: () => isMeant,
    note(now) {
      isMeant = false
      const before = loss
      loss = now && { missing: now.missing, of: now.of, until: Date.now() + now.forMs }
      if (loss && !before) {
        log.error(
          `${describe()}. If they are meant to be gone, say so on the status page, or set ` +
            'EMPTY_FOLDER_MINUTES to 0',
        )
      }
      if (!loss && before && before.until > Date.now()) log.info('the articles folder is back')
    },
    believe() {
      if (loss) log.info('what has gone from the articles folder is meant to be gone')
      isMeant = loss !== undefined
    },
    describe,
  }
}
