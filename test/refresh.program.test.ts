import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openDesk } from './support/desk.ts'
import { page } from './support/page.ts'
import { itOfItsClock } from './support/sharing.ts'
import { until } from './support/until.ts'

const harbour = page()
const tower = page({ title: 'A tower leans a little less', body: 'Engineers are pleased.' })
const undated = page({ date: '' })

const markdown = (keys: Record<string, string>) =>
  `---\n${Object.entries({ title: 'A story in Markdown', date: '2024-05-06', ...keys })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')}---\nThe text.\n`

async function titles(desk: Awaited<ReturnType<typeof openDesk>>): Promise<string[]> {
  return (await desk.articles()).map(({ title }) => title)
}

describe('a refresh', () => {
  it('takes out what was deleted, and leaves an empty channel behind', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    desk.remove('a.txt')
    await desk.refresh()
    expect(await titles(desk)).toEqual([])
    expect(await desk.catalogue.channel({ kind: 'section', slug: 'world' })).toBeDefined()
    expect(await desk.feed('rss.xml')).toContain('<channel>')
  })

  it('reads no file again that has not changed, also after a restart', async () => {
    const desk = await openDesk({ 'a.txt': harbour, 'b.txt': undated })
    await desk.close()
    const again = await openDesk({}, {}, desk)
    expect(again.log).toEqual([])
    expect(await titles(again)).toEqual(['Ferries return to the old harbour'])
  })

  itOfItsClock('notices what came out while nobody was running', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const desk = await openDesk({
      'a.txt': harbour,
      'b.md': markdown({ tags: '[Trees]', date: soon }),
    })
    const trees = { kind: 'tag', slug: 'trees' } as const
    expect(await desk.catalogue.channel(trees)).toBeUndefined()
    await desk.close()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(soon) + 1000, shouldAdvanceTime: true })
    onTestFinished(() => void vi.useRealTimers())
    const again = await openDesk({}, {}, desk)
    expect(await again.catalogue.channel(trees)).toBeDefined()
  })

  it('keeps dotfiles, files of other kinds and folders named like files out', async () => {
    const desk = await openDesk({
      'a.txt': harbour,
      '.hidden.txt': tower,
      '.git/b.txt': tower,
      'notes.log': tower,
      'folder.txt/c.txt': tower,
    })
    expect((await titles(desk)).sort()).toEqual([
      'A tower leans a little less',
      'Ferries return to the old harbour',
    ])
  })
})

describe('a rejected file', () => {
  it('spoils nothing else, and is logged once with what to do', async () => {
    const desk = await openDesk({ 'good.txt': harbour, 'world/bad.txt': undated })
    expect(await titles(desk)).toEqual(['Ferries return to the old harbour'])
    const warning = 'rejected world/bad.txt:1: no date found. Write the date'
    expect(desk.log.filter((line) => line.startsWith(warning))).toHaveLength(1)
    await desk.refresh()
    desk.write('world/bad.txt', undated)
    await desk.refresh()
    expect(desk.log.filter((line) => line.startsWith(warning))).toHaveLength(1)
    expect((await desk.catalogue.counts()).rejections).toBe(1)
  })

  it('leaves the last good version of its article published', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    desk.write('a.txt', undated)
    await desk.refresh()
    expect(await titles(desk)).toEqual(['Ferries return to the old harbour'])
    await desk.close()
    const again = await openDesk({}, {}, desk)
    expect(await titles(again)).toEqual(['Ferries return to the old harbour'])
    again.write('a.txt', page({ body: 'Mended.' }))
    await again.refresh()
    expect((await again.articles())[0]?.content).toBe('<p>Mended.</p>')
    expect((await again.catalogue.counts()).rejections).toBe(0)
  })

  it.each([
    ['an empty file', '', 'the file has no story'],
    ['a binary file', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 9, 9]), 'not text'],
    ['a file of 100 MB', Buffer.alloc(100 * 1024 * 1024, 'a'), 'the file has 100.0 MB'],
  ])('may be %s', async (_what, bytes, reason) => {
    const desk = await openDesk({ 'good.txt': harbour, 'bad.txt': bytes })
    expect(await titles(desk)).toEqual(['Ferries return to the old harbour'])
    expect(desk.log.join()).toContain(reason)
  })

  it('is logged once with the number of the others where hundreds have the same fault', async () => {
    const bad = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`bad${n}.txt`, undated]))
    const desk = await openDesk({ ...bad, 'good.txt': harbour })
    expect(await titles(desk)).toEqual(['Ferries return to the old harbour'])
    const warnings = desk.log.filter((line) => line.startsWith('rejected'))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('(and 499 others: ')
  })
})

describe('a program that asks for a refresh', () => {
  it('is told what has changed since the last answer, whichever pass has found it', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    expect(await desk.refresher.refreshAndTell()).toMatchObject({ added: 1, rejected: [] })
    desk.write('b.txt', tower)
    desk.write('bad.txt', undated)
    desk.write('mended.txt', undated)
    await desk.refresh()
    desk.write('a.txt', page({ body: 'Edited.' }))
    desk.write('mended.txt', page({ title: 'Mended', body: 'Now with a date.' }))
    await desk.refresh()
    const nothing = { added: 0, edited: 0, removed: 0, rejected: [], waiting: [] }
    const answers = await Promise.all([
      desk.refresher.refreshAndTell(),
      desk.refresher.refreshAndTell(),
    ])
    // Both have asked for it.
    for (const answer of answers) {
      expect(answer).toEqual({
        ...{ ...nothing, added: 2, edited: 1 },
        rejected: [expect.objectContaining({ path: 'bad.txt' })],
      })
    }
    expect(await desk.refresher.refreshAndTell()).toEqual(nothing)
  })

  it('is told of no more rejected files than can be remembered', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    for (let n = 0; n < 1100; n += 1) desk.write(`bad${n}.txt`, undated)
    await desk.refresh()
    const { rejected } = await desk.refresher.refreshAndTell()
    expect(rejected).toHaveLength(1000)
  })

  it('is told which files are being written for longer than it is waited for them', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const path = join(desk.folder, 'b.txt')
    const writer = spawn('sh', ['-c', 'cat > "$0"', path], { stdio: ['pipe', 'ignore', 'ignore'] })
    onTestFinished(() => void writer.kill())
    writer.stdin.write(tower.slice(0, 200))
    await until(() => existsSync(path) && statSync(path).size > 0)
    expect(await desk.refresher.refreshAndTell()).toMatchObject({ added: 1, waiting: ['b.txt'] })
    writer.stdin.end(tower.slice(200))
    await until(async () => (await titles(desk)).includes('A tower leans a little less'))
    expect(await desk.refresher.refreshAndTell()).toMatchObject({ added: 1, waiting: [] })
  })
})

describe('a folder', () => {
  it('may be moved with its pictures, and its articles stay what they are', async () => {
    const story = '---\ntitle: T\ndate: 2024-01-01\nimage: p.gif\n---\n![](p.gif)\n'
    const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')
    const desk = await openDesk({ 'a/x.md': story, 'a/p.gif': gif })
    const [before] = await desk.articles()
    desk.move('a', 'b')
    await desk.refresh()
    const [after] = await desk.articles()
    expect(after?.image?.url).toBe('/media/b/p.gif')
    expect(after?.id).toBe(before?.id)
    expect(after?.updated).toBe(before?.updated)
  })
})

describe('time', () => {
  it('never puts a stated update into the future', async () => {
    const desk = await openDesk({ 'a.md': markdown({ updated: '9999-12-31T23:59:59Z' }) })
    const [article] = await desk.articles()
    expect(Date.parse(article?.updated ?? '')).toBeLessThanOrEqual(Date.now())
  })

  it('brings an article out and takes one out when that is due, and not before', async () => {
    const soon = new Date(Date.now() + 5000)
    const desk = await openDesk({
      'a.txt': harbour,
      'soon.md': markdown({ title: 'Soon', date: soon.toISOString() }),
      'b.md': markdown({ title: 'Over', expires: soon.toISOString() }),
    })
    expect(await titles(desk)).toEqual(['Over', 'Ferries return to the old harbour'])
    expect(await desk.feed('rss.xml')).not.toContain('Soon')
    await until(async () => (await desk.feed('rss.xml')).includes('Soon'))
    expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(soon.getTime() / 1000) * 1000)
    await until(async () => !(await desk.feed('rss.xml')).includes('Over'))
    expect(await titles(desk)).toEqual(['Soon', 'Ferries return to the old harbour'])
  })

  it('never shows a draft, and takes out what becomes one', async () => {
    const desk = await openDesk({ 'a.md': markdown({ draft: 'true' }), 'b.txt': harbour })
    expect(await titles(desk)).toEqual(['Ferries return to the old harbour'])
    desk.write('a.md', markdown({}))
    await desk.refresh()
    expect(await titles(desk)).toContain('A story in Markdown')
    desk.write('a.md', markdown({ draft: 'true' }))
    await desk.refresh()
    expect(await titles(desk)).not.toContain('A story in Markdown')
  })

  it('changes a channel at every addition, edit and removal, and never goes back', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const changed = async () => {
      const channel = await desk.catalogue.channel({ kind: 'section', slug: 'world' })
      return Date.parse(channel?.changed ?? '')
    }
    let last = await changed()
    expect(last).toBe(Date.parse('2024-03-04T00:00:00Z'))
    for (const change of [
      () => desk.write('b.txt', tower),
      () => desk.write('b.txt', tower.replace('pleased', 'relieved')),
      () => desk.remove('b.txt'),
    ]) {
      change()
      await desk.refresh()
      const now = await changed()
      expect(now).toBeGreaterThan(last)
      last = now
    }
  })
})

describe('a file that is being written', () => {
  it('is published when it is closed, and not before', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    // Another process writes: our own is known to write no articles, and is not looked at.
    const path = join(desk.folder, 'b.txt')
    const writer = spawn('sh', ['-c', 'cat > "$0"', path], { stdio: ['pipe', 'ignore', 'ignore'] })
    writer.stdin.write(tower.slice(0, 200))
    await until(() => existsSync(path) && statSync(path).size > 0)
    await desk.refresh()
    await desk.refresh()
    expect(await titles(desk)).toEqual(['Ferries return to the old harbour'])
    writer.stdin.end(tower.slice(200))
    await until(async () => (await titles(desk)).includes('A tower leans a little less'))
    expect(desk.log.join()).not.toContain('rejected')
  })
})
