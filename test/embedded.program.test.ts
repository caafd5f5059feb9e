import { once } from 'node:events'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import express from 'express'
import helmet from 'helmet'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  ConfigError,
  createNewsstand,
  type Newsstand,
  type NewsstandOptions,
} from '../src/index.ts'
import { closeServer } from '../src/server/listener.ts'
import { temporaryFolder, writeInto } from './support/folder.ts'
import { followAll } from './support/follow.ts'
import { ask } from './support/http.ts'
import { page } from './support/page.ts'
import { photograph } from './support/photograph.ts'
import { serve } from './support/serve.ts'
import { until } from './support/until.ts'

interface Opened {
  readonly news: Newsstand
  readonly folder: string
  readonly dataDir: string
}

async function open(
  title: string,
  { baseUrl = 'https://example.org/news', ...others }: Partial<NewsstandOptions> = {},
): Promise<Opened> {
  const folder = temporaryFolder({ 'a.txt': page({ title }) })
  const dataDir = temporaryFolder()
  const news = await createNewsstand({
    ...{ articlesDir: folder, dataDir, baseUrl, emptyFolderMinutes: 0 },
    ...others,
  })
  onTestFinished(() => news.close())
  return { news, folder, dataDir }
}

/** An app of another's, with settings and handlers of its own. */
function appWith({ news }: Opened, path = '/news') {
  const app = express()
  app.set('trust proxy', true)
  app.set('query parser', 'extended')
  app.set('etag', 'weak')
  app.set('case sensitive routing', true)
  app.use(express.json())
  app.use(path, news.router)
  app.get('/news/more', (request, response) => {
    response.send(`${request.originalUrl} ${request.url} ${request.ip} ${request.query.a}`)
  })
  app.post('/news/more', (_request, response) => void response.json({ from: 'the app' }))
  return app
}

/** Serves at a port that its base address names. @returns its address */
async function serveAt(
  path: string,
  title: string,
  listenerOf: (opened: Opened) => RequestListener,
): Promise<{ url: string; opened: Opened }> {
  let listener: RequestListener = () => {}
  const server = createServer((request, response) => listener(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => closeServer(server))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  const opened = await open(title, { baseUrl: url })
  listener = listenerOf(opened)
  return { url, opened }
}

describe('a newsstand in an Express app', () => {
  it('answers below the path it is mounted at, and leaves the rest to the app', async () => {
    const opened = await open('Ferries return')
    const url = await serve(appWith(opened))
    const feed = await ask(`${url}/news/atom.xml`)
    expect(feed.status).toBe(200)
    expect(feed.body.toString()).toContain('Ferries return')
    expect(feed.headers.etag).toMatch(/^"/)
    const tag = feed.headers.etag ?? ''
    expect((await ask(`${url}/news/atom.xml`, { 'If-None-Match': tag })).status).toBe(304)
    const forwarded = { 'X-Forwarded-For': '192.0.2.7' }
    const other = await ask(`${url}/news/more?a=b`, forwarded)
    expect(other.body.toString()).toBe('/news/more?a=b /news/more?a=b 192.0.2.7 b')
    expect(other.headers['x-powered-by']).toBe('Express')
    const posted = await ask(`${url}/news/more`, {}, 'POST')
    expect(posted.body.toString()).toBe('{"from":"the app"}')
    const missing = await ask(`${url}/news/missing`)
    expect(missing.body.toString()).toContain('Cannot GET /news/missing')
    // What the app has answered is not counted as ours.
    const { traffic } = await opened.news.status()
    expect(traffic).toEqual([
      expect.objectContaining({ format: 'atom.xml', answers: { 200: 1, 304: 1 } }),
    ])
  })

  it('sends its headers whatever function stands in place of writeHead', async () => {
    const opened = await open('Ferries return')
    const app = express()
    // As on-headers did before 1.1: a list is taken for one of pairs.
    app.use((_request, response, next) => {
      const writeHead = response.writeHead.bind(response)
      response.writeHead = (status: number, headers?: unknown) => {
        if (Array.isArray(headers))
          for (const [name, value] of headers) response.setHeader(name, value)
        return writeHead(status)
      }
      next()
    })
    app.use('/news', opened.news.router)
    const url = await serve(app)
    const { headers } = await ask(`${url}/news/rss.xml`)
    expect(headers['content-type']).toBe('application/rss+xml; charset=utf-8')
    expect(headers.link).toContain('rel="self"')
    const again = await ask(`${url}/news/rss.xml`, { 'If-None-Match': headers.etag ?? '' })
    expect([again.status, again.headers.etag]).toEqual([304, headers.etag])
  })

  it('has feeds and media loaded from anywhere, whatever an app says of all its answers', async () => {
    const opened = await open('Ferries return')
    writeInto(opened.folder, 'pier.png', await photograph(8, 8).png().toBuffer())
    const app = express().use(helmet())
    const url = await serve(app.use('/news', opened.news.router))
    const policyOf = async (path: string) => {
      const { status, headers } = await ask(`${url}/news${path}`)
      return `${status} ${headers['cross-origin-resource-policy']}`
    }
    for (const path of [
      '/rss.xml',
      '/media/pier.png',
      '/icon-512.png',
      '/feeds.opml',
      '/style.css',
    ]) {
      expect(await policyOf(path), path).toBe('200 cross-origin')
    }
    expect(await policyOf('/')).toBe('200 same-origin')
  })

  it('takes clients to be whom the app takes them to be', async () => {
    const url = await serve(appWith(await open('Ferries return', { downloadsPerHour: 1 })))
    const statusFor = async (client: string) =>
      (await ask(`${url}/news/rss.xml`, { 'X-Forwarded-For': client })).status
    const clients = ['192.0.2.7', '192.0.2.7', '198.51.100.7']
    const statuses = []
    for (const client of clients) statuses.push(await statusFor(client))
    expect(statuses).toEqual([200, 429, 200])
  })

  it('reads addresses as they were asked for, where a server hands them on decoded', async () => {
    const { news } = await open('Ferries return')
    const app = express()
    // As the Express plugin of Fastify does.
    app.use((request, _response, next) => {
      request.url = decodeURI(request.url)
      next()
    })
    const url = await serve(app.use('/news', news.router))
    const { headers } = await ask(`${url}/news/search/rss.xml?q=f%C3%A4hre%20x`)
    expect(headers.link).toContain('https://example.org/news/search/rss.xml?q=f%C3%A4hre%20x')
  })

  it('knows when an answer has begun, where a server says that none has', async () => {
    const { news } = await open('Ferries return')
    const seen: boolean[] = []
    const app = express()
    // As the Express plugin of Fastify does.
    app.use((_request, response, next) => {
      Object.defineProperty(response, 'headersSent', { get: () => false, configurable: true })
      response.once('finish', () => seen.push(response.headersSent))
      next()
    })
    const url = await serve(app.use('/news', news.router))
    await ask(`${url}/news/rss.xml`)
    await ask(`${url}/news/missing`)
    expect(seen).toEqual([true, false])
  })

  it('says at its feeds alone who else may ask, and leaves that to the app elsewhere', async () => {
    const opened = await open('Ferries return', { baseUrl: 'https://example.org' })
    const app = express().use(opened.news.router)
    app.options('/{*path}', (_request, response) => void response.set('Allow', 'PUT').end())
    const url = await serve(app)
    const allowed = async (path: string) => (await ask(url + path, {}, 'OPTIONS')).headers.allow
    for (const path of ['/rss.xml', '/feed', '/search/atom.xml?q=ferry', '/tags/sea/feed.json']) {
      expect(await allowed(path), path).toBe('GET, HEAD, OPTIONS')
    }
    for (const path of ['/', '/things', '/articles/ferries', '/rss.xml/things']) {
      expect(await allowed(path), path).toBe('PUT')
    }
  })

  it('has no address that leads nowhere', async () => {
    const { url } = await serveAt('/news', 'Ferries return', appWith)
    expect(await followAll(url)).toBeGreaterThan(15)
  })
})

describe('a newsstand in node:http', () => {
  it('answers at the path of its base address, and without it', async () => {
    const { url } = await serveAt('/news', 'Ferries return', ({ news }) => news.router)
    expect(await followAll(url)).toBeGreaterThan(15)
    const { origin } = new URL(url)
    expect((await ask(`${origin}/rss.xml`)).status).toBe(200)
    expect((await ask(`${origin}/newsstand`)).status).toBe(404)
    expect((await ask(`${url}/missing`)).body.toString()).toContain('never there')
    expect((await ask(`${url}/rss.xml`, {}, 'PUT')).headers.allow).toBe('GET, HEAD, OPTIONS')
  })

  it('answers at a path that begins its own addresses, too', async () => {
    const { url } = await serveAt('/articles', 'Ferries return', ({ news }) => news.router)
    const feed = (await ask(`${url}/rss.xml`)).body.toString()
    const address = /<link>([^<]*\/articles\/articles\/[^<]*)</.exec(feed)?.[1] ?? ''
    expect((await ask(address)).status).toBe(200)
    // As a proxy asks that takes the path away.
    expect((await ask(address.replace('/articles/articles', '/articles'))).status).toBe(200)
  })
})

describe('a newsstand', () => {
  it('is there twice in one process, with nothing shared', async () => {
    const [one, other] = [await open('Of the one'), await open('Of the other')]
    const app = express().use('/one', one.news.router).use('/other', other.news.router)
    const url = await serve(app)
    const textAt = async (path: string) => (await ask(url + path)).body.toString()
    expect(await textAt('/one/feed.json')).toMatch(/Of the one(?!.*Of the other)/s)
    expect(await textAt('/other/feed.json')).toMatch(/Of the other(?!.*Of the one)/s)
    expect((await one.news.status()).traffic).toHaveLength(1)
    await one.news.close()
    writeInto(other.folder, 'b.txt', page({ title: 'Once more' }))
    await until(async () => (await textAt('/other/feed.json')).includes('Once more'))
  })

  it('tells of articles that come and change, and of files that are rejected', async () => {
    const { news, folder } = await open('The first', { watch: false })
    const told: string[] = []
    news.on('article', ({ title }) => told.push(`article ${title}`))
    news.on('rejected', ({ path, reason }) => told.push(`rejected ${path}: ${reason}`))
    news.on('refreshed', ({ added, edited, removed }) =>
      told.push(`refreshed ${added} ${edited} ${removed}`),
    )
    writeInto(folder, 'a.txt', page({ title: 'The first, edited' }))
    writeInto(folder, 'b.md', '---\ntitle: The second\ndate: 2026-01-02\n---\nText.\n')
    writeInto(folder, 'c.md', '---\ntitle: Of a day to come\ndate: 2999-01-02\n---\nText.\n')
    writeInto(folder, 'd.md', '---\ntitle: Without text\ndate: 2026-01-02\n---\n')
    await news.refresh()
    await until(() => told.some((line) => line.startsWith('refreshed')))
    expect(told.filter((line) => line.startsWith('article')).sort()).toEqual([
      'article The first, edited',
      'article The second',
    ])
    expect(told.find((line) => line.startsWith('rejected'))).toContain('rejected d.md: ')
  })

  it('tells of what came out while it was not running', async () => {
    const { news, folder, dataDir } = await open('The first', { watch: false })
    const soon = new Date(Date.now() + 86_400_000).toISOString()
    writeInto(folder, 'b.md', `---\ntitle: The second\ndate: ${soon}\n---\nText.\n`)
    await news.refresh()
    await news.close()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 86_400_000 })
    onTestFinished(() => void vi.useRealTimers())
    const again = await createNewsstand({
      articlesDir: folder,
      dataDir,
      baseUrl: 'https://a.example',
    })
    onTestFinished(() => again.close())
    const told: string[] = []
    again.on('article', ({ title }) => told.push(title))
    await until(() => told.length > 0)
    expect(told).toEqual(['The second'])
  })

  it('tells of the rest where a listener throws', async () => {
    const { news, folder } = await open('The first', { watch: false })
    const told: string[] = []
    const thrown: unknown[] = []
    const catching = (error: unknown) => void thrown.push(error)
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException').on('uncaughtException', catching)
    onTestFinished(() => {
      process.removeListener('uncaughtException', catching)
      for (const other of others) process.on('uncaughtException', other)
    })
    news.on('article', ({ title }) => {
      told.push(title)
      throw new Error(title)
    })
    news.on('refreshed', ({ added }) => told.push(`refreshed ${added}`))
    for (const title of ['The second', 'The third']) {
      writeInto(folder, `${title}.md`, `---\ntitle: ${title}\ndate: 2026-01-02\n---\n${title}.\n`)
    }
    await news.refresh()
    await until(() => told.length === 3)
    expect(told.sort()).toEqual(['The second', 'The third', 'refreshed 2'])
    expect(thrown).toHaveLength(2)
  })

  it('says what a refresh has changed, and when it fails', async () => {
    // A look may come while the folder is away.
    const { news, folder } = await open('The first', { watch: false, emptyFolderMinutes: 60 })
    writeInto(folder, 'b.txt', page({ title: 'The second' }))
    expect((await news.refresh()).added).toBe(1)
    renameSync(folder, `${folder}-away`)
    onTestFinished(() => rmSync(`${folder}-away`, { recursive: true }))
    writeFileSync(folder, 'a file where the folder was')
    await expect(news.refresh()).rejects.toThrow('the refresh failed: ')
    expect((await news.status()).articles).toBe(2)
  })

  it('says what of its options is none, and takes an address as an object', async () => {
    const refused = (options: unknown) =>
      expect(createNewsstand(options as NewsstandOptions)).rejects
    for (const options of [undefined, null, 'x']) {
      await refused(options).toThrow(
        new ConfigError(
          `the options are ${options === null ? 'null' : typeof options}; allowed is an object, such as { baseUrl: 'https://example.org' }.`,
        ),
      )
    }
    const articlesDir = temporaryFolder({ 'a.txt': page() })
    const dataDir = temporaryFolder()
    const stated = { articlesDir, dataDir, baseUrl: 'https://example.org' }
    for (const logger of [{}, { error() {} }, 'x']) {
      await refused({ ...stated, logger }).toThrow(/^logger has no info and no warn/)
    }
    const { news } = await open('Ferries', { baseUrl: new URL('https://example.org/') })
    const url = await serve(news.router)
    expect((await ask(`${url}/feed.json`)).body.toString()).toContain(
      '"https://example.org/feed.json"',
    )
  })

  it('goes on where a logger throws', async () => {
    const fault = () => {
      throw new Error('this logger throws')
    }
    const { news, folder } = await open('Ferries', {
      logger: { info: fault, warn: fault, error: fault },
      watch: false,
    })
    writeInto(folder, 'wrong.md', '---\ntitle: T\ndate: never\n---\nText.\n')
    await until(async () => {
      await news.refresh()
      return (await news.status()).rejected.length > 0
    })
  })

  it('refuses to refresh when it is closed, and while it closes', async () => {
    const { news } = await open('Ferries')
    const under = news.refresh()
    const closed = news.close()
    await expect(under).rejects.toThrow('it is closed')
    await closed
    await expect(news.refresh()).rejects.toThrow('it is closed')
    await expect(news.status()).rejects.toThrow('it is closed')
  })

  it('starts nothing for a subscriber that comes when it is closed', async () => {
    const { news, dataDir } = await open('Ferries')
    const url = await serve(express().use('/news', news.router))
    const callback = 'https://reader.example/'
    const topic = 'https://example.org/news/rss.xml'
    const body = new URLSearchParams({
      ...{ 'hub.mode': 'subscribe', 'hub.callback': callback, 'hub.topic': topic },
    })
    await news.close()
    const answer = await fetch(`${url}/news/hub`, { method: 'POST', body })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60'])
    expect(existsSync(join(dataDir, 'deliveries.sqlite'))).toBe(false)
  })

  it('takes no signals and leaves no listener, timer or thread behind', async () => {
    const listeners = () =>
      process.eventNames().map((name) => `${String(name)} ${process.listenerCount(name)}`)
    const streams = () => [process.stdout, process.stderr].map((one) => one.listenerCount('error'))
    const threads = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length
    const before = [listeners(), streams(), threads()]
    const globals = Object.getOwnPropertyNames(globalThis)
    const { news } = await open('The first')
    expect(listeners()).toEqual(before[0])
    await news.close()
    await news.close()
    await until(() => threads() === before[2], 'its threads to end')
    expect([listeners(), streams()]).toEqual(before.slice(0, 2))
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(globals)
  })

  it.each([
    [{ feedItems: 0 }, 'feedItems is 0; allowed is a whole number from 1 to 1000.'],
    [{ watch: 'yes' }, 'watch is "yes"; allowed is true or false, as a boolean.'],
    [{ feedLanguage: 'xx1' }, 'feedLanguage is "xx1"; allowed is the tag of a language there is'],
    [{ topics: 1 }, 'topics is 1; allowed is a list such as'],
    [{ footerLinks: [{ text: 'A', url: 'javascript:1' }] }, 'footerLinks is [{"text":"A","url":'],
    [{ logo: '/nowhere.svg' }, 'logo is /nowhere.svg, and no such file is there.'],
    [{ accentColour: 'red' }, 'accentColour is "red"; allowed is one colour such as #a33b12'],
    [{ trustProxy: ['10.0.0.0/99'] }, 'trustProxy is ["10.0.0.0/99"]; allowed is false, a number'],
    [{ port: 80 }, 'there is no option "port"; known are baseUrl, articlesDir'],
    [{ baseUrl: undefined }, 'baseUrl is not set; it is where readers find what is mounted.'],
    [{ baseUrl: 'https://a:b@c' }, 'baseUrl is not shown, as it may hold a password; allowed is'],
    [{ articlesDir: join('/', 'nowhere') }, 'articlesDir is /nowhere; there is no such folder.'],
    [{ articlesDir: import.meta.filename }, '.ts, which is a file; set it to a folder.'],
  ])('with %o is not made, and says why', async (wrong, message) => {
    const options = { baseUrl: 'https://example.org', dataDir: temporaryFolder(), ...wrong }
    await expect(createNewsstand(options as unknown as NewsstandOptions)).rejects.toThrow(message)
  })

  it('is not made where another one in this process has its folder of data', async () => {
    const { dataDir } = await open('The first')
    await expect(open('The second', { dataDir })).rejects.toThrow(/dataDir is .*uses this dataDir/)
  })
})
