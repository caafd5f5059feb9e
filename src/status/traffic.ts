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
}

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

  function find(path: string): Tally {
    const [place = ''] = path.split('?', 1)
    const slash = place.lastIndexOf('/') + 1
    const format = place.slice(slash)
    const own = place.slice(0, slash).replace(archiveFolder, '')
    const isKnown = byChannel.has(own + format)
    const hasRoom = byChannel.size < mostTallies && place.length <= longestPath
    const channel = isKnown || hasRoom ? copied(own) : 'others'
    const tally = byChannel.get(channel + format) ?? new Tally(channel, copied(format))
    byChannel.set(channel + format, tally)
    // Searches are as many as there are words.
    if (place === path && byPath.size < mostTallies) byPath.set(copied(path), tally)
    return tally
  }

  return {
    /** @param path of a document */
    of: (path: string) => byPath.get(path) ?? find(path),
    all: () => byChannel.values(),
  }
}
