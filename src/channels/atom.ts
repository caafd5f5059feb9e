/** Atom 1.0 (RFC 4287). */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { archiveLinks, archiveMark, historyNamespace } from './archive-links.ts'
import { baseFeed } from './base-feed.ts'
import { articleUrl, authorsOf, type Channel, publisherOf, rightsOf } from './channel.ts'
import { datesOf, distinctUpdate } from './dates.ts'
import type { DocumentLinks, FeedFormat, Frame } from './feed-format.ts'
import { feedLanguage } from './feed-language.ts'
import { atomId } from './guid.ts'
import { hubLinks } from './hubs.ts'
import { sitePictures } from './icons.ts'
import { contentHtml, recordingOf, showsText, summaryHtml, termsOf } from './item.ts'
import { mediaElements, mediaNamespace } from './media-rss.ts'
import { buildElement, buildXml, type Element, parseXml, splitBeforeEnd, withHtml } from './xml.ts'

export const atom: FeedFormat = {
  name: 'Atom 1.0',
  fileName: 'atom.xml',
  aliases: ['atom', 'feed.atom', 'feed/atom'],
  mediaType: 'application/atom+xml',
  otherMediaTypes: [],
  contentType: 'application/atom+xml; charset=utf-8',
  frame: atomFrame,
  item: atomEntry,
}

async function atomFrame(channel: Channel, links: DocumentLinks, config: Config): Promise<Frame> {
  const head = await parseXml(baseFeed(channel, config, links.self).atom1())
  const feed = {
    ...head,
    $: {
      xmlns: 'http://www.w3.org/2005/Atom',
      ...historyNamespace,
      ...mediaNamespace,
      'xml:lang': feedLanguage(channel.language),
    },
    updated: channel.updated,
    link: [
      // First: some readers take the first link for the site.
      { $: { rel: 'alternate', type: 'text/html', href: channel.pageUrl } },
      { $: { rel: 'self', type: 'application/atom+xml', href: links.self } },
      ...hubLinks(links),
      ...archiveLinks(links),
    ],
    ...archiveMark(links),
    author: { name: config.publisher.name, uri: config.publisher.url },
    icon: sitePictures(config).small,
    logo: sitePictures(config).logo,
  }
  return splitBeforeEnd(buildXml({ feed }), 'feed')
}

async function atomEntry(article: Article, config: Config, isBrief: boolean): Promise<string> {
  const built = buildElement('entry', entryOf(article, config, isBrief))
  const entry = withHtml(built, 'summary type="html"', summaryHtml(article))
  if (!showsText(article, isBrief)) return entry
  return withHtml(entry, 'content type="html"', contentHtml(article, config))
}

function entryOf(article: Article, config: Config, isBrief: boolean): Element {
  const publisher = publisherOf(article, config)
  const dates = datesOf(article, config)
  return {
    ...(article.language !== config.language && {
      $: { 'xml:lang': feedLanguage(article.language) },
    }),
    // It is text without a type, too. Where that is stated, feedjira takes the title of the source.
    title: article.title,
    id: atomId(article, config),
    link: linksOf(article, config),
    updated: distinctUpdate(article, dates),
    published: dates.published,
    summary: { $: { type: 'html' } },
    ...(showsText(article, isBrief) && { content: { $: { type: 'html' } } }),
    author: authors(article, config),
    category: termsOf(article, config).map(({ name, scheme }) => ({
      // Most readers show the term, and few the label.
      $: { term: name, scheme, label: name },
    })),
    rights: rightsOf(article, config),
    ...mediaElements(article, config),
    // Last: some readers take what is in it for the entry's own. Without an id it would be none (RFC 4287 §4.2.11).
    ...(publisher.url && {
      source: { id: publisher.url, title: publisher.name, updated: dates.updated },
    }),
  }
}

/**
 * An address is left out where someone without one follows: feedparser, whose many programs show it, would give it
 * to them as well.
 */
function authors(article: Article, config: Config): Element[] {
  const all = authorsOf(article, config)
  const last = all.findLastIndex(({ email }) => email === undefined)
  return all.map(({ name, email }, n) => ({ name, ...(email && n > last && { email }) }))
}

function linksOf(article: Article, config: Config): Element[] {
  const recording = recordingOf(article, config)
  const length = recording?.length !== undefined && { length: recording.length }
  const alternate = { rel: 'alternate', type: 'text/html', href: articleUrl(article, config) }
  return [
    { $: { ...alternate, hreflang: feedLanguage(article.language) } },
    ...(recording
      ? [{ $: { rel: 'enclosure', type: recording.type, href: recording.url, ...length } }]
      : []),
  ]
}
