/** The head of a Word document: its title, who wrote it and when, where these stand in its text. */
import { cleanLine } from '../../text.ts'
import { embargoLine, embargoOf, firstLines, longestOf } from './embargo-line.ts'
import { withoutEmbargoIn } from './embargo-words.ts'
import { splitNames } from './page-names.ts'
import { namesIn } from './word-byline.ts'
import { type DeskFact, deskFactsIn } from './word-desk.ts'
import type { Properties } from './word-properties.ts'
import { type Styles, textKind } from './word-styles.ts'
import { type Line, mostBeside, titlesIn } from './word-title.ts'
import { hasDrawing, wordsOf } from './word-words.ts'
import { child } from './word-xml.ts'
import { dateIn } from './written-date.ts'
import type { XmlNode } from './xml-tree.ts'

/** Of longer ones only the beginning is compared. */
const longestWords = 2000
/** Characters of a paragraph between a title and a byline. */
const longestDek = 300

type Stated = Pick<Properties, 'title' | 'authors'>

/** @param blocks of the text */
export function takeHead(blocks: readonly XmlNode[], styles: Styles, properties: Stated) {
  const written = blocks.map((node) => lineOf(node, styles)).filter(({ words }) => words !== '')
  const headings = new Map(written.slice(0, firstLines).filter(isHeading).map(withoutEmbargoAt))
  const all = written.map((line) => headings.get(line)?.line ?? line)
  const near = all.filter((_, at) => at < firstLines || at === all.length - 1)
  const allHeld = near.filter((line) => line.words === '' || embargoAt(line))
  const about = headlineAbout(all, allHeld, styles)
  const held = allHeld.filter((line) => line !== about)
  const said = all.filter((line) => !held.includes(line))
  const desk = said
    .slice(0, 2 * mostBeside)
    .map((line) => (line === about ? undefined : deskFactsOf(line)))
  // What stands above the headline for the newsroom alone.
  const end = desk.indexOf(undefined)
  const facts = desk.slice(0, end === -1 ? undefined : end).map((known) => known ?? [])
  const fact = (kind: DeskFact[0]) =>
    facts.flat().find(([one, value]) => one === kind && value !== '')?.[1]
  const lines = said.slice(facts.length)
  const statedTitle = fact('title') ?? properties.title
  const titles = titlesIn(lines, styles, statedTitle)
  const title = cleanLine(titles.map(({ words }) => words).join(' ')) || statedTitle
  const last = titles.at(-1)
  const below = lines.slice(last ? lines.indexOf(last) + 1 : 0)
  const found = belowTitle(below.slice(0, mostBeside), title, properties)
  const shown = titles.filter(({ node }) => hasDrawing(node))
  const above = titles[0] ? lines.slice(0, lines.indexOf(titles[0])) : []
  const dates = above.filter(isDate).slice(0, 1)
  const out = [...held, ...said.slice(0, facts.length), ...dates, ...titles, ...found.taken]
  const taken = new Set(out.filter((line) => !shown.includes(line)).map(({ node }) => node))
  const author = fact('author')
  return {
    title,
    summary: found.dek,
    published: dateIn(found.date ?? dates[0]?.words ?? fact('date') ?? ''),
    embargo: longestOf(
      [
        ...[...headings.values()].map(({ embargo }) => embargo),
        ...held.map(embargoAt),
        embargoOf(fact('embargo') ?? 'none'),
      ].filter((one) => one !== undefined),
    ),
    section: fact('section'),
    authors: found.authors.length > 0 || !author ? found.authors : namesIn(`By ${author}`),
    /** What is below it. */
    story: blocks.filter((node) => !taken.has(node)),
  }
}

const isHeading = ({ kind }: Line) => kind === 'title' || kind === 'heading'

/** A headline may begin as the line of an embargo does. */
function deskFactsOf(line: Line) {
  const facts = deskFactsIn(line.node)
  const isAbout = ([kind, value]: DeskFact) => kind === 'embargo' && embargoOf(value) !== undefined
  return isHeading(line) && facts?.some(isAbout) ? undefined : facts
}

/** A heading without the words of an embargo; it has none where it says nothing else. */
function withoutEmbargoAt(line: Line) {
  const { words, embargo } = withoutEmbargoIn(line.words)
  return [line, { line: embargo ? { ...line, words } : line, embargo }] as const
}

/** The first line where it begins as the line of an embargo may, and there is no other headline. */
function headlineAbout(all: readonly Line[], held: readonly Line[], styles: Styles) {
  const [first] = held
  if (!first || first !== all[0] || embargoLine(first.words, true)) return undefined
  const others = all.filter((line) => !held.includes(line))
  return titlesIn(others, styles, undefined).length === 0 ? first : undefined
}

const embargoAt = (line: Line) =>
  line.isTable || hasDrawing(line.node) ? undefined : embargoLine(line.words, isHeading(line))

/** @param near the lines below the title */
function belowTitle(near: readonly Line[], title: string | undefined, properties: Stated) {
  // A heading may say the title of the document once more.
  const again = near.slice(0, 1).filter(({ kind, words }) => kind === 'heading' && words === title)
  const others = near.slice(again.length)
  const byStyle = others.filter(({ kind }) => kind === 'author')
  const deks = others.filter(({ kind }) => kind === 'subtitle' || kind === 'abstract').slice(0, 1)
  const dates = others.filter((line) => line.kind === 'date' && isDate(line)).slice(0, 1)
  const plain = others.filter((line) => ![...byStyle, ...deks, ...dates].includes(line))
  const at = plain.slice(0, 2).findIndex((line) => isByline(line, properties.authors))
  const byline = plain.slice(at, at + 1)
  const isStory = byline[0] !== near.at(-1)
  if (deks.length === 0 && isStory) deks.push(...plain.slice(0, Math.max(at, 0)).filter(isDek))
  // A day alone belongs to the head, directly below what else does.
  if (dates.length === 0) dates.push(...plain.slice(at + 1, at + 2).filter(isDate))
  return {
    taken: [...again, ...deks, ...dates, ...byStyle, ...byline],
    dek: deks[0]?.words,
    date: dates[0]?.words,
    authors: byStyle.length > 0 ? byStyle.flatMap(namesInStyle) : byline.flatMap(namesOf),
  }
}

/** Several in one paragraph, where each has two words at least, as no degree has. */
function namesInStyle({ words }: Line): readonly string[] {
  const names = splitNames(words)
  return names.every((name) => /\S\s+\S/.test(name)) ? names : [words]
}

const namesOf = ({ isTable, words }: Line) => (isTable ? [] : namesIn(words))

/** Whether it names somebody, or is one of these names and nothing else. */
const isByline = (line: Line, names: readonly string[]) =>
  namesOf(line).length > 0 || names.some((name) => name.toLowerCase() === line.words.toLowerCase())

const isDate = ({ words }: Line) => dateIn(words) !== undefined

const isDek = ({ node, isTable, words, kind }: Line) =>
  !isTable && kind === 'text' && words.length <= longestDek && !hasDrawing(node)

function lineOf(node: XmlNode, styles: Styles): Line {
  const isTable = node.name !== 'w:p'
  const words = cleanLine(wordsOf(node).slice(0, longestWords))
  return { node, isTable, words, ...(isTable ? textKind : styles.kindOf(child(node, 'w:pPr'))) }
}
