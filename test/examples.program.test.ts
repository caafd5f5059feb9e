/** Each folder of examples/, run as its README says, as far as this machine has what it needs. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { settingList } from '../src/settings.ts'
import { compileInto } from './support/compiled.ts'
import { temporaryFolder, writeInto } from './support/folder.ts'
import { ask } from './support/http.ts'
import { runNewsstand } from './support/newsstand.ts'
import { findingMs, findNginx } from './support/nginx.ts'
import { end, freePort, spawnNewsstand } from './support/program.ts'
import { until } from './support/until.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const examples = join(root, 'examples')
const read = (path: string) => readFileSync(join(examples, path), 'utf8')
const known = [...settingList.map(({ name }) => name), 'NODE_ENV', 'NODE_COMPILE_CACHE']

/** All of them, since one may name the articles of another. @returns the folder of one */
function copyOf(name: string): string {
  const copy = temporaryFolder()
  cpSync(examples, copy, { recursive: true })
  return join(copy, name)
}

/** Waits until it has printed what tells that it serves. */
async function started(child: ChildProcess, sign: string): Promise<void> {
  onTestFinished(async () => {
    await end(child, 'SIGKILL')
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += chunk
    })
  }
  await until(() => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${printed}`)
    return printed.includes(sign)
  }, 'the start')
}

/** Serves as a folder's settings say, but for ports. */
async function serve(cwd: string, more: Readonly<Record<string, string>> = {}) {
  const port = await freePort()
  const env = { PORT: String(port), ADMIN_PORT: String(await freePort()), ...more }
  const child = spawnNewsstand({ cwd, env, script: 'newsstand.cjs' })
  await started(child, 'Newsstand serves')
  return { child, env, port, url: `http://127.0.0.1:${port}` }
}

const feedAt = async (url: string, headers = {}) =>
  JSON.parse((await ask(`${url}/feed.json`, headers)).body.toString())

let nginx: Promise<string>
// Without it the tests that need it fail with a sentence that says what to do.
beforeAll(async () => {
  nginx = findNginx()
  await nginx.catch(() => {})
}, findingMs)

/** A site's configuration as nginx reads it, on a free port. @returns its address */
async function startNginx(site: string): Promise<string> {
  const port = await freePort()
  const folder = temporaryFolder()
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ')
  writeInto(
    folder,
    'nginx.conf',
    `${user} daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
http { access_log off; ${paths} ${site.replace('listen 80;', `listen 127.0.0.1:${port};`)} }`,
  )
  const child = spawn(await nginx, ['-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
  onTestFinished(async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill()
    await ended
  })
  const url = `http://127.0.0.1:${port}`
  const isThere = () =>
    ask(url).then(
      () => true,
      () => false,
    )
  await until(isThere, 'nginx')
  return url
}

it('there is a test below, or beside, for each folder, and a line in the list of them', () => {
  const folders = readdirSync(examples, { withFileTypes: true }).filter((one) => one.isDirectory())
  const tested = ['behind-nginx', 'docker-compose', 'mounted-in-express', 'plain']
  expect(folders.map(({ name }) => name)).toEqual([...tested, 'two-replicas', 'two-sites-systemd'])
  for (const { name } of folders) expect(read('README.md')).toContain(`[${name}](${name}/)`)
})

describe('plain', () => {
  it('serves its articles, which are all well', async () => {
    const cwd = copyOf('plain')
    const { url } = await serve(cwd)
    const feed = await feedAt(url)
    expect(feed.title).toBe('Harbour News')
    expect(feed.items.map(({ title }: { title: string }) => title)).toEqual([
      'A new lamp for the lighthouse',
      'The ferry runs again',
    ])
    expect(existsSync(join(cwd, 'data/catalogue.sqlite'))).toBe(true)
    const { code, out } = await runNewsstand(['check'], {}, cwd)
    expect([code, out]).toEqual([0, expect.stringContaining('All is well: 2 articles.')])
  })
})

describe('mounted in Express', () => {
  it('serves feeds and pages below its path, and ends when it is told to', async () => {
    const cwd = copyOf('mounted-in-express')
    const modules = join(cwd, 'node_modules')
    mkdirSync(join(modules, 'newsstand'), { recursive: true })
    compileInto(join(modules, 'newsstand'))
    symlinkSync(join(root, 'node_modules/express'), join(modules, 'express'))
    const port = await freePort()
    const env = { PATH: process.env.PATH, PORT: String(port) }
    const child = spawn(process.execPath, ['app.js'], { cwd, env })
    const url = `http://localhost:${port}`
    await started(child, url)
    const feed = await feedAt(`${url}/news`)
    expect(feed.home_page_url).toBe(`${url}/news/`)
    expect(feed.items).toHaveLength(1)
    expect((await ask(`${url}/news/`)).body.toString()).toContain('The ferry runs again')
    expect((await ask(url)).body.toString()).toContain('href="/news/"')
    expect(await end(child, 'SIGTERM')).toBe(0)
  })

  it('names the versions of packages that it is tried with', () => {
    const { dependencies } = JSON.parse(read('mounted-in-express/package.json'))
    const ours = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(dependencies.express).toBe(ours.dependencies.express)
    expect(dependencies.newsstand).toBe(`^${ours.version}`)
  })
})

describe('behind nginx', () => {
  it('is reached through it, and the doctor finds nothing wrong', async () => {
    const cwd = copyOf('behind-nginx')
    const port = await freePort()
    const site = read('behind-nginx/nginx.conf').replace('127.0.0.1:3000', `127.0.0.1:${port}`)
    const front = await startNginx(site)
    const settings = { PORT: String(port), ADMIN_PORT: '0', BASE_URL: front }
    const examined = async () => {
      const { code, out } = await runNewsstand(['doctor'], settings, cwd)
      expect(code, out).toBe(0)
      return out.replace(/\s+/g, ' ')
    }
    const before = await examined()
    expect(before).toContain(`right Address ${front} leads here.`)
    expect(before).toContain('right Proxy It tells who asks')
    await serve(cwd, settings)
    const { items } = await feedAt(front, { Host: 'news.example' })
    expect(items).toHaveLength(2)
    expect(items[0].url).toMatch(new RegExp(`^${front}/articles/`))
    expect(await examined()).toContain('right Polling')
  })
})

describe('with Docker, behind nginx', () => {
  const { services, volumes } = parse(read('docker-compose/compose.yaml'))

  it('names files that are there, and settings that there are', () => {
    const { newsstand, nginx: front } = services
    const folder = join(examples, 'docker-compose')
    expect(existsSync(join(folder, newsstand.build, 'Dockerfile'))).toBe(true)
    for (const name of Object.keys(newsstand.environment)) expect(known).toContain(name)
    for (const mount of [...newsstand.volumes, ...front.volumes] as string[]) {
      const [source = ''] = mount.split(':')
      const isThere = source.startsWith('.')
        ? existsSync(join(folder, source))
        : Object.hasOwn(volumes, source)
      expect(isThere, mount).toBe(true)
    }
    // The container's own health check is waited for.
    const dockerfile = readFileSync(join(folder, newsstand.build, 'Dockerfile'), 'utf8')
    expect(front.depends_on.newsstand.condition).toBe('service_healthy')
    expect(dockerfile).toMatch(/^HEALTHCHECK /m)
    const [published = ''] = front.ports
    expect(newsstand.environment.BASE_URL).toBe(`http://localhost:${published.split(':')[0]}`)
  })

  it('works with those settings and that nginx, though not in containers', async () => {
    const cwd = copyOf('docker-compose')
    const { environment } = services.newsstand
    const { port } = await serve(cwd, {
      ...environment,
      ...{ HOST: '0.0.0.0', ARTICLES_DIR: '../plain/articles', DATA_DIR: 'data' },
    })
    const site = read('docker-compose/nginx.conf').replace('newsstand:3000', `127.0.0.1:${port}`)
    const front = await startNginx(site)
    const feed = await feedAt(front)
    expect(feed.feed_url).toBe('http://localhost:8080/feed.json')
    expect(feed.items).toHaveLength(2)
  })

  const has = (...args: string[]) => spawnSync('docker', args).status === 0
  const hasDocker = has('compose', 'version') && has('info')

  it.skipIf(!hasDocker)(
    'is started by Docker, where there is one',
    async () => {
      const cwd = join(examples, 'docker-compose')
      const compose = (...args: string[]) =>
        spawnSync('docker', ['compose', ...args], { cwd, encoding: 'utf8', timeout: 300_000 })
      onTestFinished(() => void compose('down', '--volumes'))
      const { status, stderr } = compose('up', '--build', '--detach', '--wait')
      expect(status, stderr).toBe(0)
      expect((await feedAt('http://localhost:8080')).items).toHaveLength(2)
    },
    400_000,
  )
})

describe('two sites with systemd', () => {
  const unit = read('two-sites-systemd/newsstand@.service')
  const sites = ['harbour', 'mountain']
  const settingsOf = (site: string) =>
    Object.fromEntries(
      read(`two-sites-systemd/${site}.env`)
        .split('\n')
        .filter((line) => /^[A-Z]/.test(line))
        .map((line) => {
          const [name = '', value = ''] = line.split(/=(.*)/s)
          return [name, value.replace(/^"(.*)"$/, '$1')]
        }),
    )

  it('are instances of the unit that is shipped, but for what is each its own', () => {
    const shipped = readFileSync(join(root, 'deploy/newsstand.service'), 'utf8')
    const ofSites = (text: string) =>
      text
        .split('\n')
        .filter((line) => !/^#|^Description=|^Environment(?:File)?=[A-Z/]/.test(line))
        .map((line) => line.replace('-%i', ''))
    expect(ofSites(unit)).toEqual(ofSites(shipped))
    for (const [, folder] of unit.matchAll(/^(?:State|Cache)Directory=(.*)$/gm)) {
      expect(folder).toBe('newsstand-%i')
    }
  })

  it('have settings that there are, each ports and an id of its own', () => {
    const all = sites.map(settingsOf)
    for (const settings of all) {
      for (const name of Object.keys(settings)) expect(known).toContain(name)
    }
    const own = all.flatMap(({ PORT, ADMIN_PORT, SITE_ID, BASE_URL, ARTICLES_DIR }) => [
      ...[PORT, ADMIN_PORT, SITE_ID, BASE_URL, ARTICLES_DIR],
    ])
    expect(new Set(own).size).toBe(own.length)
  })

  it('run side by side, and give no article the same id', async () => {
    const ids = await Promise.all(
      sites.map(async (site) => {
        const cwd = copyOf('two-sites-systemd')
        const { PORT: _, ADMIN_PORT: __, ...settings } = settingsOf(site)
        const folders = { ARTICLES_DIR: '../plain/articles', DATA_DIR: 'data' }
        const { url } = await serve(cwd, { ...settings, ...folders })
        const feed = await feedAt(url)
        expect(feed.feed_url).toBe(`https://${site}.example/feed.json`)
        return feed.items.map(({ id }: { id: string }) => id)
      }),
    )
    expect(new Set(ids.flat()).size).toBe(4)
  })

  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

  it.skipIf(!hasSystemd)('are units that systemd understands, where there is one', () => {
    const folder = temporaryFolder({
      'newsstand@.service': unit.replaceAll('/opt/newsstand', root.replace(/\/$/, '')),
    })
    const units = sites.map((site) => {
      const path = join(folder, `newsstand@${site}.service`)
      symlinkSync('newsstand@.service', path)
      return path
    })
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, SYSTEMD_UNIT_PATH: `${folder}:` },
    })
    expect(stderr.split('\n').filter((line) => line.includes('newsstand'))).toEqual([])
    expect(status).toBe(0)
  })
})
