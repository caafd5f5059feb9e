import type { Survey } from '../intake/folder-reader.ts'
import type { Logger } from '../log.ts'

/** What has gone from the articles folder and is not believed yet. */
export class UnbelievedLoss {
  readonly #log: Logger
  /** `until` in ms since 1970. */
  #loss: { missing: number; of: number; until: number } | undefined
  #isMeant = false

  constructor(log: Logger) {
    this.#log = log
  }

  /** Whether somebody has said that what is gone is meant to be; holds for one survey. */
  get isMeant(): boolean {
    return this.#isMeant
  }

  /** Takes what a survey misses. Says so once when much has gone from the folder, and when that is over. */
  note(missing: Survey['loss']): void {
    this.#isMeant = false
    const before = this.#loss
    this.#loss = missing && { ...missing, until: Date.now() + missing.forMs }
    if (this.#loss && !before) {
      this.#log.error(
        `${this.describe()}. If they are meant to be gone, say so on the status page, or set ` +
          'EMPTY_FOLDER_MINUTES to 0',
      )
    }
    if (!this.#loss && before && before.until > Date.now()) {
      this.#log.info('the articles folder is back')
    }
  }

  /** Somebody says so. */
  believe(): void {
    this.#isMeant = this.#loss !== undefined
    if (this.#isMeant) this.#log.info('what has gone from the articles folder is meant to be gone')
  }

  /** What was missed is not known to be missing any more. */
  forget(): void {
    this.#loss = undefined
    this.#isMeant = false
  }

  /** In a sentence without its end; undefined when nothing has gone. */
  describe(): string | undefined {
    if (!this.#loss) return undefined
    const { missing, of, until } = this.#loss
    const what =
      missing === of
        ? 'the articles folder has become empty or missing'
        : `${missing} of ${of} files are gone from the articles folder`
    const moment = new Date(until).toISOString().replace(/\.\d+/, '')
    return `${what}: the feeds stay as they are until ${moment}`
  }
}
