/** Several processes that serve: what each answers, and what becomes of one that dies. */
import { rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { forbidWriting, temporaryFolder, writeInto } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { type Newsstand, runNewsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { freePort, unprivileged } from '../support/program.ts'
import { startSubscriber } from '../support/subscriber.ts'
import { until } from '../support/until.ts'
import {
  askMany,
  childrenOf,
  isAtRest,
  isRunning,
  listeners,
  workersOf,
} from '../support/workers.ts'

const two = { WORKERS: '2' }
const story = (title: string) => page({ title, body: `Text of ${title}.` })

/** What is different in answers of many connections: one, where all are alike. */
async function kindsOf(url: string, headers: Readonly<Record<string, string>> = {}) {
  const answers = await askMany(url, headers)
  const kinds = answers.map(({ status, headers: { etag, 'last-modified': modified }, body }) =>
    JSON.stringify({ status, etag, modified, body: body.toString('base64') }),
  )
  return [...new Set(kinds)]
}

const paths = ['/rss.xml', '/atom.xml', '/feed.json', '/sections/world/rss.xml', '/']

async function expectAlike({ url }: Newsstand): Promise<string[]> {
  const kinds: string[] = []
  for (const path of paths) {
    const [kind = '', ...others] = await kindsOf(url + path, { 'Accept-Encoding': 'identity' })
    expect(others, path).toEqual([])
    expect(kind, path).toContain('"status":200')
    kinds.push(kind)
  }
  return kinds
}

/** The numbers in metrics of lines that begin so, added up. */
async function metric({ adminUrl }: Newsstand, start: string): Promise<number> {
  const lines = (await (await fetch(`${adminUrl}/metrics`)).text()).split('\n')
  const values = lines
    .filter((line) => line.startsWith(start))
    .map((line) => line.split(' ').at(-1))
  return values.reduce((sum, value) => sum + Number(value), 0)
}

/** The process that waits for a place, once it does. */
async function spareOf(newsstand: Newsstand, workers: readonly number[]): Promise<number> {
  const others = () => childrenOf(newsstand.pid()).filter((pid) => !workers.includes(pid))
  await until(() => others().length === 1, 'a spare')
  const [pid = 0] = others()
  await until(() => isAtRest(pid), 'it to wait')
  return pid
}

describe('each of two', () => {
  it('takes an article out of the news sitemap on time, though nothing else changes', async () => {
    const twoDays = 48 * 60 * 60 * 1000
    const end = Math.ceil(Date.now() / 1000) * 1000 + 8000
    const date = new Date(end - twoDays).toISOString()
    const text = `---\ntitle: Ferries\ndate: ${date}\n---\nText.\n`
    const newsstand = await startNewsstand({ 'a.md': text }, two)
    const url = `${newsstand.url}/sitemap-news.xml`
    const haveIt = async () =>
      (await askMany(url)).map(({ body }) => body.includes('<news:title>Ferries<'))
    expect(await haveIt()).not.toContain(false)
    expect(Date.now()).toBeLessThan(end)
    await until(async () => !(await haveIt()).includes(true))
    expect(Date.now()).toBeGreaterThanOrEqual(end)
  })

  it('gives the same bytes and ETags, before and after a change and a restart', async () => {
    const newsstand = await startNewsstand({ 'world/a.txt': story('Ferries') }, two)
    expect(await workersOf(newsstand)).toHaveLength(2)
    const before = await expectAlike(newsstand)
    newsstand.write('world/b.txt', story('Lamps'))
    await until(async () => {
      const answers = await askMany(`${newsstand.url}/feed.json`)
      return answers.every(({ body }) => body.includes('Lamps'))
    })
    const after = await expectAlike(newsstand)
    for (const [index, kind] of after.entries()) expect(kind).not.toBe(before[index])
    expect(await newsstand.stop()).toBe(0)
    await newsstand.start()
    expect(await expectAlike(newsstand)).toEqual(after)
  })

  it('finds by search what is new, in each', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    const search = `${newsstand.url}/search/feed.json?q=text`
    expect(await kindsOf(search)).toHaveLength(1)
    newsstand.write('b.txt', story('Lamps'))
    await until(async () =>
      (await askMany(search)).every(({ body }) => /Ferries.*Lamps|Lamps.*Ferries/s.test(`${body}`)),
    )
    expect((await ask(`${newsstand.url}/search/feed.json?q=%22`)).status).toBe(400)
  })

  it('serves a catalogue that was found damaged, and made anew', async () => {
    const newsstand = await startNewsstand(
      { 'a.txt': story('Ferries'), 'b.txt': story('Lamps') },
      two,
    )
    // What is indexed is not read again for searches, which would find the damage as well.
    await until(async () => (await newsstand.text('/search/feed.json?q=lamps')).includes('Lamps'))
    const database = new DatabaseSync(join(newsstand.dataDir, 'catalogue.sqlite'))
    database.exec(`UPDATE article SET facts = 'x' || substr(facts, 2) WHERE path = 'b.txt'`)
    const { slug } = database.prepare("SELECT slug FROM article WHERE path = 'b.txt'").get() ?? {}
    database.close()
    await until(async () => {
      const answers = await askMany(`${newsstand.url}/articles/${slug}`)
      for (const { body } of answers.filter(({ status }) => status === 200)) {
        expect(String(body)).toContain('Text of Lamps')
      }
      return answers.every(({ status }) => status === 200)
    })
    expect(newsstand.output().split('the catalogue was damaged')).toHaveLength(2)
    newsstand.write('c.txt', story('Nets'))
    await until(async () =>
      (await askMany(`${newsstand.url}/feed.json`)).every(({ body }) => body.includes('Nets')),
    )
  })
})

describe('a catalogue that is elsewhere than it was', () => {
  it('is read on by each, where its folder was deleted and is put back', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    const before = await expectAlike(newsstand)
    rmSync(newsstand.dataDir, { recursive: true })
    expect(await expectAlike(newsstand)).toEqual(before)
    await until(() => newsstand.output().includes('was deleted while it was in use'))
    newsstand.write('b.txt', story('Lamps'))
    await until(async () =>
      (await askMany(`${newsstand.url}/feed.json`)).every(({ body }) => body.includes('Lamps')),
    )
  })

  it('is followed by each, where it could only be read at the start', async () => {
    const env = { ...two, REFRESH_CRON: '* * * * * *' }
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, env, unprivileged)
    await newsstand.stop()
    const allowWriting = forbidWriting(newsstand.dataDir)
    await newsstand.start()
    await expectAlike(newsstand)
    newsstand.write('b.txt', story('Lamps'))
    await until(async () => (await newsstand.text('/readyz')).includes('cannot be written'))
    allowWriting()
    await until(async () =>
      (await askMany(`${newsstand.url}/feed.json`)).every(({ body }) => body.includes('Lamps')),
    )
  })
})

describe('one that dies', () => {
  it('is replaced, while the others answer, and nothing else is answered than is right', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    const url = `${newsstand.url}/rss.xml`
    const { etag } = (await ask(url)).headers
    const [first = 0, second = 0] = await workersOf(newsstand)
    let isOver = false
    let resets = 0
    const agents = Array.from({ length: 20 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
    const readers = agents.map(async (agent) => {
      while (!isOver) {
        const answer = await ask(url, {}, 'GET', agent).catch((error) => {
          expect(error.code).toMatch(/^(ECONNRESET|EPIPE|ECONNREFUSED)$/)
          resets += 1
        })
        if (answer) expect([answer.status, answer.headers.etag]).toEqual([200, etag])
      }
    })
    process.kill(first, 'SIGKILL')
    await until(async () => {
      return (await workersOf(newsstand))[0] !== first && listeners(newsstand) === 2
    })
    isOver = true
    await Promise.all(readers)
    for (const agent of agents) agent.destroy()
    // One for each connection that it had, at most.
    expect(resets).toBeLessThanOrEqual(agents.length)
    expect(newsstand.output()).toContain(
      `worker 1 (process ${first}) has ended: SIGKILL; another takes its place now`,
    )
    expect((await workersOf(newsstand))[1]).toBe(second)
    newsstand.write('b.txt', story('Lamps'))
    await until(async () => (await askMany(url)).every(({ body }) => body.includes('Lamps')))
  })

  it('gives its place to a spare that has loaded already, and another waits then', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    const [first = 0, second = 0] = await workersOf(newsstand)
    const spare = await spareOf(newsstand, [first, second])
    process.kill(first, 'SIGKILL')
    await until(async () => (await workersOf(newsstand))[0] !== first)
    expect(await workersOf(newsstand)).toEqual([spare, second])
    await until(() => listeners(newsstand) === 2)
    await expectAlike(newsstand)
    expect(await spareOf(newsstand, [spare, second])).not.toBe(first)
  })

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'is followed by another where it is the spare, by %s',
    async (signal) => {
      const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
      const workers = await workersOf(newsstand)
      const spare = await spareOf(newsstand, workers)
      process.kill(spare, signal)
      const how = signal === 'SIGKILL' ? signal : 'exit code 0'
      const said = `the spare worker (process ${spare}) has ended: ${how}; another takes its place now`
      await until(() => newsstand.output().includes(said), said)
      expect(await spareOf(newsstand, workers)).not.toBe(spare)
      expect(await workersOf(newsstand)).toEqual(workers)
      expect(await newsstand.stop()).toBe(0)
    },
  )

  it('is replaced later and later when it dies at once again and again', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    for (const when of ['now', 'in 0.5 s', 'in 1 s']) {
      const [pid = 0] = await workersOf(newsstand)
      process.kill(pid, 'SIGKILL')
      const said = `(process ${pid}) has ended: SIGKILL; another takes its place ${when}`
      await until(() => newsstand.output().includes(said), said)
      await until(async () => (await workersOf(newsstand))[0] !== pid)
    }
    expect((await ask(`${newsstand.url}/rss.xml`)).status).toBe(200)
  })

  it('is replaced by one with the same settings, whatever the file says meanwhile', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    const [before] = await kindsOf(`${newsstand.url}/rss.xml`)
    writeInto(newsstand.dataDir, 'newsstand.config.json', '{ "SITE_TITLE": "Another" }')
    const [pid = 0] = await workersOf(newsstand)
    process.kill(pid, 'SIGKILL')
    await until(async () => (await workersOf(newsstand))[0] !== pid)
    await until(() => listeners(newsstand) === 2)
    expect(await kindsOf(`${newsstand.url}/rss.xml`)).toEqual([before])
  })

  it('is replaced when it hangs', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    const [pid = 0] = await workersOf(newsstand)
    process.kill(pid, 'SIGSTOP')
    await until(() => newsstand.output().includes('worker 1 does not answer, and is ended'))
    await until(async () => (await workersOf(newsstand))[0] !== pid)
    expect(newsstand.output()).toContain(`(process ${pid}) has ended: SIGKILL`)
  })

  it('ends in good order, and is replaced, when it is told to stop alone', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    const [pid = 0] = await workersOf(newsstand)
    process.kill(pid, 'SIGTERM')
    await until(async () => (await workersOf(newsstand))[0] !== pid)
    expect(newsstand.output()).toContain(`(process ${pid}) has ended: exit code 0`)
  })
})

/** Has every process begin with this. */
function preloaded(script: string) {
  const whole = `import cluster from 'node:cluster'\n${script}`
  return `--import=data:text/javascript;base64,${Buffer.from(whole).toString('base64')}`
}

/** Has the second begin when a file is there. */
function holdSecond(file: string) {
  return preloaded(`
    import { existsSync } from 'node:fs'
    if (cluster.worker?.id === 2) {
      const nothing = new Int32Array(new SharedArrayBuffer(4))
      while (!existsSync(${JSON.stringify(file)})) Atomics.wait(nothing, 0, 0, 20)
    }`)
}

describe('at the start, one that dies', () => {
  it('is replaced when it has listened, and another has not yet', async () => {
    const folder = temporaryFolder()
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    await newsstand.stop()
    const starting = newsstand.start({ NODE_OPTIONS: holdSecond(join(folder, 'go')) })
    const isStarting = async () => (await ask(`${newsstand.url}/rss.xml`)).status === 503
    await until(() => isStarting().catch(() => false), 'the first to listen')
    // What it says when it listens comes after that.
    await sleep(300)
    const [first = 0] = childrenOf(newsstand.pid())
    process.kill(first, 'SIGKILL')
    await until(() => !childrenOf(newsstand.pid()).includes(first))
    writeInto(folder, 'go', '')
    await starting
    await until(() => listeners(newsstand) === 2, 'another')
    expect(await workersOf(newsstand)).not.toContain(first)
  })
})

describe('at the start, before all listen', () => {
  /** @returns a program whose workers have begun, and do not listen yet */
  async function begin(env: Readonly<Record<string, string>> = {}) {
    const go = join(temporaryFolder(), 'go')
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    await newsstand.stop()
    const started = newsstand.start({ NODE_OPTIONS: holdSecond(go), ...env }).catch(String)
    await until(() => childrenOf(newsstand.pid()).length === 2)
    return { newsstand, started, goOn: () => writeFileSync(go, '') }
  }

  it('one that dies is replaced', async () => {
    const { newsstand, started, goOn } = await begin()
    const [, second = 0] = childrenOf(newsstand.pid())
    process.kill(second, 'SIGKILL')
    await until(() => newsstand.output().includes('before it listened; another takes its place'))
    goOn()
    expect(await started).toBeUndefined()
    expect(await workersOf(newsstand)).not.toContain(second)
    expect(listeners(newsstand)).toBe(2)
  })

  it('all end with 0 when all are told to, and say nothing', async () => {
    const { newsstand, started } = await begin()
    const isStarting = async () => (await ask(`${newsstand.url}/rss.xml`)).status === 503
    await until(() => isStarting().catch(() => false), 'the first to listen')
    const workers = childrenOf(newsstand.pid())
    const ending = newsstand.stop('SIGINT')
    for (const pid of workers) process.kill(pid, 'SIGINT')
    expect(await ending).toBe(0)
    expect(await started).toMatch(/it ended with 0: $/)
    expect(workers.filter(isRunning)).toEqual([])
  })

  it('one that cannot load is told of in a sentence', async () => {
    const { started } = await begin({ NODE_OPTIONS: preloaded('if (cluster.isWorker) throw 1') })
    const said = await started
    expect(said).toContain('it ended with 1: ')
    // Whichever of the two is the first to have died three times.
    expect(said).toMatch(
      /newsstand: WORKERS is 2; worker [12] has ended: exit code 1, before it listened, 3 times in a row\./,
    )
    expect(said).not.toMatch(/at .*pool\.ts/)
  })
})

describe('the end of the one that refreshes', () => {
  it('is that of all, however it ends, and the port is free', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    const workers = await workersOf(newsstand)
    const all = [...workers, await spareOf(newsstand, workers)]
    await newsstand.stop('SIGKILL')
    await until(() => all.every((pid) => !isRunning(pid)))
    await newsstand.start()
    const others = await workersOf(newsstand)
    others.push(await spareOf(newsstand, others))
    expect((await ask(`${newsstand.url}/rss.xml`)).status).toBe(200)
    // As the terminal does it at Ctrl-C: all are told.
    for (const pid of others) process.kill(pid, 'SIGINT')
    expect(await newsstand.stop('SIGINT')).toBe(0)
    expect(others.filter(isRunning)).toEqual([])
    expect(newsstand.output()).not.toContain('Error')
  })

  it('lets requests under way end, and keeps what was counted', async () => {
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    await askMany(`${newsstand.url}/rss.xml`)
    expect(await newsstand.stop()).toBe(0)
    await newsstand.start()
    const { lastDay } = (await (await fetch(`${newsstand.adminUrl}/status`)).json()) as {
      lastDay: { answers: Record<string, number> }
    }
    expect(lastDay.answers).toEqual({ 200: 40 })
  })
})

describe('all together', () => {
  it('are counted as one: answers, and who has asked', async () => {
    const newsstand = await startNewsstand(
      { 'a.txt': story('Ferries') },
      { ...two, TRUST_PROXY: '1' },
    )
    const url = `${newsstand.url}/rss.xml`
    const { etag = '' } = (await ask(url, { 'User-Agent': 'Feedly/1.0 (12 subscribers)' })).headers
    for (let n = 0; n < 5; n += 1) {
      const headers = { 'User-Agent': 'NetNewsWire', 'X-Forwarded-For': `192.0.2.${n}` }
      for (let m = 0; m < 8; m += 1) await ask(url, { ...headers, 'If-None-Match': etag })
    }
    const ofFeed = 'newsstand_requests_total{channel="/",format="rss.xml",status='
    expect(await metric(newsstand, `${ofFeed}"304"}`)).toBe(40)
    expect(await metric(newsstand, `${ofFeed}"200"}`)).toBe(1)
    const status = await (await fetch(`${newsstand.adminUrl}/status`)).json()
    expect((status as { subscribers: unknown }).subscribers).toEqual([
      { reader: 'Feedly', subscribers: 12, isStated: true },
      { reader: 'NetNewsWire', subscribers: 5, isStated: false },
    ])
  })

  it('allow as many downloads as one would', async () => {
    const newsstand = await startNewsstand(
      { 'a.txt': story('Ferries') },
      { ...two, DOWNLOADS_PER_HOUR: '4' },
    )
    const statuses: number[] = []
    for (let n = 0; n < 6; n += 1) {
      statuses.push((await ask(`${newsstand.url}/rss.xml`)).status)
      // The others know a tenth of a second later.
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429])
    const later = await askMany(`${newsstand.url}/rss.xml`)
    expect(new Set(later.map(({ status }) => status))).toEqual(new Set([429]))
  })

  it('are one hub', async () => {
    const env = { ...two, WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8' }
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, env)
    const subscriber = await startSubscriber()
    const topic = `${newsstand.url}/rss.xml`
    const body = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.topic': topic,
      'hub.callback': `${subscriber.url}/callback`,
    })
    const answer = await fetch(`${newsstand.url}/hub`, { method: 'POST', body })
    expect(answer.status).toBe(202)
    await until(() => subscriber.asked.length > 0, 'the verification')
    await until(async () => (await metric(newsstand, 'newsstand_subscriptions ')) === 1)
    newsstand.write('b.txt', story('Lamps'))
    await until(() => subscriber.content.length > 0, 'the content')
    const answers = await askMany(topic, { 'Accept-Encoding': 'identity' })
    expect(answers.every(({ body: bytes }) => subscriber.content[0]?.body.equals(bytes))).toBe(true)
    const refused = await fetch(`${newsstand.url}/hub`, {
      method: 'POST',
      body: new URLSearchParams(),
    })
    expect(refused.status).toBe(400)
  })

  it('write whole lines into the access log', async () => {
    const newsstand = await startNewsstand(
      { 'a.txt': story('Ferries') },
      { ...two, ACCESS_LOG: 'true' },
    )
    const path = `/${'long'.repeat(500)}`
    await Promise.all(Array.from({ length: 10 }, () => askMany(newsstand.url + path)))
    const lines = () =>
      newsstand
        .output()
        .split('\n')
        .filter((line) => line.includes(path))
    await until(() => lines().length === 400)
    for (const line of lines()) expect(JSON.parse(line)).toMatchObject({ url: path, status: 404 })
  })
})

describe('the port', () => {
  it('is not shared with another program, nor with another Newsstand', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await until(() => server.listening)
    const { port } = server.address() as { port: number }
    const said = (who: string, taken: number) =>
      `newsstand: PORT is ${taken} and HOST 127.0.0.1; ${who} uses this port. Stop it, or set another PORT.\n`
    const folder = { ARTICLES_DIR: temporaryFolder() }
    const start = async (taken: number) =>
      runNewsstand([], {
        ...two,
        ...folder,
        PORT: String(taken),
        ADMIN_PORT: String(await freePort()),
      })
    expect(await start(port)).toEqual({ code: 1, out: '', err: said('another program', port) })
    server.close()
    const newsstand = await startNewsstand({ 'a.txt': story('Ferries') }, two)
    const running = `a Newsstand that runs already (${newsstand.url}/)`
    const own = Number(new URL(newsstand.url).port)
    expect(await start(own)).toEqual({ code: 1, out: '', err: said(running, own) })
  })

  it('is listened to by one for all where the system cannot share it', async () => {
    const without = `
      import { Server } from 'node:net'
      const { listen } = Server.prototype
      Server.prototype.listen = function (options, ...rest) {
        if (!options?.reusePort) return listen.call(this, options, ...rest)
        const error = Object.assign(new Error('listen ENOTSUP'), { code: 'ENOTSUP' })
        process.nextTick(() => this.emit('error', error))
        return this
      }`
    const options = `--import=data:text/javascript;base64,${Buffer.from(without).toString('base64')}`
    const newsstand = await startNewsstand(
      { 'a.txt': story('Ferries') },
      { ...two, NODE_OPTIONS: options },
    )
    await askMany(`${newsstand.url}/rss.xml`)
    const [pid = 0] = await workersOf(newsstand)
    process.kill(pid, 'SIGKILL')
    await until(async () => (await workersOf(newsstand))[0] !== pid)
    expect((await askMany(`${newsstand.url}/rss.xml`)).map(({ status }) => status)).not.toContain(
      503,
    )
    expect(await newsstand.stop()).toBe(0)
  })
})

describe('before there is anything to serve', () => {
  it('all say so, until the folder was read', async () => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const newsstand = startNewsstand(
      { 'a.txt': story('Ferries') },
      { ...two, PORT: String(port), BASE_URL: url },
    )
    const answers = new Set<string>()
    await until(async () => {
      const found = await ask(`${url}/readyz`).catch(() => undefined)
      if (found) answers.add(`${found.status} ${found.body}`)
      return found?.status === 200
    })
    await newsstand
    expect([...answers]).toEqual([
      '503 The articles are being read for the first time.\n',
      '200 ready\n',
    ])
  })
})
