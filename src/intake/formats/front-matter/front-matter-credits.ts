/** Who has translated or edited an article: none of its authors, and known by no feed, so that a line below the text says so. */
import { escapeText } from '../../../text.ts'
import type { Fields } from './front-matter-fields.ts'
import { bylineIn, isPersonName } from './front-matter-names.ts'

type Role = 'translators' | 'editors'

/** What each has done, by the language of the article. */
const words: Readonly<Record<string, readonly [string, string]>> = {
  en: ['Translation', 'Editing'],
  de: ['Übersetzung', 'Redaktion'],
  fr: ['Traduction', 'Édition'],
  es: ['Traducción', 'Edición'],
  pt: ['Tradução', 'Edição'],
  it: ['Traduzione', 'Redazione'],
  nl: ['Vertaling', 'Redactie'],
  tr: ['Çeviri', 'Editör'],
  ru: ['Перевод', 'Редактор'],
  uk: ['Переклад', 'Редактор'],
  bg: ['Превод', 'Редактор'],
  pl: ['Tłumaczenie', 'Redakcja'],
  ar: ['ترجمة', 'تحرير'],
  fa: ['ترجمه', 'ویرایش'],
  id: ['Terjemahan', 'Penyuntingan'],
  vi: ['Bản dịch', 'Biên tập'],
  zh: ['翻译', '编辑'],
  ja: ['翻訳', '編集'],
  ko: ['번역', '편집'],
}

const roles: readonly Role[] = ['translators', 'editors']

/**
 * The line as HTML; '' where nobody is stated.
 * @param names of authors by their keys
 */
export function creditsIn(
  fields: Fields,
  names: ReadonlyMap<string, string>,
  language: string | undefined,
): string {
  const ofLanguage = words[language?.split('-')[0] ?? 'en'] ?? words.en ?? []
  const parts = roles.flatMap((role, at) => {
    const people = namesOf(fields, role, names)
    return people.length > 0 ? [`${ofLanguage[at]}: ${people.join(', ')}`] : []
  })
  return parts.length > 0 ? `<p>${escapeText(parts.join(' · '))}</p>` : ''
}

/** An editor may be a program, as in `editor: visual`. */
function namesOf(fields: Fields, role: Role, names: ReadonlyMap<string, string>): string[] {
  const stated = fields
    .all(role)
    .flatMap(({ value }) => ('list' in value ? value.list : [value]))
    .flatMap((value) => bylineIn(value) ?? [])
  const isPerson = (name: string) => names.has(name) || isPersonName(name) || isKey.test(name)
  return stated
    .filter((name) => role === 'translators' || isPerson(name))
    .map((name) => names.get(name) ?? name)
}

/** `jo-lind` */
const isKey = /^[a-z]+(?:-[a-z]+)+$/
