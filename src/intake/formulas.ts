/**
 * Formulas in HTML (MathML Core): what may be in them. Only elements that lay out numbers and signs, each
 * with attributes that say how; no links, no actions, nothing of another language, and no HTML: browsers end
 * a formula where HTML begins in it, or go on reading it in other ways than we do.
 */
import { wordSet } from '../text.ts'

/** Elements that hold text and no others. */
export const formulaTexts = wordSet('mi mn mo ms mtext')

const onOperators =
  'form fence separator stretchy symmetric largeop movablelimits lspace rspace minsize maxsize'

/** Elements of a formula, and what each may carry. */
export const formulaElements: Readonly<Record<string, string[]>> = {
  math: ['display'],
  mi: ['mathvariant'],
  mn: [],
  mo: onOperators.split(' '),
  ms: [],
  mtext: [],
  mspace: ['width', 'height'],
  mfrac: ['linethickness'],
  mtable: ['columnalign'],
  mtd: ['columnalign', 'columnspan', 'rowspan'],
  mstyle: ['displaystyle', 'scriptlevel'],
  menclose: ['notation'],
  mover: ['accent'],
  munder: ['accentunder'],
  munderover: ['accent', 'accentunder'],
  ...Object.fromEntries(
    'mrow msqrt mroot msub msup msubsup mmultiscripts mprescripts mtr mphantom none'
      .split(' ')
      .map((name) => [name, []]),
  ),
}

export const isOfFormula = (name: string) => Object.hasOwn(formulaElements, name)

/** Elements that only hold others together, or say what we do not take from them. */
export const renamedInFormulas: Readonly<Record<string, string>> = Object.fromEntries(
  'semantics maction mpadded merror mlabeledtr'
    .split(' ')
    .map((name) => [name, name === 'mlabeledtr' ? 'mtr' : 'mrow']),
)

/** Second spellings of a formula, and pictures in it. */
export const droppedInFormulas = ['annotation', 'annotation-xml', 'mglyph', 'malignmark']

/** A word or a small length: a larger one would lay a formula over the page around it. */
const soundValue = /^(?:[a-z][a-z -]{0,40}|-?\d{0,2}(?:\.\d{1,6})?(?:em|ex|px|pt)?)$/

/** The attributes without those that say something else. */
export const soundInFormulas = (attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, value]) => ['id', 'lang', 'dir'].includes(name) || soundValue.test(value),
    ),
  )
