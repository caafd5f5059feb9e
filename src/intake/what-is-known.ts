/** What a reader of the articles folder knows of its files: what earlier passes have read. */
import type { FoundFile } from './folder.ts'
import { type Learnt, nothing } from './learnt.ts'
import { OtherFiles } from './other-files.ts'

/**
 * A known file: its path, the signature it had when it was last read, what reading it has needed (`withNeeds`), and
 * whether it is data and no article.
 */
export type KnownFile = readonly [path: string, signature: string, needs: string, isData?: boolean]

export class WhatIsKnown {
  /** The signatures that files had when they were last read, by path. */
  readonly signatures = new Map<string, string>()
  /** Those of them that have not been read as they are to be read now. */
  readonly unread = new Set<string>()
  /** Those of them that are data. */
  readonly data = new Set<string>()
  readonly others = new OtherFiles()

  /** Takes in what earlier runs have read. */
  add(files: readonly KnownFile[]): void {
    for (const [path, signature, needs, isData] of files) {
      this.#note(path, signature)
      this.others.put(path, needs)
      if (isData) this.data.add(path)
    }
  }

  clear(): void {
    this.signatures.clear()
    this.unread.clear()
    this.others.clear()
    this.data.clear()
  }

  /**
   * Takes in what the catalogue has kept of a pass.
   * @param unread of the files that are known those that have to be read again, wherever they are
   * @param learnt of the files that were read
   */
  keep(
    { vanished, changed }: { vanished: readonly string[]; changed: readonly FoundFile[] },
    unread: readonly string[],
    { needs, data }: Learnt = nothing,
  ): void {
    for (const { path, signature } of changed) {
      this.#note(path, signature)
      this.others.put(path, '')
      this.data.delete(path)
    }
    for (const [path, lines] of needs) this.others.put(path, lines)
    for (const path of data) this.data.add(path)
    // They keep the signature, by which they are known where they are moved before that.
    for (const path of unread) this.#note(path, this.signatures.get(path) ?? '', true)
    for (const path of vanished) {
      this.signatures.delete(path)
      this.unread.delete(path)
      this.others.put(path, '')
      this.data.delete(path)
    }
  }

  /** Whether all files are as they are to be read, once these have been read and others are gone. */
  isWholeAfter(read: readonly FoundFile[], gone: ReadonlySet<string>): boolean {
    if (this.unread.size === 0) return true
    const done = new Set(read.map(({ path }) => path))
    return [...this.unread].every((path) => done.has(path) || gone.has(path))
  }

  #note(path: string, signature: string, isUnread = signature === ''): void {
    this.signatures.set(path, signature)
    if (isUnread) this.unread.add(path)
    else this.unread.delete(path)
  }
}
