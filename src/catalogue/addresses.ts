/**
 * The addresses of pages that files state (slugs, now and formerly, aliases, and those of originals), and the names of which others were
 * computed elsewhere. Written as part of a refresh.
 */
import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { ArticleContent } from '../article.ts'
import { plainAddress } from '../page-address.ts'
import { DamageError } from './damage.ts'

/** Where the page of a slug is; the form in which addresses are kept. */
export const addressOf = (slug: string) => `${pages}${slug.normalize('NFC')}`

/** Where all pages of articles are. */
export const pages = '/articles/'

interface Address {
  /**
   * Begins with a slash; with one further on it is the whole address of an original, as `plainAddress` gives it, which may be of
   * this site; else it is a name with its day (`keysOf`), of which addresses were computed elsewhere.
   */
  readonly path: string
  /** Of the row in the table article. */
  readonly article: number
  /** 1 for a slug, by which the page is found for ever; 0 for what goes when it is stated no more. */
  readonly lasts: number
}

/** A row of the table address. @throws DamageError when it is another than was written */
export function addressIn(row: Record<string, unknown>): Address {
  const address = {
    path: String(row.address ?? row.path),
    article: Number(row.article),
    lasts: Number(row.lasts),
  }
  if (row.sum !== addressSum(address)) throw new DamageError('an address is damaged')
  return address
}

const addressSum = ({ path, article, lasts }: Address) => crc32(`${path} ${article} ${lasts}`)

/** What of a file states where its page was before. */
export type Former = Pick<ArticleContent, 'aliases' | 'canonicalUrl'>

/** What is stored of it does not depend on which site this is: that is looked at when an address is asked for. */
const formerOf = ({ aliases = [], canonicalUrl }: Former): readonly string[] =>
  canonicalUrl === undefined ? aliases : [...aliases, plainAddress(canonicalUrl)]

export class Addresses {
  readonly #statements

  constructor(database: DatabaseSync) {
    this.#statements = {
      put: database.prepare(
        `INSERT INTO address (path, article, lasts, sum) VALUES (?, ?, ?, ?)
         ON CONFLICT (path, article) DO UPDATE SET lasts = excluded.lasts, sum = excluded.sum
         WHERE excluded.lasts > lasts`,
      ),
      deleteAlias: database.prepare(
        'DELETE FROM address WHERE path = ? AND article = ? AND lasts = 0',
      ),
      // Those whose file is gone since this refresh began may be found in another file yet.
      isStated: database.prepare(
        `SELECT 1 FROM address d JOIN article a ON a.number = d.article
         WHERE d.path = ? AND d.lasts = 1 AND d.article IS NOT ? AND (a.path IS NOT NULL OR a.removed = ?)`,
      ),
      original: database.prepare(
        `SELECT a.path FROM address d JOIN article a ON a.number = d.article
         WHERE d.path = ? AND a.number IS NOT ? AND a.path IS NOT NULL AND a.facts ->> 'canonicalUrl' = ?
           AND a.facts ->> 'sharesOriginal' IS NULL`,
      ),
      refused: database.prepare(
        `SELECT number AS article, facts ->> 'statedSlug' AS slug FROM article
         WHERE path IS NOT NULL AND facts ->> 'statedSlug' <> slug
           AND number IN (SELECT article FROM address WHERE lasts = 1)
         ORDER BY number`,
      ),
      wishing: database.prepare(
        `SELECT number, path, facts ->> 'aliases' AS aliases FROM article
         WHERE path IS NOT NULL AND number IN (
           SELECT article FROM address WHERE lasts = 0 AND path GLOB '${pages}*')
         ORDER BY number`,
      ),
      sharing: database.prepare(
        `SELECT a.number, a.path, a.facts ->> 'canonicalUrl' AS original
         FROM article a WHERE a.path IS NOT NULL AND a.facts ->> 'sharesOriginal' AND a.number IN (
           SELECT article FROM address WHERE path IN (
             SELECT path FROM address WHERE lasts = 0 AND path GLOB '[^/]*/*' GROUP BY path HAVING count(*) > 1))
         ORDER BY a.number`,
      ),
      isMade: database.prepare(
        'SELECT 1 FROM article WHERE id BETWEEN ? AND ? AND number IS NOT ?',
      ),
    }
  }

  /**
   * Whether a slug is that of the page of another article, or was once.
   * @param article the number of the one that wants it; undefined of a new one
   * @param now when the refresh began, of whose losses nothing is known yet; null at its end
   */
  isTaken(slug: string, article: number | undefined, now: number | null): boolean {
    const own = article ?? null
    const start = /-([0-9a-f]{8})(?:[0-9a-f]{24})?$/.exec(slug)?.[1]
    // By the start of its id an article is found at whatever slugs it had.
    if (start && this.#statements.isMade.get(start, `${start}~`, own)) return true
    return this.#statements.isStated.get(addressOf(slug), own, now) !== undefined
  }

  /**
   * The file of the article that readers know by the address of an original.
   * @param article the number of another one, which states that address too; undefined of a new one
   */
  fileOfOriginal(canonicalUrl: string, article: number | undefined): string | undefined {
    const whole = plainAddress(canonicalUrl)
    const row = this.#statements.original.get(whole, article ?? null, canonicalUrl)
    return row ? String(row.path) : undefined
  }

  /** Articles whose stated slug is another's, by number, and that slug: of all that are there. */
  refused(): [number: number, slug: string][] {
    return this.#statements.refused.all().map((row) => [Number(row.article), String(row.slug)])
  }

  /** Articles that state aliases among the addresses of our pages. */
  wishing(): { number: number; path: string; aliases: string[] }[] {
    return this.#statements.wishing.all().map(({ number, path, aliases }) => ({
      ...{ number: Number(number), path: String(path) },
      aliases: JSON.parse(String(aliases)),
    }))
  }

  /** Files that state the original of another article, and the file of that. */
  sharing(): { path: string; original: string; first: string }[] {
    return this.#statements.sharing.all().flatMap(({ number, path, original }) => {
      const first = this.fileOfOriginal(String(original), Number(number))
      return first === undefined ? [] : { path: String(path), original: String(original), first }
    })
  }

  /** @param before what the article's file said before; undefined of a new one */
  put(
    article: number,
    slug: string,
    content: Pick<ArticleContent, 'statedSlug'> & Former,
    before: Former = {},
  ): void {
    if (content.statedSlug !== undefined) this.add({ path: addressOf(slug), article, lasts: 1 })
    this.putPassing(article, formerOf(content), formerOf(before))
  }

  /**
   * Notes what leads to an article while it is stated, in place of what was: such addresses, or names, by which those are found
   * that were computed of them.
   */
  putPassing(article: number, paths: readonly string[], former: readonly string[] = []): void {
    for (const path of paths) this.add({ path, article, lasts: 0 })
    for (const path of former) {
      if (!paths.includes(path)) this.#statements.deleteAlias.run(path, article)
    }
  }

  add(address: Address): void {
    const { path, article, lasts } = address
    this.#statements.put.run(path, article, lasts, addressSum(address))
  }
}
