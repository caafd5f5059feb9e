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

const plainRun: RunLooks = {
  isBold: false,
  isItalic: false,
  isStruck: false,
  isHidden: false,
  position: '',
}

interface ParagraphStyle {
  readonly kind: ParagraphKind | undefined
  readonly numbering: XmlNode | undefined
  readonly isHidden: boolean
}

export class Styles {
  readonly #byId = new Map<string, XmlNode>()
  #usual: XmlNode | undefined
  /** What was found out, by the ids of styles: thousands of paragraphs have the same. */
  readonly #paragraphs = new Map<string | undefined, ParagraphStyle>()
  readonly #runs = new Map<string, RunLooks>()

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
    const { kind } = this.#ofParagraph(properties)
    const level = kind ? undefined : levelOf(properties)
    return kind ?? (level === undefined ? text : { kind: 'heading', level })
  }

  /** The property of a list that a paragraph has, itself or by its style. */
  numberingOf(properties: XmlNode | undefined): XmlNode | undefined {
    return child(properties, 'w:numPr') ?? this.#ofParagraph(properties).numbering
  }

  /** Whether its words are hidden by its style. @param properties of the paragraph */
  isHidden(properties: XmlNode | undefined): boolean {
    return this.#ofParagraph(properties).isHidden
  }

  /** @param properties of the run */
  looksOf(properties: XmlNode | undefined): RunLooks {
    const { isBold, isItalic, isStruck, isHidden, position } = this.#ofRun(properties)
    return {
      isBold: isOn(properties, 'w:b') ?? isBold,
      isItalic: isOn(properties, 'w:i') ?? isItalic,
      isStruck: (isOn(properties, 'w:strike') || isOn(properties, 'w:dstrike')) ?? isStruck,
      isHidden: isOn(properties, 'w:vanish') ?? isHidden,
      position: settingOf(properties, 'w:vertAlign') ?? raised(properties) ?? position,
    }
  }

  #ofParagraph(properties: XmlNode | undefined): ParagraphStyle {
    const id = settingOf(properties, 'w:pStyle')
    const known = this.#paragraphs.get(id)
    if (known) return known
    const chain = this.#chain(id)
    const stated = chain.map(kindOfStyle)
    // A document may have lost its styles, and still says what they were called.
    if (id !== undefined && !this.#byId.has(id)) stated.push(kindNamed(plainName(id)))
    const found = {
      kind: stated.find((kind) => kind !== undefined),
      numbering: chain.map((one) => child(child(one, 'w:pPr'), 'w:numPr')).find(isThere),
      isHidden: chain.map((one) => isOn(child(one, 'w:rPr'), 'w:vanish')).find(isThere) ?? false,
    }
    this.#paragraphs.set(id, found)
    return found
  }

  #ofRun(properties: XmlNode | undefined): RunLooks {
    const id = settingOf(properties, 'w:rStyle')
    const known = id === undefined ? plainRun : this.#runs.get(id)
    if (known) return known
    const all = this.#chain(id).map((one) => child(one, 'w:rPr'))
    const has = (name: string) => all.map((one) => isOn(one, name)).find(isThere) ?? false
    const found = {
      isBold: has('w:b'),
      isItalic: has('w:i'),
      isStruck: has('w:strike') || has('w:dstrike'),
      isHidden: has('w:vanish'),
      position: all.map((one) => settingOf(one, 'w:vertAlign')).find(isThere) ?? '',
    }
    if (id !== undefined) this.#runs.set(id, found)
    return found
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

/** What the style itself says, by its name first. */
function kindOfStyle(style: XmlNode): ParagraphKind | undefined {
  const named = kindNamed(
    plainName(settingOf(style, 'w:name') ?? style.attributes['w:styleId'] ?? ''),
  )
  const level = named ? undefined : levelOf(child(style, 'w:pPr'))
  return named ?? (level === undefined ? undefined : { kind: 'heading', level })
}

/** Some programs write how far letters are raised, in half points. */
function raised(properties: XmlNode | undefined): string | undefined {
  const by = Number(settingOf(properties, 'w:position') ?? '0')
  return Math.abs(by) < 4 ? undefined : by > 0 ? 'superscript' : 'subscript'
}

const isThere = <T>(one: T | undefined) => one !== undefined

/** 1 to 9; the tenth level is that of text. */
function levelOf(properties: XmlNode | undefined): number | undefined {
  const level = settingOf(properties, 'w:outlineLvl')
  return level !== undefined && /^[0-8]$/.test(level) ? Number(level) + 1 : undefined
}
