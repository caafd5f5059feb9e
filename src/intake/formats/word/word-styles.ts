/** What the styles of a Word document say of paragraphs and runs. */
import { wordSet } from '../../../text.ts'
import type { XmlNode } from '../../xml-tree.ts'
import { child, elementsOf, isOn, settingOf } from './word-xml.ts'

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

/** Properties that are looked at; a style may have any number of others. */
const looks = wordSet('w:b w:i w:strike w:vanish w:vertAlign w:sz w:numPr')

/** Of letters that nothing says the size of, in half points. */
const usualSize = 20

interface Style {
  /** Undefined where nothing says it. */
  readonly kind: ParagraphKind | undefined
  /** Properties of paragraphs and runs, its own and those of the styles that it rests on, each once. */
  readonly looks: XmlNode
}

/** The styles of a document, asked by the properties of paragraphs and runs. */
export class Styles {
  readonly #byId = new Map<string | undefined, XmlNode>()
  /** What was found out, by the ids of styles: thousands of paragraphs have the same. */
  readonly #known = new Map<string | undefined, Style>()
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
    return child(properties, 'w:numPr') ?? child(this.#ofParagraph(properties).looks, 'w:numPr')
  }

  /** Whether its words are hidden by its style. @param properties of the paragraph */
  isHidden(properties: XmlNode | undefined): boolean {
    return isOn(this.#ofParagraph(properties).looks, 'w:vanish') ?? false
  }

  /** The properties of a run, and behind them those of its style, which count where it says nothing itself. */
  looksOf(properties: XmlNode | undefined): XmlNode {
    const id = settingOf(properties, 'w:rStyle')
    const ofStyle = id === undefined ? [] : this.#styleOf(id).looks.children
    return { name: '', attributes: {}, children: [...elementsOf(properties), ...ofStyle] }
  }

  /** Of letters, in half points. @param properties of the paragraph @param ofRun of the run in it */
  sizeOf(properties: XmlNode | undefined, ofRun: XmlNode | undefined): number {
    const places = [this.looksOf(ofRun), this.#ofParagraph(properties).looks]
    const sizes = places.map((place) => Number(settingOf(place, 'w:sz')))
    return sizes.find((size) => size > 0) ?? this.#usualSize
  }

  #ofParagraph(properties: XmlNode | undefined): Style {
    return this.#styleOf(settingOf(properties, 'w:pStyle'))
  }

  #styleOf(id: string | undefined): Style {
    const known = this.#known.get(id)
    if (known) return known
    const chain = this.#chain(id)
    const kinds = chain.map(kindOfStyle)
    // A document may have lost its styles, and still says what they were called.
    if (id !== undefined && !this.#byId.has(id)) kinds.push(kindNamed(id))
    const properties = chain.flatMap((style) =>
      ['w:pPr', 'w:rPr'].flatMap((name) => elementsOf(child(style, name))),
    )
    // The last of a name stays in a map: that of the nearest style.
    const byName = new Map(properties.toReversed().map((one) => [one.name, one]))
    const children = [...byName.values()].filter(({ name }) => looks.has(name))
    const kind = kinds.find((one) => one !== undefined)
    const found = { kind, looks: { name: '', attributes: {}, children } }
    this.#known.set(id, found)
    return found
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
