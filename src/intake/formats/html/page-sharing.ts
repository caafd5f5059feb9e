/** Links by which readers tell others of a page. */
import { cleanLine } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'
import { outermost, type SizeOf } from '../lines/page-sizes.ts'
import { isTool } from './story-words.ts'

const sharing =
  /^(?:https?:)?\/\/(?:www\.|m\.|api\.)?(?:facebook\.com\/(?:sharer?|dialog)\b|(?:twitter|x)\.com\/(?:intent|share)\b|linkedin\.com\/share|whatsapp\.com\/send|wa\.me\/\?|t\.me\/share|telegram\.me\/share|reddit\.com\/submit|pinterest\.[a-z.]+\/pin\/create|bsky\.app\/intent)|^(?:mailto:\?|whatsapp:)/i

const isToShare = (link: Element) =>
  sharing.test(link.getAttribute('href') ?? '') || isTool(cleanLine(link.textContent))

/** The boxes in an element that have nothing in them but such links. */
export function sharingIn(element: Element, sizeOf: SizeOf): Element[] {
  const boxes = [...element.querySelectorAll('div, footer, nav, ol, p, span, ul')].filter((box) => {
    const { text, linked, shown } = sizeOf(box)
    return text > 0 && linked === text && shown === 0
  })
  return outermost(boxes).filter((box) => [...box.querySelectorAll('a')].every(isToShare))
}
