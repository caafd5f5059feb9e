/** Names of sections, tags and authors: made readable for people, put in a row, and made into slugs for URLs. */
import { createHash } from 'node:crypto'
import slugify from '@sindresorhus/slugify'
import { wordSet } from './text.ts'

/** Results are remembered: the same few thousand names come with every article. */
const MOST_REMEMBERED = 5000
/** Longer names are worked out each time, so that odd files cannot fill the memory. */
const LONGEST_REMEMBERED = 200
const LONGEST_SLUG = 80

const readableNames = new Map<string, string>()
const slugs = new Map<string, string>()

/** Abbreviations that keep their capitals, and that are no words in the languages we know. */
const ABBREVIATIONS = wordSet(`
  AFP AIDS AP ASEAN BBC BRICS CEO CERN CIA CNN COVID DPRK DRC ECOWAS FAO FBI FIFA G7 G8 G20
  HIV IAEA ICC ICJ IDF ILO IMF ISIS KKTC LGBT LGBTQ LNG MENA MLB NASA NATO NBA NFL NGO NHL NHS
  OECD OPEC OSCE PKK TRNC TRT TV UAE UEFA UK UNESCO UNHCR UNICEF UNRWA USA WTO WWF YPG`)

/** Abbreviations that are words elsewhere: "un" and "ai" in French, "eu" in Portuguese. */
const ENGLISH_ABBREVIATIONS = wordSet('AI EU UN US')
const LANGUAGES_WITH_THOSE_WORDS = new Set(['ca', 'es', 'fr', 'it', 'pt', 'ro'])

/** Words that stay small inside a name, whatever its language is said to be. */
const SMALL_WORDS = wordSet(`
  a an and as at but by for from in nor of on or the to via vs with de du et la le ve von`)

const MORE_SMALL_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['de', wordSet('am das der des die für im mit oder und vom zum zur')],
  ['es', wordSet('con del e el en las los o para por un una y')],
  ['fr', wordSet('au aux d dans des en l les ou par pour sur un une à')],
  ['it', wordSet('con d da dei del della di e il l lo gli per un una')],
  ['pt', wordSet('com da das do dos e em na no o os para por um uma')],
  ['tr', wordSet('bir da ile için ki veya')],
])

/** Letters of scripts that slugify cannot write in a-z: it drops them without a word. */
const LOST_LETTERS =
  /[\p{L}--\p{Script=Latin}--\p{Script=Greek}--\p{Script=Cyrillic}--\p{Script=Arabic}--\p{Script=Armenian}--\p{Script=Georgian}]/v

/** Names for which slugify does no more than put hyphens between the words. */
const PLAIN = /^ *[a-z0-9](?:[a-z0-9 ,:;.!?()-]*[a-z0-9])? *$/

/** C++ and C# are not C. */
const PLUS = /(?<=[\p{L}+])\+/gu
const SHARP = /(?<=\p{L})#/gu

/** Letters with the marks above and below them. */
const MARKED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}])\p{Mn}+/gv
/** Cyrillic keeps its breve: й is a letter of its own, not an и. */
const MARKED_CYRILLIC = /(\p{Script=Cyrillic})[\p{Mn}--\u0306]/gv

/**
 * The name as people read it: "WAR ON GAZA" becomes "War on Gaza", "world" becomes "World".
 * A name that somebody already wrote in mixed case stays as it is.
 */
export function readableName(name: string, language: string): string {
  return remembered(readableNames, `${language}\n${name}`, () => {
    const tidy = name.normalize('NFC').replace(/\s+/gu, ' ').trim()
    const hasCapitals = /\p{Lu}/u.test(tidy)
    const hasSmall = /\p{Ll}/u.test(tidy)
    // Both: mixed case. Neither: a script without case.
    if (hasCapitals === hasSmall) return tidy
    return inTitleCase(tidy, language.toLowerCase().split('-')[0] ?? '', hasCapitals)
  })
}

/** What stands between names in a row: a comma, unless one of them has a comma of its own. */
export const separatorOf = (names: readonly string[]) =>
  names.some((name) => name.includes(',')) ? '; ' : ', '

export const inARow = (names: readonly string[]) => names.join(separatorOf(names))

/**
 * The name as it stands in URLs: a-z, 0-9 and hyphens, at most 80 characters, never empty.
 * Names that differ only by case or diacritics share a slug.
 */
export function slugOf(name: string): string {
  const small = name.toLowerCase()
  // Most titles are in plain letters, for which the library's 10 µs can be saved.
  if (PLAIN.test(small)) return cut(small.trim().replace(/[^a-z0-9]+/g, '-'), LONGEST_SLUG)
  return remembered(slugs, name, () => {
    const letters = name.trim().normalize('NFD').replace(MARKED, '$1')
    const plain = letters.replace(MARKED_CYRILLIC, '$1').normalize('NFC').toLowerCase()
    const slug = slugify(plain.replace(PLUS, ' plus').replace(SHARP, ' sharp'))
    if (slug === '') return `x-${shortHash(plain)}`
    // "東京 2020" and "パリ 2020" must not become one name, so what was lost goes in as a hash.
    if (LOST_LETTERS.test(plain)) return `${cut(slug, LONGEST_SLUG - 9)}-${shortHash(plain)}`
    return cut(slug, LONGEST_SLUG)
  })
}

function inTitleCase(name: string, language: string, isAllCapitals: boolean): string {
  let end = 0
  let previous = ''
  return name.replace(/[\p{L}\p{M}\p{N}]+/gu, (word, at: number) => {
    const gap = name.slice(end, at)
    const startsPhrase = end === 0 || /[:.!?–—|]\s/u.test(gap)
    // "SYRIA'S" and "TÜRKİYE'DE" have an ending there; "D'IVOIRE" and "O'NEIL" begin a word.
    const isEnding = isApostrophe(gap) && previous.length > 1
    end = at + word.length
    previous = word

    if (isAllCapitals && keepsCapitals(word, gap, language)) return word
    if (!isAllCapitals && isWrittenSmall(word, startsPhrase, language)) return word.toUpperCase()
    const small = lowerCase(word, language)
    const isInside = isSmallWord(small, language) || isElided(small, name.charAt(end))
    return isEnding || (isInside && !startsPhrase) ? small : capitalised(small, word, language)
  })
}

const isApostrophe = (text: string) => text === "'" || text === '’'

/** The "d" and the "l" of French and Italian. */
const isElided = (small: string, next: string) => /^[dl]$/u.test(small) && isApostrophe(next)

function isSmallWord(small: string, language: string): boolean {
  return SMALL_WORDS.has(small) || MORE_SMALL_WORDS.get(language)?.has(small) === true
}

/** Whether a word in small letters is an abbreviation: "contact us" is no country. */
function isWrittenSmall(word: string, startsPhrase: boolean, language: string): boolean {
  if (language !== 'en' || (word === 'us' && !startsPhrase)) return false
  return isAbbreviation(word.toUpperCase(), language)
}

function keepsCapitals(word: string, gap: string, language: string): boolean {
  // A digit makes it a code ("COP31", "G20"); a dot right before it, an abbreviation ("U.S.").
  return /\p{N}/u.test(word) || (word.length === 1 && gap === '.') || isAbbreviation(word, language)
}

function isAbbreviation(word: string, language: string): boolean {
  if (ABBREVIATIONS.has(word)) return true
  return ENGLISH_ABBREVIATIONS.has(word) && !LANGUAGES_WITH_THOSE_WORDS.has(language)
}

function capitalised(small: string, word: string, language: string): string {
  const first = String.fromCodePoint(small.codePointAt(0) ?? 0)
  const capital = isTurkish(word, language) ? first.toLocaleUpperCase('tr') : first.toUpperCase()
  return capital + small.slice(first.length)
}

function lowerCase(word: string, language: string): string {
  return isTurkish(word, language) ? word.toLocaleLowerCase('tr') : word.toLowerCase()
}

/**
 * Whether I and i are ı and İ here. Decided word by word: in an English name such as
 * "TÜRKİYE-SYRIA", the İ speaks for its own word only.
 */
function isTurkish(word: string, language: string): boolean {
  return language === 'tr' || language === 'az' || /[İıŞşĞğ]/u.test(word)
}

/** At most `longest` characters, ending with a whole word unless that loses more than half. */
function cut(slug: string, longest: number): string {
  if (slug.length <= longest) return slug
  const hyphen = slug.lastIndexOf('-', longest)
  return slug.slice(0, hyphen > longest / 2 ? hyphen : longest)
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

function remembered(memory: Map<string, string>, key: string, work: () => string): string {
  const known = memory.get(key)
  if (known !== undefined) return known
  const result = work()
  if (key.length > LONGEST_REMEMBERED) return result
  // Starting over is the plainest bound; a site's names are back after one refresh.
  if (memory.size >= MOST_REMEMBERED) memory.clear()
  memory.set(key, result)
  return result
}
