/** Words in a page that nobody sees: said to screen readers alone, or labels of buttons. */
import { cleanLine } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'
import { sizesIn } from '../lines/page-sizes.ts'
import { classesOf } from './page-classes.ts'

const hidden =
  /^(?:[a-z]+-)*(?:sr-only|screen-?reader(?:-text|-only)?|visually-?hidden|(?:text|content|element)-(?:hidden|invisible)|hide-(?:completely|visually|accessib(?:le|ly)|text)|hidden-visually|hidden-text|a11y-hidden|show-for-sr|assistive-text|off-?screen)$/

/** Of a link that leaves the page, and of a caption that can be folded. */
const labels =
  /^(?:\((?:öffnet (?:in|im) (?:einem )?neue[nm] (?:Fenster|Tab)|opens in (?:a )?new (?:window|tab)|s['’]ouvre dans (?:une nouvelle fenêtre|un nouvel onglet)|se abre en una? nuev[oa] (?:ventana|pestaña))\)|(?:hide|toggle) caption)$/i

/** What stands in a page until its script has put something there, or tells a script how wide the window is. */
const marks = /^(?:placeholder(?: image)?[ -]?\d*|for(?:-[a-z]+){2,5})$/i

/** Of a link to pictures that are elsewhere. */
const slides =
  /^(?:slideshow|gallery|diashow|bildstrecke) ?\( ?\d+ (?:images|photos|pictures|bilder) ?\)$/i

/** A sentence that is hidden may be the story's. */
const longest = 100

/** What has words of its own in a line; cells and items are wholes. */
const inLine = 'a, b, div, em, figcaption, h2, h3, h4, h5, h6, i, p, small, span, strong'

/** What is said in a film, which can be opened beside its player. */
const transcripts = '[data-testid*="transcript" i]'

/** @param headings that may be the story's, which stay */
export function removeHiddenWords(root: Element, headings: readonly Element[]): void {
  for (const element of root.querySelectorAll(transcripts)) {
    element.closest('[role="region"]')?.remove()
  }
  const sizeOf = sizesIn(root)
  const own = new Set(headings)
  for (const element of root.querySelectorAll(inLine)) {
    if (own.has(element)) continue
    const { text, shown } = sizeOf(element)
    if (text === 0 || text > longest || shown > 0) continue
    const isHidden = classesOf(element).some((name) => hidden.test(name))
    if (isHidden ? !element.querySelector(wholes) : isLabel(element)) element.remove()
  }
}

const wholes = 'img, h1, h2, h3, ul, ol'

function isLabel(element: Element): boolean {
  const name = element.localName
  if (name === 'p' || name === 'a' || /^h\d$/.test(name)) return false
  const text = cleanLine(element.textContent)
  if (name === 'figcaption') return slides.test(text)
  if ((name === 'div' || name === 'span') && marks.test(text)) return true
  return (name === 'span' || name === 'b') && labels.test(text)
}
