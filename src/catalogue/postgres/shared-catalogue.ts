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
import { copyAll, copyIn, follow, noteCopy } from './copies.ts'
import { bePatient, LeaderWatch, tryToLead } from './lead.ts'
import { PoolerWatch } from './pooler.ts'
import { answerOf, answerRequest, openRequests, putRequest } from './requests.ts'
import { type MadeBy, makeTables, type SharedSite, siteOf } from './schema.ts'
import { connect, type Session } from './session.ts'
import { sharedTables } from './shared-tables.ts'
import { forgetWrittenRows, noteWrittenRows } from './written-rows.ts'

/** So often it is looked at what is new, where nobody tells; it is a sign of life of whoever refreshes as well. */
const everyMs = 1000
/** A refresh of more files than this may take longer than that. */
const manyFiles = 5000
/** What others ask for may be to read a whole folder. */
const longestAnswerMs = 600_000
/** Ends connections that are idle by itself. */
const oldestServer = 14
/** Whoever has given way to a newer Newsstand waits for it. */
const givenWayMs = 15_000

const silent: SharedEvents = {
  turned() {},
  async followed() {},
  copied() {},
  told() {},
  async asked() {},
}

export class SharedCatalogue implements Sharing {
  readonly #url: string
  readonly #file: CatalogueFile
  readonly #madeBy: MadeBy
  readonly #closing = new AbortController()
  readonly #watch = new LeaderWatch()
  #events = silent
  #session: Session | undefined
  #pooler: PoolerWatch | undefined
  #leads = false
  /** Of the catalogue in PostgreSQL, as it was looked at last. */
  #site: SharedSite | undefined
  #problem: string | undefined
  /** That was told last. */
  #difference: string | undefined
  #restUntil = 0
  /** How often the file was changed for another machine. */
  #followed = 0
  /** One at a time has the connection. */
  #queue: Promise<unknown> = Promise.resolve()
  #wake = Promise.withResolvers<void>()
  #loop: Promise<void> | undefined
  /** What others have asked for and is being done. */
  readonly #answering = new Set<string>()
  /** When somebody has asked or answered. */
  #news = Promise.withResolvers<void>()

  /** @param madeBy without the tables, which are those of this program */
  constructor(url: string, file: CatalogueFile, madeBy: Omit<MadeBy, 'tables'>) {
    this.#url = url
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

  /** Why it does not follow, in a sentence without its end. */
  problem(): string | undefined {
    return this.#problem
  }

  /** The settings by which this machine would make other documents than the others, in a sentence; undefined where there are none. */
  difference(): string | undefined {
    const theirs = this.#site?.madeBy.settings
    if (!theirs || this.#leads) return undefined
    const ours = this.#madeBy.settings
    const names = Object.keys({ ...ours, ...theirs }).filter((name) => ours[name] !== theirs[name])
    return names.length === 0
      ? undefined
      : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} set otherwise here than on the machine that refreshes.`
  }

  /** Whether the database has nothing yet, or what another program or other settings have made. */
  isToCommit(): boolean {
    return this.#leads && !isDeepStrictEqual(this.#site?.madeBy, this.#madeBy)
  }

  /** Done when it was tried once to catch up with the others. */
  async start(): Promise<void> {
    await this.#exclusively(() => this.#step())
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
    this.#wake.resolve()
    await this.#loop
    await this.#session?.close()
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      const pause = sleep(everyMs, undefined, { signal, ref: false }).catch(() => {})
      await Promise.race([pause, this.#wake.promise])
      this.#wake = Promise.withResolvers()
      if (!signal.aborted) await this.#exclusively(() => this.#step())
    }
  }

  #exclusively<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(act)
    this.#queue = result.catch(() => {})
    return result
  }

  async #step(): Promise<void> {
    try {
      const session = await this.#connected()
      await this.#pooler?.look()
      await this.#catchUp(session)
      if (!this.#leads) await this.#tryToLead(session)
      if (this.#leads) await this.#answerAll(session)
      this.#noteProblem(undefined)
      this.#noteDifference()
    } catch (error) {
      this.#noteProblem((error as Error).message)
    }
    if (this.#session?.isLost()) this.#turn(false)
  }

  async #connected(): Promise<Session> {
    if (this.#session && !this.#session.isLost()) return this.#session
    this.#turn(false)
    const session = await connect(this.#url, ({ channel, payload }) => {
      if (channel === 'newsstand_newer' && Number(payload) > steps.length) this.#giveWay()
      if (channel === 'newsstand_request') this.#news.resolve()
      this.#wake.resolve()
    })
    this.#session = session
    const [server] = await session.ask<{ version: string }>(
      `SELECT current_setting('server_version') AS version`,
    )
    if (server && Number.parseInt(server.version, 10) < oldestServer) {
      throw session.lose(
        new Error(`it is PostgreSQL ${server.version}; ${oldestServer} or a newer one is needed`),
      )
    }
    this.#pooler = await PoolerWatch.begin(session, this.#url)
    await session.ask('LISTEN newsstand; LISTEN newsstand_newer; LISTEN newsstand_request')
    return session
  }

  /** A newer Newsstand waits, whose tables we could not write. */
  #giveWay(): void {
    this.#restUntil = Date.now() + givenWayMs
    if (!this.#leads) return
    this.#events.told('a newer Newsstand refreshes from now on', false)
    this.#session?.lose(new Error('given way to a newer Newsstand'))
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
    const { database } = this.#file.writing()
    // In the midst of a refresh, which finds out by itself whether it may be kept.
    if (!site || database.isTransaction) return
    const copy = copyIn(database)
    if (copy?.id === site.id && copy.n === site.n) return
    // Tables that have what we do not know yet are taken over when we refresh.
    if (site.madeBy.tables < steps.length) return
    const told = copy && (await follow(session, database, sharedTables(database), copy))
    if (told) {
      this.#followed += 1
      await this.#events.followed(told)
    } else await this.#copy(session, copy?.id === site.id)
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
    if (known > steps.length || Date.now() < this.#restUntil) return
    // A refresh that has lost the lock has not found that out yet.
    if (this.#file.writing().database.isTransaction) return
    if (!(await tryToLead(session))) {
      await this.#watch.look(session)
      if (known < steps.length) {
        await session.ask("SELECT pg_notify('newsstand_newer', $1)", [String(steps.length)])
      }
      return
    }
    if (known < steps.length) await this.#copy(session, true, known)
    await makeTables(session, sharedTables(this.#file.writing().database))
    if (known === steps.length) await this.#catchUp(session)
    // What it holds in memory is of before it followed.
    this.#file.reopen()
    this.#turn(true)
  }

  async #answerAll(session: Session): Promise<void> {
    for (const { token, what, path } of await openRequests(session)) {
      if (this.#answering.has(token)) continue
      this.#answering.add(token)
      const answer = this.#events.asked(what, path ?? undefined).then(
        (value) => ({ value }),
        (error: Error) => ({ fault: error.message }),
      )
      void answer
        .then((given) => this.#exclusively(() => answerRequest(session, token, given)))
        // Whoever refreshes next is asked.
        .catch(() => {})
        .finally(() => this.#answering.delete(token))
    }
  }

  /**
   * Asks the machine that refreshes to do something. Done when that is done, and what came of it is here.
   * @param path of a file
   * @throws Error that says why it was not done
   */
  async ask(what: string, path?: string): Promise<unknown> {
    const end = performance.now() + longestAnswerMs
    const token = await this.#withSession((session) => putRequest(session, what, path))
    while (performance.now() < end && !this.#closing.signal.aborted) {
      const pause = sleep(everyMs, undefined, { ref: false })
      await Promise.race([pause, this.#news.promise])
      this.#news = Promise.withResolvers()
      const answer = await this.#withSession((session) => answerOf(session, token))
      if (!answer) continue
      if (answer.fault !== undefined) throw new Error(answer.fault)
      await this.#withSession((session) => this.#catchUp(session))
      return answer.value
    }
    throw new Error('the machine that refreshes has not answered')
  }

  #withSession<T>(act: (session: Session) => Promise<T>): Promise<T> {
    return this.#exclusively(async () => {
      const session = this.#session
      if (!session || session.isLost()) throw new Error(this.#problem ?? 'there is no database')
      return act(session)
    })
  }

  /** Before a refresh begins. @throws Error when this machine may not */
  begin(isFirst: boolean): Promise<void> {
    return this.#exclusively(async () => {
      const session = this.#leadingSession()
      const { database } = this.#file.writing()
      const site = this.#site
      const copy = copyIn(database)
      if (site && (site.id !== copy?.id || site.n !== copy.n)) throw new OutOfStepError(behind)
      noteWrittenRows(database, sharedTables(database))
      if (isFirst) await bePatient(session, true)
    })
  }

  #leadingSession(): Session {
    const session = this.#session
    if (!this.#leads || !session || session.isLost()) {
      throw new Error(this.#problem ?? 'another machine refreshes')
    }
    return session
  }

  /** What follows keeps this process from all else for long. @param files that were read */
  async expect(files: number): Promise<void> {
    if (files < manyFiles) return
    await this.#exclusively(() => bePatient(this.#leadingSession(), true))
  }

  /**
   * Hands over what the transaction under way has written, as its last step; or everything, where that is over already or the database has
   * nothing.
   * @throws Error when it is not known to be kept there
   */
  commit(id: string, told: Told): Promise<void> {
    return this.#exclusively(async () => {
      const session = this.#leadingSession()
      const { database } = this.#file.writing()
      const tables = sharedTables(database)
      const commit = { madeBy: this.#madeBy, told }
      const site = this.#site
      const isWhole = !site || !database.isTransaction || site.madeBy.tables < steps.length
      const n = isWhole
        ? await commitAll(session, database, tables, id, commit)
        : await commitRows(session, database, tables, site.n, commit)
      noteCopy(database, { id, n })
      forgetWrittenRows(database)
      this.#site = { id, n, whole: isWhole ? n : (site?.whole ?? n), madeBy: this.#madeBy }
      await bePatient(session, false).catch(() => {})
    })
  }
}

const behind = 'this machine has not taken over the last commit of another yet'
