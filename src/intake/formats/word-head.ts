/** The head of a Word document: its title, who wrote it and when, where these stand in its text. */
import { cleanLine } from '../../text.ts'
import { namesIn } from './word-byline.ts'
import { type DeskFact, deskFactsIn } from './word-desk.ts'
import type { Properties } from './word-properties.ts'
import { type ParagraphKind, type Styles, textKind } from './word-styles.ts'
import { type Line, mostBeside, titlesIn } from './word-title.ts'
import { hasDrawing, wordsOf } from './word-words.ts'
import { child } from './word-xml.ts'
import { dateIn } from './written-date.ts'
import type { XmlNode } from './xml-tree.ts'

/** What is found of a head. */
export interface Head {
  readonly title: string | undefined
  readonly summary: string | undefined
  readonly published: string | undefined
  /** As it is written: a date, or words for none. */
  readonly embargo: string | undefined
  readonly section: string | undefined
  readonly authors: readonly string[]
  /** What is below it. */
  readonly story: readonly XmlNode[]
}

/** Of longer ones only the beginning is compared. */
const longestWords = 2000
/** Characters of a paragraph between a title and a byline. */
const longestDek = 300

type Stated = Pick<Properties, 'title' | 'authors'>

/** @param blocks of the text */
export function takeHead(blocks: readonly XmlNode[], styles: Styles, properties: Stated): Head {
  const all = blocks.map((node): Line => lineOf(node, styles))
  const { facts, deskLines } = deskIn(all)
  const lines = all.filter((line) => !deskLines.has(line))
  const fact = (kind: DeskFact[0]) =>
    facts.find(([known, value]) => known === kind && value !== '')?.[1]
  const statedTitle = fact('title') ?? properties.title
  const titles = titlesIn(lines, styles, statedTitle)
  const title = cleanLine(titles.map(({ words }) => words).join(' ')) || statedTitle
  const last = titles.at(-1)
  const below = last === undefined ? lines : lines.slice(lines.indexOf(last) + 1)
  const { taken, deks, dates, authors } = belowTitle(below, title, properties)
  for (const line of titles) if (!hasDrawing(line.node)) taken.add(line)
  const author = fact('author')
  return {
    title,
    summary: deks[0]?.words,
    published: dateIn(dates[0]?.words ?? fact('date') ?? ''),
    embargo: fact('embargo'),
    section: fact('section'),
    authors: authors.length > 0 || author === undefined ? authors : namesIn(`By ${author}`),
    story: lines.filter((line) => !taken.has(line)).map(({ node }) => node),
  }
}

/** What stands above the headline for the newsroom alone. */
function deskIn(lines: readonly Line[]) {
  const deskLines = new Set<Line>()
  const facts: DeskFact[] = []
  for (const line of lines.filter(({ words }) => words !== '').slice(0, 2 * mostBeside)) {
    const found = deskFactsIn(line.node)
    if (!found) break
    deskLines.add(line)
    facts.push(...found)
  }
  return { facts, deskLines }
}

function belowTitle(below: readonly Line[], title: string | undefined, properties: Stated) {
  const near = below.filter(({ words }) => words !== '').slice(0, mostBeside)
  // A heading may say the title of the document once more.
  const isAgain = (line: Line) => line.kind.kind === 'heading' && line.words === title
  const again = near.slice(0, 1).filter(isAgain)
  const others = near.filter((line) => !again.includes(line))
  const byStyle = others.filter(isOf('author'))
  const deks = others.filter(isOf('subtitle', 'abstract')).slice(0, 1)
  const datesByStyle = others.filter(isOf('date')).filter(isDate).slice(0, 1)
  const plain = others.filter((line) => ![...byStyle, ...deks, ...datesByStyle].includes(line))
  const isByline = (line: Line) =>
    namesOf(line).length > 0 || isNamed(line.words, properties.authors)
  const byline = plain.slice(0, 2).find(isByline)
  const above = byline ? plain.slice(0, plain.indexOf(byline)) : []
  const isStory = byline !== near.at(-1)
  if (deks.length === 0 && isStory) deks.push(...above.filter(isDek))
  // A day alone belongs to the head, directly below what else does.
  const next = plain[byline ? plain.indexOf(byline) + 1 : 0]
  const dates = datesByStyle.length === 0 && next && isDate(next) ? [next] : datesByStyle
  const taken = new Set([...again, ...deks, ...dates, ...byStyle, ...(byline ? [byline] : [])])
  const byWords = byline ? namesOf(byline) : []
  const authors = byStyle.length > 0 ? byStyle.map(({ words }) => words) : byWords
  return { taken, deks, dates, authors }
}

const namesOf = ({ node, words }: Line) => (node.name === 'w:p' ? namesIn(words) : [])

/** Whether it is one of these names and nothing else. */
const isNamed = (words: string, names: readonly string[]) =>
  names.some((name) => name.toLowerCase() === words.toLowerCase())

const isDate = ({ words }: Line) => dateIn(words) !== undefined

const isDek = ({ node, words, kind }: Line) =>
  node.name === 'w:p' && kind.kind === 'text' && words.length <= longestDek && !hasDrawing(node)

const isOf =
  (...kinds: readonly ParagraphKind['kind'][]) =>
  ({ kind }: Line) =>
    kinds.includes(kind.kind)

function lineOf(node: XmlNode, styles: Styles): Line {
  const words = cleanLine(wordsOf(node).slice(0, longestWords))
  return { node, words, kind: node.name === 'w:p' ? styles.kindOf(child(node, 'w:pPr')) : textKind }
}
