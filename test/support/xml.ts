/** XML as other parsers read it: saxes, strict, with namespaces. */
import { SaxesParser } from 'saxes'

/** An element of a parsed document. Namespaces are written out in its name: `{…}name`. */
export interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Node[]
  text: string
}

/** @throws Error when it is not well-formed XML 1.0 with namespaces */
export function parseStrictly(xml: string): Node {
  const top: Node = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ uri, local, attributes }) => {
    const entries = Object.values(attributes).map((one) => [one.name, one.value] as const)
    const node = {
      name: uri === '' ? local : `{${uri}}${local}`,
      attributes: Object.fromEntries(entries),
      children: [],
      text: '',
    }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  const addText = (text: string) => {
    const node = open.at(-1)
    if (node) node.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  const [root] = top.children
  if (!root) throw new Error('there is no root element')
  return root
}

export const all = (node: Node, name: string) =>
  node.children.filter((child) => child.name === name)

export function only(node: Node, name: string): Node {
  const [found, second] = all(node, name)
  if (!found || second) throw new Error(`<${node.name}> has not one <${name}>`)
  return found
}

export const atom = (name: string) => `{http://www.w3.org/2005/Atom}${name}`
export const dc = (name: string) => `{http://purl.org/dc/elements/1.1/}${name}`
export const encoded = '{http://purl.org/rss/1.0/modules/content/}encoded'
export const media = '{http://search.yahoo.com/mrss/}content'
