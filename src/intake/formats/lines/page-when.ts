/** Tells whether a line of a web page says when the page was published, and nothing else but by whom. */
import {
  ambiguousDay,
  asLine,
  dateWithin,
  daysWithin,
  type OrderOf,
  withoutDates,
} from './date-in-text.ts'

/** What a line says. */
export interface When {
  /** One of RawArticle's shapes; where it may be two days, as it is written. */
  readonly date: string
  /** Whether it is that of a change. */
  readonly isUpdate: boolean
  /** Whether a word says what the date is. */
  readonly isLabelled: boolean
  /** Whether names stand beside it: of who wrote, or of where a picture was taken. */
  readonly isNamed: boolean
}

const update =
  /updat|modif|aktuali[sz]|geändert|änderung|edited|revis|mis à jour|mise à jour|actualizad|aggiornat|gewijzigd|bijgewerkt|güncelle|обновлен|изменен|수정|更新|تحديث|به‌روز|बदलाव|अपडेट|diperbarui|изменён|päivitet|opp?dater|uppdater|frissít|ενημέρω|עודכן|cập nhật/iu
const ofPublication =
  /(?<!re)publi(?:c[aeoă]|k[aou])|publi[sz]|publié|pubblicat|posté|posted|mise? en ligne|erschienen|erstellt|gepostet|veröffentlicht|online seit|gepubliceerd|geplaatst|yayın|yayım|giriş|eklenme|опубликован|опубліковано|diterbitkan|tayang|प्रकाशित|입력|등록|작성|发布|發佈|發布|发表|掲載|公開日|نشر|انتشار|julkais|offentliggj|udgivet|közzét|megjelen|δημοσ[ιί]ε|פורסם|פרסום|(?<!\p{L})đăng(?!\p{L})|vydáno|zveřejn|zverejn|objavljen/iu
/** Of whatever it is, as an event; in some languages a word for much else, unless it stands alone. */
const anyDay =
  /\bdatum|\bdate\b|(?<!\p{L})tarihi?(?!\p{L})|дата|تاریخ|(?:^|[|•·–—,])\s*(?:data|dato|fecha|dátum|päivämäärä|kuupäev|ημερομηνία|תאריך|tanggal|ngày)\s*:?\s*$/iu
const label = { test: (text: string) => ofPublication.test(text) || anyDay.test(text) }

/** What else happens on days; behind a time EST is its zone. */
const otherEvent =
  /(?<!\p{L})(?:born|died|dead|founded|established|(?<!\d ?(?:[ap]\.?m\.? ?)?\(?)estd?|since|until|till|deadlines?|due|expires?|valid|begins?|starts?|ends?|opens?|events?|copyright|rights|regist(?:ered|riert)|joined|members?|effective|release(?:d| date)|kick-?off|hearing|in force|held|took place|takes? place|premi[eè]red?|launch(?:ed)?|departs?|arrives?|doors|in kraft|anpfiff|verhandlung|en vigueur|vigente desde|in vigore|yürürlük|geboren|geb|gestorben|gegründet|bis|seit|né|née|nacido|nacida|nato|nata|doğum|fundad[oa]|jusqu)(?!\p{L})|[©†*]/iu

const clock =
  /(?:(?:오전|오후|午前|午後|上午|下午) ?)?\d{1,2} ?(?:時|时|點|点|시) ?(?:\d{1,2} ?[分분])?|\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[ap]\.?m\b\.?)?(?: ?(?:Uhr|hrs?)\b)?(?: ?\(?(?:(?:UTC|GMT) ?)?(?:[+-]\d{1,2}(?::?\d{2})?)?(?:\b[A-Z]{2,4}\b)?\)?)?|\b\d{1,2} ?(?:[ap]\.?m\b\.?|Uhr\b)/giu
/** What publishing systems write below a post: "This entry was posted on May 1st, 2024 at 9:30 am and is filed under News." */
const ofPost =
  /^(?:this|diese[rs]?|cet(?:te)?|est[ae]|quest[oa]|deze|dit) (?:entry|post|article|story|page|beitrag|artikel|eintrag|seite|billet|entrada|artículo|artigo|articolo|pagina|página|bericht)\s.{0,40}(?:posted|published|written|modified|edited|changed|updated|wurde|publi|posté|posta|mise? |modifi|pubblica|geplaatst)/iu

/** Whether a text says of the post, in a sentence, when it was published or changed. */
export const isOfPost = (text: string) => ofPost.test(text)

/** How long it takes to read, and how many have read it or written below. */
const counts =
  /(?<!\d)\d{1,3} ?(?:sec(?:ond)?|min(?:ute)?|hour|day|week|month|year|h|hr)s? ago\b|(?<!\d)\d{1,7} ?(?:-? ?min(?:ute)?[ns]?\b(?: (?:read|lesezeit|de lecture))?|comments?|kommentare?|commentaires?|comentarios?|reacties|views?|shares?|likes?|responses?|replies|reads?|hits|aufrufe|okunma)|(?:comments?|kommentare?|views?|hits|aufrufe|shares?|likes?) ?[:(]? ?\d{1,7}\)?/giu
/** At the beginning, or behind a sign: whatever the language, a word with a colon says what follows. */
const anyLabel = /(?:^|[|•·–—-]\s)\p{L}+(?: \p{L}+){0,2}\s?:/gu

/** A league, an edition. */
const ordinal = /(?<![\p{L}\d.])\d{1,2}\.(?= \p{L})/gu

const fillers = new Set(
  (
    'on at by and in of the to for from with as this first last originally written reported filed under posted published ' +
    'created updated modified edited submitted added released date time am pm a.m p.m ago read reading min mins minutes hours ' +
    'comment comments view views share no category categories tags ' +
    'am um uhr von vom den der und in im erstellt veröffentlicht geschrieben aktualisiert zuletzt geändert eingestellt datum ' +
    'le la à par dans et publié mis jour lundi mardi mercredi jeudi vendredi samedi dimanche ' +
    'el de del por en y a las publicado lunes martes miércoles jueves viernes sábado domingo ' +
    'il di da alle ore pubblicato lunedì martedì mercoledì giovedì venerdì sabato domenica ' +
    'op door om gepubliceerd geplaatst maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ' +
    'em às kl saat st nd rd th г года в от des du un y dalle i'
  ).split(' '),
)

/** More words are none of a name and an office. */
const mostNames = 9
/** A line named for dates has no more, with the day. */
const mostWords = 16
/** Of scripts without capitals. */
const mostLetters = 24

/**
 * @param line cut to 200 characters
 * @param isInPart whether its element is named for dates: then any few words may stand beside the day
 */
export function whenIn(line: string, order: OrderOf, isInPart = false): When | undefined {
  if (!/\p{Nd}/u.test(line)) return undefined
  const text = asLine(line)
  const days = daysWithin(text)
  if (days.length === 0 || days.length > 3) return undefined
  const isOfWhole = isOfPost(text)
  const names = isOfWhole
    ? 0
    : (namesBeside(text) ?? (saysBy(text, days, isInPart) ? 0 : undefined))
  if (names === undefined) return undefined
  if (isCount(text, days, names) || isRange.test(text)) return undefined
  const all = days.flatMap(({ index }, at): When[] => {
    const last = days[at - 1]
    const begin = last ? last.index + last.written.length : 0
    const before = text.slice(begin, index)
    // Two days with no word between them are how long something lasts.
    if (last && !/\p{L}/u.test(before.replaceAll(clock, ''))) return []
    const part = text.slice(begin, days[at + 1]?.index)
    const date = dateWithin(part, order) ?? ambiguousDay(part)
    const isUpdate = update.test(isOfWhole ? text : before)
    const isLabelled = isUpdate || isOfWhole || label.test(before)
    return date ? [{ date, isUpdate, isLabelled, isNamed: names > 0 }] : []
  })
  if (all.length < days.length) return undefined
  return all.find(({ isUpdate }) => !isUpdate) ?? all[0]
}

/** `Posted by kovarex on 2019-02-15, all posts`: names as their bearers write them. */
function saysBy(text: string, days: ReturnType<typeof daysWithin>, isInPart: boolean): boolean {
  const [first] = days
  if (!first || otherEvent.test(text) || /\p{Ll}[.!?]$/u.test(text)) return false
  if (isInPart && partOf(text, first.written).split(' ').length <= mostWords) return true
  const before = text.slice(0, first.index)
  const behind = text.slice(first.index + first.written.length).match(/\p{L}+/gu) ?? []
  return labelAndBy.test(before) && before.split(' ').length <= mostNames && behind.length <= 4
}

/** What stands between the same signs as the day: behind others there are tools, and the number of comments. */
const partOf = (text: string, day: string) =>
  text.split(/\s[⋅·•|]\s/).find((part) => part.includes(day)) ?? text

const labelAndBy =
  /^(?:posted|published|written|submitted|created|erstellt|veröffentlicht|geschrieben|publié|publicado|pubblicato)(?!\p{L}).{0,20}(?<!\p{L})(?:by|von|par|por|da)(?!\p{L})/iu

/** `iOS 12.1.10`: what stands behind a name without a sign between them is what somebody counts. */
function isCount(text: string, days: ReturnType<typeof daysWithin>, names: number): boolean {
  return days.some(
    ({ index, written }) =>
      names > 0 &&
      /^\d{1,2}\.\d{1,2}\.\d{2}$/.test(written) &&
      /[\p{L}\d] ?$/u.test(text.slice(0, index)),
  )
}

/** `12.10. - 15.10.2023` */
const isRange = /\d\. ?[-–] ?\d/

/** Whether a line has nothing in it but days, times, words that say what they are, and names. */
export const isBare = (line: string) => namesBeside(line) !== undefined

/** Whether a text has nothing in it but words that say what a day is. */
export function saysWhen(text: string): boolean {
  const words = text.match(/\p{L}[\p{L}\p{M}'’.-]*/gu) ?? []
  return words.every((word) => isFiller(word) || label.test(word) || update.test(word))
}

const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}$/i

const isFiller = (word: string) =>
  fillers.has(word.toLowerCase().replace(/\.$/, '')) || weekday.test(word)

/** Whether a text says of a day no more than that it is one. */
export const saysOnlyDay = (text: string) =>
  anyDay.test(withoutDates(asLine(text))) && !ofPublication.test(text) && !update.test(text)

/** What a text says of the day that stands behind it, as in a list of facts; undefined where it says anything else. */
export function labelIn(text: string): 'published' | 'updated' | undefined {
  if (text === '' || text.length > longestLabel || otherEvent.test(text)) return undefined
  if (update.test(text)) return 'updated'
  return label.test(text) ? 'published' : undefined
}

const longestLabel = 30

/** Whether facts say where, as those of an event do. */
export const saysPlace = (text: string) => ofPlaces.test(text)

const ofPlaces =
  /(?<!\p{L})(?:location|venue|where|tickets?|ort|eintritt|beginn|lieu|lugar|luogo|yer|место|地点|場所|장소)(?!\p{L})/iu

/** Whether a text says that something else than a publication happens on its day. */
export const saysOtherEvent = (text: string) => otherEvent.test(text)

/** Those who write may be called `ann_b` or `da]n[`. */
const wordOrAlias = /\p{L}(?:[\p{L}\p{M}'’.-]|[\][_~](?=\p{L}))*/gu

/** How many words of names a line has; undefined where it has anything else. */
function namesBeside(line: string): number | undefined {
  const text = asLine(line)
  if (otherEvent.test(text)) return undefined
  let rest = text
  for (const { written } of daysWithin(text)) rest = rest.replace(written, ' ')
  rest = rest
    .replaceAll(clock, ' ')
    .replaceAll(counts, ' ')
    .replaceAll(anyLabel, ' ')
    .replaceAll(ordinal, ' ')
  if (/(?<![\p{L}\d])\d/u.test(rest)) return undefined
  const words = (rest.match(wordOrAlias) ?? []).filter(
    (word) => !fillers.has(word.toLowerCase().replace(/\.$/, '')),
  )
  const unknown = words.filter((word) => /^\p{Ll}/u.test(word))
  // A day of the week, or what a language that is not known here has for "published".
  if (unknown.length > 1 || (unknown.length === 1 && words.length > 6)) return undefined
  const letters = words.filter((word) => /^\p{Lo}/u.test(word)).join('').length
  return words.length <= mostNames && letters <= mostLetters ? words.length : undefined
}
