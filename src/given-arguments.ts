/** What a program hands to readArticle and renderFeed, which no types need have checked. */
import { posix } from 'node:path'
import { isUint8Array } from 'node:util/types'
import type { Article } from './article.ts'
import { ConfigError, told } from './config-file.ts'

/** A kind of value that a field has. */
interface Kind {
  readonly allowed: string
  readonly isValid: (value: unknown) => boolean
}

const text: Kind = { allowed: 'a string', isValid: (value) => typeof value === 'string' }
const list: Kind = { allowed: 'an array', isValid: Array.isArray }

/** In full: with seconds and a time zone. */
const time: Kind = {
  allowed: 'a time such as 2026-03-01T09:00:00Z',
  isValid: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
}

/** Without these there is no item. */
const fields = {
  id: {
    allowed: 'urn:uuid: with a UUID behind it',
    isValid: (value) =>
      typeof value === 'string' &&
      /^urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
  },
  title: {
    allowed: 'a title',
    isValid: (value) => typeof value === 'string' && value.trim() !== '',
  },
  published: time,
  updated: time,
  slug: text,
  content: text,
  language: text,
  tags: list,
  authors: list,
  sources: list,
} satisfies Partial<Record<keyof Article, Kind>>

/** @throws ConfigError that names what of it is none, and the field */
export function checkArticles(articles: unknown): asserts articles is readonly Article[] {
  if (!Array.isArray(articles)) {
    throw new ConfigError(`articles is ${shown(articles)}; allowed is an array of articles.`)
  }
  for (const [index, article] of articles.entries()) checkArticle(article, `articles[${index}]`)
}

function checkArticle(article: unknown, name: string): void {
  if (typeof article !== 'object' || article === null || isPromise(article)) {
    throw new ConfigError(`${name} is ${shown(article)}; allowed is an article.`)
  }
  const given = article as Readonly<Record<string, unknown>>
  if ('kind' in given) {
    throw new ConfigError(
      `${name} is what readArticle gives; allowed is an article, such as its .article.`,
    )
  }
  for (const [field, { allowed, isValid }] of Object.entries<Kind>(fields)) {
    if (isValid(given[field])) continue
    throw new ConfigError(`${name}.${field} is ${shown(given[field])}; allowed is ${allowed}.`)
  }
}

/**
 * @returns the path of a file as the server spells it, which ids are made of
 * @throws ConfigError when it leads to nothing that the server may read
 */
export function checkedPath(path: unknown): string {
  const plain = typeof path === 'string' && !path.includes('\0') ? posix.normalize(path) : ''
  const isPlain = (name: string) => name !== '' && !name.startsWith('.')
  if (plain.split('/').every(isPlain)) return plain
  throw new ConfigError(
    `path is ${shown(path)}; allowed is the path of a file in articlesDir, with / and no name that begins with a dot.`,
  )
}

/** @returns undefined where none is given. @throws ConfigError */
export function checkedContent(content: unknown): Buffer | undefined {
  if (content === undefined) return undefined
  if (typeof content === 'string') return Buffer.from(content)
  if (isUint8Array(content)) return Buffer.from(content)
  throw new ConfigError(`content is ${shown(content)}; allowed is a string or a Uint8Array.`)
}

const isPromise = (value: unknown) =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function'

/** A value as an error may show it: an article would be long. */
function shown(value: unknown): string {
  if (isPromise(value)) return 'a Promise, which is to be awaited'
  if (value === undefined) return 'undefined'
  return typeof value === 'object' && value !== null ? 'an object' : told(value)
}
