/** Reads what Newsstand answers, by parsers that are not Newsstand's. */
import { SaxesParser } from 'saxes'
import { isWhole } from '../test/support/stories.ts'

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

type Attributes = Readonly<Record<string, { readonly value: string } | undefined>>

/** What an element of an item tells of it, in RSS and in Atom, by its name with the prefix. */
const told: Readonly<
  Record<string, (item: ShownItem, text: string, attributes: Attributes) => void>
> = {
  guid: (item, text) => Object.assign(item, { id: bare(text) }),
  id: (item, text) => Object.assign(item, { id: bare(text) }),
  title: (item, text) => Object.assign(item, { title: text }),
  link(item, text, { rel, href }) {
    if (!rel || rel.value === 'alternate') item.url = href?.value ?? text
  },
  pubDate: (item, text) => Object.assign(item, { published: Date.parse(text) }),
  published: (item, text) => Object.assign(item, { published: Date.parse(text) }),
  updated: (item, text) => Object.assign(item, { updated: wholeSeconds(text) }),
  category: (item, text, { label }) => item.terms.push(label?.value ?? text),
  'content:encoded': (item, text) => Object.assign(item, { text: textIn(text) }),
  content: (item, text) => Object.assign(item, { text: textIn(text) }),
}

/** RSS and Atom; of OPML and sitemaps only that they are well formed. */
function readXml(body: string): ShownItem[] {
  const parser = new SaxesParser({ xmlns: true })
  const items: ShownItem[] = []
  const open: { name: string; attributes: Attributes; text: string }[] = []
  const add = (text: string) => {
    const element = open.at(-1)
    if (element) element.text += text
  }
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    open.push({ name, attributes, text: '' })
    if (name !== 'item' && name !== 'entry') return
    const nothing = { id: '', url: '', title: '', text: '', published: Number.NaN }
    items.push({ ...nothing, updated: undefined, terms: [] })
  })
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const element = open.pop()
    const parent = open.at(-1)?.name
    const item = items.at(-1)
    if (!element || !item || (parent !== 'item' && parent !== 'entry')) return
    told[element.name]?.(item, element.text, element.attributes)
  })
  parser.write(body).close()
  return items
}
