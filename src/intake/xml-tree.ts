/** XML as a tree that keeps the order of text and elements; nothing that a file declares is read. */
import { cleanLine } from '../text.ts'
import { deepestInStory } from './nesting.ts'
import { lineAt, RejectionError } from './rejection.ts'

/** An element; its text stands between its elements. */
export interface XmlNode {
  /** Without a prefix. */
  readonly name: string
  /** By their names with prefixes, as in `xml:lang`. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlNode | string)[]
}

/**
 * Blanks, a comment, CDATA or a processing instruction, to its end or that of the text. For HTML `<!-->` is a
 * whole comment.
 */
const prolog = /\s+|<\?.*?(?:\?>|$)|<!(?=--).*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)/sy

/** Whether the root element or the DTD of an XML or HTML document begins so. @param start sticky */
export function beginsWith(text: string, start: RegExp): boolean {
  start.lastIndex = 0
  prolog.lastIndex = 0
  while (prolog.test(text)) start.lastIndex = prolog.lastIndex
  return start.test(text)
}

/** Each has a place in the tree; a hundred thousand paragraphs have a quarter of them. */
const mostElementsAndAttributes = 400_000

interface OpenNode extends XmlNode {
  readonly children: (XmlNode | string)[]
}

/**
 * A DOCTYPE that only says where a DTD is counts as none, and is not followed.
 * @throws RejectionError when it is not well-formed XML with one root, declares something, or is larger than any story
 */
export async function parse(text: string): Promise<XmlNode> {
  const { SaxesParser } = await import('saxes')
  // Nothing may stand above an XML declaration, and yet programs leave blank lines there.
  const document = text.trimStart()
  const above = lineAt(text, text.length - document.length) - 1
  const parser = new SaxesParser()
  const line = () => parser.line + above
  const top: OpenNode = { name: '', attributes: {}, children: [] }
  const open = [top]
  let count = 0
  const counted = () => {
    count += 1
    if (count > mostElementsAndAttributes) throw tooLarge()
  }
  const addText = (more: string) => {
    const children = open.at(-1)?.children ?? []
    const last = children.at(-1)
    if (typeof last === 'string') children[children.length - 1] = last + more
    else children.push(more)
  }
  parser.on('doctype', (declared) => refuseDeclared(declared, line()))
  parser.on('attribute', counted)
  parser.on('opentag', (tag) => {
    counted()
    if (open.length > deepestInStory) throw tooDeep()
    const name = tag.name.slice(tag.name.indexOf(':') + 1)
    const node = { name, attributes: tag.attributes, children: [] }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('error', ({ message }) => {
    throw unknownReference(document, parser.position, above) ?? malformed(message, line())
  })
  parser.write(document).close()
  const root = top.children.find((child) => typeof child !== 'string')
  return root ?? top
}

/** All that a DOCTYPE may have: the name of the root element, and where its DTD is. */
const mereAddress = /^\s*[^\s[\]"'<>]+(?:\s+(?:PUBLIC|SYSTEM)(?:\s*(?:"[^"]*"|'[^']*'))*)?\s*$/

function refuseDeclared(declared: string, line: number): void {
  if (mereAddress.test(declared)) return
  throw new RejectionError(
    'the file has a DTD, which is not read',
    'Remove the DOCTYPE and what it declares, and write characters instead of its entities.',
    line,
  )
}

/**
 * A comment, CDATA or a processing instruction, in which anything may stand; outside them an `&` that begins none of
 * XML's own entities.
 */
const reference =
  /<\?.*?(?:\?>|$)|<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)|(&(?!(?:amp|lt|gt|quot|apos|#\w+);)\w*;?)/gs

/** For the parser, which has met a fault at `end`, an `&` in text begins an entity that ends with the next semicolon. */
function unknownReference(document: string, end: number, above: number) {
  const references = document.slice(0, end).matchAll(reference)
  const found = references.find(([, entity]) => entity !== undefined)
  if (!found) return undefined
  return new RejectionError(
    `the file has ${found[1]}, which XML does not know`,
    'Write the character itself, and &amp; for an & in text.',
    lineAt(document, found.index) + above,
  )
}

/** @param message of the parser, as in `3:14: unexpected close tag.` */
const malformed = (message: string, line: number) =>
  new RejectionError(
    `the file is not well-formed XML: ${message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`,
    'Correct the markup here; & and < in text are written &amp; and &lt;.',
    line,
  )

const tooLarge = () =>
  new RejectionError(
    'the file is too large: it has far more elements and attributes than a story',
    'Save each story in a file of its own.',
  )

const tooDeep = () =>
  new RejectionError(
    `the file has elements nested more than ${deepestInStory} deep`,
    'Take the wrappers around the text away.',
  )

export const elementsIn = (node: XmlNode): readonly XmlNode[] =>
  node.children.filter((child) => typeof child !== 'string')

/** Elements by their path from an element, as in `head/docdata`; the empty path is the element. */
export function find(from: XmlNode, path: string): readonly XmlNode[] {
  let found: readonly XmlNode[] = [from]
  for (const name of path.split('/').filter((step) => step !== '')) {
    found = found.flatMap((node) => elementsIn(node).filter((child) => child.name === name))
  }
  return found
}

export function allNamed(from: XmlNode, name: string): XmlNode[] {
  const within = elementsIn(from).flatMap((child) => allNamed(child, name))
  return from.name === name ? [from, ...within] : within
}

/** The values of an attribute, without those that say nothing. */
export function attributes(from: XmlNode, path: string, name: string): string[] {
  const values = find(from, path).map((node) => cleanLine(node.attributes[name] ?? ''))
  return values.filter((value) => value !== '')
}

/** The texts of elements, without those that say nothing. */
export function texts(from: XmlNode, path: string): string[] {
  return find(from, path)
    .map(textOf)
    .filter((text) => text !== '')
}

export const textOf = (node: XmlNode) => cleanLine(rawText(node))

export const rawText = (node: XmlNode | string): string =>
  typeof node === 'string' ? node : node.children.map(rawText).join('')

/** Titles are shorter; of a long text it need not be found out. */
const longestCompared = 5000

/** Whether an element has these words, and no others. */
export function says(node: XmlNode, words: string): boolean {
  const text = rawText(node)
  return text.length <= longestCompared && cleanLine(text) === words
}
