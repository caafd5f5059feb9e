/** What a site says, in its language: where that has no words here, in English. */
import { directionOf, escapeAttribute, escapeText } from '../text.ts'
import { ar } from './ar.ts'
import type { Counted } from './counted.ts'
import { de } from './de.ts'
import { en, type Words } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { wordLanguages } from './languages.ts'
import { ru } from './ru.ts'
import { tr } from './tr.ts'

/** By their language, without region and script. A new one is a file and an entry here and in languages.ts. */
export const allWords: Readonly<Record<string, Words>> = {
  en,
  tr,
  ar,
  fr,
  de,
  ru,
  es,
} satisfies Record<(typeof wordLanguages)[number], Words>

/** What stands in the places of a text. */
type Places = Readonly<Record<string, string | number>>

export interface Wording {
  /** Of the words, as BCP 47, and how it is written. */
  readonly language: string
  readonly direction: string
  readonly words: Words
  /** A text with these names and numbers in it. */
  say(text: string, places?: Places): string
  /** The form that this number asks for, with it as {n}. */
  count(forms: Counted, n: number): string
  /**
   * A text as HTML, each name isolated from the direction of the words around it.
   * @param href what is in brackets leads there
   * @param inside HTML for places
   */
  html(
    text: string,
    places: Places,
    href?: string,
    inside?: Readonly<Record<string, string>>,
  ): string
  /** "a, b or c". @param items HTML */
  either(items: readonly string[]): string
}

const made = new Map<string, Wording>()

/** @param language BCP 47 */
export function wordingIn(language: string): Wording {
  const ready = made.get(language)
  if (ready) return ready
  const { language: primary } = new Intl.Locale(language)
  const words = allWords[primary]
  const known = words ? language : 'en'
  const wording = made.get(known) ?? createWording(words ?? en, known)
  made.set(known, wording)
  return wording
}

function createWording(words: Words, language: string): Wording {
  const plurals = new Intl.PluralRules(language)
  // Made when they are first needed: together they take 18 ms of a start that has no use for them.
  let numbers: Intl.NumberFormat | undefined
  let lists: Intl.ListFormat | undefined

  function placed(places: Places, name: string): string {
    const value = places[name] ?? ''
    if (typeof value !== 'number') return value
    numbers ??= new Intl.NumberFormat(language)
    return numbers.format(value)
  }

  const say = (text: string, places: Places = {}) =>
    text.replace(/\{(\w+)\}/g, (_, name) => placed(places, name))

  return {
    ...{ language, direction: directionOf(language), words, say },
    count: (forms, n) => say(forms[plurals.select(n)] ?? forms.other, { n }),
    html(text, places, href = '', inside = {}) {
      const filled = (part: string) =>
        escapeText(part).replace(
          /\{(\w+)\}/g,
          (_, name) => inside[name] ?? `<bdi>${escapeText(placed(places, name))}</bdi>`,
        )
      const [before = '', link, ...after] = text.split(/[[\]]/)
      if (link === undefined) return filled(before)
      const anchor = `<a href="${escapeAttribute(href)}">${filled(link)}</a>`
      return filled(before) + anchor + after.map(filled).join('')
    },
    either(items) {
      lists ??= new Intl.ListFormat(language, { type: 'disjunction' })
      return lists.format(items)
    },
  }
}
