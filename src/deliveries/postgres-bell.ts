/** Hears what other processes have put into the database of deliveries (NOTIFY), by a connection of its own. */
import type { Session } from '../postgres/session.ts'

export class Bell {
  readonly #url: string
  readonly #channel: string
  readonly #tell: (said: string) => void
  #session: Session | undefined
  #connecting: Promise<void> | undefined
  #isClosed = false

  /** @param url DATABASE_URL @param tell is told what was said */
  constructor(url: string, channel: string, tell: (said: string) => void) {
    this.#url = url
    this.#channel = channel
    this.#tell = tell
  }

  /** Connects where there is no connection; to be called now and then. Never throws: whoever hears nothing looks by itself. */
  async keep(): Promise<void> {
    if (this.#isClosed || this.#session?.isLost() === false) return
    this.#connecting ??= this.#connect()
      .catch(() => {})
      .finally(() => {
        this.#connecting = undefined
      })
    await this.#connecting
  }

  async #connect(): Promise<void> {
    // Loaded by those alone who have such a database.
    const { connect } = await import('../postgres/session.ts')
    this.#session = await connect(this.#url, ({ payload = '' }) => this.#tell(payload))
    await this.#session.ask(`LISTEN ${this.#channel}`)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#connecting
    await this.#session?.close()
  }
}
