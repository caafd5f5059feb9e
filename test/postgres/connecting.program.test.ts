/** Ways to the database: encrypted, as a role with few rights, through a pooler. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../../src/postgres/session.ts'
import { openDesk } from '../support/desk.ts'
import { temporaryFolder, writeInto } from '../support/folder.ts'
import { page } from '../support/page.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { end, freePort } from '../support/program.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0

/** What a machine says that uses this database. */
async function opened(DATABASE_URL: string) {
  const desk = await openDesk({ 'a.txt': page({ title: 'One' }) }, { DATABASE_URL })
  const { sharing } = desk.catalogue
  return { desk, leads: sharing?.leads, problem: sharing?.problem() }
}

describe('a role without rights but in a schema of its own', () => {
  it('is enough, and one without that schema is told what it lacks', async () => {
    const address = new URL(await postgres.database('closed'))
    await postgres.query('closed', "CREATE ROLE poor LOGIN PASSWORD 'secret'")
    address.username = 'poor'
    address.password = 'secret'
    const before = await opened(String(address))
    expect(before).toMatchObject({ leads: false })
    expect(before.problem).toContain('CREATE SCHEMA newsstand AUTHORIZATION')
    await postgres.query('closed', 'CREATE SCHEMA newsstand AUTHORIZATION poor')
    await until(() => before.desk.catalogue.sharing?.leads === true)
    await before.desk.refresh()
    expect(await before.desk.feed('rss.xml')).toContain('One')
  })
})

describe('a connection that is encrypted', () => {
  const certificate =
    'openssl req -new -x509 -days 2 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout server.key -out server.crt'

  it.skipIf(!has('openssl', 'version'))(
    'is to a server whose certificate is known, and what is wrong with one is said',
    async () => {
      const address = new URL(await postgres.newDatabase())
      // In its folder, as its user.
      await postgres.query('postgres', `COPY (SELECT 1) TO PROGRAM '${certificate} 2>&1'`)
      await postgres.query('postgres', 'ALTER SYSTEM SET ssl = on')
      await postgres.query('postgres', 'SELECT pg_reload_conf()')
      const [file] = await postgres.query(
        'postgres',
        "SELECT pg_read_file('server.crt') AS text, pg_sleep(0.2)",
      )
      const folder = temporaryFolder({ 'ca.pem': String(file?.text) })
      const known = `?sslmode=verify-full&sslrootcert=${join(folder, 'ca.pem')}`
      const through = async (hostname: string, search: string) => {
        address.hostname = hostname
        address.search = search
        const session = await connect(String(address))
        const [row] = await session.ask<{ ssl: boolean }>(
          'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
        )
        await session.close()
        return row?.ssl
      }
      expect(await through('localhost', known)).toBe(true)
      expect(await through('localhost', '')).toBe(false)
      await expect(through('127.0.0.1', known)).rejects.toThrow('a name in its certificate')
      await expect(through('localhost', '?sslmode=verify-full')).rejects.toThrow(
        '&sslrootcert=/…/ca.pem',
      )
      await expect(through('localhost', `${known}.not`)).rejects.toThrow(
        /PostgreSQL at localhost.*names the file of a certificate/,
      )
    },
  )
})

describe('a pooler', () => {
  const hasPooler = has('pgbouncer', '--version')

  /** @returns the address of a new database through it */
  async function startPooler(mode: string): Promise<string> {
    const { hostname, port, pathname, username, password } = new URL(await postgres.newDatabase())
    const folder = temporaryFolder()
    const own = await freePort()
    const login = `user=${username} password=${decodeURIComponent(password)}`
    writeInto(
      folder,
      'pgbouncer.ini',
      `[databases]
site = host=${hostname} port=${port} dbname=${pathname.slice(1)} ${login}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
`,
    )
    chmodSync(folder, 0o755)
    // It refuses to be root.
    const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : []
    const child: ChildProcess = spawn('pgbouncer', [...user, join(folder, 'pgbouncer.ini')], {
      stdio: 'ignore',
    })
    onTestFinished(async () => void (await end(child, 'SIGKILL')))
    const url = `postgres://somebody:x@127.0.0.1:${own}/site`
    const answers = async () => {
      await (await connect(url)).close()
      return true
    }
    await until(() => answers().catch(() => false), 'pgbouncer')
    return url
  }

  it.skipIf(!hasPooler)('that keeps a connection for each may stand in between', async () => {
    const { desk, leads, problem } = await opened(await startPooler('session'))
    expect([leads, problem]).toEqual([true, undefined])
    expect(await desk.feed('rss.xml')).toContain('One')
  })

  it.skipIf(!hasPooler).each(['transaction', 'statement'])(
    'that keeps none is refused: %s',
    async (mode) => {
      const { leads, problem } = await opened(await startPooler(mode))
      expect(leads).toBe(false)
      expect(problem).toContain(
        'let DATABASE_URL name PostgreSQL itself, or a pooler in session mode',
      )
      expect(problem).toContain('127.0.0.1')
    },
  )
})
