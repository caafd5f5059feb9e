/** What readers wrote below a story goes; what the story itself has in a box that is called so stays. */
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { isProse, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { namesOf } from './page-classes.ts'
import { isOwnProse } from './page-own-prose.ts'
import { endsText, moveInto } from './page-rest.ts'

/** As most publishing systems name them. */
const comments =
  ':is(aside, div, ol, section, ul):is(#comments, .comments, .comments-area, .comment-list, .comment-wrapper), :is(article, div, li).comment, :is(article, div, li, section)[typeof~="schema:Comment"]'
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
  const own = boxes.slice(0, mostBoxes).filter((box) => isOwnProse(box, sizeOf))
  for (const box of own) {
    if (isAmongProse(box, sizeOf)) for (const name of ['class', 'id']) box.removeAttribute(name)
    else if (isHeaded(box)) {
      const text = textAbove(box, root, sizeOf)
      if (text) moveInto(text, box)
    }
  }
  for (const element of document.querySelectorAll(comments)) element.remove()
}

/** By a heading of the story's. */
function isHeaded(box: Element): boolean {
  const heading = box.querySelector('h2, h3, h4, p')
  return heading?.localName !== 'p' && !ofReaders.test(cleanLine(heading?.textContent ?? ''))
}

/** What the last paragraph above it stands in. */
function textAbove(box: Element, root: Element, sizeOf: SizeOf): Element | null {
  const all = [...root.querySelectorAll('p, div, section')]
  const above = all.slice(0, all.indexOf(box))
  const last = above.findLast((one) => one.localName === 'p' && endsText(one, sizeOf))
  return last?.parentElement ?? null
}

/** Readers write below the last paragraph. */
const isAmongProse = (
  { previousElementSibling: before, nextElementSibling: next }: Element,
  sizeOf: SizeOf,
) => [before, next].every((one) => one?.localName === 'p' && isProse(sizeOf(one)))
