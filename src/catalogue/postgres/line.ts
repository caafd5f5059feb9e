/** The connection that a machine has to the others: one at a time uses it, and it is made anew when it is lost. */
import { oneAtATime } from '../../one-at-a-time.ts'
import { connect, type Session } from '../../postgres/session.ts'
import { beginToFollow } from './lead.ts'
import { PoolerWatch } from './pooler.ts'
import { clock } from './schema.ts'

/** Ends connections that are idle by itself. */
const oldestServer = 14
/** Those that have every character. */
const encodings = ['UTF8', 'SQL_ASCII']
/** Clocks that differ by less are the same: what was out stays out in any case. */
const nearMs = 5000

/** What can be heard over it. */
const channels = ['newsstand', 'newsstand_newer', 'newsstand_request'] as const

export class Line {
  readonly #url: string
  readonly #heard: (channel: string, payload: string) => void
  #session: Session | undefined
  #pooler: PoolerWatch | undefined
  #aheadMs = 0

  /** @param heard is told of what somebody has notified all of */
  constructor(url: string, heard: (channel: string, payload: string) => void) {
    this.#url = url
    this.#heard = heard
  }

  /** By how much the clock of the database is ahead of ours, in ms; 0 where they are near. */
  get aheadMs(): number {
    return this.#aheadMs
  }

  /** @param now what it says, in ms since 1970 */
  noteClock(now: number): void {
    const ahead = now - Date.now()
    this.#aheadMs = Math.abs(ahead) > nearMs ? ahead : 0
  }

  /** Has it for itself. */
  readonly exclusively = oneAtATime()

  /** The same with a connection that is there. @throws Error where there is none */
  withSession<T>(act: (session: Session) => Promise<T>): Promise<T> {
    return this.exclusively(async () => {
      if (!this.session) throw new Error('there is no connection to the database')
      return act(this.session)
    })
  }

  /** undefined where it was lost. */
  get session(): Session | undefined {
    return this.#session?.isLost() ? undefined : this.#session
  }

  /** What is there, or is made now; for use by who has it for itself. @throws Error that says why there is none */
  async connected(): Promise<Session> {
    const { session: known } = this
    if (known) {
      await this.#pooler?.look()
      return known
    }
    const session = await connect(this.#url, ({ channel, payload = '' }) =>
      this.#heard(channel, payload),
    )
    this.#session = session
    const [server] = await session.ask<{ version: string; encoding: string; now: number }>(
      `SELECT current_setting('server_version') AS version,
         current_setting('server_encoding') AS encoding, ${clock} AS now`,
    )
    if (server) this.noteClock(server.now)
    if (server && Number.parseInt(server.version, 10) < oldestServer) {
      throw session.lose(
        new Error(`it is PostgreSQL ${server.version}; ${oldestServer} or a newer one is needed`),
      )
    }
    if (server && !encodings.includes(server.encoding)) {
      throw session.lose(
        new Error(
          `its encoding is ${server.encoding}; make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
        ),
      )
    }
    this.#pooler = await PoolerWatch.begin(session, this.#url)
    await beginToFollow(session)
    await session.ask(channels.map((channel) => `LISTEN ${channel}`).join('; '))
    return session
  }

  async close(): Promise<void> {
    await this.#session?.close()
  }
}
