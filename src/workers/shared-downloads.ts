/** A limit of downloads that holds for all workers together: each tells the others of those that it has answered. */
import { createGuard, type SharedGuard } from '../server/rate-limit.ts'
import type { Downloads } from './messages.ts'

/** So soon the others know: until then who asks several at once may get some more. */
const togetherMs = 100

export interface DownloadsOfAll extends SharedGuard {
  /** Counts those of others. */
  take(downloads: Downloads): void
}

/**
 * @param perHour 0 for no limit
 * @param tell tells the others
 */
export function shareDownloads(
  perHour: number,
  tell: (downloads: Downloads) => Promise<unknown>,
): DownloadsOfAll | undefined {
  if (perHour === 0) return undefined
  let untold = new Map<string, number>()

  function tellOthers(): void {
    const downloads = [...untold]
    untold = new Map()
    void tell(downloads).catch(() => {})
  }

  const guard = createGuard(perHour, (name) => {
    if (untold.size === 0) setTimeout(tellOthers, togetherMs).unref()
    untold.set(name, (untold.get(name) ?? 0) + 1)
  })
  return Object.assign(guard, {
    take(downloads: Downloads): void {
      for (const [name, count] of downloads) guard.add(name, count)
    },
  })
}
