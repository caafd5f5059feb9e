/** Which addresses are one picture in several sizes. */
import { attempt } from './attempt.ts'
import { isPicture } from './media-kinds.ts'

/** Of a file name before its ending: what WordPress, Hugo, Shopify and makers of icons add for a size. */
const sizeInName =
  /(?:[-_]\d{2,5}x\d{2,5}|-scaled|-rotated|@[1-4](?:\.\d+)?x|_hu_?[\da-f]{8,}[^./]*)+$/

/** A second ending, of a copy in another format. */
const ofCopy = /(\.(?:jpe?g|png|gif))\.(?:webp|avif)$/

/** Ghost's folders of sizes. */
const sizeFolders = /\/size\/w\d+(?:h\d+)?(?=\/)|\/format\/(?:webp|avif)(?=\/)/g

/** Drupal's folders of sizes. */
const styleFolders = /\/styles\/[^/]+\/(?:public|private)(?=\/)/g

/** WordPress.com's and Jetpack's servers of sizes, before the address of the picture. */
const sizeHost = /^\/\/i\d\.wp\.com(?=\/)/

/** Medium's, where only the last part of a path names the picture. */
const mediumHost = /^\/\/(?:miro|cdn-images-\d)\.medium\.com\/(?:.*\/)?/

/** The Wayback Machine's, with the time of its copy, before the address of the picture. */
const archiveHost = /^https?:\/\/web\.archive\.org\/web\/\d{4,14}(?:[a-z]{2}_)?\/(?=https?:)/

/** Servers of sizes have the picture's whole address in theirs, most of them encoded. */
const withinAddress = /.[/=](https?(?::\/\/|%3a%2f%2f)[\s\S]*)/

/** Parameters that ask for a size, where the picture is not named by its path. */
const sizeParameters =
  /[?&](?:w|h|width|height|q|quality|resize|fit|crop|dpr|auto|format|fm|ssl|strip|zoom|size|ixlib|ratio(?:_[xy])?)=[^&]*/g

/** Names of sizes are shorter; what is longer costs more than it brings. */
const longestName = 200

/**
 * The same for addresses of one picture in several sizes, such as `crane.jpg?w=640` and `crane-1024x683.jpg`.
 * It is made for comparing, and leads nowhere.
 */
export function pictureKey(url: string): string {
  const [address = ''] = withoutServer(url.toLowerCase()).split('#')
  const at = address.indexOf('?')
  const path = at === -1 ? address : address.slice(0, at)
  const host = path.replace(/^https?:/, '').replace(sizeHost, '/')
  const named = host.replace(mediumHost, '//medium.com/')
  const whole = named.replace(sizeFolders, '').replace(styleFolders, '').replace(ofCopy, '$1')
  if (!isPicture(whole)) return at === -1 ? whole : whole + queryOf(address.slice(at))
  const dot = whole.lastIndexOf('.')
  const before = Math.max(0, dot - longestName)
  return (
    whole.slice(0, before) + whole.slice(before, dot).replace(sizeInName, '') + whole.slice(dot)
  )
}

/** The address of the picture itself. What has none within that is one is whole. */
function withoutServer(url: string): string {
  const own = url.replace(archiveHost, '')
  const [, within] = withinAddress.exec(own) ?? []
  if (within === undefined) return own
  const plain = within.includes('://') ? within : (attempt(() => decodeURIComponent(within)) ?? '')
  return isPicture(plain.replace(/[?#&].*$/, '')) ? plain.replace(/&.*$/, '') : own
}

/** What of a query names the picture. */
const queryOf = (query: string) => query.replace(sizeParameters, '').replace(/^&/, '?')
