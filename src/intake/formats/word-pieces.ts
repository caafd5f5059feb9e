/**
 * HTML that goes through mammoth as text: it knows no formulas, and which picture it is given it does not tell. In the text
 * stands the number of a piece between two signs that Unicode keeps for such uses.
 */

const mark = /\ufdd0(\d+)\ufdd1/g

/** Text in which nothing looks like a piece. */
export const withoutMarks = (text: string) => text.replace(/[\ufdd0\ufdd1]/g, '')

/** The pieces of one document. */
export class Pieces {
  readonly #html: string[] = []

  /** @returns the text that stands for it */
  put(html: string): string {
    this.#html.push(html)
    return `\ufdd0${this.#html.length - 1}\ufdd1`
  }

  /** The HTML in which the pieces are what they stand for. */
  putBack(html: string): string {
    return html.replace(mark, (_, number) => this.#html[Number(number)] ?? '')
  }
}
