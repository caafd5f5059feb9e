/** Boxes that ask a reader to become a member or to log in, told by their sentences, whatever they are named. */
import { cleanLine } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'
import { outermost, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { isTold } from './story-told.ts'

/** What only a page can be meant by. */
const reading =
  'unlock|access|get (?:full|unlimited)|unlimited|(?:continue|keep) reading(?! (?:the|his|her|their))|read (?:on\\b(?! (?:an?|the|his|her|their)\\b)|more|all|every|(?:the rest of )?this (?:article|post|story)|the (?:rest|full (?:article|post|story)))'

/** What asks, or says who alone may read on. */
const asks = new RegExp(
  `^(?:${[
    '(?:(?:please|or|and|now) )?(?:become|join) (?:as )?an? (?:[a-z]+ )?(?:member|subscriber|supporter)(?!s|ship| of (?!ours))\\b',
    '(?:already|not(?: yet)?|are you(?: already)?) an? (?:[a-z]+ )?(?:member|subscriber)\\?',
    "(?:already have|have|don[’']t have|no) an account(?: yet)?\\?|already (?:subscribed|registered)\\?",
    '(?:please )?(?:log|sign)[ -]?in(?: here| now)?(?: (?:or|to) .{1,80})?$',
    `(?:please )?(?:subscribe|sign up|register|upgrade|join)(?: (?:now|today|here|for free))?(?: (?:to|and|for) (?:${reading})[^:]{0,80})?$`,
    'this (?:article|content|page|post|story) is (?:(?:available|open|reserved) )?(?:only )?(?:for|to) (?:our )?(?:[a-z]+ )?(?:members|subscribers)(?: only)?$',
    '(?:only )?(?:members|subscribers) (?:only|can read (?:on|this|the (?:rest|full)).{0,40})$',
    `you (?:must|need to|have to) (?:first )?(?:be )?(?:an? |log|sign|subscri|register)[^:]{0,60} to (?:${reading}|view|see|comment)\\b`,
    `(?:to|want to) (?:${reading})[^,]{0,40}[,?] (?:(?:please|just|you (?:must|need to)) )?(?:log|sign|subscri|become|register|create|join)`,
    "you(?:[’']ve| have) (?:read|reached|used)(?: up)?(?: all(?: of)?)? (?:your|our|the)\\b.{0,40}\\b(?:free|limit)\\b",
    'jetzt (?:mitglied werden|abonnieren|anmelden|registrieren)|(?:sie sind )?(?:bereits|schon) (?:mitglied|abonnent(?:in)?|registriert)\\?|(?:um )?weiter ?(?:zu ?)?lesen.{0,40}(?:anmelden|abonnieren|registrieren)',
    'abonnez-vous pour (?:lire|continuer)|déjà (?:abonnée?|membre|inscrite?) ?\\?|connectez-vous(?: pour .{1,60})?$',
    '(?:suscríbete|hazte (?:socio|miembro)) para (?:leer|seguir)|¿ya eres (?:suscriptora?|soci[oa]|miembro)\\?|inicia sesión(?: para .{1,60})?$',
  ].join('|')})`,
  'iu',
)

/** What stands beside it in the same box: to the reader, or of the price. */
const offers =
  /(?<!\p{L})(?:you|your|we|our|us|unlimited|cancel|free trial|(?:a|per) (?:month|week|year)|sie|ihr\p{L}{0,2}|uns\p{L}{0,3}|vous|votre|nous|notre|tu|su|nuestr[oa]s?)(?!\p{L})/iu

/** What it is all about. */
const ofSite =
  /\b(?:articles?|content|posts?|stor(?:y|ies)|read(?:ing)? (?:on|more|all)|keep reading|continue reading|log ?in|sign ?in|account|journalism|unlimited)\b|(?<!\p{L})(?:artikel|weiter ?(?:zu ?)?lesen|anmelden|connectez|articles?|inicia|leer)(?!\p{L})/iu

/** A story that is about that has lines of these words. */
const subject =
  /\b(?:members?|membership|subscri\w+|log ?in|sign(?:ing)? ?in|accounts?|paywalls?)\b|mitglied|abonn/i

const asking = 'p, div, section, aside'
const wholes = 'blockquote, figure, pre, table, ol, dl'

/** A box lists what is offered; a heading or a button in it says less. */
const longest = 600
const shortest = 40
/** A page has one, or one more at its end: where there are more the page is about that. */
const mostBoxes = 3
/** Beside a story they have no more of the page's text together. */
const most = 1 / 4

/** @param headings that may be the story's, which no box has in it */
export function removeWalls(root: Element, headings: readonly Element[]): void {
  if (headings.some((heading) => subject.test(heading.textContent))) return
  const sizeOf = sizesIn(root)
  const isOwn = (box: Element) => headings.some((heading) => box.contains(heading))
  const lines = [...root.querySelectorAll(asking)].filter(
    (one) => sizeOf(one).text > 0 && sizeOf(one).text <= longest && isWall(one),
  )
  const boxes = outermost(lines).map((line) => boxAround(line, root, sizeOf))
  const found = outermost([...new Set(boxes)]).filter((box) => !isOwn(box))
  const sum = found.reduce((text, box) => text + sizeOf(box).text, 0)
  if (found.length > mostBoxes || sum > most * sizeOf(root).text) return
  for (const box of found) box.remove()
}

/** Whether the sentences of a line or a box ask, and say nothing else. */
function isWall(element: Element): boolean {
  if (element.closest(wholes) || element.querySelector(wholes)) return false
  const text = cleanLine(wordsIn(element))
  if (!ofSite.test(text) || isTold(text) || /["“”«»„]/.test(text)) return false
  const sentences = text.split(/(?<=[.!?…])\s+/u).map((one) => one.replace(/\s*[.!…]+$/u, ''))
  const all = sentences.filter((one) => one !== '')
  return all.some((one) => asks.test(one)) && all.every((one) => asks.test(one) || offers.test(one))
}

/** What stands in a block, or begins a link with a capital, is a sentence of its own. */
function wordsIn(element: Element): string {
  let text = ''
  for (const node of element.childNodes) {
    if (node.nodeType === 3) text += node.textContent
    if (node.nodeType !== 1 || unread.has((node as Element).localName)) continue
    const words = wordsIn(node as Element)
    const isPart = inLine.has((node as Element).localName) && !/^\s*\p{Lu}/u.test(words)
    text += isPart ? words : ` . ${words} . `
  }
  return text
}

const unread = new Set(['script', 'style', 'noscript', 'template'])
const inLine = new Set(['a', 'b', 'em', 'i', 'span', 'strong'])

/** With a heading and buttons that are in the same box. */
function boxAround(line: Element, root: Element, sizeOf: SizeOf): Element {
  let box = line
  for (
    let outer = box.parentElement;
    outer && outer !== root && isBox(outer, sizeOf);
    outer = outer.parentElement
  ) {
    box = outer
  }
  return box
}

const isBox = (box: Element, sizeOf: SizeOf) =>
  sizeOf(box).text <= longest &&
  box.querySelector(wholes) === null &&
  [...box.querySelectorAll('p, li')].every(
    (one) => sizeOf(one).text <= shortest || isWall(one) || offers.test(cleanLine(one.textContent)),
  )
