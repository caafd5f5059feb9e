import type { ArticleRow } from './article-row.ts'
import type { ArticleWriter } from './article-writer.ts'

/** Articles whose file is gone or holds another text: removed at the end of a refresh, unless a file claims them. */
export class Leaving {
  /** Where files that have vanished lie now, and where they lay. */
  moved: ReadonlyMap<string, string> = new Map()
  readonly #writer: ArticleWriter
  readonly #byId = new Map<string, ArticleRow>()
  /** By the paths at which they were. */
  readonly #ids = new Map<string, string>()

  constructor(writer: ArticleWriter) {
    this.#writer = writer
  }

  add(row: ArticleRow): void {
    this.#writer.leave(row)
    this.#byId.set(row.id, row)
    if (row.path !== null) this.#ids.set(row.path, row.id)
  }

  get size(): number {
    return this.#byId.size
  }

  /** As they were before. */
  rows(): Iterable<ArticleRow> {
    return this.#byId.values()
  }

  get(id: string): ArticleRow | undefined {
    return this.#byId.get(id)
  }

  /** @returns the article as it was before, which leaves no more; undefined where it did not */
  claim(id: string): ArticleRow | undefined {
    const row = this.#byId.get(id)
    this.#byId.delete(id)
    return row
  }

  /** The same where what the file holds now is rejected: the article is at this path, as it was. */
  keepAt(path: string, id: string): ArticleRow | undefined {
    const row = this.claim(id)
    if (row) this.#writer.comeBack(row, path)
    return row
  }

  /** The same of a file that was moved here, and cannot be told by its text. */
  keepMoved(path: string): ArticleRow | undefined {
    const id = this.#ids.get(this.moved.get(path) ?? '')
    return id === undefined ? undefined : this.keepAt(path, id)
  }
}
