/** Links that lack `https://`. */
import { wordSet } from '../text.ts'

const generic = wordSet(
  'com org net edu gov int mil info biz dev app blog news site online tech xyz',
)

/** Endings of countries that are more often those of files. */
const ofFiles = wordSet('md ml mk pl ps py rs sh so')

const longest = 300

/** Of a link to a file that is not there: whether it looks like an address on another host. */
export function isBareHost(url: string): boolean {
  if (url.length > longest) return false
  const [, ending = ''] = /^(?:[a-z\d][a-z\d-]*\.)+([a-z]{2,})(?:[/:?#].*)?$/i.exec(url) ?? []
  const small = ending.toLowerCase()
  if (generic.has(small)) return true
  return small.length === 2 && !ofFiles.has(small) && isCountry(small.toUpperCase())
}

/** Made when it is first used: that takes some time, and each link may ask. */
let countryNames: Intl.DisplayNames | undefined

function isCountry(code: string): boolean {
  countryNames ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  return countryNames.of(code) !== undefined
}
