/** The head of a Word document: its title, and who wrote it, where these stand in its text. */
import { cleanLine } from '../../text.ts'
import { isDate } from '../stated-date.ts'
import { namesInByline } from './page-byline.ts'
import { type ParagraphKind, type Styles, textKind } from './word-styles.ts'
import { hasDrawing, wordsOf } from './word-words.ts'
import { child, isOn, within } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

/** What is found of a head. */
export interface Head {
  readonly title: string | undefined
  readonly summary: string | undefined
  readonly published: string | undefined
  readonly authors: readonly string[]
  /** What is below it. */
  readonly story: readonly XmlNode[]
}

interface Line {
  readonly node: XmlNode
  readonly words: string
  readonly kind: ParagraphKind
}

/** So many lines may stand above a title: a label, a place, a date. */
const mostAbove = 3
/** Characters of such a line, and of one that is a title by its looks alone. */
const longestLine = 120
/** Of longer ones only the beginning is compared. */
const longestWords = 2000

/**
 * @param blocks of the text
 * @param stated the title that the properties state
 */
export function takeHead(
  blocks: readonly XmlNode[],
  styles: Styles,
  stated: string | undefined,
): Head {
  const lines = blocks.map((node): Line => lineOf(node, styles))
  const titles = titlesIn(lines, stated)
  const title = cleanLine(titles.map(({ words }) => words).join(' ')) || stated
  const last = titles.at(-1)
  const below = last === undefined ? lines : lines.slice(lines.indexOf(last) + 1)
  const all = below.filter(({ words }) => words !== '').slice(0, 2 * mostAbove)
  // A heading may say the title of the document once more.
  const isAgain = (line: Line) => line.kind.kind === 'heading' && line.words === title
  const again = all.slice(0, 1).filter(isAgain)
  const others = all.filter((line) => !again.includes(line))
  const deks = others.filter(isOf('subtitle', 'abstract')).slice(0, 1)
  const dates = others
    .filter(isOf('date'))
    .filter(({ words }) => isDate(words))
    .slice(0, 1)
  const byStyle = others.filter(isOf('author'))
  const [first] = others.filter((line) => !deks.includes(line) && !dates.includes(line))
  const byWords = first ? namesIn(first) : []
  const taken = new Set([
    ...titles.filter(({ node }) => !hasDrawing(node)),
    ...again,
    ...deks,
    ...dates,
    ...byStyle,
  ])
  if (first && byWords.length > 0) taken.add(first)
  return {
    title,
    summary: deks[0]?.words,
    published: dates[0]?.words,
    authors: byStyle.length > 0 ? byStyle.map(({ words }) => words) : byWords,
    story: lines.filter((line) => !taken.has(line)).map(({ node }) => node),
  }
}

const isOf =
  (...kinds: readonly ParagraphKind['kind'][]) =>
  ({ kind }: Line) =>
    kinds.includes(kind.kind)

function lineOf(node: XmlNode, styles: Styles): Line {
  const words = cleanLine(wordsOf(node).slice(0, longestWords))
  return { node, words, kind: node.name === 'w:p' ? styles.kindOf(child(node, 'w:pPr')) : textKind }
}

/** A title may have several lines. */
function titlesIn(lines: readonly Line[], stated: string | undefined): Line[] {
  const said = lines.filter(({ words, kind }) => words !== '' && kind.kind !== 'contents')
  const isTitle = ({ kind }: Line) => kind.kind === 'title'
  const at = said.slice(0, 2 * mostAbove).findIndex(isTitle)
  if (at !== -1) {
    const end = said.findIndex((line, n) => n > at && !isTitle(line))
    return said.slice(at, end === -1 ? undefined : end)
  }
  const heading = headingIn(said)
  if (heading) return [heading]
  const [first, ...others] = said
  const isByLooks = stated === undefined && first && others.length > 0 && looksLikeTitle(first)
  return isByLooks ? [first] : []
}

/** The first, where next to nothing stands above it and it does not head one of several parts. */
function headingIn(said: readonly Line[]): Line | undefined {
  const at = said.findIndex(({ kind }) => kind.kind === 'heading')
  const heading = said[at]
  if (!heading || at > mostAbove) return undefined
  const isLabel = ({ node, words }: Line) => node.name === 'w:p' && words.length <= longestLine
  if (!said.slice(0, at).every(isLabel)) return undefined
  const { level } = heading.kind
  const isOfPart = said.slice(at + 1).some((line) => line.kind.level <= level)
  return level === 1 || !isOfPart ? heading : undefined
}

/** A short first line, all of it in bold. */
function looksLikeTitle({ node, words }: Line): boolean {
  if (node.name !== 'w:p' || words.length > longestLine || hasDrawing(node)) return false
  const runs = [...within(node, new Set(['w:r']))].filter((run) => wordsOf(run).trim() !== '')
  return runs.length > 0 && runs.every((run) => isOn(child(run, 'w:rPr'), 'w:b'))
}

/** Whose word for "by" it is. */
const languageOfBy: Readonly<Record<string, string>> = { by: 'en', von: 'de', par: 'fr', por: 'es' }

/** The names in a line such as "By Mira Onal and Jo Lind"; none in "By Tuesday the boats were full". */
function namesIn({ node, words }: Line): string[] {
  const [by] = /^(?:by|von|par|por)(?=[\s:])/i.exec(words) ?? []
  if (!by || node.name !== 'w:p' || words.length > longestLine) return []
  const names = namesInByline([words], languageOfBy[by.toLowerCase()])
  return names.length > 0 && names.every(isName) ? names : []
}

const isName = (name: string) => /^\p{Lu}\S*(?:\s\S+){1,4}$/u.test(name) && !/[.!?]$/.test(name)
