/** Formulas of Word (Office Math, ECMA-376 part 1 §22.1) as MathML. */
import { escapeText } from '../../text.ts'
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

/** Names of the arguments of what is built of arguments, in the order that MathML has them. */
const built: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'm:f': ['mfrac', ['m:num', 'm:den']],
  'm:sSup': ['msup', ['m:e', 'm:sup']],
  'm:sSub': ['msub', ['m:e', 'm:sub']],
  'm:sSubSup': ['msubsup', ['m:e', 'm:sub', 'm:sup']],
  'm:limLow': ['munder', ['m:e', 'm:lim']],
  'm:limUpp': ['mover', ['m:e', 'm:lim']],
}

/** All that is in an element, a formula or one argument of it. */
const partsOf = (node: XmlNode | undefined): string => elementsOf(node).map(partOf).join('')

/** An argument as one element. */
const rowOf = (node: XmlNode, name: string) => `<mrow>${partsOf(child(node, name))}</mrow>`

const property = (node: XmlNode, name: string) =>
  child(child(node, `${node.name}Pr`), `m:${name}`)?.attributes['m:val']

const operator = (sign: string) => (sign === '' ? '' : `<mo>${escapeText(sign)}</mo>`)

function partOf(node: XmlNode): string {
  const { name } = node
  const [element, parts] = built[name] ?? []
  if (element && parts)
    return `<${element}>${parts.map((part) => rowOf(node, part)).join('')}</${element}>`
  if (name === 'm:r') return runOf(node)
  if (name.endsWith('Pr')) return ''
  if (name === 'm:rad') return rootOf(node)
  if (name === 'm:d') return fenced(node)
  if (name === 'm:nary') return large(node)
  if (name === 'm:func') return `${rowOf(node, 'm:fName')}<mo>&#x2061;</mo>${rowOf(node, 'm:e')}`
  if (name === 'm:acc')
    return `<mover accent="true">${rowOf(node, 'm:e')}${operator(property(node, 'chr') ?? '\u0302')}</mover>`
  if (name === 'm:bar') return barred(node, '\u00af', property(node, 'pos') === 'top')
  if (name === 'm:groupChr')
    return barred(node, property(node, 'chr') ?? '\u23df', property(node, 'pos') === 'top')
  if (name === 'm:sPre')
    return `<mmultiscripts>${rowOf(node, 'm:e')}<mprescripts></mprescripts>${rowOf(node, 'm:sub')}${rowOf(node, 'm:sup')}</mmultiscripts>`
  if (name === 'm:m')
    return tableOf(
      elementsOf(node)
        .filter((one) => one.name === 'm:mr')
        .map(elementsOf),
    )
  if (name === 'm:eqArr')
    return tableOf(
      elementsOf(node)
        .filter((one) => one.name === 'm:e')
        .map((one) => [one]),
    )
  // Boxes, phantoms, changes that somebody has made, and what we do not know hold others together.
  return name === 'w:del' || name === 'w:moveFrom' ? '' : partsOf(node)
}

/** A number, letters or signs; ordinary words are not set as names. */
function runOf(node: XmlNode): string {
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
  const degree = child(node, 'm:deg')
  return signsOf(degree ?? node) !== '' && degree && elementsOf(degree).length > 0
    ? `<mroot>${rowOf(node, 'm:e')}${rowOf(node, 'm:deg')}</mroot>`
    : `<msqrt>${rowOf(node, 'm:e')}</msqrt>`
}

function fenced(node: XmlNode): string {
  const [open, close] = [property(node, 'begChr') ?? '(', property(node, 'endChr') ?? ')']
  const between = operator(property(node, 'sepChr') ?? '|')
  const parts = elementsOf(node).filter((one) => one.name === 'm:e')
  return `<mrow>${operator(open)}${parts.map(partsOf).join(between)}${operator(close)}</mrow>`
}

/** A sum, an integral and their like, with its limits. */
function large(node: XmlNode): string {
  const sign = `<mo largeop="true">${escapeText(property(node, 'chr') ?? '\u222b')}</mo>`
  const isAside = (property(node, 'limLoc') ?? 'subSup') === 'subSup'
  const [element, under, over] = isAside
    ? ['msubsup', 'msub', 'msup']
    : ['munderover', 'munder', 'mover']
  const isThere = (name: string) =>
    child(node, name) !== undefined && signsOf(child(node, name) ?? node) !== ''
  const [low, high] = [
    isThere('m:sub') ? rowOf(node, 'm:sub') : '',
    isThere('m:sup') ? rowOf(node, 'm:sup') : '',
  ]
  const base = low !== '' && high !== '' ? element : low !== '' ? under : over
  const limited = low + high === '' ? sign : `<${base}>${sign}${low}${high}</${base}>`
  return `<mrow>${limited}${rowOf(node, 'm:e')}</mrow>`
}

function barred(node: XmlNode, sign: string, isAbove: boolean): string {
  const name = isAbove ? 'mover' : 'munder'
  return `<${name}>${rowOf(node, 'm:e')}${operator(sign)}</${name}>`
}

const tableOf = (rows: readonly (readonly XmlNode[])[]) =>
  `<mtable>${rows
    .map((cells) => `<mtr>${cells.map((cell) => `<mtd>${partsOf(cell)}</mtd>`).join('')}</mtr>`)
    .join('')}</mtable>`
