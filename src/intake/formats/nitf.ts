/** NITF 3.6, the IPTC's News Industry Text Format: https://iptc.org/standards/nitf/ */
import { cleanLine, escapeAttribute, escapeText, isLanguage } from '../../text.ts'
import type { RawImage } from '../raw-article.ts'
import { lineAt, RejectionError } from '../rejection.ts'
import { isDate } from '../stated-date.ts'
import type { TextFormat } from './input-format.ts'
import {
  allNamed,
  attributes,
  beginsWith,
  find,
  parse,
  rawText,
  refuseDeclared,
  refuseDeepNesting,
  textOf,
  texts,
  type XmlNode,
} from './xml-tree.ts'

const bodyHead = 'body/body.head'

/** Where the date may be, and the section: an element's path and its attribute. The first wins. */
const dates = [
  [`${bodyHead}/dateline/story.date`, 'norm'],
  ['head/docdata/date.issue', 'norm'],
  ['head/pubdata', 'date.publication'],
] as const
const sections = [
  ['head/pubdata', 'position.section'],
  ['head/docdata/fixture', 'fix-id'],
  ['head/tobject', 'tobject.type'],
  ['head/tobject/tobject.subject', 'tobject.subject.type'],
] as const

/**
 * One NITF story. Its first image is the lead image, and not in the text a second time.
 * A file with a DTD or an entity of its own is a rejection: those can read other files, and grow.
 */
export const nitf: TextFormat = {
  name: 'NITF',
  extensions: ['.xml'],
  takes: 'text',

  recognises: (text) => beginsWith(text, /<(?:!doctype\s+)?nitf[\s/>]/iy),

  async read(text) {
    refuseTooLarge(text)
    refuseDeclared(text)
    const root = await parse(text)
    refuseDeepNesting(root)
    const [title] = [...texts(root, `${bodyHead}/hedline/hl1`), ...texts(root, 'head/title')]
    if (!title) {
      throw new RejectionError('the file has no headline', 'Write it into <hedline> as <hl1>.')
    }
    const [date] = dates.flatMap(([path, name]) => attributes(root, path, name))
    if (!date) {
      throw new RejectionError(
        'the file has no date',
        'Write it into <docdata>, as in <date.issue norm="20260413T093000Z"/>.',
      )
    }
    const [summary] = [
      ...texts(root, `${bodyHead}/hedline/hl2`),
      ...texts(root, `${bodyHead}/abstract`),
    ]
    const [expires] = attributes(root, 'head/docdata/date.expire', 'norm')
    const [section] = sections.flatMap(([path, name]) => attributes(root, path, name))
    const [language] = attributes(root, '', 'xml:lang').filter(isLanguage)
    const sources = [
      ...attributes(root, 'head/docdata/doc.rights', 'owner'),
      ...texts(root, `${bodyHead}/distributor`),
      ...attributes(root, 'head/pubdata', 'name'),
    ]
    const media = allNamed(root, 'media')
    const image = media.find((one) => isMedia(one, 'image'))
    const audio = media.find((one) => isMedia(one, 'audio'))
    return {
      title,
      summary,
      published: isoDate(date, text),
      expires: expires && isoDate(expires, text),
      language,
      section,
      tags: attributes(root, 'head/docdata/key-list/keyword', 'key'),
      authors: find(root, `${bodyHead}/byline`).flatMap(authorsOf),
      image: image && imageOf(image),
      audio: audio && addressOf(audio),
      sources: [...new Set(sources)],
      body: { html: storyOf(root, new Set([image, audio])) },
    }
  },
}

/** ISO 8601 as NITF writes it (`20260413T093000+0300`), or with its separators. */
const normShape =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i

/** @throws RejectionError when there is no such date, with its line */
function isoDate(norm: string, text: string): string {
  const [, year, month, day, hour, minute, second = '00', zone = ''] = normShape.exec(norm) ?? []
  const minutes = zone.slice(3).replace(':', '') || '00'
  const offset = zone.length > 1 ? `${zone.slice(0, 3)}:${minutes}` : zone
  const time = hour ? `T${hour}:${minute}:${second}${offset}` : ''
  const iso = `${year}-${month}-${day}${time}`
  if (isDate(iso)) return iso
  throw new RejectionError(
    `"${norm}" is no date that exists`,
    'Write it as 20260413, 20260413T093000 or 20260413T093000+0300.',
    lineAt(text, Math.max(text.indexOf(norm), 0)),
  )
}

/** The persons a byline marks, else its text without what is no name. */
function authorsOf(byline: XmlNode): string[] {
  const persons = texts(byline, 'person')
  if (persons.length > 0) return persons
  const words = (byline.$$ ?? []).filter((child) => child['#name'] !== 'byttl').map(rawText)
  const names = cleanLine(words.join('')).replace(/^by /i, '').split(' and ')
  return names.filter((name) => name !== '')
}

function isMedia(media: XmlNode, type: 'image' | 'audio' | 'video'): boolean {
  return media.$?.['media-type'] === type && addressOf(media) !== ''
}

function addressOf(media: XmlNode): string {
  return attributes(media, 'media-reference', 'source')[0] ?? ''
}

function imageOf(media: XmlNode): RawImage {
  const [alt] = attributes(media, 'media-reference', 'alternate-text')
  const [caption] = texts(media, 'media-caption')
  const [credit] = texts(media, 'media-producer')
  return { url: addressOf(media), alt, caption, credit }
}

/** The HTML element for an NITF element; the words of any other stand without one. */
const htmlNames: Readonly<Record<string, string>> = Object.fromEntries([
  ...'p ul ol li dl dt dd pre em strong q sub sup'.split(' ').map((name) => [name, name]),
  ...'byline credit datasource tagline caption'.split(' ').map((name) => [name, 'p']),
  ['hl2', 'h2'],
  ['bq', 'blockquote'],
  ['blockquote', 'blockquote'],
])

const containers = new Set(['body.content', 'block', 'bq', 'note'])

/**
 * @param own what is shown of the article beside its text
 * @throws RejectionError when there is no text
 */
function storyOf(root: XmlNode, own: Own): string {
  const html = find(root, 'body/body.content').map((content) => htmlOf(content, own))
  const story = html.join('').trim()
  if (story !== '') return story
  throw new RejectionError('the file has no story', 'Write it into <body.content> as <p> elements.')
}

type Own = ReadonlySet<XmlNode | undefined>

function htmlOf(node: XmlNode, own: Own): string {
  const name = node['#name']
  if (name === '__text__') return escapeText(node['#text'] ?? '')
  if (name === 'br' || name === 'hr') return `<${name}>`
  if (name === 'media') return own.has(node) ? '' : figureOf(node)
  if (name === 'tr') return rowOf(node)
  if (name === 'nitf-table-metadata') return ''
  const children = node.$$ ?? []
  const inner = children.map((child) => {
    const html = htmlOf(child, own)
    const isStray = child['#name'] === '__text__' && containers.has(name) && html.trim() !== ''
    return isStray ? `<p>${html}</p>` : html
  })
  const html = inner.join('')
  const href = name === 'a' ? node.$?.href : undefined
  if (href) return `<a href="${escapeAttribute(href)}">${html}</a>`
  const element = Object.hasOwn(htmlNames, name) ? htmlNames[name] : undefined
  return element && html.trim() !== '' ? `<${element}>${html}</${element}>` : html
}

/** A row of a table as a line of text: few feed readers show tables. */
function rowOf(row: XmlNode): string {
  const cells = (row.$$ ?? []).map(textOf).filter((cell) => cell !== '')
  return cells.length > 0 ? `<p>${escapeText(cells.join(' | '))}</p>` : ''
}

/** An image, a recording or a film that is not the article's own. */
function figureOf(media: XmlNode): string {
  const { url = '', alt = '', caption, credit } = imageOf(media)
  const shown = elementOf(media, escapeAttribute(url), escapeAttribute(alt))
  const words = [caption, credit].filter((word) => word !== undefined).join(' ')
  if (shown === '') return ''
  return `<figure>${shown}${words && `<figcaption>${escapeText(words)}</figcaption>`}</figure>`
}

function elementOf(media: XmlNode, src: string, alt: string): string {
  if (isMedia(media, 'image')) return `<img src="${src}" alt="${alt}">`
  if (isMedia(media, 'audio')) return `<audio src="${src}"></audio>`
  return isMedia(media, 'video') ? `<video src="${src}"></video>` : ''
}

/** Each tag is a node of the tree; a hundred thousand paragraphs have half as many. */
const mostTags = 400_000
/** Each attribute has one, and takes its place in the tree too. */
const mostEqualSigns = 400_000

function refuseTooLarge(text: string): void {
  if (count(text, '<') <= mostTags && count(text, '=') <= mostEqualSigns) return
  throw new RejectionError(
    'the file is too large: it has far more elements and attributes than a story',
    'Save each story in a file of its own.',
  )
}

function count(text: string, sign: string): number {
  let found = 0
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) found += 1
  return found
}
