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
    expect(one.volumes[0]).toBe(other.volumes[0])
    expect(one.volumes[1]).not.toBe(other.volumes[1])
    const { POSTGRES_USER: user, POSTGRES_PASSWORD: password } = services.postgres.environment
    const database = services.postgres.environment.POSTGRES_DB
    expect(one.environment.DATABASE_URL).toBe(`postgres://${user}:${password}@postgres/${database}`)
  })
})

it('shows status pages and Prometheus to its own machine alone', () => {
  const published = (name: string): string[] => services[name].ports ?? []
  const [front, ...others] = Object.keys(services)
    .sort((name) => (name === 'nginx' ? -1 : 1))
    .flatMap(published)
  expect(front).toBe('8080:80')
  expect(others).toHaveLength(3)
  for (const port of others) expect(port).toMatch(/^127\.0\.0\.1:/)
  for (const name of names) {
    const [port = ''] = published(name)
    expect(port).toMatch(/:3001$/)
    expect(read('README.md')).toContain(`<http://localhost:${port.split(':')[1]}/>`)
  }
})

const hasPrometheus = spawnSync('promtool', ['--version']).status === 0

it.skipIf(!hasPrometheus)('Prometheus understands its files, where there is one', () => {
  const { status, stdout } = spawnSync('promtool', ['check', 'config', 'prometheus.yml'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(status, stdout).toBe(0)
  expect(stdout).toContain('5 rules found')
})

/** @param refreshes of each replica, at each minute */
const alertsOf = (refreshes: readonly string[], alerts: readonly string[]) =>
  JSON.stringify({
    rule_files: ['alerts.yml'],
    tests: [
      {
        interval: '1m',
        input_series: refreshes.map((values, n) => ({
          series: `newsstand_refreshes_here{job="newsstand",instance="${n}"}`,
          values,
        })),
        alert_rule_test: ['NobodyRefreshes', 'TwoRefresh'].map((alertname) => ({
          ...{ eval_time: '3m', alertname },
          exp_alerts: alerts.includes(alertname) ? [{ exp_labels: { job: 'newsstand' } }] : [],
        })),
      },
    ],
  })

it.skipIf(!hasPrometheus).each([
  ['one refreshes', ['1 1 1 1', '0 0 0 0'], []],
  ['another goes on', ['1 1 0 0', '0 1 1 1'], []],
  ['nobody refreshes', ['1 0 0 0', '0 0 0 0'], ['NobodyRefreshes']],
  ['two refresh', ['1 1 1 1', '0 1 1 1'], ['TwoRefresh']],
] as const)('Prometheus alerts where they should: %s', (_, refreshes, alerts) => {
  // Summaries are not what is tried here.
  const rules = parse(read('alerts.yml'))
  for (const { rules: all } of rules.groups) for (const rule of all) delete rule.annotations
  const cwd = temporaryFolder({
    'alerts.yml': JSON.stringify(rules),
    'test.yml': alertsOf(refreshes, alerts),
  })
  const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', 'test.yml'], {
    ...{ cwd, encoding: 'utf8' },
  })
  expect(status, `${stdout}${stderr}`).toBe(0)
})

/** Not what Newsstand says is asked for at each, but what readers get. */
it('readers notice nothing of a replica that starts, is killed, stands still or differs', async () => {
  const postgres = await startPostgres()
  onTestFinished(() => postgres[Symbol.asyncDispose]())
  const database = await postgres.newDatabase()
  const ports = new Map<string, number>()
  for (const name of names) ports.set(name, await freePort())
  const port = await freePort()
  const front = `http://127.0.0.1:${port}`
  const places = new Map(names.map((name) => [name, temporaryFolder()]))

  const start = async (name: (typeof names)[number], more = {}) => {
    const env = {
      ...services[name].environment,
      ...{ DATABASE_URL: database, PORT: String(ports.get(name)), ADMIN_PORT: '0' },
      ...{ ADMIN_HOST: '127.0.0.1', ARTICLES_DIR: join(folder, '../plain/articles') },
      DATA_DIR: places.get(name),
      ...more,
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
  const different = await start('newsstand-2', { FEED_ITEMS: '1' })
  const refuses = async () => {
    const asked = ask(`http://127.0.0.1:${ports.get('newsstand-2')}/feed.json`)
    const answer = await asked.catch(() => undefined)
    return answer?.status === 503 && answer.body.toString().includes('FEED_ITEMS')
  }
  await until(refuses, 'one with other settings')
  // As long as it was away nginx has not asked it, and does not for five seconds more.
  const asksAgain = Date.now() + 6000
  while (Date.now() < asksAgain) await readAll()
  await end(different, 'SIGTERM')
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
