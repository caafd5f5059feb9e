/** What people may search for: words, "phrases", -not, section: tag: author: before: after: */
import { allTermKinds, isTermKind } from '../catalogue/channel-kinds.ts'
import { slugOf } from '../names.ts'
import type { Words } from '../words/en.ts'
import { type Wording, wordingIn } from '../words/wording.ts'
import { fold } from './fold.ts'

/** Raised whenever the index of the same articles would be another one, also for another kind of term, or a search find others in it. */
export const indexVersion = 1

/** A search that was understood. */
export interface Query {
  /** An FTS5 expression (sqlite.org/fts5.html §3). */
  readonly match: string
  /** Published on that day or later; YYYY-MM-DD. */
  readonly after: string | undefined
  /** Published before that day; YYYY-MM-DD. */
  readonly before: string | undefined
}

/** What a search has found. */
export interface Found {
  /** Of articles, newest first. */
  readonly numbers: readonly number[]
  /** Up to this version of an article all were looked at. */
  readonly until: number
}

/** A search that was not understood; the message is a sentence that says where and why, in English. */
export class QueryError extends Error {
  readonly fault: keyof Words['searchFaults']
  readonly places: Readonly<Record<string, string | number>>

  constructor(fault: QueryError['fault'], places: QueryError['places'] = {}) {
    super()
    this.fault = fault
    this.places = places
    this.message = this.in(wordingIn('en'))
  }

  /** The sentence in the language of a site. */
  in(wording: Wording): string {
    return wording.say(wording.words.searchFaults[this.fault], this.places)
  }
}

const longestQuery = 400
const mostTerms = 12
const dates = ['after', 'before']
/** What words are looked for in; the others hold slugs. */
const textColumns = '{title summary names body}'

/** One term: an optional minus, an optional field, and a phrase or a word. */
const term = /\s*(-?)(?:([A-Za-z]+):)?(?:"([^"]*)("?)|([^\s"]*))/y

/**
 * @param text without control characters
 * @throws QueryError
 */
export function parseQuery(text: string): Query {
  if (text.length > longestQuery) {
    throw new QueryError('tooLong', { most: longestQuery })
  }
  const wanted: string[] = []
  const unwanted: string[] = []
  let after: string | undefined
  let before: string | undefined
  let count = 0
  const end = text.trimEnd().length
  term.lastIndex = 0
  while (term.lastIndex < end) {
    const start = term.lastIndex
    const [all, minus, field, phrase, quote, word] = term.exec(text) ?? ['']
    const at = start + all.length - all.trimStart().length + 1
    const value = phrase ?? word ?? ''
    if (quote === '') throw new QueryError('openPhrase', { at })
    count += 1
    if (count > mostTerms) throw new QueryError('tooMany', { most: mostTerms })
    const name = field?.toLowerCase()
    if (name !== undefined && dates.includes(name)) {
      if (minus) throw new QueryError('excludedDate', { at })
      if (name === 'after') after = readDay(value, at)
      else before = readDay(value, at)
      continue
    }
    // A comma stands between names of which one is enough, but within quotation marks it is part of the name.
    const names = phrase === undefined ? value.split(',') : [value]
    const expression = name === undefined ? words(value, at) : slug(name, names, at)
    if (minus) unwanted.push(expression)
    else wanted.push(expression)
  }
  if (wanted.length === 0) {
    throw new QueryError('nothingWanted')
  }
  const not = unwanted.map((expression) => ` NOT ${expression}`).join('')
  return { match: `(${wanted.join(' AND ')})${not}`, after, before }
}

function words(value: string, at: number): string {
  const folded = fold(value)
  if (!/[\p{L}\p{N}]/u.test(folded)) {
    throw new QueryError('noLetter', { at })
  }
  return `(${textColumns} : "${folded}")`
}

function slug(name: string, names: readonly string[], at: number): string {
  if (!isTermKind(name)) {
    const known = [...allTermKinds, ...dates].map((one) => `${one}:`).join(', ')
    throw new QueryError('unknownField', { field: name, at, known })
  }
  if (!names.every((one) => /[\p{L}\p{N}]/u.test(one))) {
    throw new QueryError('noName', { field: name, at })
  }
  // What is shown is a name, and what stands in addresses its slug: people type either.
  const tokens = names.map((one) => slugToken(slugOf(one)))
  return `(${tokens.map((token) => `${name} : "${token}"`).join(' OR ')})`
}

/** A slug as one token of the index, in which hyphens would part words. */
export const slugToken = (value: string) => value.replace(/^-+|-+$/g, '').replaceAll('-', '_')

/** @returns the day that this year, month or day begins with */
function readDay(value: string, at: number): string {
  const isDate = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(value)
  const time = isDate ? Date.parse(value) : Number.NaN
  // JavaScript takes February 30 for March 1.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) {
    return `${value}-01-01`.slice(0, 'YYYY-MM-DD'.length)
  }
  throw new QueryError('noDate', { value, at })
}
