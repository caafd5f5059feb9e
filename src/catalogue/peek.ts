/** A look into the catalogue from outside of the server, which may be running or not. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { attempt } from '../attempt.ts'
import { committedAt } from './setting-names.ts'
import { fileName, openForPeeking } from './store.ts'

/** What a catalogue knows; paths are relative to the articles folder. */
export interface Known {
  /** Files that hold articles. */
  readonly files: ReadonlySet<string>
  /** Stated guids, and the files of the articles whose they are. */
  readonly guids: ReadonlyMap<string, string>
}

/** Of a catalogue that is not there, or cannot be read, nothing is known. Writes nothing. */
export function peek(dataDir: string): Known {
  const path = join(dataDir, fileName)
  const known = existsSync(path) ? attempt(() => readKnown(path)) : undefined
  return known ?? { files: new Set(), guids: new Map() }
}

/** @throws Error of SQLite */
function readKnown(path: string): Known | undefined {
  const reader = openForPeeking(path)
  try {
    // Before a first refresh has ended there is no article.
    if (!reader.prepare('SELECT 1 FROM setting WHERE name = ?').get(committedAt)) return undefined
    const files = reader.prepare('SELECT path FROM file WHERE article IS NOT NULL').all()
    const guids = reader
      .prepare(
        `SELECT g.guid, a.path FROM guid g JOIN article a ON a.number = g.article
         WHERE a.path IS NOT NULL`,
      )
      .all()
    return {
      files: new Set(files.map((row) => String(row.path))),
      guids: new Map(guids.map((row) => [String(row.guid), String(row.path)])),
    }
  } finally {
    reader.close()
  }
}
