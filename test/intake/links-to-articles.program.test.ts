/** A symbolic link to an article in the folder is that article. */
import { renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDesk } from '../support/desk.ts'
import { runNewsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

interface Item {
  readonly id: string
  readonly title: string
  readonly url: string
}

it('is published once, as the file that it is, and may come, go and be led elsewhere', async () => {
  const newsstand = await startNewsstand({
    'news/boat.txt': page({ title: 'The boat' }),
    'notes/tide.draft': page({ title: 'The tide' }),
    '.hidden/crane.txt': page({ title: 'The crane' }),
  })
  const items = async (): Promise<Item[]> => JSON.parse(await newsstand.text('/feed.json')).items
  const titles = async () => (await items()).map(({ title }) => title).sort()
  const link = (name: string) => join(newsstand.articlesDir, name)
  const [boat] = await items()

  symlinkSync('news/boat.txt', link('featured.txt'))
  // Neither of these is found as an article of its own.
  symlinkSync('notes/tide.draft', link('tide.txt'))
  symlinkSync('.hidden/crane.txt', link('crane.txt'))
  await until(async () => (await titles()).length === 3, 'three articles')
  expect(await titles()).toEqual(['The boat', 'The crane', 'The tide'])
  expect((await items()).find(({ title }) => title === 'The boat')).toEqual(boat)

  newsstand.write('news/boat.txt', page({ title: 'The ship' }))
  await until(async () => (await titles()).includes('The ship'))
  expect(await titles()).toHaveLength(3)

  rmSync(link('featured.txt'))
  symlinkSync('tide.txt', link('featured.txt'))
  newsstand.write('later.txt', page({ title: 'Later' }))
  await until(async () => (await titles()).includes('Later'))
  expect(await titles()).toEqual(['Later', 'The crane', 'The ship', 'The tide', 'The tide'])
})

it('keeps its id where the file was moved and a link left in its place', async () => {
  const newsstand = await startNewsstand({
    'boat.txt': page({ title: 'The boat' }),
    'b.txt': page({ title: 'B' }),
  })
  const items = async (): Promise<Item[]> => JSON.parse(await newsstand.text('/feed.json')).items
  const boatOf = (all: readonly Item[]) => all.find(({ title }) => title === 'The boat')
  const before = boatOf(await items())
  const inFolder = (name: string) => join(newsstand.articlesDir, name)

  newsstand.write('archive/c.txt', page({ title: 'C' }))
  await until(async () => (await items()).length === 3)
  renameSync(inFolder('boat.txt'), inFolder('archive/boat.txt'))
  symlinkSync('archive/boat.txt', inFolder('boat.txt'))
  newsstand.write('d.txt', page({ title: 'D' }))
  await until(async () => (await items()).length === 4)
  expect(boatOf(await items())).toMatchObject({ id: before?.id, url: before?.url })
  const { status } = await newsstand.get(new URL(before?.url ?? '').pathname)
  expect(status).toBe(200)

  await newsstand.stop()
  await newsstand.start()
  expect(boatOf(await items())?.id).toBe(before?.id)
  expect(await items()).toHaveLength(4)
})

it('is read after the file that was moved away from it, though that is not looked at', async () => {
  const desk = await openDesk({ 'boat.txt': page({ title: 'The boat' }), 'b.txt': page() })
  const before = await desk.articles()
  desk.move('boat.txt', 'archive/boat.txt')
  symlinkSync('archive/boat.txt', join(desk.folder, 'boat.txt'))
  await desk.refresh(['boat.txt'])
  expect(await desk.articles()).toEqual(before)
  await desk.refresh()
  expect(await desk.articles()).toEqual(before)
})

it('is named by check', async () => {
  const newsstand = await startNewsstand({ 'boat.txt': page({ title: 'The boat' }) })
  symlinkSync('boat.txt', join(newsstand.articlesDir, 'a.txt'))
  const { code, out } = await runNewsstand(['check', newsstand.articlesDir])
  expect(out).toContain('it is a link to boat.txt, which is published as that file')
  expect(code).toBe(0)
})
