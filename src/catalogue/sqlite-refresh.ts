import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { FileResult, FileState } from '../intake/file-result.ts'
import { type ArticleRow, rowOf } from './article-row.ts'
import { type ArticleResult, ArticleWriter } from './article-writer.ts'
import type { Refresh, RefreshReport } from './catalogue.ts'
import type { ChannelIndex } from './channel-index.ts'
import { Findings } from './findings.ts'
import { type Guids, guidOfId, sharedGuid } from './guids.ts'
import { idOf } from './identity.ts'
import { isOut } from './is-out.ts'
import { Leaving } from './leaving.ts'
import { LinkIndex } from './link-index.ts'
import { type ArticleNamespaces, chooseNamespaces, readNamespaces } from './namespaces.ts'
import type { Statements } from './statements.ts'
import type { Writing } from './store.ts'
import type { Undated } from './undated.ts'

type Rejected = FileResult & { readonly kind: 'rejected' }

/** A text that its file did not hold before. */
interface NewText {
  readonly result: ArticleResult
  /** The article that the file held. */
  readonly before: ArticleRow | undefined
  /** Whether the file itself is the same, and only read otherwise. */
  readonly isSameFile: boolean
}

/** One refresh in one transaction of the writing connection: finds out which article each text is. */
export class SqliteRefresh implements Refresh {
  readonly #database: DatabaseSync
  readonly #statements: Statements
  readonly #channels: ChannelIndex
  readonly #guids: Guids
  readonly #undated: Undated
  readonly #links: LinkIndex
  readonly #now: number
  readonly #since: number
  readonly #fingerprint: string | undefined
  readonly #namespaces: ArticleNamespaces
  readonly #isFirst: boolean
  readonly #writer: ArticleWriter
  readonly #leaving: Leaving
  /** Numbers of articles whose file is missing, by the hash of their text. */
  readonly #missed = new Map<string, number>()
  readonly #taken: string[] = []
  readonly #findings: Findings
  #added = 0
  #edited = 0

  /**
   * @param times of this refresh and of the last one, in ms since 1970
   * @param settings what ids are made in now, and the fingerprint of what files are read with
   */
  constructor(
    { database, statements, channels, addresses, guids, undated }: Writing,
    { now, since }: { readonly now: number; readonly since: number },
    settings: { readonly namespace: string; readonly fingerprint: string | undefined },
  ) {
    this.#database = database
    this.#statements = statements
    this.#channels = channels
    this.#guids = guids
    this.#undated = undated
    undated.begin(now)
    this.#now = now
    this.#since = since
    this.#fingerprint = settings.fingerprint
    const known = readNamespaces(statements.setting.get('namespaces')?.value)
    const wasRead = statements.setting.get('fingerprint') !== undefined
    this.#namespaces = chooseNamespaces(known, settings.namespace, wasRead)
    // Drafts and rejections are known by their files alone.
    this.#isFirst = !statements.anyArticle.get() && !statements.anyFile.get()
    this.#findings = new Findings(statements, now)
    this.#links = new LinkIndex(statements, { since, now })
    const parts = { statements, channels, addresses, links: this.#links }
    this.#writer = new ArticleWriter(parts, { now, isFirst: this.#isFirst })
    this.#leaving = new Leaving(this.#writer)
  }

  async vanish(paths: readonly string[], moved: ReadonlyMap<string, string>): Promise<void> {
    for (const path of paths) {
      const before = this.#articleAt(this.#statements.fileByPath.get(path)?.article)
      this.#statements.deleteFile.run(path)
      this.#forget(path)
      if (before) this.#leaving.add(before)
    }
    this.#leaving.moved = moved
  }

  async miss(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const row = this.#statements.textByPath.get(path)
      if (row) this.#missed.set(String(row.hash), Number(row.number))
    }
  }

  async keep(results: readonly FileResult[]): Promise<void> {
    const texts = results.map((result) => this.#keepFile(result))
    // By now articles are free whose files hold others: these may have changed places.
    for (const text of texts) if (text) this.#place(text)
  }

  async commit(isWhole: boolean): Promise<RefreshReport> {
    this.#settleUndated()
    for (const row of this.#leaving.rows()) {
      this.#channels.remove(row)
      this.#guids.release(row)
      this.#links.note(row, undefined)
      if (isOut(row, this.#since)) this.#channels.touch(row)
    }
    this.#writer.settleSlugs()
    for (const row of this.#due()) {
      this.#links.noteDue(row)
      this.#channels.touch(row)
      this.#writer.changed.add(row.number)
    }
    const outdated = this.#renewLinking()
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
      added: this.#added,
      edited: this.#edited,
      removed: this.#leaving.size,
      rejected: this.#findings.rejected,
      noted: this.#findings.noted,
      taken: this.#taken,
      released,
      outdated,
      channels,
      articles: [...this.#writer.changed],
    }
  }

  async rollback(): Promise<void> {
    this.#guids.forget()
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
    if (result.kind === 'unsettled') return undefined
    const { path, signature } = result
    this.#links.read(path)
    const file = this.#isFirst ? undefined : this.#statements.fileByPath.get(path)
    if (result.kind === 'rejected') {
      this.#reject(result, file?.article ?? this.#leaving.keepMoved(path)?.number ?? null)
      return undefined
    }
    const before = this.#articleAt(file?.article)
    if (result.kind === 'article' && before?.hash === result.hash) {
      if (this.#refuseGuid(result, before)) return undefined
      this.#acquit(result)
      if (this.#writer.rewrite(before, result)) this.#edited += 1
      this.#guids.note(before.number, result.content, before)
      return undefined
    }
    if (before) this.#leaving.add(before)
    if (result.kind === 'article') {
      return { result, before, isSameFile: file?.signature === signature }
    }
    this.#acquit(result)
    this.#statements.putFile.run(path, signature, null)
    return undefined
  }

  #forget(path: string): void {
    this.#findings.forget(path)
    this.#guids.endWaiting(path)
  }

  /** Whatever was wrong with this file is no more; what should be known of it is what is told now. */
  #acquit(result: Exclude<FileResult, Rejected | { readonly kind: 'unsettled' }>): void {
    if (!this.#isFirst) {
      this.#findings.acquit(result.path)
      this.#guids.endWaiting(result.path)
    }
    this.#findings.note(result.path, result.kind === 'passed-over' ? [result.note] : result.notes)
  }

  /**
   * Rejects a file whose guid is another article's.
   * @param own the article that its text is; undefined of a new one
   * @returns whether it did
   */
  #refuseGuid(result: ArticleResult, own: ArticleRow | undefined): boolean {
    const { guid } = result.content
    const holder = guid === undefined ? undefined : this.#guids.holder(guid)
    if (guid === undefined || !holder || holder.number === own?.number) return false
    const { path } = result
    // Until the other is gone, the last good version of this one stays.
    const kept = own && this.#leaving.keepAt(path, own.id)
    const last = kept ?? (own?.path === path ? own : undefined)
    this.#reject({ ...result, rejections: [sharedGuid(guid, holder.path)] }, last?.number ?? null)
    this.#guids.wait(path, guid)
    return true
  }

  /** @param article the last good version of the file, which stays */
  #reject(
    result: Pick<FileState, 'path' | 'signature'> & Pick<Rejected, 'rejections'>,
    article: SQLOutputValue,
  ): void {
    this.#statements.putFile.run(result.path, result.signature, article)
    this.#findings.reject(result.path, result.rejections, article !== null)
  }

  /** An article that moved here, the one that was here, or one that was here once, or a new one. */
  #place({ result, before, isSameFile }: NewText): void {
    if (this.#isFirst && !this.#guids.haveIds) {
      this.#placeNew(idOf(result.path, 0, this.#namespaces.current), result)
      return
    }
    const removed = this.#statements.removedByHash.get(result.hash)
    const moved = rowOf(removed) ?? this.#takeMissed(result.hash)
    const row = moved ?? (before && this.#leaving.get(before.id))
    if (row) this.#return(row, result, isSameFile)
    else this.#placeByPath(result)
  }

  #takeMissed(hash: string): ArticleRow | undefined {
    const row = this.#articleAt(this.#missed.get(hash))
    if (!row?.path || row.hash !== hash) return undefined
    this.#missed.delete(hash)
    this.#statements.deleteFile.run(row.path)
    this.#forget(row.path)
    this.#taken.push(row.path)
    this.#leaving.add(row)
    return row
  }

  /**
   * The article first seen at this path, if it was gone from everywhere else before this refresh: what
   * leaves now may be found at another path yet. Or a new one.
   */
  #placeByPath(result: ArticleResult): void {
    const { former, current } = this.#namespaces
    const places = former.map((one) => this.#freeAt(result.path, one))
    const known = places.find((place) => place.row)
    const { id, row } = known ?? this.#freeAt(result.path, current)
    if (row) this.#return(row, result, false)
    else this.#placeNew(id, result)
  }

  /** The first id of this path that no article has which is elsewhere, and the article that has it. */
  #freeAt(path: string, namespace: string): { id: string; row: ArticleRow | undefined } {
    for (let attempt = 0; ; attempt += 1) {
      const id = idOf(path, attempt, namespace)
      const row = rowOf(this.#statements.articleById.get(id))
      const isFree = !row || (row.path === null && !this.#leaving.get(id))
      if (isFree && !this.#guids.holder(guidOfId(id))) return { id, row }
    }
  }

  #placeNew(id: string, result: ArticleResult): void {
    if (result.content.isUndated) this.#undated.add({ id, result })
    else this.#add(id, result)
  }

  #settleUndated(): void {
    const { accepted, refused, rejection } = this.#undated.end(this.#now)
    for (const { id, result } of accepted) this.#add(id, result)
    for (const file of refused) this.#reject({ ...file, rejections: [rejection] }, null)
  }

  #add(id: string, result: ArticleResult): void {
    if (this.#refuseGuid(result, undefined)) return
    this.#acquit(result)
    const number = this.#writer.add(id, result)
    this.#guids.note(number, result.content)
    this.#added += 1
  }

  /** An article that left comes back, at this path or at another, with the same text or a new one. */
  #return(row: ArticleRow, result: ArticleResult, isSameFile: boolean): void {
    if (this.#refuseGuid(result, row)) return
    this.#acquit(result)
    const left = this.#leaving.claim(row.id)
    const isSameText = row.hash === result.hash || isSameFile
    this.#writer.write(left ?? row, result, isSameText)
    this.#guids.note(row.number, result.content, row)
    if (left) {
      if (!isSameText) this.#edited += 1
      return
    }
    this.#channels.touch(row)
    this.#added += 1
  }
}
