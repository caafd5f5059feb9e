/** What a plain text states above its story, a line each: "Title: …", "Date: …", "Author: …". */
import { splitNames } from '../lines/page-names.ts'
import { afterBy } from '../lines/page-words.ts'
import { dateIn } from '../lines/written-date.ts'

export interface PlainHeader {
  readonly date: string | undefined
  readonly authors: readonly string[]
  /** The text without these lines, which are blank, and with its title alone. */
  readonly text: string
}

const labelled = /^(title|headline|date|author|authors|byline|written by|by):[ \t]+(\S.{0,200})$/i
/** So many lines are looked at. */
const mostLines = 6

/** Lines one below the other, at the top or below a title. @returns undefined where none of them states a day that is known */
export function plainHeaderOf(written: string): PlainHeader | undefined {
  const start = written.search(/\S/)
  const lines = written.slice(Math.max(start, 0)).split('\n', mostLines + 1)
  const first = labelled.test(lines[0]?.trim() ?? '') ? 0 : 1
  const all = lines.slice(first, mostLines).map((line) => labelled.exec(line.trim()))
  const end = all.indexOf(null)
  const facts = new Map(
    all
      .slice(0, end === -1 ? undefined : end)
      .map((found) => [kindOf(found?.[1] ?? ''), found?.[2] ?? '']),
  )
  const date = dateIn(facts.get('date') ?? '')
  const title = facts.get('title')
  if (date === undefined || (first === 1 && title !== undefined)) return undefined
  const author = facts.get('author') ?? ''
  const rest = written.slice(start).split('\n')
  const count = first + (end === -1 ? all.length : end)
  const head = [first === 1 ? rest[0] : (title ?? ''), ...Array(count - 1).fill('')]
  return {
    date,
    authors: author === '' ? [] : splitNames(afterBy(author)?.rest ?? author),
    text: written.slice(0, start) + [...head, '', ...rest.slice(count)].join('\n'),
  }
}

const kindOf = (label: string) =>
  /date/i.test(label) ? 'date' : /title|headline/i.test(label) ? 'title' : 'author'
