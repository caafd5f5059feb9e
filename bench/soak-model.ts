/** What the folder holds while it changes, and what a feed must therefore show at a time. */
import type { ShownItem } from './answers.ts'
import { channelsOf, wordOf } from './history.ts'

/** Told before a story's file is touched, and again when that is done. */
export interface Change {
  readonly number: number
  /** ms since 1970 when the change was complete; undefined before it is made. */
  readonly at?: number
  /** What feeds have to show from then on; undefined when it is gone. */
  readonly title?: string
}

interface Story {
  readonly number: number
  title: string | undefined
  /** ms since 1970; infinity while it is being changed. */
  since: number
}

/** A change has to be seen so soon, in ms. */
const soon = 2000

export class SoakModel {
  readonly #feedItems: number
  readonly #stories = new Map<string, Story>()
  /** Newest first. */
  readonly #channels = new Map<string, Story[]>()

  constructor(feedItems: number) {
    this.#feedItems = feedItems
  }

  note({ number, at, title }: Change): void {
    const word = wordOf(number)
    let story = this.#stories.get(word)
    if (!story) {
      story = { number, title: undefined, since: 0 }
      this.#stories.set(word, story)
      // Dates are in the order of the numbers. A bad file may have been forgotten, and come back mended.
      for (const path of channelsOf(number)) {
        const list = this.#list(path)
        const place = list.findIndex((other) => other.number < number)
        list.splice(place < 0 ? list.length : place, 0, story)
      }
    }
    story.since = at ?? Number.POSITIVE_INFINITY
    if (at !== undefined) story.title = title
  }

  /** A title that was published a while ago and is now; undefined when that one is no such. */
  titleOf(number: number): string | undefined {
    const story = this.#stories.get(wordOf(number))
    return story && story.since < Date.now() - soon ? story.title : undefined
  }

  /**
   * What an answer shows that was no longer so two seconds before it was asked for.
   * @param asked ms since 1970
   */
  outdated(items: readonly ShownItem[], asked: number): string | undefined {
    for (const { title } of items) {
      const word = /\bstory\d+x/.exec(title)?.[0] ?? title
      const story = this.#stories.get(word)
      if (!story) return `"${title}" was never there`
      if (story.since < asked - soon && story.title !== title) {
        return `"${title}" is shown, which is "${story.title ?? 'gone'}" since ${asked - story.since} ms`
      }
    }
    return undefined
  }

  /** What it does not show and should: it has been among the newest since two seconds before. */
  missing(path: string, items: readonly ShownItem[], asked: number): string | undefined {
    const titles = new Set(items.map(({ title }) => title))
    // Those that are being changed may stand before others, or not.
    let before = 0
    for (const { title, since } of this.#list(path)) {
      const isSettled = since < asked - soon
      if (isSettled && title === undefined) continue
      if (before >= this.#feedItems) return undefined
      before += 1
      if (isSettled && title && !titles.has(title)) {
        return `"${title}" is not shown since ${asked - since} ms`
      }
    }
    return undefined
  }

  /** Forgets stories that are gone for long. */
  tidy(): void {
    const past = Date.now() - 30_000
    const isOver = ({ title, since }: Story) => title === undefined && since < past
    for (const [path, list] of this.#channels) {
      this.#channels.set(
        path,
        list.filter((story) => !isOver(story)),
      )
    }
    for (const [word, story] of this.#stories) if (isOver(story)) this.#stories.delete(word)
  }

  #list(path: string): Story[] {
    const list = this.#channels.get(path) ?? []
    this.#channels.set(path, list)
    return list
  }
}
