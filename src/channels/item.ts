/** What the three formats say of an article in the same words. */
import { LRUCache } from 'lru-cache'
import type { Article, Audio } from '../article.ts'
import type { Config } from '../config.ts'
import { changeHtml } from '../html.ts'
import { pictureKey } from '../same-picture.ts'
import { directionOf, escapeAttribute, escapeText } from '../text.ts'
import { articlePath, publisherOf, schemeUrl } from './channel.ts'
import { absoluteLinks, beginsWith, excerptOf } from './content-html.ts'
import { fitInText, shownImage } from './fitted-image.ts'

/** "Source" in the languages TRT publishes in; else the English word. */
const sourceWords: Readonly<Record<string, string>> = {
  ar: 'المصدر',
  de: 'Quelle',
  en: 'Source',
  es: 'Fuente',
  fr: 'Source',
  he: 'מקור',
  ja: '出典',
  ru: 'Источник',
  tr: 'Kaynak',
}

/** The whole article as HTML: dek, lead image, text, source line; all addresses absolute. */
export function contentHtml(article: Article, config: Config): string {
  const text = withAbsoluteLinks(article, config)
  const html = [dek(article), leadImage(article, config), text, sourceLine(article, config)]
    .filter((part) => part !== '')
    .join('\n')
  // Few readers find out the direction by themselves, or by the language of the item.
  const { language } = article
  if (directionOf(language) !== 'rtl') return html
  return `<div dir="rtl" lang="${language}">${html.replace(program, '$& dir="ltr"')}</div>`
}

/** The start of a program in safe HTML, which is written from the left in every language. */
const program = /<(?:pre|code)(?=[ >])(?![^>]* dir=)/g

/** Safe HTML is written as it would be written again: where no address may be one of ours, it need not be read. */
function withAbsoluteLinks(article: Article, config: Config): string {
  const { content } = article
  if (!/ (?:href|src|poster)="[/#]/.test(content)) return content
  const { baseUrl } = config
  const page = baseUrl + articlePath(article)
  const where = { base: baseUrl, host: new URL(baseUrl).origin, page }
  return changeHtml(content, fitInText, absoluteLinks(article, where))
}

/** Readers show the text in place of the description: what stands there alone, nobody would see. */
function dek({ summary, content }: Article): string {
  if (summary === undefined || beginsWith(content, summary)) return ''
  return `<p><strong>${escapeText(summary)}</strong></p>`
}

/** What the article says first: its dek, else how its text begins, else what its picture shows; may be empty. */
export const openingOf = ({ summary, content, image }: Article): string =>
  summary ?? (excerptOf(content) || image?.caption || image?.alt || '')

/** What stands for the article where its text has no room, as HTML: never empty. */
export const summaryHtml = (article: Article): string =>
  escapeText(openingOf(article) || article.title)

/** @param isBrief whether its text has no room */
export const showsText = ({ content }: Article, isBrief: boolean) => content !== '' && !isBrief

/** An address of ours or of others, absolute. */
export const absoluteUrl = (url: string, config: Config) =>
  url.startsWith('/') ? config.baseUrl + url : url

/** Whether the text shows the lead image itself, in whatever size, which then needs no second place. */
export function showsLead({ image, content }: Article): boolean {
  if (image?.url === undefined) return false
  if (content.includes(`src="${escapeAttribute(image.url)}"`)) return true
  if (!content.includes('<img ')) return false
  const key = pictureKey(image.url)
  // All sizes have the name in them, and looking for that costs less than reading all addresses.
  const name = key.slice(key.lastIndexOf('/') + 1).replace(/\.[^.]*$|%.*/, '')
  if (!content.toLowerCase().includes(escapeAttribute(name))) return false
  return content.matchAll(pictures).some(([, src = '']) => pictureKey(plain(src)) === key)
}

/** In safe HTML the address is an image's first attribute, or follows its title or text. */
const pictures = /<img (?:[a-z]+="[^"]*" )*?src="([^"]*)"/g

/** An address as it was before it was written into an attribute. */
const plain = (text: string) => text.replaceAll('&amp;', '&')

function leadImage(article: Article, config: Config): string {
  const image = article.image && shownImage(article.image)
  if (!image?.url || showsLead(article)) return ''
  const size = image.width && image.height ? ` width="${image.width}" height="${image.height}"` : ''
  const alt = escapeAttribute(image.alt ?? image.caption ?? '')
  const words = [image.caption, image.credit].filter((text) => text !== undefined).join(' / ')
  // On a line of its own: readers that show text only would run it into the picture's alternative text.
  const caption = words ? `\n<figcaption>${escapeText(words)}</figcaption>` : ''
  return `<figure><img src="${escapeAttribute(absoluteUrl(image.url, config))}" alt="${alt}"${size}>${caption}</figure>`
}

/** "TRT World and agencies": the sources the article names, else its publisher. */
export const sourceText = (article: Article, config: Config) =>
  sourceParts(article, config)
    .map(({ value }) => value)
    .join('')

function sourceParts(article: Article, config: Config) {
  const { sources, language } = article
  const names = sources.length > 0 ? sources : [publisherOf(article, config).name]
  return listFormats.memo(language).formatToParts(names)
}

/** By language. Making one takes a hundred times as long as using it. */
const listFormats = new LRUCache<string, Intl.ListFormat>({
  max: 100,
  memoMethod: (language) => new Intl.ListFormat([language, 'en'], { type: 'conjunction' }),
})

/**
 * "Source: …" as HTML, in the language of the article. Only the publisher has an address that is known. Empty where
 * it would say nothing but that the article is ours, and the site does without that.
 */
export function sourceLine(article: Article, config: Config): string {
  const language = article.language.split('-')[0] ?? ''
  const word = sourceWords[language]
  const { name, url } = publisherOf(article, config)
  const isOurs = !article.publisher && article.sources.every((source) => source === name)
  if (isOurs && !config.sourceLine) return ''
  const parts = sourceParts(article, config).map(({ type, value }) =>
    url && type === 'element' && value === name
      ? `<a href="${escapeAttribute(url)}">${escapeText(value)}</a>`
      : escapeText(value),
  )
  const text = parts.join('')
  if (word) return `<p>${word}: ${text}</p>`
  return `<p><span lang="en" dir="ltr">Source:</span> ${text}</p>`
}

/** Its section and tags, each with what names the set it belongs to. */
export const termsOf = ({ section, tags }: Article, config: Config) => [
  ...(section ? [{ name: section.name, scheme: schemeUrl('section', config) }] : []),
  ...tags.map(({ name }) => ({ name, scheme: schemeUrl('tag', config) })),
]

/**
 * The recording or film of the article, with an absolute address. No picture is one: podcast readers would fetch it
 * as an episode, and others show it a second time.
 */
export const recordingOf = ({ audio }: Article, config: Config): Audio | undefined =>
  audio && { ...audio, url: absoluteUrl(audio.url, config) }
