/** Addresses of pages, as they are compared: whoever links to one may have written it in several ways. */
import { attempt } from './attempt.ts'

/** A % that encodes nothing stands for itself. */
const bare = /%(?![\da-f]{2})/gi

/** What a path or a part of it says; undefined where it is encoded wrongly. */
export const decodedPath = (path: string): string | undefined =>
  attempt(() => decodeURIComponent(path.replace(bare, '%25')))

/** An address or a part of one for people: what it says, where that can be told. */
export const readablePath = (path: string): string => decodedPath(path) ?? path

/**
 * One form for all ways to write a path: decoded, in NFC, without a slash or index.html at its end.
 * @param path begins with a slash; percent-encoded or not
 * @returns undefined for that of the front page, and for what no address can be
 */
export function plainPath(path: string): string | undefined {
  const decoded = decodedPath(path)
  if (decoded === undefined || /\p{Cc}/u.test(decoded)) return undefined
  const plain = decoded.normalize('NFC').replace(/\/index\.html?$/i, '')
  let end = plain.length
  while (plain[end - 1] === '/') end -= 1
  return plain.slice(0, end) || undefined
}

/**
 * A whole address, in one form for http and https: the host, the path as `plainPath` gives it, and query and fragment, which
 * may say which page is meant. It begins with no slash.
 */
export function plainAddress(url: string): string {
  const { host, pathname, search, hash } = new URL(url)
  return host + (plainPath(pathname) ?? '/') + search + hash
}

/** Whether an address is of a site, or below it, be it over http or https. @param site its address, without a slash at its end */
export function isBelow(url: string, site: string): boolean {
  const [page, root] = [new URL(url), new URL(site)]
  const folder = root.pathname.replace(/\/?$/, '/')
  return page.host === root.host && `${page.pathname}/`.startsWith(folder)
}
