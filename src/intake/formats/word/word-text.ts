/**
 * The text of a Word document as mammoth reads it right: what is deleted, hidden or made by Word is left out, what would be
 * lost is written otherwise, and paragraphs are said to be what they are by their styles.
 */
import { escapeText, wordSet } from '../../../text.ts'
import type { Note } from '../../note.ts'
import { rawText, type XmlNode } from '../../xml-tree.ts'
import type { Packed } from '../../zip-file.ts'
import { Fields, type Link, linkIn } from './word-fields.ts'
import { mathMl, signsOf } from './word-formulas.ts'
import { numberMark, type Pieces, styleOfItem, withoutMarks } from './word-mammoth.ts'
import type { Numbering } from './word-numbering.ts'
import type { Relations } from './word-package.ts'
import { drawnIn, pictureOf } from './word-pictures.ts'
import type { ParagraphKind, Styles } from './word-styles.ts'
import { blocks, drawings, hasDrawing, isNoText, partsIn, wordsOf } from './word-words.ts'
import { child, element, elementsOf, isOn, kept, within } from './word-xml.ts'

/** What all parts with text have in common, and what is found out while they are read. */
export interface WordDocument {
  readonly styles: Styles
  readonly numbering: Numbering
  readonly files: ReadonlyMap<string, Packed>
  readonly pieces: Pieces
  /** The ids of links, by where they lead. */
  readonly links: Map<string, string>
  /** Names of files in it that are shown. */
  readonly shown: Set<string>
  readonly notes: Note[]
  /** Paragraphs of boxes that say nothing but an embargo. */
  readonly held: Set<XmlNode>
  /** Footnotes and endnotes that the text has still to lead to, as `w:footnoteReference 2`. */
  readonly unmetNotes: Set<string>
}

/** What parts of a table are made of. */
const partsOfTable = new Map([
  ['w:tbl', new Set(['w:tr'])],
  ['w:tr', new Set(['w:tc'])],
  ['w:tc', blocks],
])

/** Elements that mammoth knows, and what means the same as one of them. */
const signs = wordSet('w:tab w:br w:noBreakHyphen w:softHyphen w:sym w:ptab w:cr')
const sameSigns = new Map([
  ['w:ptab', 'w:tab'],
  ['w:cr', 'w:br'],
])

const noteReferences = new Set(['w:footnoteReference', 'w:endnoteReference'])

/** In what something stands. */
interface Around {
  readonly isHidden: boolean
  readonly isHeading: boolean
  /** Of the run, where it states one. */
  readonly font?: string | undefined
}

/** Of the parts of a document one, which has its own links, pictures and fields. */
export class WordText {
  readonly #document: WordDocument
  readonly #relations: Relations
  readonly #fields: Fields

  /** @param root of the part @param relations of the part */
  constructor(document: WordDocument, relations: Relations, root: XmlNode) {
    this.#document = document
    this.#relations = relations
    this.#fields = new Fields(root)
  }

  /** @returns XML @param nodes paragraphs, tables, their parts, and texts of other programs */
  write(nodes: readonly XmlNode[]): string {
    return nodes.map((node) => this.#block(node)).join('')
  }

  #block(node: XmlNode): string {
    const { name } = node
    if (name === 'w:p') return this.#paragraph(node)
    const parts = partsOfTable.get(name)
    if (parts) {
      const said = kept(child(node, `${name}Pr`), 'w:tblHeader', 'w:del', 'w:gridSpan', 'w:vMerge')
      return element(name, {}, element(`${name}Pr`, {}, said) + this.write(partsIn(node, parts)))
    }
    const text =
      'text in another format, put in by a program, is not read; copy it into the document'
    this.#document.notes.push({ text })
    return ''
  }

  #paragraph(node: XmlNode): string {
    const { styles, numbering } = this.#document
    const properties = child(node, 'w:pPr')
    const kind = styles.kindOf(properties)
    if (kind.kind === 'contents') return ''
    const isHeading = kind.kind === 'heading'
    const item = isHeading ? undefined : numbering.itemOf(properties)
    const content = this.#within(node, { isHidden: styles.isHidden(properties), isHeading })
    const named = isPictureAlone(node) ? 'text' : styleOf(kind)
    const style = item && kind.kind === 'text' ? styleOfItem(item) : named
    const isDeleted = child(child(properties, 'w:rPr'), 'w:del') !== undefined
    const said =
      element('w:pStyle', { 'w:val': style }) + (isDeleted ? '<w:rPr><w:del/></w:rPr>' : '')
    const number = item?.isOrdered && content !== '' ? runOf(this.#piece(numberMark(item))) : ''
    return element('w:p', {}, `${element('w:pPr', {}, said)}${number}${content}`)
  }

  #within(node: XmlNode, around: Around): string {
    return elementsOf(node)
      .map((one) => this.#part(one, around))
      .join('')
  }

  /** What stands in a paragraph. */
  #part(node: XmlNode, around: Around): string {
    const { name, attributes } = node
    if (isNoText(node) || blocks.has(name)) return ''
    if (name === 'w:r') return this.#run(node, around)
    if (name === 'w:fldChar' || name === 'w:instrText') this.#fields.meet(node)
    const isShown = !around.isHidden && !this.#fields.isHidden
    if (name === 'w:t') return isShown ? wordsIn(node, around.font) : ''
    if (name === 'm:oMath' || name === 'm:oMathPara') return isShown ? this.#formula(node) : ''
    if (name === 'w:ruby') return isShown ? this.#ruby(node) : ''
    if (drawings.has(name)) return isShown ? this.#drawing(node) : ''
    if (signs.has(name)) return isShown ? element(sameSigns.get(name) ?? name, attributes) : ''
    // Each note that there is is shown once, below the text.
    if (isShown && this.#document.unmetNotes.delete(`${name} ${attributes['w:id']}`))
      return element(name, { 'w:id': attributes['w:id'] ?? '' })
    if (name === 'w:bookmarkStart')
      return isShown ? element(name, { 'w:name': attributes['w:name'] ?? '' }) : ''
    // Changes that are taken in, tags, controls, and what we do not know have words in them.
    const content = this.#within(node, around)
    if (name === 'w:hyperlink') return this.#linked(content, this.#linkOf(node))
    if (name === 'w:fldSimple') return this.#linked(content, linkIn(attributes['w:instr'] ?? ''))
    return content
  }

  #run(node: XmlNode, around: Around): string {
    const properties = this.#document.styles.looksOf(child(node, 'w:rPr'))
    const own = isOn(child(node, 'w:rPr'), 'w:vanish')
    const isHidden = own ?? (around.isHidden || isOn(properties, 'w:vanish') === true)
    const { link } = this.#fields
    const font = child(properties, 'w:rFonts')?.attributes['w:ascii']
    const content = this.#within(node, { ...around, isHidden, font })
    if (content === '') return ''
    const looks = ['w:b', 'w:i', 'w:strike'].filter((look) => isOn(properties, look))
    const said = looks.filter((look) => look !== 'w:b' || !around.isHeading)
    // The sign of a note is raised in any case.
    const isNote = elementsOf(node).some(({ name }) => noteReferences.has(name))
    const position = isNote ? '' : kept(properties, 'w:vertAlign')
    const run = runOf(content, said.map((look) => `<${look}/>`).join('') + position)
    return this.#linked(run, this.#fields.link ?? link)
  }

  #linkOf({ attributes }: XmlNode): Link | undefined {
    const { 'r:id': id = '', 'w:anchor': anchor } = attributes
    const target = this.#relations.get(id)
    if (!target?.isExternal) return anchor ? { anchor } : undefined
    return { address: anchor ? `${target.address.replace(/#.*/s, '')}#${anchor}` : target.address }
  }

  #linked(content: string, link: Link | undefined): string {
    const { links } = this.#document
    const { address, anchor } = link ?? {}
    if (content === '' || (!address && !anchor)) return content
    if (address === undefined) return element('w:hyperlink', { 'w:anchor': anchor ?? '' }, content)
    const id = links.get(address) ?? `l${links.size}`
    links.set(address, id)
    return element('w:hyperlink', { 'r:id': id }, content)
  }

  #formula(node: XmlNode): string {
    const isBlock = node.name === 'm:oMathPara'
    const formulas = isBlock ? [...within(node, new Set(['m:oMath']))] : [node]
    const said = formulas.filter((one) => signsOf(one).trim() !== '')
    return runOf(said.map((one) => this.#piece(mathMl(one, isBlock))).join(textOf(' ')))
  }

  /** Words with their reading above them, as in Japanese. */
  #ruby(node: XmlNode): string {
    const [base, above] = ['w:rubyBase', 'w:rt'].map((name) =>
      escapeText(wordsOf(child(node, name))),
    )
    return this.#piece(`<ruby>${base}<rt>${above}</rt></ruby>`)
  }

  #drawing(node: XmlNode): string {
    const { files, shown, notes, held } = this.#document
    const written = drawnIn(node).map((drawn) => {
      if ('box' in drawn) {
        const said = partsIn(drawn.box, blocks).filter((one) => !held.has(one))
        return element('w:pict', {}, this.write(said))
      }
      const { html, note, name } = pictureOf(drawn, this.#relations, files)
      if (note !== undefined) notes.push({ text: note })
      if (name !== undefined) shown.add(name)
      return html === '' ? '' : this.#piece(html)
    })
    return written.join('')
  }

  #piece(html: string): string {
    return textOf(this.#document.pieces.put(html))
  }
}

/** Programs have a style for the paragraph of a picture that is called like those of captions. */
const isPictureAlone = (node: XmlNode) => hasDrawing(node) && wordsOf(node).trim() === ''

/** The id of a style that mammoth is told of. */
function styleOf({ kind, level }: ParagraphKind): string {
  if (kind === 'heading') return `heading${Math.min(level, 6)}`
  return kind === 'title' ? 'heading1' : kind
}

/** Fonts of symbols have them where Unicode has no letters (U+F020 to U+F0FF): mammoth knows what they mean. */
function wordsIn(node: XmlNode, font = ''): string {
  const text = textOf(withoutMarks(rawText(node)))
  if (font === '') return text
  return text.replace(/[\uf020-\uf0ff]/g, (symbol) => {
    const code = symbol.charCodeAt(0).toString(16).toUpperCase()
    return `</w:t>${element('w:sym', { 'w:font': font, 'w:char': code })}<w:t xml:space="preserve">`
  })
}

/** A run as XML. @param content XML @param looks properties as XML */
const runOf = (content: string, looks = '') => `<w:r><w:rPr>${looks}</w:rPr>${content}</w:r>`

/** Text in a run, as XML. */
const textOf = (text: string) => `<w:t xml:space="preserve">${escapeText(text)}</w:t>`
