import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { filePath } from '../src/build/what-is-written.ts'
import { temporaryFolder } from './support/folder.ts'
import { startNewsstand } from './support/newsstand.ts'
import { page } from './support/page.ts'
import { spawnNewsstand } from './support/program.ts'
import { withoutSearching } from './support/searching.ts'
import { until } from './support/until.ts'

const files = Object.fromEntries([
  ...Array.from({ length: 33 }, (_, n) => [
    `${n}.txt`,
    page({ title: `Story number ${n}`, date: `2024-03-${String((n % 28) + 1).padStart(2, '0')}` }),
  ]),
  [
    'post.md',
    '---\ntitle: With a file\ndate: 2024-02-01\ntags: [ferry]\n---\nSee [this](a.pdf).\n',
  ],
  ['a.pdf', '%PDF-1.4 of a kind'],
])

function built(articlesDir: string, dataDir: string, out: string, more: readonly string[] = []) {
  const args = ['src/start.js', 'build', '--out', out, ...more]
  const env = { PATH: process.env.PATH, ...settings(articlesDir, dataDir) }
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  return { status, said: stderr }
}

const settings = (articlesDir: string, dataDir: string) => ({
  ...{ BASE_URL: 'https://news.example', FEED_ITEMS: '10', EMPTY_FOLDER_MINUTES: '0' },
  ...{ ARTICLES_DIR: articlesDir, DATA_DIR: dataDir, HUBS: 'https://hub.example/' },
})

/** Of all files of a folder: what tells whether one was touched. */
function stateOf(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const states = paths.flatMap((path): [string, string][] => {
    const { ino, mtimeMs } = statSync(join(folder, path))
    return statSync(join(folder, path)).isFile() ? [[path, `${ino} ${mtimeMs}`]] : []
  })
  return new Map(states)
}

it('has the bytes of the live server at every address that a crawler finds, but for what needs a program', async () => {
  const articlesDir = temporaryFolder(files)
  const dataDir = temporaryFolder()
  const newsstand = await startNewsstand({}, settings(articlesDir, dataDir))
  const site = 'https://news.example'
  const found = new Map<string, Buffer>()
  const waiting = [
    '/',
    '/sitemap.xml',
    '/feeds.opml',
    '/robots.txt',
    '/rss.xml',
    '/atom.xml',
    '/feed.json',
    '/favicon.ico',
  ]
  while (waiting.length > 0) {
    const path = waiting.pop() ?? ''
    if (found.has(path)) continue
    const answer = await newsstand.get(path, { Accept: '*/*' })
    const body = Buffer.from(await answer.arrayBuffer())
    expect(answer.status, path).toBe(200)
    found.set(path, body)
    for (const [, quoted = ''] of body
      .toString()
      .matchAll(
        /(?:href=|src=|xmlUrl=|htmlUrl=|>|"url": ?|_url": ?)"?((?:https:\/\/news\.example)?\/[^"\s<>]*)/g,
      )) {
      const address = quoted.replaceAll('&amp;', '&').replace(site, '').replace(/#.*/, '')
      if (address.startsWith('/') && !/^\/\/|^\/search|^\/subscribe\?/.test(address))
        waiting.push(address)
    }
  }
  expect(found.size).toBeGreaterThan(70)
  await newsstand.stop()
  const out = join(temporaryFolder(), 'site')
  expect(built(articlesDir, dataDir, out).status).toBe(0)
  for (const [path, body] of found) {
    const theirs = filePath(path).endsWith('.html') ? withoutSearching(body) : body
    expect(readFileSync(join(out, filePath(path))).equals(theirs), path).toBe(true)
  }
})

it('writes what has changed, removes what is gone, and leaves the rest and files of others alone', () => {
  const articlesDir = temporaryFolder(files)
  const dataDir = temporaryFolder()
  const out = join(temporaryFolder(), 'site')
  expect(built(articlesDir, dataDir, out).said).toContain(' 0 removed')
  writeFileSync(join(out, 'CNAME'), 'news.example\n')
  const first = stateOf(out)
  expect(existsSync(join(out, 'rss.xml.br'))).toBe(true)
  expect(existsSync(join(out, 'media/a.pdf'))).toBe(true)
  expect(built(articlesDir, dataDir, out).said).toContain(' 0 written')
  expect(stateOf(out)).toEqual(first)

  writeFileSync(
    join(articlesDir, 'post.md'),
    '---\ntitle: With a file\ndate: 2024-02-01\ntags: [ferry]\n---\nNo more.\n',
  )
  expect(built(articlesDir, dataDir, out).status).toBe(0)
  const second = stateOf(out)
  const changed = [...second]
    .filter(([path, state]) => first.get(path) !== state)
    .map(([path]) => path)
  expect(changed.filter((path) => path.startsWith('sections/'))).toEqual([])
  expect(changed.filter((path) => /^articles\/.*html$/.test(path))).toHaveLength(1)
  expect(existsSync(join(out, 'media'))).toBe(false)
  expect(second.has('CNAME')).toBe(true)
})

it('refuses to take the place of a file of others, or of the articles', () => {
  const articlesDir = temporaryFolder(files)
  const out = temporaryFolder({ 'style.css': 'body {}' })
  const { status, said } = built(articlesDir, temporaryFolder(), out)
  expect([status, said]).toEqual([
    1,
    expect.stringContaining('is none that this build has written'),
  ])
  expect(readFileSync(join(out, 'style.css'), 'utf8')).toBe('body {}')
  expect(built(articlesDir, temporaryFolder(), articlesDir).said).toContain(
    'the articles folder is that',
  )
})

it('makes right what a build has left that was killed', async () => {
  const articlesDir = temporaryFolder(files)
  const dataDir = temporaryFolder()
  const [out, other] = [join(temporaryFolder(), 'site'), join(temporaryFolder(), 'site')]
  const args = ['build', '--out', out, '--no-compress']
  const child = spawnNewsstand({ cwd: dataDir, env: settings(articlesDir, dataDir), args })
  await until(
    () => existsSync(join(out, 'articles')) && readdirSync(join(out, 'articles')).length > 5,
  )
  child.kill('SIGKILL')
  await until(() => child.signalCode !== null)
  expect(built(articlesDir, dataDir, out, ['--no-compress']).status).toBe(0)
  expect(built(articlesDir, dataDir, other, ['--no-compress']).status).toBe(0)
  const namesOf = (folder: string) => [...stateOf(folder).keys()].sort()
  expect(namesOf(out)).toEqual(namesOf(other))
  for (const path of namesOf(out)) {
    expect(readFileSync(join(out, path)).equals(readFileSync(join(other, path))), path).toBe(true)
  }
})
