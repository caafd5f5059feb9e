/** What the styles of a Word document say of paragraphs and runs. */
import { wordSet } from '../../text.ts'
import { child, elementsOf, isOn, settingOf } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

/** What a paragraph is by its style. */
export type ParagraphKind =
  | { readonly kind: 'heading'; readonly level: number }
  | { readonly kind: 'title' | 'subtitle' | 'quote' | 'caption' | 'contents' | 'code' }
  | { readonly kind: 'author' | 'date' | 'abstract' | 'text' }

const text: ParagraphKind = { kind: 'text' }

/**
 * Names of styles in small letters, without blanks. Programs write English ones, whatever they show; those that other
 * programs have translated are here as well.
 */
const kinds: readonly (readonly [ParagraphKind['kind'], ReadonlySet<string>])[] = [
  [
    'title',
    wordSet(
      'title titre titel título titolo título tytuł otsikko başlık konubaşlığı заголовокстатьи название 标题栏 表題 표제',
    ),
  ],
  [
    'subtitle',
    wordSet(
      'subtitle sous-titre untertitel subtítulo sottotitolo ondertitel altyazı altkonubaşlığı podtytuł underrubrik подзаголовок 副标题 副標題 副題 부제',
    ),
  ],
  [
    'quote',
    wordSet(
      'quote intensequote blocktext blockquote quotations zitat intensiveszitat citation citationintense cita citadestacada citazione citazioneintensa citaat alıntı güçlüalıntı citação cytat citat цитата выделеннаяцитата 引用 引用文 明显引用',
    ),
  ],
  [
    'caption',
    wordSet(
      'caption imagecaption tablecaption figure illustration beschriftung légende leyenda epígrafe didascalia bijschrift resimyazısı legenda название_объекта 题注 図表番号',
    ),
  ],
  [
    'contents',
    wordSet('tocheading contentsheading tableoffigures indexheading inhaltsverzeichnisüberschrift'),
  ],
  ['code', wordSet('code sourcecode htmlpreformatted preformattedtext preformatted')],
  ['author', wordSet('author authors byline')],
  ['date', wordSet('date')],
  ['abstract', wordSet('abstract')],
]

/** A heading, by the name in the languages in which some program writes it. */
const headingName =
  /^(?:heading|überschrift|titre|título|encabezado|titolo|kop|başlık|rubrik|overskrift|nagłówek|nadpis|заголовок|标题|標題|見出し|제목|عنوان|cabeçalho)(\d)$/u

const contentsName = /^(?:toc|contents|verzeichnis|tm|indice|tdc)\d$/u

/** So many styles rest on each other at most. */
const mostSteps = 20

export interface RunLooks {
  readonly isBold: boolean
  readonly isItalic: boolean
  readonly isStruck: boolean
  readonly isHidden: boolean
  /** `superscript`, `subscript`, or neither. */
  readonly position: string
}

export class Styles {
  readonly #byId = new Map<string, XmlNode>()
  #usual: XmlNode | undefined

  /** @param root of the part, if there is one */
  constructor(root: XmlNode | undefined) {
    for (const style of elementsOf(root)) {
      const id = style.attributes['w:styleId']
      if (style.name !== 'w:style' || id === undefined || this.#byId.has(id)) continue
      this.#byId.set(id, style)
      const isUsual =
        style.attributes['w:default'] === '1' || style.attributes['w:default'] === 'true'
      if (isUsual && style.attributes['w:type'] === 'paragraph') this.#usual ??= style
    }
  }

  /** @param properties of the paragraph */
  kindOf(properties: XmlNode | undefined): ParagraphKind {
    const own = levelOf(properties)
    const id = settingOf(properties, 'w:pStyle')
    for (const style of this.#chain(id)) {
      const name = plainName(settingOf(style, 'w:name') ?? style.attributes['w:styleId'] ?? '')
      const kind = kindNamed(name)
      if (kind) return kind
      const level = levelOf(child(style, 'w:pPr'))
      if (level !== undefined) return { kind: 'heading', level }
    }
    // A document may have lost its styles, and still says what they were called.
    const kind = id === undefined || this.#byId.has(id) ? undefined : kindNamed(plainName(id))
    if (kind) return kind
    return own === undefined ? text : { kind: 'heading', level: own }
  }

  /** The property of a list that a paragraph has by its style. */
  numberingOf(properties: XmlNode | undefined): XmlNode | undefined {
    return (
      child(properties, 'w:numPr') ??
      this.#chain(settingOf(properties, 'w:pStyle'))
        .map((style) => child(child(style, 'w:pPr'), 'w:numPr'))
        .find((one) => one !== undefined)
    )
  }

  /** Whether its words are hidden by its style. @param properties of the paragraph */
  isHidden(properties: XmlNode | undefined): boolean {
    const all = this.#chain(settingOf(properties, 'w:pStyle')).map((style) => child(style, 'w:rPr'))
    return all.map((one) => isOn(one, 'w:vanish')).find((on) => on !== undefined) ?? false
  }

  /** @param properties of the run */
  looksOf(properties: XmlNode | undefined): RunLooks {
    const all = [
      properties,
      ...this.#chain(settingOf(properties, 'w:rStyle') ?? '').map((style) => child(style, 'w:rPr')),
    ]
    const has = (name: string) => all.map((one) => isOn(one, name)).find((on) => on !== undefined)
    const position = all
      .map((one) => settingOf(one, 'w:vertAlign'))
      .find((one) => one !== undefined)
    return {
      isBold: has('w:b') ?? false,
      isItalic: has('w:i') ?? false,
      isStruck: (has('w:strike') || has('w:dstrike')) ?? false,
      isHidden: has('w:vanish') ?? false,
      position: position ?? '',
    }
  }

  /** The style and those that it rests on. */
  #chain(id: string | undefined): XmlNode[] {
    const found = new Set<XmlNode>()
    let style = id === undefined ? this.#usual : this.#byId.get(id)
    while (style && !found.has(style) && found.size < mostSteps) {
      found.add(style)
      style = this.#byId.get(settingOf(style, 'w:basedOn') ?? '')
    }
    return [...found]
  }
}

const plainName = (name: string) => name.toLowerCase().normalize('NFC').replace(/\s+/g, '')

function kindNamed(name: string): ParagraphKind | undefined {
  const [, level] = headingName.exec(name) ?? []
  if (level !== undefined && level !== '0') return { kind: 'heading', level: Number(level) }
  if (name === 'heading') return { kind: 'heading', level: 1 }
  if (contentsName.test(name)) return { kind: 'contents' }
  const [kind] = kinds.find(([, names]) => names.has(name)) ?? []
  return kind === undefined || kind === 'heading' ? undefined : { kind }
}

/** 1 to 9; the tenth level is that of text. */
function levelOf(properties: XmlNode | undefined): number | undefined {
  const level = settingOf(properties, 'w:outlineLvl')
  return level !== undefined && /^[0-8]$/.test(level) ? Number(level) + 1 : undefined
}
