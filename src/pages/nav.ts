import type { CatalogueReader } from '../catalogue/catalogue.ts'
import { channelLink } from './entries.ts'
import type { PageLink } from './renderer.ts'

/** Sections that are named on top of every page, those with the most articles. */
const mostInNav = 8

export async function readNav(catalogue: CatalogueReader): Promise<readonly PageLink[]> {
  const records = await catalogue.channels('section', mostInNav)
  return records.map((record) => channelLink('section', record))
}
