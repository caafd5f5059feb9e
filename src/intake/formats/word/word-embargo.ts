/** Until when nobody may show a Word document, by lines of its text and by its headlines. */
import { embargoLine, firstLines, headOf } from '../lines/embargo-line.ts'
import { withoutEmbargoIn } from '../lines/embargo-words.ts'
import { isHeldAbove } from '../lines/stop-line.ts'
import type { Styles } from './word-styles.ts'
import { isHeading, type Line, titlesIn } from './word-title.ts'
import { hasDrawing } from './word-words.ts'

/**
 * The lines without those that say nothing but an embargo, which are `held`, and headings without the words of one.
 * `about` is the first line, where it is a headline that begins as the line of an embargo does.
 */
export function withoutEmbargoes(written: readonly Line[], styles: Styles) {
  const headings = new Map(written.slice(0, firstLines).filter(isHeading).map(inHeading))
  const all = written.map((line) => headings.get(line)?.line ?? line)
  const near = new Set([...headOf(all, ({ words }) => words), ...all.slice(-1)])
  const mayBe = [...near].filter((line) => line.words === '' || embargoAt(line))
  const about = headlineAbout(all, mayBe, styles)
  const short = [...near].filter(({ words }) => words.length > 0 && words.length <= longestHeadline)
  const isRepeated = ({ words }: Line) =>
    isHeldAbove(words) &&
    short.some((other) => other.words !== words && !isHeldAbove(words, other.words))
  const said = mayBe.filter((line) => line !== about && (line.words === '' || !isRepeated(line)))
  const held = said.filter((line) => !embargoAt(line)?.isOpening)
  const ofHeadings = [...headings.values()].map(({ embargo }) => embargo)
  return {
    lines: all.filter((line) => !held.includes(line)),
    held,
    about,
    embargoes: [...ofHeadings, ...said.map(embargoAt)],
  }
}

/** One without the words of an embargo; it has none where it says nothing else. */
function inHeading(line: Line) {
  const { words, embargo } = withoutEmbargoIn(line.words)
  return [line, { line: embargo ? { ...line, words } : line, embargo }] as const
}

const longestHeadline = 120

const embargoAt = (line: Line) =>
  line.isTable || hasDrawing(line.node)
    ? undefined
    : embargoLine(line.words, isHeading(line) ? 'title' : 'newsroom')

/** The first line where there is no other headline. */
function headlineAbout(all: readonly Line[], held: readonly Line[], styles: Styles) {
  const [first] = held
  if (!first || first !== all[0]) return undefined
  const said = embargoLine(first.words, 'text')
  if (embargoLine(first.words, 'title') || said?.stop || said?.isOver) return undefined
  const others = all.filter((line) => !held.includes(line))
  return titlesIn(others, styles, { title: undefined, authors: [] }).length === 0
    ? first
    : undefined
}
