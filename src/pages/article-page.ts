import type { Article, Audio, Term } from '../article.ts'
import { articlePath, articleUrl, channelPath, publisherOf } from '../channels/channel.ts'
import { absoluteLinks, isOurs } from '../channels/content-html.ts'
import { namedImage } from '../channels/fitted-image.ts'
import { ownLogo } from '../channels/icons.ts'
import { absoluteUrl, recordingOf, showsLead, sourceLine } from '../channels/item.ts'
import { site } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { changeHtml } from '../html.ts'
import { separatorOf } from '../names.ts'
import { escapeAttribute, escapeText } from '../text.ts'
import { wordingIn } from '../words/wording.ts'
import { channelLink, entriesOf, type ListEntry, ownImage } from './entries.ts'
import { alternatesOf } from './feed-links.ts'
import { fitPictures } from './fitting-pictures.ts'
import { linkForeignMedia } from './foreign-media.ts'
import { dateText } from './locale.ts'
import { articleDescription, articlePreview } from './open-graph.ts'
import type { PageSources } from './page.ts'
import { basePath, type PageParts } from './renderer.ts'
import { scrollTables } from './tables.ts'

/** So many other articles of its section are named below an article. */
const moreArticles = 3

/** @param newest of its section, as `newestOf` gives them */
export function articlePage(
  article: Article,
  newest: readonly ListEntry[],
  sources: PageSources,
): PageParts {
  const { title, summary, language, section, tags, authors, published, updated } = article
  const { locale, config } = sources
  const { words } = wordingIn(config.language)
  const publishedText = dateText(published, locale, config)
  const updatedText = dateText(updated, locale, config)
  const sectionKey = section && { kind: 'section' as const, slug: section.slug }
  return {
    head: {
      title,
      lang: language,
      description: articleDescription(article),
      canonical: articleUrl(article, config),
      alternates: [
        ...alternatesOf(site, config.siteTitle, config),
        ...(section && sectionKey ? alternatesOf(sectionKey, section.name, config) : []),
      ],
      openGraph: articlePreview(article, config),
      jsonLd: newsArticle(article, config),
      ...(sectionKey && { current: channelPath(sectionKey) }),
    },
    data: {
      article: {
        title,
        // The text of a video is its dek: nobody wants to read it twice.
        summary: isWholeText(article) ? undefined : summary,
        section: section && channelLink('section', section),
        authors: authors.map((author) => channelLink('author', author)),
        separator: separatorOf(authors.map(({ name }) => name)),
        tags: tags.map((tag) => channelLink('tag', tag)),
        published: publishedText,
        updated: updatedText.text === publishedText.text ? undefined : updatedText,
        readingTime: article.readingTime,
        ...(!showsLead(article) && leadOf(article)),
        audio: recordingIn(article),
        content: changeHtml(
          article.content,
          linkForeignMedia(words),
          scrollTables(words),
          absoluteLinks(article, { base: basePath(config), host: '', page: '' }),
          fitPictures(basePath(config)),
        ),
        source: sourceLine(article, config),
      },
      more: newest.filter(({ path }) => path !== articlePath(article)).slice(0, moreArticles),
    },
  }
}

/** The lead image above the text, or a link to it. */
function leadOf(article: Article) {
  const image = ownImage(article)
  const { url, caption, credit } = article.image ?? {}
  return { image, foreignImage: image ? undefined : url, caption, credit }
}

/** The recording or film of the article, unless the text has it. */
function recordingIn({ audio, content }: Article) {
  if (!audio || content.includes(`src="${escapeAttribute(audio.url)}"`)) return undefined
  const element = audio.type.startsWith('video/') ? 'video' : 'audio'
  return { url: audio.url, element, isOurs: isOurs(audio.url) }
}

/** The newest articles of a section, one more than are named below each of its articles: that itself may be among them. */
export async function newestOf(
  { slug }: Pick<Term, 'slug'>,
  sources: PageSources,
): Promise<ListEntry[]> {
  const key = { kind: 'section', slug } as const
  const listed = await sources.catalogue.listed(key, moreArticles + 1)
  return entriesOf(listed, sources)
}

const isWholeText = ({ summary, content }: Article) =>
  summary !== undefined && content === `<p>${escapeText(summary)}</p>`

/** schema.org/MediaObject. */
const mediaObject = ({ title, published }: Article, { url, type }: Audio) => ({
  '@type': type.startsWith('video/') ? 'VideoObject' : 'AudioObject',
  name: title,
  contentUrl: url,
  encodingFormat: type,
  uploadDate: published,
})

/** schema.org/NewsArticle. JSON leaves out what is undefined. */
function newsArticle(article: Article, config: Config): object {
  const { title, summary, language, section, tags, authors, published, updated } = article
  const { readingTime } = article
  const recording = recordingOf(article, config)
  const image = article.image && namedImage(article.image)
  const publisher = publisherOf(article, config)
  const logo = ownLogo(config)
  const organization = {
    '@type': 'NewsMediaOrganization',
    name: publisher.name,
    url: publisher.url,
    // Ours is nobody else's.
    ...(!article.publisher && logo && { logo: { '@type': 'ImageObject', ...logo } }),
  }
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': config.baseUrl + articlePath(article),
    mainEntityOfPage: articleUrl(article, config),
    url: articleUrl(article, config),
    headline: title,
    description: summary,
    inLanguage: language,
    datePublished: published,
    dateModified: updated,
    author:
      authors.length === 0
        ? organization
        : authors.map(({ name, slug }) => ({
            '@type': 'Person',
            name,
            url: config.baseUrl + channelPath({ kind: 'author', slug }),
          })),
    publisher: organization,
    image: image?.url && [absoluteUrl(image.url, config)],
    associatedMedia: recording && mediaObject(article, recording),
    articleSection: section?.name,
    keywords: tags.map(({ name }) => name),
    timeRequired: readingTime && `PT${readingTime}M`,
    isAccessibleForFree: true,
  }
}
