/** What the folder holds while it changes, and what a feed must therefore show at a time. */
import { channelsOf, inOrder, type Story } from '../test/support/stories.ts'
import type { ShownItem } from './answers.ts'

/** Told of each article that has just changed. */
export interface Change extends Pick<Story, 'id' | 'path' | 'content'> {
  /** When that was done, in ms since 1970. */
  readonly at: number
}

/** A change has to be seen so soon, in ms. */
export const soonMs = 2000
/** Articles that are gone for so long are forgotten. */
const forgetMs = 30_000

const titleIn = ({ path, content }: Change) => (path === undefined ? undefined : content.title)

export class SoakModel {
  readonly #feedItems: number
  readonly #stories = new Map<string, Change>()
  /** Newest first; no story changes its place. */
  readonly #channels = new Map<string, Change[]>()

  constructor(feedItems: number) {
    this.#feedItems = feedItems
  }

  note(change: Change): void {
    const before = this.#stories.get(change.id)
    this.#stories.set(change.id, change)
    for (const path of before ? channelsOf(before.content) : []) this.#list(path, before)
    for (const path of channelsOf(change.content)) {
      const list = this.#list(path)
      const place = list.findIndex((other) => inOrder(change, other) < 0)
      list.splice(place < 0 ? list.length : place, 0, change)
    }
  }

  /** An article, if it is there now and nothing happened to it lately. */
  settled(pick: (all: readonly Change[]) => Change): Change | undefined {
    const story = this.#stories.size > 0 ? pick([...this.#stories.values()]) : undefined
    const isSettled = story?.path !== undefined && story.at < Date.now() - soonMs
    return isSettled ? story : undefined
  }

  /** Whether something happened to an article since it was picked. */
  isCurrent(story: Change): boolean {
    return this.#stories.get(story.id) === story
  }

  /**
   * What an answer shows that was no longer so two seconds before it was asked for.
   * @param asked ms since 1970
   */
  outdated(items: readonly ShownItem[], asked: number): string | undefined {
    for (const { id, title } of items) {
      const story = this.#stories.get(id)
      if (!story) return `"${title}" is not there`
      if (story.at < asked - soonMs && titleIn(story) !== title) {
        return `"${title}" is shown, which is "${titleIn(story)}" since ${asked - story.at} ms`
      }
    }
    return undefined
  }

  /** What it does not show and should: it has been among the newest since two seconds before. */
  missing(path: string, items: readonly ShownItem[], asked: number): string | undefined {
    const titles = new Set(items.map(({ title }) => title))
    // Those that have just changed may stand before others, or not.
    let before = 0
    for (const story of this.#list(path)) {
      const title = titleIn(story)
      const isSettled = story.at < asked - soonMs
      if (isSettled && title === undefined) continue
      if (before >= this.#feedItems) return undefined
      before += 1
      if (isSettled && title && !titles.has(title)) {
        return `"${title}" is not shown since ${asked - story.at} ms`
      }
    }
    return undefined
  }

  tidy(): void {
    const past = Date.now() - forgetMs
    for (const [id, story] of this.#stories) {
      if (story.path !== undefined || story.at > past) continue
      this.#stories.delete(id)
      for (const path of channelsOf(story.content)) this.#list(path, story)
    }
  }

  /** The list of a channel, from now on without that one. */
  #list(path: string, without?: Change): Change[] {
    const list = this.#channels.get(path) ?? []
    const place = without ? list.indexOf(without) : -1
    if (place >= 0) list.splice(place, 1)
    this.#channels.set(path, list)
    return list
  }
}
