/** Lines of a text that say until when nobody may show it, such as "EMBARGOED UNTIL 4 MARCH 2027, 9 AM". */
import type { Note } from '../../note.ts'
import { toInstant } from '../../stated-date.ts'
import { dateWithin, daysWithin } from './date-in-text.ts'
import { dateIn } from './written-date.ts'

export interface Embargo {
  /** What stands behind the word for it, or that word alone. */
  readonly written: string
  /** Undefined where it is no date that is known. */
  readonly until: string | undefined
  /** Whether nothing stands behind the word. */
  readonly isAlone?: boolean
}

/** Among so many first lines such a line stands, or it is the last. */
export const firstLines = 12
/** Characters; what is longer is text. */
const longest = 120

/** What a text for the press is called, in small or in other letters. */
export const releaseWords =
  '(?:press|news|media) release|media advisory|presse(?:mitteilung|information)|communiqué de presse|(?:nota|comunicado) de (?:prensa|imprensa)|comunicato stampa|persbericht|pressmeddelande|bas[ıi]n bülten[iİ]|пресс-релиз'

/** What stands around a line, and what may stand before the word. */
const around = /^[\s*+=#_~>|([{<«»"“”„!–—-]+|[\s*+=#_~|)\]}>«»"“”!–—-]+$/g
const before = new RegExp(
  `^(?:(?:${releaseWords})[\\s:|–—-]+)?(?:(?:strictly|strict|strikt|streng|please note|achtung|attention)[\\s:!]+)?`,
  'iu',
)

/** One that is a label or stands before an end; what it may mean beside is told by what follows. */
const word =
  /^(?:(?:under|unter|sous|bajo|sob|sotto|onder)(?: strict)? embargo|embargo(?:ed|t[oa])?|embarga(?:d|t)[oa]|sperrfrist(?:ende)?|gesperrt|ambargo(?:lu)?)(?=$|[\s:,–—(])/iu
const untilWord =
  /^(?:un)?till?(?=[\s:]|$)|^(?:['’]til|bis|hasta|fino|tot|até|kadar|prior to|before)(?=[\s:]|$)|^jusqu(?:['’]|e )/iu
/** Which may be how long something was under one: "Embargoed for years, …". */
const forADay = /^(?:to (?=\d)|for (?!(?:\S+ ){0,3}(?:years?|decades?|months?|weeks?|days?)\b))/i
/** Nothing else than an order to those who publish. */
const order =
  /^(?:not? (?:(?:for|to be) )?(?:publication|published|released?|broadcast|distribut(?:ion|ed)|used?)(?: \w+){0,3}? (?:before|until|till?|prior to)|(?:do not|don['’]t) (?:publish|release|broadcast)(?: \w+)? (?:before|until|till?|prior to)|hold for release|nicht (?:zur veröffentlichung|(?:zu )?veröffentlichen) (?:vor|bis)|ne pas (?:publier|diffuser) avant|no (?:publicar|difundir) (?:antes|hasta)|non (?:pubblicare|diffondere) prima|niet (?:publiceren|(?:voor|ter) publicatie)(?: (?:voor|vóór|tot)| vóór)|não (?:publicar|divulgar) (?:antes|até))(?=[\s:]|$)/iu

/** What may stand between such a word and its date. */
const between =
  /^(?:[\s:,(–—-]+|(?:(?:un)?till?|['’]til|bis|zum|hasta|fino|tot|até|for|from|ab|vor|voor|vóór|prior|to|before|avant|antes|prima|release|publication|broadcast|del?|di|dell[ae]|al?|alle|all['’]|le|el|il|las?|on|at|am|um|op|om|ore|o|às|em)(?=[\s:]|$)|jusqu(?:['’](?:au|à|en)|e)\b)/iu

const over =
  /^(?:none|no|false|nil|n\/?a|-|(?:is |ist |est |has been )?(?:lifted|over|expired|aufgehoben|abgelaufen|levée?|levantado|revocato|opgeheven|kaldırıldı|suspenso|keiner?s?|aucun|ninguno|nessuno|geen))[.!]?$/iu
/** Days by which people know an end, where it says no date. */
const nearDay =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|(?:maan|dins|woens|donder|vrij|zater|zon)dag|pazartesi|salı|çarşamba|perşembe|cuma|today|tonight|tomorrow|midnight|noon|heute|morgen|demain|mañana|domani|yarın|amanhã)(?=[\s,.]|$)/iu

const isNearDay = new RegExp(`${nearDay.source}[\\s,\\d:.apmhUhr]*$`, 'iu')

/** Behind a word for an embargo: what is no sentence about one, though it may be as long. */
const isOrder = new RegExp(
  `${untilWord.source}|^(?:not|no|nicht|pas|ne|non|não|niet|do not|please|bitte|strictly)(?=\\s)`,
  'iu',
)

/** @param isHeading then `Embargo: how it came` is a headline, and `EMBARGO: …` none */
export function embargoLine(line: string, isHeading = false): Embargo | undefined {
  if (line.length > longest) return undefined
  const said = line
    .replace(/\*{1,3}/g, '')
    .replace(around, '')
    .replace(before, '')
  const [ordered] = order.exec(said) ?? []
  const [label = ordered] = ordered ? [] : (word.exec(said) ?? [])
  if (label === undefined) return undefined
  const rest = said.slice(label.length).trimStart()
  const written = rest.replace(/^[:–—,\s-]+/, '')
  if (over.test(written)) return undefined
  const embargo = {
    written: written || said,
    until: embargoIn(written),
    ...(written === '' && { isAlone: true }),
  }
  if (embargo.until !== undefined || ordered) return embargo
  // A road may be "gesperrt" too.
  if (isSentence(said) && (/^gesperrt$/i.test(label) || !isOrder.test(written))) return undefined
  const isStated = untilWord.test(written) || (/ed$/i.test(label) && forADay.test(written))
  const isShort = /^sperrfrist/i.test(label) && written.split(' ').length <= 4
  const canBeLabel = !isHeading || label === label.toUpperCase() || isShort
  const isLabel = canBeLabel && (rest === '' || /^[:–—-]/.test(rest) || beginsWithDay(written))
  return isStated || isLabel || isNearDay.test(written) ? embargo : undefined
}

/** About an embargo, and no word to the newsroom; one with a day may be either. */
const isSentence = (line: string) =>
  /[.!?…]["”’»)]*$/.test(line) &&
  line.split(' ').length > 8 &&
  /\p{Ll}{2}/u.test(line) &&
  daysWithin(line).length === 0

/** The year may be missing. */
function beginsWithDay(words: string): boolean {
  const [first = '', second = ''] = words.replace(/,/g, ' ').split(/\s+/)
  return /^\d/.test(words) || nearDay.test(words) || dateIn(`${first} ${second} 2024`) !== undefined
}

/** Behind a time of day; in the embargoes of newsrooms "BST" is British. */
const zones: Readonly<Record<string, string>> = { mez: 'CET', mesz: 'CEST', bst: '+01:00' }
const fullHour = /(?:^|,? (?:(?:um|om|à) )?)(\d{1,2})(?:[.:](\d\d))? ?(?:uhr|uur|heures?)\b/i
const hour = /\b(\d{1,2})(?= ?[ap]\.?m\b)/i
/** A time before its day, as in "00:01 GMT on 12 January 2026". */
const timeFirst =
  /^(\d{1,2}:\d{2}(?: ?[ap]\.?m\b\.?)?(?: ?[+-]\d\d:\d\d| (?!(?:on|am|le|el|del?|op) )[a-z]{2,4})?)(?:,? (?:on|am|le|el|del?|op)|,)? (.+)$/i

/** When an embargo ends, which may state a full hour. */
function embargoIn(written: string): string | undefined {
  let words = written.replace(/[\s.)]+$/, '').replace(/(?:['’]\p{L}{1,3})? kadar$/iu, '')
  words = words.replace(order, '')
  for (let next = ''; next !== words; ) {
    next = words
    words = words.replace(between, '')
  }
  const clear = words
    .replace(/\b(?:mez|mesz|bst)\b/i, (zone) => zones[zone.toLowerCase()] ?? zone)
    .replace(/^(\d{1,2})(?:\.| ?h ?)(\d{2})(?=[\s,]+(?:[a-z]{2,4}\b)?.*\d{4})/i, '$1:$2')
    .replace(/\b([01]\d|2[0-3])([0-5]\d)(?= ?(?:hrs|hours|gmt|utc|bst|ce?s?t|e[sd]t)\b)/i, '$1:$2')
    .replace(/\b(?:12 )?noon\b/i, '12:00')
    .replace(/\b(\d{1,2})[.:](\d\d)(?= ?[ap]\.?m\b)/i, '$1:$2')
    .replace(/\b(00:\d\d) ?a\.?m\b\.?/i, '$1')
    .replace(/,? (?:alle )?ore (\d{1,2})$/i, ' $1:00')
    .replace(fullHour, (_, hours, minutes = '00') => ` ${hours}:${minutes}`)
    .replace(/(?<=\d:\d\d) ?(?:hrs|hours)\b/i, '')
  const timed = /\d:\d/.test(clear) ? clear : clear.replace(hour, '$1:00')
  const found = dateIn(timed.trim()) ?? dateIn(timed.trim().replace(timeFirst, '$2 $1'))
  return dateIn(words) ?? found ?? zonedIn(timed)
}

/** With a time in a zone that dates are seldom written in, such as "10:00 A.M. ET, Sept. 9, 2030". */
function zonedIn(words: string): string | undefined {
  const short = words
    .replace(/\(?\b([ECMP])(?:astern|entral|ountain|acific)(?: time)?\b\)?/i, '$1T')
    .replace(/\bsept\b/i, 'Sep')
  const date = dateWithin(short, () => undefined)
  return date && /T.*(?:Z|[+-]\d\d:\d\d)$/.test(date) ? date : undefined
}

/** What a form says behind the label of its embargo; undefined where it says that there is none. */
export const embargoOf = (value: string): Embargo | undefined =>
  over.test(value) ? undefined : { written: value, until: embargoIn(value) }

/** Of several the one that nobody knows the end of, else the last to end. */
export const longestOf = (embargoes: readonly Embargo[]): Embargo | undefined =>
  embargoes.find(({ until }) => until === undefined) ??
  embargoes.toSorted((one, other) => instantOf(other).localeCompare(instantOf(one)))[0]

const instantOf = ({ until = '' }: Embargo) => toInstant(until, 'UTC')

/** What is out before its embargo ends cannot be called back. */
export const heldNotes = (embargo: Embargo | undefined): Note[] =>
  embargo === undefined || embargo.until !== undefined
    ? []
    : [
        {
          text: `it is a draft because its embargo "${embargo.written}" is no date that is known; write it as in 2026-04-13 09:30`,
        },
      ]
