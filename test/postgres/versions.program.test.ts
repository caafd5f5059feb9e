/** A newer Newsstand takes the place of an older one, replica by replica. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { startBalancer } from '../support/balancer.ts'
import { temporaryFolder } from '../support/folder.ts'
import { History } from '../support/history.ts'
import { ask } from '../support/http.ts'
import { startPostgres } from '../support/postgres.ts'
import { end } from '../support/program.ts'
import {
  documents,
  holds,
  leads,
  makeReplicas,
  type Replica,
  read,
} from '../support/site-replica.ts'
import { wrongInAll } from '../support/stock.ts'
import { until } from '../support/until.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

/** The sources with a step of the tables more, which fills a column, and another rendering. */
function newerSources(): string {
  const folder = temporaryFolder()
  cpSync(join(project, 'src'), join(folder, 'src'), { recursive: true })
  for (const name of ['node_modules', 'public', 'package.json', 'articles']) {
    symlinkSync(join(project, name), join(folder, name))
  }
  function change(path: string, from: RegExp, to: string): void {
    const file = join(folder, 'src', path)
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(from)
    writeFileSync(file, text.replace(from, to))
  }
  change(
    'catalogue/migrations.ts',
    /\n\]\n/,
    `\n"ALTER TABLE article ADD COLUMN later TEXT NOT NULL DEFAULT ''; UPDATE article SET later = 'made of ' || slug",\n]\n`,
  )
  change('channels/rendering.ts', /renderingVersion = \d+/, 'renderingVersion = 1000')
  change('channels/base-feed.ts', /generator: 'Newsstand'/, "generator: 'Newsstand of tomorrow'")
  return join(folder, 'src/')
}

/** What of each article no version may change. */
async function itemsOf({ url }: Replica): Promise<Map<string, string>> {
  const items = new Map<string, string>()
  for (let path: string | undefined = '/feed.json'; path; ) {
    const feed = JSON.parse((await ask(url + path)).body.toString())
    for (const item of feed.items) {
      items.set(item.id, `${item.url} ${item.date_published} ${item.date_modified}`)
    }
    path = feed.next_url && new URL(feed.next_url).pathname
  }
  return new Map([...items].sort())
}

it('is not noticed by readers, and no id or date becomes another', async () => {
  const folder = temporaryFolder()
  const articles = join(folder, 'articles')
  mkdirSync(articles)
  const history = new History(articles, 5, { fewest: 30, most: 90 })
  for (let n = 0; n < 60; n += 1) history.actions.add()
  history.settle(0)
  const postgres = await startPostgres()
  onTestFinished(() => postgres[Symbol.asyncDispose]())
  const all = await makeReplicas(3, folder, articles, postgres)
  const balancer = await startBalancer(all.map(({ url }) => url))
  onTestFinished(async () => {
    for (const { child, cable } of all) {
      if (child) await end(child, 'SIGKILL')
      await cable[Symbol.asyncDispose]()
    }
    await balancer[Symbol.asyncDispose]()
  })
  const [first, second, third] = all as [Replica, Replica, Replica]
  for (const one of all) await one.start()
  await until(() => leads(first), 'the first to refresh')
  const settle = () => until(() => holds(all, articles), 'every change everywhere')
  await settle()
  const before = await itemsOf(third)
  const answers = new Map<number, number>()
  const reading = new AbortController()
  const reads = read(balancer.url, answers, reading.signal)
  reads.catch(() => {})

  const newer = newerSources()
  // The one that refreshes is replaced last: it leaves that to the first newer one.
  for (const one of [second, third, first]) {
    await end(one.child, 'SIGTERM')
    await one.start(newer)
    if (one === second) await until(() => leads(second), 'the newer one to refresh')
    history.actions.edit()
    history.actions.add()
    history.actions.delete()
    await settle()
    history.settle(0)
    for (const { url } of all) {
      expect((await ask(`${url}/readyz`)).status, url).toBe(200)
      const text = async (path: string) => (await ask(url + path)).body.toString()
      await until(async () => (await wrongInAll(text, history)).length === 0, `${url} to be right`)
    }
  }
  reading.abort()
  await reads
  expect(answers.get(502)).toBeUndefined()
  const after = await itemsOf(third)
  const kept = [...before].filter(([id]) => after.has(id))
  expect(kept.length).toBeGreaterThan(50)
  const edited = kept.filter(([id, what]) => after.get(id) !== what)
  // One each time was edited.
  expect(edited.length).toBeLessThanOrEqual(3)
  for (const path of documents) {
    const [one, ...others] = await Promise.all(all.map(({ url }) => ask(url + path)))
    for (const other of others) expect(other.body.equals(one?.body ?? Buffer.of())).toBe(true)
  }
  expect((await ask(`${first.url}/rss.xml`)).body.toString()).toContain('Newsstand of tomorrow')
  const rows = await postgres.query(
    'site_1',
    'SELECT DISTINCT left(later, 8) AS made FROM newsstand.article',
  )
  expect(rows).toContainEqual({ made: 'made of ' })
})
