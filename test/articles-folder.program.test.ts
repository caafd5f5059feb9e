import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './support/folder.ts'
import { type Newsstand, runNewsstand, startNewsstand } from './support/newsstand.ts'
import { page } from './support/page.ts'

const samples = { 'a.txt': page({ title: 'A sample' }), 'b.txt': page({ title: 'Another' }) }
/** As it is when nothing is set: what is gone is believed to be gone after an hour. */
const patient = { EMPTY_FOLDER_MINUTES: '60' }

const titles = async (newsstand: Newsstand) =>
  JSON.parse(await newsstand.text('/feed.json')).items.map(({ title }: { title: string }) => title)

describe('another articles folder than last time', () => {
  it('counts at once: nothing of the former is served', async () => {
    const newsstand = await startNewsstand(samples, patient)
    expect(newsstand.output()).toContain('Newsstand serves 2 articles')
    await newsstand.stop()
    const own = temporaryFolder({ 'own.txt': page({ title: 'Our own' }) })
    await newsstand.start({ ARTICLES_DIR: own })
    expect(await titles(newsstand)).toEqual(['Our own'])
    expect(newsstand.output()).toContain('Newsstand serves 1 article from')
    expect(newsstand.output()).toContain(`"Front page":"${newsstand.url}/"`)
    expect(newsstand.output()).toContain(`"Status page":"${newsstand.adminUrl}/"`)
  })

  it('counts at once also when it is empty, and no more than once', async () => {
    const newsstand = await startNewsstand(samples, patient)
    await newsstand.stop()
    const own = temporaryFolder()
    await newsstand.start({ ARTICLES_DIR: own })
    expect(newsstand.output()).toContain('Newsstand serves 0 articles')
    expect(await titles(newsstand)).toEqual([])
    await newsstand.stop()
    // Of the former folder everything is back, with its ids.
    await newsstand.start()
    expect(await titles(newsstand)).toHaveLength(2)
    await newsstand.stop()
    // The same folder once more: now its loss is not believed.
    for (const name of Object.keys(samples)) newsstand.remove(name)
    await newsstand.start()
    expect(await titles(newsstand)).toHaveLength(2)
  })

  it.each([
    ['{"path"', 'x"path"'],
    ['"path":"/', '"path":"\u0016'],
    ['"real":"/', '"real":"7'],
  ])(
    'is none where %j of the last one has become %j: nothing counts as gone',
    async (text, wrong) => {
      const newsstand = await startNewsstand(samples, patient)
      await newsstand.stop()
      for (const name of Object.keys(samples)) newsstand.remove(name)
      const path = join(newsstand.dataDir, 'catalogue.sqlite')
      const bytes = readFileSync(path)
      expect(bytes.indexOf(text)).toBeGreaterThan(0)
      for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text)) bytes.write(wrong, at)
      writeFileSync(path, bytes)
      await newsstand.start()
      expect(await titles(newsstand)).toHaveLength(2)
    },
  )

  it('stops the start when it is missing, with one sentence', async () => {
    const newsstand = await startNewsstand(samples, patient)
    await newsstand.stop()
    const { code, out, err } = await runNewsstand([], {
      PORT: new URL(newsstand.url).port,
      ADMIN_PORT: '0',
      ARTICLES_DIR: join(newsstand.dataDir, 'missing'),
      DATA_DIR: newsstand.dataDir,
    })
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).toBe(
      `newsstand: ARTICLES_DIR is ${join(newsstand.dataDir, 'missing')}; there is no such folder. ` +
        'Make it, or set ARTICLES_DIR.\n',
    )
    // The same that is missing is a mount that failed.
    rmSync(newsstand.articlesDir, { recursive: true })
    await newsstand.start()
    expect(await titles(newsstand)).toHaveLength(2)
  })

  it('is told by where a link leads, and keeps the ids of what was moved with it', async () => {
    const newsstand = await startNewsstand(samples, patient)
    const before = await newsstand.text('/feed.json')
    await newsstand.stop()
    const moved = join(temporaryFolder(), 'moved')
    renameSync(newsstand.articlesDir, moved)
    await newsstand.start({ ARTICLES_DIR: moved })
    expect(await newsstand.text('/feed.json')).toBe(before)
    await newsstand.stop()
    const link = join(temporaryFolder(), 'link')
    symlinkSync(moved, link)
    await newsstand.start({ ARTICLES_DIR: link })
    expect(await newsstand.text('/feed.json')).toBe(before)
    await newsstand.stop()
    rmSync(link)
    symlinkSync(temporaryFolder(), link)
    await newsstand.start({ ARTICLES_DIR: link })
    expect(await titles(newsstand)).toEqual([])
  })
})
