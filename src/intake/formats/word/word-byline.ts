/** Who a line below the title of a Word document says wrote it. */
import { namesInByline } from '../lines/page-byline.ts'
import { splitNames } from '../lines/page-names.ts'
import { afterBy } from '../lines/page-words.ts'

const longestLine = 120

/** Whose word for "by" it is. */
const languageOfBy: Readonly<Record<string, string>> = { by: 'en', von: 'de', par: 'fr', por: 'es' }

/** The names in a line such as "By Mira Onal and Jo Lind"; none in "By Tuesday the boats were full". */
export function namesIn(words: string): string[] {
  if (words.length > longestLine) return []
  const [said = '', by] = /^(by|von|par|por)(?=[\s:])(?:\s*[:–—-]\s*)?/i.exec(words) ?? []
  const line = by ? `${by} ${words.slice(said.length).trimStart()}` : words
  const names = by ? namesInByline([line], languageOfBy[by.toLowerCase()]) : namesOfOthers(words)
  // A colon says that a name comes, which may be a first name.
  const isSaid = /^\p{L}+:\s*\p{Lu}\p{Ll}+$/u.test(words)
  return isSaid || names.every(isName) ? names : []
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
