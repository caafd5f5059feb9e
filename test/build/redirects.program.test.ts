import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { runNewsstand } from '../support/newsstand.ts'

it('writes no redirect at an address at which a file is written: Cloudflare Pages would hide it', async () => {
  const written = [
    ...['/subscribe', '/tags/sea', '/sections/world/rss.xml', '/sitemap.xml'],
    ...['/media/a.svg', '/style.css', '/articles/other'],
  ]
  const aliases = [...written, '/old/one', '/articles/one.html', '/tags']
  const file = (title: string, more = '') =>
    `---\ntitle: ${title}\nslug: ${title.toLowerCase()}\ndate: 2026-01-01\nsection: World\ntags: [Sea]\n${more}---\n\n![](a.svg)\n`
  const ARTICLES_DIR = temporaryFolder({
    'one.md': file('One', `aliases: ${JSON.stringify(aliases)}\n`),
    'other.md': file('Other'),
    'a.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
  })
  const out = join(temporaryFolder(), 'site')
  const env = { ARTICLES_DIR, DATA_DIR: temporaryFolder(), BASE_URL: 'https://news.example' }
  const built = await runNewsstand(['build', '--out', out, '--no-compress'], env)
  expect(built).toMatchObject({ code: 0 })
  const lines = readFileSync(join(out, '_redirects'), 'utf8').split('\n')
  expect(lines.filter((line) => line.includes(' /articles/one '))).toEqual([
    '/articles/one.html /articles/one 301',
    '/old/one /articles/one 301',
  ])
})
