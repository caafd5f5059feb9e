/** Lines that tell not to publish the text they stand in, such as "DO NOT PUBLISH" or "MANDATORY KILL". */
import { draftLabels, heldLabels, inHeldLabels } from '../../held-label.ts'
import type { Place } from './embargo-line.ts'
import { foldWord } from './page-word-lists.ts'
import { isOfHeldText, isOutIn } from './status-words.ts'
import { dateIn } from './written-date.ts'

/** `kill` takes back what is out already. */
export type Stop = 'hold' | 'kill'

/** By language, of words alone. */
const holds = [
  '(?:please )?(?:do not|don t) (?:publish|release|use|run|print|broadcast)(?: yet)?(?: this)?(?: story| article| text| copy)?',
  '(?:(?:this )?(?:story|article|text|copy|draft|document) (?:is )?)?(?:strictly )?not (?:yet )?(?:for|to be) (?:immediate |public |external )?(?:publication|release|use|broadcast|distribution|published|released|used)(?: (?:or|and) (?:publication|release|use|broadcast|distribution))?(?: yet)?',
  '(?:bitte )?(?:noch )?nicht (?:(?:zur|für die) )?(?:veröffentlichen|veröffentlichung|publizieren|senden|verwenden|verwendung|verbreiten|verbreitung)(?: bestimmt)?',
  '(?:à )?ne pas (?:publier|diffuser|utiliser)',
  '(?:por favor )?(?:no|não) (?:publicar|difundir|divulgar|utilizar)',
  '(?:da )?non (?:pubblicare|diffondere|utilizzare)',
  'niet (?:publiceren|verspreiden|gebruiken|voor publicatie)',
  '(?:lütfen )?(?:yayımlamayın|yayınlamayın|kullanmayın)(?:ız)?|yayımlanamaz|yayınlanamaz|yayımlanmasın|yayınlanmasın|kullanılmasın',
  'не (?:публиковать|использовать|распространять|для (?:публикации|печати|распространения))',
  '(?:ليس|غير|لا)(?: مخصص| معد| قابل)? للنشر|يمنع النشر|لا تنشر',
]
const text =
  'story|article|text|copy|meldung|artikel|beitrag|dépêche|texte|nota|noticia|artículo|despacho|texto|artigo|matéria|articolo|notizia|testo|bericht|tekst|haber|metin'
const kills = [
  '(?:mandatory )?kill(?: mandatory)?(?: (?:notice|advisory|order))?(?: (?:this |the )?(?:story|article|text|copy))?',
  `(?:please )?(?:kill|withdraw) (?:this |the )?(?:${text})`,
  `(?:(?:this |the |diese |dieser )?(?:${text}) )?(?:(?:is |has been |ist |wurde )?(?:withdrawn|zurückgezogen|ingetrokken))`,
  `(?:${text}) (?:(?:has been |is )?killed|retirée?|annulée?|retirad[oa]|anulad[oa]|ritirat[oa]|annullat[oa]|geri çekildi|iptal(?: edildi)?)`,
  '(?:материал|сообщение|новость|текст) (?:отозван[оа]?|аннулирован[оа]?)|отозвано|аннулировано',
  '(?:ال)?(?:خبر|مادة) (?:ملغى|ملغاة)',
]
/** What may stand beside these. */
const beside =
  'advisory|attention|urgent|bulletin|notice|note|editors?|eds|hold|embargoed|concept|confidential|internal|important|until further notice|achtung|wichtig|bis auf weiteres|jusqu à nouvel ordre|atención|hasta nuevo aviso|attenzione|atenção|let op|dikkat|внимание|تنبيه'

/** Capitals may be without accents. */
const folded = (words: string) =>
  foldWord(words)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')

const shapeOf = (orders: readonly string[]) => folded(orders.join('|'))
const other = shapeOf([beside, ...draftLabels])
const order = shapeOf([...holds, ...kills])
const stops = new RegExp(`^(?:(?:${other}) )*(?:${order})(?: (?:${order}|${other}))*$`)
const holding = new RegExp(
  `^(?:(?:${other}) )*(?:${shapeOf(heldLabels)})(?: (?:${shapeOf([...heldLabels, ...draftLabels])}|${order}|${other}))*$`,
)
const drafted = new RegExp(
  `^(?:${shapeOf(draftLabels)})(?: (?:${shapeOf([...heldLabels, ...draftLabels])}))*$`,
)
const kill = new RegExp(`(?:^| )(?:${shapeOf(kills)})(?: |$)`)

const wordsOf = (line: string) => (folded(line).match(/\p{L}+/gu) ?? []).join(' ')
const isInCapitals = (words: string) =>
  words === words.toUpperCase() && words !== words.toLowerCase()

/** What a line orders that says nothing else, in capitals; where a newsroom wrote it, in any letters but for one word alone. */
export function stopIn(line: string, place: Place): Stop | undefined {
  if (isHeldForm(line, place) || isLabel(line, place)) return 'hold'
  const isCapital = line === line.toUpperCase()
  if (!isCapital && place !== 'newsroom') return undefined
  // Scripts without capitals cannot tell an order from a headline.
  if (place === 'title' && line === line.toLowerCase()) return undefined
  const words = wordsOf(line)
  if (!stops.test(words) || !(isCapital || words.includes(' '))) return undefined
  return kill.test(words) ? 'kill' : 'hold'
}

/** Above a headline such a line may be in any letters, whoever wrote it. */
export function isHeldAbove(line: string, headline = ''): boolean {
  const words = wordsOf(line)
  const isSaid = isLabel(line, 'newsroom') || (words.includes(' ') && stops.test(words))
  return isSaid && !isKicker(line, headline)
}

/** "Draft" above "Draft day: who goes first". */
const isKicker = (line: string, headline: string) =>
  line !== line.toUpperCase() && wordsOf(headline).includes(wordsOf(line))

/** "STATUS: DRAFT"; in small letters a page may say that of something else. */
function isHeldForm(line: string, place: Place): boolean {
  const [written, state] = /^[\s*_[]*status[\s*_]*:[\s*_]*(.{1,60}?)[\s*_\].!]*$/i.exec(line) ?? []
  if (written === undefined || state === undefined || place === 'title') return false
  if (place === 'newsroom') return isOutIn(state) === false
  return isOfHeldText(state) && (place !== 'page' || isInCapitals(line))
}

/** "CONFIDENTIAL", "DRAFT"; a page may have the latter as a kicker, and a headline may begin with "HOLD". */
function isLabel(line: string, place: Place): boolean {
  if (place === 'title') return line.length < longestDraft && draftLabel.test(line)
  if (line.length > longestLabel || /\d{3}/.test(line)) return false
  if (place !== 'newsroom' && !isInCapitals(line)) return false
  const words = wordsOf(line)
  return holding.test(words) || (place !== 'page' && drafted.test(words))
}
const longestLabel = 60
const longestDraft = 30
const draftLabel =
  /^\P{L}*(?:DRAFT(?: [Vv]?\d{1,2})?|WIP|ENTWURF|BROUILLON|BORRADOR|BOZZA|RASCUNHO|TASLAK|ЧЕРНОВИК)\P{L}*$/u

/** What parts an order from its reason. */
const reasonSign = /\s*[:.!;([]\s*|\s+[–—-]+\s*/g
/** What newsrooms wait for. */
const waiting =
  /\b(?:legal|lawyers?|clear(?:ed|ance)|approv(?:ed|al)|verdict|sign(?:ed)?[- ]?off|sub(?:bed|s)|desk|editors?|further notice|embargo|confirm(?:ed|ation)|fact[- ]?check(?:ed)?|consent|permission|waiting|awaiting)\b/i
const until = /^(?:until|till|before|without|unless|pending|awaiting)\b/i
/** Behind these stands what is no reason, but what is not to be published. */
const isContact = /@|\d{5}|\bcontacts?\b|\btel\b|\bphone\b/i
/** Orders about a thing as much as about a text. */
const ofThings = /^(?:please )?(?:do not|don t) (?:use|run|print|broadcast)\b/

/** What a line orders that gives a reason behind it, or a day: "DO NOT PUBLISH – awaiting legal". */
export function stopWithReason(line: string, place: Place): Stop | undefined {
  if (!/\p{L}\P{L}+\p{L}/u.test(line) || isContact.test(line)) return undefined
  const splits = [...line.matchAll(reasonSign)].map(({ index, 0: sign }) => ({
    head: line.slice(0, index),
    reason: line.slice(index + sign.length),
    isSigned: true,
  }))
  const at = /\s(?=(?:until|till|before|without|unless|pending|awaiting)\b)/i.exec(line)?.index
  if (at !== undefined)
    splits.push({ head: line.slice(0, at), reason: line.slice(at + 1), isSigned: false })
  const found = splits.find(
    ({ head, reason, isSigned }) =>
      isLabelAndReason(head, reason, place) ||
      (isOrder(head, place) && (isSigned ? isReason(head, reason, place) : isWaiting(reason))),
  )
  if (!found) return stopInParts(line, place)
  return kill.test(wordsOf(found.head)) ? 'kill' : 'hold'
}

function isOrder(head: string, place: Place): boolean {
  const words = wordsOf(head)
  if (!stops.test(words) || !words.includes(' ')) return false
  if (place === 'newsroom') return true
  return isInCapitals(head) && !ofThings.test(words)
}

/** "HOLD – awaiting legal"; a label may be a kicker before other words. */
const isLabelAndReason = (head: string, reason: string, place: Place) =>
  place !== 'title' &&
  isLabel(head, place) &&
  waiting.test(reason) &&
  reason.split(' ').length <= mostOfReason

const mostOfReason = 8

const isWaiting = (reason: string) => until.test(reason) && waiting.test(reason)

/** In capitals, or no sentence; behind an order in small letters it has to be one that newsrooms have. */
function isReason(head: string, reason: string, place: Place): boolean {
  if (!/\p{L}|\d/u.test(reason) || place === 'title') return false
  const isNewsrooms = waiting.test(reason)
  if (!isInCapitals(head)) return isNewsrooms
  const words = reason.split(' ').length
  const isSentence = place !== 'newsroom' && /[.!?…]["”’»)]*$/.test(reason)
  return isInCapitals(reason) || (isSentence ? isNewsrooms && words <= 5 : words <= mostOfReason)
}

/** A day, a person's initials and the like, which say nothing of the text. */
const isAside = (part: string) =>
  dateIn(part.replace(until, '')) !== undefined || /^\P{L}*(?:\p{Lu}{2,3}\P{L}*)?$/u.test(part)
const partSign = /\s*[|•·]\s*|\s+[–—/-]+\s+|:\s+|\s+(?=(?:until|till)\s+\d)/i

/** What a line orders each of whose parts is an order, a label, a day or initials: "DRAFT – 24 November 2026". */
function stopInParts(line: string, place: Place): Stop | undefined {
  if (place === 'title') return undefined
  const parts = line.split(partSign)
  if (parts.length === 1 || parts.length > mostParts) return undefined
  const orders = parts.filter((part) => !isAside(part))
  const said = orders.map((part) => stopIn(part, 'newsroom') ?? stopWithReason(part, 'newsroom'))
  const isShouted = orders.some((part) => isInCapitals(part) && stopIn(part, 'newsroom'))
  if (said.includes(undefined) || !(place === 'newsroom' || isShouted)) return undefined
  return said.find((stop) => stop === 'kill') ?? said[0]
}

const mostParts = 6

/** Words of such lines, in capitals where their script has any. */
const may =
  /[Ss]tatus|STATUS|DRAFT|\bWIP\b|HOLD|(?<!\p{L})(?:NOT|DON['’]T|NICHT|PAS|NO|NÃO|NAO|NON|NIET|НЕ)\s+\p{Lu}{2}|KILL|\b[Kk]ill\b|WITHDRAWN|[Ww]ithdraw|ZURÜCKGEZOGEN|INGETROKKEN|[Mm]andatory [Kk]ill|RETIR|ANN?UL|RITIRAT|ÇEKİLDİ|İPTAL|ОТОЗВАН|АННУЛИР|YAYI[MN]LA|KULLANMAYIN|للنشر|يمنع النشر|تنشر|ملغ/u

const mayBeLabel = new RegExp(inHeldLabels, 'u')

/** Most texts hold none, and their lines need not be taken apart. */
export const mayStop = (words: string) => may.test(words) || mayBeLabel.test(words)
