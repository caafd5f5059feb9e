import { addressOf } from './addresses.ts'
import type { QueriedFile } from './sqlite-reading.ts'

/** Rows that are read in one go. */
const portion = 1000

/** Above every character that an address begins with. */
const highest = '\u{10FFFF}'

/** See `Catalogue.formerAddresses`. */
export async function* formerAddresses(file: QueriedFile, site: string): AsyncGenerator<string[]> {
  const range = [`${site}/`, `${site}/${highest}`] as const
  for (let after = ''; ; ) {
    const rows = await file.read(({ statedAfter }) => statedAfter.all(after, ...range, portion))
    const paths = rows.map(({ path }) => String(path))
    if (paths.length > 0) yield paths.map((path) => withoutSite(path, site)).filter(isPath)
    if (paths.length < portion) break
    after = paths.at(-1) ?? ''
  }
  for (let after = 0; ; ) {
    const rows = await file.read(({ leftAfter }) => leftAfter.all(after, portion))
    const slugs = rows.flatMap(({ slug, first }) => [slug, first]).filter((one) => one !== null)
    if (slugs.length > 0) yield slugs.map((slug) => addressOf(String(slug)))
    if (rows.length < portion) break
    after = Number(rows.at(-1)?.number)
  }
}

const withoutSite = (path: string, site: string) =>
  path.startsWith('/') ? path : path.slice(site.length)

/** Of an original, what comes behind its path may say which page is meant; no address of ours has that. */
const isPath = (path: string) => !/[?#]/.test(path)
