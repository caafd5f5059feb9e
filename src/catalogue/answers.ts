/** What rows of the queries say. What was never written is found here, while it can still be read anew. */
import { type Article, mostContentBytes } from '../article.ts'
import { attempt } from '../attempt.ts'
import type { Note } from '../intake/note.ts'
import { addressIn } from './addresses.ts'
import { factsOf, languageOf, timesOf } from './article-row.ts'
import type {
  ChannelRecord,
  KnownRejection,
  ListedArticle,
  ListedPage,
  NotedFile,
} from './catalogue.ts'
import type { ChannelKind } from './channel-kinds.ts'
import type { NamedPage } from './computed-addresses.ts'
import { DamageError } from './damage.ts'
import { knownOf } from './known-channel.ts'
import { checkChannel, checkContent, checkIdentity, timeOf } from './sums.ts'

type Row = Record<string, unknown>

/** @throws DamageError when the row is another than was written */
export function articleOf(row: Row): Article {
  checkIdentity(row)
  checkContent(row)
  const facts = factsOf(row.facts)
  const html = String(row.html)
  return {
    ...facts,
    // A text that was kept when there was no limit is not shown until its file says less.
    content: Buffer.byteLength(html) > mostContentBytes ? '' : html,
    id: `urn:uuid:${row.id}`,
    slug: String(row.slug),
    ...(row.first_slug !== null && { firstSlug: String(row.first_slug) }),
    updated: timeOf(row.updated),
  }
}

/**
 * The sum of its text is not looked at, for which all of that would have to be read: it is when the article
 * is rendered.
 * @throws DamageError when the row says what no list can be made of, or who it is is not what was written
 */
export function listedOf(row: Row): ListedArticle {
  checkIdentity(row)
  return {
    number: Number(row.number),
    version: Number(row.version),
    id: `urn:uuid:${row.id}`,
    published: timeOf(row.published),
    updated: timeOf(row.updated),
    language: languageOf(row),
  }
}

/** @throws DamageError when the row is not the one that was written */
export function pageOf(row: Row): ListedPage {
  checkIdentity(row)
  const { number, version, slug, updated, canonical, section } = row
  return {
    number: Number(number),
    version: Number(version),
    slug: String(slug),
    updated: timeOf(updated),
    ...(typeof canonical === 'string' && { canonicalUrl: canonical }),
    ...(typeof section === 'string' && { section }),
  }
}

/** @throws DamageError when the row is not the one that was written */
export function namedOf(row: Row): NamedPage {
  addressIn(row)
  checkIdentity(row)
  const { published, expires } = timesOf(row)
  const { slug, path, facts } = row
  return { slug: String(slug), path: String(path), published, expires, content: factsOf(facts) }
}

/** @throws DamageError when its date is none, or what else is wrong with the file is no JSON */
export function rejectionOf(row: Row): KnownRejection {
  const { path, line, reason, remedy, others, since, article } = row
  const further: unknown = attempt(() => JSON.parse(String(others)))
  if (!Array.isArray(further)) throw new DamageError('a rejection is damaged')
  return {
    path: String(path),
    ...(line !== null && { line: Number(line) }),
    reason: String(reason),
    remedy: String(remedy),
    others: further,
    isPublished: article !== null,
    since: timeOf(since),
  }
}

/** @param rows a note each, those of a file behind each other */
export function notedOf(rows: readonly Row[]): NotedFile[] {
  const byPath = Map.groupBy(rows, ({ path }) => String(path))
  return [...byPath].map(([path, those]) => ({ path, notes: those.map(noteOf) }))
}

const noteOf = ({ line, text }: Row): Note => ({
  ...(line !== null && { line: Number(line) }),
  text: String(text),
})

/** @throws DamageError when the row is another than was written */
export function channelOf(row: Row, feedItems: number): ChannelRecord {
  checkChannel(row, knownOf(row))
  const archives = Number(row.archives)
  return {
    archives,
    fullArchives: Number(row.archived) >= feedItems ? archives : Math.max(archives - 1, 0),
    kind: String(row.kind) as ChannelKind,
    slug: String(row.slug),
    name: String(row.name),
    changed: timeOf(row.changed),
    version: Number(row.version),
  }
}
