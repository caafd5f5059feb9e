/** Footnotes: `text[^1]` and `[^1]: the note`, each with a link to the other. */
import type { MarkdownIt, StateInline, Token } from 'markdown-it'
import { RejectionError } from '../../rejection.ts'

/** The plugin takes time that grows with the square of their number. */
const mostNotes = 2000

/** What is no mark here is none for the plugin, which would look for its end as far as there is no blank. */
const mark = /\[\^[^\]\s]{1,100}\]/y

/** @throws RejectionError when there are far more than in an article */
export function refuseManyNotes(text: string): void {
  const count = text.match(/^[ \t>]*\[\^[^\]\s]{1,100}\]:|\^\[/gm)?.length ?? 0
  if (count <= mostNotes) return
  throw new RejectionError(
    `the text has ${count} footnotes; it may have ${mostNotes}`,
    'Split it into several articles.',
  )
}

function passLongMark(state: StateInline, isSilent: boolean): boolean {
  if (!state.src.startsWith('[^', state.pos)) return false
  mark.lastIndex = state.pos
  if (mark.test(state.src)) return false
  if (!isSilent) state.pending += '[^'
  state.pos += 2
  return true
}

/** `/^[a-z]$/` and `'^[^,]'`: expressions of programs, which are ranges and signs, and no notes. */
const notNote =
  /\^\[(?:\^|(?=[^\]]{0,50}(?:[A-Za-z\d]-[A-Za-z\d]|\\[dsw]))(?:[A-Za-z\d]-[A-Za-z\d]|\\.|[^\p{L}\p{N}\s\]]){1,50}\])/uy

function passExpression(state: StateInline, isSilent: boolean): boolean {
  if (!state.src.startsWith('^[', state.pos)) return false
  notNote.lastIndex = state.pos
  if (!/["'/`(|]/.test(state.src[state.pos - 1] ?? '') || !notNote.test(state.src)) return false
  if (!isSilent) state.pending += '^'
  state.pos += 1
  return true
}

type Meta = {
  readonly id: number
  readonly subId?: number
}

function idsOf({ meta }: Token): { note: string; ref: string; number: number } {
  const { id, subId = 0 } = meta as Meta
  const number = id + 1
  return { number, note: `note-${number}`, ref: `ref-${number}${subId > 0 ? `-${subId}` : ''}` }
}

/** Characters that the plugin's tokens become, about. */
export const lengthOfNote = 80

/** @param footnote the plugin */
export function notes(markdownIt: MarkdownIt, footnote: (markdownIt: MarkdownIt) => void): void {
  footnote(markdownIt)
  markdownIt.inline.ruler.before('footnote_ref', 'long_mark', passLongMark)
  markdownIt.inline.ruler.before('footnote_inline', 'expression', passExpression)
  const { rules } = markdownIt.renderer
  const own: typeof rules = {
    footnote_ref: (tokens, at) => {
      const { number, note, ref } = idsOf(tokens[at] as Token)
      return `<sup><a href="#${note}" id="${ref}">${number}</a></sup>`
    },
    footnote_block_open: () => '<hr>\n<ol>\n',
    footnote_block_close: () => '</ol>\n',
    footnote_open: (tokens, at) => `<li id="${idsOf(tokens[at] as Token).note}">`,
    footnote_anchor: (tokens, at) => ` <a href="#${idsOf(tokens[at] as Token).ref}">↩\uFE0E</a>`,
  }
  Object.assign(rules, own)
}
