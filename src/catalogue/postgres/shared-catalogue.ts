/**
 * The part of a catalogue that several machines share. Each has all of it in an SQLite file of its own, which it reads; PostgreSQL has the rows
 * of the last commit, and what each commit has changed. One machine refreshes: its transaction is committed in PostgreSQL first.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { SharedEvents, Sharing } from '../catalogue.ts'
import type { CatalogueFile } from '../catalogue-file.ts'
import { steps } from '../migrations.ts'
import { commitAll, commitRows, OutOfStepError, type Told } from './commits.ts'
import { type Copy, copyAll, copyIn, follow, noteCopy } from './copies.ts'
import { areFollowed, bePatient, LeaderWatch, stopLeading, tryToLead } from './lead.ts'
import { Line } from './line.ts'
import { Requests } from './requests.ts'
import { differenceOf, type MadeBy, makeTables, type SharedSite, siteOf } from './schema.ts'
import type { Session } from './session.ts'
import { sharedTables } from './shared-tables.ts'
import { forgetWrittenRows, noteWrittenRows } from './written-rows.ts'

/** So often it is looked at what is new, where nobody tells; it is a sign of life of whoever refreshes as well. */
const everyMs = 1000
/** A refresh of more files than this may take longer than that. */
const manyFiles = 5000
/** Whoever has left it to others to refresh does so for so long. */
const restMs = 15_000

const silent: SharedEvents = {
  turned() {},
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
  readonly #watch = new LeaderWatch()
  #events = silent
  #leads = false
  /** Of the catalogue in PostgreSQL, as it was looked at last. */
  #site: SharedSite | undefined
  #problem: string | undefined
  /** That was told last. */
  #difference: string | undefined
  #restUntil = 0
  /** How often the file was changed for another machine. */
  #followed = 0
  /** Whether the file was changed, and whoever serves not told of it. */
  #owesNews = false
  #wake = Promise.withResolvers<void>()
  #loop: Promise<void> | undefined
  readonly #requests: Requests

  /** @param madeBy without the tables, which are those of this program */
  constructor(url: string, file: CatalogueFile, madeBy: Omit<MadeBy, 'tables'>) {
    this.#line = new Line(url, (channel, payload) => this.#hear(channel, payload))
    this.#requests = new Requests((act) => this.#line.withSession(act))
    this.#file = file
    this.#madeBy = { ...madeBy, tables: steps.length }
  }

  /** Whether this machine refreshes. */
  get leads(): boolean {
    return this.#leads
  }

  /** Changes whenever the file was changed for another machine. */
  get followed(): number {
    return this.#followed
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
    const theirs = this.#site?.madeBy
    return theirs && !this.#leads ? differenceOf(this.#madeBy, theirs) : undefined
  }

  /** Whether the database has nothing yet, or what another program or other settings have made. */
  isToCommit(): boolean {
    return this.#leads && !isDeepStrictEqual(this.#site?.madeBy, this.#madeBy)
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
    if (this.#leads) events.turned(true)
    this.#difference = undefined
    this.#noteDifference()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#requests.close()
    this.#wake.resolve()
    await this.#loop
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
      if (!this.#line.session) this.#turn(false)
      const session = await this.#line.connected()
      if (this.#owesNews) await this.#tellNews([undefined])
      await this.#catchUp(session)
      if (!this.#leads) await this.#tryToLead(session)
      if (this.#leads) await this.#requests.answerAll(session, this.#events.asked)
      this.#noteProblem(undefined)
      this.#noteDifference()
    } catch (error) {
      this.#noteProblem((error as Error).message)
    }
    if (!this.#line.session) this.#turn(false)
  }

  #hear(channel: string, payload: string): void {
    if (channel === 'newsstand_newer' && Number(payload) > steps.length) this.#giveWay()
    if (channel === 'newsstand_request') this.#requests.wake()
    this.#wake.resolve()
  }

  /** A newer Newsstand waits, whose tables we could not write. */
  #giveWay(): void {
    if (this.#leads) this.#events.told('a newer Newsstand refreshes from now on', false)
    void this.#rest()
  }

  async #rest(): Promise<void> {
    this.#restUntil = performance.now() + restMs
    if (!this.#leads) return
    const stop = async (session: Session) => {
      this.#turn(false)
      await stopLeading(session)
    }
    await this.#line.withSession(stop).catch(() => {})
  }

  /** See Sharing. */
  async giveUp(): Promise<void> {
    if (!this.#leads) return
    const areOthers = await this.#line.withSession(areFollowed).catch(() => false)
    if (areOthers) await this.#rest()
  }

  #turn(isOurs: boolean): void {
    if (this.#leads === isOurs) return
    this.#leads = isOurs
    this.#events.turned(isOurs)
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
    const difference = this.difference()
    if (difference !== undefined && difference !== this.#difference) {
      this.#events.told(`not ready: ${difference}`, true)
    }
    this.#difference = difference
  }

  /** Brings the file to the newest commit. */
  async #catchUp(session: Session): Promise<void> {
    const site = await siteOf(session)
    this.#site = site
    if (site) this.#line.noteClock(site.now)
    const { database } = this.#file.writing()
    // In the midst of a refresh, which finds out by itself whether it may be kept.
    if (!site || database.isTransaction) return
    const copy = copyIn(database)
    if (copy && isOf(copy, site)) return
    // Tables that have what we do not know yet are taken over when we refresh.
    if (site.madeBy.tables < steps.length) return
    const told =
      copy &&
      (await follow(session, database, sharedTables(database), copy, () => {
        this.#followed += 1
        this.#owesNews = true
      }))
    if (!told) await this.#copy(session, copy?.id === site.id)
    // One that leads holds in memory what was before.
    if (this.#leads) this.#file.reopen()
    if (told) await this.#tellNews(told)
  }

  /** @param told what commits have told; where that was lost, all may be another */
  async #tellNews(told: readonly Told[]): Promise<void> {
    await this.#events.followed(told)
    this.#owesNews = false
  }

  /** @param isOld whether what it takes the place of is an older state of the same catalogue */
  async #copy(session: Session, isOld: boolean, version = steps.length): Promise<void> {
    await this.#file.replaceWith((database) => copyAll(session, database, sharedTables(database)), {
      ...{ isOld, version },
    })
    this.#followed += 1
    this.#events.copied()
  }

  async #tryToLead(session: Session): Promise<void> {
    const known = this.#site?.madeBy.tables ?? steps.length
    if (known > steps.length || performance.now() < this.#restUntil) return
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
      await this.#beginToLead(session, known)
    } catch (error) {
      // Another one may be able to.
      session.lose(error)
      this.#restUntil = performance.now() + restMs
      throw error
    }
  }

  /** @param known the version of the tables in PostgreSQL */
  async #beginToLead(session: Session, known: number): Promise<void> {
    await bePatient(session, true)
    if (known < steps.length) await this.#copy(session, true, known)
    await makeTables(session, sharedTables(this.#file.writing().database))
    if (known === steps.length) await this.#catchUp(session)
    // What it holds in memory is of before it followed.
    this.#file.reopen()
    await bePatient(session, false)
    this.#turn(true)
  }

  /** See Sharing. */
  async ask(what: string, path?: string): Promise<unknown> {
    const value = await this.#requests.ask(what, path)
    await this.#line.withSession((session) => this.#catchUp(session))
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
      const site = this.#site
      const copy = copyIn(database)
      if (site && !(copy && isOf(copy, site))) throw new OutOfStepError(behind)
      noteWrittenRows(database, sharedTables(database))
      forgetWrittenRows(database)
      if (isLong) await bePatient(session, true)
    })
  }

  #leadingSession(): Session {
    const { session } = this.#line
    if (!this.#leads || !session) {
      throw new Error(this.#problem ?? 'another machine refreshes')
    }
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
      const site = this.#site
      const isWhole = !site || !database.isTransaction || site.madeBy.tables < steps.length
      if (isWhole) await bePatient(session, true)
      const made = isWhole
        ? await commitAll(session, database, tables, { id, n: site?.n }, commit)
        : await commitRows(session, database, tables, site.n, commit)
      noteCopy(database, { id, ...made })
      forgetWrittenRows(database)
      const whole = isWhole ? made.n : (site?.whole ?? made.n)
      this.#site = { id, ...made, whole, madeBy: this.#madeBy, now: site?.now ?? Date.now() }
      await bePatient(session, false).catch(() => {})
    })
  }
}

const isOf = (copy: Copy, site: SharedSite) =>
  copy.id === site.id && copy.n === site.n && copy.name === site.name

const behind = 'this machine has not taken over the last commit of another yet'
