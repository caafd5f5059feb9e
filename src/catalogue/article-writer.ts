import type { ArticleContent } from '../article.ts'
import type { FileResult } from '../intake/file-result.ts'
import { AddressNotes } from './address-notes.ts'
import type { Addresses, Former } from './addresses.ts'
import { type ArticleRow, rowAt, storedForm } from './article-row.ts'
import type { ChannelIndex } from './channel-index.ts'
import { keysOf } from './computed-addresses.ts'
import { isOut } from './is-out.ts'
import type { LinkIndex } from './link-index.ts'
import { Slugs } from './slugs.ts'
import { insertArticle, type Statements } from './statements.ts'
import { contentSum, identitySum } from './sums.ts'
import { firstUpdated, timeKept, updatedAfter } from './times.ts'
import type { Versions } from './versions.ts'

export type ArticleResult = FileResult & { readonly kind: 'article' }

interface WriterParts {
  readonly statements: Statements
  readonly channels: ChannelIndex
  readonly addresses: Addresses
  readonly links: LinkIndex
  readonly versions: Versions
}

/** Writes what a refresh finds out of articles: their rows, and their places in channels. */
export class ArticleWriter {
  /** Numbers of the articles that were there before and are others now, or gone, and of new ones in no channel. */
  readonly changed = new Set<number>()
  readonly #statements: Statements
  readonly #channels: ChannelIndex
  readonly #addresses: Addresses
  readonly #links: LinkIndex
  readonly #now: number
  readonly #since: number
  readonly #isFirst: boolean
  readonly #slugs: Slugs
  readonly #notes: AddressNotes
  readonly #versions: Versions

  /**
   * @param parts what of the catalogue is written
   * @param now and since: the times of this refresh and of the last one, in ms since 1970
   * @param isFirst whether the catalogue is empty: there is nothing to look up then, for which 100,000 files
   *   thank us
   */
  constructor(
    { statements, channels, addresses, links, versions }: WriterParts,
    times: { readonly now: number; readonly since: number; readonly isFirst: boolean },
  ) {
    const { now, since, isFirst } = times
    this.#statements = statements
    this.#channels = channels
    this.#addresses = addresses
    this.#links = links
    this.#now = now
    this.#since = since
    this.#isFirst = isFirst
    this.#slugs = new Slugs(addresses, now)
    this.#notes = new AddressNotes(addresses)
    this.#versions = versions
  }

  add(id: string, result: ArticleResult): number {
    const { path, signature, hash, titleSlug } = result
    const content = this.#known(result, undefined)
    const form = storedForm(content, firstUpdated(content, this.#now))
    const slug = this.#slugs.ofNew(id, titleSlug, content)
    const row = { ...form, id, slug, firstSlug: null, path, hash }
    const number = insertArticle(this.#statements, row, this.#now, this.#versions.next())
    this.#statements.putFile.run(path, signature, number)
    const member = { ...row, number, content }
    this.#channels.add(member, this.#isFirst ? 'first' : undefined)
    this.#putAddresses(member)
    this.#putNames(member)
    // No channel tells that it has come.
    if (content.isUnlisted) this.changed.add(number)
    this.#links.put(number, row.html, true)
    this.#links.note(undefined, member)
    if (isOut(member, this.#now)) this.#channels.touch(member)
    return number
  }

  /** What a file says, with what the catalogue alone knows. @param row of its article as it was; undefined of a new one */
  #known({ path, content: stated }: ArticleResult, row: ArticleRow | undefined): ArticleContent {
    const content = withAuthors(withDate(stated, row, this.#now), row?.content)
    const { canonicalUrl } = content
    if (canonicalUrl === undefined) return content
    const first = this.#addresses.fileOfOriginal(canonicalUrl, row?.number)
    if (first !== undefined) this.#notes.share(path, canonicalUrl, first)
    // Readers know it by another address already, also where the other article has gone.
    const didShare = row?.content.sharesOriginal && row.content.canonicalUrl === canonicalUrl
    return first !== undefined || didShare ? { ...content, sharesOriginal: true } : content
  }

  #putSlug(row: ArticleRow, slug: string): ArticleRow {
    const next = this.#slugs.give(row, slug)
    if (next === row) return row
    const sum = identitySum(next)
    this.#statements.putSlug.run(slug, next.firstSlug, sum, this.#versions.next(), row.number)
    return next
  }

  #putAddresses(row: Pick<ArticleRow, 'number' | 'slug'> & { content: Stated }, before?: Stated) {
    const { number, slug, content } = row
    const { statedSlug } = content
    this.#addresses.put(number, slug, content, before)
    if (statedSlug !== undefined && slug !== statedSlug) this.#slugs.refuse(number, statedSlug)
  }

  /**
   * Gives articles the slugs that they state and others have left in this refresh: only now is it known which
   * articles are gone.
   */
  settleSlugs(): void {
    for (const [number, slug] of this.#slugs.freed()) {
      const row = rowAt(this.#statements, number)
      if (!row?.path) continue
      const next = this.#putSlug(row, slug)
      this.#putAddresses(next)
      this.#links.note(row, next)
      this.changed.add(number)
      if (isOut(next, this.#now)) this.#channels.touch(next)
    }
  }

  /**
   * Of an article that stays where it is, with the same text: perhaps with other tags, section or dates.
   * @returns whether it is another than before
   */
  rewrite(row: ArticleRow, result: ArticleResult): boolean {
    const content = this.#known(result, row)
    // Readers see who wrote it, whichever file says so.
    const isSameText = namesOf(content) === namesOf(row.content)
    const updated = updatedAfter(row.updated, { ...result, content }, isSameText, this.#now)
    const form = storedForm(content, updated)
    // The same text may be other HTML, as where a file came that it links to.
    if (contentSum(form) === row.contentSum && form.updated === row.updated) {
      this.#statements.putFile.run(result.path, result.signature, row.number)
      // Where a former Newsstand has kept it.
      this.#putNames({ ...row, path: result.path })
      this.#addresses.put(row.number, row.slug, row.content)
      return false
    }
    this.write(row, result, isSameText)
    return true
  }

  /**
   * Of an article that was there.
   * @param row as it was before this refresh
   */
  write(row: ArticleRow, result: ArticleResult, isSameText: boolean): void {
    const { path, signature, hash } = result
    const content = this.#known(result, row)
    const last = { ...result, content }
    const form = storedForm(content, updatedAfter(row.updated, last, isSameText, this.#now))
    const { published, updated, expires, facts, html } = form
    const named = this.#putSlug(row, this.#slugs.next(row, content))
    const next = { ...named, ...form, path, hash, content }
    const sum = contentSum(form)
    this.#statements.updateArticle.run(
      ...[path, hash, published, updated, expires, facts, html],
      ...[identitySum(next), sum, this.#versions.next(), row.number],
    )
    this.#statements.putFile.run(path, signature, row.number)
    const places = this.#channels.remove(row, this.#isFirst)
    this.#channels.add(next, this.#isFirst ? 'first' : places)
    this.#putAddresses(next, row.content)
    this.#putNames(next, row)
    this.#links.put(row.number, html, false)
    this.#links.note(row, next)
    this.changed.add(row.number)
    if (facts === row.facts && sum === row.contentSum && updated === row.updated) return
    if (isOut(row, this.#since)) this.#channels.touch(row)
    if (isOut(next, this.#now)) this.#channels.touch(next)
  }

  /** Of a file that was read. @param before as it was; undefined where it was not there */
  #putNames({ number, path, content }: Named, before?: Named): void {
    if (path === null) return
    const { aliases } = content
    if (aliases) this.#notes.wish({ number, path, aliases })
    const former = before?.path ? keysOf(before.path, before.content) : []
    this.#addresses.putPassing(number, keysOf(path, content), former)
  }

  /** Of a first refresh that was broken off and went on; before slugs are settled. */
  recall(): void {
    this.#slugs.recall()
    this.#notes.recall()
  }

  /** What to tell of files that state addresses of other articles; when all slugs are settled. */
  notes(): ReturnType<AddressNotes['all']> {
    return this.#notes.all()
  }

  /** Of an article that is gone for good. */
  forgetNames({ number, path, content }: Named): void {
    if (path !== null) this.#addresses.putPassing(number, [], keysOf(path, content))
  }

  /** Its file is gone, or holds another text. */
  leave({ number }: ArticleRow): void {
    this.#statements.leave.run(this.#now, this.#versions.next(), number)
    this.changed.add(number)
  }

  /** One that left is at this path, as it was. */
  comeBack(row: ArticleRow, path: string): void {
    this.#statements.comeBack.run(path, this.#versions.next(), row.number)
    this.#putNames({ ...row, path }, row)
    this.#links.note(row, { ...row, path })
  }

  /** It came out or expired, or another article that it links to has another page now, or none. */
  renew(row: ArticleRow): void {
    this.#statements.raiseVersion.run(this.#versions.next(), row.number)
    this.changed.add(row.number)
    if (isOut(row, this.#now)) this.#channels.touch(row)
  }
}

type Stated = Pick<ArticleContent, 'statedSlug'> & Former
type Named = Pick<ArticleRow, 'number' | 'path' | 'content'>

/** A file that states no date keeps the one that its article has: at first, that of the file. */
function withDate(
  content: ArticleContent,
  known: { readonly published: number } | undefined,
  now: number,
): ArticleContent {
  if (!content.isUndated) return content
  return { ...content, published: timeKept(known?.published, content.published, now) }
}

const namesOf = ({ authors }: Pick<ArticleContent, 'authors'>) =>
  authors.map(({ name }) => name).join('\n')

/** Where nobody knows whom a file means, those stay who are known. @param known what the article said last */
function withAuthors(
  { areAuthorsUnknown, ...content }: ArticleContent,
  known: Pick<ArticleContent, 'authors' | 'statedAuthors'> | undefined,
): ArticleContent {
  const { statedAuthors } = content
  const isSame = statedAuthors?.join('\n') === known?.statedAuthors?.join('\n')
  return areAuthorsUnknown && known && isSame ? { ...content, authors: known.authors } : content
}
