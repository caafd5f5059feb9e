import type { ChannelKey } from '../catalogue/catalogue.ts'
import { allTermKinds, termKinds } from '../catalogue/channel-kinds.ts'
import { searchText } from '../channels/channel.ts'
import { type DocumentKey, documentPath } from '../channels/channels.ts'
import type { FeedFormat } from '../channels/format.ts'
import { feedFormats, formatOf } from '../channels/formats.ts'
import { site } from '../channels/selection.ts'
import { copied } from '../text.ts'

const folders = allTermKinds.map((kind) => termKinds[kind].folder)
const channelFolder = `(?:/(${folders.join('|')})/([a-z0-9-]+))?`
const canonical = new RegExp(`^${channelFolder}/(?:archive/([1-9][0-9]{0,8})/)?([a-z0-9.-]+)$`)
const alias = new RegExp(`^${channelFolder}/(?:([a-z0-9./-]+?)/?)?$`, 'i')
const choice = new RegExp(`^${channelFolder}/feed$`)

const searchFolder = '/search'

/** What a client sends to a proxy, a server has to take as well: a URL with its host (RFC 9112 §3.2.2). */
export function originForm(url: string): string {
  return url.replace(/^https?:\/*[^/?]*\/?/i, '/')
}

/**
 * The document at a URL path.
 * @param query of the URL, without `?`; a search is in it
 */
export function readAddress(path: string, query: string): DocumentKey | undefined {
  const isSearch = path.startsWith(`${searchFolder}/`)
  const match = canonical.exec(isSearch ? path.slice(searchFolder.length) : path)
  if (!match) return undefined
  const [, folder, slug, archive, fileName] = match
  const format = formatOf(fileName)
  if (!format) return undefined
  if (isSearch) {
    if (folder || archive) return undefined
    const slug = searchSlug(/(?:^|&)q=([^&]*)/.exec(query)?.[1] ?? '')
    return { channel: { kind: 'search', slug }, format }
  }
  return {
    channel: channelKey(folder, slug),
    format,
    ...(archive !== undefined && { archive: Number(archive) }),
  }
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
 * @param query of the URL, without `?`; WordPress has the format in it
 */
export function readAlias(path: string, query: string): string | undefined {
  if (path.includes('%')) return readEncoded(path, query)
  const match = alias.exec(path)
  if (!match) return undefined
  const [, folder, slug, name] = match
  const wanted = (name ?? new URLSearchParams(query).get('feed'))?.toLowerCase()
  if (wanted === undefined) return undefined
  const format = formatOf(wanted) ?? feedFormats.find(({ aliases }) => aliases.includes(wanted))
  if (!format) return undefined
  const target = `${folder ? `/${folder}/${slug}`.toLowerCase() : ''}/${format.fileName}`
  return target === path ? undefined : target
}

/** The same for an address in which letters are percent-encoded that need not be (RFC 3986 §2.3). */
function readEncoded(path: string, query: string): string | undefined {
  const plain = path.replace(/%([2-7][0-9a-f])/gi, (all, code: string) => {
    const char = String.fromCharCode(Number.parseInt(code, 16))
    return /[\w.~-]/.test(char) ? char : all
  })
  if (plain.includes('%')) return undefined
  const key = readAddress(plain, query)
  if (key?.channel.kind === 'search') return documentPath(key)
  if (key || readChoice(plain)) return query ? `${plain}?${query}` : plain
  return readAlias(plain, query)
}

/** The channel whose feed is asked for in whatever format: `/feed`, `/sections/world/feed`. */
export function readChoice(path: string): ChannelKey | undefined {
  const match = choice.exec(path)
  return match ? channelKey(match[1], match[2]) : undefined
}

/**
 * The document that an address means.
 * @param chooseFormat says which is wanted at `/feed`, where the address does not
 */
export function readDocument(
  path: string,
  query: string,
  chooseFormat: () => FeedFormat,
): DocumentKey | undefined {
  const channel = readChoice(path)
  return channel ? { channel, format: chooseFormat() } : readAddress(path, query)
}

function channelKey(folder: string | undefined, slug: string | undefined): ChannelKey {
  const kind = allTermKinds.find((one) => termKinds[one].folder === folder)
  return kind && slug ? { kind, slug: copied(slug) } : site
}
