/**
 * Articles as they must be published, from what is promised and from nothing else: no line of it is
 * shared with the program.
 */
import { createHash } from 'node:crypto'

/** What a file says. */
export interface Content {
  readonly title: string
  readonly text: string
  /** Of a far year while the article is held back. */
  readonly date: string
  readonly section: string
  readonly tags: readonly string[]
}

export interface Story {
  readonly id: string
  /** Its page, from the title it had first. */
  readonly page: string
  content: Content
  /** undefined when the article is gone. */
  path: string | undefined
  /** Between which times `updated` must be, in ms since 1970. */
  updated: { least: number; most: number }
  /** What its file is now; all but a good one keep the version published before. */
  file: 'good' | 'bad' | 'closed' | 'held' | 'aside'
  /** When it may be changed again, in ms since 1970: two changes between two looks are a new article. */
  freeAt: number
}

/** The BASE_URL of the site: its ids are made in a namespace that is made from it. */
export const host = 'http://news.example'
/** It must never be another one. */
const commonNamespace = '6f1d3c7e-52b8-4c0f-9a4e-0d7b8f25a3c1'
/** Dates without a time get a moment of their first minute. */
const firstMinuteMs = 59_999
export const sections = ['World', 'Sport', 'Culture']
export const tags = ['ferry', 'harbour', 'island']

/** The channels that the articles are in. */
export const channelPaths = [
  '/',
  ...sections.map((name) => `/sections/${name.toLowerCase()}/`),
  ...tags.map((name) => `/tags/${name}/`),
]

export const channelsOf = ({ section, tags }: Content) => [
  '/',
  `/sections/${section.toLowerCase()}/`,
  ...tags.map((name) => `/tags/${name}/`),
]

/** The word that only this version of an article has. */
export const wordOf = (title: string) => /\bstory\d+x/.exec(title)?.[0] ?? title

/** Where this is not all of a text, it is not whole. */
export const isWhole = (text: string) => /^Text \d+ was seen .* end$/.test(text)

export const textOf = ({ title, text, date, section, tags }: Content) =>
  `---\ntitle: ${title}\ndate: ${date}\nsection: ${section}\ntags: ${tags.join(', ')}\n---\n${text}\n`

export const isHeldBack = ({ date }: Content) => Date.parse(date) > Date.now()

export const isSameText = (a: Content, b: Content) => a.title === b.title && a.text === b.text

/** The id of an article first seen at that path, or of the nth beside it when the others live elsewhere. */
export const idOf = (path: string, n: number) =>
  uuidOf(n === 0 ? path : `${path}#${n}`, uuidOf(new URL(host).host, commonNamespace))

/** A UUID of version 5 (RFC 9562 §5.5). */
function uuidOf(name: string, namespace: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex')
  const bytes = createHash('sha1').update(space).update(name).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export function newStory(id: string, path: string, content: Content): Story {
  const published = Date.parse(content.date)
  return {
    ...{ id, content, path, file: 'good', freeAt: Number.POSITIVE_INFINITY },
    page: `/articles/${content.title.toLowerCase().replaceAll(' ', '-')}-${id.slice(0, 8)}`,
    updated: { least: published, most: published + firstMinuteMs },
  }
}

/**
 * The text is title and body: it moves `updated`. Tags, section and date do not.
 * @param modified the file's time of modification, in ms since 1970
 */
export function updatedBy(story: Story, content: Content, modified: number): Story['updated'] {
  const published = Date.parse(content.date)
  const { least, most } = story.updated
  const anyTime = Number.POSITIVE_INFINITY
  if (isHeldBack(content)) return story.updated
  // Which of the earlier times counts when a date comes back from the future is not promised.
  if (isHeldBack(story.content)) return { least: published, most: anyTime }
  if (isSameText(story.content, content)) {
    return { least: Math.max(least, published), most: Math.max(most, published + firstMinuteMs) }
  }
  const seen = Math.floor(modified / 1000) * 1000
  if (modified > Date.now()) return { least: least + 1000, most: anyTime }
  return seen > most ? { least: seen, most: seen } : { least: least + 1000, most: anyTime }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Newest first, and by id where dates are the same. */
export const inOrder = (a: Shown, b: Shown) =>
  compare(b.content.date, a.content.date) || compare(a.id, b.id)

type Shown = Pick<Story, 'id' | 'content'>
