/** The catalogue in one SQLite file, through the SQLite that is built into Node. */
import { join } from 'node:path'
import { bootId } from '../boot.ts'
import type { Config } from '../config.ts'
import { isMostlyOther } from '../intake/formats/input-formats.ts'
import type { KnownFile } from '../intake/what-is-known.ts'
import type { Catalogue } from './catalogue.ts'
import { CatalogueFile } from './catalogue-file.ts'
import { explain } from './damage.ts'
import { filling, readFilling, writeFilling } from './filling.ts'
import { InUseError } from './folder-lock.ts'
import { folderIn, folderText } from './folder-text.ts'
import { readLastCommit } from './last-commit.ts'
import type { Queries } from './queries.ts'
import { readingOf } from './sqlite-reading.ts'
import { SqliteRefresh } from './sqlite-refresh.ts'
import { fileName } from './store.ts'
import { commitTime } from './times.ts'

/** So long the first refresh, which has no write-ahead log, waits for others that read the file, such as a backup. */
const patienceMs = 10_000
/** Portions in which known files are handed over. */
const portion = 5000

/**
 * Opens or makes the catalogue in `dataDir`. A damaged one is made anew; one that cannot be written is
 * read, for as long as that is so.
 * @param rendering of what documents depend on besides the articles; when it is another one than
 *   last time, every channel has changed
 * @throws InUseError when another process writes it
 * @throws Error that names the file when it can be neither written nor read
 */
export async function openSqliteCatalogue(
  config: Pick<Config, 'dataDir' | 'feedItems' | 'namespace' | 'language' | 'timeZone'>,
  rendering: string,
): Promise<Catalogue> {
  const { dataDir, feedItems, namespace } = config
  const path = join(dataDir, fileName)
  const file = new CatalogueFile({ path, feedItems, rendering, namespace })
  try {
    await file.open()
    const reading = readingOf(file, config)
    const writing = { ...onWhole(file), ...onRefreshes(file, namespace.uuid) }
    // With what changes with the file, which a spread would read once.
    return Object.assign(reading, writing)
  } catch (error) {
    await file.close()
    if (error instanceof InUseError) throw error
    throw new Error(`the catalogue ${path} cannot be used: ${explain(error, dataDir)}`)
  }
}

const onWhole = (file: CatalogueFile) =>
  ({
    onRepaired: (tell) => file.onRepaired(tell),
    repairIfDamaged: (error) => file.repairIfDamaged(error),
    verify: () => file.verify(),
    async checkWritable() {
      file.checkPlace()
      await file.mend()
      const { database, statements } = file.writing()
      // A refresh under way has shown it already.
      if (database.isTransaction) return
      try {
        statements.putSetting.run('checked', String(Date.now()))
      } catch (error) {
        throw new Error(`the catalogue cannot be written: ${file.explain(error)}`)
      }
    },
    close: () => file.close(),
  }) satisfies Partial<Catalogue>

function dueAfter(moment: number, { nextDue }: Queries): number | undefined {
  const due = nextDue.get({ moment })?.due
  return due ? Number(due) : undefined
}

/** @param namespace of new ids */
function onRefreshes(file: CatalogueFile, namespace: string) {
  let fingerprint: string | undefined
  const setting = (name: string) =>
    file.read((queries) => {
      const row = queries.setting.get(name)
      return row && String(row.value)
    })
  return {
    async *knownFiles(current) {
      fingerprint = current
      // A first refresh goes on with what was read as it reads.
      const isFirst = (await setting(filling)) !== undefined
      const isSame = isFirst || (await setting('fingerprint')) === fingerprint
      let files: KnownFile[] = []
      for (const row of file.store.queries.files.iterate()) {
        const path = String(row.path)
        const isData = row.isNone === 1 && isMostlyOther(path)
        const signature = isSame ? String(row.signature) : ''
        files.push([path, signature, String(row.needs ?? ''), isData])
        if (files.length === portion) {
          yield files
          files = []
        }
      }
      yield files
    },
    async folder() {
      const value = await setting('articles folder')
      return value === undefined ? undefined : folderIn(value)
    },
    filling: async () => file.read((queries) => readFilling(queries.setting.get(filling)?.value)),
    beginAnew: async () => file.beginAnew(),
    async refresh(now, folder, mark) {
      file.checkPlace()
      const writing = file.writing()
      const { database, statements } = writing
      const since = readLastCommit(statements)
      // The first refresh writes everything, and is faster with more pages at hand (kB). A kill loses nothing that was
      // handed to the system; what was broken off by the end of that begins anew, where that can be told.
      if (since === 0) {
        const synchronous = bootId === undefined ? 'NORMAL' : 'OFF'
        database.exec(
          `PRAGMA cache_size = -16000; PRAGMA synchronous = ${synchronous}; PRAGMA busy_timeout = ${patienceMs}`,
        )
      }
      database.exec('BEGIN IMMEDIATE')
      try {
        if (folder) statements.putSetting.run('articles folder', folderText(folder))
        const begun = since === 0 ? readFilling(statements.setting.get(filling)?.value) : undefined
        if (since === 0 && !begun)
          writeFilling(statements, { since: now, by: '', found: 0, ...mark })
        return new SqliteRefresh(
          writing,
          { now: begun?.since ?? commitTime(since, now), since },
          { namespace, fingerprint, begun },
        )
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    isRejected: async (path) => file.read(({ isRejected }) => isRejected.get(path) !== undefined),
    nextDue: async () => file.read((queries) => dueAfter(readLastCommit(queries), queries)),
    isDue: async (now) =>
      file.read((queries) => {
        const last = readLastCommit(queries)
        const next = commitTime(last, now)
        const due = last > 0 ? dueAfter(Math.min(last, next), queries) : undefined
        return due !== undefined && due <= Math.max(last, next)
      }),
  } satisfies Partial<Catalogue>
}
