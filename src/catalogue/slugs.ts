import type { ArticleContent } from '../article.ts'
import type { Addresses } from './addresses.ts'
import type { ArticleRow } from './article-row.ts'

type Stated = Pick<ArticleContent, 'statedSlug'>

/** Says, for one refresh, which slugs articles have. */
export class Slugs {
  readonly #addresses: Addresses
  readonly #now: number
  /** Articles whose stated slug was another's, which perhaps leaves it in this refresh; by number. */
  readonly #refused = new Map<number, string>()

  /** @param now when the refresh began, in ms since 1970 */
  constructor(addresses: Addresses, now: number) {
    this.#addresses = addresses
    this.#now = now
  }

  /** That which the file states, else one by the title, whose end keeps pages of the same title apart. */
  ofNew(id: string, titleSlug: string, { statedSlug }: Stated): string {
    if (statedSlug === undefined) return this.#withId(titleSlug, id)
    return this.#isTaken(statedSlug) ? this.#withId(statedSlug, id) : statedSlug
  }

  /** One that is stated no more stays, and one that was removed with its article may be another's by now. */
  next(row: ArticleRow, { statedSlug }: Stated): string {
    const isSame = statedSlug === undefined || statedSlug === row.content.statedSlug
    if (isSame && row.path !== null) return row.slug
    const slug = isSame ? row.slug : statedSlug
    return this.#isTaken(slug, row.number) ? this.#withId(slug, row.id, row.number) : slug
  }

  /** @returns the article with this slug and what its first one is then; `row` itself where it has both */
  give(row: ArticleRow, slug: string): ArticleRow {
    const first = row.firstSlug ?? row.slug
    // Of one that was removed it may be another's by now, and readers may know that by it.
    const isLost = row.path === null && this.#isTaken(first, row.number)
    if (slug === row.slug && !isLost) return row
    return { ...row, slug, firstSlug: isLost ? slug : first }
  }

  /** Of an article whose stated slug is another's. */
  refuse(number: number, slug: string): void {
    this.#refused.set(number, slug)
  }

  /** Of a first refresh that was broken off and went on: what it refused before is found in the tables. */
  recall(): void {
    for (const [number, slug] of this.#addresses.refused()) this.refuse(number, slug)
  }

  /** Numbers of articles, and the slugs that they state and others have left. */
  *freed(): Generator<[number: number, slug: string]> {
    for (const [number, slug] of this.#refused) {
      if (!this.#addresses.isTaken(slug, number, null)) yield [number, slug]
    }
  }

  /** The start of the id tells it from others, and all of it where that is the same too. */
  #withId(slug: string, id: string, number?: number): string {
    const short = `${slug}-${id.slice(0, 8)}`
    return this.#isTaken(short, number) ? `${slug}-${id.replaceAll('-', '')}` : short
  }

  #isTaken(slug: string, number?: number): boolean {
    return this.#addresses.isTaken(slug, number, this.#now)
  }
}
