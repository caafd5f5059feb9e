/** A catalogue that several machines share, each with a copy of its own. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DamageError } from '../../src/catalogue/damage.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { site } from '../../src/channels/selection.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { page } from '../support/page.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { sharedRows } from '../support/shared-rows.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

const story = (title: string, date = '2026-01-02') =>
  `---\ntitle: ${title}\ndate: ${date}\n---\nText`
const feeds = ['rss.xml', 'atom.xml', 'feed.json'] as const

/** Both serve the same, and have the same rows. */
async function expectAlike(one: Desk, other: Desk): Promise<void> {
  const etagsOf = ({ channels }: Desk) =>
    Promise.all(
      feedFormats.map(async (format) => (await channels.document({ channel: site, format }))?.etag),
    )
  // A format at a time is made anew.
  await until(async () => isDeepStrictEqual(await etagsOf(other), await etagsOf(one)), 'its ETags')
  for (const name of feeds) expect(await other.feed(name), name).toBe(await one.feed(name))
  expect(sharedRows(other.dataDir)).toEqual(sharedRows(one.dataDir))
}

const shows = (desk: Desk, title: string) =>
  until(async () => (await desk.feed('feed.json')).includes(title), title)

const leads = (desk: Desk) => desk.catalogue.sharing?.leads === true

describe('two machines of one site', () => {
  it('have the same feeds, and what one has read the other has a moment later', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await openDesk({ 'a.txt': page({ title: 'One' }), 'b.md': story('Two') }, env)
    const second = await openDesk({}, env, { folder: first.folder })
    expect(await second.feed('rss.xml')).toContain('Two')
    await expectAlike(first, second)
    first.write('c.txt', page({ title: 'Three' }))
    first.remove('a.txt')
    await first.refresh()
    await shows(second, 'Three')
    await expectAlike(first, second)
  })

  it('take turns: when one ends the other refreshes, with the same ids and dates', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await openDesk({ 'a.md': story('One'), 'b.md': story('Two') }, env)
    const second = await openDesk({}, env, { folder: first.folder })
    expect([leads(first), leads(second)]).toEqual([true, false])
    const before = JSON.parse(await first.feed('feed.json'))
    await first.close()
    await until(() => leads(second))
    second.write('c.md', story('Three', '2026-01-03'))
    await second.refresher.takeUp('c.md')
    const { items } = JSON.parse(await second.feed('feed.json'))
    expect(items.slice(1)).toEqual(before.items)
    expect(items[0].title).toBe('Three')
    const third = await openDesk({}, env, { folder: first.folder, dataDir: first.dataDir })
    await expectAlike(second, third)
  })

  it('refresh once: what one is told to look at while the other refreshes changes nothing', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await openDesk({ 'a.md': story('One') }, env)
    const elsewhere = await openDesk({ 'b.md': story('Two') }, env)
    await elsewhere.refresh()
    await expectAlike(first, elsewhere)
    expect(await elsewhere.feed('rss.xml')).not.toContain('Two')
  })

  it('keep nothing that is not kept by the database, and try it again when that is back', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await openDesk({ 'a.md': story('One') }, env)
    const second = await openDesk({}, env, { folder: first.folder })
    await postgres.stop()
    first.write('b.md', story('Two'))
    await first.refresh()
    expect(await first.feed('rss.xml')).not.toContain('Two')
    for (const desk of [first, second]) {
      await until(() => desk.catalogue.sharing?.problem() !== undefined)
      expect(desk.catalogue.sharing?.problem()).toContain('127.0.0.1')
      expect(await desk.feed('rss.xml')).toContain('One')
    }
    await postgres.start()
    await shows(first, 'Two')
    await shows(second, 'Two')
    await expectAlike(first, second)
    expect(first.log.join('\n')).toContain('the database answers again')
    expect(first.log.join('\n')).not.toContain('p@ss')
  })

  it('do for each other what only one of them does', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await openDesk({ 'a.md': story('One') }, env)
    const second = await openDesk({}, env, { folder: first.folder })
    second.write('b.md', story('Two'))
    await second.refresher.takeUp('b.md')
    expect(await second.feed('rss.xml')).toContain('Two')
    await second.refresher.refreshAndTell()
    second.write('c.md', '---\ndate: never\n---\nText')
    second.write('d.md', story('Four'))
    const answer = await second.refresher.refreshAndTell()
    expect(answer).toMatchObject({ added: 1, edited: 0, removed: 0, waiting: [] })
    expect(answer.rejected.map(({ path }) => path)).toEqual(['c.md'])
    expect(await second.feed('rss.xml')).toContain('Four')
    await expectAlike(first, second)
    // Nothing is left that another machine could do once more.
    const name = new URL(env.DATABASE_URL).pathname.slice(1)
    expect(await postgres.query(name, 'SELECT FROM newsstand.request')).toEqual([])
  })

  it('leave it to the other where they cannot refresh', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await openDesk({ 'a.md': story('One') }, env)
    const second = await openDesk({}, env, { folder: first.folder })
    vi.spyOn(first.catalogue, 'refresh').mockRejectedValue(new Error('the disk is full'))
    first.write('b.md', story('Two'))
    await first.refresher.takeUp('b.md')
    await until(() => leads(second))
    await shows(second, 'Two')
    await shows(first, 'Two')
    await expectAlike(second, first)
    expect(leads(first)).toBe(false)
  })

  it('go by one clock, that of the database', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const inHalfAnHour = new Date(Date.now() + 1_800_000).toISOString()
    const files = { 'a.md': story('One'), 'b.md': story('Later', inHalfAnHour) }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    try {
      const first = await openDesk(files, env)
      expect(await first.feed('rss.xml')).toContain('One')
      expect(await first.feed('rss.xml')).not.toContain('Later')
      first.write('c.md', story('Three'))
      await first.refresher.takeUp('c.md')
      expect(await first.feed('rss.xml')).toContain('Three')
      expect(await first.feed('rss.xml')).not.toContain('Later')
    } finally {
      vi.useRealTimers()
    }
  })

  it('say which settings differ, and then only the one that refreshes is ready', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await openDesk({ 'a.md': story('One') }, env)
    const second = await openDesk(
      {},
      { ...env, FEED_ITEMS: '7', TIME_ZONE: 'Europe/Istanbul' },
      { folder: first.folder },
    )
    expect(first.catalogue.sharing?.difference()).toBeUndefined()
    expect(second.catalogue.sharing?.difference()).toBe(
      'FEED_ITEMS, TIME_ZONE are set otherwise here than on the machine that refreshes.',
    )
    const said = () => second.log.filter((line) => line.includes('not ready: FEED_ITEMS'))
    expect(said()).toHaveLength(1)
    await first.close()
    await until(() => leads(second))
    await second.refresh()
    expect(second.catalogue.sharing?.difference()).toBeUndefined()
  })
})

it('take a new copy where theirs is damaged', async () => {
  const env = { DATABASE_URL: await postgres.newDatabase() }
  const first = await openDesk({ 'a.md': story('One'), 'b.md': story('Two') }, env)
  const second = await openDesk({}, env, { folder: first.folder })
  for (const desk of [second, first]) {
    await desk.catalogue.repairIfDamaged(new DamageError('something is wrong'))
    const rows = () => [first, second].map(({ dataDir }) => JSON.stringify(sharedRows(dataDir)))
    await until(() => new Set(rows()).size === 1, 'the same rows')
    await shows(desk, 'Two')
  }
  await expectAlike(first, second)
  expect(readdirSync(second.dataDir).some((name) => name.includes('.damaged-'))).toBe(true)
})

describe('a catalogue of one machine', () => {
  it('is handed to a database that has none, and goes on alone with all of it', async () => {
    const alone = await openDesk({ 'a.md': story('One'), 'b.md': story('Two') })
    const before = await alone.feed('feed.json')
    await alone.close()
    const folders = { folder: alone.folder, dataDir: alone.dataDir }
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await openDesk({}, env, folders)
    expect(await first.feed('feed.json')).toBe(before)
    const second = await openDesk({}, env, { folder: alone.folder })
    await expectAlike(first, second)
    first.write('c.md', story('Three'))
    await first.refresh()
    const after = await first.feed('feed.json')
    await first.close()
    await second.close()
    const again = await openDesk({}, {}, folders)
    expect(await again.feed('feed.json')).toBe(after)
    again.write('d.md', story('Alone'))
    await again.refresh()
    await again.close()
    // What it has done alone is none of the site's: it is set aside.
    const back = await openDesk({}, env, { ...folders, folder: temporaryFolder() })
    expect(await back.feed('feed.json')).not.toContain('Alone')
    expect(readdirSync(folders.dataDir).some((name) => name.includes('.former-'))).toBe(true)
  })

  it('is set aside where the database has another', async () => {
    const alone = await openDesk({ 'a.md': story('Mine') })
    await alone.close()
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await openDesk({ 'a.md': story('Theirs') }, env)
    const second = await openDesk({}, env, { folder: first.folder, dataDir: alone.dataDir })
    await expectAlike(first, second)
    const aside = readdirSync(alone.dataDir).find((name) => name.includes('.former-'))
    const database = new DatabaseSync(join(alone.dataDir, String(aside)))
    expect(database.prepare('SELECT slug FROM article').get()?.slug).toContain('mine')
    database.close()
  })
})

it('copies everything where the database was put back, and has gone on otherwise under the same numbers', async () => {
  const url = await postgres.newDatabase()
  const env = { DATABASE_URL: url }
  const name = new URL(url).pathname.slice(1)
  const former = await openDesk({ 'a.md': story('One') }, env)
  await former.close()
  await postgres.query('postgres', `CREATE DATABASE backup_of_it TEMPLATE ${name}`)
  const first = await openDesk({}, env, { folder: former.folder, dataDir: former.dataDir })
  const second = await openDesk({}, env, { folder: first.folder })
  first.write('b.md', story('Lost'))
  await first.refresher.takeUp('b.md')
  await shows(second, 'Lost')
  await first.close()
  await second.close()
  await postgres.query('postgres', `DROP DATABASE ${name} WITH (FORCE)`)
  await postgres.query('postgres', `ALTER DATABASE backup_of_it RENAME TO ${name}`)
  const third = await openDesk({ 'a.md': story('One'), 'c.md': story('Instead') }, env)
  await shows(third, 'Instead')
  const again = await openDesk({}, env, { folder: third.folder, dataDir: second.dataDir })
  await expectAlike(third, again)
  expect(await again.feed('rss.xml')).not.toContain('Lost')
})

it('takes over the commits that were made while it was away, or everything where these are forgotten', async () => {
  const env = { DATABASE_URL: await postgres.newDatabase() }
  const first = await openDesk({ 'a.md': story('One') }, env)
  const dataDir = temporaryFolder()
  const second = await openDesk({}, env, { folder: first.folder, dataDir })
  await second.close()
  for (const n of [1, 2, 3, 4, 5]) {
    first.write(`${n}.md`, story(`Away ${n}`))
    await first.refresh()
  }
  first.remove('a.md')
  await first.refresh()
  const back = await openDesk({}, env, { folder: first.folder, dataDir })
  await expectAlike(first, back)
  await back.close()
  first.write('6.md', story('Away 6'))
  await first.refresh()
  const name = new URL(env.DATABASE_URL).pathname.slice(1)
  await postgres.query(name, 'UPDATE newsstand.site SET whole = n')
  const again = await openDesk({}, env, { folder: first.folder, dataDir })
  await expectAlike(first, again)
})
