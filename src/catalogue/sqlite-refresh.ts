import type { DatabaseSync } from 'node:sqlite'
import type { ArticleContent } from '../article.ts'
import type { FileResult } from '../intake/file-result.ts'
import type { Rejection } from '../intake/rejection.ts'
import { isOut, type Row, rowOf, storedForm } from './article-row.ts'
import type { Refresh, RefreshReport, RejectedFile } from './catalogue.ts'
import type { ChannelIndex } from './channel-index.ts'
import { idOf } from './identity.ts'
import { type ArticleNamespaces, chooseNamespaces, readNamespaces } from './namespaces.ts'
import type { Statements } from './statements.ts'
import { contentSum, identitySum } from './sums.ts'
import { isFuture, nextTime } from './times.ts'

type ArticleResult = FileResult & { readonly kind: 'article' }

/** One refresh in one transaction of the writing connection. */
export class SqliteRefresh implements Refresh {
  readonly #database: DatabaseSync
  readonly #run: Statements
  readonly #channels: ChannelIndex
  readonly #now: number
  readonly #since: number
  readonly #fingerprint: string | undefined
  readonly #namespaces: ArticleNamespaces
  /** In an empty catalogue there is nothing to look up, for which 100,000 files thank us. */
  readonly #isFirst: boolean
  /** The number of the article state written last. */
  #version: number
  /** Articles whose file is gone or holds another text: removed at the end, unless a file claims them. */
  readonly #leaving = new Map<string, Row>()
  /** Numbers of articles whose file is missing, by the hash of their text. */
  readonly #missed = new Map<string, number>()
  /** Where files that have vanished lie now, and where they lay. */
  #moved: ReadonlyMap<string, string> = new Map()
  readonly #taken: string[] = []
  readonly #rejected: RejectedFile[] = []
  readonly #others = new Set<number>()
  #added = 0
  #edited = 0

  /**
   * @param times of this refresh and of the last one, in ms since 1970
   * @param settings what ids are made in now, and the fingerprint of what files are read with
   */
  constructor(
    database: DatabaseSync,
    statements: Statements,
    channels: ChannelIndex,
    { now, since }: { readonly now: number; readonly since: number },
    settings: { readonly namespace: string; readonly fingerprint: string | undefined },
  ) {
    this.#database = database
    this.#run = statements
    this.#channels = channels
    this.#now = now
    this.#since = since
    this.#fingerprint = settings.fingerprint
    const known = readNamespaces(statements.setting.get('namespaces')?.value)
    const wasRead = statements.setting.get('fingerprint') !== undefined
    this.#namespaces = chooseNamespaces(known, settings.namespace, wasRead)
    this.#isFirst = statements.anyArticle.get() === undefined
    this.#version = Number(statements.lastVersion.get()?.version ?? 0)
  }

  async vanish(paths: readonly string[], moved: ReadonlyMap<string, string>): Promise<void> {
    for (const path of paths) this.#forgetFile(path)
    this.#moved = moved
  }

  async miss(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const row = this.#run.textByPath.get(path)
      if (row) this.#missed.set(String(row.hash), Number(row.number))
    }
  }

  async keep(results: readonly FileResult[]): Promise<void> {
    const articles: { result: ArticleResult; before: Row | undefined; wasRead: boolean }[] = []
    for (const result of results) {
      if (result.kind === 'unsettled') continue
      const { path, signature } = result
      const known = this.#isFirst ? undefined : this.#run.fileByPath.get(path)
      const number = known?.article ?? null
      if (result.kind === 'rejected') {
        const kept = number ?? this.#followMoved(path)
        this.#run.putFile.run(path, signature, kept)
        this.#reject(path, result.rejection, kept !== null)
        continue
      }
      if (known) this.#run.deleteRejection.run(path)
      const before = number === null ? undefined : rowOf(this.#run.articleByNumber.get(number))
      if (result.kind === 'article' && before?.hash === result.hash) {
        this.#rewrite(before, result)
        continue
      }
      if (before) this.#leave(before)
      if (result.kind === 'draft') this.#run.putFile.run(path, signature, null)
      else articles.push({ result, before, wasRead: known?.signature === signature })
    }
    for (const { result, before, wasRead } of articles) this.#place(result, before, wasRead)
  }

  async commit(isWhole: boolean): Promise<RefreshReport> {
    for (const row of this.#leaving.values()) {
      this.#channels.remove(row)
      if (isOut(row, this.#since)) this.#channels.touch(row)
    }
    for (const row of this.#due()) {
      this.#channels.touch(row)
      this.#others.add(row.number)
    }
    // Before everything is read, it is not known that there is nothing.
    if (isWhole) this.#channels.beginSite(this.#now)
    const channels = this.#channels.finish(this.#now, this.#isFirst)
    this.#run.putSetting.run('refreshed', String(this.#now))
    if (isWhole && this.#fingerprint !== undefined) {
      this.#run.putSetting.run('fingerprint', this.#fingerprint)
    }
    this.#database.exec('COMMIT')
    // With a write-ahead log readers see the last commit while a refresh writes. The first refresh
    // has no readers, and without the log it writes everything once instead of twice.
    if (this.#isFirst) this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA cache_size = -2000')
    return {
      added: this.#added,
      edited: this.#edited,
      removed: this.#leaving.size,
      rejected: this.#rejected,
      taken: this.#taken,
      channels,
      articles: [...this.#others],
    }
  }

  async rollback(): Promise<void> {
    // A damaged catalogue was perhaps closed meanwhile, and another one is in its place.
    if (!this.#database.isOpen) return
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    this.#channels.reload()
  }

  /** Articles that came out or expired since the last refresh; before the first there is no last. */
  #due(): Row[] {
    if (this.#since === 0) return []
    const found = this.#run.articlesDue.all(this.#since, this.#now, this.#since, this.#now)
    return found.map(rowOf).filter((row) => row !== undefined)
  }

  /** The article of a file that was moved here, and cannot be told by its text. */
  #followMoved(path: string): number | null {
    const from = this.#moved.get(path)
    const row = this.#leaving.values().find((one) => from !== undefined && one.path === from)
    if (!row) return null
    this.#leaving.delete(row.id)
    this.#run.comeBack.run(path, this.#nextVersion(), row.number)
    return row.number
  }

  #forgetFile(path: string): void {
    const number = this.#run.fileByPath.get(path)?.article ?? null
    this.#run.deleteFile.run(path)
    this.#run.deleteRejection.run(path)
    const row = number === null ? undefined : rowOf(this.#run.articleByNumber.get(number))
    if (row) this.#leave(row)
  }

  #reject(path: string, rejection: Rejection, isPublished: boolean): void {
    const { line, reason, remedy } = rejection
    const known = this.#run.rejectionByPath.get(path)
    if (known?.reason === reason && known.line === (line ?? null)) return
    this.#run.putRejection.run(path, line ?? null, reason, remedy, this.#now)
    this.#rejected.push({ path, ...rejection, isPublished })
  }

  #leave(row: Row): void {
    this.#run.leave.run(this.#now, this.#nextVersion(), row.number)
    this.#leaving.set(row.id, row)
    this.#others.add(row.number)
  }

  /** Finds out which article a text is: one that moved here, the one that was here, or a new one. */
  #place(result: ArticleResult, before: Row | undefined, wasRead: boolean): void {
    if (this.#isFirst) {
      this.#add(idOf(result.path, 0, this.#namespaces.current), result)
      return
    }
    const moved = rowOf(this.#run.removedByHash.get(result.hash)) ?? this.#takeMissed(result.hash)
    const free = before && this.#leaving.has(before.id) ? before : undefined
    const row = moved ?? free
    if (row) this.#return(row, result, row.hash === result.hash || wasRead)
    else this.#placeByPath(result)
  }

  #takeMissed(hash: string): Row | undefined {
    const number = this.#missed.get(hash)
    const row = number === undefined ? undefined : rowOf(this.#run.articleByNumber.get(number))
    if (!row?.path || row.hash !== hash) return undefined
    this.#missed.delete(hash)
    this.#run.deleteFile.run(row.path)
    this.#taken.push(row.path)
    this.#leave(row)
    return row
  }

  /**
   * The article first seen at this path, if it was gone from everywhere else before this refresh: what
   * leaves now may be found at another path yet. Or a new one.
   */
  #placeByPath(result: ArticleResult): void {
    const { former, current } = this.#namespaces
    for (const namespace of former) {
      const { row } = this.#freeAt(result.path, namespace)
      if (!row) continue
      this.#return(row, result, row.hash === result.hash)
      return
    }
    const { id, row } = this.#freeAt(result.path, current)
    if (row) this.#return(row, result, row.hash === result.hash)
    else this.#add(id, result)
  }

  /** The first id of this path that no article has which is elsewhere, and the article that has it. */
  #freeAt(path: string, namespace: string): { id: string; row: Row | undefined } {
    for (let attempt = 0; ; attempt += 1) {
      const id = idOf(path, attempt, namespace)
      const row = rowOf(this.#run.articleById.get(id))
      if (!row || (row.path === null && !this.#leaving.has(id))) return { id, row }
    }
  }

  #add(id: string, { content, path, signature, hash, titleSlug }: ArticleResult): void {
    const published = Date.parse(content.published)
    const updated = Math.max(published, this.#statedBy(content))
    const expires = content.expires ? Date.parse(content.expires) : null
    const slug = this.#slugOf(id, titleSlug)
    const { facts, html } = storedForm(content)
    const { lastInsertRowid } = this.#run.insertArticle.run(
      ...[id, slug, path, hash, this.#now, published, updated, expires, facts, html],
      identitySum({ id, slug, hash, updated }),
      contentSum({ published, expires, facts, html }),
      this.#nextVersion(),
    )
    this.#run.putFile.run(path, signature, lastInsertRowid)
    const member = { number: Number(lastInsertRowid), id, published, updated, expires, content }
    if (this.#isFirst) this.#channels.addFirst(member)
    else this.#channels.add(member)
    if (isOut(member, this.#now)) this.#channels.touch(member)
    this.#added += 1
  }

  /** An article that left comes back, at this path or at another, with the same text or a new one. */
  #return(row: Row, result: ArticleResult, isSameText: boolean): void {
    const isBack = this.#leaving.delete(row.id)
    const updated = isSameText ? this.#keptBy(row, result) : this.#updatedOf(row, result)
    this.#write(row, result, updated)
    if (!isBack) this.#added += 1
    else if (!isSameText) this.#edited += 1
    if (!isBack) this.#channels.touch(row)
  }

  /** The same text: perhaps with other tags, section or dates. */
  #rewrite(row: Row, result: ArticleResult): void {
    const updated = this.#keptBy(row, result)
    const isSameTime = Math.max(updated, row.published) === row.updated
    if (isSameTime && row.facts === storedForm(result.content).facts) {
      this.#run.putFile.run(result.path, result.signature, row.number)
      return
    }
    this.#write(row, result, updated)
    this.#edited += 1
  }

  #write(row: Row, { content, path, signature, hash }: ArticleResult, atLeast: number): void {
    const published = Date.parse(content.published)
    const updated = Math.max(atLeast, published)
    const expires = content.expires ? Date.parse(content.expires) : null
    const { facts, html } = storedForm(content)
    const { id, slug } = row
    const sum = contentSum({ published, expires, facts, html })
    this.#run.updateArticle.run(
      ...[path, hash, published, updated, expires, facts, html],
      ...[identitySum({ id, slug, hash, updated }), sum],
      ...[this.#nextVersion(), row.number],
    )
    this.#run.putFile.run(path, signature, row.number)
    const next = { number: row.number, id: row.id, published, updated, expires, content }
    this.#channels.add(next, this.#channels.remove(row))
    this.#others.add(row.number)
    if (facts === row.facts && sum === row.contentSum && updated === row.updated) return
    if (isOut(row, this.#now)) this.#channels.touch(row)
    if (isOut(next, this.#now)) this.#channels.touch(next)
  }

  #nextVersion(): number {
    this.#version += 1
    return this.#version
  }

  /**
   * When the text changed: as the article states it, else the file's time of modification, which
   * is the same however late we look.
   */
  #updatedOf(row: Row, { content, modified }: ArticleResult): number {
    const stated = content.updated ? Date.parse(content.updated) : modified
    return nextTime(row.updated, stated, this.#now)
  }

  /** Of a text that has not changed: a date that was wrong may have been put right. */
  #keptBy(row: Row, { content }: ArticleResult): number {
    return isFuture(row.updated, this.#now) ? this.#statedBy(content) : row.updated
  }

  /** Of a text that nobody has seen before. */
  #statedBy({ updated, published }: ArticleContent): number {
    return Math.min(Date.parse(updated ?? published), this.#now)
  }

  /** The start of the id keeps pages of the same title apart, and all of it where that is the same too. */
  #slugOf(id: string, titleSlug: string): string {
    const start = id.slice(0, 8)
    const slug = `${titleSlug}-${start}`
    const isTaken = this.#run.slugTaken.get(start, `${start}~`, slug) !== undefined
    return isTaken ? `${titleSlug}-${id.replaceAll('-', '')}` : slug
  }
}
