/** Whether this machine is the one that refreshes: it tries to be, and leaves it to others. */
import { isAnswer } from '../../postgres/database.ts'
import type { Session } from '../../postgres/session.ts'
import type { CatalogueFile } from '../catalogue-file.ts'
import { steps } from '../migrations.ts'
import type { Follower } from './follower.ts'
import { areFollowed, bePatient, LeaderWatch, stopLeading, tryToLead } from './lead.ts'
import type { Line } from './line.ts'
import { makeTables } from './schema.ts'
import { sharedTables } from './shared-tables.ts'

/** Whoever has left it to others to refresh does so for so long. */
const restMs = 15_000

export class Leadership {
  readonly #line: Line
  readonly #file: CatalogueFile
  readonly #follower: Follower
  readonly #onChange: (leads: boolean) => void
  readonly #watch = new LeaderWatch()
  #leads = false
  #restUntil = 0
  /** Why it could not refresh when it was to. */
  #fault: string | undefined

  /** @param onChange is told whenever this machine begins to refresh, or does so no longer */
  constructor(
    line: Line,
    file: CatalogueFile,
    follower: Follower,
    onChange: (leads: boolean) => void,
  ) {
    this.#line = line
    this.#file = file
    this.#follower = follower
    this.#onChange = onChange
  }

  get leads(): boolean {
    return this.#leads
  }

  /** Why nobody refreshes, as far as this machine knows, in a sentence without its end. */
  problem(): string | undefined {
    return this.#leads || this.#watch.seesOne ? undefined : this.#fault
  }

  #turn(leads: boolean): void {
    if (leads) this.#fault = undefined
    if (this.#leads === leads) return
    this.#leads = leads
    this.#onChange(leads)
  }

  /** To be called where the connection may have been lost, and the lock with it. */
  look(): void {
    if (!this.#line.session) this.#turn(false)
  }

  /** To be called every second or so while another refreshes. @throws Error when it has the lock and cannot begin */
  async tryTo(session: Session): Promise<void> {
    const known = this.#follower.site?.madeBy.tables ?? steps.length
    if (known > steps.length) return
    if (performance.now() < this.#restUntil) return this.#watch.look(session)
    // A refresh that has lost the lock has not found that out yet.
    if (this.#file.writing().database.isTransaction) return
    if (!(await tryToLead(session))) {
      await this.#watch.look(session)
      if (known < steps.length) {
        await session.ask("SELECT pg_notify('newsstand_newer', $1)", [String(steps.length)])
      }
      return
    }
    try {
      await this.#begin(session, known)
    } catch (error) {
      // Another one may be able to.
      session.lose(error)
      this.#fault = (error as Error).message
      this.#restUntil = performance.now() + restMs
      throw error
    }
  }

  /** @param known the version of the tables in PostgreSQL */
  async #begin(session: Session, known: number): Promise<void> {
    await bePatient(session, true)
    if (known < steps.length) await this.#follower.copy(session, true, known)
    await makeTables(session, sharedTables(this.#file.writing().database))
    if (known === steps.length) await this.#follower.catchUp(session, false)
    // What it holds in memory is of before it followed.
    this.#file.reopen()
    await bePatient(session, false)
    this.#turn(true)
  }

  /** Leaves it to others for a while. */
  async rest(): Promise<void> {
    this.#restUntil = performance.now() + restMs
    if (!this.#leads) return
    const stop = async (session: Session) => {
      this.#turn(false)
      await stopLeading(session)
    }
    await this.#line.withSession(stop).catch(() => {})
  }

  /** Leaves it to others for good, who need not find that out by themselves. */
  async end(): Promise<void> {
    if (!this.#leads) return
    const stop = async (session: Session) => {
      await stopLeading(session)
      await session.ask("SELECT pg_notify('newsstand', '')")
    }
    await this.#line.withSession(stop).catch(() => {})
  }

  /** A refresh has failed: where there are others, one of them tries it. @param error why */
  async giveUp(error: unknown): Promise<void> {
    const { cause } = error as Error
    // The connection is lost with what PostgreSQL refuses, and it would refuse it again at once.
    if (isAnswer(cause)) {
      this.#fault = (error as Error).message
      this.#restUntil = performance.now() + restMs
    }
    if (!this.#leads) return
    const look = async (session: Session) => {
      // A refresh may have been one that takes long.
      await bePatient(session, false)
      return areFollowed(session)
    }
    if (await this.#line.withSession(look).catch(() => false)) await this.rest()
  }
}
