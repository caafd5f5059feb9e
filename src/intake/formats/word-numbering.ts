/** The lists of a Word document: which sign each level has, and how far it has counted. */
import type { Styles } from './word-styles.ts'
import { child, elementsOf, settingOf } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

export interface ListItem {
  readonly isOrdered: boolean
  /** From 0, the outermost, to 8. */
  readonly level: number
  /** Of an ordered list: the number it has, and the type of HTML that writes it so (`1`, `a`, `A`, `i`, `I`). */
  readonly number: number
  readonly type: string
}

const types: Readonly<Record<string, string>> = {
  lowerLetter: 'a',
  upperLetter: 'A',
  lowerRoman: 'i',
  upperRoman: 'I',
}

const deepestLevel = 8

export class Numbering {
  readonly #abstract = new Map<string, XmlNode>()
  readonly #lists = new Map<string, XmlNode>()
  readonly #styles: Styles
  /** What was found out of levels, by these and the list. */
  readonly #levels = new Map<string, XmlNode | undefined>()
  /** The number that each level of a list has had last, by the list. */
  readonly #counts = new Map<string, number[]>()

  /** @param root of the part, if there is one */
  constructor(root: XmlNode | undefined, styles: Styles) {
    this.#styles = styles
    for (const one of elementsOf(root)) {
      if (one.name === 'w:abstractNum')
        this.#abstract.set(one.attributes['w:abstractNumId'] ?? '', one)
      if (one.name === 'w:num') this.#lists.set(one.attributes['w:numId'] ?? '', one)
    }
  }

  /** Of the next paragraph. @param properties of the paragraph */
  itemOf(properties: XmlNode | undefined): ListItem | undefined {
    const stated = this.#styles.numberingOf(properties)
    const id = settingOf(stated, 'w:numId')
    if (id === undefined || !this.#lists.has(id)) return undefined
    const written = Number(settingOf(stated, 'w:ilvl') ?? '0')
    const level = Number.isInteger(written) ? Math.min(Math.max(written, 0), deepestLevel) : 0
    const list = this.#lists.get(id)
    const abstractId = settingOf(list, 'w:abstractNumId') ?? ''
    const looks = this.#levelOf(id, abstractId, level)
    const format = settingOf(looks, 'w:numFmt') ?? 'bullet'
    if (format === 'none' || (settingOf(looks, 'w:lvlText') ?? 'x').trim() === '') return undefined
    const isOrdered = format !== 'bullet'
    const number = this.#next(
      `${abstractId} ${id}`,
      level,
      Number(settingOf(looks, 'w:start') ?? '1'),
    )
    return { isOrdered, level, number, type: types[format] ?? '1' }
  }

  #levelOf(id: string, abstractId: string, level: number): XmlNode | undefined {
    const key = `${level} ${id}`
    if (!this.#levels.has(key)) {
      this.#levels.set(key, levelIn(this.#lists.get(id), this.#abstract.get(abstractId), level))
    }
    return this.#levels.get(key)
  }

  #next(list: string, level: number, start: number): number {
    const counts = this.#counts.get(list) ?? []
    const last = counts[level]
    const number = last === undefined ? (Number.isInteger(start) ? start : 1) : last + 1
    // What is further in begins anew.
    counts.length = Math.min(counts.length, level)
    counts[level] = number
    this.#counts.set(list, counts)
    return number
  }
}

/** A list may say otherwise than what it is made after. */
function levelIn(list: XmlNode | undefined, base: XmlNode | undefined, level: number) {
  const isMeant = (one: XmlNode) => (one.attributes['w:ilvl'] ?? '0') === String(level)
  const own = elementsOf(list)
    .filter((one) => one.name === 'w:lvlOverride' && isMeant(one))
    .map((one) => child(one, 'w:lvl'))
    .find((one) => one !== undefined)
  return own ?? elementsOf(base).find((one) => one.name === 'w:lvl' && isMeant(one))
}

/** Two lists, of bullets and of numbers: by these mammoth nests them. */
export const plainNumbering = (() => {
  const levels = (format: string) =>
    Array.from(
      { length: deepestLevel + 1 },
      (_, n) => `<w:lvl w:ilvl="${n}"><w:numFmt w:val="${format}"/></w:lvl>`,
    ).join('')
  const lists = ['bullet', 'decimal'].map(
    (format, n) => `<w:abstractNum w:abstractNumId="${n}">${levels(format)}</w:abstractNum>`,
  )
  const numbers = [0, 1].map((n) => `<w:num w:numId="${n}"><w:abstractNumId w:val="${n}"/></w:num>`)
  return `${lists.join('')}${numbers.join('')}`
})()

/** @returns the property by which mammoth takes a paragraph for an item of a list */
export const plainItem = ({ isOrdered, level }: ListItem) =>
  `<w:numPr><w:ilvl w:val="${Math.min(level, 4)}"/><w:numId w:val="${isOrdered ? 1 : 0}"/></w:numPr>`
