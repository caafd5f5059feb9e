/** What the styles of a Word document say of paragraphs and runs. */
import { wordSet } from '../../text.ts'
import { child, elementsOf, isOn, settingOf } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

type Kind = keyof typeof names | 'heading' | 'text'

/** What a paragraph is by its style. */
export interface ParagraphKind {
  readonly kind: Kind
  /** Of a heading from 1, the highest; all else is below any. */
  readonly level: number
}

/** Names of styles in small letters, without blanks. Programs write English ones, whatever they show. */
const names = {
  title: wordSet('title'),
  subtitle: wordSet('subtitle'),
  quote: wordSet('quote intensequote blocktext blockquote quotations'),
  caption: wordSet('caption imagecaption tablecaption figure illustration'),
  contents: wordSet('tocheading contentsheading tableoffigures indexheading'),
  code: wordSet('code sourcecode htmlpreformatted preformattedtext preformatted'),
  author: wordSet('author authors byline'),
  date: wordSet('date'),
  abstract: wordSet('abstract'),
}

/** A heading, by the name in the languages in which some program writes it. */
const headingName =
  /^(?:heading|überschrift|titre|título|encabezado|titolo|kop|başlık|rubrik|overskrift|nagłówek|nadpis|заголовок|标题|標題|見出し|제목|عنوان|cabeçalho)([1-9])$/u

const contentsName = /^(?:toc|contents)\d$/

/** So many styles rest on each other at most. */
const mostSteps = 20

/** How a run looks. */
export interface RunLooks {
  readonly isBold: boolean
  readonly isItalic: boolean
  readonly isStruck: boolean
  readonly isHidden: boolean
  /** `superscript`, `subscript`, or another word for neither. */
  readonly position: string
  /** Of its letters, in half points; undefined where nothing is said of it. */
  readonly size: number | undefined
}

/** Of letters that nothing says the size of, in half points. */
const usualSize = 20

const plainRun: RunLooks = {
  isBold: false,
  isItalic: false,
  isStruck: false,
  isHidden: false,
  position: '',
  size: undefined,
}

interface ParagraphStyle {
  readonly kind: ParagraphKind | undefined
  readonly numbering: XmlNode | undefined
  readonly looks: RunLooks
}

/** The styles of a document, asked by the properties of paragraphs and runs. */
export class Styles {
  readonly #byId = new Map<string | undefined, XmlNode>()
  /** What was found out, by the ids of styles: thousands of paragraphs have the same. */
  readonly #paragraphs = new Map<string | undefined, ParagraphStyle>()
  readonly #runs = new Map<string, RunLooks>()
  readonly #usualSize: number

  /** @param root of the part, if there is one */
  constructor(root: XmlNode | undefined) {
    const ofAll = child(child(child(root, 'w:docDefaults'), 'w:rPrDefault'), 'w:rPr')
    this.#usualSize = Number(settingOf(ofAll, 'w:sz')) || usualSize
    for (const style of elementsOf(root).filter(({ name }) => name === 'w:style')) {
      const { 'w:styleId': id, 'w:default': usual = '', 'w:type': type } = style.attributes
      if (id !== undefined && !this.#byId.has(id)) this.#byId.set(id, style)
      // That of paragraphs that state none.
      if (type === 'paragraph' && /^(?:1|true)$/.test(usual)) this.#byId.set(undefined, style)
    }
  }

  /** @param properties of the paragraph */
  kindOf(properties: XmlNode | undefined): ParagraphKind {
    return this.#ofParagraph(properties).kind ?? headingAt(properties) ?? textKind
  }

  /** The property of a list that a paragraph has, itself or by its style. */
  numberingOf(properties: XmlNode | undefined): XmlNode | undefined {
    return child(properties, 'w:numPr') ?? this.#ofParagraph(properties).numbering
  }

  /** Whether its words are hidden by its style. @param properties of the paragraph */
  isHidden(properties: XmlNode | undefined): boolean {
    return this.#ofParagraph(properties).looks.isHidden
  }

  /** @param properties of the run */
  looksOf(properties: XmlNode | undefined): RunLooks {
    const id = settingOf(properties, 'w:rStyle')
    return looksOver(id === undefined ? plainRun : this.#ofRun(id), properties)
  }

  /** Of letters, in half points. @param properties of the paragraph @param ofRun of the run in it */
  sizeOf(properties: XmlNode | undefined, ofRun: XmlNode | undefined): number {
    return this.looksOf(ofRun).size ?? this.#ofParagraph(properties).looks.size ?? this.#usualSize
  }

  #ofParagraph(properties: XmlNode | undefined): ParagraphStyle {
    const id = settingOf(properties, 'w:pStyle')
    const known = this.#paragraphs.get(id)
    if (known) return known
    const chain = this.#chain(id)
    const stated = chain.map(kindOfStyle)
    // A document may have lost its styles, and still says what they were called.
    if (id !== undefined && !this.#byId.has(id)) stated.push(kindNamed(id))
    const found = {
      kind: stated.find((kind) => kind !== undefined),
      numbering: chain
        .map((one) => child(child(one, 'w:pPr'), 'w:numPr'))
        .find((one) => one !== undefined),
      looks: looksOfChain(chain),
    }
    this.#paragraphs.set(id, found)
    return found
  }

  #ofRun(id: string): RunLooks {
    const looks = this.#runs.get(id) ?? looksOfChain(this.#chain(id))
    this.#runs.set(id, looks)
    return looks
  }

  /** The style and those that it rests on. */
  #chain(id: string | undefined): XmlNode[] {
    const found = new Set<XmlNode>()
    let style = this.#byId.get(id)
    while (style && !found.has(style) && found.size < mostSteps) {
      found.add(style)
      style = this.#byId.get(settingOf(style, 'w:basedOn') ?? '')
    }
    return [...found]
  }
}

const looksOfChain = (chain: readonly XmlNode[]) =>
  chain.reduceRight((looks, style) => looksOver(looks, child(style, 'w:rPr')), plainRun)

const looksOver = (looks: RunLooks, properties: XmlNode | undefined): RunLooks => ({
  isBold: isOn(properties, 'w:b') ?? looks.isBold,
  isItalic: isOn(properties, 'w:i') ?? looks.isItalic,
  isStruck: isOn(properties, 'w:strike') ?? looks.isStruck,
  isHidden: isOn(properties, 'w:vanish') ?? looks.isHidden,
  position: settingOf(properties, 'w:vertAlign') ?? looks.position,
  size: Number(settingOf(properties, 'w:sz')) || looks.size,
})

const kindOf = (kind: Kind, level = Number.POSITIVE_INFINITY): ParagraphKind => ({ kind, level })

/** What is no more than text. */
export const textKind = kindOf('text')

function kindNamed(written: string): ParagraphKind | undefined {
  const name = written.toLowerCase().normalize('NFC').replace(/\s+/g, '')
  const level = name === 'heading' ? '1' : headingName.exec(name)?.[1]
  if (level) return kindOf('heading', Number(level))
  if (contentsName.test(name)) return kindOf('contents')
  const [kind] = Object.entries(names).find(([, known]) => known.has(name)) ?? []
  return kind === undefined ? undefined : kindOf(kind as Kind)
}

/** What the style itself says, by its name first. */
const kindOfStyle = (style: XmlNode) =>
  kindNamed(settingOf(style, 'w:name') ?? style.attributes['w:styleId'] ?? '') ??
  headingAt(child(style, 'w:pPr'))

/** Levels are counted from 0; the tenth is that of text. */
function headingAt(properties: XmlNode | undefined): ParagraphKind | undefined {
  const level = settingOf(properties, 'w:outlineLvl') ?? ''
  return /^[0-8]$/.test(level) ? kindOf('heading', Number(level) + 1) : undefined
}
