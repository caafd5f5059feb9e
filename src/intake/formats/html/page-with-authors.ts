/** A web page of which is asked who wrote it, and whether a name is that of its paper. */
import { cleanLine } from '../../../text.ts'
import type { Document } from '../lines/page-elements.ts'
import type { Meta, Stated } from './page-facts.ts'
import type { Places } from './page-places.ts'

/** A page of which is asked who wrote it. */
export interface PageWithAuthors {
  readonly document: Document
  /** Its lines, found when first asked for. */
  readonly places: () => Places
  readonly stated: Stated
  readonly meta: Meta
  /** Names of the site, which some write behind that of an author. */
  readonly publishers: readonly string[]
  /** Of the page, where known. */
  readonly language: string | undefined
}

/** Whether an author is the paper, by its name or by that before the ending of its host in the page's title. */
export function isOfSite(author: string, { publishers, document }: PageWithAuthors): boolean {
  const title = cleanLine(document.querySelector('title')?.textContent.slice(0, 1000) ?? '')
  const [, host] = /\s[-–—|]\s(?:www\.)?([\p{L}\d-]+)\.\p{L}{2,}$/u.exec(title) ?? []
  const names = [...publishers, ...(host ? [host] : [])].map((name) => name.toLowerCase())
  return [author, author.split(',')[0] ?? ''].some((name) => names.includes(name.toLowerCase()))
}

/** Tells the name of the page's section, which some have where others have who wrote. */
export function isSectionOf({ stated, meta }: PageWithAuthors): (name: string) => boolean {
  const sections = [...stated('articleSection'), ...meta('article:section')]
  const known = new Set(sections.map((section) => section.toLowerCase()))
  return (name) => known.has(name.toLowerCase())
}
