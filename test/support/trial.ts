/** Reads an input, renders what became of it in every way, and checks all that has to hold. */
import { ok, strictEqual } from 'node:assert'
import type { Article, ArticleContent } from '../../src/article.ts'
import { idOf } from '../../src/catalogue/identity.ts'
import { openSqliteCatalogue } from '../../src/catalogue/sqlite-catalogue.ts'
import { renderingOf } from '../../src/channels/rendering.ts'
import { loadConfig } from '../../src/config.ts'
import { namesIn } from '../../src/intake/file-names.ts'
import type { Outcome } from '../../src/intake/file-result.ts'
import { articleOf } from '../../src/intake/read-article.ts'
import { RejectionError } from '../../src/intake/rejection.ts'
import { createTopicFinder } from '../../src/intake/topics.ts'
import { commonNamespace } from '../../src/namespace.ts'
import { readAssets } from '../../src/pages/assets.ts'
import { createRenderer } from '../../src/pages/renderer.ts'
import { cleanLine, cleanText } from '../../src/text.ts'
import type { Input } from './inputs.ts'
import { checkFeeds, checkPage, textOfHtml } from './outputs.ts'

export interface Trial {
  /** @throws Error when something does not hold */
  read(input: Input): Promise<Outcome>
  /** Renders the article alone. @throws likewise */
  render(article: Article): Promise<void>
  /** Renders them together in a document of each format. @throws likewise */
  renderAll(articles: readonly Article[]): Promise<void>
  close(): Promise<void>
}

/** An article as the catalogue would have it that knows no other. */
export function asPublished(outcome: Outcome & { kind: 'article' }, name: string): Article {
  const { content, titleSlug } = outcome
  return {
    ...content,
    id: `urn:uuid:${idOf(name, 0, commonNamespace)}`,
    slug: titleSlug,
    updated: content.updated ?? content.published,
  }
}

/** @param folder for the catalogue, and the articles folder that is empty */
export async function openTrial(folder: string): Promise<Trial> {
  const settings = { ARTICLES_DIR: folder, DATA_DIR: folder, BASE_URL: 'https://news.example/base' }
  const config = loadConfig(settings, folder)
  const catalogue = await openSqliteCatalogue(config, renderingOf(config))
  const renderer = createRenderer(config, readAssets(config))
  const findTopics = createTopicFinder(config.topics)
  const reading = { ...config, root: folder, files: namesIn(folder), findTopics }
  return {
    async read(input) {
      const outcome = await outcomeOf(() =>
        articleOf(input.bytes, { path: input.name, modified: 0 }, reading),
      )
      strictEqual(Object.keys(Object.prototype).length, 0, 'Object.prototype was changed')
      if (outcome.kind === 'article') checkSaid(outcome, input)
      return outcome
    },
    async render(article) {
      await checkFeeds([article], config)
      await checkPage(article, catalogue, renderer, config)
    },
    renderAll: (articles) => checkFeeds(articles, config),
    close: () => catalogue.close(),
  }
}

/** A rejection says why, and what to do; what is thrown beside it is a fault of ours. */
async function outcomeOf(read: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof RejectionError)) throw error
    const { reason, remedy, line } = error.rejections[0]
    ok(reason !== '' && remedy.endsWith('.'), `no reason or remedy: ${reason} ${remedy}`)
    ok(line === undefined || line >= 1, `line ${line}`)
    return { kind: 'rejected', rejections: error.rejections }
  }
}

const bare = (text: string) => cleanText(text).replace(/\s+/g, '')

/** Where nothing of it shows, the name of the file is the title, and of a wire what its text begins with. */
function checkTitle({ title, content }: ArticleContent, stated: string): void {
  if (stated !== '') {
    strictEqual(title, stated)
    return
  }
  const isBeginning = bare(textOfHtml(content)).startsWith(bare(title.replace(/…$/, '')))
  ok(title === 'A' || isBeginning, title)
}

/** Where the input tells what it says, the article says that. */
function checkSaid({ content }: Outcome & { kind: 'article' }, input: Input): void {
  if (input.title !== undefined) checkTitle(content, cleanLine(input.title))
  if (input.paragraphs === undefined) return
  strictEqual(bare(textOfHtml(content.content)), bare(input.paragraphs.join('')))
}
