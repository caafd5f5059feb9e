/** Reads feeds and pages by parsers that are not Newsstand's, and says where they differ from the model. */
import { XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed, parseRssFeed } from 'feedsmith'
import type { ChaosModel, Story } from './chaos-model.ts'
import type { Newsstand } from './newsstand.ts'

/** An article as a feed shows it. */
interface Shown {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly text: string
  /** ms since 1970. */
  readonly published: number
  /** ms since 1970; undefined in RSS, which has no place for it. */
  readonly updated?: number
  /** Section and tags, in small letters. */
  readonly terms: readonly string[]
}

export const host = 'http://news.example'
/** The channels that are compared, in every format. */
const channels = [
  { folder: '/' },
  { folder: '/sections/world/', section: 'World' },
  { folder: '/tags/ferry/', tag: 'ferry' },
]
const formats = ['rss.xml', 'atom.xml', 'feed.json']
export const documents = channels.flatMap(({ folder }) => formats.map((name) => folder + name))
/** Another clock than ours may have stamped a file. */
const clockMs = 2000

/** @throws Error when the answer is malformed, or holds a part of an article */
export function readFeed(path: string, body: string): Shown[] {
  const items = path.endsWith('.json') ? readJson(body) : readXml(path, body)
  for (const { id, text } of items) {
    if (!/^Text \d+ .* end$/.test(text)) throw new Error(`${id} is not whole: "${text}"`)
  }
  if (new Set(items.map(({ id }) => id)).size < items.length) throw new Error('an article twice')
  return items
}

function readJson(body: string): Shown[] {
  const { version, items } = JSON.parse(body)
  if (version !== 'https://jsonfeed.org/version/1.1') throw new Error(`version ${version}`)
  return items.map((item: Record<string, string> & { tags?: string[] }) =>
    shown({ ...item, html: item.content_html, published: item.date_published }, item.tags, {
      updated: Date.parse(item.date_modified ?? ''),
    }),
  )
}

function readXml(path: string, body: string): Shown[] {
  const verdict = XMLValidator.validate(body)
  if (verdict !== true) throw new Error(verdict.err.msg)
  if (path.endsWith('rss.xml')) {
    return (parseRssFeed(body).items ?? []).map(({ guid, link, title, pubDate, ...item }) => {
      const names = item.categories?.map(({ name }) => name)
      const html = item.content?.encoded
      return shown({ id: guid?.value, url: link, title, html, published: pubDate }, names)
    })
  }
  return (parseAtomFeed(body).entries ?? []).map(({ id, title, published, updated, ...entry }) => {
    const url = entry.links?.find(({ rel }) => rel === 'alternate')?.href
    const names = entry.categories?.map(({ label }) => label)
    // Its fraction of a second only sets apart what has the same time.
    const seconds = Math.floor(Date.parse(updated ?? '') / 1000)
    const fields = { id, url, title: title?.value, html: entry.content?.value, published }
    return shown(fields, names, { updated: seconds * 1000 })
  })
}

type Fields = Readonly<Record<'id' | 'url' | 'title' | 'html' | 'published', string | undefined>>

function shown(
  { id = '', url = '', title = '', html = '', published = '' }: Partial<Fields>,
  names: readonly (string | undefined)[] = [],
  more: { updated?: number } = {},
): Shown {
  const text = /^<p>([^<]*)<\/p>/.exec(html)?.[1] ?? html
  const terms = names.map((name) => (name ?? '').toLowerCase())
  return { id, url, title, text, published: Date.parse(published), terms, ...more }
}

/**
 * Where feeds and pages differ from the model; nothing when they are equal. What they say of `updated`
 * is then held by the model.
 */
export async function differences(
  get: Newsstand['get'],
  model: ChaosModel,
  feedItems: number,
): Promise<string[]> {
  const found: string[] = []
  const seen: { story: Story; updated: number }[] = []
  for (const { folder, ...channel } of channels) {
    const stories = model.published(channel).slice(0, feedItems)
    for (const format of formats) {
      const path = folder + format
      const answer = await get(path)
      if (answer?.status === 404 && stories.length === 0) continue
      if (answer?.status !== 200) return [`${path} is answered with ${answer?.status}`]
      const items = readFeed(path, answer.body)
      const byId = new Map(items.map((item) => [item.id.replace('urn:uuid:', ''), item]))
      for (const story of stories) {
        const item = byId.get(story.id)
        byId.delete(story.id)
        const faults = item ? faultsOf(item, story) : ['is missing']
        for (const fault of faults) found.push(`${path}: ${nameOf(story)} ${fault}`)
        if (item?.updated !== undefined) seen.push({ story, updated: item.updated })
      }
      for (const { id, title } of byId.values())
        found.push(`${path}: ${id} "${title}" is left over`)
      const isOrdered = stories.every(({ id }, n) => items[n]?.id === `urn:uuid:${id}`)
      if (found.length === 0 && !isOrdered) found.push(`${path}: is in another order`)
    }
  }
  if (found.length === 0) found.push(...(await pageFaults(get, model)))
  if (found.length === 0) {
    for (const { story, updated } of seen) story.updated = { least: updated, most: updated }
  }
  return found
}

async function pageFaults(get: Newsstand['get'], model: ChaosModel): Promise<string[]> {
  const found: string[] = []
  for (const story of model.all()) {
    const answer = await get(story.page)
    const status = model.statusOf(story)
    if (answer?.status !== status)
      found.push(`${story.page} is ${answer?.status} and not ${status}`)
    else if (status === 200 && !answer.body.includes(story.content.text)) {
      found.push(`${story.page}: ${nameOf(story)} has another text`)
    }
  }
  return found
}

function faultsOf(item: Shown, { page, content, updated: { least, most } }: Story): string[] {
  const terms = [content.section, ...content.tags].map((term) => term.toLowerCase())
  const { updated } = item
  const time = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString() : 'now')
  const isInTime =
    updated === undefined || (updated >= least && updated <= Math.min(most, Date.now() + clockMs))
  return [
    ...(item.title === content.title ? [] : [`has the title "${item.title}"`]),
    ...(item.text === content.text ? [] : [`has the text "${item.text}"`]),
    ...(item.url === host + page ? [] : [`has the address ${item.url}`]),
    ...(item.published === Date.parse(content.date)
      ? []
      : [`has the date ${time(item.published)}`]),
    ...(item.terms.join() === terms.join() ? [] : [`has the terms ${item.terms}`]),
    ...(isInTime ? [] : [`is updated ${time(updated)}, not ${time(least)} to ${time(most)}`]),
  ]
}

const nameOf = ({ id, path, content }: Story) => `${id} "${content.title}" (${path})`
