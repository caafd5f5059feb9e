/** What React sends below a page while that loads already, put where its script would have put it. */
import type { Document, Element } from '../lines/page-elements.ts'

/** A page has fewer. */
const mostPlaces = 1000

/** `P:` holds the place of a part, `B:` that of a part with something shown until it is there; `S:` is a part. */
const ofPlace = /^(.{0,40})([BP]):([\da-f]{1,6})$/

/** `$RC("B:0","S:1")`: of a place and a part with different numbers. */
const calls = /\$R[CR]\("([^"]{1,50})","([^"]{1,50})"/g

/** Fills each place with its part. */
export function placeStreamed(document: Document): void {
  const places = [...document.querySelectorAll('template[id]')].slice(0, mostPlaces)
  if (!places.some((place) => ofPlace.test(idOf(place)))) return
  const parts = new Map(
    [...document.querySelectorAll('[hidden][id]')].map((one) => [idOf(one), one]),
  )
  const scripts = [...document.querySelectorAll('script')].map(({ textContent }) => textContent)
  const called = new Map(
    [...scripts.join('\n').matchAll(calls)].map(([, place, part]) => [place, part]),
  )
  for (const place of places) {
    const [, prefix, , number] = ofPlace.exec(idOf(place)) ?? []
    const part = parts.get(called.get(idOf(place)) ?? `${prefix}S:${number}`)
    if (!part || part.contains(place)) continue
    part.remove()
    place.replaceWith(...part.childNodes)
  }
}

const idOf = (element: Element) => element.getAttribute('id') ?? ''
