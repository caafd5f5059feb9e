/** Whether the threads of Node's pool, which read files and pack answers, are all held by something. */
import { randomFill } from 'node:crypto'
import { promisify } from 'node:util'
import { createPulse } from './pulse.ts'

const everyMs = 5000
/** What takes longer hangs: a random byte takes less than a millisecond. */
const longestSilenceMs = 10_000

export function watchThreadPool() {
  // Needs a thread of the same pool as files do, and no file.
  const pulse = createPulse(() => promisify(randomFill)(Buffer.alloc(1)), everyMs)
  return {
    /** Why nothing can be answered but what is in memory, in one line: whoever asks for anything else would wait for ever. */
    problem: (): string | undefined =>
      pulse.silentMs() > longestSilenceMs
        ? 'No thread is free to read and pack answers: something holds all of them. Look at the disks and mounts, and restart.'
        : undefined,
    stop: (): void => pulse.stop(),
  }
}
