/**
 * RSS 2.0 (rssboard.org/rss-specification), with elements of Dublin Core, content, Atom, Media RSS
 * and feed history (RFC 5005).
 */
import { isOurAccent } from '../accent.ts'
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { inARow } from '../names.ts'
import { archiveLinks, archiveMark, historyNamespace } from './archive-links.ts'
import { baseFeed } from './base-feed.ts'
import { articleUrl, authorNames, type Channel, publisherOf } from './channel.ts'
import { datesOf } from './dates.ts'
import type { DocumentLinks, FeedFormat, Frame } from './feed-format.ts'
import { feedLanguage } from './feed-language.ts'
import { guidOf, isPermalink } from './guid.ts'
import { hubLinks } from './hubs.ts'
import { rssPicture, sitePictures } from './icons.ts'
import { contentHtml, recordingOf, showsText, summaryHtml, termsOf } from './item.ts'
import { mediaElements, mediaNamespace } from './media-rss.ts'
import { minutesBetweenRefreshes } from './schedule.ts'
import { buildElement, buildXml, type Element, parseXml, splitBeforeEnd, withHtml } from './xml.ts'

const namespaces = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  ...historyNamespace,
  ...mediaNamespace,
}

/** Elements that hold plain text, as the description does of a channel: the start tag, and the text. */
const plainText =
  /(<(?:title|description|copyright|category|source|dc:\w+|media:\w+)(?: [^>]*)?>)([^<]+)/g

/**
 * Writes "<" and "&" of plain text as numbers, so that no reader takes them for HTML (rssboard.org/rss-profile,
 * "Character data"). To parsers of XML it is the same.
 */
const withNumericReferences = (xml: string) =>
  xml.replace(
    plainText,
    (_, tag: string, text: string) =>
      tag + text.replaceAll('&amp;', '&#x26;').replaceAll('&lt;', '&#x3C;'),
  )

export const rss: FeedFormat = {
  name: 'RSS 2.0',
  fileName: 'rss.xml',
  aliases: ['feed', 'feed/rss', 'feed/rss2', 'feed.rss', 'feed.xml', 'index.xml', 'rss', 'rss2'],
  mediaType: 'application/rss+xml',
  otherMediaTypes: ['application/xml', 'text/xml'],
  contentType: 'application/rss+xml; charset=utf-8',
  frame: rssFrame,
  item: rssItem,
}

async function rssFrame(channel: Channel, links: DocumentLinks, config: Config): Promise<Frame> {
  const rendered = await parseXml(baseFeed(channel, config, links.self).rss2())
  const head = rendered.channel as Element
  const { namespace, elements } = forFeedly(config)
  const image = rssPicture(config)
  const root = {
    $: { version: '2.0', ...namespaces, ...namespace },
    channel: {
      ...head,
      'atom:link': [head['atom:link'], ...hubLinks(links), ...archiveLinks(links)],
      ...archiveMark(links),
      ...(image && {
        image: {
          url: image.url,
          title: channel.title,
          link: channel.pageUrl,
          width: image.width,
          height: image.height,
        },
      }),
      ...elements,
      ttl: minutesBetweenRefreshes(config.refreshCron),
    },
  }
  return splitBeforeEnd(withNumericReferences(buildXml({ rss: root })), 'channel')
}

/**
 * What Feedly shows of a feed (blog.feedly.com, "10 ways to optimize your feed for feedly"). The W3C's validator does not know it and
 * says so: it is left out where nothing of it is the site's own.
 */
function forFeedly(config: Config): { namespace?: Element; elements?: Element } {
  const { icon, logo, accentColour } = config
  if (!icon && !logo && isOurAccent(accentColour)) return {}
  const pictures = sitePictures(config)
  return {
    namespace: { 'xmlns:webfeeds': 'http://webfeeds.org/rss/1.0' },
    elements: {
      'webfeeds:icon': pictures.small,
      'webfeeds:logo': pictures.logo,
      ...(!isOurAccent(accentColour) && {
        'webfeeds:accentColor': accentColour.light.slice(1),
      }),
    },
  }
}

async function rssItem(article: Article, config: Config, isBrief: boolean): Promise<string> {
  const built = buildElement('item', itemOf(article, config, isBrief))
  const item = withHtml(withNumericReferences(built), 'description', summaryHtml(article))
  if (!showsText(article, isBrief)) return item
  return withHtml(item, 'content:encoded', contentHtml(article, config))
}

function itemOf(article: Article, config: Config, isBrief: boolean): Element {
  const publisher = publisherOf(article, config)
  const sourceUrl = article.publisher ? article.publisher.url : config.publisher.feedUrl
  const recording = recordingOf(article, config)
  const { published, updated } = datesOf(article, config)
  return {
    title: article.title,
    link: articleUrl(article, config),
    guid: { $: { isPermaLink: String(isPermalink(article, config)) }, _: guidOf(article, config) },
    pubDate: new Date(published).toUTCString(),
    // Readers and validators expect it before the content, so it is never left out.
    description: '',
    ...(showsText(article, isBrief) && { 'content:encoded': '' }),
    // What says of an edit in Atom says it here.
    ...(updated !== published && { 'atom:updated': updated }),
    // In one element: of several, most readers show the first or the last only.
    'dc:creator': inARow(authorNames(article, config)),
    'dc:publisher': publisher.name,
    ...(article.language !== config.language && { 'dc:language': feedLanguage(article.language) }),
    category: termsOf(article, config).map(({ name, scheme }) => ({
      $: { domain: scheme },
      _: name,
    })),
    // It has to have an address; dc:publisher has the name of those without.
    ...(sourceUrl && { source: { $: { url: sourceUrl }, _: publisher.name } }),
    // A length that is not known is written as 0 (rssboard.org/rss-profile, enclosure).
    ...(recording && {
      enclosure: {
        $: { ...recording, url: dottedHost(recording.url), length: recording.length ?? 0 },
      },
    }),
    ...mediaElements(article, config),
  }
}

/** Validators want a dot in the host of an enclosure, which localhost lacks. */
const dottedHost = (url: string) => url.replace(/^http:\/\/localhost(?=[:/])/, 'http://127.0.0.1')
