/** Formulas of Word (Office Math, ECMA-376 part 1 §22.1) as MathML. */
import { escapeText } from '../../../text.ts'
import { rawText, type XmlNode } from '../../xml-tree.ts'
import { isNoText } from './word-words.ts'
import { child, elementsOf } from './word-xml.ts'

/** @param formula `m:oMath` */
export const mathMl = (formula: XmlNode, isBlock: boolean): string =>
  `<math${isBlock ? ' display="block"' : ''}>${partsOf(formula)}</math>`

/** What its signs say, without how they stand to each other. */
export const signsOf = (formula: XmlNode): string =>
  elementsOf(formula)
    .map((one) => (one.name === 'm:t' || one.name === 'w:t' ? rawText(one) : signsOf(one)))
    .join('')

/** All that is in an element, a formula or one argument of it. */
const partsOf = (node: XmlNode | undefined): string => elementsOf(node).map(partOf).join('')

function partOf(node: XmlNode): string {
  if (isNoText(node)) return ''
  // Boxes, functions, and what we do not know hold others together.
  return (writers.get(node.name) ?? partsOf)(node)
}

const row = (node: XmlNode | undefined) => `<mrow>${partsOf(node)}</mrow>`

/** An element of MathML. @param names of the arguments, in the order of MathML */
const built =
  (element: string, ...names: readonly string[]) =>
  (node: XmlNode) =>
    `<${element}>${names.map((name) => row(child(node, `m:${name}`))).join('')}</${element}>`

const property = (node: XmlNode, name: string) =>
  child(child(node, `${node.name}Pr`), `m:${name}`)?.attributes['m:val']

const operator = (sign: string) => (sign === '' ? '' : `<mo>${escapeText(sign)}</mo>`)

/** Elements that are more than their parts. */
const writers = new Map<string, (node: XmlNode) => string>([
  ['m:f', built('mfrac', 'num', 'den')],
  ['m:sSup', built('msup', 'e', 'sup')],
  ['m:sSub', built('msub', 'e', 'sub')],
  ['m:sSubSup', built('msubsup', 'e', 'sub', 'sup')],
  ['m:limLow', built('munder', 'e', 'lim')],
  ['m:limUpp', built('mover', 'e', 'lim')],
  ['m:rad', (node) => (partsOf(child(node, 'm:deg')) === '' ? squareRoot : root)(node)],
  ['m:m', tableOf],
  ['m:eqArr', tableOf],
  ['m:r', signsIn],
  ['m:d', fenced],
  ['m:nary', large],
  ['m:acc', (node) => marked(node, property(node, 'chr') ?? '\u0302', true)],
  ['m:bar', (node) => marked(node, '\u00af', property(node, 'pos') === 'top')],
])

const root = built('mroot', 'e', 'deg')
const squareRoot = built('msqrt', 'e')

/** A number, letters or signs; ordinary words are not set as names. */
function signsIn(node: XmlNode): string {
  const [looks, text] = [child(node, 'm:rPr'), signsOf(node)]
  if (child(looks, 'm:nor')) return `<mtext>${escapeText(text)}</mtext>`
  const isUpright = child(looks, 'm:sty')?.attributes['m:val'] === 'p'
  if (isUpright && /^\p{L}{2,}$/u.test(text)) return `<mi>${text}</mi>`
  const pieces = text.match(/\d+(?:[.,]\d+)*|\p{L}\p{M}*|[^\s\p{L}\d]/gu) ?? []
  const written = pieces.map((piece) => {
    if (/^\d/.test(piece)) return `<mn>${piece}</mn>`
    return /^\p{L}/u.test(piece) ? `<mi>${piece}</mi>` : operator(piece)
  })
  return written.join('')
}

function fenced(node: XmlNode): string {
  const [open, close] = [property(node, 'begChr') ?? '(', property(node, 'endChr') ?? ')']
  const between = operator(property(node, 'sepChr') ?? '|')
  const parts = elementsOf(node).filter((one) => one.name === 'm:e')
  return `<mrow>${operator(open)}${parts.map(partsOf).join(between)}${operator(close)}</mrow>`
}

/** A sum, an integral and their like, with its limits, which may be empty. */
function large(node: XmlNode): string {
  const sign = `<mo largeop="true">${escapeText(property(node, 'chr') ?? '\u222b')}</mo>`
  const name = property(node, 'limLoc') === 'undOvr' ? 'munderover' : 'msubsup'
  const [low, high, of] = ['m:sub', 'm:sup', 'm:e'].map((part) => row(child(node, part)))
  return `<mrow><${name}>${sign}${low}${high}</${name}>${of}</mrow>`
}

/** A mark above or below. */
function marked(node: XmlNode, sign: string, isAbove: boolean): string {
  const parts = `${row(child(node, 'm:e'))}${operator(sign)}`
  return isAbove ? `<mover accent="true">${parts}</mover>` : `<munder>${parts}</munder>`
}

/** The rows of a matrix have several arguments, those of equations below each other are one. */
function tableOf(node: XmlNode): string {
  const rows = elementsOf(node).filter(({ name }) => name === 'm:mr' || name === 'm:e')
  const cells = rows.map((one) => (one.name === 'm:e' ? [one] : elementsOf(one)))
  const written = cells.map((one) => one.map((cell) => `<mtd>${partsOf(cell)}</mtd>`).join(''))
  return `<mtable>${written.map((one) => `<mtr>${one}</mtr>`).join('')}</mtable>`
}
