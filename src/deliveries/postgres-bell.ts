/** Hears what other processes have put into the database of deliveries (NOTIFY), by a connection of its own. */
import type { Client, ClientConfig } from 'pg'

export class Bell {
  readonly #options: ClientConfig
  readonly #channel: string
  readonly #tell: (said: string) => void
  #client: Client | undefined
  #isConnecting = false
  #isClosed = false

  /** @param tell is told what was said */
  constructor(options: ClientConfig, channel: string, tell: (said: string) => void) {
    this.#options = options
    this.#channel = channel
    this.#tell = tell
  }

  /** Connects where there is no connection; to be called now and then. Never throws: whoever hears nothing looks by itself. */
  async keep(): Promise<void> {
    if (this.#client || this.#isConnecting || this.#isClosed) return
    this.#isConnecting = true
    try {
      await this.#connect()
    } catch {
      // It is tried again.
    } finally {
      this.#isConnecting = false
    }
  }

  async #connect(): Promise<void> {
    const { default: pg } = await import('pg')
    const client = new pg.Client(this.#options)
    const lose = () => {
      if (this.#client === client) this.#client = undefined
    }
    client.on('error', lose)
    client.on('end', lose)
    client.on('notification', ({ payload = '' }) => this.#tell(payload))
    try {
      await client.connect()
      await client.query(`LISTEN ${this.#channel}`)
    } catch (error) {
      client.end().catch(() => {})
      throw error
    }
    if (this.#isClosed) await client.end()
    else this.#client = client
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#client?.end()
  }
}
