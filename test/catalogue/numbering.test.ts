/** Which numbers states of articles get, and what is told of them. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Catalogue } from '../../src/catalogue/catalogue.ts'
import { loadConfig } from '../../src/config.ts'
import { articleFile } from '../support/article-file.ts'
import { temporaryFolder } from '../support/folder.ts'
import { itOfTheFile, openCatalogueIn } from '../support/sharing.ts'

async function open(dataDir: string): Promise<Catalogue> {
  const catalogue = await openCatalogueIn(loadConfig({ DATA_DIR: dataDir }, dataDir), '')
  onTestFinished(() => catalogue.close())
  return catalogue
}

/** @returns the version of the article that these files hold last */
async function keep(catalogue: Catalogue, paths: readonly string[], now?: number): Promise<number> {
  const refresh = await catalogue.refresh(now ?? Date.now())
  await refresh.keep(paths.map((path) => articleFile(path)))
  await refresh.commit(true)
  return catalogue.lastVersion()
}

describe('a version', () => {
  it('is the time of the refresh in ms, and one more for each state beyond the first', async () => {
    const catalogue = await open(temporaryFolder())
    const now = Date.UTC(2024, 5, 1)
    expect(await keep(catalogue, ['a.txt', 'b.txt'], now)).toBe(now + 1)
    expect(await keep(catalogue, ['c.txt'], now)).toBe(now + 2)
    expect(await keep(catalogue, ['d.txt'], now - 5000)).toBe(now + 3)
    expect(await keep(catalogue, ['e.txt'], now + 5000)).toBe(now + 5000)
  })

  it('was given in the numbering of whoever had the catalogue open, which none above it was', async () => {
    const dataDir = temporaryFolder()
    const first = await open(dataDir)
    const a = await keep(first, ['a.txt'])
    const b = await keep(first, ['b.txt'])
    const name = await first.numberingOf(a)
    expect(name).toMatch(/^[0-9a-f]{16}$/)
    expect(await first.numberingOf(b)).toBe(name)
    expect(await first.numberingOf(b + 1)).toBeUndefined()
    await first.close()
    // A look that finds nothing new begins none.
    const second = await open(dataDir)
    await keep(second, [])
    await second.close()
    const third = await open(dataDir)
    expect(await third.numberingOf(b)).toBe(name)
    const c = await keep(third, ['c.txt'])
    expect(await third.numberingOf(b)).toBe(name)
    expect(await third.numberingOf(b + 1)).not.toBe(name)
    expect(await third.numberingOf(c)).toBe(await third.numberingOf(b + 1))
  })

  itOfTheFile('is in another numbering where the catalogue was put back from a copy', async () => {
    const dataDir = temporaryFolder()
    const path = join(dataDir, 'catalogue.sqlite')
    const before = await open(dataDir)
    const known = await keep(before, ['a.txt'])
    await before.close()
    copyFileSync(path, join(dataDir, 'copy'))
    const lost = await open(dataDir)
    const b = await keep(lost, ['b.txt'])
    const name = await lost.numberingOf(known)
    const ofLost = await lost.numberingOf(b)
    await lost.close()
    copyFileSync(join(dataDir, 'copy'), path)
    const again = await open(dataDir)
    expect(await again.numberingOf(b)).toBeUndefined()
    // Also by a clock that is behind.
    expect(await keep(again, ['c.txt', 'd.txt'], known)).toBe(known + 2)
    expect(await keep(again, ['e.txt'])).toBeGreaterThan(b)
    expect(await again.numberingOf(known)).toBe(name)
    expect(await again.numberingOf(b)).not.toBe(ofLost)
  })
})

it('is a new one of an article that comes out, or expires', async () => {
  const catalogue = await open(temporaryFolder())
  const [before, due, after] = [Date.UTC(2024, 5, 1), Date.UTC(2024, 5, 2), Date.UTC(2024, 5, 3)]
  const date = new Date(due).toISOString()
  const times = { 'comes.txt': { published: date }, 'expires.txt': { expires: date }, 'is.txt': {} }
  const refresh = await catalogue.refresh(before)
  await refresh.keep(Object.entries(times).map(([path, time]) => articleFile(path, time)))
  await refresh.commit(true)
  const versions = async () => {
    const listed = await catalogue.listedByNumber([1, 2, 3])
    return listed.map(({ version }) => version)
  }
  expect(await versions()).toEqual([before, before + 1, before + 2])
  await keep(catalogue, [], after)
  expect((await versions()).toSorted()).toEqual([before + 2, after, after + 1])
})
