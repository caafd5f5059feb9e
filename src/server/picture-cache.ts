/** Pictures that were made, as files: so many bytes of them, those that were asked for last. */
import { readdir, rm, rmdir, stat, utimes } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { LRUCache } from 'lru-cache'

/** What a file takes on a disk beside its bytes, with its folder: bounds their number, and so the memory for it. */
const overhead = 10_000
/** Which are used last is written down once a day. Milliseconds. */
const aDay = 24 * 60 * 60 * 1000

/** When it was used last; ms since 1970. */
interface Kept {
  readonly bytes: number
  used: number
}

/** Names are paths below its folder, with slashes. Whoever removes files of it does no harm. */
export class PictureCache {
  readonly #folder: string
  readonly #kept: LRUCache<string, Kept>

  private constructor(folder: string, maxSize: number) {
    this.#folder = folder
    this.#kept = new LRUCache({
      maxSize,
      sizeCalculation: ({ bytes }, name) => bytes + name.length + overhead,
      dispose: (_, name, reason) => {
        if (reason !== 'set') void this.#remove(name)
      },
    })
  }

  /**
   * Finds what an earlier process has left.
   * @param folder need not be there
   * @param isPicture whether a name is that of a picture
   * @param isOurs whether it is of a file that we have made: one that is no picture is removed. Others stay, since
   *   the folder of data may be one where somebody keeps pictures
   * @param maxSize bytes
   */
  static async open(
    folder: string,
    { isPicture, isOurs }: Readonly<Record<'isPicture' | 'isOurs', (name: string) => boolean>>,
    maxSize: number,
  ): Promise<PictureCache> {
    const cache = new PictureCache(folder, maxSize)
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
    const found: [string, Kept][] = []
    for (const entry of entries) {
      if (entry.isDirectory()) continue
      const path = join(entry.parentPath, entry.name)
      const name = relative(folder, path).split(sep).join('/')
      const file = await stat(path).catch(() => undefined)
      if (!isPicture(name)) {
        if (isOurs(name)) await cache.#remove(name)
      } else if (file) found.push([name, { bytes: file.size, used: file.mtimeMs }])
    }
    found.sort(([, a], [, b]) => a.used - b.used)
    for (const [name, kept] of found) cache.#kept.set(name, kept)
    return cache
  }

  /** Whether it is there; from now on it is the one that was used last. */
  has(name: string): boolean {
    const kept = this.#kept.get(name)
    const now = Date.now()
    if (kept && now - kept.used > aDay) {
      kept.used = now
      void utimes(join(this.#folder, name), now / 1000, now / 1000).catch(() => {})
    }
    return kept !== undefined
  }

  /** Takes in a file that was put there; those that were not used for longest make room. */
  add(name: string, bytes: number): void {
    this.#kept.set(name, { bytes, used: Date.now() })
  }

  names(): readonly string[] {
    return [...this.#kept.keys()]
  }

  /** Removes it, and the file as well. */
  delete(name: string): void {
    this.#kept.delete(name)
  }

  async #remove(name: string): Promise<void> {
    const path = join(this.#folder, name)
    await rm(path, { force: true }).catch(() => {})
    for (let at = dirname(path); at !== this.#folder; at = dirname(at)) {
      // One that still holds something stays, and so do those that it is in.
      const isGone = await rmdir(at).then(
        () => true,
        () => false,
      )
      if (!isGone) return
    }
  }
}
