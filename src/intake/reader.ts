/** Reads files in a thread, and goes on without one that the thread ends on or gets stuck with. */
import type { Thread } from '../thread.ts'
import type { FileResult } from './file-result.ts'
import type { FoundFile } from './folder.ts'
import type { Rejection } from './rejection.ts'

export type Reader = ReturnType<typeof createReader>

/**
 * Where a thread is, for others to see while it is busy: the number of the call, and that of the file in
 * it that was begun last. 0 and 0 before the first.
 */
export type Whereabouts = Int32Array<SharedArrayBuffer>

const newWhereabouts = (): Whereabouts => new Int32Array(new SharedArrayBuffer(8))

/** Says at which file of which call a thread is. */
export function moveTo(whereabouts: Whereabouts, call: number, file: number): void {
  Atomics.store(whereabouts, 1, file)
  Atomics.store(whereabouts, 0, call)
}

/** Looked at so often; and so many looks without another file begun mean that it is stuck. */
const looks = 20

/**
 * @param start starts a thread whose method `read` takes the number of the call before the files
 * @param patienceMs so long may one file take
 */
export function createReader(start: (whereabouts: Whereabouts) => Thread, patienceMs: number) {
  let whereabouts = newWhereabouts()
  let thread = start(whereabouts)
  let calls = 0
  let underWay = 0
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  /** Where a thread was when it ended, and why. */
  const ends = new WeakMap<Thread, { call: number; file: number; rejection: Rejection }>()

  /** Counts looks and not time: a machine that slept has not waited. */
  function watch(): void {
    let before = ''
    let same = 0
    timer ??= setInterval(() => {
      const now = whereabouts.join(' ')
      same = now === before ? same + 1 : 0
      before = now
      if (same >= looks) giveUp(tooSlow(patienceMs))
    }, patienceMs / looks).unref()
  }

  function unwatch(): void {
    clearInterval(timer)
    timer = undefined
  }

  /** Notes where the thread was, and starts another one in its place. */
  function giveUp(rejection: Rejection): void {
    const [call = 0, file = 0] = whereabouts
    ends.set(thread, { call, file, rejection })
    void thread.close()
    renew()
  }

  function renew(): Thread {
    whereabouts = newWhereabouts()
    thread = start(whereabouts)
    return thread
  }

  const living = () => (thread.hasEnded && !isClosed ? renew() : thread)

  async function readOn(files: readonly FoundFile[]): Promise<readonly FileResult[]> {
    if (files.length === 0) return []
    calls += 1
    const call = calls
    const reading = living()
    try {
      return (await reading.ask('read', call, files)) as readonly FileResult[]
    } catch (error) {
      if (isClosed || !reading.hasEnded) throw error
      if (reading === thread) giveUp(fatal(error as Error))
      const end = ends.get(reading)
      if (!end || end.call === 0) throw error
      return end.call === call ? readAround(files, end) : readOn(files)
    }
  }

  /** What a file did among others it has to do alone, before it is blamed. */
  async function readAround(
    files: readonly FoundFile[],
    { file: last, rejection }: { file: number; rejection: Rejection },
  ): Promise<readonly FileResult[]> {
    const [only, ...others] = files
    if (only && others.length === 0) return [rejected(only, rejection)]
    return [
      ...(await readOn(files.slice(0, last))),
      ...(await readOn(files.slice(last, last + 1))),
      ...(await readOn(files.slice(last + 1))),
    ]
  }

  return {
    /** The thread that reads at the moment: another one when the last has ended. */
    get thread() {
      return living()
    },
    /** @throws when the thread ends and no file is to blame */
    async read(files: readonly FoundFile[]) {
      underWay += 1
      watch()
      try {
        return await readOn(files)
      } finally {
        underWay -= 1
        if (underWay === 0) unwatch()
      }
    },
    async close() {
      isClosed = true
      unwatch()
      await thread.close()
    },
  }
}

function rejected(
  { path, signature, modified, size }: FoundFile,
  rejection: Rejection,
): FileResult {
  return { path, signature, modified, size, kind: 'rejected', rejections: [rejection] }
}

const remedy =
  'Make it simpler or smaller, or move it out of the articles folder; it is read again when it changes.'

const fatal = ({ message }: Error): Rejection => ({
  reason: `reading the file ended the thread that reads: ${message}`,
  remedy,
})

const tooSlow = (ms: number): Rejection => ({
  reason: `reading the file took more than ${ms / 1000} seconds`,
  remedy,
})
