/** Dates as the reader writes them, and the direction of a language. */
import type { Config } from '../config.ts'

/** Of so many languages that a reader names, one that we know is looked for. */
const mostLanguages = 5

/**
 * The locale for dates: the reader's first language that this machine knows.
 * @param languages as Accept-Language has them, the preferred first (RFC 9110 §12.5.4)
 */
export function chooseLocale(languages: readonly string[], { language }: Config): string {
  for (const wanted of languages.slice(0, mostLanguages)) {
    const known = supported(wanted)
    if (known) return known
  }
  return language
}

function supported(tag: string): string | undefined {
  try {
    const [known] = Intl.DateTimeFormat.supportedLocalesOf(tag)
    // Without extensions, in which a reader could ask for any number of different pages.
    return known && new Intl.Locale(known).baseName
  } catch {
    return undefined
  }
}

export interface DateText {
  /** RFC 3339, for machines. */
  readonly iso: string
  readonly text: string
  /** BCP 47. */
  readonly lang: string
}

const formatters = new Map<string, Intl.DateTimeFormat>()
const mostFormatters = 200

export function dateText(iso: string, locale: string, { timeZone }: Config): DateText {
  const name = `${locale} ${timeZone}`
  const formatter =
    formatters.get(name) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone })
  if (formatters.size < mostFormatters) formatters.set(name, formatter)
  return { iso, text: formatter.format(new Date(iso)), lang: locale }
}

/** `rtl` for Arabic, Hebrew and their like. */
export const directionOf = (language: string): string =>
  new Intl.Locale(language).getTextInfo().direction ?? 'ltr'
