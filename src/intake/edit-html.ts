/** Changes some elements of HTML that nobody has checked yet, and leaves every other character as it was written. */
import { Parser } from 'htmlparser2'
import type { Attributes } from '../html.ts'
import { escapeAttribute } from '../text.ts'
import { deepestInPage, mostElementsInAll } from './nesting.ts'

export interface StartTag {
  readonly name: string
  readonly attributes: Attributes
  /** Where it begins, and where it ends. */
  readonly start: number
  readonly end: number
}

export interface EndTag {
  readonly name: string
  readonly start: number
  readonly end: number
  /** Nobody wrote it. */
  readonly isImplied: boolean
}

export interface Edit {
  readonly start: number
  readonly end: number
  html: string
}

/** What is to stand in place of parts of HTML. */
export class Edits {
  /** In the order of the HTML. */
  readonly #edits: Edit[] = []

  /** In place of what has no other edit within it. @returns the edit, whose HTML may change yet */
  put(start: number, end: number, html: string): Edit {
    const edit = { start, end, html }
    let at = this.#edits.length
    while (at > 0 && (this.#edits[at - 1]?.start ?? 0) > start) at -= 1
    this.#edits.splice(at, 0, edit)
    return edit
  }

  /** In place of all that was read last, and of the edits in it. @returns as `put` does */
  replace(start: number, end: number, html: string): Edit {
    while ((this.#edits.at(-1)?.start ?? -1) >= start) this.#edits.pop()
    return this.put(start, end, html)
  }

  applied(html: string): string {
    let edited = ''
    let at = 0
    for (const edit of this.#edits) {
      edited += html.slice(at, edit.start) + edit.html
      at = edit.end
    }
    return edited + html.slice(at)
  }
}

/** So much is read before it is asked whether it has become too much. Characters. */
const portion = 16_384

/**
 * Reads HTML tag by tag, by the parser that cleans it afterwards. Every start tag has its end tag.
 * @returns false when it is nested deeper or has more elements than any article, and was not read on
 */
export function readTags(
  html: string,
  on: { readonly open: (tag: StartTag) => void; readonly close: (tag: EndTag) => void },
): boolean {
  let depth = 0
  let count = 0
  let isTooMuch = false
  // The parser takes what stands behind the name in an end tag, as in `</a >`, for a part of the next tag.
  const afterTag = (at: number) => html.indexOf('>', at) + 1 || html.length
  const startOf = (at: number) => (html[at] === '<' ? at : afterTag(at))
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1
      count += 1
      isTooMuch ||= depth > deepestInPage || count > mostElementsInAll
      const start = startOf(parser.startIndex)
      on.open({ name, attributes, start, end: parser.endIndex + 1 })
    },
    onclosetag(name, isImplied) {
      depth -= 1
      const start = startOf(parser.startIndex)
      const end = isImplied ? parser.endIndex + 1 : afterTag(parser.endIndex)
      on.close({ name, start, end, isImplied })
    },
  })
  for (let at = 0; at < html.length && !isTooMuch; at += portion) {
    parser.write(html.slice(at, at + portion))
  }
  if (!isTooMuch) parser.end()
  return !isTooMuch
}

/** A start tag. @param attributes those without a value are left out */
export const startTag = (name: string, attributes: Readonly<Record<string, string | undefined>>) =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeAttribute(value)}"`))
    .join('')}>`
