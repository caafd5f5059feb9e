/** How feeds were answered, hour by hour. Taken from the tallies, so that a request pays nothing. */
import { type Counted, others, type Traffic } from './traffic.ts'

/** What tallies add up to. */
export type Sums = Omit<Counted, 'channel' | 'format'>

export interface Hour extends Sums {
  /** Its start, in ms since 1970. */
  readonly start: number
}

export const anHourMs = 60 * 60 * 1000
/** A week, and what a chart of it may begin with. */
export const keptMs = 8 * 24 * anHourMs

export function createHours(traffic: Traffic, clock: () => number = Date.now) {
  let hours: Hour[] = []
  /** Of all feeds; what was answered at other addresses is no poll. */
  const soFar = () => totalOf([...traffic.all()].filter(({ channel }) => channel !== others))
  let before = soFar()

  return {
    /** Adds what was answered since last time to the hour it is now. */
    tick(): void {
      const start = hourOf(clock())
      const more = soFar()
      addSums(more, before, -1)
      before = soFar()
      hours = recentOf(hours, start)
      if (Object.keys(more.answers).length === 0) return
      let hour = hours.at(-1)
      if (!hour || hour.start !== start) {
        hour = { start, ...nothing() }
        hours.push(hour)
      }
      addSums(hour, more)
    },
    /** Oldest first; hours without an answer are left out. */
    all: (): readonly Hour[] => hours,
    restore(kept: readonly Hour[]): void {
      hours = [...kept]
    },
  }
}

const hourOf = (time: number) => Math.floor(time / anHourMs) * anHourMs

/** Those that are kept. @param now ms since 1970 */
export const recentOf = (hours: readonly Hour[], now: number): Hour[] =>
  hours.filter(({ start }) => start > hourOf(now) - keptMs)

/** Adds those of the same start to each other. @returns oldest first */
export function joinedHours(hours: readonly Hour[]): Hour[] {
  const byStart = Map.groupBy(hours, ({ start }) => start)
  const joined = [...byStart].map(([start, those]) => ({ start, ...totalOf(those) }))
  return joined.sort((a, b) => a.start - b.start)
}

const nothing = (): Sums => ({
  answers: {},
  bytesSent: 0,
  bytesSavedByNotModified: 0,
  bytesSavedByCompression: 0,
})

/** Adds one to the other so many times: -1 takes it away. */
export function addSums(to: Sums, more: Sums, times = 1): void {
  for (const [status, count] of Object.entries(more.answers)) {
    const sum = (to.answers[status] ?? 0) + times * count
    if (sum === 0) delete to.answers[status]
    else to.answers[status] = sum
  }
  to.bytesSent += times * more.bytesSent
  to.bytesSavedByNotModified += times * more.bytesSavedByNotModified
  to.bytesSavedByCompression += times * more.bytesSavedByCompression
}

export function totalOf(list: readonly Sums[]): Sums {
  const total = nothing()
  for (const one of list) addSums(total, one)
  return total
}
