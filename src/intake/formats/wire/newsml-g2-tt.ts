/** The XML of TT, the Swedish agency, in which the words for parts of a text are Swedish (`application/ttnitf+xml`). */
import { escapeText } from '../../../text.ts'
import { elementsIn, find, rawText, texts, type XmlNode } from '../../xml-tree.ts'

/** @param node what stands in `inlineXML` */
export const isOfTt = (node: XmlNode) => node.name === 'BODY' && find(node, 'TEXT').length > 0

/** A story, and what stands beside it as texts of their own, each below its headline. */
export function readTt(body: XmlNode) {
  const [story, ...others] = find(body, 'TEXT')
  return {
    html: [story, ...others].map((text) => (text ? htmlOfText(text, text !== story) : '')).join(''),
    title: (story && texts(story, 'RUBRIK')[0]) ?? '',
    bylines: texts(body, 'TEXT/BYLINE'),
  }
}

function htmlOfText(text: XmlNode, isBeside: boolean): string {
  const [headline = ''] = isBeside ? texts(text, 'RUBRIK') : []
  const parts = elementsIn(text).filter(({ name }) => !besideText.has(name))
  return inElement('h2', escapeText(headline)) + parts.map(htmlOf).join('')
}

/** Place and office, who wrote it, and pictures, which are named by numbers of the agency. */
const besideText = new Set(['RUBRIK', 'DAT', 'BYLINE', 'BILD'])

const elements: Readonly<Record<string, string>> = { MELLIS: 'h2', UL: 'ul', OL: 'ol', LI: 'li' }

/** What has parts of its own is as many paragraphs; what has not is one. */
function htmlOf(node: XmlNode): string {
  const { name } = node
  if (name === 'CITAT') return inElement('blockquote', partsOf(node))
  const element = Object.hasOwn(elements, name) ? elements[name] : undefined
  if (!element) return partsOf(node)
  const isList = name === 'UL' || name === 'OL'
  return inElement(element, isList ? elementsIn(node).map(htmlOf).join('') : wordsOf(node))
}

const partsOf = (node: XmlNode): string =>
  elementsIn(node).some(({ name }) => isPart.test(name))
    ? node.children.map(partOf).join('')
    : inElement('p', wordsOf(node))

/** Words between paragraphs are one. */
const partOf = (child: XmlNode | string) =>
  typeof child === 'string' ? inElement('p', escapeText(child.trim())) : htmlOf(child)

const isPart = /^(?:P|CITAT|MELLIS|UL|OL|INGRESS|BRODTEXT)$/

const wordsOf = (node: XmlNode) => escapeText(rawText(node).trim())

const inElement = (name: string, html: string) => (html === '' ? '' : `<${name}>${html}</${name}>`)
