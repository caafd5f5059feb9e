/**
 * A folder of articles and what happens to it, by chance that repeats. It knows what must be published.
 */
import { mkdirSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Random, randomFrom } from './random.ts'
import {
  type Content,
  channelsOf,
  idOf,
  inOrder,
  isHeldBack,
  isSameText,
  newStory,
  type Story,
  sections,
  tags,
  textOf,
  updatedBy,
} from './stories.ts'

/** Does something; false when there is nothing to do it to. */
export type Action = () => boolean | Promise<boolean>

interface Plan {
  /** Bounds on how many articles there are. */
  readonly fewest: number
  readonly most: number
  /** Whether each new article is the newest one; else dates are any, and many are the same. */
  readonly isRising?: boolean
  log?(line: string): void
}

const folders = ['', 'a/', 'b/', 'a/c/', 'ü/', 'x y/']
const endings = ['.md', '.markdown', '.MD']
const badTexts = ['', '---\ntitle: x\ndate: never\n---\nText', '\0\0\0', '---\ntitle: x\ndate: 20']
const firstDate = Date.UTC(2010, 0, 1)
const hourMs = 3_600_000

export class History {
  readonly root: string
  readonly random: Random
  /** Whether nothing may be done at a path now. */
  isBlocked: (path: string) => boolean = () => false
  readonly #plan: Plan
  /** All articles there ever were, by id. */
  readonly #stories = new Map<string, Story>()
  /** Paths that were left and not settled yet, and those left before, which may be used again. */
  readonly left: string[] = []
  readonly #vacant: { path: string; freeAt: number }[] = []
  #count = 0

  /** @param root an empty folder */
  constructor(root: string, seed: number, plan: Plan) {
    this.root = root
    this.random = randomFrom(seed)
    this.#plan = plan
  }

  /** What happens to any folder, by name. */
  readonly actions = {
    add: () =>
      this.live().length < this.#plan.most && this.put('add', this.freshPath(), this.newContent()),
    edit: () => this.rewrite('edit', () => this.newText()),
    move: () => this.withFree((story) => this.move(story, this.freshPath())),
    over: () => {
      const [one, other] = this.free()
      return one && other?.path ? this.move(one, other.path) : false
    },
    delete: () =>
      this.live().length > this.#plan.fewest && this.withFree((one) => this.remove(one)),
    /** The text of an article that is gone comes back, where it was or elsewhere. */
    return: () => {
      const story = this.gone().find((one) => one.file === 'good' && this.isFree(one))
      return story ? this.put('return', this.freshPath(), story.content) : false
    },
    /** An article's file becomes no article, or one again. */
    bad: () => {
      const broken = this.live().find((story) => story.file === 'bad' && this.isFree(story))
      if (broken) {
        return this.put('bad', broken.path ?? '', { ...broken.content, ...this.newText() })
      }
      return this.withFree((story, path) => {
        this.write(path, this.badText())
        this.mark(story, 'bad')
        return this.did('bad', path)
      })
    },
  } satisfies Readonly<Record<string, () => boolean>>

  /** Logs a step. @returns true, as actions do that have done something */
  did(kind: string, what: string): true {
    this.#plan.log?.(`  ${kind}: ${what}`)
    return true
  }

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

  /** What a feed shows, in its order. */
  published(channel = '/'): Story[] {
    return this.live()
      .filter(({ content }) => !isHeldBack(content) && channelsOf(content).includes(channel))
      .sort(inOrder)
  }

  /** Articles that may be changed, in the order of chance. */
  free(): Story[] {
    return this.random.shuffled(this.#free())
  }

  #free(): Story[] {
    return this.live()
      .filter(({ file, content }) => file === 'good' && !isHeldBack(content))
      .filter((story) => this.isFree(story))
  }

  isFree({ path = '', freeAt }: Story): boolean {
    return freeAt <= Date.now() && !this.isBlocked(path)
  }

  /** Where new articles are the newest, half the time one of those that feeds show. */
  withFree(use: (story: Story, path: string) => boolean): boolean {
    const all = this.#free()
    const isNew = this.#plan.isRising && this.random.between(0, 1) === 0
    const from = isNew ? Math.max(0, all.length - 25) : 0
    const story = all[this.random.between(from, all.length - 1)]
    return story ? use(story, story.path ?? '') : false
  }

  /** Everything done so far was seen, and may be changed again after so many ms. */
  settle(restMs: number): void {
    const freeAt = Date.now() + restMs
    for (const story of this.unsettled()) story.freeAt = freeAt
    this.#vacant.push(...this.left.splice(0).map((path) => ({ path, freeAt })))
  }

  unsettled(): Story[] {
    return this.all().filter(({ freeAt }) => freeAt === Number.POSITIVE_INFINITY)
  }

  /** A number that was not there before. */
  next(): number {
    this.#count += 1
    return this.#count
  }

  file(path: string): string {
    return join(this.root, path)
  }

  modified(path: string): number {
    return statSync(this.file(path)).mtimeMs
  }

  /** In place, or beside and renamed. */
  write(path: string, text: string): void {
    const file = this.file(path)
    mkdirSync(dirname(file), { recursive: true })
    const isBeside = this.random.between(0, 1) === 0
    const target = isBeside ? `${dirname(file)}/.new` : file
    writeFileSync(target, text)
    if (isBeside) renameSync(target, file)
  }

  /** Writes an article. */
  put(kind: string, path: string, content: Content): true {
    this.write(path, textOf(content))
    this.says(path, content)
    return this.did(kind, `${path} "${content.title}"`)
  }

  rewrite(kind: string, change: () => Partial<Content>): boolean {
    return this.withFree((one, path) => this.put(kind, path, { ...one.content, ...change() }))
  }

  /** Moves a file, perhaps over another one, whose article ends. */
  move(story: Story, path: string): true {
    const from = story.path ?? ''
    const other = this.at(path)
    mkdirSync(dirname(this.file(path)), { recursive: true })
    renameSync(this.file(from), this.file(path))
    if (other) this.end(other)
    story.path = path
    this.mark(story, story.file)
    this.left.push(from)
    return this.did(other ? 'over' : 'move', `${from} → ${path} "${story.content.title}"`)
  }

  remove(story: Story): true {
    const { path = '' } = story
    unlinkSync(this.file(path))
    this.end(story)
    this.left.push(path)
    return this.did('delete', path)
  }

  /** A file now says this: of the article that was there, of one that comes back, or of a new one. */
  says(path: string, content: Content): void {
    const here = this.at(path)
    const back = this.gone().find((story) => isSameText(story.content, content))
    if (back && here) this.end(here)
    const story = back ?? here ?? this.#firstSeenAt(path, content)
    story.updated = updatedBy(story, content, this.modified(path))
    story.path = path
    story.content = content
    this.mark(story, 'good')
  }

  /** Its file is another thing now, and the article as it was. */
  mark(story: Story, file: Story['file']): void {
    story.file = file
    story.freeAt = Number.POSITIVE_INFINITY
  }

  end(story: Story): void {
    story.path = undefined
    this.mark(story, 'good')
  }

  /** Of a file that is gone for a while, or of one that never was. */
  freshPath(): string {
    const isSettled = ({ freeAt }: { freeAt: number }) => freeAt <= Date.now()
    const old = this.#vacant.findIndex((place) => {
      const isFree = isSettled(place) && !this.isBlocked(place.path)
      return isFree && this.#bornAt(place.path).every(isSettled)
    })
    if (old >= 0 && this.random.between(0, 2) === 0) {
      const [place] = this.#vacant.splice(old, 1)
      if (place && !this.at(place.path)) return place.path
    }
    return this.newPath()
  }

  /** Of a file that never was. */
  newPath(): string {
    const open = folders.filter((folder) => !this.isBlocked(folder))
    return `${this.random.pick(open)}n${this.next()}${this.random.pick(endings)}`
  }

  badText(): string {
    return this.random.pick(badTexts)
  }

  newText(): Pick<Content, 'title' | 'text'> {
    const number = this.next()
    const words = Array.from({ length: this.random.between(3, 60) }, () =>
      this.random.between(1000, 1e9).toString(36),
    )
    const text = `Text ${number} was seen ${words.join(' ')} end`
    return { title: `What story${number}x says`, text }
  }

  newTerms(): Pick<Content, 'section' | 'tags'> {
    return { section: this.random.pick(sections), tags: [this.random.pick(tags)] }
  }

  newDate(): string {
    if (this.#plan.isRising) return new Date(firstDate + this.next() * hourMs).toISOString()
    const [month, day] = [this.random.between(1, 12), this.random.between(1, 28)]
    const time = Date.UTC(this.random.between(2010, 2024), month - 1, day)
    return new Date(time).toISOString().slice(0, 10)
  }

  newContent(): Content {
    return { ...this.newText(), ...this.newTerms(), date: this.newDate() }
  }

  /** The article whose path this is; a new one when that one lives elsewhere now. */
  #firstSeenAt(path: string, content: Content): Story {
    const before = this.#bornAt(path)
    // Were one of them to end or come back before this is seen, it is not promised who has which id.
    for (const story of before) story.freeAt = Number.POSITIVE_INFINITY
    const gone = before.find((story) => story.path === undefined)
    if (gone) return gone
    const story = newStory(idOf(path, before.length), path, content)
    this.#stories.set(story.id, story)
    return story
  }

  /** Those that were first seen there, in their order. */
  #bornAt(path: string): Story[] {
    const found: Story[] = []
    for (;;) {
      const story = this.#stories.get(idOf(path, found.length))
      if (!story) return found
      found.push(story)
    }
  }
}
