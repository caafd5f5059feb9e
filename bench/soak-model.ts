/** What a feed must show at a time, and must not, while the folder is in motion. */
import type { History } from '../test/support/history.ts'
import { channelsOf, inOrder, type Story } from '../test/support/stories.ts'
import type { ShownItem } from './answers.ts'

/** A change has to be seen so soon, in ms. */
export const soonMs = 2000

interface Known {
  readonly story: Story
  /** When something last happened to it, in ms since 1970. */
  readonly at: number
}

const titleOf = ({ path, content }: Story) => (path === undefined ? undefined : content.title)

export class SoakModel {
  readonly #history: History
  readonly #feedItems: number
  readonly #known = new Map<string, Known>()
  /** Newest first, by the path of the channel; until something happens. */
  readonly #lists = new Map<string, Known[]>()

  constructor(history: History, feedItems: number) {
    this.#history = history
    this.#feedItems = feedItems
  }

  /** To be called whenever something has happened to the folder, before anything else is done. */
  note(at = Date.now()): void {
    for (const story of this.#history.unsettled()) this.#known.set(story.id, { story, at })
    this.#lists.clear()
  }

  /** Articles that are there, and were for as long as a change may take to be seen. */
  settled(): Story[] {
    return this.#history.live().filter((story) => this.isSettled(story))
  }

  /** Whether an answer must show an article as it is now. @param asked ms since 1970 */
  isSettled({ id }: Story, asked = Date.now()): boolean {
    return (this.#known.get(id)?.at ?? 0) < asked - soonMs
  }

  /** What an answer shows that was no longer so two seconds before it was asked for. */
  outdated(items: readonly ShownItem[], asked: number): string | undefined {
    for (const { id, title } of items) {
      const known = this.#known.get(id)
      if (!known) return `"${title}" is not there`
      const { story, at } = known
      if (this.isSettled(story, asked) && titleOf(story) !== title)
        return `"${title}" is shown, which is "${titleOf(story)}" since ${asked - at} ms`
    }
    return undefined
  }

  /** What it does not show and should: it has been among the newest since two seconds before. */
  missing(path: string, items: readonly ShownItem[], asked: number): string | undefined {
    const titles = new Set(items.map(({ title }) => title))
    // Those that have just changed may stand before others, or not.
    let before = 0
    for (const { story, at } of this.#list(path)) {
      const title = titleOf(story)
      const isSettled = this.isSettled(story, asked)
      if (isSettled && title === undefined) continue
      if (before >= this.#feedItems) return undefined
      before += 1
      if (isSettled && title && !titles.has(title))
        return `"${title}" is not shown since ${asked - at} ms`
    }
    return undefined
  }

  /** With those that are gone: an answer from before may be under way. */
  #list(path: string): Known[] {
    const listed = this.#lists.get(path)
    if (listed) return listed
    const all = [...this.#known.values()].filter(({ story: { content } }) =>
      channelsOf(content).includes(path),
    )
    const list = all.sort((a, b) => inOrder(a.story, b.story))
    this.#lists.set(path, list)
    return list
  }
}
