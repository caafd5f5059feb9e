import type { FileResult } from '../intake/file-result.ts'
import { type ArticleRow, storedForm } from './article-row.ts'
import type { ChannelIndex } from './channel-index.ts'
import { isOut } from './is-out.ts'
import type { LinkIndex } from './link-index.ts'
import { insertArticle, type Statements } from './statements.ts'
import { contentSum, identitySum } from './sums.ts'
import { firstUpdated, updatedAfter } from './times.ts'

export type ArticleResult = FileResult & { readonly kind: 'article' }

interface WriterParts {
  readonly statements: Statements
  readonly channels: ChannelIndex
  readonly links: LinkIndex
}

/** Writes what a refresh finds out of articles: their rows, and their places in channels. */
export class ArticleWriter {
  /** Numbers of the articles that were there before and are others now, or gone. */
  readonly changed = new Set<number>()
  readonly #statements: Statements
  readonly #channels: ChannelIndex
  readonly #links: LinkIndex
  readonly #now: number
  readonly #isFirst: boolean
  /** Of the article state written last. */
  #version: number

  /**
   * @param now ms since 1970
   * @param isFirst whether the catalogue is empty: there is nothing to look up then, for which 100,000 files
   *   thank us
   */
  constructor({ statements, channels, links }: WriterParts, now: number, isFirst: boolean) {
    this.#statements = statements
    this.#channels = channels
    this.#links = links
    this.#now = now
    this.#isFirst = isFirst
    this.#version = Number(statements.lastVersion.get()?.version ?? 0)
  }

  add(id: string, { content, path, signature, hash, titleSlug }: ArticleResult): void {
    const form = storedForm(content, firstUpdated(content, this.#now))
    const row = { ...form, id, slug: this.#slugOf(id, titleSlug), path, hash }
    const number = insertArticle(this.#statements, row, this.#now, this.#nextVersion())
    this.#statements.putFile.run(path, signature, number)
    const member = { ...row, number, content }
    this.#channels.add(member, this.#isFirst ? 'first' : undefined)
    this.#links.put(number, row.html, true)
    this.#links.note(undefined, member)
    if (isOut(member, this.#now)) this.#channels.touch(member)
  }

  /** The start of the id keeps pages of the same title apart, and all of it where that is the same too. */
  #slugOf(id: string, titleSlug: string): string {
    const start = id.slice(0, 8)
    const slug = `${titleSlug}-${start}`
    const isTaken = this.#statements.slugTaken.get(start, `${start}~`, slug) !== undefined
    return isTaken ? `${titleSlug}-${id.replaceAll('-', '')}` : slug
  }

  /**
   * Of an article that stays where it is, with the same text: perhaps with other tags, section or dates.
   * @returns whether it is another than before
   */
  rewrite(row: ArticleRow, result: ArticleResult): boolean {
    const form = storedForm(result.content, updatedAfter(row.updated, result, true, this.#now))
    // The same text may be other HTML, as where a file came that it links to.
    if (contentSum(form) === row.contentSum && form.updated === row.updated) {
      this.#statements.putFile.run(result.path, result.signature, row.number)
      return false
    }
    this.write(row, result, true)
    return true
  }

  /**
   * Of an article that was there.
   * @param row as it was before this refresh
   */
  write(row: ArticleRow, result: ArticleResult, isSameText: boolean): void {
    const { content, path, signature, hash } = result
    const form = storedForm(content, updatedAfter(row.updated, result, isSameText, this.#now))
    const { published, updated, expires, facts, html } = form
    const next = { ...row, ...form, path, hash, content }
    const sum = contentSum(form)
    this.#statements.updateArticle.run(
      ...[path, hash, published, updated, expires, facts, html],
      ...[identitySum(next), sum, this.#nextVersion(), row.number],
    )
    this.#statements.putFile.run(path, signature, row.number)
    this.#channels.add(next, this.#channels.remove(row))
    this.#links.put(row.number, html, false)
    this.#links.note(row, next)
    this.changed.add(row.number)
    if (facts === row.facts && sum === row.contentSum && updated === row.updated) return
    for (const state of [row, next]) if (isOut(state, this.#now)) this.#channels.touch(state)
  }

  /** Its file is gone, or holds another text. */
  leave({ number }: ArticleRow): void {
    this.#statements.leave.run(this.#now, this.#nextVersion(), number)
    this.changed.add(number)
  }

  /** One that left is at this path, as it was. */
  comeBack(row: ArticleRow, path: string): void {
    this.#statements.comeBack.run(path, this.#nextVersion(), row.number)
    this.#links.note(row, { ...row, path })
  }

  /** Another article that it links to has another page now, or none. */
  renew(row: ArticleRow): void {
    this.#statements.raiseVersion.run(this.#nextVersion(), row.number)
    this.changed.add(row.number)
    if (isOut(row, this.#now)) this.#channels.touch(row)
  }

  #nextVersion(): number {
    this.#version += 1
    return this.#version
  }
}
