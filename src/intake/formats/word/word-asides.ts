/** Embargoes and orders not to publish beside the text of a Word document: in small tables, text boxes, and headers and footers of pages. */
import { cleanLine } from '../../../text.ts'
import type { XmlNode } from '../../xml-tree.ts'
import { type Embargo, embargoLine, embargoOf, firstLines, headOf } from '../lines/embargo-line.ts'
import { runsOf } from '../lines/line-parts.ts'
import { partsIn, wordsOf } from './word-words.ts'
import { within } from './word-xml.ts'

/** Characters of a cell or a paragraph, and rows of a table; what is larger is text. */
const longest = 200
const mostRows = 12
/** Paragraphs of text boxes and of one header. */
const mostLines = 20

const paragraphs = new Set(['w:p'])
const boxes = new Set(['w:txbxContent'])
/** Words in capitals across a page, of which Word has "DRAFT" among its own. */
const watermarks = new Set(['v:textpath'])

const paragraphsIn = (nodes: Iterable<XmlNode>) =>
  [...nodes].flatMap((node) => partsIn(node, paragraphs)).slice(0, mostLines)

const lineOf = (node: XmlNode) => cleanLine(wordsOf(node).slice(0, longest))

const linesIn = (nodes: Iterable<XmlNode>) => paragraphsIn(nodes).map(lineOf)

const stated = (line: string) => embargoLine(line) ?? []

/**
 * In tables above the first longer line of the text, and in boxes beside its first lines and its last.
 * @param blocks of the text
 * @returns also the paragraphs of boxes that say nothing else, which are none of the text
 */
export function embargoesBeside(blocks: readonly XmlNode[]) {
  const head = headOf(blocks, (node) => (node.name === 'w:p' ? wordsOf(node) : ''))
  const tables = head.filter(({ name }) => name === 'w:tbl').flatMap(ofTable)
  const beside = new Set([...blocks.slice(0, firstLines), ...blocks.slice(-1)])
  const boxed = [...beside]
    .filter(({ name }) => name === 'w:p')
    .flatMap((node) => paragraphsIn(within(node, boxes)))
    .map((node) => ({ node, embargoes: [stated(lineOf(node))].flat() }))
    .filter(({ embargoes }) => embargoes.length > 0)
  return {
    embargoes: [...tables, ...boxed.flatMap(({ embargoes }) => embargoes)],
    held: boxed.map(({ node }) => node),
  }
}

/** A cell may say it, or the one beside its label. */
function ofTable(table: XmlNode): readonly Embargo[] {
  const rows = partsIn(table, new Set(['w:tr'])).map((row) =>
    partsIn(row, new Set(['w:tc'])).map((cell) => cleanLine(wordsOf(cell).slice(0, longest))),
  )
  if (rows.length > mostRows) return []
  return rows.flatMap((cells) => {
    const [label = '', value = '', ...others] = cells
    const isLabelled = others.length === 0 && /^\p{L}[\p{L} ]*:?$/u.test(label) && value !== ''
    const name = label.replace(/:$/, '').toLowerCase()
    if (isLabelled && ofEmbargo.test(name)) return embargoOf(value) ?? []
    if (isLabelled && name === 'status') return embargoLine(`Status: ${value}`) ?? stated(value)
    // One word among others may be about anything.
    const isOwn = rows.length === 1 && cells.length === 1
    return cells.filter((cell) => isOwn || cell.includes(' ')).flatMap(stated)
  })
}

const ofEmbargo = /^(?:embargo(?:ed)?(?: until)?|sperrfrist|not (?:for publication )?before)$/

/**
 * What stands at the edge of a page may name the house and the kind of text beside it, between bars. Parted by other signs
 * it may be a headline, of which only capitals count.
 */
const statedAtEdge = (line: string) =>
  embargoLine(line) ?? line.split(/\s*[|•·]\s*/).flatMap(amongParts)[0] ?? []

const amongParts = (cell: string) =>
  embargoLine(cell) ?? runsOf(cell).flatMap((run) => embargoLine(run, 'text') ?? [])

/** @param headers and footers of pages, by their roots */
export const embargoesInEdges = (edges: readonly XmlNode[]): readonly Embargo[] =>
  edges.flatMap((edge) => {
    const marks = [...within(edge, watermarks)].map(({ attributes }) => attributes.string ?? '')
    return [...linesIn([edge]), ...linesIn(within(edge, boxes)), ...marks].flatMap(statedAtEdge)
  })
