/** The lines above a story that say again what a page states of it. */
import { cleanLine } from '../../../text.ts'
import { afterBy, isPersonName, namesInByline, withoutBy } from '../lines/page-byline.ts'
import { type Element, startOf } from '../lines/page-elements.ts'
import { dateIn } from '../lines/written-date.ts'
import { type Block, blocksOf, hasMedia } from './story-blocks.ts'

/** What a page states, and what is shown above its text. */
interface Stated {
  readonly title: string
  readonly authors: readonly string[]
  /** When it was published and changed. */
  readonly dates: readonly string[]
}

/**
 * Takes out the lines at the beginning of a story that are its title, its authors or its day, and nothing else. A heading with a name
 * or a day is of a part, as in an interview; so is a line that others like it follow.
 */
export function removeRepeated(story: Element, { title, authors, dates }: Stated): void {
  const all = [...authors, authors.join(', '), authors.join(' and ')].filter((name) => name !== '')
  const names = new Set(all.map(fold))
  const days = new Set(dates.map((date) => date.slice(0, 10)))
  const blocks = blocksOf(story)
  const isRepeated = ({ kind, text }: Block, at: number) => {
    if (fold(text) === fold(title)) return true
    if (kind === 'heading') return false
    const others = () => blocks.slice(at + 1)
    if (names.has(fold(text)) || names.has(fold(withoutBy(text)))) {
      return !others().some((block) => block.text === text || isSaidBy(block, text))
    }
    const isDay = days.has(dateIn(text)?.slice(0, 10) ?? '')
    return isDay && !others().some((block) => dateIn(block.text) !== undefined)
  }
  const first = blocks.findIndex((block, at) => !isRepeated(block, at) || hasMedia(block))
  // A text of these alone is one.
  for (const { element } of first === -1 ? [] : blocks.slice(0, first)) element.remove()
}

/**
 * Who wrote a story, where its first line says that: some state whoever put it up. Names that share a word with those stated
 * are of the same people.
 * @param stated whom the page states
 */
export function authorsAbove(
  story: Element,
  stated: readonly string[],
  language: string | undefined,
): readonly string[] {
  const [first] = blocksOf(story)
  const line = first?.kind === 'paragraph' ? first.text.replaceAll(softHyphen, '') : ''
  if (line.length > longestName || afterBy(line, language) === undefined) return stated
  const names = namesInByline([line], language)
  const known = new Set(stated.flatMap(wordsOf))
  const areOthers = names.every((name) => isPersonName(name) && !wordsOf(name).some(isIn(known)))
  return names.length > 0 && areOthers ? names : stated
}

const softHyphen = '\u00ad'
const wordsOf = (name: string) => fold(name).match(/[\p{L}\p{M}]{3,}/gu) ?? []
const isIn = (known: ReadonlySet<string>) => (word: string) => known.has(word)

/** Whether a paragraph is an answer of somebody named before, whole or by one of the names: `Moss: Nobody did.` */
function isSaidBy({ kind, element }: Block, name: string): boolean {
  if (kind !== 'paragraph') return false
  const line = cleanLine(startOf(element, longestName))
  const [, who] = /^([^:]+):/.exec(line) ?? [line, line]
  const words = fold(name).split(' ')
  return [fold(name), words[0], words.at(-1)].includes(fold(who ?? ''))
}

const longestName = 80

const fold = (line: string) => cleanLine(line).toLowerCase()
