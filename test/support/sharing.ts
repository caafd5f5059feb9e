/**
 * In the lane `shared` a catalogue is one that machines share: each DATA_DIR has a database of its own, and another machine follows, which has to have
 * the same rows.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { expect, inject, it, onTestFinished } from 'vitest'
import { attempt } from '../../src/attempt.ts'
import type { Catalogue } from '../../src/catalogue/catalogue.ts'
import { openSharedCatalogue, openSqliteCatalogue } from '../../src/catalogue/sqlite-catalogue.ts'
import { temporaryFolder } from './folder.ts'
import { queryAt } from './postgres.ts'
import { sharedRows } from './shared-rows.ts'

type CatalogueConfig = Parameters<typeof openSqliteCatalogue>[0]

/** It is told of a commit at once; and whoever refreshes may just do so once more. */
const patienceMs = 5000
const template = inject('postgres')
/** Whether this is that lane, where each step takes longer. */
export const isShared = template !== undefined
/** None of these tests is about machines with other programs or settings. */
const madeBy = { intake: 1, rendering: 1, settings: {} }
/** By DATA_DIR. */
const databases = new Map<string, Promise<string>>()
/** Made for a test that is over, and empty again: to make one takes longer than most tests do. */
const free: string[] = []

/** DATABASE_URL of a site: the same for a DATA_DIR that is opened again. In other lanes there is none. */
export async function databaseOf(dataDir: string): Promise<string | undefined> {
  if (template === undefined) return undefined
  const made = databases.get(dataDir) ?? emptyDatabase(template)
  databases.set(dataDir, made)
  return made
}

/** @param from address of the one with empty tables @returns that of another, for as long as the test is under way */
async function emptyDatabase(from: string): Promise<string> {
  const url = free.pop() ?? (await newDatabase(from))
  onTestFinished(async () => {
    await queryAt(url, emptying)
    free.push(url)
  })
  return url
}

async function newDatabase(from: string): Promise<string> {
  const at = (path: string) => String(Object.assign(new URL(from), { pathname: path }))
  const name = `site_${randomBytes(8).toString('hex')}`
  await queryAt(at('postgres'), `CREATE DATABASE ${name} TEMPLATE template`)
  return at(name)
}

/** A test that has failed may have left connections, and what these hold. */
const emptying = `
  SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  DO $$ BEGIN
    EXECUTE (SELECT 'TRUNCATE ' || string_agg(format('newsstand.%I', tablename), ', ') || ' CASCADE'
      FROM pg_tables WHERE schemaname = 'newsstand');
  END $$`

export interface Follower {
  /** Done when it has the same rows. @throws AssertionError that says where they differ */
  isAlike(): Promise<void>
  /** To be called before the catalogue is closed; else it is at the end of the test. */
  close(): Promise<void>
}

/** Another machine, over the database of a catalogue that refreshes. */
export async function follow(
  catalogue: Catalogue,
  config: CatalogueConfig,
  url: string,
): Promise<Follower> {
  // Else it would be the other one that refreshes.
  expect(catalogue.sharing?.leads, catalogue.sharing?.problem()).toBe(true)
  const dataDir = temporaryFolder()
  const other = await openSharedCatalogue({ ...config, dataDir }, url, '', madeBy)
  async function isAlike(): Promise<void> {
    // While a file is opened anew nobody else can.
    const rows = () => [dataDir, config.dataDir].map((one) => attempt(() => sharedRows(one)))
    const areSame = ([theirs, ours]: unknown[]) =>
      ours !== undefined && isDeepStrictEqual(theirs, ours)
    const end = performance.now() + patienceMs
    while (!areSame(rows()) && performance.now() < end) await sleep(10)
    expect(sharedRows(dataDir), other.sharing?.problem()).toEqual(sharedRows(config.dataDir))
  }
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= other.close()
    return closed
  }
  onTestFinished(close)
  return { isAlike, close }
}

/** A catalogue without a site. */
export async function openCatalogueIn(config: CatalogueConfig, rendering = ''): Promise<Catalogue> {
  const url = await databaseOf(config.dataDir)
  if (url === undefined) return openSqliteCatalogue(config, rendering)
  const catalogue = await openSharedCatalogue(config, url, rendering, madeBy)
  const follower = await follow(catalogue, config, url)
  const { refresh, close } = catalogue
  return Object.assign(catalogue, {
    async refresh(...given: Parameters<typeof refresh>) {
      const begun = await refresh(...given)
      const commit = begun.commit.bind(begun)
      begun.commit = async (...args) => {
        const report = await commit(...args)
        await follower.isAlike()
        return report
      }
      return begun
    },
    close: () => follower.close().finally(close),
  })
}

/** What a test is about that cannot be where machines share a catalogue: */
const notShared = it.skipIf(isShared)
/** A file that is damaged or written by hand: others have what it had, and it is taken from them again. */
export const itOfTheFile = notShared
/** A clock that is wrong: that of the database counts. */
export const itOfItsClock = notShared
