import { wordSet } from '../../../text.ts'
import { dayOf } from '../../stated-date.ts'
import { foldWord } from './page-word-lists.ts'
import { afterDateWord, asciiDigits } from './page-words.ts'

/** A date as a page shows it to people. */
export interface DateLine {
  /** `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM` where the line has a time. */
  readonly date: string
  /** Languages whose month has this name, most likely first; empty when no month is named. */
  readonly languages: readonly string[]
  /** Whether it is the date of a change. */
  readonly isUpdate: boolean
}

/** Locales asked for the names of months, most likely first. ar-SY and ar-MA have their own. */
const locales = [
  ['en'],
  [
    'fr',
    'tr',
    'de',
    'ru',
    'ar',
    'ar-SY',
    'ar-MA',
    'es',
    'nl',
    'sw',
    'ha',
    'so',
    'sq',
    'bs',
    'sr',
    'mk',
    'bg',
    'it',
    'no',
    'pl',
  ],
  ['az', 'fa', 'ur', 'uk', 'pt', 'ms', 'id'],
  ['ro', 'cs', 'sk', 'hu', 'sv', 'da', 'fi', 'el', 'hr', 'sl', 'ca', 'de-AT', 'he', 'hi'],
  ['bn', 'mr', 'ne', 'gu', 'pa', 'ta', 'te', 'kn', 'ml'],
].map((group) => group.filter((locale) => Intl.DateTimeFormat.supportedLocalesOf(locale).length))

/** What may stand beside day, month and year: 13 de abril, 1er avril, 13th of April, 2017 г. */
const fillers = wordSet('de del le el der den am of the er st nd rd th г года م')

interface Month {
  readonly number: number
  readonly language: string
  /** As Intl writes it. */
  readonly name: string
}

interface Names {
  readonly months: Map<string, Month[]>
  readonly weekdays: Set<string>
}

/** One for each group of locales, made when first needed. */
const namesOfGroup: Names[] = []

/** Many write the alif of Arabic months without its sign, and those of Bengali with a short i. */
const fold = (word: string) =>
  foldWord(word.normalize()).replace(/\.$/, '').replace(/[أإآ]/g, 'ا').replace(/ী/g, 'ি')

const wordsIn = (text: string): readonly string[] => text.match(/[\p{L}\p{M}]+/gu) ?? []

function namesOf(group: number): Names {
  const made = namesOfGroup[group]
  if (made) return made
  const names: Names = { months: new Map(), weekdays: new Set() }
  for (const locale of locales[group] ?? []) addNames(names, locale)
  namesOfGroup[group] = names
  return names
}

function addNames(names: Names, locale: string): void {
  for (const style of ['long', 'short'] as const) {
    const utc = { month: style, timeZone: 'UTC' } as const
    const calendar = `${locale}-u-ca-gregory`
    // With a day the month stands in the case a date needs (апреля); alone it is the bare name.
    const alone = new Intl.DateTimeFormat(calendar, utc)
    const inDate = new Intl.DateTimeFormat(calendar, { ...utc, weekday: style, day: 'numeric' })
    for (let number = 1; number <= 12; number += 1) {
      // In a year the fifth of a month falls on every day of the week.
      const day = Date.UTC(2021, number - 1, 5)
      for (const { type, value } of [...alone.formatToParts(day), ...inDate.formatToParts(day)]) {
        if (type === 'weekday') for (const word of wordsIn(value)) names.weekdays.add(fold(word))
        if (type === 'month' && !/\d/.test(value)) addMonth(names.months, number, locale, value)
      }
    }
  }
}

function addMonth(months: Names['months'], number: number, locale: string, name: string): void {
  const language = locale.slice(0, 2)
  const known = months.get(fold(name)) ?? []
  months.set(fold(name), known)
  if (!known.some((other) => other.language === language)) known.push({ number, language, name })
}

/**
 * Reads a line that is a date and nothing else: `April 13, 2017`, `13 avril 2017`,
 * `13 апреля 2017 г.`, `١٣ أبريل ٢٠١٧`, `13.04.2017`, `2017-04-13`; a weekday may stand before it
 * and a time of 24 hours after it; `Updated` or `Published` may stand before all.
 * @returns undefined when the line is anything else, or the day does not exist
 */
export function readDateLine(line: string): DateLine | undefined {
  if (line.length < 8 || line.length > 64 || !/\p{Nd}{4}/u.test(line)) return undefined
  const { rest: text, isUpdate } = afterDateWord(asciiDigits(line))
  const time = /\b([01]?\d|2[0-3]):([0-5]\d)\b/.exec(text)
  const day = readDay(time ? text.replace(time[0], ' ') : text)
  if (!day) return undefined
  const clock = time ? `T${(time[1] ?? '').padStart(2, '0')}:${time[2]}` : ''
  return { date: `${day.date}${clock}`, languages: day.languages, isUpdate }
}

type Day = Omit<DateLine, 'isUpdate'>

function readDay(text: string): Day | undefined {
  const numbers = text.match(/\d+/g) ?? []
  const words = wordsIn(text)
  if (words.length > 6) return undefined
  const [first = '', second = '', third = ''] = numbers
  if (numbers.length === 3) {
    const isBare = words.every((word) => isBesideMonth(word, 0) || isBesideMonth(word, 1))
    if (!isBare) return undefined
    if (/(^|\s)\d{4}-\d{1,2}-\d{1,2}\b/.test(text)) return dateOf(first, second, third)
    if (/(^|\s)\d{1,2}\.\d{1,2}\.\d{4}\b/.test(text)) return dateOf(third, second, first)
    return undefined
  }
  if (numbers.length !== 2 || words.length === 0) return undefined
  const [year, day] = first.length === 4 ? [first, second] : [second, first]
  if (year.length !== 4 || day.length > 2) return undefined
  // A full stop after the day, as in "13. April", is never English.
  const from = /\d\./.test(text) ? 1 : 0
  const months = monthIn(words, from)
  if (!months) return undefined
  return dateOf(year, String(months[0]?.number), day, languagesOf(months, words, text))
}

const isBesideMonth = (word: string, group: number) =>
  fillers.has(fold(word)) || namesOf(group).weekdays.has(fold(word))

/** The month that the words name, if every other word may stand beside a month. */
function monthIn(words: readonly string[], from: number): readonly Month[] | undefined {
  for (let group = from; group < locales.length; group += 1) {
    const months = monthOfGroup(words, group)
    if (months) return months
  }
  return undefined
}

function monthOfGroup(words: readonly string[], group: number): readonly Month[] | undefined {
  const { months } = namesOf(group)
  let found: readonly Month[] | undefined
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    // Some months have two words: كانون الثاني.
    const next = words[at + 1]
    const pair = next && months.get(fold(`${word} ${next}`))
    const month = pair ?? months.get(fold(word))
    if (pair) at += 1
    // Arabic pages name a month twice: نيسان/أبريل.
    if (month && (!found || month[0]?.number === found[0]?.number)) found ??= month
    else if (!isBesideMonth(word, group)) return undefined
  }
  return found
}

/**
 * "Mai" is German and "mai" French. Only English has the month before the day: "13 April" may be in any
 * language that has this name.
 */
function languagesOf(
  months: readonly Month[],
  words: readonly string[],
  text: string,
): readonly string[] {
  const exact = (some: readonly Month[]) =>
    some.filter(({ name }) => text.includes(name)).map(({ language }) => language)
  const found = exact(months)
  const isMonthFirst = text.search(/\p{L}/u) < text.search(/\d/)
  if (found[0] === 'en' && isMonthFirst) return ['en']
  if (found.length > 0 && found[0] !== 'en') return found
  const groups = locales.keys().map((group) => exact(monthOfGroup(words, group) ?? []))
  const others = groups.find((languages) => languages.length > 0 && languages[0] !== 'en') ?? []
  const all = [...found, ...others]
  return all.length > 0 ? all : months.map(({ language }) => language)
}

function dateOf(
  year: string,
  month: string,
  day: string,
  languages: readonly string[] = [],
): Day | undefined {
  const date = dayOf(year, month, day)
  return date === undefined ? undefined : { date, languages }
}
