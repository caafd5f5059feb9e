import { renameSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  allPublished,
  differences,
  type Filling,
  keptIn,
  kill,
  serves,
  startFilling,
  tablesIn,
  untilKept,
  writeMixed,
} from './support/filling.ts'
import { temporaryFolder, writeInto } from './support/folder.ts'
import { end } from './support/program.ts'
import { randomFrom } from './support/random.ts'
import { until } from './support/until.ts'

/** KILLS and SEED try as many others as one likes, in a folder that grows with them. */
const kills = Number(process.env.KILLS ?? 6)
const seed = Number(process.env.SEED ?? 5)
const files = Math.max(3000, kills * 400)
const longestMs = 180_000
const patienceMs = 600_000 + kills * 60_000

/** One that ends with the test. */
async function started(...args: Parameters<typeof startFilling>): Promise<Filling> {
  const one = await startFilling(...args)
  onTestFinished(async () => void (await kill(one)))
  return one
}

/** A portion, and some more. */
const few = 1500

function mixedFolder(count = few): string {
  const articles = temporaryFolder()
  writeMixed(articles, count, seed)
  return articles
}

/** Starts it, and ends it when it has kept a portion and not all. @returns how many files it had kept */
async function brokenOff(
  articles: string,
  data: string,
  signal: NodeJS.Signals = 'SIGKILL',
): Promise<number> {
  const one = await started(articles, data)
  await untilKept(one, data)
  await end(one.child, signal)
  const kept = keptIn(data)
  expect(kept).toBeGreaterThan(0)
  return kept
}

async function publishedBy(one: Filling): Promise<Map<string, string>> {
  expect(await serves(one, longestMs)).toBe(true)
  const all = await allPublished(one, 50)
  await kill(one)
  return all
}

async function tablesOf(one: Filling, data: string): Promise<Map<string, string>> {
  expect(await serves(one, longestMs)).toBe(true)
  await kill(one)
  return tablesIn(data)
}

describe('a first start that is killed at any moment', { timeout: patienceMs }, () => {
  it('goes on where it was, serves nothing before its end, and then what one does that was not killed', async () => {
    const articles = mixedFolder(files)
    const random = randomFrom(seed)
    const control = temporaryFolder()
    const whole = await publishedBy(await started(articles, control))
    const data = temporaryFolder()
    const statuses = new Set<number>()
    const kept: number[] = []
    for (let n = 0; n < kills; n += 1) {
      const one = await started(articles, data)
      const had = keptIn(data)
      await untilKept(one, data, had)
      const hasServed = await serves(one, random.between(0, 400), (status) => statuses.add(status))
      await kill(one)
      kept.push(keptIn(data))
      if (hasServed) break
    }
    if (process.env.KILLS) console.log(`kept at each kill: ${kept.join(', ')}`)
    expect(kept.filter((one) => one > 0).length).toBeGreaterThan(1)
    statuses.delete(200)
    expect([...statuses]).toEqual([503])
    const last = await started(articles, data)
    expect(differences(await publishedBy(last), whole)).toEqual([])
    expect(keptIn(data)).toBe(0)
    expect(differences(tablesIn(data), tablesIn(control))).toEqual([])
  })

  it('goes on after SIGTERM as well', async () => {
    const articles = mixedFolder()
    const data = temporaryFolder()
    await brokenOff(articles, data, 'SIGTERM')
    const on = await started(articles, data)
    const kept = await tablesOf(on, data)
    expect(on.output()).toContain('goes on')
    const control = temporaryFolder()
    expect(differences(kept, await tablesOf(await started(articles, control), control))).toEqual([])
  })

  it('begins anew where files were edited, moved, removed or added since: nobody has seen what they were', async () => {
    const articles = mixedFolder()
    const data = temporaryFolder()
    const story = (title: string, link = '') =>
      `---\ntitle: ${title}\ndate: 2026-01-02\n---\n\nWords of ${title}. ${link}\n`
    writeInto(articles, '00000/a-first.md', story('First of all', '[Later](later.md)'))
    writeInto(articles, '00000/a-gone.md', story('Gone by now'))
    writeInto(articles, '00000/a-moved.md', story('Moved away'))
    await brokenOff(articles, data)
    writeInto(articles, '00000/a-gone.md', story('Edited since'))
    writeInto(articles, '00000/later.md', story('Later one'))
    rmSync(join(articles, '00000/a-moved.md'))
    writeInto(articles, '00039/zz-moved.md', story('Moved away'))
    const past = new Date(Date.now() - 60_000)
    for (const path of ['00000/a-gone.md', '00000/later.md', '00039/zz-moved.md'])
      utimesSync(join(articles, path), past, past)
    const on = await started(articles, data)
    const kept = await tablesOf(on, data)
    expect(on.output()).toContain('begins anew: files have changed since')
    const control = temporaryFolder()
    expect(differences(kept, await tablesOf(await started(articles, control), control))).toEqual([])
  })

  it('serves nothing of what it had kept, where the folder is away when it goes on', async () => {
    const articles = mixedFolder()
    const data = temporaryFolder()
    await brokenOff(articles, data)
    renameSync(articles, `${articles}-away`)
    const on = await started(articles, data)
    await until(() => on.output().includes('begins anew') && on.output().includes('refresh failed'))
    expect((await on.get('/rss.xml'))?.status).toBe(503)
    renameSync(`${articles}-away`, articles)
    const kept = await tablesOf(on, data)
    const control = temporaryFolder()
    expect(differences(kept, await tablesOf(await started(articles, control), control))).toEqual([])
  })

  it('begins anew with other settings', async () => {
    const articles = mixedFolder()
    const data = temporaryFolder()
    await brokenOff(articles, data)
    const other = { TIME_ZONE: 'Asia/Tokyo' }
    const on = await started(articles, data, other)
    const kept = await tablesOf(on, data)
    expect(on.output()).toContain('begins anew')
    const control = temporaryFolder()
    const whole = await tablesOf(await started(articles, control, other), control)
    expect(differences(kept, whole)).toEqual([])
  })

  it('begins anew in another folder', async () => {
    const data = temporaryFolder()
    await brokenOff(mixedFolder(), data)
    const other = temporaryFolder()
    writeMixed(other, 300, seed + 1)
    const kept = await tablesOf(await started(other, data), data)
    const control = temporaryFolder()
    const whole = await tablesOf(await started(other, control), control)
    expect(differences(kept, whole)).toEqual([])
  })
})
