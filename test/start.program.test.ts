/** How the program begins and ends, whatever Node it is begun with. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'acorn'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from './support/folder.ts'
import { startNewsstand } from './support/newsstand.ts'
import { page } from './support/page.ts'
import { asOlderNode, freePort, mayUnshare, spawnNewsstand } from './support/program.ts'
import { until } from './support/until.ts'

const home = fileURLToPath(new URL('..', import.meta.url))
const launcher = join(home, 'src/node.cjs')

/** Runs the launcher in a folder with nothing but it, and what npm brought. */
function launch(brought: Readonly<Record<string, string>>) {
  const folder = temporaryFolder({ 'older.cjs': asOlderNode, ...brought })
  cpSync(launcher, join(folder, 'src/node.cjs'))
  for (const path of Object.keys(brought)) spawnSync('chmod', ['+x', join(folder, path)])
  const args = ['--require', './older.cjs', 'src/node.cjs', '--eval', 'console.log("ran")']
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
}

describe('where the program begins', () => {
  it.each(['node.cjs', 'newsstand.cjs'])('%s can be read by Node 12', (name) => {
    const text = readFileSync(join(home, 'src', name), 'utf8')
    expect(() => parse(text, { ecmaVersion: 2019, allowHashBang: true })).not.toThrow()
  })

  it('goes on with the Node that npm brought where the running one is too old', () => {
    const script = `#!/bin/sh\n[ "$1" = --version ] || echo "brought: $@"\n`
    const { stdout, status } = launch({ 'node_modules/node/bin/node': script })
    expect(stdout).toContain('brought: --require ./older.cjs --eval console.log("ran")')
    expect(status).toBe(0)
  })

  it('says what to install where there is no Node that is new enough', () => {
    const { stdout, stderr, status } = launch({})
    expect([stdout, status]).toEqual(['', 1])
    expect(stderr).toMatch(
      /^newsstand: this is Node\.js 20\.1\.0, and Newsstand needs 24 or newer.*\n$/,
    )
  })

  it('leaves threads the memory that they are given, which the flag for the main one would take', () => {
    const script = fileURLToPath(new URL('./support/young.js', import.meta.url))
    const { stdout } = spawnSync(process.execPath, ['--max-semi-space-size=2', script], {
      encoding: 'utf8',
    })
    const [, megabytes] = /^young: (.+)$/m.exec(stdout) ?? []
    expect(Number(megabytes)).toBeGreaterThan(6)
    expect(Number(megabytes)).toBeLessThan(10)
  })

  it('says which library is missing where the brought Node does not start', () => {
    const fault = 'error while loading shared libraries: libatomic.so.1: cannot open it'
    const script = `#!/bin/sh\necho "node: ${fault}" >&2\nexit 127\n`
    const { stderr, status } = launch({ 'node_modules/node/bin/node': script })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^newsstand: .*libatomic\.so\.1.*"apt-get install libatomic1".*\n$/)
  })

  it('ends with what the brought Node ends with', () => {
    const status = (line: string) =>
      launch({
        'node_modules/node/bin/node': `#!/bin/sh\n[ "$1" = --version ] || ${line}\n`,
      }).status
    expect(status('exit 7')).toBe(7)
    expect(status('kill -KILL $$')).toBe(128 + 9)
  })
})

it('starts where its user has it give way to all others', async (context) => {
  const isRoot = process.getuid?.() === 0
  if (isRoot && !mayUnshare())
    context.skip('this system has no user namespaces, or does not allow them')
  const through = ['nice', '-n', '15', ...(isRoot ? ['unshare', '--map-root-user'] : [])]
  const newsstand = await startNewsstand({ 'a.txt': page() }, {}, through)
  const priorities = readdirSync(`/proc/${newsstand.pid()}/task`).map((id) =>
    getPriority(Number(id)),
  )
  expect(Math.min(...priorities)).toBe(getPriority(newsstand.pid()))
})

describe('a signal', () => {
  /** Starts it as people do. @returns once it serves */
  async function start(command: readonly string[]) {
    const dataDir = temporaryFolder({ 'older.cjs': asOlderNode })
    const port = await freePort()
    const [program = '', ...args] = command
    const child = spawn(program, args, {
      cwd: home,
      detached: true,
      env: {
        PATH: process.env.PATH,
        HOME: dataDir,
        OLDER: `--require=${dataDir}/older.cjs`,
        NODE: process.execPath,
        PORT: String(port),
        ADMIN_PORT: '0',
        ARTICLES_DIR: temporaryFolder({ 'a.txt': page() }),
        DATA_DIR: dataDir,
      },
    })
    onTestFinished(() => {
      try {
        // Whoever is left of the group. Not by kill(1): Debian's takes -123 for -1, which is everybody.
        if (child.pid) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // Nobody is.
      }
    })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        printed += chunk
      })
    }
    await until(() => printed.includes('Newsstand serves'), 'the start')
    const url = `http://127.0.0.1:${port}`
    await (await fetch(`${url}/rss.xml`)).text()
    const statistics = join(dataDir, 'statistics.json')
    return {
      child,
      url,
      isOver: () => existsSync(statistics),
      answers: () => JSON.parse(readFileSync(statistics, 'utf8')).hours[0].answers,
    }
  }

  it.each([
    ['npm start', ['npm', 'start']],
    ['an older Node', ['sh', '-c', 'exec "$NODE" "$OLDER" src/newsstand.cjs']],
  ])('to %s ends the server, which keeps its statistics', async (_, command) => {
    const { child, url, answers } = await start(command)
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect(answers()).toEqual({ 200: 1 })
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  })

  it('that the terminal was closed ends it in good order', async () => {
    const terminal = ['script', '--quiet', '--command', '"$NODE" src/newsstand.cjs', '/dev/null']
    const { child, url, isOver, answers } = await start(terminal)
    child.kill('SIGKILL')
    await until(isOver, 'the statistics')
    expect(answers()).toEqual({ 200: 1 })
    await until(
      () =>
        fetch(`${url}/healthz`).then(
          () => false,
          () => true,
        ),
      'the end',
    )
  })

  it('that it is to stop ends it in good order also while it is loading', async () => {
    const hook = `
      import { registerHooks } from 'node:module'
      registerHooks({
        load(url, context, next) {
          if (url.endsWith('/assemble.ts')) process.kill(process.pid, 'SIGTERM')
          return next(url, context)
        },
      })`
    const folder = temporaryFolder({ 'hook.mjs': hook, 'articles/a.txt': page() })
    const env = { ARTICLES_DIR: 'articles', ADMIN_PORT: '0', PORT: String(await freePort()) }
    const flags = ['--import', join(folder, 'hook.mjs')]
    const [code, signal] = await once(spawnNewsstand({ env, cwd: folder, flags }), 'exit')
    expect([code, signal]).toEqual([0, null])
  })

  it('that a terminal was closed is none of its business where it has none', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    process.kill(newsstand.pid(), 'SIGHUP')
    newsstand.write('b.txt', page({ title: 'Another' }))
    await until(async () => (await newsstand.text('/feed.json')).includes('Another'))
    expect(await newsstand.stop('SIGTERM')).toBe(0)
  })
})

describe('a file of ours that is missing where another thread loads it', () => {
  const hook = `
    import { registerHooks } from 'node:module'
    registerHooks({
      load(url, context, next) {
        if (url.endsWith('/intake-worker.ts')) throw new Error('Cannot find module')
        return next(url, context)
      },
    })`
  const told =
    "files of Newsstand's own cannot be loaded: Cannot find module. " +
    'Install it again, and where a bundler packs your program, have it leave newsstand out (as "external").\n'
  const run = (folder: string, ...args: string[]) =>
    spawnSync(process.execPath, ['--import', './hook.mjs', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ADMIN_PORT: '0', LOG_LEVEL: 'silent' },
      timeout: 30_000,
    })

  it('ends the program, which says so', () => {
    const folder = temporaryFolder({ 'hook.mjs': hook, 'posts/a.txt': page() })
    const { status, stderr } = run(folder, join(home, 'src/start.js'), './posts')
    expect([status, stderr]).toEqual([1, `newsstand: ${told}`])
  })

  it('is told to a program that embeds it, which then ends by itself', () => {
    const app = `
      import { createNewsstand } from ${JSON.stringify(join(home, 'src/index.ts'))}
      const options = { articlesDir: 'posts', dataDir: 'data', baseUrl: 'https://news.example' }
      await createNewsstand(options).catch(({ message }) => console.log(message))`
    const folder = temporaryFolder({ 'hook.mjs': hook, 'app.mjs': app, 'posts/a.txt': page() })
    const { status, stdout } = run(folder, 'app.mjs')
    expect([status, stdout]).toEqual([0, told])
  })
})
