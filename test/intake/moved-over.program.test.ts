import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Desk, openDesk, touch } from '../support/desk.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const story = (title: string) => page({ title, body: `Text of ${title}.` })

const files = {
  'a.txt': story('A'),
  'b.txt': story('B'),
  'c.txt': story('C'),
  'draft.md': '---\ntitle: D\ndate: 2024-01-01\ndraft: true\n---\nText.\n',
  'bad.txt': 'no article',
  'busy.txt': story('Busy'),
}

async function idsOf(desk: Desk): Promise<Record<string, string>> {
  const articles = await desk.articles()
  return Object.fromEntries(articles.map(({ title, id }) => [title, id]))
}

/** Writes a file again and again, so that it is always being written. */
function keepWriting(folder: string): () => void {
  let n = 0
  const write = () => {
    n += 1
    writeFileSync(join(folder, 'busy.txt'), `${story('Busy')}\nVersion ${n}.`)
  }
  write()
  const timer = setInterval(write, 5)
  return () => clearInterval(timer)
}

/** What is done meanwhile is looked at before the writer has ended, and after. */
async function whileWriting(desk: Desk, change: () => void): Promise<void> {
  const stop = keepWriting(desk.folder)
  change()
  await desk.refresh()
  stop()
  await desk.refresh()
}

describe('a file whose article stays published although it is rejected', () => {
  it('keeps it where it is moved to, and its id when it is mended there', async () => {
    const desk = await openDesk(files)
    const before = await idsOf(desk)
    desk.write('a.txt', 'no article any more')
    await desk.refresh()
    desk.move('a.txt', 'moved/z.txt')
    await desk.refresh()
    expect(await idsOf(desk)).toEqual(before)
    desk.write('moved/z.txt', page({ title: 'A', body: 'Mended and edited.' }))
    await desk.refresh()
    expect(await idsOf(desk)).toEqual(before)
  })

  it('keeps it among others that are like it, when their folder is moved', async () => {
    const desk = await openDesk({ 'in/a.txt': story('A'), 'in/b.txt': story('B') })
    const before = await idsOf(desk)
    for (const name of ['a.txt', 'b.txt']) {
      desk.write(`in/${name}`, 'no article any more')
      touch(desk, `in/${name}`, new Date('2024-05-01'))
    }
    await desk.refresh()
    desk.move('in', 'elsewhere')
    await desk.refresh()
    await desk.refresh()
    expect(await idsOf(desk)).toEqual(before)
  })
})

describe('an article that is renamed over another while a third is being written', () => {
  it.each([
    ['b.txt', ['A', 'C', 'Busy']],
    ['draft.md', ['A', 'B', 'C', 'Busy']],
    ['bad.txt', ['A', 'B', 'C', 'Busy']],
  ])('keeps its id, over %s', async (target, left) => {
    // Another ending is another format.
    const own = target.endsWith('.md') ? 'a.md' : 'a.txt'
    const markdown = '---\ntitle: A\ndate: 2024-01-02\n---\nText of A.\n'
    const { 'a.txt': text, ...others } = files
    const desk = await openDesk({ ...others, [own]: own === 'a.md' ? markdown : text })
    const before = await idsOf(desk)
    await whileWriting(desk, () => desk.move(own, target))
    const after = await idsOf(desk)
    expect(Object.keys(after).sort()).toEqual([...left].sort())
    for (const title of left) expect(after[title], title).toBe(before[title])
  })

  it('keeps its id when only the place where it lies now is looked at', async () => {
    const desk = await openDesk(files)
    const before = await idsOf(desk)
    desk.move('a.txt', 'b.txt')
    await desk.refresh(['b.txt'])
    await desk.refresh()
    const { A, C, Busy } = before
    expect(await idsOf(desk)).toEqual({ A, C, Busy })
  })

  it('keeps its id when its time was changed before', async () => {
    const desk = await openDesk(files)
    const before = await idsOf(desk)
    await whileWriting(desk, () => {
      touch(desk, 'a.txt', new Date('2024-06-01'))
      desk.move('a.txt', 'b.txt')
    })
    const { A, C, Busy } = before
    expect(await idsOf(desk)).toEqual({ A, C, Busy })
  })

  it('keeps its id in a chain, and in a ring', async () => {
    const desk = await openDesk(files)
    const before = await idsOf(desk)
    await whileWriting(desk, () => {
      desk.move('b.txt', 'c.txt')
      desk.move('a.txt', 'b.txt')
    })
    const { A, B, Busy } = before
    expect(await idsOf(desk)).toEqual({ A, B, Busy })
    await whileWriting(desk, () => {
      desk.move('b.txt', 'swap.tmp')
      desk.move('c.txt', 'b.txt')
      desk.move('swap.tmp', 'c.txt')
    })
    expect(await idsOf(desk)).toEqual({ A, B, Busy })
  })

  it('keeps its id among others of the same size and time, of which one is still being written', async () => {
    const desk = await openDesk(files)
    for (const path of ['a.txt', 'b.txt', 'c.txt']) touch(desk, path, new Date('2024-05-01'))
    await desk.refresh()
    const before = await idsOf(desk)
    const writer = spawn('sh', ['-c', 'exec 3>>held.txt && echo open && read line'], {
      cwd: desk.folder,
    })
    await once(writer.stdout, 'data')
    desk.move('a.txt', 'b.txt')
    desk.move('c.txt', 'held.txt')
    await desk.refresh()
    const { A, C, Busy } = before
    expect(await idsOf(desk)).toMatchObject({ A, Busy })
    writer.stdin.end('\n')
    await once(writer, 'exit')
    await desk.refresh()
    expect(await idsOf(desk)).toEqual({ A, C, Busy })
  })

  it('keeps its id when many are moved at once', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`${n}.txt`, story(`Story ${n}`)]),
    )
    const desk = await openDesk({ ...many, 'busy.txt': story('Busy') })
    const before = await idsOf(desk)
    await whileWriting(desk, () => {
      for (let n = 0; n < 20; n += 1) desk.move(`${n}.txt`, `${n + 20}.txt`)
    })
    const after = await idsOf(desk)
    expect(Object.keys(after)).toHaveLength(21)
    for (const title of Object.keys(after)) expect(after[title], title).toBe(before[title])
  })

  it('keeps its id when changes are noticed at once', async () => {
    const newsstand = await startNewsstand(files)
    const items = async () => JSON.parse(await newsstand.text('/feed.json')).items
    const before = (await items()).find(({ title }: { title: string }) => title === 'A')
    const path = (name: string) => join(newsstand.articlesDir, name)
    const stop = keepWriting(newsstand.articlesDir)
    renameSync(path('a.txt'), path('b.txt'))
    await until(async () => !(await newsstand.text('/feed.json')).includes('Text of B.'))
    stop()
    expect((await items()).find(({ title }: { title: string }) => title === 'A').id).toBe(before.id)
  })
})

describe('an article whose file is moved while somebody has it open', () => {
  it.each(['z.txt', 'b.txt'])(
    'stays until it may be read as %s, also over a restart',
    async (to) => {
      const { a, b, c } = { a: story('A'), b: story('B'), c: story('C') }
      const desk = await openDesk({ 'a.txt': a, 'b.txt': b, 'c.txt': c })
      const before = await idsOf(desk)
      const descriptor = openSync(join(desk.folder, 'a.txt'), 'r+')
      const writer = spawn('sleep', ['60'], { stdio: [descriptor, 'ignore', 'ignore'] })
      closeSync(descriptor)
      desk.move('a.txt', to)
      // Longer than anything is believed to be on its way.
      const end = performance.now() + 400
      while (performance.now() < end) {
        await desk.refresh()
        expect((await idsOf(desk)).A).toBe(before.A)
      }
      await desk.close()
      const next = await openDesk({}, {}, desk)
      await next.refresh()
      expect((await idsOf(next)).A).toBe(before.A)
      const ended = once(writer, 'exit')
      writer.kill()
      await ended
      const left = to === 'b.txt' ? 'A,C' : 'A,B,C'
      await until(async () => {
        await next.refresh()
        return (
          Object.keys(await idsOf(next))
            .sort()
            .join() === left && (await hasMoved(next, to))
        )
      })
      expect((await idsOf(next)).A).toBe(before.A)
    },
  )
})

/** Whether the file that was a.txt is known at this path. */
async function hasMoved(desk: Desk, path: string): Promise<boolean> {
  const files = (await Array.fromAsync(desk.catalogue.knownFiles(''))).flat()
  return files.some(([one]) => one === path) && !files.some(([one]) => one === 'a.txt')
}
