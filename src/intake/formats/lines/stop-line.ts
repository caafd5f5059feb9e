/** Lines that tell not to publish the text they stand in, such as "DO NOT PUBLISH" or "MANDATORY KILL". */
import type { Place } from './embargo-line.ts'
import { foldWord } from './page-word-lists.ts'

/** `kill` takes back what is out already. */
export type Stop = 'hold' | 'kill'

/** By language, of words alone. */
const holds = [
  '(?:please )?(?:do not|don t) (?:publish|release|use|run|print|broadcast)(?: yet)?(?: this)?(?: story| article| text| copy)?',
  '(?:(?:this )?(?:story|article|text|copy|draft|document) (?:is )?)?(?:strictly )?not (?:yet )?(?:for|to be) (?:immediate )?(?:publication|release|use|broadcast|distribution|published|released|used)(?: (?:or|and) (?:publication|release|use|broadcast|distribution))?(?: yet)?',
  '(?:bitte )?(?:noch )?nicht (?:(?:zur|für die) )?(?:veröffentlichen|veröffentlichung|publizieren|senden|verwenden|verwendung|verbreiten|verbreitung)(?: bestimmt)?',
  '(?:à )?ne pas (?:publier|diffuser|utiliser)',
  '(?:por favor )?(?:no|não) (?:publicar|difundir|divulgar|utilizar)',
  '(?:da )?non (?:pubblicare|diffondere|utilizzare)',
  'niet (?:publiceren|verspreiden|gebruiken|voor publicatie)',
  '(?:lütfen )?(?:yayımlamayın|yayınlamayın|kullanmayın)(?:ız)?|yayımlanamaz|yayınlanamaz',
  'не (?:публиковать|использовать|распространять|для (?:публикации|печати|распространения))',
  '(?:ليس|غير|لا)(?: مخصص| معد| قابل)? للنشر|يمنع النشر|لا تنشر',
]
const text =
  'story|article|text|copy|meldung|artikel|beitrag|dépêche|texte|nota|noticia|artículo|despacho|texto|artigo|matéria|articolo|notizia|testo|bericht|tekst|haber|metin'
const kills = [
  '(?:mandatory )?kill(?: mandatory)?(?: (?:notice|advisory|order))?(?: (?:this |the )?(?:story|article|text|copy))?',
  `(?:(?:this |the |diese |dieser )?(?:${text}) )?(?:(?:is |has been |ist |wurde )?(?:withdrawn|zurückgezogen|ingetrokken))`,
  `(?:${text}) (?:(?:has been |is )?killed|retirée?|annulée?|retirad[oa]|anulad[oa]|ritirat[oa]|annullat[oa]|geri çekildi|iptal(?: edildi)?)`,
  '(?:материал|сообщение|новость|текст) (?:отозван[оа]?|аннулирован[оа]?)|отозвано|аннулировано',
  '(?:ال)?(?:خبر|مادة) (?:ملغى|ملغاة)',
]
/** What may stand beside these. */
const beside =
  'advisory|attention|urgent|bulletin|notice|note|editors?|eds|hold|draft|confidential|internal|important|until further notice|achtung|wichtig|bis auf weiteres|jusqu à nouvel ordre|atención|hasta nuevo aviso|attenzione|atenção|let op|dikkat|внимание|تنبيه'

/** Capitals may be without accents. */
const folded = (words: string) =>
  foldWord(words)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')

const shapeOf = (orders: readonly string[]) => folded(orders.join('|'))
const other = shapeOf([beside])
const order = shapeOf([...holds, ...kills])
const stops = new RegExp(`^(?:(?:${other}) )*(?:${order})(?: (?:${order}|${other}))*$`)
const kill = new RegExp(`(?:^| )(?:${shapeOf(kills)})(?: |$)`)

/** What a line orders that says nothing else, in capitals; where a newsroom wrote it, in any letters but for one word alone. */
export function stopIn(line: string, place: Place): Stop | undefined {
  const isCapital = line === line.toUpperCase()
  if (!isCapital && place !== 'newsroom') return undefined
  // Scripts without capitals cannot tell an order from a headline.
  if (place === 'title' && line === line.toLowerCase()) return undefined
  const words = (folded(line).match(/\p{L}+/gu) ?? []).join(' ')
  if (!stops.test(words) || !(isCapital || words.includes(' '))) return undefined
  return kill.test(words) ? 'kill' : 'hold'
}

/** Words of such lines, in capitals where their script has any. */
const may =
  /(?<!\p{L})(?:NOT|DON['’]T|NICHT|PAS|NO|NÃO|NAO|NON|NIET|НЕ)\s+\p{Lu}{2}|KILL|WITHDRAWN|ZURÜCKGEZOGEN|INGETROKKEN|[Mm]andatory [Kk]ill|RETIR|ANN?UL|RITIRAT|ÇEKİLDİ|İPTAL|ОТОЗВАН|АННУЛИР|YAYI[MN]LA|KULLANMAYIN|للنشر|يمنع النشر|تنشر|ملغ/u

/** Most texts hold none, and their lines need not be taken apart. */
export const mayStop = (words: string) => may.test(words)
