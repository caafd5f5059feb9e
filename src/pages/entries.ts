/** Articles as lists show them. */
import { setImmediate } from 'node:timers/promises'
import type { Article } from '../article.ts'
import type { Catalogue, ListedArticle } from '../catalogue/catalogue.ts'
import { articlePath, channelPath } from '../channels/channel.ts'
import { openingOf } from '../channels/item.ts'
import type { Config } from '../config.ts'
import { inARow } from '../names.ts'
import { directionOf, escapeText } from '../text.ts'
import { type DateText, dateText } from './locale.ts'

export interface PageImage {
  /** Root-relative: a page loads nothing from elsewhere. */
  readonly path: string
  readonly alt: string
  readonly width?: number
  readonly height?: number
}

export interface Entry {
  readonly title: string
  readonly path: string
  /** HTML without elements; empty where nothing but the title says anything. */
  readonly summary: string
  readonly lang: string
  readonly dir: string
  readonly section: { readonly name: string; readonly path: string } | undefined
  /** Their names; empty where none is stated. */
  readonly authors: string
  readonly date: DateText
  readonly readingTime: number | undefined
  readonly image: PageImage | undefined
}

/** @param locale of its date */
export function entryOf(article: Article, locale: string, config: Config): Entry {
  const { title, language, section, published, readingTime } = article
  return {
    title,
    path: articlePath(article),
    summary: escapeText(openingOf(article)),
    lang: language,
    dir: directionOf(language),
    section: section && {
      name: section.name,
      path: channelPath({ kind: 'section', slug: section.slug }),
    },
    authors: inARow(article.authors.map(({ name }) => name)),
    date: dateText(published, locale, config),
    readingTime,
    image: ownImage(article),
  }
}

/** The lead image, if we serve it. */
export function ownImage({ image }: Article): PageImage | undefined {
  if (!image?.url?.startsWith('/')) return undefined
  const { url, alt, caption, width, height } = image
  return {
    path: url,
    alt: alt ?? caption ?? '',
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  }
}

/** What is made of the articles of a list, in its order. One article at a time is in memory. */
export async function eachOf<T>(
  listed: readonly ListedArticle[],
  catalogue: Catalogue,
  make: (article: Article) => T,
): Promise<T[]> {
  const made: T[] = []
  for (const { number } of listed) {
    const article = await catalogue.articleByNumber(number)
    if (article) made.push(make(article))
    // Long ones take some milliseconds; whoever asks meanwhile comes in between.
    await setImmediate()
  }
  return made
}
