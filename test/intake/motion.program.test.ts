import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openDesk, touch } from '../support/desk.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page, stories } from '../support/page.ts'
import { until } from '../support/until.ts'

const titles = (text: string) => [...text.matchAll(/<title>(Story \d+)<\/title>/g)].length

/** What is noticed is due to the watch alone. */
const never = { REFRESH_CRON: '0 0 1 1 *', FEED_ITEMS: '1000' }
const often = { REFRESH_CRON: '* * * * * *', FEED_ITEMS: '1000' }

describe('a folder that goes away', () => {
  it('does not empty the feeds, and is watched again when it comes back', async () => {
    const newsstand = await startNewsstand(stories(20), { ...never, EMPTY_FOLDER_MINUTES: '60' })
    const count = async () => titles(await newsstand.text('/rss.xml'))
    renameSync(newsstand.articlesDir, `${newsstand.articlesDir}-away`)
    await until(async () => (await newsstand.text('/readyz')).includes('empty or missing'))
    expect(await count()).toBe(20)
    // What is mounted on is there, and empty. Nothing tells that it was looked at: watching takes two seconds.
    mkdirSync(newsstand.articlesDir)
    await setTimeout(3000)
    expect(await count()).toBe(20)
    expect(await (await newsstand.get('/readyz')).text()).toContain('empty or missing')
    expect(newsstand.output().match(/has become empty or missing/g)).toHaveLength(1)
    rmSync(newsstand.articlesDir, { recursive: true })
    renameSync(`${newsstand.articlesDir}-away`, newsstand.articlesDir)
    await until(async () => (await newsstand.text('/readyz')) === 'ready\n')
    expect(await count()).toBe(20)
    newsstand.write('world/new.txt', page({ title: 'Story 99' }))
    await until(async () => (await count()) === 21)
  })

  it('is missed although a marker lies in its place, until somebody says that it is meant', async () => {
    const settings = { ...often, EMPTY_FOLDER_MINUTES: '60' }
    const newsstand = await startNewsstand(stories(25), settings)
    const count = async () => titles(await newsstand.text('/rss.xml'))
    const away = `${newsstand.articlesDir}-away`
    renameSync(newsstand.articlesDir, away)
    newsstand.write('mount.md', '---\ntitle: Story 99\ndate: 2024-05-01\n---\nMount it here.\n')
    const told =
      '25 of 26 files are gone from the articles folder: the feeds stay as they are until 2'
    const ready = async () => (await newsstand.get('/readyz')).text()
    await until(async () => (await ready()).includes(told))
    await until(async () => (await count()) === 26)
    expect(newsstand.output().match(/files are gone/g)).toHaveLength(1)
    const read = async () => (await fetch(newsstand.adminUrl)).text()
    expect(await read()).toContain('action="/believe-loss"')

    renameSync(newsstand.articlesDir, `${away}-marker`)
    renameSync(away, newsstand.articlesDir)
    await until(() => newsstand.output().includes('the articles folder is back'))
    await until(async () => (await count()) === 25)
    expect(await read()).not.toContain('believe-loss')

    renameSync(newsstand.articlesDir, away)
    renameSync(`${away}-marker`, newsstand.articlesDir)
    await until(async () => (await ready()).includes('are gone'))
    const believe = (origin: string) =>
      fetch(`${newsstand.adminUrl}/believe-loss`, {
        method: 'POST',
        headers: { Origin: origin },
        redirect: 'manual',
      })
    expect((await believe('https://evil.example')).status).toBe(403)
    expect(await count()).toBeGreaterThanOrEqual(25)
    expect((await believe(newsstand.adminUrl)).status).toBe(303)
    expect(await count()).toBe(1)
    expect(await ready()).not.toContain('are gone')
    rmSync(away, { recursive: true })
  })

  it('lets go of what was moved within it while most of it is missed', async () => {
    const desk = await openDesk(stories(40), { EMPTY_FOLDER_MINUTES: '60' })
    // All that is alike has one time.
    for (let n = 0; n < 40; n += 1) touch(desk, `world/${n}.txt`, new Date('2024-05-01'))
    await desk.refresh()
    const before = await desk.articles()
    const moved = [3, 4, 5]
    for (const n of moved) desk.move(`world/${n}.txt`, `africa/${n}.txt`)
    desk.remove('world')
    // Files may be under way to another name for a while; then they are missed.
    await until(async () => {
      await desk.refresh()
      return desk.log.join().includes('37 of 40 files are gone')
    })
    await desk.refresh()
    const after = await desk.articles()
    const ids = (articles: typeof after) => articles.map(({ id, title }) => `${title} ${id}`).sort()
    expect(ids(after)).toEqual(ids(before))
  })

  it('may be away when Newsstand starts, if its articles are known', async () => {
    const newsstand = await startNewsstand(stories(3), { EMPTY_FOLDER_MINUTES: '60' })
    await newsstand.stop()
    renameSync(newsstand.articlesDir, `${newsstand.articlesDir}-away`)
    await newsstand.start()
    expect(titles(await newsstand.text('/rss.xml'))).toBe(3)
    renameSync(`${newsstand.articlesDir}-away`, newsstand.articlesDir)
    newsstand.write('world/new.txt', page({ title: 'Story 99' }))
    await until(async () => titles(await newsstand.text('/rss.xml')) === 4)
  })

  it('empties the feeds once it has been empty for as long as is set', async () => {
    const desk = await openDesk(stories(3), { EMPTY_FOLDER_MINUTES: '0' })
    desk.remove('world')
    await desk.refresh()
    expect(await desk.articles()).toEqual([])
    const patient = await openDesk(stories(3), { EMPTY_FOLDER_MINUTES: '1' })
    patient.remove('world')
    await patient.refresh()
    expect(await patient.articles()).toHaveLength(3)
  })

  it('is not believed while its files go, if they are many', async () => {
    const newsstand = await startNewsstand(stories(200), { ...often, EMPTY_FOLDER_MINUTES: '60' })
    const seen = new Set<number>()
    let isDone = false
    const polling = (async () => {
      while (!isDone) seen.add(titles(await newsstand.text('/rss.xml')))
    })()
    // One after the other, which takes longer than a pass.
    const removing = spawn('sh', ['-c', 'for file in world/*; do rm "$file"; done'], {
      cwd: newsstand.articlesDir,
    })
    await once(removing, 'exit')
    await until(async () => (await newsstand.text('/readyz')).includes('empty or missing'))
    isDone = true
    await polling
    // A few may be gone before it is seen that many go.
    expect(Math.min(...seen)).toBeGreaterThan(170)
  })
})

describe('files that are moved', () => {
  it('keep who they are, also many at once and while nobody is looking', async () => {
    const desk = await openDesk(stories(40), { EMPTY_FOLDER_MINUTES: '60' })
    const ids = async () =>
      Object.fromEntries((await desk.articles()).map(({ title, id }) => [title, id]))
    const before = await ids()
    desk.move('world', 'africa')
    for (let n = 0; n < 20; n += 1) {
      await desk.refresh()
      expect(await ids()).toEqual(before)
    }
    expect(desk.log.join()).not.toMatch(/[1-9]\d* added.*[1-9]\d* added/)
  })

  it('are never missed though they are moved on before they are read', async () => {
    const desk = await openDesk(stories(1200))
    const ids = async () => (await desk.articles()).map(({ id }) => id)
    const before = await ids()
    desk.move('world', 'africa')
    await setTimeout(40)
    const refreshing = desk.refresher.refresh()
    // After the folder was looked through, and before its last files are read.
    await until(() => desk.progress() < 1200)
    desk.move('africa', 'sports/2024')
    await refreshing
    expect(await ids()).toEqual(before)
    // As one does that has heard of the first place alone.
    await desk.refresh(['africa'])
    expect(await ids()).toEqual(before)
    await until(async () => {
      await desk.refresh()
      return !desk.refresher.timers.isWaiting()
    })
    expect(await ids()).toEqual(before)
    expect(desk.log.join()).not.toMatch(/[1-9]\d* removed/)
  })
})

describe('a file that is moved', () => {
  it('is never missed on its way', async () => {
    const newsstand = await startNewsstand(stories(5))
    const { items } = JSON.parse(await newsstand.text('/feed.json'))
    const path = new URL(items[0].url).pathname
    const statuses = new Set<number>()
    for (const [from, to] of [
      ['world', 'africa'],
      ['africa', 'sports/2024'],
    ] as const) {
      mkdirSync(`${newsstand.articlesDir}/sports`, { recursive: true })
      renameSync(`${newsstand.articlesDir}/${from}`, `${newsstand.articlesDir}/${to}`)
      const end = Date.now() + 700
      while (Date.now() < end) statuses.add((await newsstand.get(path)).status)
    }
    expect([...statuses]).toEqual([200])
    expect(newsstand.output()).not.toMatch(/[1-9]\d* removed/)
  })
})
