import { Builder, parseStringPromise } from 'xml2js'
import { escapeText } from '../text.ts'
import type { Frame } from './format.ts'

/** An element as xml2js holds it: attributes in `$`, text in `_`, children by name. */
export interface Element {
  $?: Record<string, string | number>
  _?: string
  [child: string]: unknown
}

/** Parses what `feed` has rendered. Every child is a list, however many there are. */
export async function parseXml(xml: string): Promise<Element> {
  return (await parseStringPromise(xml, { explicitArray: true })) as Element
}

/** @returns the document with its declaration and a final newline */
export function buildXml(document: Element): string {
  const builder = new Builder({
    xmldec: { version: '1.0', encoding: 'utf-8' },
    renderOpts: { pretty: true, indent: ' ', newline: '\n' },
  })
  return `${builder.buildObject(document)}\n`
}

/** @returns one element, without a declaration */
export function buildElement(name: string, element: Element): string {
  const builder = new Builder({
    headless: true,
    rootName: name,
    renderOpts: { pretty: true, indent: ' ', newline: '\n' },
  })
  return `${builder.buildObject(element)}\n`
}

/** Finds these elements, which hold nothing but text: the start tag, and the text. */
export const elementsNamed = (...names: readonly string[]) =>
  new RegExp(`(<(?:${names.join('|')})(?: [^>]*)?>)([^<]+)`, 'g')

/** Writes "<" and "&" as numbers in the elements that are found. To parsers of XML it is the same. */
export const withNumericReferences = (xml: string, elements: RegExp) =>
  xml.replace(
    elements,
    (_, tag: string, text: string) =>
      tag + text.replaceAll('&amp;', '&#x26;').replaceAll('&lt;', '&#x3C;'),
  )

/**
 * Fills elements that were built empty.
 * @param html what to fill them with, by their names; asked for those only that are there
 */
export const withHtml = (xml: string, html: Readonly<Record<string, () => string>>) =>
  xml.replace(
    new RegExp(`<((${Object.keys(html).join('|')})(?: [^>]*)?)/>`, 'g'),
    (_, tag: string, name: string) => `<${tag}>${htmlAsText(html[name]?.() ?? '')}</${name}>`,
  )

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

/** The children of that name. */
export function children(parent: Element, name: string): Element[] {
  return (parent[name] ?? []) as Element[]
}

/** The one child of that name that the document is known to have. */
export function child(parent: Element, name: string): Element {
  const [first] = children(parent, name)
  if (!first) throw new Error(`the rendered feed has no <${name}>`)
  return first
}
