/** What a catalogue remembers of the namespaces that it made ids in. */
import { crc32 } from 'node:zlib'
import { attempt } from '../attempt.ts'
import { commonNamespace, type Namespace } from '../namespace.ts'
import { DamageError } from './damage.ts'

/** The namespaces in which ids of a catalogue were made. */
export interface KnownNamespaces {
  /** That of its feeds, which stays. */
  readonly feeds: string
  /** Those of its articles, used first at the front. */
  readonly articles: readonly string[]
}

/** Those by which a refresh makes ids of articles, and knows them. */
export interface ArticleNamespaces {
  /** Of new articles. */
  readonly current: string
  /** Of articles that are known, besides. */
  readonly former: readonly string[]
}

/**
 * @param known of before; undefined while no setting ever told this site from others
 * @param hasArticles which then have ids of the common namespace
 * @returns with what is set now, which is the same object when that is known or is nothing
 */
export function addNamespace(
  known: KnownNamespaces | undefined,
  { uuid, from }: Namespace,
  hasArticles: boolean,
): KnownNamespaces | undefined {
  if (from === undefined || known?.articles.includes(uuid)) return known
  const before = known?.articles ?? (hasArticles ? [commonNamespace] : [])
  return { feeds: known?.feeds ?? uuid, articles: [...new Set([...before, uuid])] }
}

/**
 * @param stated by the settings
 * @param wasRead whether all files have been read once. Until then a file holds no new article but one that was
 *   lost with a damaged catalogue, where that was made anew
 */
export function chooseNamespaces(
  known: KnownNamespaces | undefined,
  stated: string,
  wasRead: boolean,
): ArticleNamespaces {
  const articles = known?.articles ?? []
  const current = (wasRead ? undefined : articles[0]) ?? stated
  const all = new Set([commonNamespace, ...articles])
  all.delete(current)
  return { current, former: [...all] }
}

/**
 * As the catalogue keeps them: that of the feeds, those of articles that came after it, a checksum. Where
 * articles had others before, that of the feeds stands at its place among theirs once more.
 */
export function writeNamespaces({ feeds, articles }: KnownNamespaces): string {
  const list = articles[0] === feeds ? articles : [feeds, ...articles]
  return withSum(list)
}

/**
 * @param text as `writeNamespaces` gives it; undefined where none was ever kept
 * @throws DamageError when it is another than was kept
 */
export function readNamespaces(text: unknown): KnownNamespaces | undefined {
  if (text === undefined) return undefined
  const list = String(text).split(' ').slice(0, -1)
  const [feeds, ...others] = list
  if (feeds === undefined || withSum(list) !== text) {
    throw new DamageError('a namespace of ids is damaged')
  }
  return { feeds, articles: others.includes(feeds) ? others : list }
}

const withSum = (list: readonly string[]) => {
  const text = list.join(' ')
  return `${text} ${crc32(text).toString(16).padStart(8, '0')}`
}

/** What `writeNamespaces` gives, behind the name of the setting, as it lies in the catalogue's file. */
const kept = /namespaces((?:[0-9a-f]{8}-[0-9a-f-]{27} )+[0-9a-f]{8})/g

/**
 * All that are found in a piece of a damaged file, whatever else is wrong with that. Former states are among
 * them: space that is free is not wiped.
 */
export function findNamespaces(bytes: Buffer): KnownNamespaces[] {
  const found = [...bytes.toString('latin1').matchAll(kept)]
  return found.flatMap(([, text]) => attempt(() => readNamespaces(text)) ?? [])
}
