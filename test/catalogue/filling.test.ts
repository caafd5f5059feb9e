/** The mark of a first refresh, and what is kept under it. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { writeNamespaces } from '../../src/catalogue/namespaces.ts'
import { peek } from '../../src/catalogue/peek.ts'
import { site } from '../../src/channels/selection.ts'
import { loadConfig } from '../../src/config.ts'
import type { FileResult } from '../../src/intake/file-result.ts'
import { createLog } from '../../src/log.ts'
import { goOnOrBeginAnew } from '../../src/refresh/begun.ts'
import { temporaryFolder } from '../support/folder.ts'
import { openCatalogueIn } from '../support/sharing.ts'

const mark = { by: 'settings', found: 1 }
const since = Date.parse('2026-01-02T03:04:05Z')
/** More than a portion, and the rest. */
const some = 1200
const all = 1500

async function openCatalogue(dataDir: string, settings: Readonly<Record<string, string>> = {}) {
  const config = loadConfig({ DATA_DIR: dataDir, ...settings }, dataDir)
  const catalogue = await openCatalogueIn(config, '')
  onTestFinished(() => catalogue.close())
  return catalogue
}

function file(n: number): FileResult {
  const text = `story ${n}`
  const published = new Date(Date.UTC(2020, 0, 1, 0, n)).toISOString().replace('.000', '')
  const said = { title: text, content: `<p>${text}</p>`, published, language: 'en' }
  const lists = { tags: [], authors: [], sources: [] }
  return {
    ...{ kind: 'article', path: `${text}.md`, signature: `1 ${n} ${n}`, modified: since, size: 1 },
    ...{ hash: text, titleSlug: 'x', notes: [], content: { ...said, ...lists } },
  }
}

const files = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => file(from + n))

/** A catalogue whose first refresh has kept a portion, and was broken off. */
async function brokenOff() {
  const dataDir = temporaryFolder()
  const catalogue = await openCatalogue(dataDir)
  const refresh = await catalogue.refresh(since, undefined, mark)
  await refresh.keep(files(0, some))
  await refresh.keep(files(some, some + 10))
  await refresh.rollback()
  await catalogue.close()
  return { dataDir, catalogue: await openCatalogue(dataDir) }
}

/** In what ids are made, as the catalogue keeps it. */
function namespacesIn(dataDir: string): unknown {
  const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { readOnly: true })
  const row = database.prepare("SELECT value FROM setting WHERE name = 'namespaces'").get()
  database.close()
  return row?.value
}

async function listedIn(dataDir: string) {
  const catalogue = await openCatalogue(dataDir)
  const channel = await catalogue.channel(site)
  const listed = await catalogue.listed(site, all + 1)
  await catalogue.close()
  return { channel, listed }
}

describe('a first refresh that was broken off', () => {
  it('has kept its portions under its mark, and nobody is told of them', async () => {
    const { dataDir, catalogue } = await brokenOff()
    expect(await catalogue.filling()).toEqual({ since, ...mark })
    expect(await catalogue.lastRefresh()).toBe(0)
    const known: string[] = []
    for await (const portion of catalogue.knownFiles(''))
      known.push(...portion.map(([path, signature]) => `${path} ${signature}`))
    expect(known.length).toBe(some)
    expect(known).toContain('story 7.md 1 7 7')
    expect(peek(dataDir).files.size).toBe(0)
  })

  it('goes on, and is then as one that was not', async () => {
    const { dataDir, catalogue } = await brokenOff()
    const refresh = await catalogue.refresh(since + 1_000_000, undefined, mark)
    await refresh.keep(files(some, all))
    const report = await refresh.commit(true)
    expect(report.added).toBe(all)
    expect(await catalogue.filling()).toBeUndefined()
    expect(await catalogue.lastRefresh()).toBe(since)
    await catalogue.close()
    const other = temporaryFolder()
    const whole = await openCatalogue(other)
    const once = await whole.refresh(since)
    await once.keep(files(0, all))
    await once.commit(true)
    await whole.close()
    expect(await listedIn(dataDir)).toEqual(await listedIn(other))
    expect((await listedIn(dataDir)).listed.length).toBe(all)
  })

  it('gives a slug that is left at the end to an article that was refused it before', async () => {
    const stating = (n: number): FileResult => {
      const one = file(n)
      if (one.kind !== 'article') throw new Error('it is an article')
      return { ...one, content: { ...one.content, statedSlug: 'harbour' } }
    }
    const dataDir = temporaryFolder()
    const begun = await openCatalogue(dataDir)
    const first = await begun.refresh(since, undefined, mark)
    await first.keep([stating(0), stating(1), ...files(2, some)])
    await first.rollback()
    await begun.close()
    const catalogue = await openCatalogue(dataDir)
    const refresh = await catalogue.refresh(since, undefined, mark)
    await refresh.vanish(['story 0.md'], new Map())
    await refresh.commit(true)
    expect(await catalogue.article('harbour')).toMatchObject({ title: 'story 1' })
  })

  it('begins anew where that is asked for', async () => {
    const { dataDir, catalogue } = await brokenOff()
    await catalogue.beginAnew()
    expect(await catalogue.filling()).toBeUndefined()
    expect((await catalogue.counts()).articles).toBe(0)
    expect(readdirSync(dataDir).some((name) => name.includes('damaged'))).toBe(false)
  })

  it('makes ids as one does that was not begun before: nobody has seen an id', async () => {
    const { dataDir, catalogue } = await brokenOff()
    await catalogue.close()
    const other = temporaryFolder()
    for (const folder of [dataDir, other]) {
      const one = await openCatalogue(folder, { SITE_ID: 'sea' })
      if (await one.filling()) await one.beginAnew()
      await (await one.refresh(since, undefined, mark)).commit(true)
      await one.close()
    }
    expect(namespacesIn(dataDir)).toBeDefined()
    expect(namespacesIn(dataDir)).toBe(namespacesIn(other))
  })

  it('forgets no namespace when it begins anew: articles of a damaged catalogue had ids in it', async () => {
    const { dataDir, catalogue } = await brokenOff()
    await catalogue.close()
    const sea = '5ea00000-0000-4000-8000-000000000000'
    const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'))
    const known = writeNamespaces({ feeds: sea, articles: [sea] })
    database.prepare("INSERT OR REPLACE INTO setting VALUES ('namespaces', ?)").run(known)
    database.close()
    const anew = await openCatalogue(dataDir, { SITE_ID: 'land' })
    await anew.beginAnew()
    expect(namespacesIn(dataDir)).toBe(known)
    const refresh = await anew.refresh(since, undefined, mark)
    await refresh.commit(true)
    await anew.close()
    expect(String(namespacesIn(dataDir)).split(' ').length).toBe(3)
    expect(String(namespacesIn(dataDir)).split(' ')[0]).toBe(sea)
  })

  it('is whole where all was settled and its mark is still there, which goes with the next refresh', async () => {
    const { dataDir, catalogue } = await brokenOff()
    const refresh = await catalogue.refresh(since, undefined, mark)
    await refresh.keep(files(some, all))
    await refresh.commit(true)
    const config = loadConfig({ DATA_DIR: dataDir }, dataDir)
    const by = await goOnOrBeginAnew(catalogue, config, undefined, createLog(config))
    await catalogue.close()
    const text = JSON.stringify([since, by, mark.found])
    const path = join(dataDir, 'catalogue.sqlite')
    const database = new DatabaseSync(path)
    database.prepare("INSERT INTO setting VALUES ('filling', ?)").run(`${crc32(text)} ${text}`)
    database.exec('PRAGMA journal_mode = DELETE')
    database.close()
    const reopened = await openCatalogue(dataDir)
    await goOnOrBeginAnew(reopened, config, undefined, createLog(config))
    expect(await reopened.lastRefresh()).toBe(since)
    const next = await reopened.refresh(since + 60_000)
    await next.commit(true)
    expect(await reopened.filling()).toBeUndefined()
    expect((await reopened.counts()).articles).toBe(all)
    const found = new DatabaseSync(path, { readOnly: true })
    expect(found.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    found.close()
  })

  it.each([
    [
      'is another than was written',
      "UPDATE setting SET value = replace(value, '1', '2') WHERE name = 'filling'",
    ],
    ['is gone', "DELETE FROM setting WHERE name = 'filling'"],
  ])('begins anew where its mark %s', async (_, damage) => {
    const { dataDir, catalogue } = await brokenOff()
    await catalogue.close()
    const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'))
    database.exec(damage)
    database.close()
    const anew = await openCatalogue(dataDir)
    expect(await anew.lastRefresh()).toBe(0)
    expect((await anew.counts()).articles).toBe(0)
    const known = []
    for await (const portion of anew.knownFiles('')) known.push(...portion)
    expect(known).toEqual([])
    expect(existsSync(join(dataDir, 'catalogue.sqlite-journal'))).toBe(false)
  })
})

describe('a refresh that follows one of an empty folder', () => {
  it('takes what comes into an empty folder for news, however old it is', async () => {
    const catalogue = await openCatalogue(temporaryFolder())
    const empty = await catalogue.refresh(since + 1000)
    await empty.commit(true)
    const changed = async () => Date.parse((await catalogue.channel(site))?.changed ?? '')
    const before = await changed()
    const refresh = await catalogue.refresh(since + 60_000)
    await refresh.keep(files(0, some))
    await refresh.commit(true)
    expect(await changed()).toBeGreaterThan(before)
    expect((await catalogue.listed(site, all)).length).toBe(some)
  })
})
