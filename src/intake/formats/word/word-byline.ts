/** Who a line below the title of a Word document says wrote it. */
import { daysWithin } from '../lines/date-in-text.ts'
import { isLabelled, isPersonName, namesInByline, withoutBy } from '../lines/page-byline.ts'
import { splitNames } from '../lines/page-names.ts'
import { afterBy } from '../lines/page-words.ts'

const longestLine = 120

/** Whose word for "by" it is. */
const languageOfBy: Readonly<Record<string, string>> = { by: 'en', von: 'de', par: 'fr', por: 'es' }

/** The names in a line such as "By Mira Onal and Jo Lind"; none in "By Tuesday the boats were full". */
export function namesIn(line: string): string[] {
  if (line.length > longestLine) return []
  const words = asBy(withoutDay(line))
  const [said = '', by] = /^(by|von|par|por)(?=[\s:])(?:\s*[:–—-]\s*)?/i.exec(words) ?? []
  const byline = by ? `${by} ${words.slice(said.length).trimStart()}` : words
  const names = by ? namesInByline([byline], languageOfBy[by.toLowerCase()]) : namesOfOthers(words)
  // A colon says that a name comes, which may be a first name.
  const isSaid = /^\p{L}+:\s*\p{Lu}\p{Ll}+$/u.test(words)
  return isSaid || names.every(isName) ? names : []
}

/** `9 April 2026, by Mira Onal` without its day. */
function withoutDay(line: string): string {
  const [day] = daysWithin(line)
  return day?.index === 0 ? line.slice(day.written.length).replace(/^[\s,|•·–—-]+/u, '') : line
}

/** `Author: Mira Onal`, `Byline: By Mira Onal`, `Words by Mira Onal` as "By". In other letters the label tells the language. */
function asBy(line: string): string {
  const isOfOthers = isLabelled(line) && /^\p{Script=Latin}/u.test(line)
  if (!isOfOthers && !/^\p{L}+ by\s/iu.test(line)) return line
  const names = withoutBy(withoutBy(line))
  if (names === line) return line
  if (names.includes(' ')) return `By ${names}`
  // "Text: English" names nobody.
  return /^text/i.test(line) ? line : `By: ${names}`
}

/** In other letters than Latin ones, whose short words are words of sentences too. */
const namesOfOthers = (words: string) =>
  /^\p{Script=Latin}/u.test(words)
    ? []
    : splitNames(afterBy(words)?.rest ?? afterStudent.exec(words)?.[1] ?? '')

/** As papers of students say it. */
const afterStudent = /^Выполнил[аи]?(?: студент\p{L}*)?:\s*(.*)$/u

/** In letters without capitals it has few words. */
const isName = (name: string) =>
  /^(?:\p{Lu}\S*(?:\s\S+){1,4}|\p{Lo}\S*(?:\s\p{Lo}\S*){1,3})$/u.test(name) && !/[.!?؟]$/.test(name)

/** The names in a line that says no word for "by", above a day or before one of its own: `Mira Onal | 9 April 2026`. */
export function signers(line: string, isAboveDay: boolean): string[] {
  const names = splitNames(isAboveDay ? line : besideDay(line))
  return names.every(isPerson) ? names : []
}

/** Capitals, so many as people's names have: headlines have more. */
const mostInName = 3

const isPerson = (name: string) =>
  isPersonName(name) && (name.match(/(?<!\S)\p{Lu}/gu) ?? []).length <= mostInName

/** What stands before a day that ends a line; before a comma one name may be a place's. */
function besideDay(line: string): string {
  const [day] = line.length > longestLine ? [] : daysWithin(line)
  if (!day || day.index + day.written.length < line.length) return ''
  const [, names = '', sign] = /^(.*\S)\s*([|•·,])\s*$/u.exec(line.slice(0, day.index)) ?? []
  return sign !== ',' || splitNames(names).length > 1 ? names : ''
}
