/**
 * What all machines of a site have counted. Each hands over its days every ten seconds, whole, so that it does not matter how often; whoever
 * asks adds them up. A day is in a file of this machine until it is over and handed over.
 */
import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../log.ts'
import { connect, type Session } from '../postgres/session.ts'
import { type Audience, dateAt } from './audience.ts'
import { type Day, packed } from './day.ts'
import { createDays } from './days.ts'
import { keptMs } from './hours.ts'
import { keptFile } from './kept-file.ts'
import {
  agreeOnSalt,
  hasDaysBefore,
  makeStatisticsTables,
  putDay,
  type Reporter,
  removeOld,
  report,
} from './shared-rows.ts'
import { createSiteSums, type SiteSums } from './site-sums.ts'
import type { Traffic } from './traffic.ts'

interface State {
  readonly replica: string
  readonly n: number
  readonly days: readonly Day[]
  /** What was counted before there was a database, until it is known whether that has it already. */
  readonly former?: readonly Day[] | undefined
}

export interface Counting {
  readonly dataDir: string
  readonly log: Logger
  readonly traffic: Traffic
  readonly audience: Audience
  /** ms since 1970 */
  readonly clock: () => number
}

/** Raised whenever the file has another form. */
const version = 1
const everyMs = 10_000
/** The start waits so long for the salt of the others, and the end for what was counted last to be handed over. */
const patienceMs = 1000
const closingMs = 2000

/**
 * @param url DATABASE_URL; where it is away that is tried again, and counted meanwhile
 * @param before what this machine has counted by itself
 */
export async function shareStatistics(
  url: string,
  { dataDir, log, traffic, audience, clock }: Counting,
  before: readonly Day[],
) {
  const file = keptFile<State>({ dataDir, log }, 'statistics-shared.json', version)
  const days = createDays(traffic, audience, clock)
  const kept: State = file.read() ?? { replica: randomUUID(), n: 0, days: [], former: before }
  days.addFormer(kept.days)
  let { former } = kept
  let me: Reporter = { replica: kept.replica, run: randomUUID(), n: kept.n }
  let session: Session | undefined
  let hasReported = false
  /** By their days, what this connection was given. */
  const given = new Map<string, string>()
  let today = ''
  /** As the file has them. */
  let counted: readonly Day[] = []
  let text = ''
  /** For which day salts are agreed on, and what is too old was removed. */
  let settled = ''
  let fault: string | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let isGivenUp = false
  let turn: Promise<void> = Promise.resolve()
  const sums = createSiteSums(clock)

  /** Before it is handed over: a file that is behind what was handed over is known to be another machine's, or an old one. */
  function write(): void {
    counted = days.all()
    const now = JSON.stringify(counted)
    if (now === text) return
    text = now
    me = { ...me, n: me.n + 1 }
    const { replica, n } = me
    file.write({ replica, n, days: counted, former })
  }

  async function connected(): Promise<Session> {
    if (session && !session.isLost()) return session
    session = undefined
    session = await connect(url)
    // Nobody waits for it any longer.
    if (isGivenUp) await session.close()
    await makeStatisticsTables(session)
    given.clear()
    settled = ''
    return session
  }

  async function settle(open: Session): Promise<void> {
    if (settled === today) return
    for (const salt of [audience.saltOfToday(), audience.saltOfTomorrow()]) {
      audience.agree(await agreeOnSalt(open, salt))
    }
    await removeOld(open, today, dateAt(clock() - keptMs))
    settled = today
  }

  async function takeName(open: Session): Promise<void> {
    if (former) {
      if (!(await hasDaysBefore(open, today))) days.addFormer(former)
      former = undefined
      text = ''
      write()
    }
    if (await report(open, me, hasReported ? undefined : kept.n)) return
    // Our name is another machine's, which has gone on from a copy of our folder, or we from one of its.
    days.forgetFormer()
    given.clear()
    me = { replica: randomUUID(), run: me.run, n: 0 }
    text = ''
    write()
    await report(open, me)
  }

  async function handOver(open: Session): Promise<void> {
    for (const day of counted) {
      const whole = JSON.stringify(day)
      if (given.get(day.day) !== whole) {
        if (!(await putDay(open, me, day.day, await packed(whole)))) return
        given.set(day.day, whole)
      }
      if (day.day >= today) continue
      days.forget(day.day)
      given.delete(day.day)
    }
  }

  async function step(): Promise<void> {
    try {
      today = days.tick()
      write()
      const open = await connected()
      await settle(open)
      await takeName(open)
      hasReported = true
      await handOver(open)
      noteFault(undefined)
    } catch (error) {
      noteFault((error as Error).message)
    }
  }

  function noteFault(message: string | undefined): void {
    if (message !== undefined && message !== fault) {
      log.warn(`statistics are counted here, and handed over later: ${message}`)
    }
    if (message === undefined && fault !== undefined) log.info('statistics are handed over again')
    fault = message
  }

  /** Counts, keeps and hands over now; one at a time. Throws nothing. */
  function keep(): Promise<void> {
    turn = turn.then(step)
    return turn
  }

  /** Writing is done by the thread that answers: where DATA_DIR hangs, this waits in its place. */
  async function keepAndGoOn(): Promise<void> {
    await stat(dataDir).catch(() => {})
    if (isClosed) return
    await keep()
    if (!isClosed) start()
  }

  function start(): void {
    timer = setTimeout(() => void keepAndGoOn(), everyMs).unref()
  }

  await within(patienceMs, keep())

  return {
    start,
    keep,
    /** Of all machines, as far as they are known. @returns undefined before anything is known of them */
    async sums(): Promise<SiteSums | undefined> {
      days.tick()
      // Before that there may be no tables.
      await sums.look(hasReported ? session : undefined)
      return sums.with(me.replica, days.all())
    },
    async close(): Promise<void> {
      isClosed = true
      clearTimeout(timer)
      await within(closingMs, keep())
      isGivenUp = true
      await session?.close()
    },
  }
}

/** Waits for it, but not for ever. */
async function within(patience: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(patience, undefined, { ref: false })])
}
