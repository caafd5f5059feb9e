/** XML as a tree that keeps the order of text and elements, with DTDs and entities refused. */
import { cleanLine } from '../../text.ts'
import { deepestInStory } from '../nesting.ts'
import { lineAt, RejectionError } from '../rejection.ts'

/** An element as xml2js gives it with the options of `parse`, or a piece of text. */
export interface XmlNode {
  readonly '#name': string
  readonly '#text'?: string
  readonly $?: Readonly<Record<string, string>>
  readonly $$?: readonly XmlNode[]
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

/**
 * A comment, CDATA or a processing instruction, in which anything may stand; outside them a declaration, or an `&`
 * that begins none of XML's own entities. For XML `<!-->` only opens a comment.
 */
const special =
  /<\?.*?(?:\?>|$)|<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)|(<!)|(&(?!(?:amp|lt|gt|quot|apos|#\w+);)\w*;?)/gs

/**
 * The parser overlooks DTDs and knows HTML's entities, which XML does not.
 * @throws RejectionError when there is either outside comments and CDATA
 */
export function refuseDeclared(text: string): void {
  for (const { index, 1: declaration, 2: entity } of text.matchAll(special)) {
    if (entity !== undefined) {
      throw new RejectionError(
        `the file has ${entity}, which XML does not know`,
        'Write the character itself, and &amp; for an & in text.',
        lineAt(text, index),
      )
    }
    if (declaration !== undefined) {
      throw new RejectionError(
        'the file has a DTD, which is not read',
        'Remove the DOCTYPE and what it declares, and write characters instead of its entities.',
        lineAt(text, index),
      )
    }
  }
}

/** @throws RejectionError when it is not well-formed XML with one root */
export async function parse(text: string): Promise<XmlNode> {
  const { default: xml2js } = await import('xml2js')
  const parser = new xml2js.Parser({
    explicitRoot: false,
    explicitChildren: true,
    preserveChildrenOrder: true,
    charsAsChildren: true,
    includeWhiteChars: true,
    // Neither can be the name of an element, as the default `_` can.
    attrkey: '$',
    charkey: '#text',
  })
  const roots: XmlNode[] = []
  let fault: string | undefined
  parser.on('end', (found: XmlNode | null) => found && roots.push(found))
  parser.on('error', (error: Error) => {
    fault ??= error.message
    // Ends the parsing, which would find another fault in every tag that follows.
    throw error
  })
  try {
    parser.parseString(text)
  } catch (error) {
    if (fault === undefined) throw error
  }
  const [root] = roots
  if (fault === undefined && root && roots.length === 1) return root
  const [reason, place = ''] = (fault ?? 'it has to have one root element').split('\n')
  // The parser counts lines from 0, as in `Line: 0`.
  const line = place.startsWith('Line: ') ? Number(place.slice(6)) + 1 : undefined
  throw new RejectionError(
    `the file is not well-formed XML: ${reason}`,
    'Correct the markup here; & and < in text are written &amp; and &lt;.',
    line,
  )
}

/** What walks the tree has to stop somewhere. @throws RejectionError */
export function refuseDeepNesting(root: XmlNode): void {
  let level: readonly XmlNode[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestInStory) {
      throw new RejectionError(
        `the file has elements nested more than ${deepestInStory} deep`,
        'Take the wrappers around the text away.',
      )
    }
    level = level.flatMap((node) => node.$$ ?? [])
  }
}

/** Elements by their path from an element, as in `head/docdata`; the empty path is the element. */
export function find(from: XmlNode, path: string): readonly XmlNode[] {
  let found: readonly XmlNode[] = [from]
  for (const name of path.split('/').filter((step) => step !== '')) {
    found = found.flatMap((node) => (node.$$ ?? []).filter((child) => child['#name'] === name))
  }
  return found
}

export function allNamed(from: XmlNode, name: string): XmlNode[] {
  const within = (from.$$ ?? []).flatMap((child) => allNamed(child, name))
  return from['#name'] === name ? [from, ...within] : within
}

/** The values of an attribute, without those that say nothing. */
export function attributes(from: XmlNode, path: string, name: string): string[] {
  const values = find(from, path).map((node) => cleanLine(node.$?.[name] ?? ''))
  return values.filter((value) => value !== '')
}

/** The texts of elements, without those that say nothing. */
export function texts(from: XmlNode, path: string): string[] {
  return find(from, path)
    .map(textOf)
    .filter((text) => text !== '')
}

export const textOf = (node: XmlNode) => cleanLine(rawText(node))

export function rawText(node: XmlNode): string {
  return node['#name'] === '__text__'
    ? (node['#text'] ?? '')
    : (node.$$ ?? []).map(rawText).join('')
}
