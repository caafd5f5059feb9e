/** Keeps words apart of which the tags between them are taken out. */
import type { Pieces } from '../html.ts'
import { withinWords } from '../html-text.ts'
import { wordSet } from '../text.ts'
import { isOfFormula } from './formulas.ts'

export interface Apart extends Pieces {
  /** Something that stood between two words is not written. */
  part(): void
}

const media = wordSet('img audio video source')

/** Whether a line begins and ends with this element. */
export const isBlock = (name: string) =>
  !withinWords.has(name) && !media.has(name) && !isOfFormula(name)

/** Passes on what stays of HTML, with a blank where two words would become one. */
export function keptApart(next: Pieces): Apart {
  let endsInWord = false
  let isParted = false

  function meet(name: string): void {
    // No blank is needed between blocks, nor in a formula.
    if (!isBlock(name) && !isOfFormula(name)) return
    endsInWord = false
    isParted = false
  }

  return {
    open(name, attributes) {
      meet(name)
      next.open(name, attributes)
    },
    close(name) {
      meet(name)
      next.close(name)
    },
    text(text) {
      next.text(isParted && /^\S/.test(text) ? ` ${text}` : text)
      endsInWord = /\S/.test(text.at(-1) ?? '')
      isParted = false
    },
    part() {
      isParted ||= endsInWord
    },
  }
}
