import type { FileResult } from '../intake/file-result.ts'
import type { Rejection } from '../intake/rejection.ts'
import { type ArticleRow, rowAt } from './article-row.ts'
import type { ArticleResult } from './article-writer.ts'
import type { Editions } from './editions.ts'
import type { Findings } from './findings.ts'
import type { Leaving } from './leaving.ts'
import type { LinkIndex } from './link-index.ts'
import type { NewText, Placement } from './placement.ts'
import type { Statements } from './statements.ts'

interface Parts {
  readonly statements: Statements
  readonly editions: Editions
  readonly links: LinkIndex
  readonly findings: Findings
  readonly leaving: Leaving
  readonly placement: Placement
}

/** Takes in, for one refresh, what has become of files, and of the articles that they held. */
export class FileChanges {
  /** Paths of files that are data, of which nobody need be told. */
  readonly data: string[] = []
  readonly #statements: Statements
  readonly #editions: Editions
  readonly #links: LinkIndex
  readonly #findings: Findings
  readonly #leaving: Leaving
  readonly #placement: Placement
  readonly #isFirst: boolean

  /** @param isFirst whether the catalogue knows no file yet */
  constructor(
    { statements, editions, links, findings, leaving, placement }: Parts,
    isFirst: boolean,
  ) {
    this.#statements = statements
    this.#editions = editions
    this.#links = links
    this.#findings = findings
    this.#leaving = leaving
    this.#placement = placement
    this.#isFirst = isFirst
  }

  /** Files that withdraw stories go on to do so where they lie now, also while they cannot be read there. @param moved by new paths */
  move(moved: ReadonlyMap<string, string>): void {
    for (const [path, former] of moved) {
      const held = this.#editions.at(former)
      if (held?.isWithdrawn) this.#editions.put(path, held)
    }
  }

  /** Of a file that is gone. */
  vanish(path: string): void {
    const before = rowAt(this.#statements, this.#statements.fileByPath.get(path)?.article)
    this.#statements.deleteFile.run(path)
    this.#findings.forget(path)
    this.#editions.forget(path)
    if (before) this.#leaving.add(before)
  }

  /** @returns a text of which it has to be found out which article it is */
  keep(result: FileResult): NewText | undefined {
    const { path, signature } = result
    const file = this.#isFirst ? undefined : this.#statements.fileByPath.get(path)
    if (result.kind === 'unsettled') {
      if (typeof file?.article !== 'number') this.#keepUnderWay(path)
      return undefined
    }
    this.#links.read(path)
    if (result.kind === 'rejected') {
      this.#reject(result, file?.article)
      return undefined
    }
    if (isData(result) && (typeof file?.article === 'number' || this.#editions.at(path))) {
      this.#reject({ ...result, rejections: [emptied(result.note.text)] }, file?.article)
      return undefined
    }
    this.#noteEdition(result)
    const before = rowAt(this.#statements, file?.article)
    if (result.kind === 'article' && before?.hash === result.hash && isSameGuid(before, result)) {
      this.#placement.stay(before, result)
      return undefined
    }
    if (before) this.#leaving.add(before)
    if (result.kind === 'article') {
      return { result, before, isSameFile: file?.signature === signature }
    }
    if (isData(result)) this.data.push(path)
    this.#findings.accept(result)
    this.#statements.putFile.run(path, signature, null)
    return undefined
  }

  /** @param held the number of the article that the file held; its last good version stays */
  #reject(result: Parameters<Findings['reject']>[0], held: unknown): void {
    const { path } = result
    const kept = held ?? this.#leaving.keepMoved(path)?.number ?? null
    // Of a version that is not shown nothing is kept that could be; one that withdraws its story goes on to do so.
    if (kept === null && !this.#editions.at(path)?.isWithdrawn) this.#editions.forget(path)
    this.#findings.reject(result, kept === null ? null : Number(kept))
  }

  #noteEdition(result: Exclude<FileResult, { readonly kind: 'unsettled' | 'rejected' }>): void {
    const { path } = result
    if (result.kind === 'article' && result.content.edition) {
      this.#editions.put(path, result.content.edition, Date.parse(result.content.published))
    } else if (result.kind === 'draft' && result.withdrawn) {
      this.#editions.put(path, result.withdrawn)
    } else this.#editions.forget(path)
  }

  /** A file that was moved here, and went on or was changed before it was read: until it is, nothing is gone. */
  #keepUnderWay(path: string): void {
    const row = this.#leaving.keepMoved(path)
    if (row) this.#statements.putFile.run(path, '', row.number)
  }
}

/** Whether it is data, of which there are many files that nobody need be told of. */
const isData = (
  result: FileResult,
): result is FileResult & { readonly kind: 'passed-over'; readonly isUsual: true } =>
  result.kind === 'passed-over' && result.isUsual === true

/** Of a file that held an article and was perhaps written by half, or wrongly. */
const emptied = (text: string): Rejection => ({
  reason: `the file held a story, and now ${text.replace(/^it is /, 'is ')}`,
  remedy: 'Send it anew, or delete it if the story is to be removed.',
})

/** Two files may exchange theirs, so that another one is free only when both have been looked at. */
const isSameGuid = ({ content }: ArticleRow, result: ArticleResult) =>
  content.guid === result.content.guid
