/** The lines above a story that say again what a page states of it. */
import { cleanLine } from '../../../text.ts'
import { withoutBy } from '../lines/page-byline.ts'
import type { Element } from '../lines/page-elements.ts'
import { dateIn } from '../lines/written-date.ts'
import { blocksOf, hasMedia } from './story-blocks.ts'

/** What a page states, and what is shown above its text. */
interface Stated {
  readonly title: string
  readonly authors: readonly string[]
  /** When it was published and changed. */
  readonly dates: readonly string[]
}

/** Takes out the lines at the beginning of a story that are its title, its authors or its day, and nothing else. */
export function removeRepeated(story: Element, { title, authors, dates }: Stated): void {
  const names = [...authors, authors.join(', '), authors.join(' and ')]
  const known = new Set([title, ...names].filter((name) => name !== '').map(fold))
  const days = new Set(dates.map((date) => date.slice(0, 10)))
  const isRepeated = (line: string) =>
    known.has(fold(line)) ||
    known.has(fold(withoutBy(line))) ||
    days.has(dateIn(line)?.slice(0, 10) ?? '')
  const blocks = blocksOf(story)
  const first = blocks.findIndex((block) => !isRepeated(block.text) || hasMedia(block))
  // A text of these alone is one.
  for (const { element } of first === -1 ? [] : blocks.slice(0, first)) element.remove()
}

const fold = (line: string) => cleanLine(line).toLowerCase()
