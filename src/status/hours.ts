/** How feeds were answered, hour by hour. Taken from the tallies, so that a request pays nothing. */
import type { Traffic } from './traffic.ts'

export interface Hour {
  /** Its start, in ms since 1970. */
  readonly start: number
  /** Answers by status. */
  readonly answers: Record<string, number>
  bytesSent: number
  bytesSavedByNotModified: number
  bytesSavedByCompression: number
}

export interface Hours {
  /** Adds what was answered since last time to the hour it is now. */
  tick(): void
  /** Oldest first; hours without an answer are left out. */
  all(): readonly Hour[]
  restore(hours: readonly Hour[]): void
}

export const anHourMs = 60 * 60 * 1000
/** A week, and what a chart of it may begin with. */
const keptMs = 8 * 24 * anHourMs

type Sums = Omit<Hour, 'start'>

export function createHours(traffic: Traffic, clock: () => number = Date.now): Hours {
  let hours: Hour[] = []
  let before = sumOf(traffic)

  return {
    tick() {
      const now = sumOf(traffic)
      const start = Math.floor(clock() / anHourMs) * anHourMs
      const more = sumOf(traffic)
      add(more, before, -1)
      before = now
      hours = hours.filter((hour) => hour.start > start - keptMs)
      if (Object.keys(more.answers).length === 0) return
      let hour = hours.at(-1)
      if (!hour || hour.start !== start) {
        hour = { start, ...nothing() }
        hours.push(hour)
      }
      add(hour, more)
    },
    all: () => hours,
    restore(kept) {
      hours = [...kept]
    },
  }
}

const nothing = (): Sums => ({
  answers: {},
  bytesSent: 0,
  bytesSavedByNotModified: 0,
  bytesSavedByCompression: 0,
})

/** Adds one to the other so many times: -1 takes it away. */
function add(to: Sums, more: Sums, times = 1): void {
  for (const [status, count] of Object.entries(more.answers)) {
    const sum = (to.answers[status] ?? 0) + times * count
    if (sum === 0) delete to.answers[status]
    else to.answers[status] = sum
  }
  to.bytesSent += times * more.bytesSent
  to.bytesSavedByNotModified += times * more.bytesSavedByNotModified
  to.bytesSavedByCompression += times * more.bytesSavedByCompression
}

export function totalOf(hours: readonly Hour[]): Sums {
  const total = nothing()
  for (const hour of hours) add(total, hour)
  return total
}

/** Of all feeds; what was answered at other addresses is no poll. */
function sumOf(traffic: Traffic): Sums {
  const sum = nothing()
  for (const tally of traffic.all()) {
    if (tally.channel === 'other/') continue
    add(sum, { ...tally, answers: Object.fromEntries(tally.answers) })
  }
  return sum
}
