/** What readers wrote below a story goes; what the story itself has in a box that is called so stays. */
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { isProse, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { namesOf } from './page-classes.ts'
import { isOwnProse } from './page-own-prose.ts'

/** As most publishing systems name them. */
const comments =
  ':is(aside, div, ol, section, ul):is(#comments, .comments, .comments-area, .comment-list)'
const named = /(?:^| )comments?(?: |$)/

/** A page has fewer. */
const mostBoxes = 300

/** Above what readers wrote, or may write. */
const ofReaders =
  /comment|coment|kommentar|commenti|comentári|yorum|opini|repl(?:y|ies)|respon[sd]|réponse|antwort|discuss|diskussion|conversation|react|réact|thoughts|feedback|комментари|отзыв|تعليق|评论|評論|コメント|댓글/iu

/** Takes out what readers wrote, and the names from what only has such a name. */
export function removeComments(document: Document): void {
  const root = document.querySelector('body') ?? document.querySelector('html')
  if (!root) return
  const sizeOf = sizesIn(root)
  const boxes = [...root.querySelectorAll('div, section')].filter((one) => named.test(namesOf(one)))
  for (const box of boxes.slice(0, mostBoxes)) {
    if (!isOwnProse(box, sizeOf) || !(isHeaded(box) || isAmongProse(box, sizeOf))) continue
    for (const name of ['class', 'id']) box.removeAttribute(name)
  }
  for (const element of document.querySelectorAll(comments)) element.remove()
}

/** By a heading of the story's. */
function isHeaded(box: Element): boolean {
  const heading = box.querySelector('h2, h3, h4, p')
  return heading?.localName !== 'p' && !ofReaders.test(cleanLine(heading?.textContent ?? ''))
}

/** Readers write below the last paragraph. */
const isAmongProse = (
  { previousElementSibling: before, nextElementSibling: next }: Element,
  sizeOf: SizeOf,
) => [before, next].every((one) => one?.localName === 'p' && isProse(sizeOf(one)))
