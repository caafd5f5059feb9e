/** Whether day or month comes first in the dates of a web page that are written in numbers. */
import type { DateOrder } from './date-in-text.ts'
import type { Document } from './page-elements.ts'
import type { Meta } from './page-facts.ts'
import type { Places } from './page-places.ts'

/** Found out when first asked for: by language and country of the page, its other dates, the country of its address. */
export function orderOfDates(
  document: Document,
  meta: Meta,
  addresses: readonly string[],
  places: () => Places,
): () => DateOrder {
  let known: { order: DateOrder } | undefined
  return () => {
    const tags = [document.querySelector('html')?.getAttribute('lang') ?? '', ...meta('og:locale')]
    known ??= {
      order: orderOfTags(tags) ?? orderOfOthers(places()) ?? orderOfCountry(addresses),
    }
    return known.order
  }
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

function orderOfCountry(addresses: readonly string[]): DateOrder {
  const hosts = addresses.flatMap((url) => (URL.canParse(url) ? [new URL(url).hostname] : []))
  if (hosts.some((host) => /\.(?:gov|mil|us|ph)$/.test(host))) return 'month'
  return hosts.some((host) => /\.(?:uk|au|nz|ie|in|za|ng|ke|pk|eu|tr)$/.test(host))
    ? 'day'
    : undefined
}
