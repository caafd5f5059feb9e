/** How RSS and Atom tell of archive documents (RFC 5005 §4). */
import type { DocumentLinks } from './feed-format.ts'
import type { Element } from './xml.ts'

export const historyNamespace = { 'xmlns:fh': 'http://purl.org/syndication/history/1.0' }

/** The links between a feed and its archive documents, as `link` elements of Atom. */
export function archiveLinks({ current, prevArchive, nextArchive }: DocumentLinks): Element[] {
  const links = { current, 'prev-archive': prevArchive, 'next-archive': nextArchive }
  return Object.entries(links).flatMap(([rel, href]) => (href ? [{ $: { rel, href } }] : []))
}

/** What an archive document has beside its links. */
export const archiveMark = ({ current }: DocumentLinks): Element =>
  current === undefined ? {} : { 'fh:archive': '' }
