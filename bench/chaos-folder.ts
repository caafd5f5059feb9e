/** The folder that the chaos happens to: parts of it are closed for a while, or something else lies there. */
import { chmodSync, utimesSync } from 'node:fs'
import { History } from '../test/support/history.ts'
import type { Story } from '../test/support/stories.ts'

export class ChaosFolder extends History {
  /** Paths where something lies that is no article (yet). */
  readonly taken = new Set<string>()
  /** Folders without rights, with a slash at the end; '' is the articles folder itself. */
  readonly closed = new Set<string>()
  override isBlocked = (path: string) => this.isClosed(path) || this.taken.has(path)

  isClosed(path: string): boolean {
    return [...this.closed].some((folder) => path.startsWith(folder))
  }

  /** Whether nothing in a folder waits to be seen. */
  isQuiet(folder: string): boolean {
    // The articles folder hides everything alike: it is enough that nothing was changed in this round.
    if (folder === '') return this.closed.size === 0 && this.unsettled().length === 0
    const isMoving = this.inside(folder).some(({ freeAt }) => freeAt > Date.now())
    const others = [...this.taken, ...this.left]
    return !isMoving && !others.some((path) => path.startsWith(folder)) && !this.isClosed(folder)
  }

  /** A folder of which that is so. */
  quietFolder(): string | undefined {
    const all = this.live().map(({ path = '' }) => path.slice(0, path.indexOf('/') + 1))
    const quiet = [...new Set(all)].filter((folder) => folder !== '' && this.isQuiet(folder))
    return quiet.length > 0 ? this.random.pick(quiet) : undefined
  }

  inside(folder: string): Story[] {
    return this.live().filter(({ path = '' }) => path.startsWith(folder))
  }

  close(folder: string, mode: number): void {
    chmodSync(this.file(folder), mode)
    this.closed.add(folder)
  }

  /** Gives the rights back to the folder that lost them last; which one that was. */
  openLast(): string | undefined {
    const folder = [...this.closed].at(-1)
    if (folder === undefined) return undefined
    this.closed.delete(folder)
    chmodSync(this.file(folder), 0o755)
    return folder
  }

  touch(path: string): true {
    const now = Date.now() / 1000
    utimesSync(this.file(path), now, now)
    return this.did('touch', path)
  }
}
