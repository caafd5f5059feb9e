/** examples/two-replicas, as its README says, though not in containers. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { settingList } from '../src/settings.ts'
import { temporaryFolder } from './support/folder.ts'
import { ask } from './support/http.ts'
import { findingMs, findNginx } from './support/nginx.ts'
import { serveByNginx } from './support/nginx-site.ts'
import { startPostgres } from './support/postgres.ts'
import { end, freePort, spawnNewsstand } from './support/program.ts'
import { until } from './support/until.ts'

const folder = join(import.meta.dirname, '../examples/two-replicas')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const { services, networks, volumes } = parse(read('compose.yaml'), { merge: true })
const names = ['newsstand-1', 'newsstand-2'] as const
const addressOf = (name: string) => services[name].networks.site.ipv4_address

let nginx: Promise<string>
// Without it the test that needs it fails with a sentence that says what to do.
beforeAll(async () => {
  nginx = findNginx()
  await nginx.catch(() => {})
}, findingMs)

describe('compose.yaml', () => {
  it('names files, services and networks that are there, and settings that there are', () => {
    const known = settingList.map(({ name }) => name)
    for (const service of Object.values<Record<string, never>>(services)) {
      const { depends_on = {}, volumes: mounts = [], networks: own = [], build } = service
      for (const name of Object.keys(depends_on)) expect(services).toHaveProperty([name])
      for (const name of Array.isArray(own) ? own : Object.keys(own)) {
        expect(networks).toHaveProperty([name])
      }
      for (const mount of mounts as string[]) {
        const [source = ''] = mount.split(':')
        const isThere = source.startsWith('.')
          ? existsSync(join(folder, source))
          : Object.hasOwn(volumes, source)
        expect(isThere, mount).toBe(true)
      }
      if (build) expect(existsSync(join(folder, build, 'Dockerfile'))).toBe(true)
    }
    for (const name of names) {
      for (const setting of Object.keys(services[name].environment)) {
        expect(known).toContain(setting)
      }
    }
    for (const { condition } of Object.values<{ condition: string }>(services.nginx.depends_on)) {
      expect(condition).toBe('service_healthy')
    }
  })

  it('gives both the same settings, and each a place and name of its own', () => {
    const [one, other] = names.map((name) => services[name])
    expect({ ...other.environment, ADMIN_HOST: one.hostname }).toEqual(one.environment)
    for (const name of names) {
      const { hostname, environment } = services[name]
      expect([hostname, environment.ADMIN_HOST]).toEqual([name, name])
      expect(read('prometheus.yml')).toContain(`"${name}:3001"`)
      expect(read('nginx.conf')).toContain(`server ${addressOf(name)}:3000 `)
    }
    expect(one.volumes[1]).not.toBe(other.volumes[1])
    const { POSTGRES_USER: user, POSTGRES_PASSWORD: password } = services.postgres.environment
    const database = services.postgres.environment.POSTGRES_DB
    expect(one.environment.DATABASE_URL).toBe(`postgres://${user}:${password}@postgres/${database}`)
  })
})

const hasPrometheus = spawnSync('promtool', ['--version']).status === 0

it.skipIf(!hasPrometheus)('Prometheus understands its files, where there is one', () => {
  const { status, stdout } = spawnSync('promtool', ['check', 'config', 'prometheus.yml'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(status, stdout).toBe(0)
  expect(stdout).toContain('3 rules found')
})

/** Not what Newsstand says is asked for at each, but what readers get. */
it('readers notice nothing of a replica that starts, is killed or stands still', async () => {
  const postgres = await startPostgres()
  onTestFinished(() => postgres[Symbol.asyncDispose]())
  const database = await postgres.newDatabase()
  const ports = new Map<string, number>()
  for (const name of names) ports.set(name, await freePort())
  const port = await freePort()
  const front = `http://127.0.0.1:${port}`
  const places = new Map(names.map((name) => [name, temporaryFolder()]))

  const start = async (name: (typeof names)[number]) => {
    const env = {
      ...services[name].environment,
      ...{ DATABASE_URL: database, PORT: String(ports.get(name)), ADMIN_PORT: '0' },
      ...{ ADMIN_HOST: '127.0.0.1', ARTICLES_DIR: join(folder, '../plain/articles') },
      DATA_DIR: places.get(name),
    }
    const child = spawnNewsstand({ env, cwd: folder, script: 'newsstand.cjs' })
    onTestFinished(async () => void (await end(child, 'SIGKILL')))
    return child
  }
  const isReady = (name: string) => async () => {
    const asked = ask(`http://127.0.0.1:${ports.get(name)}/readyz`)
    return (await asked.catch(() => undefined))?.status === 200
  }
  const site = names.reduce(
    (text, name) => text.replaceAll(`${addressOf(name)}:3000`, `127.0.0.1:${ports.get(name)}`),
    read('nginx.conf').replace('listen 80;', `listen 127.0.0.1:${port};`),
  )
  /** As many that come to each in turn. */
  const readAll = async () => {
    for (let n = 0; n < 8; n += 1) {
      const { status, body } = await ask(`${front}/feed.json`)
      expect(status).toBe(200)
      expect(JSON.parse(body.toString()).items).toHaveLength(2)
    }
  }

  const one = await start('newsstand-1')
  await until(isReady('newsstand-1'), 'the first')
  await serveByNginx(await nginx, site, front)
  await readAll()
  const other = await start('newsstand-2')
  while (!(await isReady('newsstand-2')())) await readAll()
  await readAll()
  await end(one, 'SIGKILL')
  await readAll()
  const again = await start('newsstand-1')
  await until(isReady('newsstand-1'), 'the first again')
  other.kill('SIGSTOP')
  await readAll()
  await end(again, 'SIGTERM')
  other.kill('SIGCONT')
  await readAll()
}, 120_000)
