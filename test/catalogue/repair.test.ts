import fs, { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DamageError } from '../../src/catalogue/damage.ts'
import type { FeedFormat } from '../../src/channels/feed-format.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { site } from '../../src/channels/selection.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { page } from '../support/page.ts'

const stories = Object.fromEntries(
  Array.from({ length: 350 }, (_, n) => [`${n}.txt`, page({ title: `Story ${n}` })]),
)

/** Lets no file be renamed until it is called. */
const forbidRenaming = () =>
  onRenaming(() => {
    throw new Error('no file may be renamed')
  })

/**
 * Does something whenever a file is about to be renamed.
 * @returns ends that
 */
function onRenaming(act: () => void): () => void {
  const { renameSync } = fs
  const end = () => {
    fs.renameSync = renameSync
    syncBuiltinESMExports()
  }
  fs.renameSync = (from, to) => {
    act()
    renameSync(from, to)
  }
  syncBuiltinESMExports()
  onTestFinished(end)
  return end
}

describe('a damaged catalogue', () => {
  it('is read to its end, whoever wants to write meanwhile', async () => {
    const desk = await openDesk(stories)
    await desk.close()
    const path = join(desk.dataDir, 'catalogue.sqlite')
    // A newer Newsstand's is open for reading only.
    const database = new DatabaseSync(path)
    database.exec(
      "PRAGMA user_version = 99; INSERT OR REPLACE INTO setting VALUES ('version', '99')",
    )
    database.close()
    const { catalogue } = await openDesk({}, {}, { folder: desk.folder, dataDir: desk.dataDir })
    const told: string[] = []
    catalogue.onRepaired((what) => told.push(what))
    const attended = catalogue.repairIfDamaged(new DamageError('something is wrong'))
    await setImmediate()
    await expect(catalogue.checkWritable()).rejects.toThrow('is being made anew')
    expect(await attended).toBe('the catalogue was damaged')
    expect(told.join()).toContain('350 articles were taken over')
    await catalogue.checkWritable()
  })

  it('is in no feed that was being made when it was replaced', async () => {
    const { catalogue, channels, feed } = await openDesk({ 'a.txt': page({ title: 'One' }) })
    const key = { channel: site, format: feedFormats[0] as FeedFormat }
    catalogue.onRepaired(() => channels.clear())
    // Those that were asked for are made anew by a refresh.
    for (const _ of [1, 2]) await feed(key.format.fileName)
    const before = await channels.document(key)
    let updating: Promise<void> | undefined
    const end = onRenaming(() => {
      updating ??= channels.update([site])
    })
    await catalogue.repairIfDamaged(new DamageError('something is wrong'))
    end()
    await updating
    const changed = new Date((await catalogue.channel(site))?.changed ?? 0).toUTCString()
    expect(before?.lastModified).not.toBe(changed)
    expect((await channels.document(key))?.lastModified).toBe(changed)
  })

  it('is still read where it cannot be set aside', async () => {
    const { catalogue, feed } = await openDesk({ 'a.txt': page({ title: 'One' }) })
    const allow = forbidRenaming()
    expect(await catalogue.repairIfDamaged(new DamageError('something is wrong'))).toBe(
      'the catalogue is damaged and cannot be made anew: no file may be renamed',
    )
    await expect(catalogue.checkWritable()).rejects.toThrow('cannot be made anew')
    expect((await catalogue.counts()).articles).toBe(1)
    allow()
    expect(await feed('feed.json')).toContain('One')
  })
})

describe('a catalogue that was deleted', () => {
  it('is still read where it cannot be put back, and put back later', async () => {
    const { catalogue, dataDir } = await openDesk({ 'a.txt': page({ title: 'One' }) })
    const path = join(dataDir, 'catalogue.sqlite')
    rmSync(path)
    const allow = forbidRenaming()
    await expect(catalogue.checkWritable()).rejects.toThrow(
      `the catalogue ${path} was deleted: no file may be renamed`,
    )
    expect((await catalogue.counts()).articles).toBe(1)
    allow()
    await catalogue.checkWritable()
    expect(existsSync(path)).toBe(true)
    expect((await catalogue.counts()).articles).toBe(1)
  })

  it('is left to what another has put in its place', async () => {
    const { catalogue, dataDir } = await openDesk({ 'a.txt': page({ title: 'One' }) })
    const path = join(dataDir, 'catalogue.sqlite')
    rmSync(path)
    writeFileSync(path, 'of another')
    await expect(catalogue.checkWritable()).rejects.toThrow('another file lies in its place')
    expect(readFileSync(path, 'utf8')).toBe('of another')
    expect((await catalogue.counts()).articles).toBe(1)
  })

  it('is put back whole where its log was left', async () => {
    const desk = await openDesk(stories)
    desk.write('0.txt', page({ title: 'Another story' }))
    await desk.refresh()
    const before = await desk.articles()
    expect(existsSync(join(desk.dataDir, 'catalogue.sqlite-wal'))).toBe(true)
    rmSync(join(desk.dataDir, 'catalogue.sqlite'))
    await desk.catalogue.checkWritable()
    const told: string[] = []
    desk.catalogue.onRepaired((what) => told.push(what))
    await desk.catalogue.verify()
    expect(told.join()).not.toContain('damaged')
    expect(await desk.articles()).toEqual(before)
  })
})

describe('a row that says what was never written', () => {
  const feed = (desk: Desk) => desk.feed('atom.xml')
  const pages = async (desk: Desk) => {
    const found = await desk.catalogue.pages(1, 1000)
    return found.map(({ slug, updated }) => `${slug} ${updated}`).sort()
  }
  const names = async (desk: Desk) =>
    (await desk.catalogue.channels('section', 10)).map(({ name }) => name)
  const first = "WHERE path = '1.txt'"

  it.each([
    ['facts that are no JSON', `UPDATE article SET facts = 'x' || substr(facts, 2) ${first}`, feed],
    ['the same', `UPDATE article SET facts = 'x' || substr(facts, 2) ${first}`, pages],
    ['no language', `UPDATE article SET facts = replace(facts, '"en"', '"e"') ${first}`, feed],
    ['an id that is none', `UPDATE article SET id = 'x' || substr(id, 2) ${first}`, feed],
    ['another id', `UPDATE article SET id = substr(id, 1, 35) || 'x' ${first}`, feed],
    ['another slug', `UPDATE article SET slug = 'x' || slug ${first}`, pages],
    ['no date', `UPDATE article SET published = -9000000000000000 ${first}`, feed],
    ['no time of change', `UPDATE article SET updated = 9000000000000000 ${first}`, feed],
    [
      'another name of a channel',
      "UPDATE channel SET name = 'Worle' WHERE kind = 'section'",
      names,
    ],
    [
      'an id that is none, without a sum',
      `UPDATE article SET id = 'x' || substr(id, 2), identity_sum = NULL ${first}`,
      feed,
    ],
    [
      'no language, without a sum',
      `UPDATE article SET facts = replace(facts, '"en"', '"e"'), content_sum = NULL ${first}`,
      feed,
    ],
  ])('has the catalogue made anew by who reads it: %s', async (_, damage, read) => {
    const three = Object.fromEntries(Object.entries(stories).slice(0, 3))
    const desk = await openDesk(three)
    const before = await read(desk)
    await desk.close()
    const again = await openDesk({}, {}, { folder: desk.folder, dataDir: desk.dataDir })
    const database = new DatabaseSync(join(desk.dataDir, 'catalogue.sqlite'))
    database.exec(damage)
    database.close()
    const told: string[] = []
    again.catalogue.onRepaired((what) => told.push(what))
    await read(again)
    expect(told.join()).toContain('the catalogue was damaged')
    await again.refresh()
    expect(await read(again)).toEqual(before)
    expect(told).toHaveLength(1)
    expect(again.log.join()).not.toContain('failed')
  })
})
