/** The story of a TRT World page: a paragraph a line, some of them subheadings and quotes. */
import type { TextBlock } from '../raw-article.ts'
import { isSameTitle, type Line } from './page-head.ts'

/**
 * @param lines the lines between head and foot of the page
 * @param title left out where the page repeats it once more above the story
 */
export function bodyBlocks(lines: readonly Line[], title: string): TextBlock[] {
  const hasTitle = lines[0] !== undefined && isSameTitle(lines[0].text, title)
  const story = hasTitle ? lines.slice(1) : lines
  return story.map(({ text }, index) => ({
    kind: kindOf(text, story[index - 1]?.text, story[index + 1]?.text),
    text,
  }))
}

function kindOf(text: string, before: string | undefined, after: string | undefined) {
  if (isQuote(text)) return 'quote'
  if (!isShort(text)) return 'paragraph'
  // Two short lines in a row are a list or a poem rather than headings; the last line heads nothing.
  const isAlone =
    after !== undefined && !isShort(after) && (before === undefined || !isShort(before))
  return isAlone ? 'heading' : 'paragraph'
}

/** A few words that start like a heading and do not end like a sentence. */
function isShort(text: string): boolean {
  return (
    text.length <= 90 &&
    text.split(' ').length <= 12 &&
    /^[‘“"'¿¡]?[^\p{Ll}]/u.test(text) &&
    /[\p{L}\p{N})?’'"”]$/u.test(text)
  )
}

const quoteMarks: Readonly<Record<string, string>> = { '“': '”', '"': '"', '«': '»', '„': '“' }

/** A line that is one quotation from its first character to its last. */
function isQuote(text: string): boolean {
  const close = quoteMarks[text[0] ?? '']
  return close !== undefined && text.length > 2 && text.indexOf(close, 1) === text.length - 1
}
