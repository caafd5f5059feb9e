/** How many connections there may be, so that files and the database can always be opened. */
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** As many as macOS gives a program by default. */
const usualLimit = 256
/** 20,000 idle ones take about 200 MB; behind more than that there are no readers. */
const most = 20_000

/** The open-file limit of this process; Node has raised the soft one to the hard one. */
function openFileLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    const limit = /^Max open files\s+(\S+)/m.exec(limits)?.[1]
    return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit ?? usualLimit)
  } catch {
    return usualLimit
  }
}

/**
 * Half of the files: to a connection a file may be sent, which is open meanwhile. What the others
 * leave, and more, is for the database, the threads and the folders that are watched.
 */
const mostConnections = (limit: number) => Math.min(most, Math.max(8, Math.floor(limit / 2)))

/** All connections of this process, and how many bytes each had moved when it was last looked at. */
const moved = new Map<Socket, number>()

/**
 * Closes the longest idle connection whenever there are too many, to make room for the new one: who
 * holds connections without using them must not keep others out.
 */
export function limitConnections(server: Server): void {
  const limit = mostConnections(openFileLimit())
  server.on('connection', (socket: Socket) => {
    if (moved.size >= limit) closeLongestIdle()
    moved.set(socket, 0)
    socket.once('close', () => moved.delete(socket))
  })
}

/**
 * Those first that were looked at longest ago: one that has moved something since then goes to the
 * end, the first that has not is closed. So no request has to be noted ("second chance": Corbató,
 * A Paging Experiment with the Multics System, 1968).
 */
function closeLongestIdle(): void {
  for (const [socket, before] of moved) {
    // What waits to be read by a client has not moved.
    const now = socket.bytesRead + socket.bytesWritten - socket.writableLength
    moved.delete(socket)
    if (now === before) {
      socket.destroy()
      return
    }
    moved.set(socket, now)
  }
}
