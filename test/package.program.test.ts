/** The package as npm users get it: packed, installed into an empty folder, and run there. */
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, parse } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder, writeInto } from './support/folder.ts'
import { photograph } from './support/photograph.ts'
import { asOlderNode, end, freePort, unprivileged } from './support/program.ts'
import { until } from './support/until.ts'
import { parseStrictly } from './support/xml.ts'

const root = join(import.meta.dirname, '..')
const readText = (path: string) => readFileSync(join(root, path), 'utf8')
const ours = JSON.parse(readText('package.json'))
/** In bytes, of the files of all packages but for what is optional: sharp, with its library. */
const mostInstalled = 40_000_000

let folder: string
/** What the packed package holds. */
let packed: string[]
const program = () => join(folder, 'node_modules/.bin/newsstand')
/** The running Node comes first, as whoever starts the program there has it; what users keep goes with the test. */
const env = () => ({
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  HOME: join(folder, 'home'),
})

function npm(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}

/** Packs a copy, so that nothing is written where other tests look. @returns the file's name */
function pack(): string {
  const copy = join(folder, 'copy')
  mkdirSync(copy)
  const folders = ['src', 'public', 'test', 'docs', 'deploy', 'examples']
  const files = globSync(['*.md', '*.json', 'LICENSE', 'bench/**/README.md'], { cwd: root })
  for (const name of [...folders, ...files])
    cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  npm(copy, 'pack', '--pack-destination', folder)
  return `newsstand-${ours.version}.tgz`
}

/** With the versions that are tested here: `npm ci` has left these in its cache. */
function install(file: string): void {
  const { '': top, ...others } = JSON.parse(readText('package-lock.json')).packages
  const run = Object.entries<{ dev?: boolean }>(others).filter(([, { dev }]) => !dev)
  const { express } = ours.dependencies
  const manifest = { dependencies: { express, newsstand: `file:${file}` } }
  const { version, dependencies, optionalDependencies, bin } = top
  const packages = {
    '': manifest,
    'node_modules/newsstand': {
      ...{ version, resolved: `file:${file}`, dependencies, optionalDependencies, bin },
    },
    ...Object.fromEntries(run),
  }
  writeInto(folder, 'package.json', JSON.stringify(manifest))
  writeInto(folder, 'package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }))
  npm(folder, 'ci', '--prefer-offline', '--no-audit', '--no-fund')
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'newsstand-package-'))
  const file = pack()
  const list = spawnSync('tar', ['-tzf', file], { cwd: folder, encoding: 'utf8' }).stdout
  packed = list.trim().split('\n')
  install(file)
}, 300_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000)

/** Starts it as people do, on a free port. @returns once it serves */
const serve = (cwd: string, ...args: string[]) => start(program(), args, cwd)

async function start(command: string, args: readonly string[], cwd: string, more = {}) {
  const port = String(await freePort())
  const settings = { PORT: port, ADMIN_PORT: '0', ...more }
  const child = spawn(command, args, { cwd, env: { ...env(), ...settings } })
  onTestFinished(async () => {
    await end(child, 'SIGKILL')
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += chunk
    })
  }
  await until(() => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${printed}`)
    return printed.includes('Newsstand serves')
  }, 'the start')
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  return { child, get, output: () => printed }
}

const posts = {
  'posts/ferry.md':
    '---\ntitle: The ferry runs again\ndate: 2026-04-13\n---\nIt is back on the lake.\n',
  'posts/bad.md': '---\ntitle: The ferry\ndate: tomorrow\n---\nNobody knows.\n',
}

/** The program in README.md that embeds it. */
const shownInReadme = /^```js\n(import express .+?)^```$/ms.exec(readText('README.md'))?.[1] ?? ''

/** Ways to find packages, as projects have them. */
const resolutions = [
  { module: 'nodenext' },
  { module: 'node16' },
  { module: 'esnext', moduleResolution: 'bundler' },
]

/**
 * Has TypeScript look at a file in a folder, and at all types that come with packages.
 * @returns its exit code, and what it prints
 */
function typesOf(cwd: string, file: string, resolution = {}): [number | null, string] {
  const compilerOptions = {
    ...{
      module: 'nodenext',
      skipLibCheck: false,
      ...resolution,
      target: 'esnext',
      strict: true,
      noEmit: true,
      types: ['node'],
    },
    typeRoots: [join(root, 'node_modules/@types')],
  }
  writeInto(cwd, 'tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }))
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), {
    cwd,
    encoding: 'utf8',
  })
  return [status, stdout]
}

describe('the package', () => {
  it('holds compiled code with types, what it serves, its docs, and nothing else', () => {
    const kinds =
      /^package\/(compiled\/.+\.(c?js|d\.c?ts)|(public|deploy|examples)\/.+|docs\/.+\.(md|png|svg)|src\/.+\.eta|package\.json|(bench\/(.+\/)?)?[A-Z]+\.md|LICENSE)$/
    expect(packed.filter((path) => !kinds.test(path))).toEqual([])
    const written = globSync('src/**/*.{ts,js,cjs,eta}', { cwd: root, exclude: ['**/*.d.ts'] })
    const inPackage = written.flatMap((path) => {
      const { dir, name, ext } = parse(path)
      if (ext === '.eta') return [path]
      const endings = ext === '.cjs' ? ['.cjs', '.d.cts'] : ['.js', '.d.ts']
      return endings.map((ending) => join(dir.replace(/^src/, 'compiled'), name + ending))
    })
    expect(inPackage.length).toBeGreaterThan(400)
    expect(inPackage.filter((path) => !packed.includes(`package/${path}`))).toEqual([])
  })

  it('names no file that is not in it', () => {
    const named = JSON.stringify([ours.bin, ours.exports, ours.types])
    for (const [, path] of named.matchAll(/"(?:\.\/)?([\w-][^"]*\/[^"]+)"/g)) {
      expect(packed).toContain(`package/${path}`)
    }
  })

  it('holds what its docs lead to', () => {
    for (const path of globSync(['README.md', 'CHANGELOG.md', 'docs/**/*.md'], { cwd: root })) {
      // Links in an example are those of its article.
      const text = readText(path).replace(/^ *```.*?^ *```$|`[^`\n]+`(?!\])/gms, '')
      for (const [, link = ''] of text.matchAll(/\]\((?!\w+:)([^)#\s]+)/g)) {
        const target = join('package', dirname(path), link).replace(/\/$/, '')
        const isPacked = packed.some((one) => one === target || one.startsWith(`${target}/`))
        expect([path, link, isPacked]).toEqual([path, link, true])
      }
    }
  })

  it('brings no Node along, and is of a size', () => {
    const modules = join(folder, 'node_modules')
    expect(existsSync(join(modules, 'node'))).toBe(false)
    const paths = globSync('**/*', { cwd: modules }).filter(
      (path) => !/^(?:sharp|@img)\b/.test(path),
    )
    const files = paths.map((path) => statSync(join(modules, path)))
    const size = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)
    console.info(`installed: ${(size / 1e6).toFixed(1)} MB in ${files.length} files`)
    expect(size).toBeLessThan(mostInstalled)
  })

  it('says in one sentence that a Node is too old', () => {
    const older = join(temporaryFolder({ 'older.cjs': asOlderNode }), 'older.cjs')
    const args = ['--require', older, program(), './posts']
    const options = { encoding: 'utf8', env: env() } as const
    const { status, stderr } = spawnSync(process.execPath, args, options)
    expect(status).toBe(1)
    expect(stderr).toBe(
      'newsstand: this is Node.js 20.1.0, and Newsstand needs 24 or newer: install one from https://nodejs.org.\n',
    )
  })

  it('says so to a program that embeds it, in CommonJS as well', () => {
    const call = (name: string) => `.${name}({}).catch(({ message }) => console.log(message))`
    const run = (...args: string[]) =>
      spawnSync('node', args, { cwd: folder, encoding: 'utf8', env: env() }).stdout
    const older = join(temporaryFolder({ 'older.cjs': asOlderNode }), 'older.cjs')
    const required = `require('newsstand')${call('createNewsstand')}`
    expect(run('--require', older, '--eval', required)).toBe(
      'this is Node.js 20.1.0, and Newsstand needs 24 or newer.\n',
    )
    expect(run('--eval', required)).toMatch(/^baseUrl is not set; /)
    const imported = `import * as all from 'newsstand'; all${call('createNewsstand')}`
    expect(run('--input-type=module', '--eval', imported)).toMatch(/^baseUrl is not set; /)
  })

  it('explains itself by the names that its commands have', () => {
    const run = (more = {}, ...args: string[]) =>
      spawnSync(program(), args, { encoding: 'utf8', env: { ...env(), ...more } })
    const { status, stdout } = run({}, '--help')
    expect(status).toBe(0)
    for (const line of ['newsstand [folder] ', 'newsstand check [path…] ', 'newsstand --help ']) {
      expect(stdout).toContain(`\n  ${line}`)
    }
    expect(run({}, '--version').stdout).toBe(`${ours.version}\n`)
    expect(run({}, 'publish').stderr).toBe(
      'newsstand: there is neither a command nor a folder "publish". See newsstand --help.\n',
    )
    const inProject = { npm_command: 'exec' }
    expect(run(inProject, '--help').stdout).toContain('\n  npx newsstand [folder] ')
  })

  it('serves the folder that is named, and keeps what it knows where it was started', async () => {
    const home = temporaryFolder(posts)
    const { child, get, output } = await serve(home, './posts')
    const feed = await get('/rss.xml')
    expect(feed.status).toBe(200)
    const text = await feed.text()
    expect(parseStrictly(text).name).toBe('rss')
    expect(text).toContain('The ferry runs again')
    // Templates, the thread of the search, and files of public/.
    for (const path of ['/', '/search/rss.xml?q=ferry', '/style.css', '/favicon.ico']) {
      expect((await get(path)).status, path).toBe(200)
    }
    expect(await (await get('/search/rss.xml?q=ferry')).text()).toContain('The ferry runs again')
    // The process that makes pictures, with the package that npm installs where it can.
    writeInto(home, 'posts/pier.png', await photograph(700, 500).png().toBuffer())
    const { headers } = await get('/media/pier.png?width=320&as=avif')
    expect(headers.get('content-type')).toBe('image/avif')
    expect(output()).toContain('"newsstand check ./posts\\" says more')
    expect(await end(child, 'SIGTERM')).toBe(0)
    expect(globSync('.newsstand/*/catalogue.sqlite', { cwd: home })).toHaveLength(1)
    expect(globSync('**/*', { cwd: join(home, 'posts') })).toHaveLength(3)
  })

  it('is mounted by the lines that README shows', async () => {
    const port = await freePort()
    writeInto(folder, 'app.mjs', shownInReadme.replace('8080', String(port)))
    for (const [path, text] of Object.entries(posts)) writeInto(folder, path, text)
    const child = spawn('node', ['app.mjs'], { cwd: folder, env: env() })
    onTestFinished(async () => {
      await end(child, 'SIGKILL')
    })
    let printed = ''
    child.stderr.on('data', (chunk) => {
      printed += chunk
    })
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
    const isThere = (path: string) =>
      get(path).then(
        () => true,
        () => false,
      )
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${printed}`)
      return await isThere('/news/rss.xml')
    }, 'the start')
    const feed = await (await get('/news/rss.xml')).text()
    expect(parseStrictly(feed).name).toBe('rss')
    expect(feed).toContain('The ferry runs again')
    expect(feed).toContain('https://example.org/news/articles/')
    for (const path of ['/', '/search/rss.xml?q=ferry', '/style.css']) {
      expect((await get(`/news${path}`)).status, path).toBe(200)
    }
    expect((await get('/news/nothing')).status).toBe(404)
    expect(existsSync(join(folder, 'data/catalogue.sqlite'))).toBe(true)
    expect(printed).toBe('')
  })

  it('has types that those lines keep to', () => {
    const own = join(folder, 'typed')
    writeInto(own, 'app.mts', shownInReadme)
    mkdirSync(join(own, 'node_modules'))
    symlinkSync(join(root, 'node_modules/@types'), join(own, 'node_modules/@types'))
    expect(typesOf(own, 'app.mts')).toEqual([0, ''])
    expect(shownInReadme.trim().split('\n').length).toBeLessThanOrEqual(10)
  })

  it('has types that TypeScript finds where there are none of Express', () => {
    const program = `
      import { createNewsstand, type NewsstandOptions } from 'newsstand'
      const options: NewsstandOptions = {
        articlesDir: './posts',
        baseUrl: 'https://news.example',
      }
      const news = await createNewsstand(options)
      news.on('article', ({ title }) => title.toUpperCase())
      // @ts-expect-error: no event has this name
      news.on('nonsense', () => {})
      const refreshed = await news.refresh()
      // @ts-expect-error: had the types not been found, this would be no error
      refreshed.nothingOfThisName
      // @ts-expect-error
      options.feedItems = 'twenty'
      export {}`
    writeInto(folder, 'app.mts', program)
    for (const resolution of resolutions) {
      expect(typesOf(folder, 'app.mts', resolution), JSON.stringify(resolution)).toEqual([0, ''])
    }
  })

  it('keeps compiled code with its user, and goes without where that cannot be', () => {
    const run = (HOME: string) => {
      const [command = '', ...args] = [...unprivileged, program(), '--version']
      return spawnSync(command, args, { encoding: 'utf8', env: { ...env(), HOME } })
    }
    const mine = temporaryFolder()
    const closed = temporaryFolder()
    chmodSync(closed, 0o555)
    for (const home of [mine, closed, '/dev/null']) {
      const { status, stdout, stderr } = run(home)
      expect([status, stdout, stderr], home).toEqual([0, `${ours.version}\n`, ''])
    }
    expect(globSync('.cache/newsstand/*/*', { cwd: mine })).not.toEqual([])
    expect(globSync('**/.cache', { cwd: join(folder, 'node_modules/newsstand') })).toEqual([])
  })

  it('runs from its sources as well, as the container has it, with the packages of this', async () => {
    const image = join(folder, 'image')
    for (const [, name = ''] of readText('.dockerignore').matchAll(/^!(.+)$/gm)) {
      cpSync(join(root, name), join(image, name), { recursive: true })
    }
    symlinkSync(join(folder, 'node_modules'), join(image, 'node_modules'))
    const [command = '', ...args] = JSON.parse(
      /^CMD (.+)$/m.exec(readText('Dockerfile'))?.[1] ?? '',
    )
    const settings = {
      ARTICLES_DIR: join(temporaryFolder(posts), 'posts'),
      DATA_DIR: temporaryFolder(),
    }
    const { get } = await start(command, args, image, settings)
    for (const path of ['/rss.xml', '/', '/search/rss.xml?q=ferry', '/style.css']) {
      expect((await get(path)).status, path).toBe(200)
    }
  })

  it('checks a folder', () => {
    const cwd = temporaryFolder(posts)
    const args = ['check', './posts']
    const { status, stdout } = spawnSync(program(), args, { cwd, encoding: 'utf8', env: env() })
    expect(status).toBe(1)
    expect(stdout).toContain('2 files: 1 article, 1 rejected.')
  })
})
