/**
 * The part of a catalogue that several machines share. Each has all of it in an SQLite file of its own, which it reads; PostgreSQL has the rows
 * of the last commit, and what each commit has changed. One machine refreshes: its transaction is committed in PostgreSQL first.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Session } from '../../postgres/session.ts'
import type { SharedEvents, Sharing } from '../catalogue.ts'
import type { CatalogueFile } from '../catalogue-file.ts'
import { steps } from '../migrations.ts'
import { commitAll, commitRows, OutOfStepError, type Told } from './commits.ts'
import { noteCopy } from './copies.ts'
import { Follower } from './follower.ts'
import { bePatient } from './lead.ts'
import { Leadership } from './leadership.ts'
import { Line } from './line.ts'
import { Requests } from './requests.ts'
import { differenceOf, type MadeBy } from './schema.ts'
import { sharedTables } from './shared-tables.ts'
import { forgetWrittenRows, noteWrittenRows } from './written-rows.ts'

/** So often it is looked at what is new, where nobody tells; it is a sign of life of whoever refreshes as well. */
const everyMs = 1000
/** A refresh of more files than this may take longer than that. */
const manyFiles = 5000

const silent: SharedEvents = {
  leadChanged() {},
  async followed() {},
  copied() {},
  told() {},
  async asked() {},
}

export class SharedCatalogue implements Sharing {
  readonly #line: Line
  readonly #file: CatalogueFile
  readonly #madeBy: MadeBy
  readonly #closing = new AbortController()
  readonly #follower: Follower
  readonly #lead: Leadership
  #events = silent
  #problem: string | undefined
  /** See `difference`; as it was told last. */
  #difference: string | undefined
  #wake = Promise.withResolvers<void>()
  #loop: Promise<void> | undefined
  readonly #requests: Requests

  /** @param madeBy without the tables, which are those of this program */
  constructor(url: string, file: CatalogueFile, madeBy: Omit<MadeBy, 'tables'>) {
    this.#line = new Line(url, (channel, payload) => this.#hear(channel, payload))
    this.#requests = new Requests((act) => this.#line.withSession(act))
    this.#file = file
    const onClock = (now: number) => this.#line.noteClock(now)
    this.#follower = new Follower(file, () => this.#events, onClock)
    const onLead = (leads: boolean) => this.#events.leadChanged(leads)
    this.#lead = new Leadership(this.#line, file, this.#follower, onLead)
    this.#madeBy = { ...madeBy, tables: steps.length }
  }

  /** Whether this machine refreshes. */
  get leads(): boolean {
    return this.#lead.leads
  }

  /** Changes whenever the file was changed for another machine. */
  get followed(): number {
    return this.#follower.followed
  }

  /** See Sharing. */
  get aheadMs(): number {
    return this.#line.aheadMs
  }

  /** Why it does not follow, in a sentence without its end. */
  problem(): string | undefined {
    return this.#problem
  }

  /** The settings by which this machine would make other documents than the others, in a sentence; undefined where there are none. */
  difference(): string | undefined {
    return this.leads ? undefined : this.#difference
  }

  /** Whether the database has nothing yet, or what another program or other settings have made. */
  isToCommit(): boolean {
    return this.leads && !isDeepStrictEqual(this.#follower.site?.madeBy, this.#madeBy)
  }

  /** Done when it was tried once to catch up with the others. */
  async start(): Promise<void> {
    await this.#line.exclusively(() => this.#step())
    this.#loop = this.#follow()
  }

  /** @param events are told from now on */
  tell(events: SharedEvents): void {
    this.#events = events
    if (this.#problem !== undefined) events.told(this.#problem, true)
    if (this.leads) events.leadChanged(true)
    this.#difference = undefined
    this.#noteDifference()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#requests.close()
    this.#wake.resolve()
    await this.#loop
    await this.#lead.end()
    await this.#line.close()
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      const pause = sleep(everyMs, undefined, { signal, ref: false }).catch(() => {})
      await Promise.race([pause, this.#wake.promise])
      this.#wake = Promise.withResolvers()
      if (!signal.aborted) await this.#line.exclusively(() => this.#step())
    }
  }

  async #step(): Promise<void> {
    try {
      this.#lead.look()
      const session = await this.#line.connected()
      await this.#follower.catchUp(session, this.leads)
      if (!this.leads) await this.#lead.tryTo(session)
      if (this.leads) await this.#requests.answerAll(session, this.#events.asked)
      this.#noteProblem(this.#lead.problem())
      this.#noteDifference()
    } catch (error) {
      this.#noteProblem((error as Error).message)
    }
    this.#lead.look()
  }

  #hear(channel: string, payload: string): void {
    if (channel === 'newsstand_newer' && Number(payload) > steps.length) this.#giveWay()
    if (channel === 'newsstand_request') this.#requests.wake()
    this.#wake.resolve()
  }

  /** A newer Newsstand waits, whose tables we could not write. */
  #giveWay(): void {
    if (this.leads) this.#events.told('a newer Newsstand refreshes from now on', false)
    void this.#lead.rest()
  }

  /** See Sharing. */
  giveUp(error: unknown): Promise<void> {
    return this.#lead.giveUp(error)
  }

  #noteProblem(problem: string | undefined): void {
    const before = this.#problem
    this.#problem = problem
    if (problem !== undefined && problem !== before) {
      this.#events.told(`${problem}; what this machine has is served as it was`, true)
    }
    if (problem === undefined && before !== undefined) {
      this.#events.told('the database answers again', false)
    }
  }

  #noteDifference(): void {
    const theirs = this.#follower.site?.madeBy
    const difference = theirs && !this.leads ? differenceOf(this.#madeBy, theirs) : undefined
    if (difference !== undefined && difference !== this.#difference) {
      this.#events.told(`not ready: ${difference}`, true)
    }
    this.#difference = difference
  }

  /** See Sharing. */
  async ask(what: string, path?: string): Promise<unknown> {
    const value = await this.#requests.ask(what, path)
    await this.#line.withSession((session) => this.#follower.catchUp(session, this.leads))
    return value
  }

  /**
   * Before a refresh begins.
   * @param isLong whether it may keep this process from all else for long
   * @throws Error when this machine may not
   */
  begin(isLong: boolean): Promise<void> {
    return this.#line.exclusively(async () => {
      const session = this.#leadingSession()
      const { database } = this.#file.writing()
      if (!this.#follower.isUpToDate()) throw new OutOfStepError(behind)
      noteWrittenRows(database, sharedTables(database))
      forgetWrittenRows(database)
      if (isLong) await bePatient(session, true)
    })
  }

  #leadingSession(): Session {
    const { session } = this.#line
    if (!session) throw new Error(this.#problem ?? 'the connection to the database was lost')
    if (!this.leads) throw new Error('another machine refreshes')
    return session
  }

  /** What follows keeps this process from all else for long. @param files that were read */
  async expect(files: number): Promise<void> {
    if (files < manyFiles) return
    await this.#line.exclusively(() => bePatient(this.#leadingSession(), true))
  }

  /**
   * Hands over what the transaction under way has written, as its last step; or everything, where that is over already or the database has
   * nothing.
   * @throws Error when it is not known to be kept there
   */
  commit(id: string, told: Told): Promise<void> {
    return this.#line.exclusively(async () => {
      const session = this.#leadingSession()
      const { database } = this.#file.writing()
      const tables = sharedTables(database)
      const commit = { madeBy: this.#madeBy, told }
      const { site } = this.#follower
      const isWhole = !site || !database.isTransaction || site.madeBy.tables < steps.length
      if (isWhole) await bePatient(session, true)
      const made = isWhole
        ? await commitAll(session, database, tables, { id, n: site?.n }, commit)
        : await commitRows(session, database, tables, site.n, commit)
      noteCopy(database, { id, ...made })
      forgetWrittenRows(database)
      const whole = isWhole ? made.n : (site?.whole ?? made.n)
      this.#follower.site = {
        id,
        ...made,
        whole,
        madeBy: this.#madeBy,
        now: site?.now ?? Date.now(),
      }
      await bePatient(session, false).catch(() => {})
    })
  }
}

const behind = 'this machine has not taken over the last commit of another yet'
