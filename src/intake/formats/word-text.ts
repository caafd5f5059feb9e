/**
 * The text of a Word document as mammoth reads it right: what is deleted, hidden or made by Word is left out, what would be
 * lost is written otherwise, and paragraphs are said to be what they are by their styles.
 */
import { numberMark, styleOfItem } from './word-mammoth.ts'
import type { ListItem } from './word-numbering.ts'
import type { Relations } from './word-relations.ts'
import { Runs, runOf, textOf, type WordDocument } from './word-runs.ts'
import type { ParagraphKind } from './word-styles.ts'
import { blocksIn, partsIn } from './word-words.ts'
import { child, element, kept } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

/** Of the parts of a document one. */
export class WordText {
  readonly #document: WordDocument
  readonly #runs: Runs

  /** @param root of the part @param relations of the part */
  constructor(document: WordDocument, relations: Relations, root: XmlNode) {
    this.#document = document
    this.#runs = new Runs(document, relations, root, (node) => this.write(blocksIn(node)))
  }

  /** @returns XML @param blocks paragraphs, tables and texts of other programs */
  write(blocks: readonly XmlNode[]): string {
    return blocks.map((block) => this.#block(block)).join('')
  }

  #block(node: XmlNode): string {
    if (node.name === 'w:p') return this.#paragraph(node)
    if (node.name === 'w:tbl') return this.#table(node)
    const text =
      'text in another format, put in by a program, is not read; copy it into the document'
    this.#document.notes.push({ text })
    return ''
  }

  #table(node: XmlNode): string {
    const rows = partsIn(node, new Set(['w:tr'])).map((row) => {
      const cells = partsIn(row, new Set(['w:tc'])).map((cell) => this.#cell(cell))
      const said = kept(child(row, 'w:trPr'), 'w:tblHeader', 'w:del')
      return element('w:tr', {}, `<w:trPr>${said}</w:trPr>${cells.join('')}`)
    })
    return element('w:tbl', {}, rows.join(''))
  }

  #cell(node: XmlNode): string {
    const said = kept(child(node, 'w:tcPr'), 'w:gridSpan', 'w:vMerge')
    return element('w:tc', {}, `<w:tcPr>${said}</w:tcPr>${this.write(blocksIn(node))}`)
  }

  #paragraph(node: XmlNode): string {
    const { styles, numbering } = this.#document
    const properties = child(node, 'w:pPr')
    const kind = styles.kindOf(properties)
    if (kind.kind === 'contents') return ''
    const isHeading = kind.kind === 'heading'
    const item = isHeading ? undefined : numbering.itemOf(properties)
    const content = this.#runs.write(node, { isHidden: styles.isHidden(properties), isHeading })
    const isDeleted = child(child(properties, 'w:rPr'), 'w:del') !== undefined
    const said = [
      element('w:pStyle', {
        'w:val': item && kind.kind === 'text' ? styleOfItem(item) : styleOf(kind),
      }),
      isDeleted ? '<w:rPr><w:del/></w:rPr>' : '',
    ].join('')
    const number = item?.isOrdered && content !== '' ? this.#numberOf(item) : ''
    return element('w:p', {}, `<w:pPr>${said}</w:pPr>${number}${content}`)
  }

  #numberOf(item: ListItem): string {
    return runOf(textOf(this.#document.pieces.put(numberMark(item))))
  }
}

/** The id of a style that mammoth is told of. */
function styleOf({ kind, level }: ParagraphKind): string {
  if (kind === 'heading') return `heading${Math.min(level, 6)}`
  return kind === 'title' ? 'heading1' : kind
}
