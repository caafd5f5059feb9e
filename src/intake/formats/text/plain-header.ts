/** What a plain text states above its story, a line each: "Title: …", "Date: …", "Author: …". */
import { splitNames, unique } from '../lines/page-names.ts'
import { afterBy } from '../lines/page-words.ts'
import { dateIn } from '../lines/written-date.ts'

export interface PlainHeader {
  /** Undefined where the header states no day that is known. */
  readonly date: string | undefined
  readonly authors: readonly string[]
  readonly tags: readonly string[]
  readonly section: string | undefined
  readonly summary: string | undefined
  /** The text without these lines, which are blank, and with its title alone. */
  readonly text: string
}

/** What each label states, in small letters. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  title: ['title', 'headline', 'hed'],
  date: ['date', 'published', 'publish date', 'publication date', 'pub date', 'release date'],
  author: ['author', 'authors', 'byline', 'written by', 'by', 'reporter'],
  tags: ['tags', 'keywords'],
  section: ['section', 'category'],
  summary: ['dek', 'deck', 'standfirst', 'subhead', 'subheadline', 'summary'],
  other: ['slug', 'words', 'word count', 'desk', 'version', 'editor'],
}
const labelled = new RegExp(
  `^(${Object.values(kinds).flat().join('|')}):[ \\t]+(\\S.{0,300})$`,
  'i',
)

/** So many lines are looked at. */
const mostLines = 12
/** So many lines that say what they are make a header where none of them states a day. */
const fewestUndated = 2

/**
 * Lines one below the other, at the top or below a title.
 * @returns undefined where they are none of a header: "Date: …" below a title may be what a text is about
 */
export function plainHeaderOf(written: string): PlainHeader | undefined {
  const start = written.search(/\S/)
  const lines = written.slice(Math.max(start, 0)).split('\n', mostLines + 1)
  const first = labelled.test(lines[0]?.trim() ?? '') ? 0 : 1
  const all = lines.slice(first, mostLines).map((line) => labelled.exec(line.trim()))
  const end = all.indexOf(null)
  const stated = all.slice(0, end === -1 ? undefined : end)
  const facts = new Map(stated.map((found) => [kindOf(found?.[1] ?? ''), found?.[2] ?? '']))
  const date = dateIn(facts.get('date') ?? '')
  const title = facts.get('title')
  // A day that cannot be read stays to be seen.
  const isUndated = title !== undefined && !facts.has('date') && facts.size >= fewestUndated
  if (!(date || isUndated) || (first === 1 && title !== undefined)) return undefined
  const author = facts.get('author') ?? ''
  const rest = written.slice(start).split('\n')
  const count = first + stated.length
  const head = [first === 1 ? rest[0] : (title ?? ''), ...Array(count - 1).fill('')]
  return {
    date,
    authors: author === '' ? [] : splitNames(afterBy(author)?.rest ?? author),
    tags: unique(
      (facts.get('tags') ?? '').split(/[,;]/).map((tag) => tag.trim().replace(/^#/, '')),
    ),
    section: facts.get('section'),
    summary: facts.get('summary'),
    text: written.slice(0, start) + [...head, '', ...rest.slice(count)].join('\n'),
  }
}

const kindOf = (label: string) =>
  Object.keys(kinds).find((kind) => kinds[kind]?.includes(label.toLowerCase())) ?? ''
