/** A look into the catalogue from outside of the server, which may be running or not. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { attempt } from '../attempt.ts'
import { fileName, openForPeeking } from './store.ts'

/**
 * The files that hold articles, by their paths in the articles folder; none where there is no catalogue, or none that can
 * be read. Writes nothing.
 */
export function filesWithArticles(dataDir: string): ReadonlySet<string> {
  const path = join(dataDir, fileName)
  if (!existsSync(path)) return new Set()
  const rows = attempt(() => {
    const reader = openForPeeking(path)
    try {
      return reader.prepare('SELECT path FROM file WHERE article IS NOT NULL').all()
    } finally {
      reader.close()
    }
  })
  return new Set(rows?.map((row) => String(row.path)))
}
