/** What the doctor says of a site of several machines: a real PostgreSQL, and replicas that run. */
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from './support/folder.ts'
import { runNewsstand, startNewsstand } from './support/newsstand.ts'
import { page } from './support/page.ts'
import { type Postgres, startPostgres } from './support/postgres.ts'
import { freePort } from './support/program.ts'
import { until } from './support/until.ts'

type Env = Readonly<Record<string, string>>

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

/** @returns what is said, a line for each thing */
async function examined(env: Env, cwd = temporaryFolder({ 'articles/a.txt': page() })) {
  const run = await runNewsstand(['doctor'], env, cwd)
  expect(run.err).toBe('')
  const out = run.out.replace(/\n {10,}(?=\S)/g, ' ')
  const of = (about: string) =>
    out
      .split('\n')
      .filter((line) => line.slice(7, 21).trim() === about)
      .join('\n')
  return { code: run.code, out, of }
}

const free = async () => ({ PORT: String(await freePort()), ADMIN_PORT: '0' })

/** Hands requests on to several machines, to each in turn. @returns its address */
async function inFrontOf(ports: readonly string[]): Promise<string> {
  let n = 0
  const server = createServer((asked, response) => {
    const port = ports[n % ports.length] as string
    n += 1
    const headers = { ...asked.headers, connection: 'close' }
    const behind = request({ port, host: '127.0.0.1', path: asked.url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    behind.on('error', () => response.writeHead(502).end('Bad gateway'))
    behind.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('of the database, the doctor', () => {
  it('says nothing where there is none', async () => {
    expect((await examined(await free())).out).not.toMatch(/Database|Machines/)
  })

  it('says why it does not answer, without the password', async () => {
    const env = await free()
    const shut = `postgres://news:secret@127.0.0.1:${await freePort()}/news`
    const { code, of, out } = await examined({ ...env, DATABASE_URL: shut })
    expect(code).toBe(1)
    expect(of('Database')).toMatch(/^wrong .*ECONNREFUSED.*look whether it runs.* → See whether/)
    expect(out).not.toContain('secret')
    const named = new URL(await postgres.newDatabase())
    named.pathname = '/nowhere'
    const missing = await examined({ ...env, DATABASE_URL: String(named) })
    expect(missing.of('Database')).toMatch(/^wrong .*"nowhere" does not exist \(make the database/)
  })

  it('says whether the role may use it, and what to allow', async () => {
    const url = new URL(await postgres.database('rights'))
    const sql = (text: string) => postgres.query('rights', text)
    await sql("CREATE ROLE poor LOGIN PASSWORD 'word'")
    url.username = 'poor'
    url.password = 'word'
    const env = { ...(await free()), DATABASE_URL: String(url) }
    const database = async () => (await examined(env)).of('Database')
    expect(await database()).toMatch(
      /^wrong .*poor may make none\. → .*CREATE SCHEMA newsstand AUTHORIZATION poor$/,
    )
    await sql('CREATE SCHEMA newsstand')
    expect(await database()).toMatch(/^wrong .*not for poor to use\. → .*OWNER TO poor$/)
    await sql('CREATE TABLE newsstand.article (n int); ALTER SCHEMA newsstand OWNER TO poor')
    expect(await database()).toMatch(
      /^wrong .*newsstand\.article .*another than poor\. → .*ALTER TABLE newsstand\.article OWNER/,
    )
    await sql('DROP TABLE newsstand.article')
    expect(await database()).toMatch(/^note .*has no catalogue yet.* → .*newsstand migrate/)
    // It has made nothing there.
    expect(await sql("SELECT 1 FROM pg_class WHERE relname = 'site'")).toEqual([])
  })
})

describe('of several machines, the doctor', () => {
  it('says where one is set otherwise, is not ready, and blames nothing in front', async () => {
    const shared = { DATABASE_URL: await postgres.newDatabase(), ADMIN_PORT: '0' }
    const ports = [String(await freePort()), String(await freePort())]
    const url = await inFrontOf(ports)
    const files = { 'a.txt': page(), 'b.txt': page({ title: 'B' }) }
    const same = { ...shared, BASE_URL: url }
    const first = await startNewsstand(files, { ...same, PORT: ports[0] as string })
    const other = { ...same, PORT: ports[1] as string, ARTICLES_DIR: first.articlesDir }
    const fine = await examined({ ...other, ...(await free()) })
    expect(fine.of('Machines')).toMatch(/^right .*those of the machine that refreshes/)
    const second = await startNewsstand({}, { ...other, FEED_ITEMS: '1' })
    const notReady = /FEED_ITEMS is set otherwise here than on the machine that refreshes\./
    const readyOf = async (port?: string) => (await fetch(`http://127.0.0.1:${port}/readyz`)).status
    await until(async () => (await readyOf(ports[1])) === 503)

    const here = await examined({ ...other, FEED_ITEMS: '1' })
    expect(here.code, here.out).toBe(1)
    expect(here.of('Database')).toMatch(/^right/)
    expect(here.of('Machines')).toMatch(notReady)
    expect(here.of('Ready')).toMatch(/^wrong .*that runs here is not: FEED_ITEMS is set otherwise/)
    expect(here.out).not.toMatch(/takes ETag|finds nobody behind/)

    // Where readers come to it alone.
    await second.stop()
    const alone = await inFrontOf([ports[1] as string])
    await second.start({ BASE_URL: alone })
    await until(async () => (await readyOf(ports[1])) === 503)
    const public503 = await examined({ ...other, FEED_ITEMS: '1', BASE_URL: alone })
    expect(public503.of('Ready')).toMatch(/^wrong .*BASE_URL.*set otherwise/)
    expect(public503.out).not.toMatch(/takes ETag|finds nobody behind|another program/)
    const through = await examined({ ...same, PORT: ports[0] as string, BASE_URL: alone })
    expect(through.of('Ready')).toMatch(/^wrong .*What answers at http:\S+ is not: .*set otherwise/)

    await second.stop()
    const stopped = await inFrontOf([ports[0] as string])
    const elsewhere = await examined({ ...other, BASE_URL: stopped })
    expect(elsewhere.of('Address')).toMatch(/leads to another machine of this site/)
    expect(elsewhere.out).not.toContain('another program')
  })
})
