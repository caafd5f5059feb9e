/** The head of a Word document: its title, and who wrote it, where these stand in its text. */
import { cleanLine } from '../../text.ts'
import { isDate } from '../stated-date.ts'
import { namesInByline } from './page-byline.ts'
import type { ParagraphKind, Styles } from './word-styles.ts'
import { wordsOf } from './word-text.ts'
import { child, isOn, within } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

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
  const again = all
    .slice(0, 1)
    .filter(({ words, kind }) => kind.kind === 'heading' && words === title)
  const furniture = all.filter((line) => !again.includes(line))
  const dek = furniture.find(({ kind }) => kind.kind === 'subtitle' || kind.kind === 'abstract')
  const dated = furniture.find(({ kind, words }) => kind.kind === 'date' && isDate(words))
  const byStyle = furniture.filter(({ kind }) => kind.kind === 'author')
  const [byline] = furniture.filter((line) => line !== dek && line !== dated)
  const byWords = byline ? namesIn(byline) : []
  const taken = new Set([
    ...titles.filter(({ node }) => !hasDrawing(node)),
    ...again,
    ...byStyle,
    ...(dated ? [dated] : []),
    ...(dek ? [dek] : []),
    ...(byWords.length > 0 && byline ? [byline] : []),
  ])
  return {
    title,
    summary: dek?.words,
    published: dated?.words,
    authors: byStyle.length > 0 ? byStyle.map(({ words }) => words) : byWords,
    story: lines.filter((line) => !taken.has(line)).map(({ node }) => node),
  }
}

function lineOf(node: XmlNode, styles: Styles): Line {
  if (node.name !== 'w:p')
    return { node, words: cleanLine(wordsOf(node).slice(0, 1000)), kind: { kind: 'text' } }
  return { node, words: cleanLine(wordsOf(node)), kind: styles.kindOf(child(node, 'w:pPr')) }
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
  const level = levelOf(heading)
  const isOfPart = said.slice(at + 1).some((line) => levelOf(line) <= level)
  return level === 1 || !isOfPart ? heading : undefined
}

const levelOf = ({ kind }: Line) =>
  kind.kind === 'heading' ? kind.level : Number.POSITIVE_INFINITY

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
  const names = namesInByline(words, languageOfBy[by.toLowerCase()])
  return names.length > 0 && names.every(isName) ? names : []
}

const isName = (name: string) => /^\p{Lu}\S*(?:\s\S+){1,4}$/u.test(name) && !/[.!?]$/.test(name)

const hasDrawing = (node: XmlNode) =>
  !within(node, new Set(['w:drawing', 'w:pict', 'w:object'])).next().done
