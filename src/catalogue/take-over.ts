/** Takes over what can still be read of a damaged catalogue into a new one. */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import type { ArticleContent } from '../article.ts'
import { attempt } from '../attempt.ts'
import { addressIn } from './addresses.ts'
import { factsOf, languageOf } from './article-row.ts'
import { isOut } from './is-out.ts'
import { writeLastCommit } from './last-commit.ts'
import { putLinks } from './link-index.ts'
import { insertArticle } from './statements.ts'
import type { Writing } from './store.ts'
import { contentOf, hasSoundContent, hasSoundIdentity, identityOf } from './sums.ts'

/** So many articles are taken over in one go: few enough to let a request in between. */
const portion = 100
/** Of so many portions in a row that cannot be read, the rest is given up. */
const mostFailures = 1000

/** What is put down of an article whose text is lost, until its file is read again. */
const inNoChannel = JSON.stringify({ tags: [], authors: [] })

type Row = Record<string, unknown>

/**
 * Articles with their ids and addresses. Their files count as unread.
 * @returns how many were taken over whole
 * @throws Error when the damaged one was closed meanwhile
 */
export async function takeOver(damaged: DatabaseSync, writing: Writing): Promise<number> {
  const { database, statements, channels } = writing
  const now = Date.now()
  const paths = new Set<string>()
  // No state of an article may be taken for one of the damaged catalogue, which are remembered by number.
  const firstVersion = now
  let version = firstVersion
  let kept = 0
  /** Of articles, by the one they had. */
  const numbers = new Map<number, number>()
  const stating: Kept[] = []
  database.exec('BEGIN IMMEDIATE')
  for (const row of readableRows(damaged, 'article')) {
    version += 1
    const article = keep(row, paths, version, writing, now)
    if (article) numbers.set(Number(row.number), article.number)
    if (article?.isWhole) kept += 1
    if (article?.content.statedSlug || article?.content.aliases) stating.push(article)
    if ((version - firstVersion) % portion === 0) await setImmediate()
  }
  await takeOverAddresses(damaged, numbers, stating, writing)
  // Without a single article it is as good as new, and the first refresh is quicker.
  if (version > firstVersion) writeLastCommit(statements, now)
  channels.beginSite(now)
  channels.finish(now, version, false)
  // What readers were told of the time of change may be lost: now is later in any case.
  channels.touchAll(now)
  channels.finish(now, version, false)
  database.exec('COMMIT')
  return kept
}

/**
 * Takes over addresses in the order in which they were stated. What articles state now is noted once more after
 * them, where it was lost.
 * @param numbers of articles in the new catalogue, by those in the damaged one
 * @param stating articles in the new one
 */
async function takeOverAddresses(
  damaged: DatabaseSync,
  numbers: ReadonlyMap<number, number>,
  stating: readonly Kept[],
  { addresses }: Writing,
): Promise<void> {
  let done = 0
  for (const row of readableRows(damaged, 'address')) {
    const address = attempt(() => addressIn(row))
    const article = address && numbers.get(address.article)
    if (address && article !== undefined) addresses.add({ ...address, article })
    done += 1
    if (done % portion === 0) await setImmediate()
  }
  for (const { number, slug, content } of stating) addresses.put(number, slug, content)
}

/**
 * Rows of a table that has numbers, as far as they can be read, whatever is in them.
 * @throws Error when the catalogue was closed meanwhile: that is no damage
 */
function* readableRows(damaged: DatabaseSync, table: 'article' | 'address'): Generator<Row> {
  const [some, one] = attempt(() => [
    damaged.prepare(`SELECT * FROM ${table} WHERE number > ? ORDER BY number LIMIT ?`),
    damaged.prepare(`SELECT * FROM ${table} WHERE number = ?`),
  ]) ?? [undefined, undefined]
  if (!some || !one) return
  let last = 0
  let failures = 0
  while (failures < mostFailures) {
    const rows = attempt(() => some.all(last, portion))
    if (rows?.length === 0) return
    if (rows) {
      failures = 0
      yield* rows
      last = Number(rows.at(-1)?.number)
      continue
    }
    if (!damaged.isOpen) throw new Error('the damaged catalogue was closed')
    for (let number = last + 1; number <= last + portion; number += 1) {
      const row = attempt(() => one.get(number))
      if (row) yield row
    }
    last += portion
    failures += 1
  }
}

interface Kept {
  readonly number: number
  readonly slug: string
  readonly content: Pick<ArticleContent, 'statedSlug' | 'aliases'>
  readonly isWhole: boolean
}

/**
 * Keeps what a row says if that is what was written: the whole article, or at least who it is and
 * since when, by which its file finds it again.
 * @returns what was kept, if anything was
 */
function keep(
  row: Row,
  paths: Set<string>,
  version: number,
  { statements, channels, guids, editions }: Writing,
  now: number,
): Kept | undefined {
  if (!hasSoundIdentity(row)) return undefined
  const identity = identityOf(row)
  const content = contentOf(row)
  const facts = hasSoundContent(row) ? attempt(() => soundFacts(content.facts)) : undefined
  const path = typeof row.path === 'string' && facts && !paths.has(row.path) ? row.path : null
  const { expires } = content
  // Of a file that states no date it is all that is known of that.
  const published = facts || content.published <= now ? content.published : now
  const text = facts ? content : { ...content, published, facts: inNoChannel, html: '' }
  const number = attempt(() =>
    insertArticle(statements, { ...identity, ...text, path }, now, version),
  )
  if (number === undefined) return undefined
  const { slug } = identity
  const { edition } = facts ?? {}
  const isKnown = edition && editions.story(edition.story).article !== null
  if (edition && (path !== null || !isKnown)) editions.putArticle(edition.story, number)
  if (path === null || !facts) return { number, slug, content: facts ?? {}, isWhole: false }
  paths.add(path)
  statements.putFile.run(path, '', number)
  putLinks(statements, number, content.html)
  const member = { ...identity, number, published, content: facts }
  channels.add(member)
  if (isOut({ path, published, expires }, now)) channels.touch(member)
  guids.note(number, facts)
  if (edition) editions.put(path, edition, published)
  return { number, slug, content: facts, isWhole: true }
}

/** @throws DamageError when an article cannot be listed with them: those of before there were sums */
function soundFacts(stored: string) {
  const facts = factsOf(stored)
  languageOf(facts)
  return facts
}
