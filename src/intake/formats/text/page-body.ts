/** The story of a TRT World page: a paragraph a line, some of them subheadings and quotes. */
import type { TextBlock } from '../../raw-article.ts'
import { hasMoreWords, isSentence } from '../lines/page-words.ts'
import { isQuote, isSameTitle, isUpdate } from './page-title.ts'

/**
 * @param opening text that stands in the head of the page
 * @param lines of the story, below its head
 * @param title left out where the page repeats it once more above the story
 */
export function bodyBlocks(
  opening: readonly string[],
  lines: readonly string[],
  title: string,
): TextBlock[] {
  const isRepeated = isSameTitle(lines[0] ?? '', title)
  const story = [...opening, ...(isRepeated ? lines.slice(1) : lines)]
  const some = kindsOf(story, fewWords)
  const headings = some.filter((kind) => kind === 'heading').length
  const kinds = headings < manyHeadings ? some : kindsOf(story, moreWords)
  return story.map((text, at) => ({ kind: kinds[at] ?? 'paragraph', text }))
}

/** The most that a subheading has. */
const fewWords = { letters: 90, words: 12 }

/** On a page of so many parts, such as a live blog, each has a heading, which may be longer. */
const manyHeadings = 3
const moreWords = { letters: 150, words: 24 }

function kindsOf(lines: readonly string[], most: typeof fewWords): TextBlock['kind'][] {
  const isShort = lines.map((text) => isLikeHeading(text, most))
  return lines.map((text, at) => {
    if (isQuote(text)) return 'quote'
    if (isUpdate(text) && isHeadingOfUpdate(text) && at + 1 < lines.length) return 'heading'
    // Two short lines in a row are a list or a poem rather than headings; the last line heads nothing.
    const isAlone = !isShort[at - 1] && at + 1 < lines.length && !isShort[at + 1]
    return isShort[at] && isAlone ? 'heading' : 'paragraph'
  })
}

const isHeadingOfUpdate = (text: string) => text.length <= moreWords.letters && !isSentence(text)

/** A few words that start like a heading and do not end like a sentence. */
function isLikeHeading(text: string, most: typeof fewWords): boolean {
  return (
    text.length <= most.letters &&
    !text.includes('\n') &&
    !hasMoreWords(text, most.words) &&
    /^[‘“"'¿¡]?[^\p{Ll}]/u.test(text) &&
    /[\p{L}\p{N})?’'"”]$/u.test(text)
  )
}
