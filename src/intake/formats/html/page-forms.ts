/** Forms in a page that ask for an address of mail: to subscribe, to sign in, to comment. */
import type { Element } from '../lines/page-elements.ts'
import { isProse, outermost, type SizeOf, sizesIn } from '../lines/page-sizes.ts'

const addresses = 'input[type="email" i], input[name*="email" i], input[name="EMAIL"]'

/** A page has fewer. */
const mostForms = 50
/** What is longer is no box around a form. */
const longestBox = 400
/** Boxes beside a story have no more of the page's text together: some pages are a form as a whole. */
const most = 1 / 4

/** What boxes say that ask a reader for something, also where the form was made by a script. */
export const requests =
  /\b(?:newsletters?|(?:in|mail)box|e-?mails?|sign(?:ed)? up|subscri\w+|cookies? (?:to|and)|uses? cookies|advertisements?|sponsored)\b/i

/** What is asked of those who may not read on. */
export const walls =
  /(?<!\p{L})(?:sign[ -]in or|(?:create|have) an account|(?:sign|log)[ -]in (?:to|here)|register (?:now|to)|subscribe (?:now|to|today)|(?:already|become) an? (?:paid |paying )?(?:subscriber|member)|(?:for|reserved for|only for) (?:paid |paying )?(?:subscribers|members)|to unlock|jetzt (?:abonnieren|anmelden|registrieren)|bereits (?:abonnent|registriert)|(?:nur )?für abonnent|abonnez-vous|déjà abonné|réservé aux? abonné|connectez-vous|suscríbete|(?:ya eres|solo para|para) suscriptor|inicia sesión|abbonati|già abbonato|assine (?:já|agora|para)|já é assinante|abone ol|üye girişi|giriş yap|word abonnee|al abonnee|подпишитесь|войдите)/iu

/** @param headings that may be the story's, which no form has in it */
export function removeForms(root: Element, headings: readonly Element[]): void {
  const sizeOf = sizesIn(root)
  const boxes = [...root.querySelectorAll(addresses)]
    .slice(0, mostForms)
    .map((input) => boxAround(input, root, sizeOf))
    .filter((box) => sizeOf(box).shown === 0 && !headings.some((one) => box.contains(one)))
  const outer = outermost(boxes)
  const sum = outer.reduce((text, box) => text + sizeOf(box).text, 0)
  if (sum <= most * sizeOf(root).text) for (const box of outer) box.remove()
}

/** The form with what stands beside it in the same box and asks as well. */
function boxAround(input: Element, root: Element, sizeOf: SizeOf): Element {
  let box = input.closest('form') ?? input
  for (
    let outer = box.parentElement;
    outer && outer !== root && isRequest(outer, sizeOf);
    outer = outer.parentElement
  ) {
    box = outer
  }
  return box
}

const isRequest = (box: Element, sizeOf: SizeOf) =>
  sizeOf(box).text <= longestBox && asks(wordsIn(box)) && onlyAsks(box, sizeOf)

const asks = (text: string) => requests.test(text) || walls.test(text)

/** Whether no paragraph in it says anything else. */
const onlyAsks = (box: Element, sizeOf: SizeOf) =>
  [...box.querySelectorAll('p')].every((one) => !isProse(sizeOf(one)) || asks(one.textContent))

/** What is asked of those who may not read on is longer, as it lists what is offered. */
const longestWall = 4000

/** Whether it asks to sign in or to pay, and says nothing else. */
export const isWall = (box: Element, sizeOf: SizeOf) =>
  sizeOf(box).text <= longestWall &&
  box.querySelector('ol, pre, table') === null &&
  walls.test(wordsIn(box)) &&
  onlyAsks(box, sizeOf)

/** Its text without scripts, which are far longer than that. */
function wordsIn(element: Element): string {
  let words = ''
  for (const node of element.childNodes) {
    if (node.nodeType === 3) words += node.textContent
    if (node.nodeType !== 1) continue
    const inner = node as Element
    if (inner.localName !== 'script' && inner.localName !== 'style') words += wordsIn(inner)
  }
  return words
}
