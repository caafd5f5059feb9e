/** What refreshes have changed since a moment, for programs that ask now and then. */
import type { RefreshReport, RejectedFile } from '../catalogue/catalogue.ts'
import type { Refreshed } from './history.ts'

/** So many rejected files are remembered, those that were rejected last. */
const mostRejected = 1000

/** A moment: how much was changed until then, and by how many refreshes. */
type Moment = Pick<RefreshReport, 'added' | 'edited' | 'removed'> & { readonly refreshes: number }

export class Changes {
  #now: Moment = { added: 0, edited: 0, removed: 0, refreshes: 0 }
  /** By path, those rejected last at the end; each with the number of the refresh. */
  readonly #rejected = new Map<string, { readonly file: RejectedFile; readonly refresh: number }>()

  get now(): Moment {
    return this.#now
  }

  add({ added, edited, removed, rejected }: RefreshReport): void {
    const before = this.#now
    this.#now = {
      added: before.added + added,
      edited: before.edited + edited,
      removed: before.removed + removed,
      refreshes: before.refreshes + 1,
    }
    for (const file of rejected) {
      this.#rejected.delete(file.path)
      this.#rejected.set(file.path, { file, refresh: this.#now.refreshes })
    }
    for (const path of this.#rejected.keys()) {
      if (this.#rejected.size <= mostRejected) break
      this.#rejected.delete(path)
    }
  }

  /** What was changed after a moment. Of rejected files the last reasons; some may have been mended meanwhile. */
  since({ added, edited, removed, refreshes }: Moment): Refreshed {
    const rejected = [...this.#rejected.values()].filter(({ refresh }) => refresh > refreshes)
    return {
      added: this.#now.added - added,
      edited: this.#now.edited - edited,
      removed: this.#now.removed - removed,
      rejected: rejected.map(({ file }) => file),
    }
  }
}
