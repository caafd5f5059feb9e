/** What stands in the paragraphs of a Word document, as mammoth reads it right: runs, links, notes, pictures, formulas. */
import { escapeText } from '../../text.ts'
import type { Note } from '../note.ts'
import type { Packed } from '../zip-file.ts'
import { Fields, type Link, linkIn } from './word-fields.ts'
import { mathMl, signsOf } from './word-formulas.ts'
import { type Pieces, withoutMarks } from './word-mammoth.ts'
import type { Numbering } from './word-numbering.ts'
import { type Drawn, drawnIn, pictureOf } from './word-pictures.ts'
import type { Relations } from './word-relations.ts'
import type { Styles } from './word-styles.ts'
import { drawings, isNoText, wordsOf } from './word-words.ts'
import { child, element, elementsOf, isOn, within } from './word-xml.ts'
import { rawText, type XmlNode } from './xml-tree.ts'

/** What all parts with text have in common, and what is found out while they are read. */
export interface WordDocument {
  readonly styles: Styles
  readonly numbering: Numbering
  readonly files: ReadonlyMap<string, Packed>
  readonly pieces: Pieces
  /** Places in the document that links lead to. */
  readonly anchors: ReadonlySet<string>
  /** The ids of links, by where they lead. */
  readonly links: Map<string, string>
  /** Names of files in it that are shown. */
  readonly shown: Set<string>
  readonly notes: Note[]
  /** Footnotes and endnotes that the text has still to lead to, as `w:footnoteReference 2`. */
  readonly unmetNotes: Set<string>
}

/** Elements that mammoth knows, by those that mean the same. */
const signs = new Map([
  ...['w:tab', 'w:br', 'w:noBreakHyphen', 'w:softHyphen', 'w:sym'].map(
    (name) => [name, name] as const,
  ),
  ['w:ptab', 'w:tab'],
  ['w:cr', 'w:br'],
])

const noteReferences = new Set(['w:footnoteReference', 'w:endnoteReference'])

/** How the paragraph looks in which a run stands. */
export interface Around {
  readonly isHidden: boolean
  readonly isHeading: boolean
}

/** Of the parts of a document one has its own links, pictures and fields. */
export class Runs {
  readonly #document: WordDocument
  readonly #relations: Relations
  readonly #fields: Fields
  readonly #writeBlocks: (node: XmlNode) => string

  /**
   * @param root of the part
   * @param writeBlocks writes the paragraphs in a text box
   */
  constructor(
    document: WordDocument,
    relations: Relations,
    root: XmlNode,
    writeBlocks: (node: XmlNode) => string,
  ) {
    this.#document = document
    this.#relations = relations
    this.#fields = new Fields(root)
    this.#writeBlocks = writeBlocks
  }

  /** What stands in a paragraph, as XML. */
  write(paragraph: XmlNode, around: Around): string {
    return elementsOf(paragraph)
      .map((one) => this.#part(one, around))
      .join('')
  }

  #part(node: XmlNode, around: Around): string {
    const { name, attributes } = node
    if (isNoText(node) || name === 'w:p' || name === 'w:tbl') return ''
    if (name === 'w:r') return this.#run(node, around)
    if (name === 'm:oMath' || name === 'm:oMathPara') return this.#formula(node)
    if (name === 'w:bookmarkStart') return this.#place(attributes['w:name'] ?? '')
    // Changes that are taken in, tags, controls, and what we do not know have words in them.
    const content = this.write(node, around)
    if (name === 'w:hyperlink') return this.#linked(content, this.#linkOf(node))
    if (name === 'w:fldSimple') return this.#linked(content, linkIn(attributes['w:instr'] ?? ''))
    return content
  }

  #linkOf({ attributes }: XmlNode): Link | undefined {
    const { 'r:id': id = '', 'w:anchor': anchor } = attributes
    const target = this.#relations.targetOf(id)
    if (!target?.isExternal) return anchor ? { anchor } : undefined
    return { address: anchor ? `${target.address.replace(/#.*/s, '')}#${anchor}` : target.address }
  }

  #linked(content: string, link: Link | undefined): string {
    const { anchors, links } = this.#document
    const { address, anchor = '' } = link ?? {}
    if (content === '') return ''
    if (address === undefined) {
      return anchors.has(anchor) ? element('w:hyperlink', { 'w:anchor': anchor }, content) : content
    }
    const id = links.get(address) ?? `l${links.size}`
    links.set(address, id)
    return element('w:hyperlink', { 'r:id': id }, content)
  }

  #place(name: string): string {
    const isMeant = this.#document.anchors.has(name) && !this.#fields.isHidden
    return isMeant ? element('w:bookmarkStart', { 'w:name': name }) : ''
  }

  #formula(node: XmlNode): string {
    if (this.#fields.isHidden) return ''
    const isBlock = node.name === 'm:oMathPara'
    const formulas = isBlock ? [...within(node, new Set(['m:oMath']))] : [node]
    const said = formulas.filter((one) => signsOf(one).trim() !== '')
    return runOf(said.map((one) => this.#piece(mathMl(one, isBlock))).join(textOf(' ')))
  }

  #run(node: XmlNode, { isHidden, isHeading }: Around): string {
    const properties = child(node, 'w:rPr')
    const looks = this.#document.styles.looksOf(properties)
    const isShown = isOn(properties, 'w:vanish') === false || !(isHidden || looks.isHidden)
    const { link } = this.#fields
    const content = elementsOf(node)
      .map((one) => this.#content(one, isShown, properties))
      .join('')
    const said = [
      looks.isBold && !isHeading ? '<w:b/>' : '',
      looks.isItalic ? '<w:i/>' : '',
      looks.isStruck ? '<w:strike/>' : '',
      // The sign of a note is raised in any case.
      elementsOf(node).some(({ name }) => noteReferences.has(name))
        ? ''
        : element('w:vertAlign', { 'w:val': looks.position }),
    ].join('')
    return content === '' ? '' : this.#linked(runOf(content, said), this.#fields.link ?? link)
  }

  /** One part of a run. @param properties of the run */
  #content(node: XmlNode, isShown: boolean, properties: XmlNode | undefined): string {
    const { name, attributes } = node
    if (name === 'w:fldChar' || name === 'w:instrText') this.#fields.meet(node)
    if (!isShown || this.#fields.isHidden) return ''
    if (name === 'w:t') return wordsIn(node, child(properties, 'w:rFonts')?.attributes['w:ascii'])
    const sign = signs.get(name)
    if (sign !== undefined) return element(sign, attributes)
    if (noteReferences.has(name)) return this.#note(name, attributes['w:id'] ?? '')
    if (name === 'w:ruby') return this.#ruby(node)
    if (drawings.has(name)) return [...drawnIn(node)].map((one) => this.#drawn(one)).join('')
    return ''
  }

  /** Each note that there is is shown once, below the text. */
  #note(name: string, id: string): string {
    const isThere = this.#document.unmetNotes.delete(`${name} ${id}`)
    return isThere ? element(name, { 'w:id': id }) : ''
  }

  /** Words with their reading above them, as in Japanese. */
  #ruby(node: XmlNode): string {
    const [base, above] = ['w:rubyBase', 'w:rt'].map((name) =>
      escapeText(wordsOf(child(node, name))),
    )
    return this.#piece(`<ruby>${base}<rt>${above}</rt></ruby>`)
  }

  #drawn(drawn: Drawn): string {
    const { files, shown, notes } = this.#document
    if (drawn.kind === 'box') return element('w:pict', {}, this.#writeBlocks(drawn.content))
    const { html, note, name } =
      drawn.kind === 'lost' ? drawn : pictureOf(drawn, this.#relations, files)
    if (note !== undefined) notes.push({ text: note })
    if (name !== undefined) shown.add(name)
    return html === '' ? '' : this.#piece(html)
  }

  #piece(html: string): string {
    return textOf(this.#document.pieces.put(html))
  }
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
export const runOf = (content: string, looks = '') => `<w:r><w:rPr>${looks}</w:rPr>${content}</w:r>`

/** Text in a run, as XML. */
export const textOf = (text: string) => `<w:t xml:space="preserve">${escapeText(text)}</w:t>`
