import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { peek } from '../src/catalogue/peek.ts'
import { faultsAmong } from '../src/check/among-files.ts'
import type { CheckedFile, Counts } from '../src/check/checked-file.ts'
import { temporaryFolder } from './support/folder.ts'
import { runNewsstand, startNewsstand } from './support/newsstand.ts'
import { page } from './support/page.ts'
import { spawnNewsstand } from './support/program.ts'
import { until } from './support/until.ts'

const markdown = (keys: string, text = 'Text.') => `---\ntitle: A story\n${keys}\n---\n${text}\n`

/** Of each kind one. */
const files = {
  'articles/bad.txt': page({ date: '' }),
  'articles/draft.md': markdown('date: 2024-01-01\ndraft: true'),
  'articles/good.txt': page({ section: 'WAR ON WASTE' }),
  'articles/never.md': markdown('date: 2024-02-01\nexpires: 2024-01-01'),
  'articles/over.md': markdown('date: 2024-01-01\nexpires: 2024-02-01T10:00'),
  'articles/paper.odt': 'a text of another program',
  'articles/secret.md': markdown('date: 2024-01-01\nunlisted: true'),
  'articles/soon.md': markdown('date: 2999-12-01T06:30'),
}

async function json(args: readonly string[], cwd: string, env = {}) {
  const { code, out } = await runNewsstand(['check', '--json', ...args], env, cwd)
  const found: { files: CheckedFile[]; counts: Counts } = JSON.parse(out)
  return { code, ...found }
}

it('tells all faults of a file at once, and counts apart what was never meant', async () => {
  const cwd = temporaryFolder({
    'articles/README.md': '# How we write\n',
    'articles/bad.md': markdown(
      'date: 2026-13-45\nexpires: soonish\ncolour: red\nlanguage: the local one',
      '[A](gone.md)',
    ),
  })
  const { code, out } = await runNewsstand(['check'], {}, cwd)
  expect(code).toBe(1)
  const places = [...out.matchAll(/^articles\/bad\.md:(\d+): /gm)].map(([, line]) => Number(line))
  expect(places).toEqual([5, 6, 8, 3, 4])
  expect(out).toMatch(/\n1 file: 1 rejected, 3 notes; 1 other passed over\.\n$/)
})

it('says once for all files that pages have pictures of other hosts as links', async () => {
  const article = (text: string) => `---\ntitle: A\ndate: 2024-01-01\n---\n${text}\n`
  const cwd = temporaryFolder({
    'articles/a.md': article('![Pier](https://cdn.example/pier.jpg)'),
    'articles/b.md': article('![Quay](https://img.example/quay.jpg)'),
    'articles/c.md': article('A [pier](https://other.example/pier.jpg).'),
  })
  const { code, out } = await runNewsstand(['check'], {}, cwd)
  expect(code).toBe(0)
  expect(out.match(/pictures of other hosts.*/g)).toEqual([
    'pictures of other hosts as links, in 2 files: cdn.example, img.example; they show what lies in the folder',
  ])
  const { files, counts } = JSON.parse((await runNewsstand(['check', '--json'], {}, cwd)).out)
  const hosts = files.map(({ foreignPictures }: { foreignPictures?: string[] }) => foreignPictures)
  expect(hosts).toEqual([['cdn.example'], ['img.example'], undefined])
  expect(counts.notes).toBe(0)
})

describe('newsstand check', () => {
  it('says of each file what it is, what is wrong last, and how many there are of each', async () => {
    const { code, out } = await runNewsstand(
      ['check'],
      { TIME_ZONE: 'Europe/Istanbul' },
      temporaryFolder(files),
    )
    expect(code).toBe(1)
    expect(out.split('\n')).toEqual([
      'articles/good.txt: Ferries return to the old harbour',
      '    published: 2024-03-04',
      '    section: War on Waste',
      '    authors: Mira Onal',
      '    sources: TRT World, agencies',
      '',
      'articles/never.md: A story',
      '    published: 2024-02-01',
      '    expires: 2024-01-01, shown no longer',
      'articles/over.md: A story',
      '    published: 2024-01-01',
      '    expires: 2024-02-01 10:00 Europe/Istanbul, shown no longer',
      'articles/secret.md: A story',
      '    published: 2024-01-01',
      '    unlisted: it has a page, and is in no feed',
      'articles/soon.md: A story',
      '    published: 2999-12-01 06:30 Europe/Istanbul, not out yet',
      '',
      'articles/draft.md: draft, not published',
      '',
      'articles/paper.odt: passed over: files that end in .odt are not read; save it as .docx',
      '',
      'articles/draft.md:4: note: it is a draft because of draft: true',
      'articles/never.md:1: note: it expires before it is published, and is never shown',
      '',
      expect.stringMatching(/^articles\/bad\.txt:1: no date found\. [A-Z].*\.$/),
      '',
      '7 files: 5 articles (1 not out yet, 2 expired), 1 draft, 1 rejected, 2 notes; 1 other passed over.',
      '',
    ])
  })

  it('is short when nothing is wrong, and says so of a path that is not there', async () => {
    const cwd = temporaryFolder({ 'good.txt': page() })
    const { code, out } = await runNewsstand(['check', '.'], {}, cwd)
    expect(code).toBe(0)
    expect(out).toMatch(/\n\nAll is well: 1 article\.\n$/)
    const missing = await runNewsstand(['check', 'better.txt'], {}, cwd)
    expect([missing.code, missing.out]).toEqual([1, ''])
    expect(missing.err).toBe(
      `newsstand: there is no file or folder ${cwd}/better.txt. Correct the path, or name another.\n`,
    )
    const none = await runNewsstand(['check'], {}, temporaryFolder())
    expect(none.err).toMatch(/ARTICLES_DIR is .*; there is no such folder\. Make it, or set/)
  })

  it('tells of many files only what is wrong or noteworthy, and sums up what many have', async () => {
    const many = Array.from({ length: 60 }, (_, n) => [`articles/${n}.txt`, page()])
    const noted = many.slice(0, 30).map((_, n) => [`articles/n${n}.md`, files['articles/never.md']])
    const cwd = temporaryFolder({ ...files, ...Object.fromEntries([...many, ...noted]) })
    const { out } = await runNewsstand(['check'], {}, cwd)
    expect(out).not.toMatch(/Ferries return|section:/)
    expect(out).toContain('articles/soon.md: published 2999-12-01 06:30 UTC, not out yet\n')
    expect(out).toContain('articles/secret.md: unlisted, it has a page, and is in no feed\n')
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        'articles/n0.md: expired 2024-01-01, shown no longer',
        '    and 31 others: articles/n1.md, articles/n10.md, articles/n11.md …',
        'articles/n0.md:1: note: it expires before it is published, and is never shown',
        '    and 30 others: articles/n1.md, articles/n10.md, articles/n11.md …',
      ]),
    )
    expect(out).not.toContain('articles/n7.md')
    const { files: found } = await json([], cwd)
    expect(found.filter(({ notes }) => notes.length > 0).length).toBe(33)
  })

  it('tells keys that mean nothing once for many files, and before what is lost', async () => {
    const names = ['a', 'b', 'c']
    const posts = names.map((name, n) => [
      `${name}.md`,
      markdown(`date: 2024-01-01\nhas_tide: true${n === 1 ? '\nmood: good\ntempo: 3' : ''}`),
    ])
    const lost = `${markdown('date: 2024-01-01')}\n![](gone.png)\n`
    const cwd = temporaryFolder({ ...Object.fromEntries(posts), 'd.md': lost })
    const { out } = await runNewsstand(['check', '.'], {}, cwd)
    expect(out.split('\n\n').slice(1, 3)).toEqual([
      'b.md:5: note: keys that mean nothing here: "mood", "tempo" (line 6)\n' +
        'a.md:4: note: a key that means nothing here: "has_tide"\n' +
        '    and 2 others: b.md:4, c.md:4',
      expect.stringContaining('"gone.png"'),
    ])
  })

  it('tells which files state the original of another', async () => {
    const stating = markdown('date: 2024-01-01\ncanonical: https://old.example/a')
    const site = { 'a.md': stating, 'b.md': stating, 'c.md': markdown('date: 2024-01-01') }
    const { files: found } = await json(['.'], temporaryFolder(site))
    expect(found.map(({ path, notes }) => [path, notes.map(({ text }) => text)])).toEqual([
      ['a.md', []],
      ['b.md', [expect.stringMatching(/^its original .* is that of "a\.md" too; /)]],
      ['c.md', []],
    ])
  })

  it('tells which files are dated by their last change, as the server does', async () => {
    const posts = Array.from({ length: 51 }, (_, n) => [`posts/${n}.txt`, page()])
    const site = {
      'about.md': markdown('weight: 1'),
      'cv.md': markdown('unlisted: true'),
      'notes/2024-01-01-a.md': markdown('weight: 1'),
      'notes/b.md': markdown('draft: true'),
      ...Object.fromEntries(posts),
    }
    const { out } = await runNewsstand(['check', '.'], {}, temporaryFolder(site))
    const told = out.split('\n').filter((line) => line.includes('no date'))
    expect(told).toEqual([
      'about.md:1: note: it states no date and is published as of its last change; state one, or "unlisted: true" for a page that is no news',
    ])
    const newsstand = await startNewsstand(site)
    const status = JSON.parse(await (await fetch(`${newsstand.adminUrl}/status`)).text())
    const noted = status.noted.filter(({ notes }: CheckedFile) =>
      /no date/.test(notes[0]?.text ?? ''),
    )
    expect(noted.map(({ path }: CheckedFile) => path)).toEqual(['about.md'])
  })

  it('says of no rejected file that it is published as of its last change', async () => {
    const names = Array.from({ length: 21 }, (_, n) => `posts/${n}.md`)
    const cwd = temporaryFolder(
      Object.fromEntries(names.map((name) => [name, markdown('weight: 1\nzork: x')])),
    )
    const { files: found } = await json(['.'], cwd)
    const told = found.flatMap(({ kind, notes }) => notes.map(({ text }) => `${kind}: ${text}`))
    expect(new Set(told)).toEqual(new Set([expect.stringMatching(/^rejected: .*zork/)]))
  })

  it('counts notes and rejected files as the server does', async () => {
    const site = {
      'README.md': 'Text.',
      'bad.txt': page({ date: '' }),
      'never.md': files['articles/never.md'],
      'news/_index.md': markdown('date: 2024-01-01'),
    }
    const newsstand = await startNewsstand(site)
    const said = '1 article from articles; 1 file rejected, 1 note '
    const { counts } = await json([newsstand.articlesDir], newsstand.articlesDir)
    expect(newsstand.output()).toContain(said.slice(said.indexOf(';')))
    expect(counts).toMatchObject({ rejected: 1, notes: 1, passedOver: 2 })
  })

  it('tells of data in a folder only when it is asked for it by name', async () => {
    const data = { 'articles/package.json': '{"name": "a"}', 'articles/b/data.json': '[]' }
    const cwd = temporaryFolder({ 'articles/good.txt': page(), ...data })
    const { out } = await runNewsstand(['check'], {}, cwd)
    expect(out).not.toContain('json')
    expect(out).toContain('All is well: 1 article.')
    const named = await json(['articles', 'articles/b/data.json'], cwd)
    expect(named.files.map(({ path, kind }) => [path, kind])).toEqual([
      ['articles/b/data.json', 'passed-over'],
      ['articles/good.txt', 'article'],
    ])
  })

  it('ends with 1 for what was rejected, and for nothing else it found', async () => {
    const { 'articles/bad.txt': _, ...others } = files
    const cwd = temporaryFolder(others)
    for (const args of [['check'], ['check', '--json']]) {
      expect((await runNewsstand(args, {}, cwd)).code, args.join(' ')).toBe(0)
    }
  })

  it('gives all of it as one JSON document', async () => {
    const { code, files: found, counts } = await json([], temporaryFolder(files))
    expect(code).toBe(1)
    expect(found.map(({ path, kind }) => [path, kind])).toEqual([
      ['articles/bad.txt', 'rejected'],
      ['articles/draft.md', 'draft'],
      ['articles/good.txt', 'article'],
      ['articles/never.md', 'article'],
      ['articles/over.md', 'article'],
      ['articles/paper.odt', 'passed-over'],
      ['articles/secret.md', 'article'],
      ['articles/soon.md', 'article'],
    ])
    expect(counts).toEqual({
      files: 8,
      articles: 5,
      drafts: 1,
      rejected: 1,
      passedOver: 1,
      notes: 2,
    })
    const [bad, , good, never, over, , secret, soon] = found
    expect(bad?.rejections).toEqual([
      { line: 1, reason: 'no date found', remedy: expect.any(String) },
    ])
    expect(good?.article).toEqual({
      title: 'Ferries return to the old harbour',
      published: '2024-03-04T00:00:00Z',
      state: 'out',
      datedBy: 'file',
      language: 'en',
      section: 'War on Waste',
      tags: [],
      authors: ['Mira Onal'],
      sources: ['TRT World', 'agencies'],
    })
    expect(never?.notes).toHaveLength(1)
    expect([over?.article?.state, soon?.article?.state]).toEqual(['expired', 'not-out-yet'])
    expect(secret?.article).toMatchObject({ state: 'out', isUnlisted: true })
    const none = await runNewsstand(['check', '--json'], {}, temporaryFolder({ 'articles/x': '' }))
    expect(JSON.parse(none.out)).toMatchObject({ files: [], counts: { files: 0 } })
  })
})

describe('the output of newsstand check', () => {
  it('may be closed, or have no room, without a stack', async () => {
    const many = Array.from({ length: 2000 }, (_, n) => [`articles/${n}.txt`, page({ date: '' })])
    const cwd = temporaryFolder(Object.fromEntries(many))
    const child = spawnNewsstand({ args: ['check'], env: {}, cwd })
    let err = ''
    child.stderr?.on('data', (chunk) => {
      err += chunk
    })
    child.stdout?.once('data', () => child.stdout?.destroy())
    expect(await once(child, 'close')).toEqual([1, null])
    expect(err).toBe('')
  })

  it('says in one line that it cannot be written', async () => {
    expect(existsSync('/dev/full'), 'a system with /dev/full: Linux').toBe(true)
    const cwd = temporaryFolder(files)
    const start = join(import.meta.dirname, '../src/start.js')
    for (const args of [['check'], ['--help']]) {
      const stdio = ['ignore', openSync('/dev/full', 'w'), 'pipe'] as const
      const env = { PATH: process.env.PATH }
      const child = spawn(process.execPath, [start, ...args], { cwd, env, stdio: [...stdio] })
      onTestFinished(() => void child.kill())
      let err = ''
      child.stderr?.on('data', (chunk) => {
        err += chunk
      })
      expect(await once(child, 'close')).toEqual([1, null])
      expect(err).toMatch(/^newsstand: the output cannot be written: ENOSPC.*\n$/)
    }
  })

  it('has colours on a terminal alone', async () => {
    // It gives the program a terminal.
    expect(existsSync('/usr/bin/script'), 'script: install bsdutils or util-linux').toBe(true)
    const cwd = temporaryFolder(files)
    const command = `"${process.execPath}" "${join(import.meta.dirname, '../src/start.js')}" check`
    async function shown(env: Record<string, string>) {
      const { PATH = '' } = process.env
      const child = spawn('script', ['-qc', command, '/dev/null'], { cwd, env: { PATH, ...env } })
      onTestFinished(() => void child.kill())
      let out = ''
      child.stdout.on('data', (chunk) => {
        out += chunk
      })
      await once(child, 'close')
      return out
    }
    expect(await shown({ TERM: 'xterm-256color' })).toContain('\u001b[31mno date found\u001b[39m')
    expect(await shown({ TERM: 'xterm-256color', NO_COLOR: '1' })).not.toContain('\u001b[')
    expect((await runNewsstand(['check'], {}, cwd)).out).not.toContain('\u001b[')
  })

  it('is the same as a JSON document only where it is asked of check', async () => {
    const { code, err } = await runNewsstand(['--json'])
    expect([code, err]).toEqual([1, expect.stringContaining('--json is an option of check')])
  })
})

describe('a file that newsstand check is given', () => {
  const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
  /** Of a story that is nothing where its picture is not found. */
  const picture = '![](../pictures/lamp.gif)'

  it('is read as in the articles folder if it lies there, by whatever path', async () => {
    const cwd = temporaryFolder({
      'articles/posts/a.md': markdown('date: 2024-01-01', picture),
      'articles/posts/b.md': markdown('date: 2024-01-02'),
      'articles/pictures/lamp.gif': gif,
      'elsewhere/c.md': markdown('date: 2024-01-03'),
      'elsewhere/secret.md': markdown('date: 2024-01-03'),
    })
    symlinkSync(join(cwd, 'articles/posts/a.md'), join(cwd, 'elsewhere/link.md'))
    symlinkSync(join(cwd, 'articles'), join(cwd, 'set'))
    symlinkSync(join(cwd, 'elsewhere/secret.md'), join(cwd, 'articles/out.md'))
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'articles/linked'))
    const told = async (path: string) => {
      const { files: found } = await json([path], cwd, { ARTICLES_DIR: 'set' })
      return found.map((file) => [file.path, file.kind])
    }
    for (const path of ['articles/posts/a.md', join(cwd, 'set/posts/a.md'), 'elsewhere/link.md']) {
      expect(await told(path)).toEqual([[path.replace(`${cwd}/`, ''), 'article']])
    }
    expect(await told('set/posts')).toEqual([
      ['set/posts/a.md', 'article'],
      ['set/posts/b.md', 'article'],
    ])
    expect(await told('elsewhere/c.md')).toEqual([['elsewhere/c.md', 'article']])
    expect(await told('articles/out.md')).toEqual([['articles/out.md', 'rejected']])
    expect(await told('set/linked/c.md')).toEqual([['set/linked/c.md', 'passed-over']])
    expect(await told('set/linked')).toEqual([['set/linked', 'passed-over']])
  })

  it('is not read where the server passes it over', async () => {
    const cwd = temporaryFolder({
      'articles/.hidden/a.md': markdown('date: 2024-01-01'),
      'articles/a.mdx': markdown('date: 2024-01-01'),
      'articles/noending': markdown('date: 2024-01-01'),
      'articles/b.md': markdown('date: 2024-01-01'),
    })
    mkdirSync(join(cwd, 'articles/empty'))
    const paths = ['.hidden/a.md', '.hidden', 'a.mdx', 'noending', 'b.md', 'empty']
    const { code, files: found } = await json(
      paths.map((path) => `articles/${path}`),
      cwd,
    )
    expect(code).toBe(0)
    expect(found.map(({ path, kind }) => [path, kind])).toEqual([
      ['articles/.hidden/a.md', 'passed-over'],
      ['articles/a.mdx', 'passed-over'],
      ['articles/b.md', 'article'],
      ['articles/noending', 'passed-over'],
    ])
  })

  it('is told once, however often it is named', async () => {
    const cwd = temporaryFolder({ 'articles/a.txt': page(), 'articles/cv.pdf': '' })
    const { files: found } = await json(['.', 'articles', 'articles/a.txt', 'articles/cv.pdf'], cwd)
    expect(found.map(({ path }) => path)).toEqual(['articles/a.txt', 'articles/cv.pdf'])
  })

  it('is not named for its ending where an article leads to it', async () => {
    const cwd = temporaryFolder({
      'articles/a.md': markdown(
        'date: 2024-01-01',
        '[The paper](/media/docs/the%20paper.pdf) and [a file](/media/bad.md)',
      ),
      'articles/docs/the paper.pdf': '',
      'articles/bad.md': 'no front matter',
      'articles/docs/other.pdf': '',
    })
    for (const paths of [[], ['.']]) {
      const { files: found } = await json(paths, cwd)
      expect(found.map(({ path }) => path)).toEqual([
        'articles/a.md',
        'articles/bad.md',
        'articles/docs/other.pdf',
      ])
    }
  })
})

describe('files that hold versions of one story', () => {
  it('are no rejections: each but the one that counts is told which that is', async () => {
    const ninjs = (version: number, pubStatus = 'usable') =>
      JSON.stringify({
        ...{ uri: 'urn:newsml:moro.example:7', version, pubStatus, type: 'text' },
        versionCreated: '2026-04-13T09:30:00Z',
        headlines: [{ value: 'The ferry' }],
        bodies: [{ value: '<p>It sails.</p>' }],
      })
    const cwd = temporaryFolder({
      'articles/a.json': ninjs(2),
      'articles/b.json': ninjs(1),
      'articles/c.json': ninjs(3, 'canceled'),
    })
    const { code, files: found } = await json([], cwd)
    expect(code).toBe(0)
    expect(found.map(({ kind }) => kind)).toEqual(['article', 'article', 'draft'])
    const told = found.map(({ notes }) => notes.map(({ text }) => text).join())
    const older = 'it is an older version of "articles/c.json", by which its agency has canceled it'
    expect(told).toEqual([older, older, 'it is canceled or withheld by its agency'])
  })
})

describe('files that have faults among each other', () => {
  it('are rejected where a guid is that of another one, which is named', async () => {
    const stated = markdown('date: 2024-01-01\nguid: https://old.example/1')
    const cwd = temporaryFolder({ 'articles/a.md': stated, 'articles/b.md': stated })
    const { code, files: found } = await json([], cwd)
    expect(code).toBe(1)
    expect(found.map(({ kind }) => kind)).toEqual(['article', 'rejected'])
    expect(found[1]?.rejections[0]?.reason).toContain('articles/a.md')
  })

  it('leave a guid to the file that the server knows by it, while that states it', () => {
    const stated = (path: string, guid: string) => ({
      path: `articles/${path}`,
      place: path,
      guid,
      isUndated: false,
    })
    const known = () => ({ files: new Set<string>(), guids: new Map([['x', 'b.md']]) })
    const faults = (files: readonly ReturnType<typeof stated>[], checked: readonly string[]) =>
      [...faultsAmong(files, known, (place) => checked.includes(place))].map(
        ([path, { reason }]) => `${path}: ${reason}`,
      )
    const [a, b] = [stated('a.md', 'x'), stated('b.md', 'x')]
    expect(faults([a, b], ['a.md', 'b.md'])).toEqual([
      'articles/a.md: its guid x is that of articles/b.md',
    ])
    expect(faults([a], ['a.md'])).toEqual(['articles/a.md: its guid x is that of b.md'])
    expect(faults([b], ['b.md'])).toEqual([])
    expect(faults([a, stated('b.md', 'y')], ['a.md', 'b.md'])).toEqual([])
  })

  it('are rejected where more than twenty state no date, but for those that are articles already', () => {
    const name = (_: unknown, n: number) => `${n}.md`
    const faults = (count: number, known: number) =>
      faultsAmong(
        Array.from({ length: count }, name).map((path) => ({ path, place: path, isUndated: true })),
        () => ({ files: new Set(Array.from({ length: known }, name)), guids: new Map() }),
        () => true,
      )
    expect(faults(20, 0).size).toBe(0)
    expect(faults(21, 0).size).toBe(21)
    expect(faults(21, 1).size).toBe(0)
    const fresh = faults(30, 5)
    expect([fresh.size, fresh.has('4.md'), fresh.has('5.md')]).toEqual([25, false, true])
  })

  it('are known by the catalogue, while the server runs and when it does not, and nothing is written', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page(), 'bad.txt': page({ date: '' }) })
    newsstand.write('b.txt', page({ title: 'Another' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Another'))
    expect([...peek(newsstand.dataDir).files]).toEqual(['a.txt', 'b.txt'])
    await newsstand.stop()
    const { mtimeMs } = statSync(newsstand.dataDir)
    expect([...peek(newsstand.dataDir).files]).toEqual(['a.txt', 'b.txt'])
    expect(statSync(newsstand.dataDir).mtimeMs).toBe(mtimeMs)
    const without = temporaryFolder()
    expect([peek(without).files.size, readdirSync(without)]).toEqual([0, []])
  })
})

describe('the command that dates many files', () => {
  /** A line above or in these would make other texts of them. */
  const unsure = {
    'toml.md': '+++\ntitle = "Its own"\n+++\nText.\n',
    'json.md': '{ "title": "Its own" }\n\nText.\n',
    'mark.md': '\ufeff---\ntitle: Its own\n---\nText.\n',
    'mark-alone.md': '\ufeffText with a mark.\n',
    'blank.md': '\n\n---\ntitle: Its own\n---\nText.\n',
    'blank-toml.md': '\n+++\ntitle = "Its own"\n+++\nText.\n',
    'rule.md': '----\n\nText below a rule.\n',
    'open.md': '---\n\nText below a rule that ends nowhere.\n',
    'rules.md': '---\nText between rules\n---\nAnd more.\n',
    'open-matter.md': '---\ntitle: Its own\nText---\n',
    'list.md': '---\n- Text between rules\n---\nAnd more.\n',
    'flow.md': '---\n{title: Its own}\n---\nText.\n',
    'indented.md': '---\n  title: Its own\n---\nText.\n',
    'empty-date.md': '---\ntitle: Its own\ndate:\n---\nText.\n',
    'two\nlines.md': 'Some words.\n',
    'two.md\nlines.md': 'Some words.\n',
  }

  it('writes what Git or the files know into those that state no date, and into no other', () => {
    const cwd = temporaryFolder({
      ...Object.fromEntries(
        Array.from({ length: 21 }, (_, n) => [`articles/a "note" ${n}.md`, 'Some words.\n']),
      ),
      'articles/matter.md': '---\ntitle: Its own\n---\nText.\n',
      'articles/dated.md': markdown('date: 2024-01-01'),
      'articles/carriage.md': '---\r\ntitle: Its own too\r\n---\r\nText.\r\n',
      'articles/commented.md': '---\n# Its own\n\ntitle: Commented\n---\nText.\n',
      ...Object.fromEntries(
        Object.entries(unsure).map(([name, text]) => [`articles/${name}`, text]),
      ),
    })
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@a.example', ...args], {
        cwd: join(cwd, 'articles'),
        env: { PATH: process.env.PATH, GIT_AUTHOR_DATE: '2023-05-06T07:08:09+0300' },
      })
    git('init', '-q')
    git('add', 'matter.md', 'a "note" 1.md')
    git('commit', '-q', '-m', 'Begin')
    utimesSync(join(cwd, 'articles/a "note" 2.md'), 0, 1_700_000_000)
    const text = readFileSync(join(import.meta.dirname, '../docs/check.md'), 'utf8')
    const [, command = ''] = /```sh\n(.*?)```/s.exec(text) ?? []
    const program = `"${process.execPath}" "${join(import.meta.dirname, '../src/start.js')}" check`
    const run = command.replace('npx newsstand check', program)
    execFileSync('sh', ['-c', run], { cwd, env: { PATH: process.env.PATH, TZ: 'UTC' } })
    const read = (path: string) => readFileSync(join(cwd, 'articles', path), 'utf8')
    const first = '---\ndate: 2023-05-06T07:08:09+03:00\n'
    expect(read('matter.md')).toBe(`${first}title: Its own\n---\nText.\n`)
    expect(read('a "note" 1.md')).toBe(`${first}---\n\nSome words.\n`)
    expect(read('a "note" 2.md')).toBe('---\ndate: 2023-11-14\n---\n\nSome words.\n')
    expect(read('dated.md')).toBe(markdown('date: 2024-01-01'))
    expect(read('commented.md')).toMatch(
      /^---\ndate: [\d-]{10}\n# Its own\n\ntitle: Commented\n---\nText\.\n$/,
    )
    expect(read('carriage.md')).toMatch(
      /^---\ndate: [\d-]{10}\ntitle: Its own too\r\n---\r\nText\.\r\n$/,
    )
    for (const [name, text] of Object.entries(unsure)) expect(read(name), name).toBe(`${text}`)
  })
})
