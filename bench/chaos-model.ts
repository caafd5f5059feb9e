/**
 * What the feeds must hold, from what is promised and from nothing else: no line of it is shared with
 * the program. Ids are made from the path of the first sight, and go with the text.
 */
import { createHash } from 'node:crypto'

/** What a file says. */
export interface Content {
  readonly title: string
  readonly text: string
  /** Such as 2019-05-14; of a far year while the article is held back. */
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
  file: 'good' | 'bad' | 'closed' | 'held'
  /** When it may be changed again, in ms since 1970: two changes between two looks are a new article. */
  freeAt: number
}

/** The namespace of ids, as published ones show: it must never be another one. */
const namespace = Buffer.from('6f1d3c7e52b84c0f9a4e0d7b8f25a3c1', 'hex')

/** A UUID of version 5 (RFC 9562 §5.5). */
function uuidOf(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const wholeSeconds = (time: number) => Math.floor(time / 1000) * 1000

export class ChaosModel {
  /** All articles there ever were, by id. */
  readonly #stories = new Map<string, Story>()

  all(): Story[] {
    return [...this.#stories.values()]
  }

  live(): Story[] {
    return this.all().filter(({ path }) => path !== undefined)
  }

  gone(): Story[] {
    return this.all().filter(({ path }) => path === undefined)
  }

  at(path: string): Story | undefined {
    return this.live().find((story) => story.path === path)
  }

  /**
   * A file now says this: of the article that was there, of one that comes back, or of a new one.
   * @param modified the file's time of modification, in ms since 1970
   */
  put(path: string, content: Content, modified: number): Story {
    const here = this.at(path)
    const back = this.gone().find((story) => isSameText(story.content, content))
    if (back && here) this.end(here)
    const story = back ?? here ?? this.#firstSeenAt(path, content)
    story.updated = updatedBy(story, content, modified)
    story.path = path
    story.content = content
    this.mark(story, 'good')
    return story
  }

  /** A file is moved, perhaps over another one, whose article ends. */
  move(story: Story, path: string): void {
    const other = this.at(path)
    if (other) this.end(other)
    story.path = path
    this.mark(story, story.file)
  }

  /** Its file is another thing now, and the article as it was. */
  mark(story: Story, file: Story['file']): void {
    story.file = file
    story.freeAt = Number.POSITIVE_INFINITY
  }

  swap(one: Story, other: Story): void {
    const path = one.path
    one.path = other.path
    other.path = path
    this.mark(one, 'good')
    this.mark(other, 'good')
  }

  end(story: Story): void {
    story.path = undefined
    this.mark(story, 'good')
  }

  /** What a feed shows: newest first, and by id where dates are the same. */
  published(channel: { section?: string; tag?: string } = {}): Story[] {
    const { section, tag } = channel
    return this.live()
      .filter(({ content }) => !isHeldBack(content))
      .filter(({ content }) => section === undefined || content.section === section)
      .filter(({ content }) => tag === undefined || content.tags.includes(tag))
      .sort((a, b) => compare(b.content.date, a.content.date) || compare(a.id, b.id))
  }

  /** The status of an article's page. */
  statusOf({ path, content }: Story): number {
    if (isHeldBack(content)) return 404
    return path === undefined ? 410 : 200
  }

  /** The article whose path this is; a new one when that one lives elsewhere now. */
  #firstSeenAt(path: string, content: Content): Story {
    for (let attempt = 0; ; attempt += 1) {
      const id = uuidOf(attempt === 0 ? path : `${path}#${attempt}`)
      const known = this.#stories.get(id)
      if (known && known.path === undefined) return known
      if (known) continue
      const published = Date.parse(content.date)
      const story: Story = {
        ...{ id, content, path, file: 'good', freeAt: Number.POSITIVE_INFINITY },
        page: `/articles/${content.title.toLowerCase().replaceAll(' ', '-')}-${id.slice(0, 8)}`,
        updated: { least: published, most: published },
      }
      this.#stories.set(id, story)
      return story
    }
  }
}

/** The text is title and body: it moves `updated`. Tags, section and date do not. */
function updatedBy(story: Story, content: Content, modified: number): Story['updated'] {
  const published = Date.parse(content.date)
  const { least, most } = story.updated
  const anyTime = Number.POSITIVE_INFINITY
  if (isHeldBack(content)) return story.updated
  // Which of the earlier times counts when a date comes back from the future is not promised.
  if (isHeldBack(story.content)) return { least: published, most: anyTime }
  if (isSameText(story.content, content)) {
    return { least: Math.max(least, published), most: Math.max(most, published) }
  }
  const seen = wholeSeconds(modified)
  if (modified > Date.now()) return { least: least + 1000, most: anyTime }
  return seen > most ? { least: seen, most: seen } : { least: least + 1000, most: anyTime }
}

const isSameText = (a: Content, b: Content) => a.title === b.title && a.text === b.text

export const isHeldBack = ({ date }: Content) => Date.parse(date) > Date.now()

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
