/** What feeds were asked for, and how they were answered. Read by the admin listener. */
import { copied } from '../text.ts'

interface Tally {
  /** The folder of the channel, such as `/sections/world/`. */
  readonly channel: string
  /** The file name of the format. */
  readonly format: string
  /** Answers by status. */
  readonly answers: Map<number, number>
  bytesSent: number
  bytesSavedByNotModified: number
  bytesSavedByCompression: number
  notModified(bytesSaved: number): void
  limited(): void
  sent(status: number, bytes: number, bytesSaved: number): void
}

export interface Traffic {
  /** @param path of a document */
  of(path: string): Tally
  all(): Iterable<Tally>
}

/** Channels beyond so many are counted together: memory must not grow with the addresses asked for. */
const mostTallies = 3000
/** No document but a search has a longer path. */
const longestPath = 200
const archiveFolder = /archive\/\d+\/$/

export function createTraffic(): Traffic {
  const byPath = new Map<string, Tally>()
  const byChannel = new Map<string, Tally>()

  function find(path: string): Tally {
    const [place = ''] = path.split('?', 1)
    const slash = place.lastIndexOf('/') + 1
    const format = place.slice(slash)
    const own = place.slice(0, slash).replace(archiveFolder, '')
    const isKnown = byChannel.has(own + format)
    const hasRoom = byChannel.size < mostTallies && place.length <= longestPath
    const channel = isKnown || hasRoom ? copied(own) : 'others'
    const tally = byChannel.get(channel + format) ?? createTally(channel, copied(format))
    byChannel.set(channel + format, tally)
    // Searches are as many as there are words.
    if (place === path && byPath.size < mostTallies) byPath.set(copied(path), tally)
    return tally
  }

  return {
    of: (path) => byPath.get(path) ?? find(path),
    all: () => byChannel.values(),
  }
}

function createTally(channel: string, format: string): Tally {
  const answers = new Map<number, number>()
  const add = (status: number) => answers.set(status, (answers.get(status) ?? 0) + 1)
  return {
    channel,
    format,
    answers,
    bytesSent: 0,
    bytesSavedByNotModified: 0,
    bytesSavedByCompression: 0,
    notModified(bytesSaved) {
      add(304)
      this.bytesSavedByNotModified += bytesSaved
    },
    limited() {
      add(429)
    },
    sent(status, bytes, bytesSaved) {
      add(status)
      this.bytesSent += bytes
      this.bytesSavedByCompression += bytesSaved
    },
  }
}
