import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { renderingOf } from '../../src/channels/rendering.ts'
import { loadConfig } from '../../src/config.ts'
import { fingerprintOf } from '../../src/intake/fingerprint.ts'
import { openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { page } from '../support/page.ts'
import { openCatalogueIn } from '../support/sharing.ts'

/** A byte of a row of the table setting, and what becomes of it (sqlite.org/fileformat2.html). */
const damages: Readonly<Record<string, (name: string, value: string) => [number, number]>> = {
  'a letter of its name': () => [0, 0x78],
  'its first byte': (name) => [name.length, 0x78],
  'a byte in its middle': (name, value) => [name.length + (value.length >> 1), 0x16],
  'a byte in its middle, which stays a letter': (name, value) => [
    name.length + (value.length >> 1),
    0x39,
  ],
  'its type, which becomes that of a large number': (_, value) => [
    // Lengths of 58 and more take two bytes.
    value.length < 58 ? -1 : -2,
    0x06,
  ],
}

async function openCatalogue(dataDir: string) {
  const config = loadConfig({ DATA_DIR: dataDir, SITE_ID: 'quay' }, dataDir)
  return { config, catalogue: await openCatalogueIn(config, renderingOf(config)) }
}

/** What a catalogue remembers beside articles and channels, and the bytes of its file. */
async function makeCatalogue() {
  const desk = await openDesk({ 'a.txt': page({ title: 'One' }), 'b.txt': page({ title: 'Two' }) })
  const path = join(desk.dataDir, 'catalogue.sqlite')
  await desk.close()
  const folder = { path: desk.folder, real: desk.folder }
  const { catalogue, config } = await openCatalogue(desk.dataDir)
  for await (const _ of catalogue.knownFiles(fingerprintOf(config)));
  const refresh = await catalogue.refresh(Date.now(), folder)
  await refresh.commit(true)
  await catalogue.close()
  const database = new DatabaseSync(path)
  const settings = database.prepare('SELECT name, value FROM setting').all()
  // Of pages that are rewritten, former states stay in the file.
  database.exec('VACUUM')
  database.close()
  return { folder, settings, bytes: readFileSync(path) }
}

describe('a catalogue with a wrong byte in what it remembers of itself', () => {
  it('is opened, has all articles, and takes no other folder for the one read last', async () => {
    const { folder, settings, bytes } = await makeCatalogue()
    expect(settings.length).toBeGreaterThan(7)
    for (const setting of settings) {
      const [name, value] = [String(setting.name), String(setting.value)]
      const start = bytes.indexOf(name + value)
      expect(start, name).toBeGreaterThan(0)
      for (const [what, place] of Object.entries(damages)) {
        const [at, byte] = place(name, value)
        const damaged = Buffer.from(bytes)
        damaged[start + at] = byte
        const dataDir = temporaryFolder({ 'catalogue.sqlite': damaged })
        const { catalogue, config } = await openCatalogue(dataDir)
        const known = await catalogue.folder()
        expect(await catalogue.lastRefresh(), `${name}: ${what}`).toBeGreaterThan(0)
        const expected = name === 'articles folder' ? [undefined, folder] : [folder]
        expect(expected, `${name}: ${what}`).toContainEqual(known)
        for await (const _ of catalogue.knownFiles(fingerprintOf(config)));
        const refresh = await catalogue.refresh(Date.now(), folder)
        await refresh.commit(false)
        expect(await catalogue.folder(), `${name}: ${what}`).toEqual(folder)
        await catalogue.verify()
        expect((await catalogue.counts()).articles, `${name}: ${what}`).toBe(2)
        await catalogue.close()
      }
    }
  })
})
