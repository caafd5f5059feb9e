/**
 * The text of a Word document as mammoth reads it right: what is deleted, hidden or made by Word is left out, what would be
 * lost is written otherwise, and paragraphs are said to be what they are by their styles.
 */
import { escapeText } from '../../text.ts'
import type { Note } from '../note.ts'
import type { Packed } from '../zip-file.ts'
import { areClosed, Fields, type Link, linkIn } from './word-fields.ts'
import { mathMl, signsOf } from './word-formulas.ts'
import { type ListItem, type Numbering, plainItem } from './word-numbering.ts'
import { type Drawn, drawnIn, pictureOf } from './word-pictures.ts'
import { type Pieces, withoutMarks } from './word-pieces.ts'
import type { Relations } from './word-relations.ts'
import type { ParagraphKind, Styles } from './word-styles.ts'
import { child, element, elementsOf, isOn, settingOf, within } from './word-xml.ts'
import { rawText, type XmlNode } from './xml-tree.ts'

/** What all parts with text have in common, and what is found out while they are read. */
export interface WordDocument {
  readonly styles: Styles
  readonly numbering: Numbering
  readonly files: ReadonlyMap<string, Packed>
  readonly pieces: Pieces
  /** Places in the document that links lead to. */
  readonly anchors: ReadonlySet<string>
  /** Names of files in it that are shown. */
  readonly shown: Set<string>
  readonly notes: Note[]
  /** Footnotes and endnotes that its text leads to. */
  readonly noted: Set<string>
}

/** As many as a Markdown text may have. */
const mostNotes = 2000

/** What mammoth makes of paragraphs and runs by the styles that we give them. */
export const styleMap = [
  ...[1, 2, 3, 4, 5, 6].map((level) => `p.H${level} => h${level}:fresh`),
  'p.Quote => blockquote > p:fresh',
  "p.Code => pre:separator('\\n')",
  'p.Picture => figure:fresh',
  'p.Caption => figure > figcaption:fresh',
]

/** Elements around text that say nothing of it. */
const deletedBy = new Set(['w:del', 'w:moveFrom'])

/** Of the parts of a document one has its own links and pictures. */
export class WordText {
  readonly #document: WordDocument
  readonly #relations: Relations
  readonly #fields: Fields
  readonly #isNotes: boolean
  #isInBox = false
  /** By where they lead: the ids of links. */
  readonly #links = new Map<string, string>()

  /** @param root of the part */
  constructor(document: WordDocument, relations: Relations, root: XmlNode) {
    this.#document = document
    this.#fields = new Fields(areClosed(root))
    this.#isNotes = root.name !== 'w:document'
    this.#relations = relations
  }

  /** Relations of the part as XML, once it is written. */
  get relations(): string {
    return [...this.#links]
      .map(([address, id]) =>
        element('Relationship', {
          Id: id,
          Type: 'hyperlink',
          Target: address,
          TargetMode: 'External',
        }),
      )
      .join('')
  }

  /** Paragraphs and tables as XML. @param node that holds them */
  write(node: XmlNode): string {
    const blocks = blocksIn(node)
    return blocks
      .map((block, at) => {
        if (block.name === 'w:tbl') return this.#table(block)
        if (block.name === 'w:altChunk') {
          return this.#lose(
            'text in another format, put in by a program, is not read; copy it into the document',
          )
        }
        return this.#paragraph(block, blocks[at - 1], blocks[at + 1])
      })
      .join('')
  }

  #lose(text: string): string {
    this.#document.notes.push({ text })
    return ''
  }

  #table(node: XmlNode): string {
    const rows = partsIn(node, 'w:tr').map((row) => this.#row(row))
    return element('w:tbl', {}, rows.join(''))
  }

  #row(node: XmlNode): string {
    const properties = child(node, 'w:trPr')
    if (child(properties, 'w:del')) return ''
    const head = isOn(properties, 'w:tblHeader') ? '<w:trPr><w:tblHeader/></w:trPr>' : ''
    const cells = partsIn(node, 'w:tc').map((cell) => {
      const looks = child(cell, 'w:tcPr')
      const span = settingOf(looks, 'w:gridSpan') ?? ''
      const merged = child(looks, 'w:vMerge')
      const said =
        (/^[1-9]\d?$/.test(span) ? element('w:gridSpan', { 'w:val': span }) : '') +
        (merged ? element('w:vMerge', { 'w:val': merged.attributes['w:val'] ?? 'continue' }) : '')
      return element('w:tc', {}, `<w:tcPr>${said}</w:tcPr>${this.write(cell)}`)
    })
    return element('w:tr', {}, head + cells.join(''))
  }

  #paragraph(node: XmlNode, before: XmlNode | undefined, after: XmlNode | undefined): string {
    const { styles, numbering } = this.#document
    const properties = child(node, 'w:pPr')
    const kind = styles.kindOf(properties)
    if (kind.kind === 'contents') return ''
    const item = kind.kind === 'heading' ? undefined : numbering.itemOf(properties)
    const isHidden = styles.isHidden(properties)
    const content = this.#inline(node, isHidden, kind.kind === 'heading')
    const isDeleted = child(child(properties, 'w:rPr'), 'w:del') !== undefined
    const said = [
      this.#styleOf(node, kind, before, after),
      item ? plainItem(item) : '',
      isDeleted ? '<w:rPr><w:del/></w:rPr>' : '',
    ].join('')
    const isEmpty = content === ''
    const start = item && !isEmpty ? this.#numberOf(item) : ''
    return element('w:p', {}, `<w:pPr>${said}</w:pPr>${start}${content}`)
  }

  /** By which a list that goes on after other paragraphs goes on counting. */
  #numberOf({ isOrdered, number, type }: ListItem): string {
    if (!isOrdered) return ''
    return runOf(textOf(this.#document.pieces.put(`<!--${type} ${number}-->`)))
  }

  #styleOf(
    node: XmlNode,
    kind: ParagraphKind,
    before: XmlNode | undefined,
    after: XmlNode | undefined,
  ): string {
    const isCaption = (one: XmlNode | undefined) =>
      one?.name === 'w:p' && this.#document.styles.kindOf(child(one, 'w:pPr')).kind === 'caption'
    const name =
      kind.kind === 'heading'
        ? `H${Math.min(kind.level, 6)}`
        : kind.kind === 'title'
          ? 'H1'
          : kind.kind === 'quote'
            ? 'Quote'
            : kind.kind === 'code'
              ? 'Code'
              : isPictureAlone(node) && isCaption(after)
                ? 'Picture'
                : isCaption(node) && before && isPictureAlone(before)
                  ? 'Caption'
                  : undefined
    return name === undefined ? '' : element('w:pStyle', { 'w:val': name })
  }

  /** Runs, links and what else stands in a paragraph. */
  #inline(node: XmlNode, isHidden: boolean, isHeading: boolean): string {
    return elementsOf(node)
      .map((one) => this.#part(one, isHidden, isHeading))
      .join('')
  }

  #part(node: XmlNode, isHidden: boolean, isHeading: boolean): string {
    const { name, attributes } = node
    if (name.endsWith('Pr') || deletedBy.has(name)) return ''
    if (name === 'w:r') return this.#run(node, isHidden, isHeading)
    if (name === 'm:oMath' || name === 'm:oMathPara') {
      return this.#fields.isHidden ? '' : runOf(textOf(this.#formula(node)))
    }
    if (name === 'w:hyperlink') {
      const content = this.#inline(node, isHidden, isHeading)
      return this.#linked(content, this.#linkOf(attributes))
    }
    if (name === 'w:bookmarkStart') return this.#place(attributes['w:name'] ?? '')
    if (name === 'w:fldSimple') {
      const instruction = attributes['w:instr'] ?? ''
      const content = this.#inline(node, isHidden, isHeading)
      return this.#linked(content, linkIn(instruction))
    }
    if (name === 'w:p' || name === 'w:tbl') return ''
    // Changes that are taken in, tags, controls, and what we do not know have words in them.
    return this.#inline(node, isHidden, isHeading)
  }

  #linkOf(attributes: XmlNode['attributes']): Link | undefined {
    const { 'r:id': id, 'w:anchor': anchor } = attributes
    const target = id === undefined ? undefined : this.#relations.targetOf(id)
    if (target?.isExternal) {
      return {
        address: anchor ? `${target.address.replace(/#.*/s, '')}#${anchor}` : target.address,
      }
    }
    return anchor ? { anchor } : undefined
  }

  #linked(content: string, link: Link | undefined): string {
    if (content === '' || !link) return content
    const { address, anchor } = link
    if (address === undefined) {
      return anchor && this.#document.anchors.has(anchor)
        ? element('w:hyperlink', { 'w:anchor': anchor }, content)
        : content
    }
    const id = this.#links.get(address) ?? `l${this.#links.size}`
    this.#links.set(address, id)
    return element('w:hyperlink', { 'r:id': id }, content)
  }

  #place(name: string): string {
    return this.#document.anchors.has(name) && !this.#fields.isHidden
      ? element('w:bookmarkStart', { 'w:name': name })
      : ''
  }

  #formula(node: XmlNode): string {
    const { pieces } = this.#document
    const formulas = node.name === 'm:oMath' ? [node] : [...within(node, new Set(['m:oMath']))]
    const said = formulas.filter((one) => signsOf(one).trim() !== '')
    return said.map((one) => pieces.put(mathMl(one, node.name === 'm:oMathPara'))).join(' ')
  }

  #run(node: XmlNode, isHiddenByStyle: boolean, isHeading: boolean): string {
    const properties = child(node, 'w:rPr')
    const looks = this.#document.styles.looksOf(properties)
    const isShown = isOn(properties, 'w:vanish') === false || !(isHiddenByStyle || looks.isHidden)
    const { link } = this.#fields
    const font = child(properties, 'w:rFonts')?.attributes['w:ascii']
    const content = elementsOf(node)
      .map((one) => this.#content(one, isShown, font))
      .join('')
    if (content === '') return ''
    const said = [
      looks.isBold && !isHeading ? '<w:b/>' : '',
      looks.isItalic ? '<w:i/>' : '',
      looks.isStruck ? '<w:strike/>' : '',
      // The sign of a note is raised in any case.
      looks.position === '' || isReference(node)
        ? ''
        : element('w:vertAlign', { 'w:val': looks.position }),
    ].join('')
    return this.#linked(runOf(content, said), this.#fields.link ?? link)
  }

  /** One part of a run. */
  #content(node: XmlNode, isShown: boolean, font: string | undefined): string {
    const { name, attributes } = node
    if (name === 'w:fldChar') {
      const sign = this.#fields.meet(node)
      return sign === '' ? '' : textOf(sign)
    }
    if (name === 'w:instrText') {
      this.#fields.instruct(rawText(node))
      return ''
    }
    if (!isShown || this.#fields.isHidden) return ''
    if (name === 'w:t') return withSymbols(withoutMarks(rawText(node)), font)
    if (name === 'w:tab' || name === 'w:ptab') return '<w:tab/>'
    // Pages and columns end in the midst of a text.
    if (name === 'w:br')
      return /^(?:page|column)$/.test(attributes['w:type'] ?? '') ? '' : '<w:br/>'
    if (name === 'w:cr') return '<w:br/>'
    if (name === 'w:noBreakHyphen') return textOf('\u2011')
    if (name === 'w:softHyphen') return textOf('\u00ad')
    if (name === 'w:sym') return element(name, attributes)
    if (isNoteReference(name)) return this.#note(name, attributes['w:id'] ?? '')
    if (name === 'w:ruby') return this.#ruby(node)
    if (isDrawing(name)) return [...drawnIn(node)].map((one) => this.#drawn(one)).join('')
    return ''
  }

  /** Each note is shown once, below the text; a note has none itself. */
  #note(name: string, id: string): string {
    const { noted } = this.#document
    const key = `${name} ${id}`
    if (this.#isNotes || noted.has(key)) return ''
    if (noted.size >= mostNotes)
      return this.#lose(`of its notes only the first ${mostNotes} are read`)
    noted.add(key)
    return element(name, { 'w:id': String(Number(id)) })
  }

  /** Words with their reading above them, as in Japanese. */
  #ruby(node: XmlNode): string {
    const [base, above] = ['w:rubyBase', 'w:rt'].map((name) =>
      escapeText(wordsOf(child(node, name))),
    )
    return textOf(this.#document.pieces.put(`<ruby>${base}<rt>${above}</rt></ruby>`))
  }

  #drawn(drawn: Drawn): string {
    const { pieces, files, shown } = this.#document
    if (drawn.kind === 'box') {
      if (this.#isInBox) return this.#lose('a text box within another is not read')
      this.#isInBox = true
      const box = `<v:shape><v:textbox><w:txbxContent>${this.write(drawn.content)}</w:txbxContent></v:textbox></v:shape>`
      this.#isInBox = false
      return element('w:pict', {}, box)
    }
    if (drawn.kind === 'lost') {
      this.#lose(`${drawn.what} is not shown; put it into the document as a picture`)
      return drawn.alt === '' ? '' : textOf(drawn.alt)
    }
    const { html, note, name } = pictureOf(drawn, this.#relations, files)
    if (note !== undefined) this.#lose(note)
    if (name !== undefined) shown.add(name)
    return html === '' ? '' : textOf(pieces.put(html))
  }
}

/** Fonts of symbols have them where Unicode has no letters (U+F020 to U+F0FF). */
const symbols = /[\uf020-\uf0ff]/

/** Text, in which the symbols of a font are said to be these: mammoth knows what they mean. */
function withSymbols(text: string, font: string | undefined): string {
  if (font === undefined || !symbols.test(text)) return textOf(text)
  return text
    .split(/([\uf020-\uf0ff])/)
    .filter((part) => part !== '')
    .map((part) =>
      symbols.test(part)
        ? element('w:sym', {
            'w:font': font,
            'w:char': part.charCodeAt(0).toString(16).toUpperCase(),
          })
        : textOf(part),
    )
    .join('')
}

const isReference = (run: XmlNode) => elementsOf(run).some(({ name }) => isNoteReference(name))

const isNoteReference = (name: string) =>
  name === 'w:footnoteReference' || name === 'w:endnoteReference'

const isDrawing = (name: string) =>
  ['w:drawing', 'w:pict', 'w:object', 'mc:AlternateContent'].includes(name)

const runOf = (content: string, looks = '') => `<w:r><w:rPr>${looks}</w:rPr>${content}</w:r>`

const textOf = (text: string) => `<w:t xml:space="preserve">${escapeText(text)}</w:t>`

/** Around blocks there may be controls and tags; of contents that Word has made nothing is text. */
export function blocksIn(node: XmlNode): XmlNode[] {
  return elementsOf(node).flatMap((one) => {
    if (['w:p', 'w:tbl', 'w:altChunk'].includes(one.name)) return [one]
    const isNone = one.name.endsWith('Pr') || deletedBy.has(one.name) || isContents(one)
    return isNone ? [] : blocksIn(one)
  })
}

function isContents(node: XmlNode): boolean {
  const gallery = child(child(child(node, 'w:sdtPr'), 'w:docPartObj'), 'w:docPartGallery')
  return /^Table of Contents$/i.test(gallery?.attributes['w:val'] ?? '')
}

/** Rows of a table or cells of a row, also those in controls and tags. */
function partsIn(node: XmlNode, name: string): XmlNode[] {
  return elementsOf(node).flatMap((one) => {
    if (one.name === name) return [one]
    return one.name.endsWith('Pr') || deletedBy.has(one.name) ? [] : partsIn(one, name)
  })
}

/** The words of a paragraph, as they are shown. */
export function wordsOf(node: XmlNode | undefined): string {
  return elementsOf(node)
    .map((one) => {
      if (one.name === 'w:t') return rawText(one)
      if (one.name === 'w:tab' || one.name === 'w:br') return ' '
      if (deletedBy.has(one.name) || isDrawing(one.name) || one.name.endsWith('Pr')) return ''
      if (one.name === 'w:r' && isOn(child(one, 'w:rPr'), 'w:vanish')) return ''
      return wordsOf(one)
    })
    .join('')
}

const drawings = new Set(['w:drawing', 'w:pict', 'w:object'])

const isPictureAlone = (node: XmlNode) =>
  node.name === 'w:p' && wordsOf(node).trim() === '' && !within(node, drawings).next().done

/** Places that links in the document lead to, but those that tables of contents lead to. */
export function anchorsIn(root: XmlNode): Set<string> {
  const links = [...within(root, new Set(['w:hyperlink', 'w:instrText', 'w:fldSimple']))]
  const anchors = links.flatMap((node) => {
    const { 'w:anchor': anchor, 'w:instr': instruction } = node.attributes
    return anchor ?? linkIn(instruction ?? rawText(node))?.anchor ?? []
  })
  return new Set(anchors.filter((name) => !/^_Toc\d/.test(name)))
}
