/** Who polls: subscribers by reader, without keeping a single address. */
import { hash, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { networkOf } from '../network.ts'
import { addTo, countOf, emptySketch, merge } from './hyperloglog.ts'
import { type SketchTexts, sketchesAsText, sketchesIn } from './sketches.ts'

export interface Subscribers {
  readonly reader: string
  readonly subscribers: number
  /** Whether the reader says so itself; else distinct addresses of a day are counted. */
  readonly isStated: boolean
}

/** As it is kept in a file. */
export interface AudienceState {
  readonly day: string
  readonly salt: string
  /** Sketches of today and of the day before. */
  readonly today: SketchTexts
  readonly yesterday: SketchTexts
  /** What readers stated: by reader and feed, how many and when (ms since 1970). */
  readonly stated: Readonly<Record<string, readonly [number, number]>>
}

/** With what addresses are hashed on a day. */
export type Salt = Pick<AudienceState, 'day' | 'salt'>

export type Audience = ReturnType<typeof createAudience>

/** How `newsstand doctor` names itself: it looks whether feeds can be read, and is no reader. */
export const doctorAgent = 'Newsstand-Doctor'
/** Readers beyond so many are counted together: those of which the fewest addresses are known. */
const mostReaders = 100
/** What is in place of a reader's name. */
export const unnamedReaders = {
  browsers: 'web browsers',
  unnamed: 'unnamed',
  others: 'others',
} as const
/** Readers and feeds of which a number is remembered, and those of whom it is not known yet whether they stay. */
const mostStated = 2000
const mostFresh = 1000
/** Whoever states a number a second time after so long is there to stay. */
const stayingMs = 10 * 60 * 1000
/** What a reader stated so long ago does not count any more. */
const statedMs = 3 * 24 * 60 * 60 * 1000

/** Distinct addresses of a reader. */
interface Count {
  readonly sketch: Uint8Array
  /** Those of which the address is in it: it is not hashed with every poll, and need not be kept for that. */
  readonly connections: WeakSet<object>
  addresses: number
}

interface Agent {
  readonly reader: string
  readonly stated: number | undefined
}

export function createAudience(clock: () => number = Date.now) {
  const agents = new LRUCache<string, Agent>({ max: 5000, memoMethod: readAgent })
  const stated = new LRUCache<string, readonly [number, number]>({ max: mostStated })
  /** Stated for the first time: many invented names push out each other, and none that has stayed. */
  const fresh = new LRUCache<string, readonly [number, number]>({ max: mostFresh })
  let day = dayOf(clock())
  let salt = newSalt()
  /** That of tomorrow, where others have to have the same. */
  let coming: Salt | undefined
  let today = new Map<string, Count>()
  let yesterday = new Map<string, Count>()

  /** Another day has another salt: nobody can be followed from one to the next. */
  function turnDay(): void {
    const now = dayOf(clock())
    if (now === day) return
    yesterday = now - 1 === day ? today : new Map()
    today = new Map()
    day = now
    salt = coming?.day === dateOf(day) ? coming.salt : newSalt()
  }

  function noteStated(name: string, number: number, now = clock()): void {
    const first = fresh.get(name)
    if (stated.has(name) || (first && now - first[1] >= stayingMs)) {
      fresh.delete(name)
      stated.set(name, [number, now])
    } else fresh.set(name, [number, first?.[1] ?? now])
  }

  const addressesOf = (reader: string) => [
    today.get(reader)?.addresses ?? 0,
    yesterday.get(reader)?.addresses ?? 0,
  ]

  /**
   * Counts among the others, from now on, the reader with the fewest addresses in two days; of several
   * the one that polled least recently. So invented names make room for each other.
   */
  function makeRoom(): void {
    let least: string | undefined
    let fewest = Number.POSITIVE_INFINITY
    for (const reader of today.keys()) {
      const [now = 0, before = 0] = addressesOf(reader)
      if (reader === unnamedReaders.others || now + before >= fewest) continue
      least = reader
      fewest = now + before
    }
    if (least === undefined) return
    const rest = countFor(unnamedReaders.others)
    merge(rest.sketch, countFor(least).sketch)
    rest.addresses = countOf(rest.sketch)
    today.delete(least)
  }

  /** Those that polled last are at the end. */
  function countFor(reader: string): Count {
    const count = today.get(reader) ?? countIn(emptySketch())
    today.delete(reader)
    today.set(reader, count)
    return count
  }

  return {
    /**
     * Notes a poll.
     * @param path of the feed
     * @param connection where all that comes through it is of this address
     */
    note(text: string, address: string, path: string, connection?: object): void {
      if (text === doctorAgent) return
      turnDay()
      const { reader, stated: number } = agents.memo(text)
      if (number !== undefined) {
        noteStated(`${reader} ${nameOf(path)}`, number)
        return
      }
      if (!today.has(reader) && today.size >= mostReaders) makeRoom()
      const count = countFor(reader)
      if (connection && count.connections.has(connection)) return
      const name = hash('sha256', `${salt} ${networkOf(address)} ${reader}`, 'buffer')
      if (addTo(count.sketch, name)) count.addresses = countOf(count.sketch)
      if (connection) count.connections.add(connection)
    },
    /** The most first. */
    subscribers(): Subscribers[] {
      turnDay()
      const found: Subscribers[] = []
      const sums = new Map<string, number>()
      for (const [name, [number, at]] of [...stated, ...fresh]) {
        if (clock() - at > statedMs) continue
        const reader = name.slice(0, name.lastIndexOf(' '))
        sums.set(reader, (sums.get(reader) ?? 0) + number)
      }
      for (const [reader, subscribers] of sums) found.push({ reader, subscribers, isStated: true })
      for (const reader of new Set([...today.keys(), ...yesterday.keys()])) {
        const subscribers = Math.max(...addressesOf(reader))
        found.push({ reader, subscribers, isStated: false })
      }
      return found.sort((a, b) => b.subscribers - a.subscribers || (a.reader < b.reader ? -1 : 1))
    },
    state(): AudienceState {
      return {
        day: dateOf(day),
        salt,
        today: toText(today),
        yesterday: toText(yesterday),
        stated: Object.fromEntries([...fresh.rentries(), ...stated.rentries()]),
      }
    },
    /** With what addresses are hashed today: other processes have the same. */
    saltOfToday(): Salt {
      turnDay()
      return { day: dateOf(day), salt }
    },
    /** The one that there will be from midnight on. */
    saltOfTomorrow(): Salt {
      turnDay()
      const tomorrow = dateOf(day + 1)
      if (coming?.day !== tomorrow) coming = { day: tomorrow, salt: newSalt() }
      return coming
    },
    /** Takes over what other machines hash with, today or tomorrow. Who was hashed otherwise today may count once more. */
    agree(given: Salt): void {
      turnDay()
      if (given.day === dateOf(day)) salt = given.salt
      else coming = given
    },
    /** Adds what another process has noted with the same salt; what was added before counts once. */
    add(state: AudienceState): void {
      turnDay()
      if (state.salt === salt) {
        for (const [reader, { sketch }] of fromText(state.today)) {
          if (!today.has(reader) && today.size >= mostReaders) makeRoom()
          const count = countFor(reader)
          merge(count.sketch, sketch)
          count.addresses = countOf(count.sketch)
        }
      }
      for (const [name, [number, at]] of Object.entries(state.stated)) noteStated(name, number, at)
    },
    restore(state: AudienceState): void {
      day = dayOf(Date.parse(state.day))
      salt = state.salt
      today = fromText(state.today)
      yesterday = fromText(state.yesterday)
      for (const [name, entry] of Object.entries(state.stated)) stated.set(name, entry)
      turnDay()
    },
  }
}

/** A feed's address may be as long as a search, and tell what somebody looked for. */
const nameOf = (path: string) => hash('sha256', path, 'base64url').slice(0, 12)

const longestName = 40

/** The reader's name as it stands first in its User-Agent (RFC 9110 §10.1.5). */
export function readAgent(text: string): Agent {
  const number = /(\d{1,9}) (?:subscriber|reader)/i.exec(text)?.[1]
  const inBrackets = /^Mozilla\/\S+ \(compatible; ([^;)/]+)/.exec(text)?.[1]
  const isBrowser = inBrackets === undefined && text.startsWith('Mozilla/')
  const first = /^[^/(;]*?(?=\s*(?:[/(;]| - | feed-id|$))/.exec(text)?.[0]
  const reader = isBrowser ? unnamedReaders.browsers : (inBrackets ?? first ?? '').trim()
  return {
    reader: reader.slice(0, longestName) || unnamedReaders.unnamed,
    stated: number === undefined ? undefined : Number(number),
  }
}

const newSalt = () => randomBytes(16).toString('base64')

const aDayMs = 24 * 60 * 60 * 1000
/** Days since 1970 in UTC, where all are of one length. */
const dayOf = (time: number) => Math.floor(time / aDayMs)
const dateOf = (day: number) => new Date(day * aDayMs).toISOString().slice(0, 10)

/** The day of a time, as a state has it. @param time ms since 1970 */
export const dateAt = (time: number): string => dateOf(dayOf(time))

const countIn = (sketch: Uint8Array): Count => ({
  sketch,
  addresses: countOf(sketch),
  connections: new WeakSet(),
})

const toText = (counts: ReadonlyMap<string, Count>) =>
  sketchesAsText([...counts].map(([reader, { sketch }]) => [reader, sketch]))

const fromText = (texts: SketchTexts) =>
  new Map(sketchesIn(texts).map(([reader, sketch]) => [reader, countIn(sketch)]))
