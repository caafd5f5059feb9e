import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchFolder } from '../../src/intake/watch.ts'
import { temporaryFolder } from '../support/folder.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { mayUnshare, unprivileged } from '../support/program.ts'
import { until } from '../support/until.ts'

/** In a namespace of its own, where a user may have one watch and no more (user_namespaces(7)). */
const withoutWatches = [
  'unshare',
  '--user',
  '--map-root-user',
  'sh',
  '-c',
  'echo 1 > /proc/sys/user/max_inotify_watches && exec "$@"',
  'sh',
]

describe('what is mounted within the folder while Newsstand runs', () => {
  it('is read and watched, and so is what was there when it is gone', async (context) => {
    if (!mayUnshare()) context.skip('this system has no user namespaces, or does not allow them')
    const other = temporaryFolder({ 'b.txt': page({ title: 'From elsewhere' }) })
    // It gives up, should the test have failed before.
    const wait = (name: string) =>
      `for n in $(seq 300); do [ -e ${name} ] && break; sleep 0.1; done`
    const mounting = `cd "$ARTICLES_DIR" && (${wait('mount')}; mount --bind '${other}' sub
      ${wait('unmount')}; umount sub) & exec "$@"`
    const newsstand = await startNewsstand(
      { 'a.txt': page(), 'sub/below.txt': page({ title: 'Below' }) },
      { REFRESH_CRON: '0 0 1 1 *' },
      ['unshare', '--map-root-user', '--mount', 'sh', '-c', mounting, 'sh'],
    )
    const shows = (title: string) =>
      until(async () => (await newsstand.text('/feed.json')).includes(title), title)
    newsstand.write('mount', '')
    await shows('From elsewhere')
    writeFileSync(join(other, 'c.txt'), page({ title: 'Later' }))
    await shows('Later')
    newsstand.write('unmount', '')
    await shows('Below')
  })
})

describe('a folder that cannot be watched', () => {
  it('is looked through on schedule instead, which is said once', async (context) => {
    if (!mayUnshare()) context.skip('this system has no user namespaces, or does not allow them')
    const newsstand = await startNewsstand(
      { 'world/a.txt': page(), 'africa/b.txt': page({ title: 'Another' }) },
      { REFRESH_CRON: '* * * * * *' },
      withoutWatches,
    )
    newsstand.write('world/c.txt', page({ title: 'A third' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('A third'))
    newsstand.write('sports/d.txt', page({ title: 'A fourth' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('A fourth'))
    expect(newsstand.output().match(/cannot be watched/g)).toHaveLength(1)
    expect(newsstand.output()).toContain('raise fs.inotify.max_user_watches')
    expect((await newsstand.get('/readyz')).status).toBe(200)
  })
})

/** What is noticed is due to the watch alone. */
const never = { REFRESH_CRON: '0 0 1 1 *' }

describe('a folder that may not be read for a while', () => {
  it('ends nothing, keeps its articles, and is watched afterwards', async () => {
    const newsstand = await startNewsstand(
      { 'a.txt': page(), 'world/b.txt': page({ title: 'A second' }) },
      never,
      unprivileged,
    )
    const root = newsstand.articlesDir
    onTestFinished(() => chmodSync(root, 0o755))
    const has = async (title: string) => (await newsstand.text('/rss.xml')).includes(title)
    const said = (text: string) => () => newsstand.output().split(text).length > 1
    for (const [mode, sign] of [
      [0o000, 'the articles folder may not be read'],
      [0o600, 'a.txt:1: it may not be read'],
    ] as const) {
      chmodSync(root, mode)
      await until(said(sign), sign)
      chmodSync(root, 0o755)
    }
    chmodSync(join(root, 'world'), 0o000)
    await until(said('world:1: it may not be read'))
    chmodSync(join(root, 'world'), 0o755)
    expect(await has('A second')).toBe(true)
    newsstand.write('c.txt', page({ title: 'A third' }))
    await until(() => has('A third'), 'a file in the folder')
    newsstand.write('world/d.txt', page({ title: 'A fourth' }))
    await until(() => has('A fourth'), 'a file in the subfolder')
    newsstand.write('sports/e.txt', page({ title: 'A fifth' }))
    await until(() => has('A fifth'), 'a file in a new subfolder')
    await until(
      async () =>
        !(await (await newsstand.get('/readyz')).text()).includes(
          'the articles folder may not be read',
        ),
    )
  })
})

describe('a path that is longer than the system allows', () => {
  it('is named, and everything else is watched', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() }, never)
    // Neither half is too long; what is moved keeps its inner paths.
    const half = Array.from({ length: 15 }, () => 'd'.repeat(200)).join('/')
    const aside = temporaryFolder()
    mkdirSync(join(newsstand.articlesDir, half), { recursive: true })
    mkdirSync(join(aside, half), { recursive: true })
    renameSync(join(aside, 'd'.repeat(200)), join(newsstand.articlesDir, half, 'd'.repeat(200)))
    const long = /rejected (\w+\/){18,}\w+:1: its path is longer than the system allows/
    await until(() => long.test(newsstand.output()), 'a rejection')
    newsstand.write('world/b.txt', page({ title: 'Another' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Another'))
    expect(newsstand.output()).not.toContain('cannot be watched')
    // Node cannot remove it.
    execFileSync('rm', ['-r', join(newsstand.articlesDir, 'd'.repeat(200))])
  })
})

/** @returns what is told of a folder, for tests to clear */
function watching(root: string): Set<string> {
  const seen = new Set<string>()
  watchFolder(
    root,
    (paths) => {
      for (const path of paths) seen.add(path)
    },
    (error) => expect.fail(error.message),
  )
  return seen
}

describe('a folder that is away', () => {
  it.each([
    ['for a moment', 'home'],
    ['with the folder it lies in', '.'],
  ])('%s is looked at when it comes back, and watched again', async (_how, moved) => {
    const parent = join(temporaryFolder({ 'parent/home/a.txt': 'A' }), 'parent')
    const away = join(parent, moved)
    const seen = watching(join(parent, 'home'))
    await until(() => seen.delete(''), 'the first look')
    renameSync(away, `${away}-away`)
    await until(() => seen.delete(''), 'its absence')
    renameSync(`${away}-away`, away)
    await until(() => seen.has(''), 'its return')
    writeFileSync(join(parent, 'home/b.txt'), 'B')
    await until(() => seen.has('b.txt'), 'a file in it')
  })

  it('from the beginning is told of, and watched when it comes', async () => {
    const root = join(temporaryFolder(), 'root')
    const seen = watching(root)
    await until(() => seen.delete(''), 'its absence')
    mkdirSync(root)
    await until(() => seen.has(''), 'its coming')
    writeFileSync(join(root, 'a.txt'), 'A')
    await until(() => seen.has('a.txt'), 'a file in it')
  })
})

describe('a file system that is unmounted and mounted again before anybody looks', () => {
  it('is watched again', async (context) => {
    const folder = temporaryFolder()
    const run = (command: string) =>
      execFileSync('sh', ['-c', command], { cwd: folder, stdio: 'pipe' })
    mkdirSync(join(folder, 'root'))
    try {
      run(
        'dd if=/dev/zero of=image bs=1M count=8 && mkfs.ext4 -q image && mount -o loop image root',
      )
    } catch {
      context.skip('nothing can be mounted here')
    }
    onTestFinished(() => void run('umount root'))
    mkdirSync(join(folder, 'root/world'))
    const seen = watching(join(folder, 'root'))
    await until(() => seen.delete('world'), 'the first look')
    run('umount root && mount -o loop image root')
    await until(() => seen.has('world'), 'its return')
    writeFileSync(join(folder, 'root/world/a.txt'), 'A')
    await until(() => seen.has('world/a.txt'), 'a file in it')
  })
})

describe('thousands of folders', () => {
  it('are watched as they come, are moved and are made anew', async () => {
    const root = temporaryFolder()
    const seen = watching(root)
    const inner = (folder: string, n: number) => join(root, folder, `${n % 10}`, `${n}`)
    const make = (folder: string) => {
      for (let n = 0; n < 2000; n += 1) mkdirSync(inner(folder, n), { recursive: true })
    }
    const seesAll = async (folder: string) => {
      await until(() => seen.has(`${folder}/9/1999`), 'the last folder')
      const paths = [0, 999, 1999].map((n) => `${folder}/${n % 10}/${n}/a.txt`)
      await until(() => {
        for (const path of paths) writeFileSync(join(root, path), 'A')
        return paths.every((path) => seen.has(path))
      }, 'files in them')
      seen.clear()
    }
    make('one')
    await seesAll('one')
    renameSync(join(root, 'one'), join(root, 'two'))
    await seesAll('two')
    rmSync(join(root, 'two'), { recursive: true })
    await until(() => seen.has('two'), 'their end')
    seen.clear()
    make('two')
    await seesAll('two')
  })

  it('are found although the system lost word of some', async (context) => {
    const most = Number(readFileSync('/proc/sys/fs/inotify/max_user_watches', 'utf8'))
    if (most < 60_000) context.skip('this system allows too few watches')
    const root = temporaryFolder()
    const seen = watching(root)
    await until(() => seen.has(''))
    // A name that is not UTF-8 leads nowhere: word comes of the folder, which may not outdo that some was lost.
    const misread = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff])])
    let turn: NodeJS.Immediate
    const write = () => {
      writeFileSync(misread, 'A')
      turn = setImmediate(write)
    }
    onTestFinished(() => clearImmediate(turn))
    write()
    // Nobody reads events meanwhile, and the system keeps 16,384.
    for (let n = 0; n < 20_000; n += 1) mkdirSync(join(root, `${n}`))
    await until(() => seen.has('19999'), 'the last folder')
    await until(() => {
      writeFileSync(join(root, '19999/a.txt'), 'A')
      return seen.has('19999/a.txt')
    }, 'a file in it')
  })
})

describe('a folder that never rests', () => {
  it('is looked at all the same', async () => {
    const folder = temporaryFolder()
    const seen: string[][] = []
    watchFolder(
      folder,
      (paths) => seen.push(paths),
      (error) => expect.fail(error.message),
    )
    const writer = setInterval(() => writeFileSync(join(folder, 'a.txt'), 'A'), 2)
    onTestFinished(() => clearInterval(writer))
    await until(() => seen.length >= 3, 'a third look while it is written to')
    // '' comes first: what changed before anybody watched.
    expect(new Set(seen.flat())).toEqual(new Set(['', 'a.txt']))
  })
})
