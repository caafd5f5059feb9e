/** The text of a NITF story as HTML that is cleaned later, and its first picture and recording. */
import { plainTextOf } from '../../../html-text.ts'
import { isPicture } from '../../../media-kinds.ts'
import { escapeAttribute, escapeText } from '../../../text.ts'
import type { RawImage } from '../../raw-article.ts'
import {
  allNamed,
  attributes,
  elementsIn,
  find,
  rawText,
  says,
  texts,
  type XmlNode,
} from '../../xml-tree.ts'
import { isAllHtml } from './all-html.ts'
import { isNoOffice } from './wire-names.ts'
import { figureHtml, webRendition } from './wire-pictures.ts'

export interface NitfStory {
  /** Empty where there is no text. */
  readonly html: string
  readonly image: RawImage | undefined
  /** As written in the file. */
  readonly audio: string | undefined
}

/**
 * @param root the element `nitf`. Its first image and recording are not in the text a second time, nor is a first paragraph
 * beside the full text, as the New York Times has it
 * @param title nor is this, as a heading
 */
export function readStory(root: XmlNode, title: string): NitfStory {
  const counters = countersIn(root)
  const media = allNamed(root, 'media').filter((one) => !counters.includes(one))
  const image = media.find((one) => isMedia(one, 'image'))
  const audio = media.find((one) => isMedia(one, 'audio'))
  const titles = allNamed(root, 'hl2').filter((one) => says(one, title))
  const blocks = allNamed(root, 'block')
  const isWhole = blocks.some(({ attributes: { class: name } }) => name === 'full_text')
  const leads = blocks.filter(({ attributes: { class: name } }) =>
    /lead_paragraph$/.test(name ?? ''),
  )
  const own = new Set([image, audio, ...counters, ...titles, ...(isWhole ? leads : [])])
  const parts = [...find(root, 'body/body.content'), ...find(root, 'body/body.end')]
  const html = parts.map((content) => htmlOf(content, own))
  return {
    html: html.join('').trim(),
    image: image && imageOf(image),
    audio: audio && addressOf(audio),
  }
}

/** Pixels: what is no larger is there to be counted. */
const mostOfCounter = 2

/** Pictures by which somebody counts readers: too small to be seen, or from where links that are counted lead. */
function countersIn(root: XmlNode): XmlNode[] {
  const place = (address: string) => address.replace(/[?#].*$/s, '')
  const links = new Set(allNamed(root, 'a').map(({ attributes: { href = '' } }) => place(href)))
  return allNamed(root, 'media').filter((one) => {
    const address = addressOf(one)
    const sizes = ['width', 'height'].flatMap((name) => attributes(one, 'media-reference', name))
    const isTiny = sizes.length > 0 && sizes.every((size) => Number(size) <= mostOfCounter)
    const isCounted = address.includes('?') && links.has(place(address)) && !isPicture(address)
    return isMedia(one, 'image') && (isTiny || isCounted)
  })
}

/** The persons a byline marks, else its text without what is no name; nothing where it is one for sorting. */
export function bylinesIn(byline: XmlNode): string[] {
  if (byline.attributes.class === 'normalized_byline') return []
  const persons = texts(byline, 'person')
  if (persons.length > 0) return persons
  const isOffice = (part: XmlNode | string) => typeof part !== 'string' && part.name === 'byttl'
  const words = byline.children
    .filter((part) => !isOffice(part))
    .map(rawText)
    .join('')
  // Some programs have the name where the office should be.
  return words.trim() === '' ? texts(byline, 'byttl').filter(isNoOffice) : [words]
}

function isMedia(media: XmlNode, type: 'image' | 'audio' | 'video'): boolean {
  return media.attributes['media-type'] === type && addressOf(media) !== ''
}

function addressOf(media: XmlNode): string {
  return attributes(media, 'media-reference', 'source')[0] ?? ''
}

function imageOf(media: XmlNode): RawImage {
  const [alt] = attributes(media, 'media-reference', 'alternate-text')
  const [caption] = texts(media, 'media-caption')
  const [credit] = texts(media, 'media-producer')
  return { url: ofSizes(media) ?? addressOf(media), alt, caption, credit }
}

/** Each size of a picture has a reference of its own. */
const ofSizes = (media: XmlNode) =>
  webRendition(
    allNamed(media, 'media-reference').map(({ attributes: stated }) => ({
      url: stated.source ?? '',
      width: Number(stated.width) || undefined,
      type: stated['mime-type'],
    })),
  )?.url

/** The HTML element for a NITF element; the words of any other stand without one. */
const htmlNames: Readonly<Record<string, string>> = Object.fromEntries([
  ...'p ul ol li dl dt dd pre em strong q sub sup'.split(' ').map((name) => [name, name]),
  // Programs that have a story in HTML send it with these as well.
  ...'h2 h3 h4 b i u figure figcaption'.split(' ').map((name) => [name, name]),
  ...'table thead tbody tfoot tr th td colgroup'.split(' ').map((name) => [name, name]),
  ...'byline credit datasource tagline caption biblio fn'.split(' ').map((name) => [name, 'p']),
  ['hl2', 'h2'],
  ['fn-label', 'sup'],
  ['bq', 'blockquote'],
  ['blockquote', 'blockquote'],
])

/** What may be empty, and has its place nevertheless. */
const cells = new Set(['th', 'td'])
const spans = ['colspan', 'rowspan']

const containers = new Set(['body.content', 'body.end', 'block', 'bq', 'note'])
const ofTable = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup'])

type Own = ReadonlySet<XmlNode | undefined>

function htmlOf(node: XmlNode | string, own: Own): string {
  if (typeof node === 'string') return escapeText(node)
  const { name } = node
  if (own.has(node)) return ''
  if (name === 'br' || name === 'hr') return `<${name}>`
  if (name === 'media') return figureOf(node)
  if (name === 'img') return imageElement(node.attributes.src ?? '', node.attributes.alt ?? '')
  if (name === 'nitf-table-metadata') return ''
  if (name === 'frac') return escapeText(fractionOf(node))
  if (name === 'p' && isEmbedded(node)) return rawText(node)
  const html = partsOf(node, own)
  const href = name === 'a' ? node.attributes.href : undefined
  if (href) return `<a href="${escapeAttribute(href)}">${html}</a>`
  const element = Object.hasOwn(htmlNames, name) ? htmlNames[name] : undefined
  if (!element || (html.trim() === '' && !cells.has(name))) return html
  return `<${element}${cells.has(name) ? spansOf(node) : ''}>${html}</${element}>`
}

/** What a post or a player of another site begins with. */
const ofOthers = /<(?:iframe|script)\b[^>]*\bsrc=|<blockquote\b[^>]*\bclass=/
const headLength = 5000

/** A post or a player of another site, whose markup was written as text. What says how one writes a `<div>` is text. */
const isEmbedded = ({ children: [only, ...others] }: XmlNode) =>
  typeof only === 'string' &&
  others.length === 0 &&
  /^\s*<(?:div|iframe|blockquote|script)\b[^>]*>/.test(only) &&
  /<\/(?:div|iframe|blockquote|script)>\s*$/.test(only) &&
  ofOthers.test(only.slice(0, headLength))

/** What stands among paragraphs, and in none. */
const block = /<(?:p|h[2-4]|ul|ol|dl|pre|table|blockquote|figure|hr)\b/

/** What stands in an element: words of its own are a paragraph among paragraphs. */
function partsOf({ children, name }: XmlNode, own: Own): string {
  const markup = containers.has(name) && markupIn(children)
  if (markup) return markup
  if (!containers.has(name)) return children.map((child) => partOf(child, name, own)).join('')
  let html = ''
  let words = ''
  const endWords = () => {
    html += words.trim() === '' ? words : `<p>${words}</p>`
    words = ''
  }
  for (const child of children) {
    const part = htmlOf(child, own)
    if (block.test(part)) {
      endWords()
      html += part
    } else words += part
  }
  endWords()
  return html
}

/** A story whose markup was written as text, in CDATA or escaped, once or twice; undefined where it is none. */
function markupIn(children: XmlNode['children']): string | undefined {
  if (!children.every((child) => typeof child === 'string')) return undefined
  const text = children.join('')
  const written = text.trimStart().startsWith('&lt;') ? plainTextOf(text) : text
  return isAllHtml(written) ? written : undefined
}

/** The caption of a table is its, and between its cells there are no words. */
function partOf(child: XmlNode | string, around: string, own: Own): string {
  if (typeof child === 'string') return escapeText(ofTable.has(around) ? child.trim() : child)
  // Whose a story is is stated beside it.
  if (child.name === 'copyrite' && around === 'tagline') return ''
  const isCaption = child.name === 'caption' && around === 'table'
  return isCaption ? `<caption>${escapeText(rawText(child))}</caption>` : htmlOf(child, own)
}

const spansOf = ({ attributes: stated }: XmlNode) =>
  spans
    .filter((name) => /^\d{1,3}$/.test(stated[name] ?? ''))
    .map((name) => ` ${name}="${stated[name]}"`)
    .join('')

/** 1/2, which without a sign between its parts would be 12. */
function fractionOf(node: XmlNode): string {
  const [over = '', under = ''] = elementsIn(node)
    .filter(({ name }) => name !== 'frac-sep')
    .map(rawText)
  return under === '' ? rawText(node) : `${over.trim()}/${under.trim()}`
}

/** An image, a recording or a film that is not the article's own. */
function figureOf(media: XmlNode): string {
  const image = imageOf(media)
  const { url = '', alt = '' } = image
  const shown = elementOf(media, url, alt)
  return shown === '' ? '' : figureHtml(shown, image)
}

const imageElement = (src: string, alt: string) =>
  src === '' ? '' : `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt)}">`

function elementOf(media: XmlNode, src: string, alt: string): string {
  if (isMedia(media, 'image')) return imageElement(src, alt)
  if (isMedia(media, 'audio')) return `<audio src="${escapeAttribute(src)}"></audio>`
  return isMedia(media, 'video') ? `<video src="${escapeAttribute(src)}"></video>` : ''
}
