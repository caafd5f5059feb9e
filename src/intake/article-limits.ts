/** How much an article may say: what has more is no article, or would make every feed huge. */
import { mostContentBytes } from '../article.ts'
import type { RawArticle } from './raw-article.ts'
import { RejectionError } from './rejection.ts'

/** Characters of a title, dek or name, and names of a kind: far beyond those of any article. */
const longestTitle = 1000
const longestSummary = 10_000
const longestName = 1000
const mostNames = 1000
/** Characters of all names together. A feed shows them with every article, also where there is no room for its text. */
const longestNames = 50_000

/**
 * Titles and names are looked at more closely than the text: for topics, and to make addresses of them.
 * @throws RejectionError
 */
export function refuseLong({
  title,
  summary = '',
  section = '',
  tags,
  authors,
  sources,
}: RawArticle): void {
  refuseLonger('title', [title ?? ''], longestTitle)
  refuseLonger('dek', [summary], longestSummary)
  refuseLonger('section', [section], longestName)
  for (const [what, names] of [
    ['tag', tags],
    ['author', authors],
    ['source', sources],
  ] as const) {
    refuseLonger(what, names, longestName)
    if (names.length <= mostNames) continue
    throw new RejectionError(
      `the article has ${names.length} ${what}s; it may have ${mostNames}`,
      'Keep those that readers would look for.',
    )
  }
  const length = [...tags, ...authors, ...sources].join('').length
  if (length <= longestNames) return
  throw new RejectionError(
    `the tags, authors and sources have ${length} characters together; they may have ${longestNames}`,
    'Keep those that readers would look for.',
  )
}

function refuseLonger(what: string, texts: readonly string[], longest: number): void {
  const long = texts.find((text) => text.length > longest)
  if (long === undefined) return
  throw new RejectionError(
    `the ${what} has ${long.length} characters; it may have ${longest}`,
    'Shorten it, and write what it says into the text.',
  )
}

/** Every feed with the article bears all of it. @throws RejectionError */
export function refuseHuge(content: string): void {
  const bytes = Buffer.byteLength(content)
  if (bytes <= mostContentBytes) return
  throw new RejectionError(
    `the text has ${(bytes / 1024 / 1024).toFixed(1)} MB as HTML; an article has 2 at most`,
    'Split it into several articles, or take out what is no text.',
  )
}
