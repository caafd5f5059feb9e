/** What this machine has counted, day by day, for as long as it was not handed over. Taken from the tallies, as hours are. */
import { type Audience, type AudienceState, dateAt } from './audience.ts'
import { type Day, isEmpty, joinedDays, statedOn } from './day.ts'
import { addSums, createHours, keptMs, type Sums, totalOf } from './hours.ts'
import type { SketchTexts } from './sketches.ts'
import { type Counted, createTraffic, type Tally, type Traffic } from './traffic.ts'

/** Since the start. */
interface OwnDay {
  readonly traffic: Traffic
  addresses: SketchTexts
  stated: AudienceState['stated']
}

/** @param clock ms since 1970 */
export function createDays(traffic: Traffic, audience: Audience, clock: () => number) {
  const hours = createHours(traffic, clock)
  /** What of tallies was counted already. */
  const seen = new WeakMap<Tally, Sums>()
  const own = new Map<string, OwnDay>()
  /** Counted before the start. */
  const former = new Map<string, Day>()

  function ownDay(day: string): OwnDay {
    const found = own.get(day) ?? { traffic: createTraffic(), addresses: {}, stated: {} }
    own.set(day, found)
    return found
  }

  function news(tally: Tally): Counted[] {
    const more = totalOf([tally])
    addSums(more, seen.get(tally) ?? totalOf([]), -1)
    if (Object.keys(more.answers).length === 0) return []
    seen.set(tally, totalOf([tally]))
    return [{ channel: tally.channel, format: tally.format, ...more }]
  }

  function noteAudience(name: string, addresses: SketchTexts, stated: Day['stated']) {
    const day = ownDay(name)
    day.addresses = addresses
    day.stated = { ...day.stated, ...statedOn(name, stated) }
  }

  function dayOf(name: string): Day {
    const found = own.get(name)
    const before = former.get(name)
    const since = found && {
      ...{ day: name, addresses: found.addresses, stated: found.stated },
      hours: hours.all().filter(({ start }) => dateAt(start) === name),
      traffic: [...found.traffic.all()],
    }
    return joinedDays(
      name,
      [before, since].filter((one) => one !== undefined),
    )
  }

  return {
    /** Adds what was counted since last time. @returns the day that it is */
    tick(): string {
      const { day: today } = audience.saltOfToday()
      const yesterday = dateAt(Date.parse(today) - 1)
      hours.tick()
      ownDay(today).traffic.add([...traffic.all()].flatMap(news))
      const state = audience.state()
      noteAudience(today, state.today, state.stated)
      if (own.has(yesterday)) noteAudience(yesterday, state.yesterday, state.stated)
      const oldest = dateAt(clock() - keptMs)
      for (const days of [own, former]) {
        for (const day of days.keys()) if (day < oldest) days.delete(day)
      }
      return today
    },
    /** What was not handed over as a whole, oldest first; days on which nothing was counted are left out. */
    all: (): Day[] =>
      [...new Set([...former.keys(), ...own.keys()])]
        .sort()
        .map(dayOf)
        .filter((day) => !isEmpty(day)),
    /** Adds what was counted before the start. */
    addFormer(days: readonly Day[]): void {
      for (const day of days) {
        const before = former.get(day.day)
        former.set(day.day, before ? joinedDays(day.day, [before, day]) : day)
      }
    },
    /** What was counted before the start is in the hands of somebody else. */
    forgetFormer: (): void => former.clear(),
    /** A day that is over is kept elsewhere from now on. */
    forget(day: string): void {
      own.delete(day)
      former.delete(day)
    },
  }
}
