import type { DatabaseSync } from 'node:sqlite'
import type { FileResult } from '../intake/file-result.ts'
import type { Rejection } from '../intake/rejection.ts'
import { type ArticleRow, rowOf } from './article-row.ts'
import { type ArticleResult, ArticleWriter } from './article-writer.ts'
import type { Refresh, RefreshReport } from './catalogue.ts'
import type { ChannelIndex } from './channel-index.ts'
import type { Editions } from './editions.ts'
import { Findings } from './findings.ts'
import type { Guids } from './guids.ts'
import { isOut } from './is-out.ts'
import { Leaving } from './leaving.ts'
import { LinkIndex } from './link-index.ts'
import { chooseNamespaces, readNamespaces } from './namespaces.ts'
import { type NewText, Placement } from './placement.ts'
import type { Statements } from './statements.ts'
import type { Writing } from './store.ts'
import { Stories } from './stories.ts'

/** One refresh in one transaction of the writing connection: what it takes in, and what follows from that at its end. */
export class SqliteRefresh implements Refresh {
  readonly #database: DatabaseSync
  readonly #statements: Statements
  readonly #channels: ChannelIndex
  readonly #guids: Guids
  readonly #editions: Editions
  readonly #links: LinkIndex
  readonly #now: number
  readonly #since: number
  readonly #fingerprint: string | undefined
  readonly #isFirst: boolean
  readonly #writer: ArticleWriter
  readonly #leaving: Leaving
  readonly #findings: Findings
  readonly #data: string[] = []
  readonly #stories: Stories
  readonly #placement: Placement

  /**
   * @param times of this refresh and of the last one, in ms since 1970
   * @param settings what ids are made in now, and the fingerprint of what files are read with
   */
  constructor(
    { database, statements, channels, addresses, guids, editions, undated }: Writing,
    { now, since }: { readonly now: number; readonly since: number },
    settings: { readonly namespace: string; readonly fingerprint: string | undefined },
  ) {
    this.#database = database
    this.#statements = statements
    this.#channels = channels
    this.#guids = guids
    this.#editions = editions
    this.#now = now
    this.#since = since
    this.#fingerprint = settings.fingerprint
    const made = readNamespaces(statements.setting.get('namespaces')?.value)
    const wasRead = statements.setting.get('fingerprint') !== undefined
    const namespaces = chooseNamespaces(made, settings.namespace, wasRead)
    // Drafts and rejections are known by their files alone.
    this.#isFirst = !statements.anyArticle.get() && !statements.anyFile.get()
    const times = { now, isFirst: this.#isFirst }
    this.#findings = new Findings(statements, guids, times)
    this.#links = new LinkIndex(statements, { since, now })
    const parts = { statements, channels, addresses, links: this.#links }
    this.#writer = new ArticleWriter(parts, times)
    this.#leaving = new Leaving(this.#writer)
    const found = { findings: this.#findings, writer: this.#writer, leaving: this.#leaving }
    this.#stories = new Stories({ statements, editions, ...found })
    const known = { statements, channels, guids, editions, undated, namespaces }
    this.#placement = new Placement({ ...known, ...found, stories: this.#stories }, times)
  }

  async vanish(paths: readonly string[], moved: ReadonlyMap<string, string>): Promise<void> {
    for (const path of paths) {
      const before = this.#articleAt(this.#statements.fileByPath.get(path)?.article)
      this.#statements.deleteFile.run(path)
      this.#findings.forget(path)
      this.#editions.forget(path)
      if (before) this.#leaving.add(before)
    }
    this.#leaving.moved = moved
  }

  async miss(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#placement.miss(path)
  }

  async keep(results: readonly FileResult[]): Promise<void> {
    const texts = results.map((result) => this.#keepFile(result))
    // By now articles are free whose files hold others: these may have changed places.
    for (const text of texts) if (text) this.#placement.place(text)
  }

  async commit(isWhole: boolean): Promise<RefreshReport> {
    this.#placement.end()
    const risen = this.#stories.settle()
    for (const row of this.#leaving.rows()) {
      this.#channels.remove(row, this.#isFirst)
      this.#guids.release(row)
      this.#writer.forgetNames(row)
      this.#links.note(row, undefined)
      if (isOut(row, this.#since)) this.#channels.touch(row)
    }
    this.#writer.settleSlugs()
    for (const { path, text } of this.#writer.notes()) this.#findings.add(path, text)
    for (const row of this.#due()) {
      this.#links.noteDue(row)
      this.#channels.touch(row)
      this.#writer.changed.add(row.number)
    }
    const outdated = [...risen, ...this.#renewLinking()]
    // Before everything is read, it is not known that there is nothing.
    if (isWhole) this.#channels.beginSite(this.#now)
    const channels = this.#channels.finish(this.#now, this.#isFirst)
    const released = this.#guids.takeWaiting()
    this.#statements.putSetting.run('refreshed', String(this.#now))
    if (isWhole && this.#fingerprint !== undefined) {
      this.#statements.putSetting.run('fingerprint', this.#fingerprint)
    }
    this.#database.exec('COMMIT')
    // With a write-ahead log readers see the last commit while a refresh writes. The first refresh
    // has no readers, and without the log it writes everything once instead of twice.
    if (this.#isFirst) this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA cache_size = -2000')
    return {
      added: this.#placement.added,
      edited: this.#placement.edited,
      removed: this.#leaving.size,
      rejected: this.#findings.rejected,
      noted: this.#findings.noted,
      taken: this.#placement.taken,
      released,
      outdated,
      data: this.#data,
      channels,
      articles: [...this.#writer.changed],
    }
  }

  async rollback(): Promise<void> {
    this.#guids.forget()
    this.#editions.reset()
    // A damaged catalogue was perhaps closed meanwhile, and another one is in its place.
    if (!this.#database.isOpen) return
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    this.#channels.reload()
  }

  /** @returns files that link to what came or went, and mean something else now */
  #renewLinking(): string[] {
    const outdated: string[] = []
    for (const { row, isOutdated } of this.#links.linking()) {
      this.#writer.renew(row)
      if (!isOutdated || row.path === null) continue
      // Without a signature it is read again after a restart as well.
      this.#statements.putFile.run(row.path, '', row.number)
      outdated.push(row.path)
    }
    return outdated
  }

  /** Articles that came out or expired since the last refresh; before the first there is no last. */
  #due(): ArticleRow[] {
    if (this.#since === 0) return []
    const found = this.#statements.articlesDue.all({ since: this.#since, now: this.#now })
    return found.map(rowOf).filter((row) => row !== undefined)
  }

  /** @param number null where a file holds no article, undefined where it is not known */
  #articleAt(number: unknown): ArticleRow | undefined {
    if (typeof number !== 'number') return undefined
    return rowOf(this.#statements.articleByNumber.get(number))
  }

  /** @returns a text of which it has to be found out which article it is */
  #keepFile(result: FileResult): NewText | undefined {
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
    const before = this.#articleAt(file?.article)
    if (result.kind === 'article' && before?.hash === result.hash && isSameGuid(before, result)) {
      this.#placement.stay(before, result)
      return undefined
    }
    if (before) this.#leaving.add(before)
    if (result.kind === 'article') {
      return { result, before, isSameFile: file?.signature === signature }
    }
    if (isData(result)) this.#data.push(path)
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
