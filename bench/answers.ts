/** Reads what Newsstand answers, by parsers that are not Newsstand's. */
import { type SaxesAttributeNS, SaxesParser } from 'saxes'
import { endOf } from './history.ts'

/** An article as a feed shows it. */
export interface ShownItem {
  readonly id: string
  readonly title: string
  /** HTML. */
  readonly content: string
}

/**
 * The articles of a feed; none of what is no feed.
 * @param path of the address, by which the format is known
 * @throws Error when the answer is malformed
 */
export function readAnswer(path: string, body: string): ShownItem[] {
  const name = path.slice(path.lastIndexOf('/') + 1).split('?')[0] ?? ''
  if (name.endsWith('.json')) return readJsonFeed(body)
  if (name.endsWith('.xml') || name.endsWith('.opml')) return readXml(body)
  if (!/^<!doctype html>/i.test(body) || !/<\/html>\s*$/.test(body)) throw new Error('half a page')
  return []
}

function readJsonFeed(body: string): ShownItem[] {
  const { version, items } = JSON.parse(body)
  if (version !== 'https://jsonfeed.org/version/1.1') throw new Error(`version ${version}`)
  type JsonItem = { id: string; title: string; content_html: string }
  return items.map(({ id, title, content_html: content }: JsonItem) => ({ id, title, content }))
}

const contentNamespace = 'http://purl.org/rss/1.0/modules/content/'

/** RSS and Atom; of OPML and sitemaps only that they are well formed. */
function readXml(body: string): ShownItem[] {
  const parser = new SaxesParser({ xmlns: true })
  const items: ShownItem[] = []
  const open: string[] = []
  let item = { id: '', title: '', content: '' }
  let text = ''
  parser.on('error', (error) => {
    throw error
  })
  parser.on(
    'opentag',
    ({ local }: { local: string; attributes: Record<string, SaxesAttributeNS> }) => {
      open.push(local)
      text = ''
      if (local === 'item' || local === 'entry') item = { id: '', title: '', content: '' }
    },
  )
  parser.on('text', (more) => {
    text += more
  })
  parser.on('cdata', (more) => {
    text += more
  })
  parser.on('closetag', ({ local, uri }) => {
    open.pop()
    const parent = open.at(-1)
    if (local === 'item' || local === 'entry') items.push(item)
    else if (parent === 'item' || parent === 'entry') {
      if (local === 'title') item.title = text
      else if (local === 'guid' || local === 'id') item.id = text
      else if (local === 'content' || uri === contentNamespace) item.content = text
    }
  })
  parser.write(body).close()
  return items
}

/** What is wrong with the articles of a feed, whatever the folder holds: halves and doubles. */
export function faultOf(items: readonly ShownItem[]): string | undefined {
  const half = items.find(({ title, content }) => !content.includes(endOf(title)))
  if (half) return `"${half.title}" is not whole`
  const isDouble = new Set(items.map(({ id }) => id)).size < items.length
  return isDouble ? 'an article is in it twice' : undefined
}
