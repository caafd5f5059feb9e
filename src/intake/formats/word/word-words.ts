/** The words of a Word document's XML, and what of that is none of its text. */
import { rawText, type XmlNode } from '../../xml-tree.ts'
import { child, elementsOf, isOn, settingOf, within } from './word-xml.ts'

const deleted = new Set(['w:del', 'w:moveFrom'])

/** Whether it says how something looks, is what a tracked change takes out, or a table of contents. */
export const isNoText = (node: XmlNode) =>
  node.name.endsWith('Pr') || deleted.has(node.name) || (node.name === 'w:sdt' && isContents(node))

function isContents(node: XmlNode): boolean {
  const gallery = settingOf(child(child(node, 'w:sdtPr'), 'w:docPartObj'), 'w:docPartGallery')
  return /^Table of Contents$/i.test(gallery ?? '')
}

/** In which pictures and text boxes are. */
export const drawings = new Set(['w:drawing', 'w:pict', 'w:object', 'mc:AlternateContent'])

/** Paragraphs, tables and texts of other programs. */
export const blocks = new Set(['w:p', 'w:tbl', 'w:altChunk'])

/** The outermost elements of these names in an element, as rows of a table, also those in controls and tags. */
export const partsIn = (node: XmlNode, names: ReadonlySet<string>): XmlNode[] =>
  elementsOf(node).flatMap((one) => {
    if (names.has(one.name)) return [one]
    return isNoText(one) ? [] : partsIn(one, names)
  })

/** The words of a paragraph, as they are shown. @param ofBreak what stands for the end of a line in it */
export function wordsOf(node: XmlNode | undefined, ofBreak = ' '): string {
  return elementsOf(node)
    .map((one) => {
      if (one.name === 'w:t') return rawText(one)
      if (one.name === 'w:br') return ofBreak
      if (one.name === 'w:tab') return ' '
      if (isNoText(one) || drawings.has(one.name)) return ''
      if (one.name === 'w:r' && isOn(child(one, 'w:rPr'), 'w:vanish')) return ''
      return wordsOf(one, ofBreak)
    })
    .join('')
}

/** Whether it shows a picture or a text box. */
export const hasDrawing = (node: XmlNode) => !within(node, drawings).next().done
