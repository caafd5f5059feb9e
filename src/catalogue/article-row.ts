/** A row of the table article, as a refresh reads and writes it. */
import { LRUCache } from 'lru-cache'
import type { ArticleContent } from '../article.ts'
import { attempt } from '../attempt.ts'
import type { Filed } from './channel-kinds.ts'
import { DamageError } from './damage.ts'
import type { Statements } from './statements.ts'
import { type Content, checkIdentity, identityOf } from './sums.ts'

/** An article's place in its channels. */
export interface Member {
  /** Of the row in the table article. */
  readonly number: number
  readonly id: string
  readonly published: number
  readonly updated: number
  readonly content: Filed
}

export interface ArticleRow extends Member {
  readonly slug: string
  readonly firstSlug: string | null
  readonly path: string | null
  readonly hash: string
  readonly expires: number | null
  readonly facts: string
  /** Stands for the text, of which there may be 2 MB; null of an article of before there were sums. */
  readonly contentSum: number | null
  readonly content: Facts
}

/**
 * HTML is kept apart: as JSON it would be escaped at every write and unescaped at every read.
 * @param updated in ms since 1970; no article was updated before it was published
 */
export function storedForm(
  { content: html, ...facts }: ArticleContent,
  updated: number,
): Content & { readonly updated: number } {
  const published = Date.parse(facts.published)
  return {
    published,
    updated: Math.max(updated, published),
    expires: facts.expires ? Date.parse(facts.expires) : null,
    facts: JSON.stringify(facts),
    html,
  }
}

type Facts = Omit<ArticleContent, 'content'>

/** @throws DamageError when it is not the JSON that `storedForm` gave */
export function factsOf(stored: unknown): Facts {
  try {
    return JSON.parse(String(stored))
  } catch {
    throw new DamageError("an article's text is damaged")
  }
}

/**
 * The language of an article that may be listed.
 * @throws DamageError when it is none
 */
export function languageOf({ language }: { readonly language?: unknown }): string {
  if (typeof language === 'string' && isTag.memo(language)) return language
  throw new DamageError("an article's language is damaged")
}

/** Whether a text is a tag of a language: lists ask that of each of their articles. */
const isTag = new LRUCache<string, boolean>({
  max: 500,
  memoMethod: (text) => attempt(() => Intl.getCanonicalLocales([text])) !== undefined,
})

/** By which a row is out or is not. */
export const timesOf = ({ path, published, expires }: Record<string, unknown>) => ({
  path: path === null ? null : String(path),
  published: Number(published),
  expires: expires === null ? null : Number(expires),
})

/** @param number of the article; anything else where there is none */
export function rowAt({ articleByNumber }: Statements, number: unknown): ArticleRow | undefined {
  return typeof number === 'number' ? rowOf(articleByNumber.get(number)) : undefined
}

export function rowOf(found: Record<string, unknown> | undefined): ArticleRow | undefined {
  if (!found) return undefined
  const facts = String(found.facts)
  checkIdentity(found)
  return {
    ...identityOf(found),
    ...timesOf(found),
    number: Number(found.number),
    facts,
    contentSum: found.content_sum === null ? null : Number(found.content_sum),
    content: factsOf(facts),
  }
}
