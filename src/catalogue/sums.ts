/**
 * Checksums of what rows say: SQLite notices when its own structure is damaged, and not when a letter
 * has become another. NULL in the table is a row from before there were checksums.
 */
import { crc32 } from 'node:zlib'
import { validate } from 'uuid'
import { DamageError } from './damage.ts'
import type { Known } from './known-channel.ts'

type Row = Record<string, unknown>

/** What an article is known by, and nothing but the catalogue knows. */
export interface Identity {
  readonly id: string
  readonly slug: string
  /** The one before it, where its file states another since. */
  readonly firstSlug: string | null
  readonly hash: string
  /** ms since 1970. */
  readonly updated: number
}

/** What the article's file says. */
export interface Content {
  readonly published: number
  readonly expires: number | null
  /** ArticleContent as JSON, without its content. */
  readonly facts: string
  readonly html: string
}

export const identitySum = ({ id, slug, firstSlug, hash, updated }: Identity): number =>
  crc32(`${id} ${slug} ${hash} ${updated}${firstSlug === null ? '' : ` ${firstSlug}`}`)

export const contentSum = ({ published, expires, facts, html }: Content): number =>
  crc32(html, crc32(`${published} ${expires} ${facts}`))

export const channelSum = ({ key, changed, archives, archived, name, articles }: Known): number =>
  crc32(JSON.stringify([key.kind, key.slug, changed, archives, archived, name, articles]))

export const spellingSum = (channel: number, name: string, articles: number): number =>
  crc32(JSON.stringify([channel, name, articles]))

export const identityOf = ({ id, slug, first_slug: firstSlug, hash, updated }: Row): Identity => ({
  id: String(id),
  slug: String(slug),
  // Tables of before there was such a thing do not have it.
  firstSlug: typeof firstSlug === 'string' ? firstSlug : null,
  hash: String(hash),
  updated: Number(updated),
})

export const contentOf = ({ published, expires, facts, html }: Row): Content => ({
  published: Number(published),
  expires: expires === null ? null : Number(expires),
  facts: String(facts),
  html: String(html),
})

/** The latest that a Date can be; ms since 1970. */
const lastTime = 8.64e15

const isTime = (value: unknown) => Math.abs(Number(value)) <= lastTime

const isSum = (stored: unknown, sum: number) => stored === null || stored === sum

/** Whether it is what was written, and can be an identity at all where nothing was summed up. */
export const hasSoundIdentity = (row: Row): boolean =>
  isSum(row.identity_sum, identitySum(identityOf(row))) && validate(row.id) && isTime(row.updated)

export const hasSoundContent = (row: Row): boolean =>
  isSum(row.content_sum, contentSum(contentOf(row))) &&
  isTime(row.published) &&
  isTime(row.expires ?? 0)

/**
 * A time as RFC 3339 has it, to the second, as feeds and HTTP dates are.
 * @throws DamageError when it is none
 */
export function timeOf(value: unknown): string {
  if (!isTime(value)) throw new DamageError('a date is damaged')
  return `${new Date(Number(value)).toISOString().slice(0, -'.000Z'.length)}Z`
}

/** @throws DamageError when a row of the table article does not say who was written into it */
export function checkIdentity(row: Row): void {
  if (!hasSoundIdentity(row)) throw new DamageError('an article is damaged')
}

/** @throws DamageError when it does not say what was written into it */
export function checkContent(row: Row): void {
  if (!hasSoundContent(row)) throw new DamageError("an article's text is damaged")
}

/** @throws DamageError when a row of the table channel is another than was written */
export function checkChannel(row: Row, channel: Known): void {
  if (!isSum(row.sum, channelSum(channel))) throw new DamageError('a channel is damaged')
}

/** @throws DamageError when a row of the table spelling is another than was written */
export function checkSpelling({ channel, name, articles, sum }: Row): void {
  if (isSum(sum, spellingSum(Number(channel), String(name), Number(articles)))) return
  throw new DamageError("a channel's name is damaged")
}
