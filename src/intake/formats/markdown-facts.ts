/** What lines beside the title of a text say of it: `*Posted on May 1, 2024 by Jo Lind*`, `**Tags:** harbour, gulls`. */
import { daysWithin } from './date-in-text.ts'
import { fieldOf } from './front-matter-keys.ts'
import { plainText } from './front-matter-text.ts'
import type { Entry } from './front-matter-tree.ts'
import { dateIn } from './written-date.ts'

interface Facts {
  /** As front matter would state them. */
  readonly entries: readonly Entry[]
  /** Of these, in one of RawArticle's shapes. */
  readonly date: string
  /** Without the lines that say nothing else; all others keep their places. */
  readonly body: string
}

interface Fact {
  readonly key: FactKey
  readonly text: string
}

type NamedKey = 'date' | 'updated' | 'authors' | 'categories' | 'tags' | 'summary'
/** What keeps an article back has the names of front matter alone. */
type FactKey = NamedKey | 'draft' | 'status'

/** So many lines are looked at, and so many of those below for another date that stands alone. */
const mostLines = 40
const mostBelow = 2000
/** Longer ones are sentences; of a summary that is said to be one, more is read. Characters. */
const longest = 160
const longestSummary = 1000

/** What such a line is called, in small letters; English also by the keys of front matter. */
const labels: Readonly<Record<NamedKey, string>> = {
  date:
    'date|dated|published|published on|posted|posted on|posted at|written|written on|publication date|publish date|date of publication|' +
    'veröffentlicht|veröffentlicht am|erschienen|erschienen am|erstellt|erstellt am|geschrieben am|datum|' +
    'publié|publié le|publiée le|paru le|date de publication|rédigé le|écrit le|' +
    'fecha|fecha de publicación|publicado|publicado el|publicado em|data|data de publicação|data di pubblicazione|pubblicato|pubblicato il|' +
    'tarih|yayın tarihi|yayınlanma tarihi|yayımlanma tarihi|yayınlandı|yayımlandı|gepubliceerd|gepubliceerd op|geplaatst op|' +
    'opublikowano|дата|дата публикации|опубликовано|التاريخ|تاريخ النشر|نشر في|نُشر في|' +
    '发布时间|发布日期|發布時間|發布日期|發佈日期|发表时间|发表日期|发布于|发表于|日期|时间|創建時間|创建时间|创建日期|建立日期|' +
    '公開日|投稿日|作成日|掲載日|日付|작성일|게시일|등록일|발행일|날짜',
  updated:
    'last updated|last updated on|updated on|last modified|last change|aktualisiert|aktualisiert am|zuletzt aktualisiert|mis à jour le|dernière mise à jour|' +
    'actualizado|actualizado el|última actualización|atualizado em|aggiornato il|güncelleme|güncellendi|son güncelleme|обновлено|' +
    '更新时间|更新日期|最后更新|最後更新|更新日|最終更新|수정일',
  authors:
    'written by|posted by|autor|autorin|autoren|auteur|auteure|auteurs|autores|autore|yazar|yazan|автор|الكاتب|作者|著者|执笔|筆者|작성자|글쓴이|저자',
  categories:
    'kategorie|kategorien|catégorie|catégories|categoría|categorías|categoria|kategori|kategoriler|рубрика|категория|分类|分類|カテゴリ|カテゴリー|카테고리|분류',
  tags: 'schlagwörter|schlagworte|mots-clés|étiquettes|etiquetas|etiketler|метки|теги|标签|標籤|关键词|タグ|태그',
  summary: 'zusammenfassung|résumé|resumen|resumo|özet|摘要|概要|简介|요약',
}

const keyOf = new Map(
  Object.entries(labels).flatMap(([key, words]) =>
    words.split('|').map((word) => [word, key as FactKey] as const),
  ),
)

/** Those of dates as they begin a line without a colon, the longest first. */
const dateLabel = new RegExp(
  `^(?:${labels.date
    .split('|')
    .sort((one, other) => other.length - one.length)
    .join('|')})[\\s:：]*(?=[\\p{L}\\d])`,
  'iu',
)
const labelBehind =
  / ?(?:tarihinde (?:yayınlandı|yayımlandı)|に?(?:公開|投稿|作成)|发布|發布|發佈)$/u

const labelled = /^([\p{L}\p{M}][\p{L}\p{M} '’-]{0,40}?) ?[:：] ?(\S.*)$/u

/** Who wrote, where no colon says so. */
const by = /^(?:(?:written|posted|published) )?(?:by|von|par|por|door|di|da|av|af):? (?=\p{Lu}|@)/iu
const byBehind = /[,\s]+(?:by|von|par|por|door|di|da|av|af):? (?=\p{Lu}|@)/iu
const personName =
  /^(?:@?\p{Lu}[\p{L}\p{M}\d.'’-]*(?: (?:\p{Lu}[\p{L}\p{M}.'’-]*|de|del|di|van|von|der|bin|al)){0,3}|@\S+)$/u

const readingTime =
  /^(?:(?:about |~ ?)?\d{1,3} ?-? ?min(?:ute)?[ns]?\.?(?: (?:read|to read|de lecture|lesezeit|de lectura|okuma))?|reading time:? \d{1,3} ?min(?:ute)?s?\.?)$/i

interface Line {
  readonly at: number
  readonly facts: readonly Fact[]
  /** Whether it says nothing else. */
  readonly isWhole: boolean
}

/**
 * The facts that stand above or directly below the heading of a text, if a date is among them: without one, such lines
 * may be anything. A date alone counts if none stands alone further below, as in a diary.
 * @param firstLine of the text in its file
 */
export function factsIn(body: string, firstLine: number): Facts | undefined {
  const lines = linesOfHead(body.split('\n', mostLines))
  const facts = lines.flatMap((line) => line.facts.map((fact) => ({ ...fact, at: line.at })))
  const [date, ...otherDates] = facts.filter(({ key }) => key === 'date')
  // From one day to another something lasted.
  if (!date || otherDates.some(({ text }) => text.slice(0, 10) !== date.text.slice(0, 10))) {
    return undefined
  }
  const all = body.split('\n')
  const isOfDiary = isAlone(all[date.at]) && all.slice(date.at + 1, mostBelow).some(isAlone)
  if (isOfDiary || !mayBeOfPost(date.text, all[date.at] ?? '')) return undefined
  for (const { at, isWhole } of lines) if (isWhole) all[at] = ''
  const first = new Map(facts.toReversed().map((fact) => [fact.key, fact]))
  const entries = [...first.values()].map(({ key, text, at }) => {
    const line = firstLine + at
    return { key, line, value: { line, text } }
  })
  return { entries, date: date.text, body: all.join('\n') }
}

/** Before that nobody posted; what is to come is an event, unless the line says that it is the day of a post. */
function mayBeOfPost(date: string, line: string): boolean {
  const time = Date.parse(date.slice(0, 10))
  return time >= firstPost && (time < Date.now() + dayMs || saysPublished.test(line))
}

const dayMs = 86_400_000
const firstPost = Date.parse('1991-01-01')
const saysPublished =
  /publi|pubbl|post(?:ed|é)|veröffentlicht|erschienen|paru|yayı|geplaatst|опубл|نشر|公開|投稿|掲載|发布|發布|發佈|发表|게시/iu

/** Those beside the first heading that state facts, down to the first that does not; none where they are facts of an event or a book. */
function linesOfHead(lines: readonly string[]): readonly Line[] {
  const found: Line[] = []
  let isTitled = false
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || isPicture.test(line)) continue
    if (ofEvent.test(bare(line.slice(0, longest)))) return []
    const isUnderlined = /^ {0,3}=+[ \t]*$/.test(lines[at + 1] ?? '')
    if (isUnderlined || /^ {0,3}#{1,6}[ \t]/.test(line)) {
      if (isTitled) return found
      isTitled = true
      if (isUnderlined) at += 1
    } else if (found.length > 0 && isRule.test(line)) {
      found.push({ at, facts: [], isWhole: true })
    } else {
      const facts = factsOfLine(line)
      if (facts) found.push({ at, ...facts })
      else if (!isOtherFact.test(line)) return found
    }
  }
  return found
}

const isPicture = /^ {0,3}!\[[^\]\n]*\]\([^()\n]*\)[ \t]*$/
const isRule = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$/
/** In the same form, about what means nothing here: it stays in the text. */
const isOtherFact =
  /^\s*(?:>\s*)?(?:[-*+]\s+)?\*\*[^*\n]{1,40}(?:[:：]\s*\*\*|\*\*\s*[:：])\s*\S.{0,120}$/
const ofEvent =
  /^(?:where|when|place|location|venue|address|time|starts?|ends?|tickets?|admission|rsvp|result|born|died|publisher|isbn|pages|ort|wo|wann|uhrzeit|beginn|ende|eintritt|geboren|gestorben|verlag|seiten|lieu|où|quand|heure|entrée|éditeur|lugar|dónde|hora|entradas|editorial|luogo|dove|ora|editore|yer|mekan|saat|yayınevi|место|время|издательство|地点|時間|场所|場所|出版社|장소|출판사)\s?[:：]/iu
const isInList = /^\s*[-*+]\s/
const isCode = /^(?: {4}|\t| {0,3}(?:`{3}|~{3}))/

const isAlone = (line = '') =>
  line.length <= longest && /\d{4}/.test(line) && dateIn(bare(line)) !== undefined

/** Its words, without the marks of emphasis, lists, quotations and elements, and without signs before them. */
function bare(line: string): string {
  const words = line
    .replace(/^\s*<!--\s*(.*?)\s*-->\s*$/, '$1')
    .replace(/^\s*(?:>\s*)*(?:[-*+]\s+)?/, '')
    .replace(/<[^<>]{0,200}>/g, '')
    .replace(/\*{1,3}|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])|`|\\$/gu, '')
    .replace(/^(?:\p{Extended_Pictographic}\ufe0f?\s*){1,4}/u, '')
  return plainText(words).trim()
}

/** @returns undefined of a line that begins with none */
function factsOfLine(line: string): Omit<Line, 'at'> | undefined {
  if (line.length > longestSummary || isCode.test(line)) return undefined
  const words = bare(line)
  const [fact] = factsOf(words) ?? []
  if (fact?.key === 'summary') return { facts: [fact], isWhole: true }
  if (words.length > longest || (isInList.test(line) && !labelled.test(words))) return undefined
  const parts = words.split(/\s*[|·•]\s*|\s+[–—]\s+/).filter((part) => part !== '')
  const known = parts.map(factsOf)
  if (known[0] === undefined) return undefined
  return { facts: known.flatMap((some) => some ?? []), isWhole: !known.includes(undefined) }
}

/** @returns undefined of words that state nothing that is known */
function factsOf(words: string): readonly Fact[] | undefined {
  if (readingTime.test(words)) return []
  const [, label = '', text = ''] = labelled.exec(words) ?? []
  const key = label === '' ? undefined : keyFor(label)
  if (key === 'date' || key === 'updated') return datedBy(text, key)
  if (key) return [{ key, text }]
  const names = namesIn(words.replace(by, ''))
  if (by.test(words) && names) return [names]
  return datedBy(words, 'date')
}

function keyFor(label: string): FactKey | undefined {
  const known = keyOf.get(label.toLowerCase())
  if (known) return known
  const field = fieldOf(label)
  if (field === 'section') return 'categories'
  return factKeys.find((key) => key === field)
}

const factKeys = [...Object.keys(labels), 'draft', 'status'] as FactKey[]

/** "May 1, 2024", "Posted on 1 May 2024 by Jo Lind", "By Jo Lind, May 1, 2024". */
function datedBy(words: string, key: 'date' | 'updated'): readonly Fact[] | undefined {
  const text = words.replace(dateLabel, '').replace(labelBehind, '').replace(/\.$/, '')
  const date = dateIn(text)
  if (date) return [{ key, text: date }]
  const [written, ...others] = daysWithin(text)
  if (!written || others.length > 0) return undefined
  const before = text.slice(0, written.index)
  if (by.test(before)) {
    const names = namesIn(
      before.replace(by, '').replace(/[\s,]*(?:\b(?:on|le|am|el|em|il|op))?[\s,]*$/i, ''),
    )
    const day = dateIn(text.slice(written.index))
    return names && day ? [names, { key, text: day }] : undefined
  }
  const [sign] = byBehind.exec(text) ?? []
  if (sign === undefined) return undefined
  const [day, names] = [
    text.slice(0, text.indexOf(sign)),
    text.slice(text.indexOf(sign) + sign.length),
  ]
  const [when, who] = [dateIn(day), namesIn(names)]
  return when && who ? [{ key, text: when }, who] : undefined
}

/** Of people, and nothing else. */
function namesIn(text: string): Fact | undefined {
  const names = text.split(/,\s*(?:and\s+)?|\s+(?:and|&|und|et|y|e|ve|en)\s+/u)
  return names.every((name) => personName.test(name)) ? { key: 'authors', text } : undefined
}
