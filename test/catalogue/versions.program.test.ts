import { hash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { idOf } from '../../src/catalogue/identity.ts'
import { steps } from '../../src/catalogue/migrations.ts'
import { openSqliteCatalogue } from '../../src/catalogue/sqlite-catalogue.ts'
import { look } from '../../src/intake/folder.ts'
import { commonNamespace } from '../../src/namespace.ts'
import { openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'

const stored = fileURLToPath(new URL('versions', import.meta.url))
const versions = readdirSync(stored).filter((name) => name.endsWith('.sqlite'))

/** A stored catalogue in a folder of its own, and the articles as it last saw them. */
function restore(version: string) {
  const folder = temporaryFolder()
  cpSync(join(stored, 'articles'), folder, { recursive: true })
  const dataDir = temporaryFolder({ 'catalogue.sqlite': readFileSync(join(stored, version)) })
  const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'))
  const sign = database.prepare('UPDATE file SET signature = ? WHERE path = ?')
  for (const { path } of database.prepare('SELECT path FROM file').all()) {
    const time = new Date(path === 'ferry.md' ? '2024-06-02T10:00:00Z' : '2024-06-01T10:00:00Z')
    utimesSync(join(folder, String(path)), time, time)
    sign.run(look(folder, String(path))?.signature ?? '', path ?? '')
  }
  const fingerprint = database.prepare("SELECT value FROM setting WHERE name = 'fingerprint'").get()
  database.close()
  return { folder, dataDir, fingerprint: String(fingerprint?.value) }
}

/** What nothing but the catalogue knows of its articles. */
function known(dataDir: string) {
  const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { readOnly: true })
  const rows = database
    .prepare('SELECT number, id, slug, path, first_seen, published, updated, removed FROM article')
    .all()
  database.close()
  return rows
}

describe.each(versions)('a catalogue of an early version: %s', (version) => {
  it('keeps ids, slugs and dates, knows which files it has read, and is not damaged', async () => {
    const { folder, dataDir, fingerprint } = restore(version)
    const before = known(dataDir)
    expect(before).toHaveLength(6)
    const settings = {
      dataDir,
      feedItems: 3,
      namespace: { uuid: commonNamespace, from: undefined },
      language: 'en',
      timeZone: 'UTC',
    }
    const catalogue = await openSqliteCatalogue(settings, '')
    const files = (await Array.fromAsync(catalogue.knownFiles(fingerprint))).flat()
    await catalogue.close()
    expect(files).toHaveLength(7)
    for (const [path, signature] of files) expect(signature).toBe(look(folder, path)?.signature)
    const desk = await openDesk({}, { FEED_ITEMS: '3', UNDATED: 'reject' }, { folder, dataDir })
    await desk.catalogue.verify()
    expect(desk.log.join()).not.toMatch(/damaged|failed/)
    expect(readdirSync(dataDir).filter((name) => name.includes('damaged'))).toEqual([])
    expect(await desk.articles()).toHaveLength(5)
    expect(desk.catalogue.id).toMatch(/^[0-9a-f]{32}$/)
    const channel = await desk.catalogue.channel({ kind: 'section', slug: 'city' })
    expect(channel?.name).toBe('City')
    const { id } = desk.catalogue
    await desk.close()
    expect(known(dataDir)).toEqual(before)
    const again = await openDesk({}, { FEED_ITEMS: '3', UNDATED: 'reject' }, { folder, dataDir })
    expect(again.catalogue.id).toBe(id)
  })

  it('goes on with the namespace that all sites had, whatever is set now', async () => {
    const { folder, dataDir } = restore(version)
    const before = known(dataDir)
    const env = {
      FEED_ITEMS: '3',
      // The folder has a file that states none.
      UNDATED: 'reject',
      BASE_URL: 'https://News.example',
      PUBLISHER_URL: 'https://a.example',
    }
    const desk = await openDesk({}, env, { folder, dataDir })
    expect(desk.catalogue.namespace).toBe(commonNamespace)
    expect(await desk.feed('atom.xml')).toContain('<id>https://news.example/</id>')
    const site = { kind: 'site', slug: '' } as const
    const city = { kind: 'section', slug: 'city' } as const
    expect(await desk.feed('atom.xml', city)).toContain(
      '<id>https://news.example/sections/city/</id>',
    )
    desk.write('lamp.md', '---\ntitle: Lamps\ndate: 2024-05-05\n---\nLit once more.\n')
    desk.write('quay.md', '---\ntitle: Quay\ndate: 2024-05-06\nsection: New\n---\nA new text.\n')
    await desk.refresh()
    expect((await desk.catalogue.channel({ kind: 'section', slug: 'new' }))?.name).toBe('New')
    const ids = new Set(before.map(({ id }) => `urn:uuid:${id}`))
    const others = (await desk.articles(site)).filter(({ id }) => !ids.has(id))
    expect(others.map(({ title }) => title)).toEqual(['Quay'])
    expect(others[0]?.id).not.toBe(`urn:uuid:${idOf('quay.md', 0, commonNamespace)}`)
  })
})

/** From step 5 on a catalogue says itself what its ids were made in: namespaces.program.test.ts. */
const silent = versions.filter((name) => Number.parseInt(name, 10) < 5)

describe.each(silent)('a catalogue that does not say what its ids were made in: %s', (version) => {
  it('keeps its ids also when it is found damaged before it is brought up to date', async () => {
    const { folder, dataDir } = restore(version)
    const before = known(dataDir)
    const path = join(dataDir, 'catalogue.sqlite')
    const database = new DatabaseSync(path, { readOnly: true })
    const sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'setting'"
    const number = Number(database.prepare(sql).get()?.rootpage)
    database.close()
    const bytes = readFileSync(path)
    bytes.fill(0xff, (number - 1) * 4096, number * 4096)
    writeFileSync(path, bytes)
    const env = { FEED_ITEMS: '3', UNDATED: 'reject', PUBLISHER_URL: 'https://a.example' }
    const desk = await openDesk({}, env, { folder, dataDir })
    const ids = new Set(before.map(({ id }) => `urn:uuid:${id}`))
    // Where rows cannot be taken over, this file has the id of where it lies now.
    ids.add(`urn:uuid:${idOf('hives.md', 0, commonNamespace)}`)
    const others = (await desk.articles()).filter(({ id }) => !ids.has(id))
    expect(others.map(({ title }) => title)).toEqual([])
    expect(await desk.feed('atom.xml')).toContain('<id>http://localhost:3000/</id>')
    expect(readdirSync(dataDir).join()).toContain('damaged')
  })
})

describe('a step of the tables that was released', () => {
  it('is never changed: add a new one, and a stored catalogue of before it', () => {
    expect(steps.map((step) => hash('sha256', step).slice(0, 16))).toEqual([
      '690442eaf97725b2',
      '448ca7e53d23a2b8',
      '5e610622243c4cae',
      'e823624c5c019aaf',
      'f23a2e8254a215f0',
      '23a64bf87c0b744d',
      'd3ffa0fc0630a508',
      '33976278d770888d',
      '4804f80e337afc06',
      '6935ad6f67fbdffa',
      'e1183c029c3e84eb',
      '3de141d4083b881f',
      'fb0688995a083e08',
    ])
  })
})
