/** Dates in the language of the words around them, as the reader's region writes it. */
import { LRUCache } from 'lru-cache'
import type { Config } from '../config.ts'
import { copied } from '../text.ts'

/** Of so many languages that a reader names, one that we know is looked for. */
const mostLanguages = 5

/**
 * The locale for dates: the site's language, in the form that the reader names first if any: `en-GB` of `en`.
 * @param languages as Accept-Language has them, the preferred first (RFC 9110 §12.5.4)
 */
export function chooseLocale(languages: readonly string[], { language }: Config): string {
  for (const wanted of languages.slice(0, mostLanguages)) {
    const known = supported(wanted)
    if (known && primary(known) === primary(language)) return known
  }
  return language
}

const primary = (tag: string) => tag.split('-', 1)[0]

/** Looking a locale up takes as long as writing thirty dates. '' is one that is not known. */
const looked = new LRUCache<string, string>({ max: 500, memoMethod: lookUp })
/** No tag that means anything is longer (RFC 5646 §4.4.1). */
const longestTag = 35

const supported = (tag: string) =>
  tag.length > longestTag ? undefined : looked.memo(copied(tag)) || undefined

/** The locale whose dates these are: of the many tags that mean the same, a reader must not make many pages. */
function lookUp(tag: string): string {
  try {
    const [isKnown] = Intl.DateTimeFormat.supportedLocalesOf(tag)
    if (!isKnown) return ''
    const { locale } = new Intl.DateTimeFormat(isKnown).resolvedOptions()
    return new Intl.Locale(locale).baseName
  } catch {
    return ''
  }
}

const formatters = new LRUCache<string, Intl.DateTimeFormat>({ max: 200 })

/** @param iso RFC 3339. @returns it for machines as well, and the language of the text */
export function dateText(iso: string, locale: string, { timeZone }: Config) {
  const name = `${locale} ${timeZone}`
  const formatter =
    formatters.get(name) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone })
  formatters.set(name, formatter)
  return { iso, text: formatter.format(new Date(iso)), lang: locale }
}
