import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  linkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { FolderReader } from '../../src/intake/folder-reader.ts'
import type { Learnt } from '../../src/intake/learnt.ts'
import { isOnLocalFileSystem } from '../../src/intake/local-file-system.ts'
import type { Scope } from '../../src/intake/look-through.ts'
import { watchFolder } from '../../src/intake/watch.ts'
import { type Files, temporaryFolder } from '../support/folder.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { mayUnshare } from '../support/program.ts'
import { until } from '../support/until.ts'

const ADMIN_TOKEN = 'a-token-of-this-test'

afterEach(() => void vi.useRealTimers())

interface Looked {
  readonly changed: readonly string[]
  readonly vanished: readonly string[]
}
const nothing: Looked = { changed: [], vanished: [] }

/** Far enough from what was just written for a folder to count as at rest. */
const later = () => Date.now() + 10_000

/** Waits until the clock by which the file system dates has gone on: who looks later, as all here do, has no change of the same time. */
function awaitNextDate(): void {
  const file = join(temporaryFolder({ dated: '' }), 'dated')
  const before = statSync(file).ctimeMs
  while (statSync(file).ctimeMs === before) writeFileSync(file, '')
}

/** A reader that has read these files, and looks into its folder when it is told to. */
function openReader(files: Files) {
  const root = temporaryFolder(files)
  const reader = new FolderReader({
    articlesDir: root,
    language: 'en',
    timeZone: 'UTC',
    undated: 'modified',
    publisher: { name: 'P', url: 'https://p.example/' },
    topics: [],
    emptyFolderMinutes: 0,
  })
  const heard = new Set<string>()
  function look(
    scope?: Scope,
    { now = later(), kept = true, unread = [] as string[] } = {},
  ): Looked {
    const { changed, vanished } = reader.survey(scope, now)
    reader.finish(kept, unread)
    awaitNextDate()
    return { changed: changed.map(({ path }) => path).sort(), vanished }
  }
  async function watch(): Promise<void> {
    const watched = watchFolder(
      root,
      (paths) => {
        reader.hear(paths)
        for (const path of paths) heard.add(path)
      },
      (error) => expect.fail(error.message),
    )
    reader.watchedBy(watched)
    const paths = Object.keys(files).filter((path) => !path.startsWith('.'))
    const folders = new Set(['', ...paths.map((path) => path.replace(/\/?[^/]*$/, ''))])
    await until(() => folders.isSubsetOf(heard), 'the first look')
  }
  look()
  return { root, reader, heard, look, watch }
}

/** The same, watched, and all that is in it is known not to have changed. */
async function openAtRest(files: Files, learnt?: Partial<Learnt>) {
  const opened = openReader(files)
  await opened.watch()
  if (learnt) {
    opened.reader.survey(undefined, later())
    opened.reader.finish(true, [], { needs: [], data: [], ...learnt })
  }
  expect(opened.look('changes')).toEqual(nothing)
  return opened
}

/** Writes a file by another name of it, of which nobody who watches its folder hears. */
function writeUnheard(root: string, path: string, text = 'written unheard'): void {
  const other = join(temporaryFolder(), 'other')
  linkSync(join(root, path), other)
  writeFileSync(other, text)
}

/** Has another program open a file for writing. @returns ends that, while no event is heard */
async function openForWriting(path: string): Promise<() => void> {
  const writer = spawn('sh', ['-c', 'exec 3>>"$0"; echo open; exec sleep 60', path])
  onTestFinished(() => void writer.kill('SIGKILL'))
  await once(writer.stdout, 'data')
  return () => {
    writer.kill('SIGKILL')
    // It is looked at again a while after it was found open.
    execFileSync('sleep', ['0.3'])
  }
}

const some = { 'a.md': 'A', 'world/b.md': 'B', 'world/asia/c.md': 'C' }
/** Elsewhere nothing is passed over. */
const isLinux = process.platform === 'linux'
/** A container's own files are on no local kind of file system, but its memory is. */
const usual = process.env.TMPDIR
if (isLinux && !isOnLocalFileSystem(tmpdir())) process.env.TMPDIR = '/dev/shm'
afterAll(() => {
  if (usual === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = usual
})

describe.runIf(isLinux)('a folder in which nothing has come, gone or been written', () => {
  it('is passed over until everything is looked at', async () => {
    const { root, look } = await openAtRest(some)
    writeUnheard(root, 'world/b.md')
    expect(look('changes')).toEqual(nothing)
    expect(look()).toEqual({ changed: ['world/b.md'], vanished: [] })
  })

  it('is looked at once an hour', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const opened = openReader(some)
    vi.useRealTimers()
    await opened.watch()
    vi.useFakeTimers({ toFake: ['performance'] })
    opened.look()
    writeUnheard(opened.root, 'world/b.md')
    vi.advanceTimersByTime(58 * 60_000)
    expect(opened.look('changes')).toEqual(nothing)
    vi.advanceTimersByTime(60_000)
    expect(opened.look('changes').changed).toEqual(['world/b.md'])
  })
})

describe.runIf(isLinux)('a look for changes finds', () => {
  it('what came, was renamed, moved and went, whatever times folders are given', async () => {
    const { root, look, watch } = openReader(some)
    const dated = () => utimesSync(join(root, 'world'), 1_700_000_000, 1_700_000_000)
    dated()
    await watch()
    expect(look('changes')).toEqual(nothing)
    writeFileSync(join(root, 'world/new.md'), 'N')
    dated()
    expect(look('changes')).toEqual({ changed: ['world/new.md'], vanished: [] })
    renameSync(join(root, 'world/b.md'), join(root, 'world/asia/b.md'))
    expect(look('changes')).toEqual({ changed: ['world/asia/b.md'], vanished: ['world/b.md'] })
    renameSync(join(root, 'world/asia'), join(root, 'africa'))
    expect(look('changes')).toEqual({
      changed: ['africa/b.md', 'africa/c.md'],
      vanished: ['world/asia/b.md', 'world/asia/c.md'],
    })
    rmSync(join(root, 'africa'), { recursive: true })
    expect(look('changes').vanished).toEqual(['africa/b.md', 'africa/c.md'])
    expect(look()).toEqual(nothing)
  })

  it('what the watch has heard of, although no pass was made for it', async () => {
    const { root, heard, look } = await openAtRest(some)
    writeFileSync(join(root, 'world/asia/c.md'), 'edited')
    await until(() => heard.has('world/asia/c.md'))
    expect(look('changes')).toEqual({ changed: ['world/asia/c.md'], vanished: [] })
  })

  it('another folder in the place of one', async () => {
    const { root, look } = await openAtRest(some)
    const other = join(temporaryFolder({ 'other/b.md': 'another' }), 'other')
    renameSync(join(root, 'world'), join(root, '.world'))
    renameSync(other, join(root, 'world'))
    expect(look('changes')).toEqual({ changed: ['world/b.md'], vanished: ['world/asia/c.md'] })
  })

  it('nothing behind a link that has taken the place of a folder', async () => {
    const { root, look } = await openAtRest(some)
    const away = join(temporaryFolder(), 'away')
    renameSync(join(root, 'world'), away)
    symlinkSync(away, join(root, 'world'))
    expect(look('changes').vanished).toEqual(['world/asia/c.md', 'world/b.md'])
  })

  it('articles whose pictures have gone', async () => {
    const { root, look } = await openAtRest(
      { 'a.md': 'A', 'pictures/p.svg': 'P', 'pictures/q.svg': 'Q', 'world/b.md': 'B' },
      { needs: [['a.md', '+pictures/p.svg']] },
    )
    rmSync(join(root, 'pictures/q.svg'))
    expect(look('changes')).toEqual(nothing)
    rmSync(join(root, 'pictures/p.svg'))
    expect(look('changes').changed).toEqual(['a.md'])
  })

  it('articles for which a picture of that name has come somewhere', async () => {
    const { root, look } = await openAtRest(some, { needs: [['a.md', '-0 p.svg']] })
    expect(look('changes')).toEqual(nothing)
    writeFileSync(join(root, 'world/p.svg'), 'P')
    expect(look('changes').changed).toEqual(['a.md'])
  })
})

describe.runIf(isLinux)('everything in a folder is looked at', () => {
  it('that nobody watches', () => {
    const { root, look } = openReader(some)
    look('changes')
    writeUnheard(root, 'world/b.md')
    expect(look('changes').changed).toEqual(['world/b.md'])
  })

  it('that had changed within the steps of a clock before it was listed', async () => {
    const { root, look, watch } = openReader(some)
    await watch()
    const at = statSync(join(root, 'world')).ctimeMs
    look('changes', { now: at + 2999 })
    writeUnheard(root, 'world/b.md')
    expect(look('changes').changed).toEqual(['world/b.md'])
  })

  it.each([[''], ['world']])('below one of which word has come: "%s"', async (folder) => {
    const { root, look, reader } = await openAtRest(some)
    writeUnheard(root, 'world/asia/c.md')
    reader.hear([folder])
    expect(look('changes').changed).toEqual(['world/asia/c.md'])
  })

  it('that a clock has dated in the future', async () => {
    const { root, look } = await openAtRest(some)
    writeUnheard(root, 'world/b.md')
    const at = statSync(join(root, 'world')).ctimeMs
    expect(look('changes', { now: at - 60_000 }).changed).toEqual(['world/b.md'])
  })

  it('with links in it, as what they lead to may change anywhere', async () => {
    const { root, look, watch } = openReader({ '.hidden/l.md': 'L', 'world/b.md': 'B' })
    symlinkSync('../.hidden/l.md', join(root, 'world/l.md'))
    look()
    await watch()
    look('changes')
    writeFileSync(join(root, '.hidden/l.md'), 'edited')
    expect(look('changes').changed).toEqual(['world/l.md'])
  })

  it('as long as a file in it is still being written', async () => {
    const { root, look } = await openAtRest(some)
    const close = await openForWriting(join(root, 'world/b.md'))
    writeUnheard(root, 'world/b.md')
    expect(look()).toEqual(nothing)
    close()
    expect(look('changes').changed).toEqual(['world/b.md'])
  })

  it('as long as an article that needed something in it is still being written', async () => {
    const { root, look } = await openAtRest(
      { 'a.md': 'A', 'pictures/p.svg': 'P' },
      { needs: [['a.md', '+pictures/p.svg']] },
    )
    const close = await openForWriting(join(root, 'a.md'))
    rmSync(join(root, 'pictures/p.svg'))
    expect(look('changes')).toEqual(nothing)
    close()
    expect(look('changes').changed).toEqual(['a.md'])
  })

  it('when what was found there before was not kept', async () => {
    const { root, look } = await openAtRest(some)
    writeUnheard(root, 'world/b.md')
    look('changes', { kept: false })
    expect(look('changes').changed).toEqual(['world/b.md'])
  })

  it('while a file in it has to be read again', async () => {
    const { look } = await openAtRest(some)
    look('changes', { unread: ['world/b.md'] })
    expect(look('changes', { unread: ['world/b.md'] }).changed).toEqual(['world/b.md'])
    expect(look('changes').changed).toEqual(['world/b.md'])
    expect(look('changes')).toEqual(nothing)
  })
})

describe.runIf(isLinux)('the program', () => {
  it('looks at everything when it is told to refresh', async () => {
    const newsstand = await startNewsstand(
      { 'world/a.txt': page({ title: 'Before' }) },
      { REFRESH_CRON: '0 0 1 1 *', ADMIN_TOKEN },
    )
    const folder = join(newsstand.articlesDir, 'world')
    const refresh = async () => {
      const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` }
      const answer = await fetch(`${newsstand.adminUrl}/refresh`, { method: 'POST', headers })
      expect(answer.status).toBe(200)
    }
    await until(() => Date.now() - statSync(folder).ctimeMs > 3500, 'a folder at rest')
    await refresh()
    writeUnheard(newsstand.articlesDir, 'world/a.txt', page({ title: 'Unheard' }))
    await refresh()
    expect(await newsstand.text('/rss.xml')).toContain('Unheard')
  })

  it('looks on schedule at a file that is mounted in place of another', async (context) => {
    if (!mayUnshare()) context.skip('this system has no user namespaces, or does not allow them')
    const other = join(
      temporaryFolder({ 'other.txt': page({ title: 'From elsewhere' }) }),
      'other.txt',
    )
    const mounting = `mount --bind '${other}' "$ARTICLES_DIR/world/a.txt" && exec "$@"`
    const newsstand = await startNewsstand(
      { 'world/a.txt': page({ title: 'Below' }) },
      { REFRESH_CRON: '* * * * * *' },
      ['unshare', '--map-root-user', '--mount', 'sh', '-c', mounting, 'sh'],
    )
    const shows = (title: string) =>
      until(async () => (await newsstand.text('/rss.xml')).includes(title), title)
    await shows('From elsewhere')
    const folder = join(newsstand.articlesDir, 'world')
    await until(
      () => Date.now() - statSync(folder).ctimeMs > 6000,
      'several looks at a folder at rest',
    )
    writeFileSync(other, page({ title: 'Edited elsewhere' }))
    await shows('Edited elsewhere')
  })
})

it('files of a file system of another kind are not taken for local ones', () => {
  expect(isOnLocalFileSystem('/proc')).toBe(false)
  expect(isOnLocalFileSystem(join(tmpdir(), 'no such folder'))).toBe(false)
})
