/** What becomes of the files of a static build when articles, the disk or those who use it change. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { siteOf } from '../support/built.ts'
import { temporaryFolder, writeInto } from '../support/folder.ts'
import { runNewsstand, startNewsstand } from '../support/newsstand.ts'
import { end, spawnNewsstand, unprivileged } from '../support/program.ts'
import { until } from '../support/until.ts'

const story = (title: string, head = '') =>
  `---\ntitle: ${title}\nslug: ${title.toLowerCase().replace(' ', '-')}\ndate: 2026-01-01\nsection: World\n${head}---\n\nText.\n`

/** Each file with what tells whether it was written. */
function stateOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    paths.flatMap((path) => {
      const stat = statSync(join(folder, path))
      return stat.isFile() ? [[path, `${stat.ino} ${stat.mtimeMs}`]] : []
    }),
  )
}

it('goes on with --watch: an edit and a removal are seen, and nothing is written without a change', async () => {
  const site = siteOf({ 'one.md': story('One'), 'two.md': story('Two') })
  const { articlesDir, dataDir, out, env } = site
  const child = spawnNewsstand({ cwd: dataDir, env, args: [...site.args, '--watch'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const builds = () => said.split(' removed, in ').length - 1
  await until(() => builds() === 1)
  writeInto(articlesDir, 'one.md', story('One', 'dek: Edited\n'))
  await until(() => site.read('rss.xml').includes('Edited'))
  rmSync(join(articlesDir, 'two.md'))
  await until(() => !existsSync(join(out, 'articles/two.html')) && builds() >= 3)
  expect(site.read('rss.xml')).not.toContain('Two')
  const before = stateOf(out)
  writeInto(articlesDir, 'passed-over.tmp', 'Text')
  writeInto(articlesDir, 'three.md', story('Three'))
  await until(() => existsSync(join(out, 'articles/three.html')) && builds() >= 4)
  expect(stateOf(out)['copy.js']).toBe(before['copy.js'])
  expect(builds()).toBe(4)
  expect(await end(child, 'SIGTERM')).toBe(0)
})

it('removes what belongs to an article alone, and keeps the address of a file that is renamed', async () => {
  const site = siteOf({
    'one.md': story('One'),
    'two.md': `${story('Two', 'tags: [Only]\n')}\n![](a.svg)\n`,
    'a.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
  })
  const { articlesDir, out } = site
  await site.build()
  const before = stateOf(out)
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining(['articles/two.html', 'media/a.svg', 'tags/only/rss.xml']),
  )
  rmSync(join(articlesDir, 'two.md'))
  expect((await site.build()).code).toBe(0)
  expect(existsSync(join(out, 'articles/two.html'))).toBe(false)
  expect(existsSync(join(out, 'media'))).toBe(false)
  expect(site.read('feeds.opml')).not.toContain('only')
  const second = stateOf(out)
  renameSync(join(articlesDir, 'one.md'), join(articlesDir, 'other.md'))
  expect((await site.build()).err).toContain(' 0 removed')
  expect(stateOf(out)['articles/one.html']).toBe(second['articles/one.html'])
})

it('has the bytes of a build from nothing after edits, also in an archive document that is empty yet', async () => {
  const files = Object.fromEntries(
    ['One', 'Two', 'Three', 'Four'].map((title) => [`${title}.md`, story(title)]),
  )
  const site = siteOf(files, { FEED_ITEMS: '2' })
  const { articlesDir, dataDir, env, out } = site
  await site.build()
  expect(site.read('archive/2/atom.xml')).not.toContain('<entry>')
  const before = site.read('archive/2/atom.xml')
  writeInto(articlesDir, 'One.md', story('One', 'dek: Edited\n'))
  writeInto(articlesDir, 'Two.md', story('Two', 'tags: [Other]\n'))
  rmSync(join(articlesDir, 'Four.md'))
  await site.build()
  expect(site.read('archive/2/atom.xml')).not.toBe(before)
  const other = join(temporaryFolder(), 'site')
  await runNewsstand(['build', '--out', other, '--no-compress'], env, dataDir)
  execFileSync('diff', ['-r', out, other])
})

it('names two addresses at each build that are one where case does not count, and writes both here', async () => {
  const site = siteOf({
    'a.md': `${story('One')}\n[x](A.pdf) [y](a.pdf)\n`,
    ...{ 'A.pdf': '%PDF-1.4 upper', 'a.pdf': '%PDF-1.4 lower' },
  })
  for (let n = 0; n < 2; n += 1) {
    const { code, err } = await site.build()
    expect(err).toContain('media/A.pdf and media/a.pdf are one name where case does not count')
    expect(code).toBe(1)
  }
  expect(site.read('media/A.pdf')).toContain('upper')
})

it('says that a folder may not be written, and makes it right once it may', async () => {
  const site = siteOf({ 'one.md': story('One') })
  mkdirSync(site.out)
  chmodSync(site.out, 0o555)
  const refused = await site.build(unprivileged)
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.err).toContain('cannot be written: this user may not write there')
  expect(refused.err).not.toMatch(/^\s+at /m)
  chmodSync(site.out, 0o755)
  expect((await site.build(unprivileged)).code).toBe(0)
  expect(site.read('rss.xml')).toContain('One')
})

it('stops soon when it is told to, and the next build makes it right', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 400 }, (_, n) => [
      `${n}.md`,
      story(`Number ${n}`, `tags: [T${n % 40}]\n`),
    ]),
  )
  const site = siteOf(many)
  const { dataDir, env, args, out } = site
  const child = spawnNewsstand({ cwd: dataDir, env, args })
  await until(() => existsSync(join(out, 'articles')))
  // It is killed by itself where it has not stopped within 9.5 s.
  expect(await end(child, 'SIGTERM')).toBe(1)
  expect(existsSync(join(out, 'sitemap.xml'))).toBe(false)
  expect((await site.build()).code).toBe(0)
  const other = join(temporaryFolder(), 'site')
  await runNewsstand(['build', '--out', other, '--no-compress'], env, dataDir)
  execFileSync('diff', ['-r', out, other])
})

it('says what to do while a server uses the same DATA_DIR', async () => {
  const newsstand = await startNewsstand({ 'one.md': story('One') })
  const { articlesDir, dataDir } = newsstand
  const env = { ARTICLES_DIR: articlesDir, DATA_DIR: dataDir }
  const { code, err } = await runNewsstand(['build', '--out', join(dataDir, 'out')], env)
  expect(err).toContain('Stop that one for as long as the build takes')
  expect([code, err.trim().split('\n').length]).toEqual([1, 1])
})

it('speaks in sentences, and says so when feeds would name an address of this machine', async () => {
  const local = await siteOf(
    { 'one.md': story('One') },
    { BASE_URL: 'http://localhost:3000' },
  ).build()
  expect(local.err).toContain('BASE_URL is http://localhost:3000, so the feeds name addresses')
  expect(local.err).not.toContain('{')
  expect(local.out).toBe('')
  const published = await siteOf({
    'one.md': story('One'),
    'no.md': '---\ndraft: [\n---\n',
  }).build()
  expect(published.err).not.toContain('BASE_URL')
  expect(published.err).toMatch(/^rejected no\.md/m)
  expect(published.err).toMatch(/^1 article, 1 file rejected/m)
})
