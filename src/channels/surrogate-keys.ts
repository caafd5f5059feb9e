/**
 * Surrogate keys: names that caches in front keep with an answer, and by which all answers that were made from one thing
 * are purged together. Fastly and Varnish's xkey read `Surrogate-Key`, with spaces between them; Cloudflare and others
 * `Cache-Tag`, with commas. These take 16 kB, and 1,024 bytes a key: an answer of ours has six keys at most, of 100
 * characters at most each, as slugs have 80.
 */
import type { Config } from '../config.ts'

/** Of every answer. */
export const everything = 'newsstand'
/** Of every page for people: all name the sections that have the most articles. */
export const everyPage = 'pages'
/** Of every file of the articles folder: nothing tells when one is replaced. */
export const everyMedium = 'media'

/**
 * The key of something that answers are made from: `/` is `site`, `/sections/world/` is `sections-world`, and article 5
 * `article-5`.
 * @param name as pages name what they were made from
 */
export const surrogateKey = (name: string): string =>
  name === '/' ? 'site' : name.replace(/^\/|\/$/g, '').replace(/[/ ]/g, '-')

/**
 * @param names of what the answer was made from, beside what is of every answer
 * @returns none where the setting is off
 */
export function surrogateHeaders(
  names: readonly string[],
  { surrogateKeys }: Pick<Config, 'surrogateKeys'>,
): Readonly<Record<string, string>> {
  if (!surrogateKeys) return {}
  const keys = [...new Set([everything, ...names.map(surrogateKey)])]
  return { 'Surrogate-Key': keys.join(' '), 'Cache-Tag': keys.join(',') }
}
