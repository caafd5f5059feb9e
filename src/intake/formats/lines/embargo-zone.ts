/** The zone that the line of an embargo says its time in: by letters, by a region, or by the time of a city. */
import { foldWord } from './page-word-lists.ts'
import { zones } from './written-date.ts'

/** They may stand anywhere in the line. */
const anywhere: Readonly<Record<string, string>> = {
  ...zones,
  mez: '+01:00',
  mesz: '+02:00',
  bst: '+01:00',
  trt: '+03:00',
  мск: '+03:00',
  et: 'America/New_York',
  eastern: 'America/New_York',
  pt: 'America/Los_Angeles',
  pacific: 'America/Los_Angeles',
  uk: 'Europe/London',
  london: 'Europe/London',
  paris: 'Europe/Paris',
  berlin: 'Europe/Berlin',
  brussels: 'Europe/Brussels',
  madrid: 'Europe/Madrid',
  istanbul: 'Europe/Istanbul',
  turkiye: 'Europe/Istanbul',
  moscow: 'Europe/Moscow',
}

/** Directly behind a time, or before the word for it; elsewhere some mean something else. */
const beside: Readonly<Record<string, string>> = {
  ct: 'America/Chicago',
  central: 'America/Chicago',
  mt: 'America/Denver',
  mountain: 'America/Denver',
  akst: '-09:00',
  akdt: '-08:00',
  alaska: 'America/Anchorage',
  hst: '-10:00',
  hawaii: 'Pacific/Honolulu',
  'hawaii aleutian': 'Pacific/Honolulu',
  // Halifax, and never the earlier Riyadh.
  ast: '-04:00',
  adt: '-03:00',
  atlantic: 'America/Halifax',
  nst: '-03:30',
  ndt: '-02:30',
  newfoundland: 'America/St_Johns',
  brt: '-03:00',
  brasilia: 'America/Sao_Paulo',
  art: '-03:00',
  argentina: 'America/Argentina/Buenos_Aires',
  cot: '-05:00',
  clt: '-04:00',
  clst: '-03:00',
  wet: '+00:00',
  west: '+01:00',
  wat: '+01:00',
  cat: '+02:00',
  sast: '+02:00',
  eat: '+03:00',
  eet: '+02:00',
  eest: '+03:00',
  msk: '+03:00',
  'central european': 'Europe/Berlin',
  'eastern european': 'Europe/Athens',
  'greenwich mean': 'Z',
  'coordinated universal': 'Z',
  british: 'Europe/London',
  turkish: 'Europe/Istanbul',
  turkey: 'Europe/Istanbul',
  московскому: 'Europe/Moscow',
  pkt: '+05:00',
  indian: '+05:30',
  india: '+05:30',
  delhi: '+05:30',
  'new delhi': '+05:30',
  wib: '+07:00',
  ict: '+07:00',
  hkt: '+08:00',
  sgt: '+08:00',
  pht: '+08:00',
  beijing: 'Asia/Shanghai',
  awst: '+08:00',
  jst: '+09:00',
  japan: 'Asia/Tokyo',
  kst: '+09:00',
  acst: '+09:30',
  acdt: '+10:30',
  aest: '+10:00',
  aedt: '+11:00',
  'australian eastern': 'Australia/Sydney',
  'australian western': 'Australia/Perth',
  nzst: '+12:00',
  nzdt: '+13:00',
  'new zealand': 'Pacific/Auckland',
  geneva: 'Europe/Zurich',
  washington: 'America/New_York',
}

const plain = (word: string) =>
  foldWord(word)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')

const known = new Map(Object.entries(anywhere))
const zonesByName = new Map([...known, ...Object.entries(beside)])

/** Cities that zones are named for; made when the first is asked for. */
let cities: ReadonlyMap<string, string> | undefined

function cityZone(name: string): string | undefined {
  cities ??= new Map(
    Intl.supportedValuesOf('timeZone').map((zone) => [
      (zone.split('/').at(-1) ?? '').replaceAll('_', ' ').toLowerCase(),
      zone,
    ]),
  )
  return cities.get(name)
}

/** Of the word of a zone, or of a place that a time may be said to be of. */
export const isZone = (word: string) => known.has(plain(word))

/** What stands where the time was. */
export const timeSign = '#'

const timeWord = /^(?:time|hora|heure|ora|horario|tijd|saatiyle|времени|بتوقيت)$/
/** Between a time and its zone. */
const between =
  /^(?:hrs?|hours?|h|uhr|uur|heures?|horas?|ore|часов|ч|local|standard|daylight|summer|in|de|di|da|del|la|по|sharp|m|[(])$/
const ofSeason = /^(?:standard|daylight|summer|winter)$/
const comma = /^[,.]$/
const mostWords = 3

interface ZoneOf {
  /** An offset or a name; empty where none is stated. */
  readonly zone: string
  /** The line without it. */
  readonly rest: string
  /** Whether it names one that is not known. */
  readonly isUnknown: boolean
}

/** @param line in small letters, with `timeSign` for its time @param isWord of the words of embargoes */
export function zoneOf(line: string, isWord: (word: string) => boolean): ZoneOf {
  const tokens = line.match(/\p{L}[\p{L}\p{M}]*|[^\s\p{L}]/gu) ?? []
  const words = tokens.map(plain)
  const without = (from: number, count: number, zone = ''): ZoneOf => ({
    zone,
    rest: tokens.toSpliced(from, count).join(' '),
    isUnknown: zone === '',
  })
  const isOther = (at: number) =>
    /^\p{L}/u.test(tokens[at] ?? '') && !isWord(foldWord(tokens[at] ?? ''))
  const sign = words.indexOf(timeSign)
  if (sign !== -1) {
    const next = after(words, sign + 1, comma)
    const [, count = 0, zone] = nameAt(words, next) ?? []
    if (zone) {
      // "AEDT (Sydney)"
      const behind = after(words, next + count)
      const [, again = 0] = nameAt(words, behind) ?? []
      return without(next, again === 0 ? count : behind + again - next, zone)
    }
    if (words.slice(sign, next).some((word) => timeWord.test(word)) && isOther(next)) {
      return without(next, 1)
    }
    const time = words.findLastIndex((word) => timeWord.test(word))
    const end = words.findLastIndex((word, at) => at < time && !ofSeason.test(word)) + 1
    for (let from = Math.max(0, end - mostWords); from < end; from += 1) {
      const found = nameAt(words, from)
      if (found && from + found[1] === end) return without(...found)
    }
    if (time !== -1 && isOther(end - 1)) return without(end - 1, 1)
  }
  const anyAt = words.findIndex((word) => known.has(word))
  if (anyAt !== -1) return without(anyAt, 1, known.get(words[anyAt] ?? ''))
  const stated = after(words, sign + 1)
  return sign !== -1 && isOther(stated)
    ? without(stated, 1)
    : { zone: '', rest: line, isUnknown: false }
}

/** Where a zone may begin behind a time. */
function after(words: readonly string[], first: number, other = /^$/): number {
  const isBetween = (word: string) => between.test(word) || timeWord.test(word) || other.test(word)
  const at = words.findIndex((word, n) => n >= first && !isBetween(word))
  return at === -1 ? words.length : at
}

/** Where the name of a zone begins, its words and what it is. */
function nameAt(words: readonly string[], from: number) {
  for (let count = mostWords; count > 0; count -= 1) {
    const name = words.slice(from, from + count).join(' ')
    const zone = zonesByName.get(name) ?? cityZone(name)
    if (zone) return [from, count, zone] as const
  }
  return undefined
}
