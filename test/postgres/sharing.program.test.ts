/** A catalogue that several machines share, each with a copy of its own. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesk } from '../support/desk.ts'
import { page } from '../support/page.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
let databases = 0
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

/** An empty database. */
function newDatabase(): Promise<string> {
  databases += 1
  return postgres.database(`site_${databases}`)
}

/** Everything in the file that machines share. */
function dump(dataDir: string): Record<string, unknown[]> {
  const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { readOnly: true })
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
  const own = ['checked', 'articles folder', 'version', 'filling']
  const all = tables.map(({ name }): [string, unknown[]] => {
    const rows = database.prepare(`SELECT * FROM "${name}"`).all()
    const shared = rows.filter((row) => name !== 'setting' || !own.includes(String(row.name)))
    return [String(name), shared.map((row) => JSON.stringify(row)).toSorted()]
  })
  database.close()
  return Object.fromEntries(all.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

describe('two machines of one site', () => {
  it('have the same feeds, and what one has read the other has a moment later', async () => {
    const url = await newDatabase()
    const first = await openDesk(
      { 'a.txt': page({ title: 'One' }), 'b.md': '---\ntitle: Two\ndate: 2026-01-02\n---\nText' },
      { DATABASE_URL: url },
    )
    const second = await openDesk({}, { DATABASE_URL: url }, { folder: first.folder })
    expect(await first.feed('rss.xml')).toContain('Two')
    expect(await second.feed('rss.xml')).toContain('Two')
    for (const name of ['rss.xml', 'atom.xml', 'feed.json']) {
      expect(await second.feed(name)).toBe(await first.feed(name))
    }
    expect(dump(second.dataDir)).toEqual(dump(first.dataDir))
    first.write('c.txt', page({ title: 'Three' }))
    first.remove('a.txt')
    await first.refresh()
    await until(async () => (await second.feed('rss.xml')).includes('Three'), 'the other machine')
    expect(await second.feed('rss.xml')).toBe(await first.feed('rss.xml'))
    expect(dump(second.dataDir)).toEqual(dump(first.dataDir))
  })
})
