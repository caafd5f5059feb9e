import type { DatabaseSync } from 'node:sqlite'
import type { FileResult } from '../intake/file-result.ts'
import { rejectionOf } from './answers.ts'
import { type ArticleRow, rowOf } from './article-row.ts'
import { ArticleWriter } from './article-writer.ts'
import type { Changes, Refresh, RefreshReport } from './catalogue.ts'
import type { ChannelIndex } from './channel-index.ts'
import type { Editions } from './editions.ts'
import { FileChanges } from './file-changes.ts'
import { type Filling, Portions } from './filling.ts'
import { Findings } from './findings.ts'
import type { Guids } from './guids.ts'
import { isOut } from './is-out.ts'
import { writeLastCommit } from './last-commit.ts'
import { Leaving } from './leaving.ts'
import { LinkIndex } from './link-index.ts'
import { chooseNamespaces, readNamespaces } from './namespaces.ts'
import { Placement } from './placement.ts'
import { filling } from './setting-names.ts'
import type { Statements } from './statements.ts'
import type { Writing } from './store.ts'
import { Stories } from './stories.ts'
import { Versions } from './versions.ts'

/** Where several machines share the catalogue, the others. */
export interface Share {
  /** Before the end of a refresh: it keeps the process from all else for as long as it takes. @param files that were read */
  expect(files: number): Promise<void>
  /**
   * As the last step of a transaction, or after the last of several: what it has changed is kept for the others.
   * @param told undefined where all may be another
   * @throws Error when it is not known to be; then it is not kept here either
   */
  commit(told: Changes | undefined): Promise<void>
}

/**
 * One refresh in one transaction of the writing connection: what it takes in, and what follows from that at its end. The first
 * one takes several, which nobody sees before the last, and goes on where it was broken off.
 */
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
  /** Present in the first refresh of all. */
  readonly #portions: Portions | undefined
  /** The first refresh that this one goes on with. */
  readonly #begun: Filling | undefined
  readonly #isFirst: boolean
  readonly #share: Share | undefined
  /** Files that were read. */
  #count = 0
  readonly #writer: ArticleWriter
  readonly #leaving: Leaving
  readonly #findings: Findings
  readonly #files: FileChanges
  readonly #stories: Stories
  readonly #placement: Placement

  /**
   * @param times of this refresh and of the last one, in ms since 1970
   * @param settings what ids are made in now, the fingerprint of what files are read with, and the mark of a first refresh
   *   that was broken off, with which this one goes on
   */
  constructor(
    { database, statements, channels, addresses, guids, editions, undated, numbering }: Writing,
    { now, since }: { readonly now: number; readonly since: number },
    settings: {
      readonly namespace: string
      readonly fingerprint: string | undefined
      readonly begun: Filling | undefined
    },
    share: Share | undefined,
  ) {
    this.#share = share
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
    this.#begun = settings.begun
    if (since === 0) this.#portions = new Portions(Number(statements.countFiles.get()?.files))
    // Also of a folder that was empty before. Drafts and rejections are known by their files alone.
    this.#isFirst =
      since === 0 || (statements.anyArticle.get() === undefined && !statements.anyFile.get())
    const times = { now, since, isFirst: this.#isFirst }
    this.#findings = new Findings(statements, guids, times)
    this.#links = new LinkIndex(statements, { since, now }, this.#isFirst)
    const versions = new Versions(statements, numbering, now)
    const parts = { statements, channels, addresses, links: this.#links, versions }
    this.#writer = new ArticleWriter(parts, times)
    this.#leaving = new Leaving(this.#writer)
    const found = { findings: this.#findings, writer: this.#writer, leaving: this.#leaving }
    this.#stories = new Stories({ statements, editions, ...found })
    const known = { statements, channels, guids, editions, undated, namespaces }
    this.#placement = new Placement({ ...known, ...found, stories: this.#stories }, times)
    const changing = { statements, editions, links: this.#links, placement: this.#placement }
    this.#files = new FileChanges({ ...changing, ...found }, this.#isFirst)
  }

  async vanish(paths: readonly string[], moved: ReadonlyMap<string, string>): Promise<void> {
    this.#files.move(moved)
    for (const path of paths) this.#files.vanish(path)
    this.#leaving.moved = moved
  }

  async miss(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#placement.miss(path)
  }

  async keep(results: readonly FileResult[]): Promise<void> {
    this.#count += results.length
    const texts = results.map((result) => this.#files.keep(result))
    // By now articles are free whose files hold others: these may have changed places.
    for (const text of texts) if (text) this.#placement.place(text)
    // What leaves is claimed by a file, or removed at the end.
    if (this.#portions?.add(results.length) && this.#leaving.size === 0) this.#commitPortion()
  }

  #commitPortion(): void {
    this.#channels.keepPortion()
    this.#database.exec('COMMIT; BEGIN IMMEDIATE')
    this.#portions?.begin()
  }

  /** All of it is on disk before the mark goes, which is a transaction of its own for that. */
  #endFirst(): void {
    this.#database.exec('PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE')
    this.#statements.deleteSetting.run(filling)
    // With a write-ahead log readers see the last commit while a refresh writes. The first refresh
    // has no readers, and without the log it writes everything once instead of twice.
    this.#database.exec(
      'COMMIT; PRAGMA journal_mode = WAL; PRAGMA cache_size = -2000; PRAGMA busy_timeout = 0',
    )
  }

  /** What only memory held when the first refresh was broken off. */
  #recall(): void {
    this.#editions.recall()
    this.#writer.recall()
    this.#guids.recall()
  }

  async commit(isWhole: boolean): Promise<RefreshReport> {
    await this.#share?.expect(this.#count)
    this.#placement.end()
    if (this.#begun) this.#recall()
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
      // Whoever follows the states of articles learns of it by a new one.
      this.#writer.renew(row)
      this.#channels.touch(row)
    }
    const outdated = [...risen, ...this.#renewLinking()]
    // Before everything is read, it is not known that there is nothing.
    if (isWhole) this.#channels.beginSite(this.#now)
    const version = Number(this.#statements.lastVersion.get()?.version ?? 0)
    const channels = this.#channels.finish(this.#now, version, this.#isFirst, !this.#portions)
    const released = this.#guids.takeWaiting()
    writeLastCommit(this.#statements, this.#now)
    if (isWhole && this.#fingerprint !== undefined) {
      this.#statements.putSetting.run('fingerprint', this.#fingerprint)
    }
    const isNewsOther = this.#isNewsOther()
    const told = this.#told()
    const articles = [...this.#writer.changed]
    if (!this.#portions) await this.#share?.commit({ channels, articles, isNewsOther })
    this.#database.exec('COMMIT')
    if (this.#portions) await this.#share?.commit(undefined)
    // Also of a first one whose mark could not go, as when it was killed just then.
    if (this.#portions || this.#statements.setting.get(filling)) this.#endFirst()
    return {
      ...told,
      edited: this.#placement.edited,
      removed: this.#leaving.size,
      taken: this.#placement.taken,
      released,
      outdated,
      data: this.#files.data,
      channels,
      articles,
      isNewsOther,
    }
  }

  /** Of a first refresh that was broken off, all of what it has done. */
  #told(): Pick<RefreshReport, 'added' | 'rejected' | 'noted'> {
    if (!this.#begun) {
      const { rejected, noted } = this.#findings
      return { added: this.#placement.added, rejected, noted }
    }
    const { countArticles, countNoted, rejections } = this.#statements
    return {
      added: Number(countArticles.get()?.articles),
      rejected: rejections.all().map(rejectionOf),
      noted: Number(countNoted.get()?.files),
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

  /**
   * Articles that came out or expired since the last refresh; before the first there is no last. Where that was ahead of
   * us, by a wrong clock, those that were out by then and are not any more.
   */
  #due(): ArticleRow[] {
    if (this.#since === 0) return []
    const found = this.#statements.articlesDue.all(this.#between())
    return found.map(rowOf).filter((row) => row !== undefined)
  }

  #isNewsOther(): boolean {
    return this.#since > 0 && this.#statements.anyLeftNews.get(this.#between()) !== undefined
  }

  /** The last refresh and this one, the earlier of the two first. */
  #between() {
    return {
      since: Math.min(this.#since, this.#now),
      until: Math.max(this.#since, this.#now),
    }
  }
}
