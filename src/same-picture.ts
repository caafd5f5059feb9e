/** Which addresses are one picture in several sizes. */
import { isPicture } from './media-kinds.ts'

/** Of a file name before its ending: what WordPress, Hugo, Shopify and makers of icons add for a size. */
const sizeInName =
  /(?:[-_]\d{2,5}x\d{2,5}|-scaled|-rotated|@[1-4](?:\.\d+)?x|_hu_?[\da-f]{8,}[^./]*)+$/

/** A second ending, of a copy in another format. */
const ofCopy = /(\.(?:jpe?g|png|gif))\.(?:webp|avif)$/

/** Ghost's folders of sizes. */
const sizeFolders = /\/size\/w\d+(?:h\d+)?(?=\/)|\/format\/(?:webp|avif)(?=\/)/g

/** WordPress.com's and Jetpack's servers of sizes, before the address of the picture. */
const sizeHost = /^\/\/i\d\.wp\.com(?=\/)/

/** Parameters that ask for a size, where the picture is not named by its path. */
const sizeParameters =
  /[?&](?:w|h|width|height|q|quality|resize|fit|crop|dpr|auto|format|fm|ssl|strip|zoom|size|ixlib)=[^&]*/g

/** Names of sizes are shorter; what is longer costs more than it brings. */
const longestName = 200

/**
 * The same for addresses of one picture in several sizes, such as `crane.jpg?w=640` and `crane-1024x683.jpg`.
 * It is made for comparing, and leads nowhere.
 */
export function pictureKey(url: string): string {
  const [address = ''] = url.toLowerCase().split('#')
  const at = address.indexOf('?')
  const path = at === -1 ? address : address.slice(0, at)
  const host = path.replace(/^https?:/, '').replace(sizeHost, '/')
  const whole = host.replace(sizeFolders, '').replace(ofCopy, '$1')
  if (!isPicture(whole)) return at === -1 ? whole : whole + queryOf(address.slice(at))
  const dot = whole.lastIndexOf('.')
  const before = Math.max(0, dot - longestName)
  return (
    whole.slice(0, before) + whole.slice(before, dot).replace(sizeInName, '') + whole.slice(dot)
  )
}

/** What of a query names the picture. */
const queryOf = (query: string) => query.replace(sizeParameters, '').replace(/^&/, '?')
