import type { Catalogue } from '../catalogue/catalogue.ts'
import { articlePath } from '../channels/channel.ts'
import type { Config } from '../config.ts'
import { encodedPath } from '../media-kinds.ts'
import { plainAddress } from '../page-address.ts'
import type { Redirect } from './what-is-written.ts'

/**
 * Former addresses of pages, and those of articles that were removed, as the live server answers them: slugs and aliases
 * that files state or stated, and addresses of originals on this site. Each is without a slash at its end, which readers
 * may write all the same. Where one is that of a file that is written, the file has to come first. Addresses that other
 * programs computed of names of files are not among them: they cannot be counted up.
 * @returns each address once; some are in memory at a time
 */
export async function* redirects(
  catalogue: Catalogue,
  { baseUrl }: Pick<Config, 'baseUrl'>,
): AsyncGenerator<Redirect> {
  const root = plainAddress(baseUrl).replace(/\/$/, '')
  for await (const paths of catalogue.formerAddresses(root)) {
    for (const path of paths) {
      const found = await slugOf(path, root, catalogue)
      if (found === undefined || articlePath(found) === path) continue
      const from = encodedPath(path)
      yield found === gone ? { from, isGone: true } : { from, to: encodedPath(articlePath(found)) }
    }
  }
}

/** Whose article was removed, or has expired. */
const gone = { slug: '' } as const

/** Which page an address leads to, in the order in which the server looks: server/page-routes.ts. */
async function slugOf(path: string, root: string, catalogue: Catalogue) {
  const [, slug] = /^\/articles\/([^/]+)$/.exec(path) ?? []
  const byName = slug === undefined ? undefined : await catalogue.article(slug)
  const found = byName ?? (await catalogue.slugAt(path, root + path))
  return found === 'gone' ? gone : found
}
