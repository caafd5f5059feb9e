import { readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './support/folder.ts'
import { runNewsstand, startNewsstand } from './support/newsstand.ts'
import { page } from './support/page.ts'
import { until } from './support/until.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Every file below a folder, but for those of packages. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name)
    if (one.isDirectory()) {
      return ['node_modules', '.git'].includes(one.name) ? [] : filesBelow(path)
    }
    return one.isFile() ? [path] : []
  })
}

/** Root is nothing special without its capabilities (capabilities(7)). */
const withoutCapabilities =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : []

describe('the program', () => {
  it('writes into DATA_DIR alone, and needs no right that others do not have', async () => {
    const home = temporaryFolder()
    const before = Date.now()
    const newsstand = await startNewsstand(
      { 'a.txt': page() },
      { HOME: home, TMPDIR: home, ACCESS_LOG: 'true' },
      withoutCapabilities,
    )
    await newsstand.text('/search/rss.xml?q=ferries')
    await newsstand.text('/')
    newsstand.write('b.txt', page({ title: 'Another' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Another'))
    expect(await newsstand.stop()).toBe(0)
    const changed = filesBelow(root).filter((path) => statSync(path).mtimeMs > before)
    expect(changed).toEqual([])
    expect(readdirSync(home)).toEqual([])
    expect(readdirSync(newsstand.articlesDir).sort()).toEqual(['a.txt', 'b.txt'])
    expect(readdirSync(newsstand.dataDir).sort()).toEqual([
      'catalogue.sqlite',
      'newsstand.lock',
      'search.sqlite',
      'statistics.json',
    ])
  })

  it('writes nothing at all when it only checks', async () => {
    const folder = temporaryFolder({ 'articles/a.txt': page() })
    expect((await runNewsstand(['check'], {}, folder)).code).toBe(0)
    expect(readdirSync(folder)).toEqual(['articles'])
  })

  it('reads nothing outside ARTICLES_DIR, whatever links lead there', async () => {
    const outside = temporaryFolder({
      'secret.txt': page({ title: 'A secret' }),
      'folder/secret.txt': page({ title: 'Another secret' }),
      'secret.png': Buffer.from('GIF89a'),
    })
    const newsstand = await startNewsstand(
      { 'a.txt': page(), 'b.md': '---\ntitle: B\ndate: 2024-01-01\n---\n![x](secret.png)\n' },
      { REFRESH_CRON: '* * * * * *' },
    )
    for (const name of ['secret.txt', 'folder', 'secret.png']) {
      symlinkSync(join(outside, name), join(newsstand.articlesDir, name))
    }
    symlinkSync(join(outside, 'nowhere'), join(newsstand.articlesDir, 'broken.txt'))
    for (const fault of [
      'secret.txt:1: the symbolic link leads out of the articles folder',
      'broken.txt:1: the symbolic link leads to nothing',
    ]) {
      await until(() => newsstand.output().includes(fault), fault)
    }
    // What comes later is shown after a pass that saw the links.
    newsstand.write('later.txt', page({ title: 'Later' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Later'))
    for (const path of ['/rss.xml', '/feed.json', '/', '/sitemap-articles-1.xml']) {
      expect(await newsstand.text(path), path).not.toMatch(/secret\b(?!\.txt)/i)
    }
    for (const path of ['/media/secret.png', '/media/folder/secret.txt', '/media/secret.txt']) {
      expect((await newsstand.get(path)).status, path).toBe(404)
    }
  })
})
