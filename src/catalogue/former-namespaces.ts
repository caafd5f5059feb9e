/** In what the ids of a damaged catalogue were made, found by its tables or by the bytes of its files. */
import { createReadStream } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { attempt } from '../attempt.ts'
import { commonNamespace } from '../namespace.ts'
import { findNamespaces, type KnownNamespaces, readNamespaces } from './namespaces.ts'

/** The version of tables from which on they say what ids were made in. */
const firstWithNamespaces = 5
/** More than a list of namespaces takes in the file. Bytes. */
const listBytes = 4096

/**
 * @param damaged absent when it cannot even be opened
 * @param path of its file
 * @param stated what its table says of them, if that can be read
 * @returns undefined when nothing says what they were
 */
export const namespacesOfDamaged = async (
  damaged: DatabaseSync | undefined,
  path: string,
  stated: unknown,
): Promise<KnownNamespaces | undefined> =>
  attempt(() => readNamespaces(stated)) ??
  (await longestNamespaces(path)) ??
  beforeNamespaces(damaged)

/**
 * By the bytes of its files, since where no table can be read they are all the more needed. The files hold
 * former states as well, and no list ever became shorter.
 */
async function longestNamespaces(path: string): Promise<KnownNamespaces | undefined> {
  let longest: KnownNamespaces | undefined
  for (const file of [`${path}-wal`, path]) {
    try {
      let end = Buffer.alloc(0)
      for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) {
        const piece = Buffer.concat([end, bytes])
        for (const one of findNamespaces(piece)) {
          if (one.articles.length > (longest?.articles.length ?? 0)) longest = one
        }
        end = piece.subarray(-listBytes)
      }
    } catch {
      // It is not there, or cannot be read to its end.
    }
  }
  return longest
}

/** Before a catalogue remembered what its ids were made in, there was one namespace. */
function beforeNamespaces(damaged: DatabaseSync | undefined): KnownNamespaces | undefined {
  const row = attempt(() => damaged?.prepare('PRAGMA user_version').get())
  if (!row || Number(row.user_version) >= firstWithNamespaces) return undefined
  return { feeds: commonNamespace, articles: [commonNamespace] }
}
