/** A text of which parts are replaced from its beginning to its end. */
import { RejectionError } from '../../rejection.ts'
import { lineStart } from './code-places.ts'

/** Each may become a film's player: more would make a huge text of a small one. */
const mostReplaced = 5000

export function createRewriting(text: string) {
  const pieces: string[] = []
  let done = 0
  let count = 0

  /**
   * Puts something else there.
   * @returns where to go on
   * @throws RejectionError when there are far more than in an article
   */
  function put(from: number, to: number, replacement: string): number {
    count += 1
    if (count > mostReplaced) {
      throw new RejectionError(
        `the text has more than ${mostReplaced} shortcodes, far more than an article`,
        'Take out what is no text, or split it into several articles.',
      )
    }
    pieces.push(text.slice(done, from), replacement)
    done = to
    return to
  }

  /** Whether nothing else stands on its line. */
  const isAlone = (from: number, to: number) =>
    /^[\s>]*$/.test(text.slice(lineStart(text, from), from)) &&
    /^[ \t]*(?:\r?\n|$)/.test(text.slice(to, to + 100))

  return {
    put,
    isAlone,
    /** Where what was put there last ends. */
    done: () => done,
    /**
     * Leaves out what would have been words: with its line where nothing else stands there, since an empty line would end
     * the HTML or the paragraph around it; what stands alone in an item of a list leaves a comment, since what is below would
     * not belong to an empty one.
     */
    drop(from: number, to: number): number {
      const isItem = /^[ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]+$/.test(
        text.slice(lineStart(text, from), from),
      )
      if (isItem && /^[ \t]*(?:\r?\n|$)/.test(text.slice(to, to + 100)))
        return put(from, to, '<!---->')
      const lineEnd = lineStart(text, from) - 1
      return put(isAlone(from, to) && lineEnd >= done ? lineEnd : from, to, '')
    },
    /** As `put`: HTML on lines of its own ends where Markdown goes on. */
    putHtml: (from: number, to: number, html: string) =>
      put(from, to, html !== '' && isAlone(from, to) ? `${html}\n` : html),
    /** All of it. */
    result: () => pieces.join('') + text.slice(done),
  }
}

export type Rewriting = ReturnType<typeof createRewriting>
