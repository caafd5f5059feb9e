/** Files that somebody may still be writing, and when they are looked at again. */
import type { Survey } from './intake/folder-reader.ts'
import type { Logger } from './log.ts'

export interface Waiting {
  /** What a survey left for later. */
  add(found: Pick<Survey, 'waiting' | 'againInMs' | 'overdue'>): void
  /** Whether there are such files. */
  isDue(): boolean
  stop(): void
}

/** @param look is given paths whose time has come */
export function createWaiting(look: (paths: readonly string[]) => void, log: Logger): Waiting {
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let until = Number.POSITIVE_INFINITY
  let isStopped = false

  return {
    add({ waiting: paths, againInMs, overdue }) {
      for (const path of overdue) {
        log.warn(
          `${path} is waited for, since some program goes on writing it or keeps it open for writing; ` +
            'it is read as soon as that program has closed it',
        )
      }
      for (const path of paths) waiting.add(path)
      const again = performance.now() + againInMs
      if (paths.length === 0 || again >= until || isStopped) return
      until = again
      clearTimeout(timer)
      timer = setTimeout(() => {
        until = Number.POSITIVE_INFINITY
        const due = [...waiting]
        waiting.clear()
        look(due)
      }, againInMs)
    },
    isDue: () => until < Number.POSITIVE_INFINITY,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
