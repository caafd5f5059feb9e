import type { DocumentLinks } from './format.ts'
import type { Element } from './xml.ts'

/** The links between a feed and its archive documents (RFC 5005 §4), as `link` elements of Atom. */
export function archiveLinks({ current, prevArchive, nextArchive }: DocumentLinks): Element[] {
  const links: [string, string | undefined][] = [
    ['current', current],
    ['prev-archive', prevArchive],
    ['next-archive', nextArchive],
  ]
  return links.flatMap(([rel, href]) => (href ? [{ $: { rel, href } }] : []))
}
