/** Adds up what several machines have counted. What was read once is known when the database is away. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Session } from '../postgres/session.ts'
import { createAudience, dateAt, type Subscribers } from './audience.ts'
import { type Day, joinedTraffic, lastStated, unpacked } from './day.ts'
import { type Hour, joinedHours, recentOf } from './hours.ts'
import { type DayRow, dayRows, reportingLately } from './shared-rows.ts'
import { joinedSketches } from './sketches.ts'
import type { Counted } from './traffic.ts'

/** What the status page has of readers. */
export interface SiteSums {
  readonly hours: readonly Hour[]
  readonly subscribers: readonly Subscribers[]
  /** By channel and format: since the start, of several machines in eight days. */
  readonly traffic: readonly Counted[]
  /** How many machines have reported lately; null where one is alone, or the database does not say. */
  readonly replicas: number | null
}

interface Known extends DayRow {
  readonly counted: Day
}

/** What takes longer is not waited for. */
const patienceMs = 1000

/** @param clock ms since 1970 */
export function createSiteSums(clock: () => number) {
  let known: readonly Known[] | undefined
  let replicas: number | null = null
  /** The question that is open: what hangs must not be asked more often. */
  let asked: Promise<void> | undefined

  async function read(session: Session): Promise<void> {
    const before = new Map(known?.map((row) => [nameOf(row), row]))
    const rows = await dayRows(session, [...before.values()])
    replicas = await reportingLately(session)
    const found = rows.map(async (row): Promise<Known[]> => {
      const same = before.get(nameOf(row))
      if (!row.content) return same ? [same] : []
      return [{ ...row, content: null, counted: await unpacked(row.content) }]
    })
    known = (await Promise.all(found)).flat()
  }

  function sumOf(days: readonly Day[]): Omit<SiteSums, 'replicas'> {
    const now = clock()
    const today = dateAt(now)
    const yesterday = dateAt(Date.parse(today) - 1)
    const addressesOn = (day: string) =>
      joinedSketches(days.filter((one) => one.day === day).map(({ addresses }) => addresses))
    const audience = createAudience(clock)
    audience.restore({
      ...{ day: today, salt: '', today: addressesOn(today), yesterday: addressesOn(yesterday) },
      stated: lastStated(days),
    })
    return {
      hours: recentOf(joinedHours(days.flatMap(({ hours }) => hours)), now),
      subscribers: audience.subscribers(),
      traffic: joinedTraffic(days),
    }
  }

  return {
    /** Reads what is new, where that does not take long. */
    async look(session: Session | undefined): Promise<void> {
      if (!session || session.isLost()) {
        replicas = null
        return
      }
      asked ??= read(session)
        // Whoever hands over says why it cannot be reached.
        .catch(() => {
          replicas = null
        })
        .finally(() => {
          asked = undefined
        })
      await Promise.race([asked, sleep(patienceMs, undefined, { ref: false })])
    },
    /**
     * @param own days of this machine, which it knows better than the database
     * @returns undefined before anything was read
     */
    with(replica: string, own: readonly Day[]): SiteSums | undefined {
      if (!known) return undefined
      const better = new Set(own.map(({ day }) => nameOf({ replica, day })))
      const others = known.filter((row) => !better.has(nameOf(row)))
      return { ...sumOf([...others.map(({ counted }) => counted), ...own]), replicas }
    },
  }
}

const nameOf = ({ replica, day }: Pick<DayRow, 'replica' | 'day'>) => `${replica} ${day}`
