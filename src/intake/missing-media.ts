/** What is told of a picture, a recording or a film that is named and not found. */
import { basename, dirname, posix } from 'node:path'
import { readablePath } from '../page-address.ts'
import type { Place } from './links.ts'
import { faultOfMedia, findMedia, mostPlaces } from './media-files.ts'
import { writtenName } from './media-places.ts'

/** So many folders above the articles may be that of their site. */
const mostAbove = 3

/**
 * Takes a note of a reference that leads to nothing in the articles folder. Looks for it in the folders above: who names
 * only the folder of a site's texts leaves its pictures out.
 */
export function tellMissing(reference: string, place: Place): void {
  const written = writtenName(reference)
  const name = readablePath(written)
  place.note(() => {
    if (/\.svgz(?:[?#]|$)/i.test(name)) {
      return `"${name}" is not shown, since it is compressed; save it as SVG`
    }
    const fault = faultOfMedia(place.root, place.path, reference)
    if (fault) return `"${name}" is not shown, since it ${fault}`
    const site = siteWith(reference, place)
    return site === undefined
      ? `"${name}" is not in the articles folder and is not shown`
      : `"${name}" is not shown, since it lies outside of the articles folder; set ARTICLES_DIR to ${site}, which holds both`
  }, written)
}

/** The nearest folder above in which it would be found. */
function siteWith(reference: string, { root, path }: Place): string | undefined {
  let [site, article] = [root, path]
  for (let above = 0; above < mostAbove && dirname(site) !== site; above += 1) {
    // There it has been looked for already.
    const known = `${basename(site)}/`
    article = posix.join(known, article)
    site = dirname(site)
    if (findMedia(site, article, reference, mostPlaces, known)) return site
  }
  return undefined
}
