/** The lists of a Word document: which sign each level has, and how far it has counted. */
import type { XmlNode } from '../../xml-tree.ts'
import type { Styles } from './word-styles.ts'
import { elementsOf, settingOf } from './word-xml.ts'

/** What a paragraph is in its list. */
export interface ListItem {
  readonly isOrdered: boolean
  /** From 0, the outermost, to 8. */
  readonly level: number
  /** Of an ordered list: the number it has, and the type of HTML that writes it so (`1`, `a`, `A`, `i`, `I`). */
  readonly number: number
  readonly type: string
}

const types = new Map([
  ['lowerLetter', 'a'],
  ['upperLetter', 'A'],
  ['lowerRoman', 'i'],
  ['upperRoman', 'I'],
])

const deepestLevel = 8

/** The lists of a document, which count as its paragraphs are asked for one after the other. */
export class Numbering {
  readonly #styles: Styles
  /** By the id of the list: that of what it is made after. */
  readonly #lists = new Map<string, string>()
  /** By the id of what lists are made after, and the level. */
  readonly #levels = new Map<string, XmlNode>()
  /** The number that each level of a list has had last, by the list. */
  readonly #counts = new Map<string, number[]>()

  /** @param root of the part, if there is one */
  constructor(root: XmlNode | undefined, styles: Styles) {
    this.#styles = styles
    for (const one of elementsOf(root)) {
      const { 'w:numId': id = '', 'w:abstractNumId': base = '' } = one.attributes
      if (one.name === 'w:num') this.#lists.set(id, settingOf(one, 'w:abstractNumId') ?? '')
      if (one.name !== 'w:abstractNum') continue
      for (const level of elementsOf(one).filter(({ name }) => name === 'w:lvl'))
        this.#levels.set(`${level.attributes['w:ilvl'] ?? '0'} ${base}`, level)
    }
  }

  /** Of the next paragraph. @param properties of the paragraph */
  itemOf(properties: XmlNode | undefined): ListItem | undefined {
    const stated = this.#styles.numberingOf(properties)
    const id = settingOf(stated, 'w:numId') ?? ''
    const base = this.#lists.get(id)
    if (base === undefined) return undefined
    const level = Math.min(wholeOr(0, settingOf(stated, 'w:ilvl')), deepestLevel)
    const looks = this.#levels.get(`${level} ${base}`)
    const format = settingOf(looks, 'w:numFmt') ?? 'bullet'
    if (format === 'none' || settingOf(looks, 'w:lvlText')?.trim() === '') return undefined
    const counts = this.#counts.get(id) ?? []
    const number = (counts[level] ?? wholeOr(1, settingOf(looks, 'w:start')) - 1) + 1
    // What is further in begins anew.
    counts.length = level
    this.#counts.set(id, [...counts, number])
    return { isOrdered: format !== 'bullet', level, number, type: types.get(format) ?? '1' }
  }
}

const wholeOr = (usual: number, written = '') =>
  /^\d{1,9}$/.test(written) ? Number(written) : usual
