import type { ChannelKey } from '../catalogue/catalogue.ts'
import { allTermKinds, termKinds } from '../catalogue/channel-kinds.ts'
import { copied } from '../text.ts'
import { searchText } from './channel.ts'
import { type DocumentKey, documentPath } from './document.ts'
import type { FeedFormat } from './feed-format.ts'
import { feedFormats, formatOf, usualFormat } from './feed-formats.ts'
import { site } from './selection.ts'

const folders = allTermKinds.map((kind) => termKinds[kind].folder)
const channelFolder = `(?:/(${folders.join('|')})/([a-z0-9-]+))?`
const canonical = new RegExp(`^${channelFolder}/(?:archive/([1-9][0-9]{0,8})/)?([a-z0-9.-]+)$`)
const alias = new RegExp(`^${channelFolder}/(?:([a-z0-9./-]+?)/?)?$`, 'i')

const searchFolder = '/search'
/** The feed of a channel, in whatever format is asked for. */
const anyFormat = 'feed'

/** What a client sends to a proxy, a server has to take as well: a URL with its host (RFC 9112 §3.2.2). */
export function originForm(url: string): string {
  return url.replace(/^https?:\/*[^/?]*\/?/i, '/')
}

/** @param url without its host. @returns its path, and its query without `?` */
export function pathAndQuery(url: string): [string, string] {
  const [path = '', query = ''] = url.split('?', 2)
  return [path, query]
}

/**
 * The document that an address means.
 * @param url without its host; a search is in its query
 * @param chooseFormat says which is wanted at `/feed`, where the address does not
 */
export function readAddress(url: string, chooseFormat: () => FeedFormat): DocumentKey | undefined {
  const [path, query] = pathAndQuery(url)
  const isSearch = path.startsWith(`${searchFolder}/`)
  const match = canonical.exec(isSearch ? path.slice(searchFolder.length) : path)
  if (!match) return undefined
  const [, folder, slug, archive, fileName] = match
  const isAny = fileName === anyFormat && !isSearch && archive === undefined
  const format = isAny ? chooseFormat() : formatOf(fileName)
  if (!format) return undefined
  if (!isSearch) {
    const key = { channel: channelKey(folder, slug), format }
    return archive === undefined ? key : { ...key, archive: Number(archive) }
  }
  if (folder || archive) return undefined
  const words = searchSlug(/(?:^|&)q=([^&]*)/.exec(query)?.[1] ?? '')
  return { channel: { kind: 'search', slug: words }, format }
}

/** Whether an address means a feed, be there one or not. @param url without its host */
export const isOfFeed = (url: string): boolean =>
  readAddress(url, () => usualFormat) !== undefined || readAlias(url) !== undefined

function channelKey(folder: string | undefined, slug: string | undefined): ChannelKey {
  const kind = allTermKinds.find((one) => termKinds[one].folder === folder)
  return kind && slug ? { kind, slug: copied(slug) } : site
}

/**
 * As it was asked for, so that the feed knows its own address; encoded, where it should have been, and
 * without what a search does not see: else addresses of any length would be the same search.
 */
function searchSlug(raw: string): string {
  const text = searchText(raw)
  const isWhole = text === new URLSearchParams(`q=${raw}`).get('q')
  if (isWhole && /^[\w.~%+*'()!:,;@/$=-]*$/.test(raw)) return copied(raw)
  return new URLSearchParams({ q: text }).toString().slice('q='.length)
}

/**
 * The address, with its query, that is meant by one which is not canonical. Whether there is such a channel
 * is not looked at.
 * @param url without its host; WordPress has the format in its query
 */
export function readAlias(url: string): string | undefined {
  const [path, query] = pathAndQuery(url)
  if (path.includes('%')) return readEncoded(path, query)
  const match = readAddress(url, () => usualFormat) ? null : alias.exec(path)
  if (!match) return undefined
  const [, folder, slug, name] = match
  const wanted = (name ?? new URLSearchParams(query).get('feed'))?.toLowerCase()
  if (wanted === undefined) return undefined
  const format = formatOf(wanted) ?? feedFormats.find(({ aliases }) => aliases.includes(wanted))
  const place = folder ? `/${folder}/${slug}`.toLowerCase() : ''
  return format && `${place}/${format.fileName}`
}

/** The same for an address in which letters are percent-encoded that need not be (RFC 3986 §2.3). */
function readEncoded(path: string, query: string): string | undefined {
  const plain = path.replace(/%([2-7][0-9a-f])/gi, (all, code: string) => {
    const char = String.fromCharCode(Number.parseInt(code, 16))
    return /[\w.~-]/.test(char) ? char : all
  })
  if (plain.includes('%')) return undefined
  const url = query ? `${plain}?${query}` : plain
  const key = readAddress(url, () => usualFormat)
  if (key?.channel.kind === 'search') return documentPath(key)
  return key ? url : readAlias(url)
}
