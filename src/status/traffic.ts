/** What feeds were asked for, and how they were answered. Read by the admin listener. */
import { copied } from '../text.ts'

export class Tally {
  /** The folder of the channel, such as `/sections/world/`. */
  readonly channel: string
  /** The file name of the format. */
  readonly format: string
  bytesSent = 0
  bytesSavedByNotModified = 0
  bytesSavedByCompression = 0
  /** Answers by status. */
  readonly answers: Record<string, number> = {}

  constructor(channel: string, format: string) {
    this.channel = channel
    this.format = format
  }

  notModified(bytesSaved: number): void {
    this.sent(304, 0, 0)
    this.bytesSavedByNotModified += bytesSaved
  }

  sent(status: number, bytes: number, bytesSaved: number): void {
    this.answers[status] = (this.answers[status] ?? 0) + 1
    this.bytesSent += bytes
    this.bytesSavedByCompression += bytesSaved
  }

  /** Adds what another process has counted. */
  add({ answers, ...bytes }: Counted): void {
    for (const [status, count] of Object.entries(answers)) {
      this.answers[status] = (this.answers[status] ?? 0) + count
    }
    this.bytesSent += bytes.bytesSent
    this.bytesSavedByNotModified += bytes.bytesSavedByNotModified
    this.bytesSavedByCompression += bytes.bytesSavedByCompression
  }

  /** Counts from nothing again. @returns what was counted; undefined where nothing was */
  take(): Counted | undefined {
    if (Object.keys(this.answers).length === 0) return undefined
    const counted = { ...this, answers: { ...this.answers } }
    for (const status of Object.keys(this.answers)) delete this.answers[status]
    this.bytesSent = 0
    this.bytesSavedByNotModified = 0
    this.bytesSavedByCompression = 0
    return counted
  }
}

/** What a tally has counted. */
export type Counted = Omit<Tally, 'notModified' | 'sent' | 'add' | 'take'>

export type Traffic = ReturnType<typeof createTraffic>

/** What answers are counted as that are none of feeds. */
export const others = 'other/'
/** Channels beyond so many are counted together: memory must not grow with the addresses asked for. */
const mostTallies = 3000
/** No document but a search has a longer path. */
const longestPath = 200
const archiveFolder = /archive\/\d+\/$/

export function createTraffic() {
  const byPath = new Map<string, Tally>()
  const byChannel = new Map<string, Tally>()

  function tallyOf(own: string, format: string, isShort: boolean): Tally {
    const isKnown = byChannel.has(own + format)
    const hasRoom = byChannel.size < mostTallies && isShort
    const channel = isKnown || hasRoom ? copied(own) : 'others'
    const tally = byChannel.get(channel + format) ?? new Tally(channel, copied(format))
    byChannel.set(channel + format, tally)
    return tally
  }

  function find(path: string): Tally {
    const [place = ''] = path.split('?', 1)
    const slash = place.lastIndexOf('/') + 1
    const own = place.slice(0, slash).replace(archiveFolder, '')
    const tally = tallyOf(own, place.slice(slash), place.length <= longestPath)
    // Searches are as many as there are words.
    if (place === path && byPath.size < mostTallies) byPath.set(copied(path), tally)
    return tally
  }

  return {
    /** @param path of a document */
    of: (path: string) => byPath.get(path) ?? find(path),
    all: () => byChannel.values(),
    /** What was counted since the last time; from now on it counts for whoever adds it. */
    take: (): Counted[] => [...byChannel.values()].flatMap((tally) => tally.take() ?? []),
    /** Adds what another process has counted. */
    add(counted: readonly Counted[]): void {
      for (const one of counted) tallyOf(one.channel, one.format, true).add(one)
    },
  }
}
