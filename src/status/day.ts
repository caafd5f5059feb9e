/** What was counted on one day, by one machine or by several that share a site. */
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { type AudienceState, dateAt } from './audience.ts'
import { type Hour, joinedHours } from './hours.ts'
import { joinedSketches, type SketchTexts } from './sketches.ts'
import { type Counted, createTraffic } from './traffic.ts'

export interface Day {
  /** In UTC, as 2026-01-31. */
  readonly day: string
  readonly hours: readonly Hour[]
  readonly traffic: readonly Counted[]
  readonly addresses: SketchTexts
  /** What readers stated on that day. */
  readonly stated: AudienceState['stated']
}

/** Raised whenever a day has another form; those of another form are left aside. */
export const dayVersion = 1

export const isEmpty = ({ hours, traffic, addresses, stated }: Day): boolean =>
  hours.length + traffic.length + Object.keys(addresses).length + Object.keys(stated).length === 0

/** Several of the same day as one. */
export const joinedDays = (day: string, all: readonly Day[]): Day => ({
  day,
  hours: joinedHours(all.flatMap(({ hours }) => hours)),
  traffic: joinedTraffic(all),
  addresses: joinedSketches(all.map(({ addresses }) => addresses)),
  stated: lastStated(all),
})

/** By channel and format, of several days and machines. */
export function joinedTraffic(all: readonly Pick<Day, 'traffic'>[]): Counted[] {
  const sum = createTraffic()
  for (const { traffic } of all) sum.add(traffic)
  return [...sum.all()].map((tally) => ({ ...tally }))
}

/** What was stated last of each reader and feed, oldest first. */
export function lastStated(all: readonly Pick<Day, 'stated'>[]): AudienceState['stated'] {
  const entries = all.flatMap(({ stated }) => Object.entries(stated))
  return Object.fromEntries(new Map(entries.sort(([, [, a]], [, [, b]]) => a - b)))
}

/** What of it was stated on a day. */
export const statedOn = (day: string, stated: AudienceState['stated']): AudienceState['stated'] =>
  Object.fromEntries(Object.entries(stated).filter(([, [, at]]) => dateAt(at) === day))

/** What a machine has counted before it shared anything: of traffic it knows the hours only. */
export function formerDays(
  hours: readonly Hour[],
  { day, today, yesterday, stated }: AudienceState,
): Day[] {
  const before = dateAt(Date.parse(day) - 1)
  const sketches = new Map([
    [before, yesterday],
    [day, today],
  ])
  const byDay = Map.groupBy(hours, ({ start }) => dateAt(start))
  const names = new Set([...byDay.keys(), ...sketches.keys()])
  return [...names].sort().map((name) => ({
    ...{ day: name, hours: joinedHours(byDay.get(name) ?? []), traffic: [] },
    addresses: sketches.get(name) ?? {},
    stated: statedOn(name, stated),
  }))
}

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

/** @param text a day as JSON */
export const packed = (text: string): Promise<Buffer> => deflate(text)
export const unpacked = async (bytes: Buffer): Promise<Day> =>
  JSON.parse((await inflate(bytes)).toString())
