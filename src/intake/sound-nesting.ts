/**
 * Takes out tags where browsers would end other elements for them than our parser does: parts of tables
 * without a table, anything but them between the cells, list items straight in list items, HTML in formulas,
 * and parts of formulas elsewhere; and makes a block of a summary without what it is of. The end tags that are left over would then end elements of the page around
 * the article.
 */
import { type Change, changeHtml, voidElements } from '../html.ts'
import { wordSet } from '../text.ts'
import { isBlock, keptApart } from './apart.ts'
import { formulaElements, formulaTexts, isOfFormula } from './formulas.ts'

const cells = ['td', 'th']
const groups = ['thead', 'tbody', 'tfoot']
/** What may be in a part of a table that is not for text. */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  table: ['caption', 'colgroup', 'col', ...groups, 'tr', ...cells],
  colgroup: ['col'],
  ...Object.fromEntries(groups.map((name) => [name, ['tr', ...cells]])),
  tr: cells,
}
const parts = new Set(Object.values(partsOf).flat())
const forText = new Set([...cells, 'caption'])

/** A second item of these, in nothing but these, ends the first (html.spec.whatwg.org, "in body"). */
const items: Readonly<Record<string, readonly string[]>> = {
  li: ['li'],
  dd: ['dd', 'dt'],
  dt: ['dd', 'dt'],
}
const passedOver = wordSet('div p a b code em i s small strong u')

const hasNeed = new RegExp(
  `<(?:summary|table|caption|col|colgroup|thead|tbody|tfoot|tr|t[dh]|li|d[dt]|${Object.keys(formulaElements).join('|')})[\\s>]`,
)

/** @param html safe HTML as our parser reads it */
export const withSoundNesting = (html: string): string =>
  hasNeed.test(html) ? changeHtml(html, soundNesting) : html

const soundNesting: Change = (next) => {
  const kept = keptApart(next)
  /** Open elements, and whether their tags stay. */
  const open: { readonly name: string; readonly stays: boolean }[] = []

  function mayStand(name: string): boolean {
    const nearest = open.findLast((one) => one.stays)?.name
    // Whatever stays within a formula is a part of it.
    if (nearest !== undefined && isOfFormula(nearest)) {
      return isOfFormula(name) && name !== 'math' && !formulaTexts.has(nearest)
    }
    if (isOfFormula(name) && name !== 'math') return false
    const around = open.findLast(
      (one) => one.stays && (one.name === 'table' || parts.has(one.name)),
    )
    const inTable = around && !forText.has(around.name) ? partsOf[around.name] : undefined
    if (inTable) return inTable.includes(name) || (voidElements.has(name) && name !== 'col')
    return !parts.has(name) && !endsAnother(name)
  }

  function endsAnother(name: string): boolean {
    const others = items[name]
    if (!others) return false
    const nearest = open.findLast((one) => one.stays && !passedOver.has(one.name))
    return nearest !== undefined && others.includes(nearest.name)
  }

  /** Parsers do not agree on a summary that is none of what folds. */
  function nameHere(name: string): string {
    const around = open.findLast((one) => one.stays)?.name
    return name === 'summary' && around !== 'details' ? 'div' : name
  }

  return {
    open(written, attributes) {
      const name = nameHere(written)
      const stays = mayStand(name)
      open.push({ name, stays })
      if (stays) kept.open(name, attributes)
      else if (isBlock(name)) kept.part()
    },
    close(written) {
      const { name, stays } = open.pop() ?? { name: written, stays: false }
      if (stays) kept.close(name)
      else if (isBlock(name)) kept.part()
    },
    text: (text) => kept.text(text),
  }
}
