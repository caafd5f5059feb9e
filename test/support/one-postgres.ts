/** The PostgreSQL of the lane `shared`: one for all its tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openSharedCatalogue } from '../../src/catalogue/sqlite-catalogue.ts'
import { loadConfig } from '../../src/config.ts'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a database with empty tables, of which others are made; there is none but in that lane. */
    postgres?: string
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  const template = await postgres.database('template')
  await makeTables(template)
  provide('postgres', template)
  return async () => {
    await postgres[Symbol.asyncDispose]()
  }
}

/** Once for all: it takes longer than all else that a test does there. */
async function makeTables(url: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'newsstand-tables-'))
  const config = loadConfig({ DATA_DIR: dataDir }, dataDir)
  const madeBy = { intake: 1, rendering: 1, settings: {} }
  const catalogue = await openSharedCatalogue(config, url, '', madeBy)
  await catalogue.close()
  rmSync(dataDir, { recursive: true })
}
