/** Intake and rendering as functions, for programs that need no server. They keep nothing. */
import { posix } from 'node:path'
import type { Article } from './article.ts'
import { checkFolder } from './articles-folder.ts'
import { idOf } from './catalogue/identity.ts'
import { describeChannel, feedId } from './channels/describe.ts'
import { feedFormats, formatOf } from './channels/feed-formats.ts'
import { site } from './channels/selection.ts'
import { articleAt } from './check/article-at.ts'
import { unreadBecause } from './check/unread.ts'
import { ConfigError } from './config.ts'
import { told } from './config-file.ts'
import { checkArticles, checkedContent, checkedPath } from './given-arguments.ts'
import { isArticleName } from './intake/formats/input-formats.ts'
import type { Note } from './intake/note.ts'
import type { Rejection } from './intake/rejection.ts'
import { configOfOptions, type NewsstandOptions, sayingOptions } from './options.ts'

/** What became of a file. */
export type ReadFile =
  | { readonly kind: 'article'; readonly article: Article; readonly notes: readonly Note[] }
  | { readonly kind: 'draft'; readonly notes: readonly Note[] }
  | { readonly kind: 'rejected'; readonly rejections: readonly [Rejection, ...Rejection[]] }
  | { readonly kind: 'passed-over'; readonly note: Note }
  | { readonly kind: 'gone' }

/** readArticle(), as when-called.ts has it. */
export async function read(
  path: string,
  options: NewsstandOptions,
  content?: string | Uint8Array,
): Promise<ReadFile> {
  const config = configOfOptions(options, process.cwd())
  const plain = checkedPath(path)
  const given = checkedContent(content)
  if (!isArticleName(posix.basename(plain))) {
    return { kind: 'passed-over', note: { text: unreadBecause(plain) } }
  }
  if (!given) await sayingOptions(() => checkFolder(config.articlesDir))
  const outcome = await articleAt(config, plain, given)
  const { kind } = outcome
  if (kind === 'rejected') return { kind, rejections: outcome.rejections }
  if (kind === 'passed-over') return { kind, note: outcome.note }
  if (kind === 'draft') return { kind, notes: outcome.notes }
  if (kind === 'gone') return { kind }
  const id = idOf(plain, 0, config.namespace.uuid)
  const { statedSlug, published, updated = published } = outcome.content
  const slug = statedSlug ?? `${outcome.titleSlug}-${id.slice(0, 8)}`
  const article = { ...outcome.content, id: `urn:uuid:${id}`, slug, updated }
  return { kind, article, notes: outcome.notes }
}

/** renderFeed(), as when-called.ts has it. */
export async function render(
  fileName: string,
  articles: readonly Article[],
  options: NewsstandOptions,
): Promise<string> {
  const config = configOfOptions(options, process.cwd())
  const format = formatOf(fileName)
  if (!format) {
    const known = feedFormats.map((one) => one.fileName).join(', ')
    throw new ConfigError(`fileName is ${told(fileName)}; allowed are ${known}.`)
  }
  checkArticles(articles)
  const changed = new Date(0).toISOString()
  const record = { ...site, name: '', changed, version: 0, archives: 0, fullArchives: 0 }
  const listed = articles.map((article) => ({ ...article, number: 0, version: 0 }))
  const head = describeChannel(record, listed, config)
  const id = feedId(site, config.namespace.uuid, config)
  // Where nothing is served there is no hub of our own.
  const links = { self: `${config.baseUrl}/${fileName}`, hubs: config.hubs.others }
  const { before, between, after } = await format.frame({ ...head, id }, links, config)
  const items: string[] = []
  for (const article of articles) items.push(await format.item(article, config, false))
  return before + items.join(between) + after
}
