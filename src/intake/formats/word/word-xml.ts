/** The parts of a Word document: XML whose names have the prefixes that the standard gives them. */
import { mostContentBytes } from '../../../article.ts'
import { escapeAttribute } from '../../../text.ts'
import { RejectionError } from '../../rejection.ts'
import type { XmlNode } from '../../xml-tree.ts'

/** Of text and its runs; those of pictures and drawings nest deeper than any text. */
const deepest = 200

/** Of all parts: a paragraph has some ten, and each costs some microseconds in every step. */
const mostElements = 150_000

/** Of all parts, in text and between elements: more than an article may have, with all that is hidden or taken out. */
const mostLetters = 2 * mostContentBytes

/** The prefixes that we know names by, by what tells the addresses of the usual and the strict form of the standard. */
const prefixes = new Map([
  ['wordprocessingml/main', 'w'],
  ['officeDocument/relationships', 'r'],
  ['officeDocument/math', 'm'],
  ['drawingml/wordprocessingDrawing', 'wp'],
  ['drawingml/main', 'a'],
  ['drawingml/chart', 'c'],
  ['drawingml/diagram', 'dgm'],
  ['markup-compatibility', 'mc'],
  ['urn:schemas-microsoft-com:vml', 'v'],
  ['urn:schemas-microsoft-com:office:office', 'o'],
])

const standard =
  /^http:\/\/(?:schemas\.openxmlformats\.org|purl\.oclc\.org\/ooxml)\/|\/2006(?=\/|$)/g

/** Reads the parts of one document: names of elements and attributes that have a prefix of the table are `w:p`; others have none. */
export class PartReader {
  #elements = 0
  #letters = 0

  /**
   * @param name of the part, for messages
   * @throws RejectionError when it is not well-formed XML, declares anything, or is larger than any story
   */
  async read(text: string, name: string): Promise<XmlNode> {
    const { SaxesParser } = await import('saxes')
    const parser = new SaxesParser({ xmlns: true })
    const top = { name: '', attributes: {}, children: [] as (XmlNode | string)[] }
    const open = [top]
    const addText = (more: string) => {
      this.#letters += more.length
      if (this.#letters > mostLetters) throw tooLarge()
      open.at(-1)?.children.push(more)
    }
    parser.on('doctype', () => {
      throw damaged(`its part "${name}" has a DTD`)
    })
    parser.on('opentag', (tag) => {
      this.#elements += 1
      if (this.#elements > mostElements) throw tooLarge()
      if (open.length > deepest) throw damaged(`its elements are nested more than ${deepest} deep`)
      const attributes: Record<string, string> = Object.create(null)
      for (const { uri, local, value } of Object.values(tag.attributes)) {
        attributes[nameOf(uri, local)] = value
      }
      const node = { name: nameOf(tag.uri, tag.local), attributes, children: [] }
      open.at(-1)?.children.push(node)
      open.push(node)
    })
    parser.on('closetag', () => void open.pop())
    parser.on('text', addText)
    parser.on('cdata', addText)
    parser.on('error', () => {
      throw damaged(`its part "${name}" is not well-formed XML`)
    })
    parser.write(text.trimStart()).close()
    return top.children.find((one) => typeof one !== 'string') ?? top
  }
}

function nameOf(uri: string, local: string): string {
  if (uri === '') return local
  const prefix = prefixes.get(uri.replace(standard, ''))
  return prefix === undefined ? local : `${prefix}:${local}`
}

/** @param what is wrong */
export const damaged = (what: string) =>
  new RejectionError(
    `the Word document is damaged: ${what}`,
    'Open it in Word, save it anew as .docx, and put that here.',
  )

/** Of a document with far more in it than a story. */
export const tooLarge = () =>
  new RejectionError(
    'the Word document is far larger than a story',
    'Save each story in a document of its own, and pictures in smaller sizes.',
  )

/** The element of that name in an element; of several the first. */
export const child = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((one) => typeof one !== 'string' && one.name === name) as XmlNode | undefined

/** The elements directly in an element. */
export const elementsOf = (node: XmlNode | undefined): readonly XmlNode[] =>
  node?.children.filter((one) => typeof one !== 'string') ?? []

/** The attribute `w:val` of a property. */
export const settingOf = (node: XmlNode | undefined, name: string): string | undefined =>
  child(node, name)?.attributes['w:val']

/** Whether a property is there and not switched off. */
export function isOn(node: XmlNode | undefined, name: string): boolean | undefined {
  const property = child(node, name)
  return property && !['false', '0', 'off', 'none'].includes(property.attributes['w:val'] ?? '')
}

/** All elements of these names in an element, in their order. */
export function* within(node: XmlNode, names: ReadonlySet<string>): Generator<XmlNode> {
  for (const one of elementsOf(node)) {
    if (names.has(one.name)) yield one
    yield* within(one, names)
  }
}

/** An element as XML. @param content XML */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content = '',
): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeAttribute(value)}"`,
  )
  return `<${name}${written.join('')}>${content}</${name}>`
}

/** Some properties as they are, as XML. */
export const kept = (properties: XmlNode | undefined, ...names: readonly string[]) =>
  names
    .filter((name) => child(properties, name))
    .map((name) => element(name, { 'w:val': settingOf(properties, name) ?? '' }))
    .join('')
