import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { type Desk, openDesk, touch } from '../support/desk.ts'
import { forbidWriting, temporaryFolder } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { runNewsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { freePort, limited, unprivileged } from '../support/program.ts'
import { until } from '../support/until.ts'

const stories = Object.fromEntries(
  Array.from({ length: 40 }, (_, n) => [
    `${n}.txt`,
    page({
      title: `Story ${n}`,
      date: `March ${(n % 28) + 1}, 2024`,
      section: ['WORLD', 'AFRICA', 'SPORTS'][n % 3] ?? '',
      body: `Text of story ${n}. ${'It goes on for a while. '.repeat(40)}`,
    }),
  ]),
)

/** What subscribers see of everything. */
async function everything(desk: Desk): Promise<string[]> {
  const channels = [
    { kind: 'site', slug: '' },
    { kind: 'section', slug: 'world' },
    { kind: 'author', slug: 'mira-onal' },
  ] as const
  return Promise.all(
    channels.flatMap((channel) => feedFormats.map((one) => desk.feed(one.fileName, channel))),
  )
}

/** A catalogue with a past: articles that were moved and edited, which files alone do not tell. */
async function openWithPast(): Promise<Desk> {
  const desk = await openDesk(stories)
  desk.move('3.txt', 'archive/3.txt')
  desk.write('4.txt', page({ title: 'Story 4, corrected', date: 'March 5, 2024' }))
  touch(desk, '4.txt', new Date('2024-06-01T10:00:00Z'))
  desk.remove('5.txt')
  await desk.refresh()
  return desk
}

/** The same random numbers in every run. */
function randomFrom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function flip(path: string, positions: readonly number[]): void {
  const bytes = readFileSync(path)
  const file = openSync(path, 'r+')
  for (const at of positions) writeSync(file, Buffer.from([(bytes[at] ?? 0) ^ 0xff]), 0, 1, at)
  closeSync(file)
}

/** Where the first page of a table or index ends. */
function endOf(path: string, name: string): number {
  const database = new DatabaseSync(path, { readOnly: true })
  const row = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)
  const size = database.prepare('PRAGMA page_size').get()?.page_size
  database.close()
  return Number(row?.rootpage) * Number(size)
}

const setAside = (desk: Desk) =>
  readdirSync(desk.dataDir).filter((name) => name.startsWith('catalogue.damaged-'))

describe('a catalogue with wrong bytes', () => {
  it('is set aside and made anew, with the same ids, dates and feeds', {
    timeout: 180_000,
  }, async () => {
    const desk = await openWithPast()
    const before = await everything(desk)
    const path = join(desk.dataDir, 'catalogue.sqlite')
    await desk.close()
    const sound = readFileSync(path)
    const page = sound.readUInt16BE(16)
    const random = randomFrom(7)
    let repaired = 0
    for (let run = 0; run < 20; run += 1) {
      const dataDir = temporaryFolder({ 'catalogue.sqlite': sound })
      // Not the first page, which says where everything is.
      const at = Array.from({ length: 1 + random(3) }, () => page + random(sound.length - page))
      flip(join(dataDir, 'catalogue.sqlite'), at)
      const again = await openDesk({}, {}, { folder: desk.folder, dataDir })
      await again.catalogue.verify()
      await again.refresh()
      expect(await everything(again), `bytes ${at} flipped`).toEqual(before)
      const fresh = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { readOnly: true })
      expect(fresh.prepare('PRAGMA integrity_check').get()?.integrity_check).toBe('ok')
      fresh.close()
      repaired += setAside(again).length
      await again.close()
    }
    // Some bytes are in nobody's use.
    expect(repaired).toBeGreaterThan(10)
  })

  it('says in its first page alone where everything is, also when it is made anew', async () => {
    const desk = await openDesk()
    await desk.close()
    const path = join(desk.dataDir, 'catalogue.sqlite')
    // A leaf of a tree: one that has no pages below it (sqlite.org/fileformat2.html, 1.6).
    const leaf = 13
    expect(readFileSync(path)[100]).toBe(leaf)
    flip(path, [18])
    const anew = await openDesk({}, {}, desk)
    await anew.close()
    expect(setAside(anew)).not.toEqual([])
    expect(readFileSync(path)[100]).toBe(leaf)
  })

  it('is made from the files where nothing of it can be read', async () => {
    const desk = await openDesk(stories)
    const before = await everything(desk)
    const path = join(desk.dataDir, 'catalogue.sqlite')
    await desk.close()
    for (const at of [[0], [18], [52, 53, 54], [60, 61], [100], [500, 501, 502, 503]]) {
      const dataDir = temporaryFolder({ 'catalogue.sqlite': readFileSync(path) })
      flip(join(dataDir, 'catalogue.sqlite'), at)
      const again = await openDesk({}, {}, { folder: desk.folder, dataDir })
      await again.catalogue.verify()
      await again.refresh()
      expect(await everything(again), `bytes ${at} flipped`).toEqual(before)
      expect(again.log.join(), `bytes ${at}`).not.toContain('refresh failed')
      await again.close()
    }
  })

  it('is noticed while running, and nobody is told of it but the log', async () => {
    const newsstand = await startNewsstand(stories)
    const items = async () => JSON.parse(await newsstand.text('/feed.json')).items
    const before = await items()
    await newsstand.stop()
    const path = join(newsstand.dataDir, 'catalogue.sqlite')
    const at = readFileSync(path).indexOf('Text of story 17')
    flip(path, [at])
    await newsstand.start()
    await until(() => newsstand.output().includes('the catalogue was damaged'))
    // Everything has another number now, and must not be taken for what had it before.
    for (const { url, title } of before) {
      if (title === 'Story 17') continue
      expect(await newsstand.text(new URL(url).pathname)).toContain(`<h1>${title}</h1>`)
    }
    // The article whose text is damaged is back as soon as its file was read again.
    await until(async () => (await newsstand.text('/feed.json')).includes('Text of story 17'))
    expect(await items()).toEqual(before)
    expect((await newsstand.get('/readyz')).status).toBe(200)
    expect(newsstand.output()).toContain('set aside as catalogue.damaged-')
  })

  it('has whole feeds from the first answer on, where it is the index that has lost the site', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page(), 'b.txt': page({ title: 'Another' }) })
    const items = async () => JSON.parse(await newsstand.text('/feed.json')).items
    const before = await items()
    await newsstand.stop()
    const path = join(newsstand.dataDir, 'catalogue.sqlite')
    const bytes = readFileSync(path)
    flip(path, [bytes.lastIndexOf('site', endOf(path, 'sqlite_autoindex_channel_1'))])
    await newsstand.start()
    expect(await items()).toEqual(before)
    expect(newsstand.output()).toContain('the catalogue was damaged')
  })

  it('keeps no feed that was made before the damage was found', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page(), 'b.txt': page({ title: 'Another' }) })
    const items = async () => JSON.parse(await newsstand.text('/feed.json')).items
    const before = await items()
    await newsstand.stop()
    const path = join(newsstand.dataDir, 'catalogue.sqlite')
    // How the record of an article of the site begins: channel 1 becomes another (sqlite.org/fileformat2.html).
    const record = Buffer.from([9, 5, 29])
    const at = readFileSync(path).lastIndexOf(record, endOf(path, 'member'))
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.from([8]), 0, 1, at)
    closeSync(file)
    await newsstand.start()
    await until(() => newsstand.output().includes('the catalogue was damaged'))
    await until(async () => (await items()).length === before.length)
    expect(await items()).toEqual(before)
  })

  it('is not suspected where nothing is wrong, whatever files have gone through', async () => {
    const desk = await openWithPast()
    desk.write('6.txt', 'no article')
    desk.write('7.md', '---\ntitle: T\ndate: 2024-01-01\ndraft: true\n---\nText.\n')
    await desk.refresh()
    desk.move('8.txt', '6.txt')
    desk.write('9.txt', 'no article')
    desk.move('10.txt', '9.txt')
    await desk.refresh()
    await desk.catalogue.verify()
    expect(setAside(desk)).toEqual([])
    expect(desk.log.join()).not.toContain('damaged')
  })
})

describe('a folder for data that may not be written', () => {
  it('keeps nobody from reading, and is used again as soon as it may be', async () => {
    const newsstand = await startNewsstand(stories, { REFRESH_CRON: '* * * * * *' }, unprivileged)
    const search = '/search/rss.xml?q=story'
    const before = [await newsstand.text('/rss.xml'), await newsstand.text(search)]
    await newsstand.stop()
    const allowWriting = forbidWriting(newsstand.dataDir)
    await newsstand.start()
    newsstand.write('new.txt', page({ title: 'A story to come' }))
    expect(await newsstand.text('/rss.xml')).toBe(before[0])
    expect(await newsstand.text(search)).toBe(before[1])
    expect((await newsstand.get('/sections/world/feed.json')).status).toBe(200)
    const ready = await newsstand.get('/readyz')
    expect(ready.status).toBe(200)
    expect(await ready.text()).toMatch(
      /^ready\n(.*\n)*.*give the user that runs Newsstand the right to write/,
    )
    await until(() => newsstand.output().includes('refresh failed'))
    expect(newsstand.output()).toContain('the right to write DATA_DIR')
    allowWriting()
    await until(async () => (await newsstand.text('/rss.xml')).includes('A story to come'))
    await until(async () => (await newsstand.text('/readyz')) === 'ready\n')
    expect(newsstand.output()).toContain('refreshing works again')
    expect(newsstand.output()).not.toContain('damaged')
  })

  it('holds up what comes out meanwhile, and says so, until it may be written', async () => {
    const soon = Math.ceil(Date.now() / 1000) * 1000 + 5000
    const held = `---\ntitle: Held\ndate: ${new Date(soon).toISOString()}\n---\nText.\n`
    const env = { REFRESH_CRON: '* * * * * *' }
    const newsstand = await startNewsstand({ ...stories, 'held.md': held }, env, unprivileged)
    await newsstand.stop()
    const allowWriting = forbidWriting(newsstand.dataDir)
    await newsstand.start()
    const before = await newsstand.text('/rss.xml')
    expect(before).not.toContain('Held')
    await until(async () => (await newsstand.text('/readyz')).includes('The last refresh failed'))
    expect(Date.now()).toBeGreaterThanOrEqual(soon)
    expect((await newsstand.get('/readyz')).status).toBe(200)
    expect(await newsstand.text('/rss.xml')).toBe(before)
    allowWriting()
    await until(async () => (await newsstand.text('/rss.xml')).includes('Held'))
    await until(async () => (await newsstand.text('/readyz')) === 'ready\n')
  })

  it('is named with the damage that cannot be mended there, until it is', async () => {
    const newsstand = await startNewsstand(stories, {}, unprivileged)
    await newsstand.stop()
    const path = join(newsstand.dataDir, 'catalogue.sqlite')
    flip(path, [readFileSync(path).indexOf('Text of story 17')])
    const allowWriting = forbidWriting(newsstand.dataDir)
    await newsstand.start()
    const sentence =
      /[Tt]he catalogue is damaged and cannot be made anew: .*give the user that runs Newsstand the right to write DATA_DIR/
    await until(async () => sentence.test(await newsstand.text('/readyz')))
    expect((await newsstand.get('/readyz')).status).toBe(200)
    await until(() => sentence.test(newsstand.output()))
    allowWriting()
    await until(async () => (await newsstand.text('/readyz')) === 'ready\n')
    await until(() => newsstand.output().includes('the catalogue was damaged'))
    await until(async () => (await newsstand.text('/feed.json')).includes('Text of story 17'))
  })

  it('stops the start where nothing is known, and says what to do', async () => {
    const dataDir = temporaryFolder()
    chmodSync(dataDir, 0o555)
    const env = {
      PORT: String(await freePort()),
      ARTICLES_DIR: temporaryFolder(),
      DATA_DIR: join(dataDir, 'inside'),
    }
    const { code, err } = await runNewsstand([], env, temporaryFolder(), unprivileged)
    expect(code).toBe(1)
    expect(err).toMatch(/^newsstand: DATA_DIR is .*permission denied/)
  })
})

describe('a disk without room', () => {
  it('keeps the feeds as they are, and what came meanwhile comes out when there is room', async () => {
    // In blocks of 512 bytes: a file may not grow beyond, as on a full disk.
    const newsstand = await startNewsstand(
      stories,
      { REFRESH_CRON: '* * * * * *' },
      limited('-S -f 600'),
    )
    const more = Array.from({ length: 60 }, (_, n) => n)
    for (const n of more) {
      newsstand.write(`more/${n}.txt`, page({ title: `More ${n}`, body: 'Words. '.repeat(2000) }))
    }
    await until(() => newsstand.output().includes('refresh failed'))
    expect(newsstand.output()).toContain('make sure that the disk of DATA_DIR works and has room')
    expect(await newsstand.text('/readyz')).toContain('has room')
    // What had room is out; no feed is missing or torn.
    const known = JSON.parse(await newsstand.text('/authors/mira-onal/feed.json'))
    expect(known.items.length).toBeGreaterThanOrEqual(40)
    expect((await newsstand.get('/tags/kenya/rss.xml')).status).toBe(404)
    execFileSync('prlimit', [`--pid=${newsstand.pid()}`, '--fsize=unlimited'])
    await until(async () => (await newsstand.text('/readyz')) === 'ready\n')
    const { items } = JSON.parse(await newsstand.text('/authors/mira-onal/feed.json'))
    expect(items).toHaveLength(50)
    const { articles } = JSON.parse((await ask(`${newsstand.adminUrl}/status`)).body.toString())
    expect(articles).toBe(100)
  })
})

describe('a catalogue of a newer Newsstand', () => {
  it('is left alone: what it says is served, and what to do is said', async () => {
    const newsstand = await startNewsstand(stories)
    const before = await newsstand.text('/rss.xml')
    await newsstand.stop()
    const path = join(newsstand.dataDir, 'catalogue.sqlite')
    const database = new DatabaseSync(path)
    database.exec(
      "PRAGMA user_version = 99; INSERT OR REPLACE INTO setting VALUES ('version', '99')",
    )
    database.close()
    const { size } = statSync(path)
    await newsstand.start()
    newsstand.write('new.txt', page({ title: 'Too late' }))
    expect(await newsstand.text('/rss.xml')).toBe(before)
    const ready = await ask(`${newsstand.url}/readyz`)
    expect(ready.status).toBe(200)
    expect(ready.body.toString()).toContain('use the newer Newsstand, or another DATA_DIR')
    expect(newsstand.output()).toContain('use the newer Newsstand')
    await newsstand.stop()
    expect(statSync(path).size).toBe(size)
  })
})

/** File systems of their own are root's to make. */
const isRoot = process.getuid?.() === 0

describe('a file system that is full', () => {
  it('is named, with what to do, by whatever finds it so', async (context) => {
    if (!isRoot) context.skip('only root may mount a small file system')
    const newsstand = await startNewsstand(stories, { REFRESH_CRON: '* * * * * *' })
    await newsstand.stop()
    const small = temporaryFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small])
    onTestFinished(() => void execFileSync('umount', ['-l', small]))
    await newsstand.start({ DATA_DIR: small })
    for (let n = 0; n < 60; n += 1) {
      newsstand.write(`more/${n}.txt`, page({ title: `More ${n}`, body: 'Words. '.repeat(2000) }))
    }
    await until(() => newsstand.output().includes('refresh failed'))
    expect(newsstand.output()).toContain(`the disk is full; make room where ${small} is`)
    await newsstand.get('/search/rss.xml?q=story')
    await newsstand.stop()
    expect(newsstand.output()).not.toMatch(/rollback|ENOSPC|I\/O error|unable to open/)
  })
})
