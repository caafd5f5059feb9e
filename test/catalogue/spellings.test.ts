/** Names of channels where articles write them in several ways. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { DamageError } from '../../src/catalogue/damage.ts'
import { steps } from '../../src/catalogue/migrations.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { itOfTheFile } from '../support/sharing.ts'

const tag = { kind: 'tag', slug: 'api' } as const

/** @param day of April 2026 */
const story = (name: string, day: number, more = '') =>
  `---\ntitle: Story ${day}\ndate: 2026-04-${String(day).padStart(2, '0')}\ntags: ["${name}"]\nsection: "${name}"\nauthors: ["${name}"]\n${more}---\nText.\n`

const nameOf = async (desk: Desk) => (await desk.catalogue.channel(tag))?.name

const again = (desk: Desk, env = {}) =>
  openDesk({}, env, { folder: desk.folder, dataDir: desk.dataDir })

function inDatabase<T>(desk: Desk, act: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(join(desk.dataDir, 'catalogue.sqlite'))
  try {
    return act(database)
  } finally {
    database.close()
  }
}

const stored = (desk: Desk) =>
  inDatabase(desk, (database) => database.prepare('SELECT count(*) AS rows FROM spelling').get())

const mixed = { '1.md': story('API', 1), '2.md': story('API', 2), '3.md': story('api', 3) }

describe('a channel', () => {
  it('has the name that most of its articles write, which keep their own', async () => {
    const desk = await openDesk(mixed)
    for (const kind of ['tag', 'section', 'author'] as const) {
      const channel = { kind, slug: 'api' }
      expect((await desk.catalogue.channel(channel))?.name).toBe('API')
      expect(JSON.parse(await desk.feed('feed.json', channel)).title).toBe('API · TRT World')
    }
    const { items } = JSON.parse(await desk.feed('feed.json'))
    expect(items.map((item: { tags: string[] }) => item.tags.at(-1))).toEqual(['api', 'API', 'API'])
  })

  it('has another name as soon as most write that, and says so in its feed', async () => {
    const desk = await openDesk(mixed)
    const before = await desk.catalogue.channel(tag)
    await desk.feed('rss.xml', tag)
    desk.write('2.md', story('api', 2))
    await desk.refresh(['2.md'])
    const after = await desk.catalogue.channel(tag)
    expect(after?.name).toBe('api')
    expect(after?.changed).not.toBe(before?.changed)
    expect(await desk.feed('rss.xml', tag)).toContain('<title>api · TRT World</title>')
  })

  it('keeps its name where as many write another, and has the first by letters where it loses it to several', async () => {
    const desk = await openDesk({ '1.md': story('api', 1), '2.md': story('API', 2) })
    expect(await nameOf(desk)).toBe('api')
    for (const [n, name] of ['Api', 'Api', 'API'].entries())
      desk.write(`${n + 3}.md`, story(name, n + 3))
    await desk.refresh()
    expect(await nameOf(desk)).toBe('API')
  })

  it('counts articles that go, and those of days to come', async () => {
    const desk = await openDesk({ ...mixed, '4.md': story('api', 4) })
    expect(await nameOf(desk)).toBe('API')
    const before = await desk.catalogue.channel(tag)
    desk.write('5.md', story('api', 5).replace('2026', '2999'))
    await desk.refresh(['5.md'])
    expect(await nameOf(desk)).toBe('api')
    expect((await desk.catalogue.channel(tag))?.changed).not.toBe(before?.changed)
    for (const path of ['3.md', '4.md', '5.md']) desk.remove(path)
    await desk.refresh()
    expect(await nameOf(desk)).toBe('API')
    expect(stored(desk)).toEqual({ rows: 0 })
  })

  it('keeps its name when it is empty, until an article writes another', async () => {
    const desk = await openDesk({ '1.md': story('API', 1), '2.md': story('Other', 2) })
    desk.remove('1.md')
    await desk.refresh()
    expect(await nameOf(desk)).toBe('API')
    desk.write('3.md', story('Api', 3))
    await desk.refresh()
    expect(await nameOf(desk)).toBe('Api')
    expect(stored(desk)).toEqual({ rows: 0 })
  })

  itOfTheFile(
    'knows after a restart how often each is written, and in a catalogue made anew',
    async () => {
      const desk = await openDesk({ ...mixed, '4.md': story('api', 4) })
      await desk.close()
      expect(stored(desk)).toEqual({ rows: 6 })
      const next = await again(desk)
      next.remove('1.md')
      await next.refresh()
      expect(await nameOf(next)).toBe('api')
      await next.catalogue.repairIfDamaged(new DamageError('something is wrong'))
      expect(await nameOf(next)).toBe('api')
      next.remove('3.md')
      next.remove('4.md')
      await next.refresh()
      // What went before it was read anew may be on its way elsewhere, and is looked for once more.
      await expect.poll(() => nameOf(next), { timeout: 30_000 }).toBe('API')
    },
  )

  it('is never named by a damaged count', async () => {
    const desk = await openDesk(mixed)
    await desk.close()
    inDatabase(desk, (database) =>
      database.exec("UPDATE spelling SET articles = 9 WHERE name = 'api'"),
    )
    const next = await again(desk)
    // As many write the one as the other now, and not ten.
    next.write('4.md', story('api', 4))
    await next.refresh()
    expect(await nameOf(next)).toBe('API')
    expect(stored(next)).toEqual({ rows: 6 })
  })

  it('of an older catalogue is counted, where articles do not agree', () => {
    const at = steps.findIndex((step) => step.includes('CREATE TABLE spelling'))
    const database = new DatabaseSync(':memory:')
    for (const step of steps.slice(0, at)) database.exec(step)
    const addChannel = database.prepare('INSERT INTO channel (number, kind, slug) VALUES (?, ?, ?)')
    const channels = [
      ['section', 'world'],
      ['tag', 'api'],
      ['author', 'api'],
      ['tag', 'one'],
    ] as const
    for (const [n, [kind, slug]] of channels.entries()) addChannel.run(n, kind, slug)
    const add = database.prepare(
      `INSERT INTO article (id, slug, path, hash, first_seen, published, updated, facts, html)
       VALUES (?, '', ?, '', 0, 0, 0, ?, '')`,
    )
    const facts = (api: string, world: string) => ({
      section: { name: world, slug: 'world' },
      tags: [
        { name: api, slug: 'api' },
        { name: 'One', slug: 'one' },
      ],
      authors: [{ name: api, slug: 'api' }],
    })
    for (const [n, one] of [
      facts('API', 'World'),
      facts('api', 'World'),
      facts('API', 'WORLD'),
    ].entries()) {
      add.run(`${n}`, `${n}.md`, JSON.stringify(one))
    }
    add.run('gone', null, JSON.stringify(facts('Api', 'wORLD')))
    add.run('damaged', 'd.md', '{')
    add.run('bare', 'b.md', '{"tags":[],"authors":[]}')
    database.exec(steps[at] ?? '')
    const rows = database.prepare('SELECT channel, name, articles FROM spelling').all()
    expect(rows.map((row) => Object.values(row))).toEqual([
      [0, 'WORLD', 1],
      [0, 'World', 2],
      [1, 'API', 2],
      [1, 'api', 1],
      [2, 'API', 2],
      [2, 'api', 1],
    ])
  })
})
