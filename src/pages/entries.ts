/** Articles as lists show them. */
import { setImmediate } from 'node:timers/promises'
import type { Article, Term } from '../article.ts'
import type { CatalogueReader, ListedArticle } from '../catalogue/catalogue.ts'
import type { TermKind } from '../catalogue/channel-kinds.ts'
import { articlePath, channelPath } from '../channels/channel.ts'
import { openingOf } from '../channels/item.ts'
import { inARow } from '../names.ts'
import { directionOf, escapeText } from '../text.ts'
import { fittingSources, type PictureSource } from './fitting-pictures.ts'
import { dateText } from './locale.ts'
import type { PageSources } from './page.ts'
import type { PageLink } from './renderer.ts'

export const channelLink = (kind: TermKind, { name, slug }: Term): PageLink => ({
  name,
  path: channelPath({ kind, slug }),
})

export type ListEntry = ReturnType<typeof entryOf>

function entryOf(article: Article, { locale, config }: PageSources) {
  const { title, language, section, authors, published, readingTime } = article
  return {
    title,
    path: articlePath(article),
    /** HTML without elements; empty where nothing but the title says anything. */
    summary: escapeText(openingOf(article)),
    lang: language,
    dir: directionOf(language),
    section: section && channelLink('section', section),
    /** Their names; empty where none is stated. */
    authors: inARow(authors.map(({ name }) => name)),
    date: dateText(published, locale, config),
    readingTime,
    image: ownImage(article),
  }
}

export const entriesOf = (listed: readonly ListedArticle[], sources: PageSources) =>
  eachOf(listed, sources.catalogue, (article) => entryOf(article, sources))

interface OwnImage {
  readonly path: string
  readonly alt: string
  readonly width: number | undefined
  readonly height: number | undefined
  /** In other sizes. */
  readonly sources: readonly PictureSource[]
}

/** The lead image, if we serve it: a page loads nothing from elsewhere. */
export function ownImage({ image }: Article): OwnImage | undefined {
  if (!image?.url?.startsWith('/')) return undefined
  const { url, alt, caption, width, height } = image
  const sources = fittingSources(url, image)
  return { path: url, alt: alt ?? caption ?? '', width, height, sources }
}

/** What is made of the articles of a list, in its order. One article at a time is in memory. */
export async function eachOf<T>(
  listed: readonly ListedArticle[],
  catalogue: CatalogueReader,
  make: (article: Article) => T,
): Promise<T[]> {
  const made: T[] = []
  for (const { number, version } of listed) {
    const article = await catalogue.articleByNumber(number, version)
    if (article) made.push(make(article))
    // Long ones take some milliseconds; whoever asks meanwhile comes in between.
    await setImmediate()
  }
  return made
}
