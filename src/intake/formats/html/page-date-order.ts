/** Whether day or month comes first in the dates of a web page that are written in numbers. */
import {
  asLine,
  type DateOrder,
  dateWithin,
  daysWithin,
  type OrderOf,
} from '../lines/date-in-text.ts'
import type { Document } from '../lines/page-elements.ts'
import { dateOfAddress } from './page-date-address.ts'
import type { Meta, Stated } from './page-facts.ts'
import type { Places } from './page-places.ts'

interface PageToOrder {
  readonly document: Document
  readonly stated: Stated
  readonly meta: Meta
  readonly places: () => Places
  /** That of the text, where the page states none. */
  readonly language?: string | undefined
}

/**
 * By the day in an address of the page, which the link of its heading has too, or a day in its lines that is written so that it
 * is one; else, found out when first asked for, by language and country of the page, its other dates, the country of its address.
 */
export function orderOfDates(page: PageToOrder, addresses: readonly string[]): OrderOf {
  const { document, stated, meta, places } = page
  let known: { order: DateOrder } | undefined
  let days: Set<string | undefined> | undefined
  let shown: Set<string> | undefined
  return (dayFirst, monthFirst) => {
    days ??= new Set([...addresses, ...linkOfHeading(places())].map(dateOfAddress))
    if (dayFirst && days.has(dayFirst)) return 'day'
    if (monthFirst && days.has(monthFirst)) return 'month'
    shown ??= daysShown(places())
    if (dayFirst && monthFirst && shown.has(dayFirst) !== shown.has(monthFirst)) {
      return shown.has(dayFirst) ? 'day' : 'month'
    }
    const tags = [
      document.querySelector('html')?.getAttribute('lang') ?? '',
      ...meta('og:locale'),
      ...stated('inLanguage', 'alternateName'),
      document.querySelector('meta[http-equiv="content-language" i]')?.getAttribute('content') ??
        '',
    ]
    known ??= {
      order:
        orderOfTags(tags) ??
        orderOfOthers(places()) ??
        orderOfCountry(addresses) ??
        orderOfTags([page.language ?? '']),
    }
    return known.order
  }
}

/** The days in the lines of a page that can be no other day. */
const daysShown = ({ all }: Places) =>
  new Set(
    all.flatMap(({ line }) =>
      daysWithin(asLine(line)).flatMap(({ written }) => dateWithin(written, () => undefined) ?? []),
    ),
  )

/** A heading leads to its own page, if anywhere. */
function linkOfHeading({ all, heading = -1 }: Places): string[] {
  const element = all[heading]?.element
  const link = element?.closest('a[href]') ?? element?.querySelector('a[href]')
  return [link?.getAttribute('href') ?? '']
}

/** Only in America, and in the Philippines, does the month come first; in Canada either may. */
function orderOfTags(written: readonly string[]): DateOrder {
  const tags = written.map((one) => one.trim().replaceAll('_', '-'))
  const tag =
    tags.find((one) => /^[a-z]{2,3}(?:-[a-z]{4})?-[a-z]{2}\b/i.test(one)) ??
    tags.find(Boolean) ??
    ''
  if (/^(?:[a-z]+-(?:us|ph)|fil|tl)\b/i.test(tag)) return 'month'
  return /^en(?:-ca)?$|^(?:zh|ja|ko|fa)\b|^(?!\p{L}{2})/iu.test(tag) ? undefined : 'day'
}

const inNumbers = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(?:(?:19|20)\d{2}|\d{2})(?![\d/])/g

/** As the other dates of the page have it, where they agree. */
function orderOfOthers({ all }: Places): DateOrder {
  const orders = new Set<DateOrder>()
  for (const { line } of all) {
    for (const [, one, other] of line.matchAll(inNumbers)) {
      if (Number(one) > 12 && Number(other) <= 12) orders.add('day')
      if (Number(other) > 12 && Number(one) <= 12) orders.add('month')
    }
  }
  return orders.size === 1 ? [...orders][0] : undefined
}

/** Sold to anybody; and where either may come first, or the year. */
const tellsNothing = /\.(?:ai|ca|cc|cn|co|fm|gg|gl|hk|im|io|jp|kr|la|ly|me|sh|st|to|tv|tw|vc|ws)$/

function orderOfCountry(addresses: readonly string[]): DateOrder {
  const hosts = addresses.flatMap((url) => (URL.canParse(url) ? [new URL(url).hostname] : []))
  if (hosts.some((host) => /\.(?:gov|mil|us|ph)$/.test(host))) return 'month'
  return hosts.some((host) => /\.[a-z]{2}$/.test(host) && !tellsNothing.test(host))
    ? 'day'
    : undefined
}
