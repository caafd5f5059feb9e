/** What a line beside the title of a text says of it: a date, names, or what its label tells. */
import { fieldOf } from '../front-matter/front-matter-keys.ts'
import { plainText } from '../front-matter/front-matter-text.ts'
import { daysWithin } from '../lines/date-in-text.ts'
import { dayOfPlace } from '../lines/day-of-place.ts'
import { dateIn } from '../lines/written-date.ts'

export interface Fact {
  readonly key: FactKey
  readonly text: string
}

type NamedKey = 'date' | 'updated' | 'authors' | 'categories' | 'tags' | 'summary'
/** What keeps an article back has the names of front matter alone. */
type FactKey = NamedKey | 'draft' | 'status'

/** Longer ones are sentences; of a summary that is said to be one, more is read. Characters. */
export const longest = 160
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

/** The longest first, as they begin a line without a colon. */
const beginsWith = (words: string) => {
  const longestFirst = words.split('|').sort((one, other) => other.length - one.length)
  return new RegExp(`^(?:${longestFirst.join('|')})[\\s:：]*(?=[\\p{L}\\d])`, 'iu')
}
const dateLabel = beginsWith(labels.date)
const updateLabel = beginsWith(`updated|${labels.updated}`)
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

const isInList = /^\s*[-*+]\s/
const isCode = /^(?: {4}|\t| {0,3}(?:`{3}|~{3}))/

/** Its words, without the marks of emphasis, lists, quotations and elements, and without signs before them. */
export function bare(line: string): string {
  const words = line
    .replace(/^\s*<!--\s*(.*?)\s*-->\s*$/, '$1')
    .replace(/^\s*(?:>\s*)*(?:[-*+]\s+)?/, '')
    .replace(/<[^<>]{0,200}>/g, '')
    .replace(/\*{1,3}|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])|`|\\$/gu, '')
    .replace(/^(?:\p{Extended_Pictographic}\ufe0f?\s*){1,4}/u, '')
  return plainText(words).trim()
}

export interface FactsOfLine {
  readonly facts: readonly Fact[]
  /** Whether the line says nothing else. */
  readonly isWhole: boolean
}

/** @returns undefined of a line that begins with none */
export function factsOfLine(line: string): FactsOfLine | undefined {
  if (line.length > longestSummary || isCode.test(line)) return undefined
  const words = bare(line)
  const [fact] = factsOf(words) ?? []
  if (fact?.key === 'summary') return { facts: [fact], isWhole: true }
  if (words.length > longest || (isInList.test(line) && !labelled.test(words))) return undefined
  const parts = words.split(/\s*[|·•]\s*|\s+[–—-]\s+|(?<=\d{4})\.\s+/).filter((part) => part !== '')
  const known = parts.map(factsOf)
  if (known[0] === undefined) return placedDay(words)
  return { facts: known.flatMap((some) => some ?? []), isWhole: !known.includes(undefined) }
}

/** The place stays in the text. */
function placedDay(words: string): FactsOfLine | undefined {
  const text = dayOfPlace(words)
  return text ? { facts: [{ key: 'date', text }], isWhole: false } : undefined
}

/** Whether a line is a day, and at most the place where it was written. */
export const isDayAlone = (words: string) =>
  !labelled.test(words) && (dateIn(words) !== undefined || dayOfPlace(words) !== undefined)

/** @returns undefined of words that state nothing that is known */
function factsOf(words: string): readonly Fact[] | undefined {
  if (readingTime.test(words)) return []
  const [, label = '', text = ''] = labelled.exec(words) ?? []
  const key = label === '' ? undefined : keyFor(label)
  if (key === 'date' || key === 'updated') return datedBy(text, key)
  if (key) return [{ key, text }]
  const names = namesIn(words.replace(by, ''))
  if (by.test(words) && names) return [names]
  const isUpdate = updateLabel.test(words)
  return isUpdate ? datedBy(words.replace(updateLabel, ''), 'updated') : datedBy(words, 'date')
}

function keyFor(label: string): FactKey | undefined {
  const known = keyOf.get(label.toLowerCase())
  if (known) return known
  const field = fieldOf(label)
  if (field === 'section') return 'categories'
  return factKeys.find((key) => key === field)
}

const factKeys = [...Object.keys(labels), 'draft', 'status'] as FactKey[]

/** As themes of WordPress write it: `Posted on May 1, 2024 in Travel`, `Posted in Travel, Ferries on May 1, 2024`. */
const categoryBehind = /(?<=\d{4}.*) in (\p{Lu}[^\d.:;]{1,60})$/u
const categoryBefore = /^in (\p{Lu}[^\d.:;]{1,60}?) on (?=\S)/u

/** Without a word such as "Posted" it may be a place, and is none. */
function withoutCategory(stated: string, words: string) {
  const found =
    categoryBehind.exec(stated) ?? (/^posted/i.test(words) ? categoryBefore.exec(stated) : null)
  const [written = '', category = ''] = found ?? []
  const isNamed = stated !== words
  if (!isNamed && category.includes(',')) return { text: stated, category: undefined }
  return { text: stated.replace(written, ''), category: isNamed && category ? category : undefined }
}

/** "May 1, 2024", "Posted on 1 May 2024 by Jo Lind", "By Jo Lind, May 1, 2024". */
function datedBy(words: string, key: 'date' | 'updated'): readonly Fact[] | undefined {
  const stated = words.replace(dateLabel, '').replace(labelBehind, '').replace(/\.$/, '')
  const { text, category } = withoutCategory(stated, words)
  const facts = dayAndNames(text, key)
  return facts && category ? [...facts, { key: 'categories', text: category }] : facts
}

function dayAndNames(text: string, key: 'date' | 'updated'): readonly Fact[] | undefined {
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
