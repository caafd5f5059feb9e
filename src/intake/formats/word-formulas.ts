/** Formulas of Word (Office Math, ECMA-376 part 1 §22.1) as MathML. */
import { escapeText } from '../../text.ts'
import { isNoText } from './word-words.ts'
import { child, elementsOf } from './word-xml.ts'
import { rawText, type XmlNode } from './xml-tree.ts'

/** @param formula `m:oMath` */
export function mathMl(formula: XmlNode, isBlock: boolean): string {
  const display = isBlock ? ' display="block"' : ''
  return `<math${display}>${partsOf(formula)}</math>`
}

/** What its signs say, without how they stand to each other. */
export const signsOf = (formula: XmlNode): string =>
  elementsOf(formula)
    .map((one) => (one.name === 'm:t' || one.name === 'w:t' ? rawText(one) : signsOf(one)))
    .join('')

/** Elements of MathML for what is built of arguments, and these in the order of MathML. */
const built = new Map<string, readonly [string, readonly string[]]>([
  ['m:f', ['mfrac', ['m:num', 'm:den']]],
  ['m:sSup', ['msup', ['m:e', 'm:sup']]],
  ['m:sSub', ['msub', ['m:e', 'm:sub']]],
  ['m:sSubSup', ['msubsup', ['m:e', 'm:sub', 'm:sup']]],
  ['m:limLow', ['munder', ['m:e', 'm:lim']]],
  ['m:limUpp', ['mover', ['m:e', 'm:lim']]],
])

const argumentOf = (node: XmlNode, name: string) => `<mrow>${partsOf(child(node, name))}</mrow>`

/** All that is in an element, a formula or one argument of it. */
const partsOf = (node: XmlNode | undefined): string => elementsOf(node).map(partOf).join('')

const property = (node: XmlNode, name: string) =>
  child(child(node, `${node.name}Pr`), `m:${name}`)?.attributes['m:val']

const operator = (sign: string) => (sign === '' ? '' : `<mo>${escapeText(sign)}</mo>`)

function partOf(node: XmlNode): string {
  const { name } = node
  if (isNoText(node)) return ''
  const [element, parts] = built.get(name) ?? []
  if (element && parts)
    return `<${element}>${parts.map((part) => argumentOf(node, part)).join('')}</${element}>`
  if (name === 'm:m' || name === 'm:eqArr') return tableOf(node)
  if (name === 'm:r') return signsIn(node)
  if (name === 'm:rad') return rootOf(node)
  if (name === 'm:d') return fenced(node)
  if (name === 'm:nary') return large(node)
  if (name === 'm:acc') return marked(node, property(node, 'chr') ?? '\u0302', true)
  if (name === 'm:bar') return marked(node, '\u00af', property(node, 'pos') === 'top')
  // Boxes, functions, and what we do not know hold others together.
  return partsOf(node)
}

/** A number, letters or signs; ordinary words are not set as names. */
function signsIn(node: XmlNode): string {
  const isText = child(child(node, 'm:rPr'), 'm:nor') !== undefined
  const text = signsOf(node)
  if (isText) return `<mtext>${escapeText(text)}</mtext>`
  const isUpright = child(child(node, 'm:rPr'), 'm:sty')?.attributes['m:val'] === 'p'
  const pieces = text.match(/\d+(?:[.,]\d+)*|\p{L}\p{M}*|\s+|[^\s\p{L}\d]/gu) ?? []
  const whole = isUpright && /^\p{L}{2,}$/u.test(text) ? [text] : pieces
  return whole
    .map((piece) => {
      if (/^\s/.test(piece)) return ''
      if (/^\d/.test(piece)) return `<mn>${piece}</mn>`
      return /^\p{L}/u.test(piece) ? `<mi>${piece}</mi>` : operator(piece)
    })
    .join('')
}

function rootOf(node: XmlNode): string {
  const degree = argumentOf(node, 'm:deg')
  return degree === '<mrow></mrow>'
    ? `<msqrt>${argumentOf(node, 'm:e')}</msqrt>`
    : `<mroot>${argumentOf(node, 'm:e')}${degree}</mroot>`
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
  const limits = `${argumentOf(node, 'm:sub')}${argumentOf(node, 'm:sup')}`
  return `<mrow><${name}>${sign}${limits}</${name}>${argumentOf(node, 'm:e')}</mrow>`
}

/** A mark above or below. */
function marked(node: XmlNode, sign: string, isAbove: boolean): string {
  const parts = `${argumentOf(node, 'm:e')}${operator(sign)}`
  return isAbove ? `<mover accent="true">${parts}</mover>` : `<munder>${parts}</munder>`
}

/** The rows of a matrix have several arguments, those of equations below each other are one. */
function tableOf(node: XmlNode): string {
  const rows = elementsOf(node).filter(({ name }) => name === 'm:mr' || name === 'm:e')
  const cells = rows.map((row) => (row.name === 'm:e' ? [row] : elementsOf(row)))
  const written = cells.map((row) => row.map((cell) => `<mtd>${partsOf(cell)}</mtd>`).join(''))
  return `<mtable>${written.map((row) => `<mtr>${row}</mtr>`).join('')}</mtable>`
}
