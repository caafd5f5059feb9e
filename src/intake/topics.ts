/**
 * Topics of an article, found by rule in its title and dek: countries, and the words of
 * newsstand.config.json. Right rather than many: what is left out, and why, is in docs/topics.md.
 */
import type { TopicRule } from '../config-file.ts'
import {
  CAUCASUS,
  CITIES,
  countryIndex,
  LANGUAGE_NOUNS,
  OPENERS,
  PLACE_BEFORE,
  STATE_AFTER,
  STATE_IN_US,
} from './topic-countries.ts'
import {
  add,
  type Index,
  inSmall,
  type Phrase,
  split,
  type Word,
  wordsOf,
} from './topic-phrases.ts'

/** The topics of an article, in order of first appearance. */
export type TopicFinder = (title: string, summary: string | undefined) => string[]

/** A text being read. */
interface Reading {
  readonly text: string
  readonly words: readonly Word[]
  /** Whether the article is about the Caucasus, where Georgia is a country; few articles need to know. */
  isInCaucasus(): boolean
  readonly countries: Index
  /** Index of the word after the country found last, or -1. */
  afterCountry: number
}

/**
 * Prepares the rules, and returns the function that finds the topics of an article:
 * countries by their common name, and the tags of the rules, in order of first appearance.
 */
export function createTopicFinder(rules: readonly TopicRule[]): TopicFinder {
  const countries = countryIndex()
  const exactRules: Index = new Map()
  const looseRules: Index = new Map()
  for (const { tag, words } of rules) {
    for (const word of words) {
      const ignoresCase = !/\p{Lu}/u.test(word)
      add(ignoresCase ? looseRules : exactRules, {
        words: ignoresCase ? split(word).map(inSmall) : split(word),
        tag,
        ignoresCase,
      })
    }
  }

  function findIn(reading: Reading, found: Set<string>): void {
    // A text without one small letter is shouted: its capitals tell nothing about names.
    const hasNames = /\p{Ll}/u.test(reading.text)
    let next = 0
    for (let at = 0; at < reading.words.length; at++) {
      const text = reading.words[at]?.text ?? ''
      // To look up a word of a text costs more than to see that there is nothing to find.
      if (exactRules.size > 0) addRules(exactRules.get(text), reading, at, found)
      if (looseRules.size > 0) addRules(looseRules.get(inSmall(text)), reading, at, found)
      if (!hasNames || at < next || !hasCapital(text)) continue
      const phrase = phraseAt(reading, at)
      if (phrase === undefined || !isMeant(phrase, reading, at)) continue
      next = at + phrase.words.length
      if (phrase.tag === undefined || isLanguage(phrase, reading, next)) continue
      reading.afterCountry = next
      found.add(phrase.tag)
    }
  }

  return (title, summary = '') => {
    const found = new Set<string>()
    const texts = [title.normalize('NFC'), summary.normalize('NFC')]
    const article = texts.map(wordsOf)
    const isInCaucasus = () => isAboutCaucasus(article.flat())
    article.forEach((words, n) => {
      findIn({ text: texts[n] ?? '', words, isInCaucasus, countries, afterCountry: -1 }, found)
    })
    return [...found]
  }
}

/** The longest country name, or name that is read over, that begins at a word. */
function phraseAt(reading: Reading, at: number): Phrase | undefined {
  return reading.countries.get(reading.words[at]?.text ?? '')?.find((p) => matches(p, reading, at))
}

function addRules(
  phrases: readonly Phrase[] | undefined,
  reading: Reading,
  at: number,
  found: Set<string>,
): void {
  for (const phrase of phrases ?? []) {
    if (matches(phrase, reading, at) && phrase.tag !== undefined) found.add(phrase.tag)
  }
}

/** Whether the words of a phrase follow its first word, joined as in a name. */
function matches(phrase: Phrase, reading: Reading, at: number): boolean {
  return phrase.words.every((expected, n) => {
    if (n === 0) return true
    const text = reading.words[at + n]?.text ?? ''
    if ((phrase.ignoresCase ? inSmall(text) : text) !== expected) return false
    const gap = gapAfter(reading, at + n - 1)
    // "St. Lucia" and "N. Korea", but not "to the South. Sudan says".
    const isInitial = /^(?:\p{Lu}|St)$/u.test(reading.words[at + n - 1]?.text ?? '')
    return /^(?:\s*|[-‐‑–.'’])$/u.test(gap) || (isInitial && gap === '. ')
  })
}

/** What stands between a word and the next one. */
function gapAfter(reading: Reading, at: number): string {
  return reading.text.slice(reading.words[at]?.end, reading.words[at + 1]?.start)
}

/** The words before and after, as far as only a space parts them from this one. */
function neighbours(reading: Reading, at: number): [string, string] {
  const before = at > 0 && gapAfter(reading, at - 1) === ' ' ? reading.words[at - 1]?.text : ''
  const after = gapAfter(reading, at) === ' ' ? reading.words[at + 1]?.text : ''
  return [before ?? '', after ?? '']
}

/** Of a country in history: "Ancient Egypt" is a subject of books everywhere. */
const OF_OLD = new Set(['ancient', 'medieval', 'mediaeval', 'prehistoric'])

function isMeant(phrase: Phrase, reading: Reading, at: number): boolean {
  if (!phrase.isDemonym && OF_OLD.has(inSmall(neighbours(reading, at)[0]))) return false
  const check = phrase.words.length === 1 ? CHECKS.get(phrase.words[0] ?? '') : undefined
  return check === undefined || check(reading, at)
}

function isLanguage(phrase: Phrase, reading: Reading, next: number): boolean {
  return phrase.isDemonym === true && LANGUAGE_NOUNS.has(inSmall(reading.words[next]?.text ?? ''))
}

/** "US" is the country unless it is a shouted "us" ("JOIN US NOW: …"), or a currency ("US$5"). */
function isNotShouted(reading: Reading, at: number): boolean {
  if (gapAfter(reading, at).startsWith('$')) return false
  const around = neighbours(reading, at).filter((word) => word !== '')
  return around.length === 0 || around.some((word) => !/^\p{Lu}{2,}$/u.test(word))
}

/** Chad and Jordan are people, rivers and shoes as well: something must speak for the country. */
function isPlace(reading: Reading, at: number): boolean {
  const [before, after] = neighbours(reading, at)
  const [smallBefore, smallAfter] = [inSmall(before), inSmall(after)]
  if (hasCapital(after) && !STATE_AFTER.has(smallAfter)) return false
  const isFreeBefore = PLACE_BEFORE.has(smallBefore) || OPENERS.has(smallBefore)
  if (hasCapital(before) && !isFreeBefore) return false
  if (PLACE_BEFORE.has(smallBefore) || STATE_AFTER.has(smallAfter)) return true
  const isPossessive = /^['’]$/u.test(gapAfter(reading, at)) && reading.words[at + 1]?.text === 's'
  return isPossessive || isListed(reading, at)
}

/** Whether the word is in a list: "Egypt and Jordan", "Jordan, Egypt", "Amman, Jordan". */
function isListed(reading: Reading, at: number): boolean {
  const { words, afterCountry } = reading
  const isList = /^(?:, |[-‑–/])$/u
  if (words[at - 1]?.text === 'and' && afterCountry === at - 1) return true
  const isAfterComma = at > 0 && isList.test(gapAfter(reading, at - 1))
  if (isAfterComma && (afterCountry === at || CITIES.has(words[at - 1]?.text ?? ''))) return true
  const next = words[at + 1]?.text === 'and' ? at + 2 : at + 1
  if (next === at + 1 && !isList.test(gapAfter(reading, at))) return false
  const phrase = phraseAt(reading, next)
  return phrase?.tag !== undefined && !CHECKS.has(phrase.words[0] ?? '')
}

function isAboutCaucasus(words: readonly Word[]): boolean {
  if (words.some(({ text }) => STATE_IN_US.has(text))) return false
  return words.some(({ text }) => CAUCASUS.has(text))
}

function hasCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word)
}

/** Names that count only where the words around them say so. */
const CHECKS: ReadonlyMap<string, (reading: Reading, at: number) => boolean> = new Map([
  ['US', isNotShouted],
  ['Chad', isPlace],
  ['Jordan', isPlace],
  ['Georgia', (reading) => reading.isInCaucasus()],
])
