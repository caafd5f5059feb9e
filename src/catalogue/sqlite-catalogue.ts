/** The catalogue in one SQLite file, through the SQLite that is built into Node. */
import { join } from 'node:path'
import { bootId } from '../boot.ts'
import type { Config } from '../config.ts'
import { isMostlyOther } from '../intake/formats/input-formats.ts'
import type { KnownFile } from '../intake/what-is-known.ts'
import type { Catalogue } from './catalogue.ts'
import { CatalogueFile } from './catalogue-file.ts'
import { explain } from './damage.ts'
import { readFilling, writeFilling } from './filling.ts'
import { InUseError } from './folder-lock.ts'
import { folderIn, folderText } from './folder-text.ts'
import { readLastCommit } from './last-commit.ts'
import type { MadeBy } from './postgres/schema.ts'
import type { SharedCatalogue } from './postgres/shared-catalogue.ts'
import type { Queries } from './queries.ts'
import { articlesFolder, checked, copyOf, filling, wentOnFrom } from './setting-names.ts'
import { applySettings, areApplied } from './settings-applied.ts'
import { readingOf } from './sqlite-reading.ts'
import { SqliteRefresh } from './sqlite-refresh.ts'
import { fileName, type StoreSettings } from './store.ts'
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
  config: CatalogueConfig,
  rendering: string,
): Promise<Catalogue> {
  const file = await openFile(config, rendering)
  const reading = readingOf(file, config)
  const writing = { ...onWhole(file), ...onRefreshes(file, { ...config, rendering }) }
  // With what changes with the file, which a spread would read once.
  return Object.assign(reading, writing)
}

type CatalogueConfig = Pick<Config, 'dataDir' | 'feedItems' | 'namespace' | 'language' | 'timeZone'>

async function openFile(
  { dataDir, feedItems, namespace }: CatalogueConfig,
  rendering: string,
): Promise<CatalogueFile> {
  const path = join(dataDir, fileName)
  const file = new CatalogueFile({ path, feedItems, rendering, namespace })
  try {
    await file.open()
    return file
  } catch (error) {
    await file.close()
    if (error instanceof InUseError) throw error
    throw new Error(`the catalogue ${path} cannot be used: ${explain(error, dataDir)}`)
  }
}

/**
 * The same where several machines share it through PostgreSQL: DATA_DIR has a copy of what they share.
 * @param madeBy what of this program, and of its settings, others compare with theirs
 */
export async function openSharedCatalogue(
  config: CatalogueConfig,
  databaseUrl: string,
  rendering: string,
  madeBy: Omit<MadeBy, 'tables'>,
): Promise<Catalogue> {
  const postgres = await import('./postgres/shared-catalogue.ts')
  const file = await openFile(config, rendering)
  const sharing = new postgres.SharedCatalogue(databaseUrl, file, madeBy)
  await sharing.start()
  const reading = readingOf(file, config)
  const writing = { ...onWhole(file), ...onRefreshes(file, { ...config, rendering }, sharing) }
  return Object.assign(reading, writing, {
    sharing,
    async close() {
      await sharing.close()
      await file.close()
    },
  })
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
        statements.putSetting.run(checked, String(Date.now()))
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

/** @param settings what is applied by the next refresh, where it is another than what the last one has applied */
function onRefreshes(
  file: CatalogueFile,
  settings: Pick<StoreSettings, 'rendering' | 'namespace'>,
  sharing?: SharedCatalogue,
) {
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
      const value = await setting(articlesFolder)
      return value === undefined ? undefined : folderIn(value)
    },
    filling: async () => file.read((queries) => readFilling(queries.setting.get(filling)?.value)),
    beginAnew: async () => file.beginAnew(),
    async refresh(now, folder, mark) {
      file.checkPlace()
      const writing = file.writing()
      const { database, statements } = writing
      const since = readLastCommit(statements)
      const begun = readFilling(statements.setting.get(filling)?.value)
      await sharing?.begin(since === 0 || begun !== undefined || !areApplied(writing, settings))
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
        // What changes without the others is no copy any more.
        if (!sharing) statements.renameSetting.run(wentOnFrom, copyOf)
        if (folder) statements.putSetting.run(articlesFolder, folderText(folder))
        const goesOn = since === 0 ? begun : undefined
        if (since === 0 && !goesOn)
          writeFilling(statements, { since: now, by: '', found: 0, ...mark })
        const at = goesOn?.since ?? commitTime(since, now)
        applySettings(writing, settings, at)
        return new SqliteRefresh(
          writing,
          { now: at, since },
          { namespace: settings.namespace.uuid, fingerprint, begun: goesOn },
          sharing && {
            expect: (files) => sharing.expect(files),
            commit: (told) => sharing.commit(file.store.id, told),
          },
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
        const { writing } = file.store
        if (last === 0) return false
        if (sharing?.isToCommit() || (writing && !areApplied(writing, settings))) return true
        const due = dueAfter(Math.min(last, next), queries)
        return due !== undefined && due <= Math.max(last, next)
      }),
  } satisfies Partial<Catalogue>
}
