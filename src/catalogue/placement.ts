import { type ArticleRow, rowAt, rowOf } from './article-row.ts'
import type { ArticleResult, ArticleWriter } from './article-writer.ts'
import type { ChannelIndex } from './channel-index.ts'
import type { Editions } from './editions.ts'
import type { Findings } from './findings.ts'
import { type Guids, guidOfId, sharedGuid } from './guids.ts'
import { idOf } from './identity.ts'
import type { Leaving } from './leaving.ts'
import type { ArticleNamespaces } from './namespaces.ts'
import type { Statements } from './statements.ts'
import type { Stories } from './stories.ts'
import type { Undated } from './undated.ts'

/** A text that its file did not hold before. */
export interface NewText {
  readonly result: ArticleResult
  /** The article that the file held. */
  readonly before: ArticleRow | undefined
  /** Whether the file itself is the same, and only read otherwise. */
  readonly isSameFile: boolean
}

interface Parts {
  readonly statements: Statements
  readonly channels: ChannelIndex
  readonly guids: Guids
  readonly undated: Undated
  readonly namespaces: ArticleNamespaces
  readonly findings: Findings
  readonly writer: ArticleWriter
  readonly leaving: Leaving
  readonly editions: Editions
  readonly stories: Stories
}

/** Finds out, for one refresh, which article each text is, and has it written as that. */
export class Placement {
  added = 0
  edited = 0
  /** Paths of missing files whose articles are elsewhere now. */
  readonly taken: string[] = []
  readonly #statements: Statements
  readonly #channels: ChannelIndex
  readonly #guids: Guids
  readonly #undated: Undated
  readonly #namespaces: ArticleNamespaces
  readonly #findings: Findings
  readonly #writer: ArticleWriter
  readonly #leaving: Leaving
  readonly #editions: Editions
  readonly #stories: Stories
  readonly #times: { readonly now: number; readonly isFirst: boolean }
  /** Numbers of articles whose file is missing, by the hash of their text. */
  readonly #missed = new Map<string, number>()

  /** @param times `now` in ms since 1970; `isFirst` where the catalogue knows no file yet */
  constructor(
    {
      statements,
      channels,
      guids,
      undated,
      namespaces,
      findings,
      writer,
      leaving,
      editions,
      stories,
    }: Parts,
    times: { readonly now: number; readonly isFirst: boolean },
  ) {
    this.#statements = statements
    this.#channels = channels
    this.#guids = guids
    this.#undated = undated
    this.#namespaces = namespaces
    this.#findings = findings
    this.#writer = writer
    this.#leaving = leaving
    this.#editions = editions
    this.#stories = stories
    this.#times = times
    undated.begin(times.now)
  }

  /** Of a file that is missing, and perhaps will be back: its article may be found at another path. */
  miss(path: string): void {
    const row = this.#statements.textByPath.get(path)
    if (row) this.#missed.set(String(row.hash), Number(row.number))
  }

  /** A text that its file held before, whatever else the file says. */
  stay(before: ArticleRow, read: ArticleResult): void {
    if (this.#refuseGuid(read, before)) return
    const result = this.#stories.dated(read)
    this.#findings.accept(result)
    if (this.#writer.rewrite(before, result)) this.edited += 1
    this.#guids.note(before.number, result.content, before)
    this.#noteStory(before.number, result)
  }

  #noteStory(article: number, { content: { edition } }: ArticleResult): void {
    if (edition) this.#editions.putArticle(edition.story, article)
  }

  /**
   * Rejects a file whose guid is another article's.
   * @param own the article that its text is; undefined of a new one
   * @returns whether it did
   */
  #refuseGuid(result: ArticleResult, own: ArticleRow | undefined): boolean {
    const conflict = this.#guids.conflict(result.content, own)
    if (!conflict) return false
    const { path } = result
    // Until the other is gone, the last good version of this one stays.
    const kept = own && this.#leaving.keepAt(path, own.id)
    const last = kept ?? (own?.path === path ? own : undefined)
    const rejection = sharedGuid(conflict.guid, conflict.path)
    if (!last) this.#editions.forget(path)
    this.#findings.reject({ ...result, rejections: [rejection] }, last?.number ?? null)
    this.#guids.wait(path, conflict.guid)
    return true
  }

  /** An article that moved here, the one that was here, or one that was here once, or a new one. */
  place({ result, before, isSameFile }: NewText): void {
    if (result.content.edition) {
      this.#placeEdition({ result: this.#stories.dated(result), before, isSameFile })
      return
    }
    if (this.#times.isFirst && !this.#guids.haveIds) {
      this.#placeNew(idOf(result.path, 0, this.#namespaces.current), result)
      return
    }
    const own = before && this.#leaving.get(before.id)
    const row = own?.hash === result.hash ? own : (this.#movedHere(result.hash) ?? own)
    if (row) this.#return(row, result, isSameFile)
    else this.#placeByName(result.path, result)
  }

  /** The article of its story, whatever file held it, where no higher version is known. */
  #placeEdition({ result, before, isSameFile }: NewText): void {
    const { path, content } = result
    const { edition, guid } = content
    if (!edition || !this.#stories.isBest(path, edition)) {
      this.#stories.setAside(result)
      return
    }
    const known = this.#stories.articleOf(edition)
    if (known?.path && known.path !== path) this.#stories.takeFromFile(known)
    // Before its file stated what it is, or where the catalogue has lost that.
    const own = before && this.#leaving.get(before.id)
    const same = [own, rowOf(this.#statements.removedByHash.get(result.hash))]
    const row = known ?? same.find((one) => one && !one.content.edition)
    if (row) this.#return(row, result, isSameFile)
    else this.#placeByName(guid === undefined ? path : `guid ${guid}`, result)
  }

  #movedHere(hash: string): ArticleRow | undefined {
    return rowOf(this.#statements.removedByHash.get(hash)) ?? this.#takeMissed(hash)
  }

  #takeMissed(hash: string): ArticleRow | undefined {
    const number = this.#missed.get(hash)
    const row = rowAt(this.#statements, number)
    if (!row?.path || row.hash !== hash) return undefined
    this.#missed.delete(hash)
    this.#statements.deleteFile.run(row.path)
    this.#findings.forget(row.path)
    this.taken.push(row.path)
    this.#leaving.add(row)
    return row
  }

  /**
   * The article first seen at this path, if it was gone from everywhere else before this refresh: what
   * leaves now may be found at another path yet. Or a new one.
   * @param name the path; or what all versions of a story have in common
   */
  #placeByName(name: string, result: ArticleResult): void {
    const { former, current } = this.#namespaces
    const places = former.map((one) => this.#freeAt(name, one))
    const known = places.find((place) => place.row)
    const { id, row } = known ?? this.#freeAt(name, current)
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

  /** All files have been read: those of them that are new and state no date come in, or do not. */
  end(): void {
    const { accepted, refused, rejection } = this.#undated.end(this.#times.now)
    for (const { id, result } of accepted) this.#add(id, result)
    for (const file of refused) this.#findings.reject({ ...file, rejections: [rejection] }, null)
  }

  #add(id: string, result: ArticleResult): void {
    if (this.#refuseGuid(result, undefined)) return
    this.#findings.accept(result)
    const number = this.#writer.add(id, result)
    this.#guids.note(number, result.content)
    this.#noteStory(number, result)
    this.added += 1
  }

  /** An article that left comes back, at this path or at another, with the same text or a new one. */
  #return(row: ArticleRow, result: ArticleResult, isSameFile: boolean): void {
    if (this.#refuseGuid(result, row)) return
    this.#findings.accept(result)
    const left = this.#leaving.claim(row.id)
    const isSameText = row.hash === result.hash || isSameFile
    this.#writer.write(left ?? row, result, isSameText)
    this.#guids.note(row.number, result.content, row)
    this.#noteStory(row.number, result)
    if (left) {
      if (!isSameText) this.edited += 1
      return
    }
    this.#channels.touch(row)
    this.added += 1
  }
}
