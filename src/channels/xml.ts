import { Builder, parseStringPromise } from 'xml2js'
import { escapeText } from '../text.ts'
import type { Frame } from './feed-format.ts'

/** An element as xml2js holds it: attributes in `$`, text in `_`, children by name. */
export interface Element {
  $?: Record<string, string | number>
  _?: string
  [child: string]: unknown
}

const renderOpts = { pretty: true, indent: ' ', newline: '\n' }
const documents = new Builder({ renderOpts, xmldec: { version: '1.0', encoding: 'utf-8' } })
const parts = new Builder({ renderOpts, headless: true })

/** Parses what `feed` has rendered. @returns its root element */
export const parseXml = (xml: string): Promise<Element> =>
  parseStringPromise(xml, { explicitArray: false, explicitRoot: false })

/** @returns the document with its declaration and a final newline. @param document its one root */
export const buildXml = (document: Element) => `${documents.buildObject(document)}\n`

/** @returns one element as part of a document, without a declaration */
export const buildElement = (name: string, element: Element) =>
  `${parts.buildObject({ [name]: element })}\n`

/**
 * Fills an element that was built empty.
 * @param tag its start tag, without the last bracket
 */
export function withHtml(xml: string, tag: string, html: string): string {
  const [name] = tag.split(' ')
  return xml.replace(`<${tag}/>`, () => `<${tag}>${htmlAsText(html)}</${name}>`)
}

/**
 * HTML as the text of an element. To parsers of XML a CDATA section is the same as escaped text, but some refuse a
 * document that has more than a thousand references to characters (fast-xml-parser 4), as escaped HTML soon has.
 * A carriage return can only be written as such a reference.
 */
function htmlAsText(html: string): string {
  if (html.includes('\r')) return escapeText(html).replaceAll('\r', '&#xD;')
  return /[<>&]/.test(html) ? `<![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : html
}

/** Splits a document before the end tag of that element, which is its last or last but one. */
export function splitBeforeEnd(xml: string, name: string): Frame {
  const end = xml.lastIndexOf(`</${name}>`)
  return { before: xml.slice(0, end), between: '', after: xml.slice(end) }
}
