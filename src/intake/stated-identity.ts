/** What a file states of where its article was and is: the slug of its page, former addresses, its guid. */
import type { ArticleContent } from '../article.ts'
import { slugOf } from '../names.ts'
import { plainPath } from '../page-address.ts'
import { cleanLine } from '../text.ts'
import type { TellNote } from './note.ts'
import type { RawArticle } from './raw-article.ts'

/** Far beyond those of any article: a file may state no more of them, and each has no more characters. */
const mostAliases = 100
const longestAddress = 1000

/** Of an address only its path counts here. */
const anyHost = 'https://newsstand.invalid'

type Identity = Pick<ArticleContent, 'statedSlug' | 'permalink' | 'aliases' | 'guid'>

/**
 * @param path of the file, relative to the articles folder, with `/`
 * @param note is told of a guid that is none: readers would show the article once more
 */
export function statedIdentity(raw: RawArticle, path: string, note: TellNote): Identity {
  const slug = cleanLine(raw.slug ?? '')
  const aliases = raw.aliases?.length ? aliasPaths(raw.aliases, path) : []
  const permalink = permalinkOf(raw.permalink)
  const guid = cleanLine(raw.guid ?? '')
  const isLong = guid.length > longestAddress
  if (isLong) note(`its guid has more than ${longestAddress} characters and is passed over`, guid)
  return {
    ...(slug && { statedSlug: slugOf(slug) }),
    ...(permalink && { permalink }),
    ...(aliases.length > 0 && { aliases }),
    ...(guid && !isLong && { guid }),
  }
}

/** As a browser would send it: the slash at its end is part of what readers know. */
function permalinkOf(path = ''): string | undefined {
  if (!path.startsWith('/') || path.length > longestAddress) return undefined
  const { host, pathname } = new URL(path, anyHost)
  return host === new URL(anyHost).host ? pathname : undefined
}

/**
 * Aliases as `plainPath` has them. A relative one begins where the page lies in its section, as in Hugo
 * (gohugo.io/content-management/urls, "Aliases"); of a whole address the path is meant.
 */
function aliasPaths(aliases: readonly string[], path: string): string[] {
  const base = new URL(sectionOf(path), anyHost)
  const paths = aliases.slice(0, mostAliases).flatMap((alias) => {
    const text = alias.trim()
    // What it names is below this site in any case; of another scheme there is no page of ours.
    if (text === '' || text.length > longestAddress || !URL.canParse(text, base)) return []
    const { protocol, pathname } = new URL(text, base)
    return /^https?:$/.test(protocol) ? (plainPath(pathname) ?? []) : []
  })
  return [...new Set(paths)]
}

/** Where the file's page would lie in a site made of the folder; that of index.md stands for its folder. */
function sectionOf(path: string): string {
  const folders = path.split('/').slice(0, -1)
  if (/\/index\.\w+$/i.test(path)) folders.pop()
  return `/${folders.map((name) => `${encodeURIComponent(name)}/`).join('')}`
}
