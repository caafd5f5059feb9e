/** Ids of articles, and what a catalogue remembers of the namespaces that it made them in. */
import { crc32 } from 'node:zlib'
import { v5 } from 'uuid'
import { commonNamespace } from '../namespace.ts'
import { DamageError } from './damage.ts'

/**
 * The id of an article first seen at `path`: the same on every machine.
 * @param path relative to the articles folder, with `/`
 * @param attempt counts up while the id belongs to another article, which was first seen here and moved on
 * @param namespace a UUID (RFC 9562 §5.5)
 */
export function idOf(path: string, attempt: number, namespace: string): string {
  return v5(attempt === 0 ? path : `${path}#${attempt}`, namespace)
}

/** What the ids of a catalogue are made in. */
export interface Namespaces {
  /** Those of new articles. */
  readonly current: string
  /** Those of articles that are known, besides. */
  readonly former: readonly string[]
}

/**
 * @param kept those of before, as the catalogue remembers them
 * @param stated by the settings
 * @param wasRead whether all files have been read once. Until then a file holds no new article but one that was
 *   lost with a damaged catalogue, where that was made anew
 */
export function namespacesFor(
  kept: readonly string[],
  stated: string,
  wasRead: boolean,
): Namespaces {
  const current = (wasRead ? undefined : kept[0]) ?? stated
  const all = new Set([commonNamespace, ...kept])
  all.delete(current)
  return { current, former: [...all] }
}

/** The namespaces of a catalogue, those used first at the front, as it keeps them: with a checksum. */
export function namespacesText(namespaces: readonly string[]): string {
  const text = namespaces.join(' ')
  return `${text} ${crc32(text).toString(16).padStart(8, '0')}`
}

/**
 * @param text as `namespacesText` gives it; undefined where none was ever kept
 * @throws DamageError when it is another than was kept
 */
export function namespacesIn(text: unknown): string[] {
  if (text === undefined) return []
  const namespaces = String(text).split(' ').slice(0, -1)
  if (namespacesText(namespaces) !== text) throw new DamageError('a namespace of ids is damaged')
  return namespaces
}

/** What `namespacesText` gives, behind the name of the setting, as it lies in the catalogue's file. */
const kept = /namespaces((?:[0-9a-f]{8}-[0-9a-f-]{27} )+[0-9a-f]{8})/g

/** The namespaces in a piece of a damaged file, whatever else is wrong with that. */
export function namespacesAmong(bytes: Buffer): string[] | undefined {
  for (const [, text] of bytes.toString('latin1').matchAll(kept)) {
    try {
      return namespacesIn(text)
    } catch {}
  }
  return undefined
}
