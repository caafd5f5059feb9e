import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { DamageError } from '../../src/catalogue/damage.ts'
import { idOf } from '../../src/catalogue/identity.ts'
import { writeNamespaces } from '../../src/catalogue/namespaces.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { loadConfig } from '../../src/config.ts'
import { commonNamespace } from '../../src/namespace.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { itOfTheFile } from '../support/sharing.ts'

const quay = { PUBLISHER_URL: 'https://quay.example/' }
const berg = { PUBLISHER_URL: 'https://berg.example/' }
const named = { SITE_ID: 'the quay post' }

const namespaceOf = (env: Record<string, string>) =>
  loadConfig(env, temporaryFolder()).namespace.uuid

const inNamespaceOf = (env: Record<string, string>, path: string) =>
  `urn:uuid:${idOf(path, 0, namespaceOf(env))}`

/** Title → id of everything that is out. */
async function idsOf(desk: Desk) {
  const articles = await desk.articles()
  return Object.fromEntries(articles.map(({ title, id }) => [title, id]))
}

const feedIdOf = async (desk: Desk) => /<id>(.*?)<\/id>/.exec(await desk.feed('atom.xml'))?.[1]

/** Opens the same folders with other settings. */
async function reopen(desk: Desk, env: Record<string, string>): Promise<Desk> {
  await desk.close()
  return openDesk({}, env, { folder: desk.folder, dataDir: desk.dataDir })
}

/** No table can be read any more. */
function loseFirstPage(desk: Desk): void {
  const path = join(desk.dataDir, 'catalogue.sqlite')
  const bytes = readFileSync(path)
  bytes.fill(0, 0, bytes.readUInt16BE(16))
  writeFileSync(path, bytes)
}

/** Puts a list of namespaces into the file of the catalogue that is not in force. */
function leaveBehind(desk: Desk, articles: readonly string[]): void {
  const database = new DatabaseSync(join(desk.dataDir, 'catalogue.sqlite'))
  const text = writeNamespaces({ feeds: articles[0] ?? '', articles })
  const put = database.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)')
  put.run(`a${articles.length}`, `namespaces${text}`)
  database.close()
}

const stories = {
  'a.txt': page({ title: 'Harbour', body: 'Ferries return.' }),
  'b.txt': page({ title: 'Tower', body: 'It leans less.' }),
}

describe('ids', () => {
  it('of two publishers differ where their files have the same name', async () => {
    const files = { 'welcome.md': '---\ntitle: Welcome\ndate: 2026-03-01\n---\nNews.\n' }
    const [one, two, local] = [
      await openDesk(files, quay),
      await openDesk(files, berg),
      await openDesk(files),
    ]
    const ids = [await idsOf(one), await idsOf(two), await idsOf(local)].map((by) => by.Welcome)
    expect(new Set(ids).size).toBe(3)
    expect(ids[0]).toBe(inNamespaceOf(quay, 'welcome.md'))
    expect(await feedIdOf(one)).not.toBe(await feedIdOf(two))
  })

  it('are the same on another machine, and so where DATA_DIR was deleted', async () => {
    const desk = await openDesk(stories, quay)
    const before = [await idsOf(desk), await feedIdOf(desk)]
    const again = await openDesk({ 'b.txt': stories['b.txt'], 'a.txt': stories['a.txt'] }, quay)
    expect([await idsOf(again), await feedIdOf(again)]).toEqual(before)
  })

  it('stay in a catalogue whose settings change: edited, moved, deleted and written anew', async () => {
    const desk = await openDesk(stories, quay)
    const before = await idsOf(desk)
    const feed = await feedIdOf(desk)
    const again = await reopen(desk, berg)
    expect(await idsOf(again)).toEqual(before)
    again.write('a.txt', page({ title: 'Harbour', body: 'Ferries are back.' }))
    again.move('b.txt', 'c.txt')
    await again.refresh()
    expect(await idsOf(again)).toEqual(before)
    again.remove('a.txt')
    await again.refresh()
    again.write('a.txt', page({ title: 'Harbour', body: 'A third text.' }))
    again.write('b.txt', page({ title: 'New', body: 'Where another was.' }))
    await again.refresh()
    const after = await idsOf(again)
    expect(after).toEqual({ ...before, New: inNamespaceOf(berg, 'b.txt') })
    expect(await feedIdOf(again)).toBe(feed)
    const third = await reopen(again, named)
    expect(await idsOf(third)).toEqual(after)
    expect(await feedIdOf(third)).toBe(feed)
    third.remove('b.txt')
    await third.refresh()
    third.write('b.txt', page({ title: 'New', body: 'Once more.' }))
    await third.refresh()
    expect((await idsOf(third)).New).toBe(after.New)
  })

  itOfTheFile('stay when a catalogue whose settings changed is damaged and made anew', async () => {
    const desk = await reopen(await openDesk(stories, quay), berg)
    const before = await idsOf(desk)
    const feed = await feedIdOf(desk)
    await desk.close()
    // One row no longer says who it is: its file finds its id by where it lies.
    const database = new DatabaseSync(join(desk.dataDir, 'catalogue.sqlite'))
    database.exec("UPDATE article SET identity_sum = 1 WHERE path = 'a.txt'")
    database.close()
    const again = await openDesk({}, berg, desk)
    expect(await again.catalogue.repairIfDamaged(new DamageError('a test'))).toContain('damaged')
    await again.refresh()
    expect(await idsOf(again)).toEqual(before)
    expect(await feedIdOf(again)).toBe(feed)
    // What is new from now on is made as the settings say.
    again.write('d.txt', page({ title: 'New', body: 'Of today.' }))
    await again.refresh()
    expect((await idsOf(again)).New).toBe(inNamespaceOf(berg, 'd.txt'))
  })

  it.each([
    [quay, berg],
    // Made before there was a setting.
    [{}, quay],
  ])('stay when nothing of that catalogue can be read as a table: %o, then %o', async (was, is) => {
    const desk = await reopen(await openDesk(stories, was), is)
    const before = await idsOf(desk)
    const feed = await feedIdOf(desk)
    expect(feed).toMatch(/^urn:uuid:/)
    await desk.close()
    loseFirstPage(desk)
    const again = await openDesk({}, is, desk)
    expect(await idsOf(again)).toEqual(before)
    expect(await feedIdOf(again)).toBe(feed)
  })

  itOfTheFile(
    'are not made in namespaces of a former state, whether a table can be read or not',
    async () => {
      const desk = await reopen(await openDesk(stories, quay), berg)
      const before = await idsOf(desk)
      const feed = await feedIdOf(desk)
      await desk.close()
      const others = [berg, named].map((env) => namespaceOf(env))
      for (const list of [others, others.slice(0, 1)]) leaveBehind(desk, list)
      const second = await openDesk({}, berg, desk)
      await second.catalogue.repairIfDamaged(new DamageError('a test'))
      expect(await feedIdOf(second)).toBe(feed)
      await second.refresh()
      await second.close()
      leaveBehind(desk, others.slice(0, 1))
      loseFirstPage(desk)
      const third = await openDesk({}, berg, desk)
      expect(await idsOf(third)).toEqual(before)
      expect(await feedIdOf(third)).toBe(feed)
    },
  )

  itOfTheFile('are not made in a namespace that is damaged, whenever that is found', async () => {
    const desk = await openDesk(stories, quay)
    const before = await idsOf(desk)
    const damage = () => {
      const database = new DatabaseSync(join(desk.dataDir, 'catalogue.sqlite'))
      database.exec("UPDATE setting SET value = replace(value, '-', '0') WHERE name = 'namespaces'")
      database.close()
    }
    damage()
    await desk.catalogue.verify()
    expect(desk.log.join()).toContain('a namespace of ids is damaged')
    await desk.close()
    damage()
    const again = await openDesk({}, quay, desk)
    expect(again.log.join()).toContain('a namespace of ids is damaged')
    await again.refresh()
    expect(await idsOf(again)).toEqual(before)
  })
})

describe('the id of a feed', () => {
  it('stays when BASE_URL changes, and is its own in each channel', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 7 }, (_, n) => [
        `${n}.md`,
        `---\ntitle: Story ${n}\ndate: 2026-03-0${n + 1}\nsection: ${n < 6 ? 'World' : 'City'}\ntags: [world]\n---\n${n}\n`,
      ]),
    )
    const one = { BASE_URL: 'https://one.example', FEED_ITEMS: '2' }
    const desk = await openDesk(files, one)
    const keys = [
      { kind: 'site', slug: '' },
      { kind: 'section', slug: 'world' },
      { kind: 'section', slug: 'city' },
      { kind: 'tag', slug: 'world' },
      { kind: 'search', slug: 'story' },
    ] as const
    const idsIn = async (from: Desk) => {
      const feeds = await Promise.all(keys.map((key) => from.feed('atom.xml', key)))
      return feeds.map((feed) => /<id>(.*?)<\/id>/.exec(feed)?.[1])
    }
    const before = await idsIn(desk)
    expect(new Set(before).size).toBe(keys.length)
    for (const id of before) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5/)
    const [key] = keys
    const format = feedFormats.find(({ fileName }) => fileName === 'atom.xml')
    const archive = format && (await desk.channels.document({ channel: key, format, archive: 1 }))
    expect(archive?.frame.before).toContain(`<id>${before[0]}</id>`)
    const after = await reopen(desk, { ...one, BASE_URL: 'https://two.example/news' })
    expect(await idsIn(after)).toEqual(before)
    expect(await after.feed('atom.xml')).toContain('href="https://two.example/news/atom.xml"')
  })

  it('is the address of its page where no setting tells the site from others', async () => {
    const desk = await openDesk(stories)
    expect(await feedIdOf(desk)).toBe('http://localhost:3000/')
    const pinned = await reopen(desk, { SITE_ID: commonNamespace, BASE_URL: 'https://a.example' })
    expect(await feedIdOf(pinned)).toBe('https://a.example/')
  })

  it('is made from the first setting that tells it, and readers are told', async () => {
    const desk = await openDesk(stories)
    const before = await desk.catalogue.channel({ kind: 'site', slug: '' })
    const tried = await idsOf(desk)
    const online = await reopen(desk, named)
    expect(await feedIdOf(online)).toMatch(/^urn:uuid:/)
    expect(await idsOf(online)).toEqual(tried)
    const after = await online.catalogue.channel({ kind: 'site', slug: '' })
    expect(Date.parse(after?.changed ?? '')).toBeGreaterThan(Date.parse(before?.changed ?? ''))
  })
})

describe('the log of a start', () => {
  it('says how ids stay when settings change, where they are not pinned', async () => {
    const newsstand = await startNewsstand(stories)
    const again = async (env: Record<string, string>) => {
      await newsstand.stop()
      await newsstand.start(env)
      return newsstand.output()
    }
    const pin = `SITE_ID=${namespaceOf(quay)}`
    expect(newsstand.output()).not.toContain('SITE_ID')
    expect(await again(quay)).toContain(`ids are made from PUBLISHER_URL; ${pin} keeps them`)
    expect(await again(berg)).toContain(`${pin} makes them alike`)
    expect(await again({})).toContain(`${pin} makes them alike`)
    const [name = '', value = ''] = pin.split('=')
    expect(await again({ ...berg, [name]: value })).not.toContain('SITE_ID')
    expect(await again(named)).toContain(`${pin} makes them alike, and keeps those of before`)
  })
})
