import { mediaRoot } from '../media-kinds.ts'

/**
 * Addresses of media of the site that a page, a document or a stylesheet names, below BASE_URL: `/media/a.jpg?width=640&as=avif`.
 * Whatever encloses an address there (quotes, white space, the backslash of JSON, a bracket of CSS) ends it.
 * @param site BASE_URL
 */
export function mediaIn(bytes: Buffer, site: string): Set<string> {
  const found = new Set<string>()
  const base = new URL(site).pathname.replace(/\/$/, '')
  const mark = base + mediaRoot
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + mark.length)) {
    const before = bytes.toString('latin1', Math.max(0, at - 300), at)
    // Behind letters of a host or a folder it is an address elsewhere.
    if (/[\w.-]$/.test(before) && !(before + base).endsWith(site)) continue
    const after = bytes.toString('utf8', at + base.length, at + base.length + longest)
    const [address = ''] = /^(?:&amp;|[^\s"\\<>&])*/.exec(after) ?? []
    const whole = address.replaceAll('&amp;', '&').replace(/#.*$/, '')
    found.add(whole)
    // An address may end in a bracket, and so may what encloses one.
    if (/[)',]/.test(whole)) found.add(whole.replace(/[)',].*$/, ''))
  }
  return found
}

/** As long as the path of a file may be, encoded. */
const longest = 12_288
