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
  expect(await titles()).toEqual(['Later', 'The crane', 'The ship', 'The tide'])
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
  expect(out).toContain('it is a link to "boat.txt", which is published as that file')
  expect(code).toBe(0)
})

it('is published once where several lead to a file that is none by its name', async () => {
  const desk = await openDesk({ 'tide.bak': page({ title: 'The tide' }), 'b.txt': page() })
  const link = (name: string, target = 'tide.bak') => symlinkSync(target, join(desk.folder, name))
  const tides = async () => (await desk.articles()).filter(({ title }) => title === 'The tide')
  const notes = async () =>
    (await desk.catalogue.passedOver(10)).map(({ path, notes: [one] }) => [path, one?.text])
  link('m.txt')
  await desk.refresh()
  const [first, ...others] = await tides()
  expect(first && others).toEqual([])

  // The one that is published stays so, whatever comes before it.
  link('a.txt')
  link('z.txt', 'a.txt')
  await desk.refresh(['a.txt', 'z.txt'])
  expect(await tides()).toEqual([first])
  const twice = 'it is a link to the same file as "m.txt", which is published as that file'
  expect(await notes()).toEqual([
    ['a.txt', twice],
    ['z.txt', twice],
  ])
  await desk.refresh()
  expect(await tides()).toEqual([first])

  // The next takes its place, as the same article, though nothing but the loss is looked at.
  desk.remove('m.txt')
  await desk.refresh(['m.txt'])
  expect(await tides()).toEqual([first])
  expect((await notes()).map(([path]) => path)).toEqual(['z.txt'])
  await desk.close()

  const next = await openDesk({}, {}, desk)
  await next.refresh()
  expect((await next.articles()).filter(({ title }) => title === 'The tide')).toEqual([first])
})

it('hands its article on to the next when it is led elsewhere, though it is looked at too early', async () => {
  const desk = await openDesk({
    '.store/tide.txt': page({ title: 'The tide' }),
    'other.txt': page({ title: 'Another' }),
  })
  const lead = (name: string, target: string) => {
    symlinkSync(target, join(desk.folder, 'new'))
    renameSync(join(desk.folder, 'new'), join(desk.folder, name))
  }
  lead('l1.txt', '.store/tide.txt')
  lead('l2.txt', '.store/tide.txt')
  await desk.refresh()
  const before = await desk.articles()
  expect(before.map(({ title }) => title).sort()).toEqual(['Another', 'The tide'])
  /** What is not settled at a look is looked at again. */
  const untilNoted = (path: string, text: string) =>
    until(async () => {
      await desk.refresh()
      const noted = await desk.catalogue.passedOver(10)
      return noted.length === 1 && noted[0]?.path === path && noted[0].notes[0]?.text === text
    }, `${path}: ${text}`)
  for (const [from, to] of [
    ['l1.txt', 'l2.txt'],
    ['l2.txt', 'l1.txt'],
    ['l1.txt', 'l2.txt'],
  ] as const) {
    lead(from, 'other.txt')
    await desk.refresher.refresh([from])
    await untilNoted(from, 'it is a link to "other.txt", which is published as that file')
    expect(await desk.articles()).toEqual(before)
    // That which is published meanwhile stays so.
    lead(from, '.store/tide.txt')
    await untilNoted(
      from,
      `it is a link to the same file as "${to}", which is published as that file`,
    )
    expect(await desk.articles()).toEqual(before)
  }
})

it('is told with what becomes of the file that it leads to', async () => {
  const story = (head = '') => `---\ntitle: The boat\ndate: 2026-04-13\n${head}---\nText.\n`
  const desk = await openDesk({
    'boat.md': story('draft: true\n'),
    'faulty.md': '---\ntitle: Untold\n---\n',
    'README.md': 'About.',
  })
  const notes = async () => {
    const all = await desk.catalogue.passedOver(10)
    return all.filter(({ path }) => path.startsWith('link')).map(({ notes: [one] }) => one?.text)
  }
  for (const [n, name] of ['boat.md', 'faulty.md', 'README.md'].entries()) {
    symlinkSync(name, join(desk.folder, `link-${n}.md`))
  }
  await desk.refresh()
  expect(await notes()).toEqual([
    'it is a link to "boat.md", which is a draft',
    'it is a link to "faulty.md", which is rejected',
    'it is a link to "README.md", which is no article',
  ])
  // Also where only the file is looked at.
  desk.write('boat.md', story())
  await desk.refresh(['boat.md'])
  expect((await notes())[0]).toBe('it is a link to "boat.md", which is published as that file')
  expect(await desk.articles()).toHaveLength(1)
})

it('is checked as one where several lead to the same file', async () => {
  const newsstand = await startNewsstand({ 'tide.bak': page({ title: 'The tide' }) })
  for (const name of ['a.txt', 'b.txt']) symlinkSync('tide.bak', join(newsstand.articlesDir, name))
  const { out } = await runNewsstand(['check', newsstand.articlesDir])
  expect(out).toContain('it is a link to the same file as "a.txt", which is published as that file')
})
