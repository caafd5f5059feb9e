/** Reads what Newsstand answers, by parsers that are not Newsstand's. */
import { isWhole } from '../test/support/stories.ts'
import { all, atom, encoded, type Node, only, parseStrictly } from '../test/support/xml.ts'

/** An article as a feed shows it. */
export interface ShownItem {
  id: string
  url: string
  title: string
  text: string
  /** ms since 1970. */
  published: number
  /** ms since 1970; undefined in RSS, which has no place for it. */
  updated: number | undefined
  /** Section and tags. */
  terms: string[]
}

/**
 * The articles of a feed; none of what is no feed.
 * @param path of the address, by which the format is known
 * @throws Error when the answer is malformed, holds a part of an article, or one twice
 */
export function readAnswer(path: string, body: string): ShownItem[] {
  const name = path.slice(path.lastIndexOf('/') + 1).split('?')[0] ?? ''
  const items = read(name, body)
  const half = items.find(({ text }) => !isWhole(text))
  if (half) throw new Error(`${half.id} is not whole: "${half.text}"`)
  if (new Set(items.map(({ id }) => id)).size < items.length) throw new Error('an article twice')
  return items
}

function read(name: string, body: string): ShownItem[] {
  if (name.endsWith('.json')) return readJsonFeed(body)
  if (name.endsWith('.xml') || name.endsWith('.opml')) return readXml(body)
  if (!/^<!doctype html>/i.test(body) || !/<\/html>\s*$/.test(body)) throw new Error('half a page')
  return []
}

const bare = (id: string) => id.replace('urn:uuid:', '')
/** Of the HTML of an article. */
const textIn = (html: string) => /^<p>([^<]*)<\/p>/.exec(html)?.[1] ?? html
/** Its fraction of a second only sets apart what has the same time. */
const wholeSeconds = (time: string) => Math.floor(Date.parse(time) / 1000) * 1000

function readJsonFeed(body: string): ShownItem[] {
  const { version, items } = JSON.parse(body)
  if (version !== 'https://jsonfeed.org/version/1.1') throw new Error(`version ${version}`)
  return items.map((item: Record<string, string> & { tags: string[] }) => ({
    id: bare(item.id ?? ''),
    url: item.url ?? '',
    title: item.title ?? '',
    text: textIn(item.content_html ?? ''),
    published: Date.parse(item.date_published ?? ''),
    updated: wholeSeconds(item.date_modified ?? ''),
    terms: item.tags,
  }))
}

/** RSS and Atom; of OPML and sitemaps only that they are well formed. */
function readXml(body: string): ShownItem[] {
  const root = parseStrictly(body)
  if (root.name === 'rss') return all(only(root, 'channel'), 'item').map(readItem)
  return all(root, atom('entry')).map(readEntry)
}

function readItem(item: Node): ShownItem {
  const text = (name: string) => only(item, name).text
  return {
    id: bare(text('guid')),
    url: text('link'),
    title: text('title'),
    text: textIn(text(encoded)),
    published: Date.parse(text('pubDate')),
    updated: undefined,
    terms: all(item, 'category').map((category) => category.text),
  }
}

function readEntry(entry: Node): ShownItem {
  const text = (name: string) => only(entry, atom(name)).text
  const links = all(entry, atom('link')).map(({ attributes }) => attributes)
  return {
    id: bare(text('id')),
    url: links.find(({ rel = 'alternate' }) => rel === 'alternate')?.href ?? '',
    title: text('title'),
    text: textIn(text('content')),
    published: Date.parse(text('published')),
    updated: wholeSeconds(text('updated')),
    terms: all(entry, atom('category')).map(({ attributes }) => attributes.label ?? ''),
  }
}
