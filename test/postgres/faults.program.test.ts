/** What goes wrong on one of several machines holds up none of the others. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { CatalogueFile } from '../../src/catalogue/catalogue-file.ts'
import { layCable } from '../support/cable.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { temporaryFolder, writeInto } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { end, freePort, spawnNewsstand } from '../support/program.ts'
import { sharedRows } from '../support/shared-rows.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

const story = (title: string) => `---\ntitle: ${title}\ndate: 2026-01-02\n---\nText`
const shows = (desk: Desk, title: string) =>
  until(async () => (await desk.feed('feed.json')).includes(title), title)
const leads = (desk: Desk) => desk.catalogue.sharing?.leads === true
const problem = (desk: Desk) => desk.catalogue.sharing?.problem() ?? ''
const nameOf = (url: string) => new URL(url).pathname.slice(1)

/** The file of a machine's catalogue, as somebody else has it open. */
function fileOf({ dataDir }: Desk): DatabaseSync {
  const file = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { timeout: 10_000 })
  onTestFinished(() => file.close())
  return file
}

it('one that cannot write its file leaves no transaction open in the database, and goes on when it can', async () => {
  const env = { DATABASE_URL: await postgres.newDatabase() }
  const first = await openDesk({ 'a.md': story('One') }, env)
  const second = await openDesk({}, env, { folder: first.folder })
  const file = fileOf(second)
  file.exec('BEGIN IMMEDIATE')
  first.write('b.md', story('Two'))
  await first.refresher.takeUp('b.md')
  await until(() => problem(second).includes('locked'))
  // While it waits for the file this process does nothing else: what is seen twice was left open.
  const since = async () =>
    (
      await postgres.query(
        nameOf(env.DATABASE_URL),
        "SELECT state_change::text AS at FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'",
      )
    ).map(({ at }) => String(at))
  for (let sample = 0, before: string[] = []; sample < 10; sample += 1) {
    const open = await since()
    expect(open.filter((at) => before.includes(at))).toEqual([])
    before = open
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  file.exec('ROLLBACK')
  await shows(second, 'Two')
})

it('one that has the lock and cannot begin leaves it to another', async () => {
  const env = { DATABASE_URL: await postgres.newDatabase() }
  const first = await openDesk({ 'a.md': story('One') }, env)
  const second = await openDesk({}, env, { folder: first.folder })
  await shows(second, 'One')
  const reopen = vi.spyOn(CatalogueFile.prototype, 'reopen')
  onTestFinished(() => reopen.mockRestore())
  reopen.mockImplementationOnce(() => {
    throw new Error('the disk is full')
  })
  await first.close()
  await until(() => problem(second).includes('the disk is full'))
  const third = await openDesk({}, env, { folder: first.folder })
  await until(() => leads(third), 'another that refreshes')
})

it('one that may not make tables leaves it to another to refresh', async () => {
  const url = await postgres.newDatabase()
  const first = await openDesk({ 'a.md': story('One') }, { DATABASE_URL: url })
  await postgres.query(
    nameOf(url),
    `CREATE ROLE humble LOGIN PASSWORD 'secret'; GRANT USAGE ON SCHEMA newsstand TO humble;
     GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA newsstand TO humble`,
  )
  const asHumble = Object.assign(new URL(url), { username: 'humble', password: 'secret' })
  const second = await openDesk({}, { DATABASE_URL: asHumble.href }, { folder: first.folder })
  await shows(second, 'One')
  await first.close()
  await until(() => problem(second).includes('permission denied'))
  const third = await openDesk({}, { DATABASE_URL: url }, { folder: first.folder })
  await until(() => leads(third))
  third.write('b.md', story('Two'))
  await third.refresher.takeUp('b.md')
  await shows(third, 'Two')
  await shows(second, 'Two')
})

it('one that lost the database with the answer to its last question shows what it had taken over', async () => {
  const url = await postgres.newDatabase()
  const cable = await layCable(postgres.port)
  onTestFinished(() => cable[Symbol.asyncDispose]())
  const first = await openDesk({ 'a.md': story('One') }, { DATABASE_URL: url })
  const far = Object.assign(new URL(url), { port: String(cable.port) })
  const second = await openDesk({}, { DATABASE_URL: far.href }, { folder: first.folder })
  await shows(second, 'One')
  const file = fileOf(second)
  cable.slow(200)
  first.write('b.md', story('Two'))
  await first.refresher.takeUp('b.md')
  const isTaken = () =>
    file.prepare("SELECT 1 FROM article WHERE slug LIKE '%two%'").get() !== undefined
  await until(isTaken)
  cable.cut()
  expect(await second.feed('feed.json')).not.toContain('Two')
  cable.mend()
  await shows(second, 'Two')
})

it('one whose first refresh with other settings fails is not waited for as if it took long', async () => {
  const url = await postgres.newDatabase()
  const env = { DATABASE_URL: url }
  const first = await openDesk({ 'a.md': story('One') }, env)
  await first.close()
  const { folder, dataDir } = first
  const file = fileOf(first)
  file.exec(`CREATE TRIGGER "in its way" BEFORE UPDATE ON channel
    BEGIN SELECT RAISE(ABORT, 'this is in its way'); END`)
  const again = await openDesk({}, { ...env, SITE_TITLE: 'Another' }, { folder, dataDir })
  await until(() => again.log.some((line) => line.includes('this is in its way')))
  const named = async () =>
    (
      await postgres.query(
        nameOf(url),
        "SELECT application_name AS name FROM pg_stat_activity WHERE application_name LIKE 'newsstand %'",
      )
    ).map(({ name }) => name)
  await until(async () => (await named()).join() === 'newsstand refreshes')
  file.exec('DROP TRIGGER "in its way"')
  await again.refresh()
  await shows(again, 'Another')
})

it('one that starts for the first time without the database says so, and reads when that is there', async () => {
  const { url, articlesDir } = await withoutDatabase()
  const answerOf = (path: string) => ask(`${url}${path}`).catch(() => undefined)
  const readiness = async () => String((await answerOf('/readyz'))?.body)
  await until(async () => (await readiness()).includes('nothing listens there'), 'the reason')
  const answer = await answerOf('/rss.xml')
  expect([answer?.status, String(answer?.body)]).toEqual([
    503,
    expect.stringMatching(
      /^PostgreSQL at 127\.0\.0\.1:.*nothing listens there; look whether it runs\)\.\n$/,
    ),
  ])
  writeInto(articlesDir, 'a.md', story('One'))
  await postgres.start()
  await until(async () => (await answerOf('/rss.xml'))?.status === 200, 'the feed')
  expect(String((await answerOf('/rss.xml'))?.body)).toContain('One')
})

it('shares U+0000 and what stands for it, which PostgreSQL has no text of', async () => {
  const env = { DATABASE_URL: await postgres.newDatabase() }
  const first = await openDesk({ 'a.md': story('One') }, env)
  const second = await openDesk({}, env, { folder: first.folder })
  first.write(
    'b.md',
    `${story('Two')} ![](pic%00.png) [](other%00%EF%BF%BE.md) [](%EF%BF%BE0%00.md)`,
  )
  await first.refresher.takeUp('b.md')
  await shows(second, 'Two')
  const texts = JSON.stringify(sharedRows(first.dataDir))
  expect(texts).toContain('\\\\u0000')
  expect(sharedRows(second.dataDir)).toEqual(sharedRows(first.dataDir))
  // All of them at once.
  const third = await openDesk({}, env, { folder: first.folder })
  expect(sharedRows(third.dataDir)).toEqual(sharedRows(first.dataDir))
  const alone = await openDesk({}, {}, { folder: first.folder })
  const url = await postgres.newDatabase()
  await alone.close()
  const whole = await openDesk(
    {},
    { DATABASE_URL: url },
    { folder: first.folder, dataDir: alone.dataDir },
  )
  const copy = await openDesk({}, { DATABASE_URL: url }, { folder: first.folder })
  expect(sharedRows(copy.dataDir)).toEqual(sharedRows(whole.dataDir))
})

it('says that nobody refreshes for as long as the database takes nothing, and why', async () => {
  const url = await postgres.newDatabase()
  const env = { DATABASE_URL: url }
  const first = await openDesk({ 'a.md': story('One') }, env)
  const second = await openDesk({}, env, { folder: first.folder })
  const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${nameOf(url)}'`
  await postgres.query(
    'postgres',
    `ALTER DATABASE ${nameOf(url)} SET default_transaction_read_only = on; ${end}`,
  )
  for (const desk of [first, second]) {
    await until(() => problem(desk).includes('it is read-only, as one that stands by is'))
    for (let look = 0; look < 15; look += 1) {
      expect(problem(desk)).toContain('read-only')
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(desk.log.join('\n')).not.toContain('the database answers again')
  }
  await postgres.query(
    'postgres',
    `ALTER DATABASE ${nameOf(url)} RESET default_transaction_read_only; ${end}`,
  )
  await until(() => leads(first) || leads(second), 'one that refreshes')
  await until(() => problem(first) + problem(second) === '')
})

it('says which encoding a database must have', async () => {
  await postgres.query('postgres', "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
  const url = Object.assign(new URL(await postgres.newDatabase()), { pathname: 'latin' }).href
  const desk = await openDesk({ 'a.md': story('One') }, { DATABASE_URL: url })
  expect(problem(desk)).toMatch(/its encoding is LATIN1; make one with CREATE DATABASE/)
})

async function withoutDatabase() {
  const databaseUrl = await postgres.newDatabase()
  const [articlesDir, dataDir] = [temporaryFolder(), temporaryFolder()]
  const port = String(await freePort())
  await postgres.stop()
  const env = {
    ...{ ARTICLES_DIR: articlesDir, DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
    ...{ HOST: '127.0.0.1', PORT: port, ADMIN_PORT: String(await freePort()) },
  }
  const child = spawnNewsstand({ env, cwd: dataDir })
  onTestFinished(async () => void (await end(child, 'SIGTERM')))
  return { url: `http://127.0.0.1:${port}`, articlesDir }
}
