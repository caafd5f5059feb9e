import { renameSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { wordSet } from '../../src/text.ts'
import { ask } from '../support/http.ts'
import { runNewsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { freePort } from '../support/program.ts'
import { exchange, get } from '../support/raw.ts'
import { until } from '../support/until.ts'

const files = { 'a.txt': page(), 'bad.txt': page({ date: '' }) }

describe('health', () => {
  it('is good while right answers are given, and names what is wrong meanwhile', async () => {
    const newsstand = await startNewsstand(files, {
      REFRESH_CRON: '* * * * * *',
      EMPTY_FOLDER_MINUTES: '1',
    })
    const ready = async () => {
      const { status, headers, body } = await ask(`${newsstand.url}/readyz`)
      expect(headers['cache-control']).toBe('no-store')
      return [status, ...body.toString().trimEnd().split('\n')]
    }
    const metric = async (name: string) => {
      const metrics = (await ask(`${newsstand.adminUrl}/metrics`)).body.toString()
      return metrics.split('\n').find((line) => line.startsWith(name))
    }
    expect(await ready()).toEqual([200, 'ready'])
    expect((await ask(`${newsstand.url}/healthz`)).body.toString()).toBe('alive\n')
    const aside = `${newsstand.articlesDir}-aside`
    renameSync(newsstand.articlesDir, aside)
    // A refresh that the folder is taken from says so itself, until the next one.
    const isMissing = /^The articles folder has become empty or missing: /
    await until(async () => isMissing.test(String((await ready())[2])))
    expect((await ready()).slice(0, 2)).toEqual([200, 'ready'])
    expect(await metric('newsstand_degraded{reason="refresh"}')).toMatch(/ 1$/)
    expect(await metric('newsstand_degraded{reason="storage"}')).toMatch(/ 0$/)
    expect(await metric('newsstand_ready')).toBe('newsstand_ready 1')
    const shown = (await ask(`${newsstand.adminUrl}/`)).body.toString()
    expect(shown).toContain('The articles folder has become empty or missing')
    expect((await ask(`${newsstand.url}/rss.xml`)).status).toBe(200)
    renameSync(aside, newsstand.articlesDir)
    await until(async () => (await ready()).length === 2)
  })
})

describe('the admin listener', () => {
  it('has metrics for Prometheus', async () => {
    const newsstand = await startNewsstand(files)
    const first = await ask(`${newsstand.url}/rss.xml`, { 'Accept-Encoding': 'gzip' })
    await ask(`${newsstand.url}/rss.xml?x`, { 'If-None-Match': String(first.headers.etag) })
    await ask(`${newsstand.url}/sections/world/atom.xml`)
    await ask(`${newsstand.url}/nothing`)
    const metrics = (await ask(`${newsstand.adminUrl}/metrics`)).body.toString()
    for (const line of [
      'newsstand_requests_total{channel="/",format="rss.xml",status="200"} 1',
      'newsstand_requests_total{channel="/",format="rss.xml",status="304"} 1',
      'newsstand_requests_total{channel="/sections/world/",format="atom.xml",status="200"} 1',
      'newsstand_requests_total{channel="other/",format="",status="404"} 1',
      'newsstand_articles 1',
      'newsstand_rejections 1',
      'newsstand_notes 0',
      'newsstand_refreshes_total 1',
      'newsstand_refresh_failures_total 0',
    ]) {
      expect(metrics.split('\n'), line).toContain(line)
    }
    expect(metrics).toMatch(/newsstand_saved_not_modified_bytes_total [1-9]/)
    expect(metrics).toMatch(/newsstand_saved_compression_bytes_total [1-9]/)
    expect(metrics).toMatch(/nodejs_eventloop_lag_p99_seconds [\d.]+/)
  })

  it('has the same as JSON, and nothing of it is on the public listener', async () => {
    const newsstand = await startNewsstand(files)
    const status = JSON.parse((await ask(`${newsstand.adminUrl}/status`)).body.toString())
    expect(status).toMatchObject({
      problems: [],
      isReady: true,
      articles: 1,
      rejections: 1,
    })
    expect(status.refreshes.last.added).toBe(1)
    expect(Date.parse(status.refreshes.next)).toBeGreaterThan(Date.now())
    for (const path of ['/metrics', '/status']) {
      expect((await ask(newsstand.url + path)).status).toBe(404)
    }
  })

  it('says so when its port is taken, and by what, and can be left out', async () => {
    const newsstand = await startNewsstand(files)
    const { port } = new URL(newsstand.url)
    const { port: adminPort } = new URL(newsstand.adminUrl)
    const free = String(await freePort())
    const articles = { ARTICLES_DIR: newsstand.articlesDir }
    const atAdmin = await runNewsstand([], { PORT: free, ADMIN_PORT: adminPort, ...articles })
    expect(atAdmin.code).toBe(1)
    expect(atAdmin.err).toContain(
      `ADMIN_PORT is ${adminPort} and ADMIN_HOST 127.0.0.1; the status page of a Newsstand that ` +
        `runs already (${newsstand.adminUrl}/) uses this port. Stop it, or set another ADMIN_PORT.`,
    )
    const atSite = await runNewsstand([], { PORT: port, ADMIN_PORT: free, ...articles })
    expect(atSite.code).toBe(1)
    expect(atSite.err).toContain(
      `PORT is ${port} and HOST 127.0.0.1; a Newsstand that runs already (${newsstand.url}/) ` +
        'uses this port. Stop it, or set another PORT.',
    )
    await newsstand.stop()
    await newsstand.start({ ADMIN_PORT: '0' })
    await expect(ask(`${newsstand.adminUrl}/status`)).rejects.toThrow()
  })
})

describe('the admin listener, asked for by a name that is not its own', () => {
  it('gives nothing away and changes nothing: the name may have been rebound to it', async () => {
    const newsstand = await startNewsstand(files)
    const { port } = new URL(newsstand.adminUrl)
    const status = async (host: string, path = '/status', method = 'GET') =>
      (await ask(newsstand.adminUrl + path, { Host: host }, method)).status
    const own = `localhost LOCALHOST:1 localhost:${port} 127.0.0.1 127.9.9.9 [::1]:80`
    for (const host of own.split(' ')) {
      expect(await status(host), host).toBe(200)
    }
    const foreign = wordSet(`
      evil.example evil.example:${port} localhost.evil.example 127.0.0.1.evil.example
      127.evil.example evil.example@localhost.evil.example localhost@evil.example
      localhost/x@evil.example 10.0.0.1 [::2] . %
    `)
    for (const host of foreign) {
      for (const path of ['/', '/status', '/metrics', '/style.css']) {
        expect(await status(host, path), host + path).toBe(421)
      }
      expect(await status(host, '/refresh', 'POST'), host).toBe(421)
    }
    const { body } = await ask(newsstand.adminUrl, { Host: 'evil.example' })
    expect(body.toString()).toMatch(/^The status page is at localhost.* set ADMIN_HOST .*\n$/)
    const metrics = (await ask(`${newsstand.adminUrl}/metrics`)).body.toString()
    expect(metrics).toContain('newsstand_refreshes_total 1\n')
  })

  it('answers to ADMIN_HOST, and refreshes for its own pages alone', async () => {
    const quiet = { WATCH: 'false', REFRESH_CRON: '0 0 1 1 *' }
    const newsstand = await startNewsstand(files, { ADMIN_HOST: 'localhost', ...quiet })
    const { port } = new URL(newsstand.adminUrl)
    const host = `localhost:${port}`
    const url = `http://${host}`
    expect((await ask(`${url}/status`)).status).toBe(200)
    newsstand.write('b.txt', page({ title: 'Another story', body: 'Other words.' }))
    const refresh = async (headers: Record<string, string>, method = 'POST') =>
      (await ask(`${url}/refresh`, headers, method)).status
    expect(await refresh({ Origin: 'http://evil.example' })).toBe(403)
    expect(await refresh({ Origin: 'null' })).toBe(403)
    expect(await refresh({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
    expect(await refresh({ 'Sec-Fetch-Site': 'same-site', Origin: url })).toBe(403)
    expect(await refresh({}, 'GET')).toBe(405)
    expect(await newsstand.text('/rss.xml')).not.toContain('Another story')
    expect(await refresh({ 'Sec-Fetch-Site': 'same-origin', Origin: url })).toBe(303)
    await until(async () => (await newsstand.text('/rss.xml')).includes('Another story'))
    for (const headers of [{ Origin: url }, {}]) expect(await refresh(headers)).toBe(303)
  })
})

describe('the access log', () => {
  it('has a line for every request', async () => {
    const newsstand = await startNewsstand(files, { ACCESS_LOG: 'true' })
    await ask(`${newsstand.url}/rss.xml?a=b`, { 'User-Agent': 'Reader/1.0' })
    await ask(`${newsstand.url}/nothing`)
    await until(() => newsstand.output().includes('/nothing'))
    const lines = newsstand.output().split('\n')
    const line = (url: string) =>
      JSON.parse(lines.find((one) => one.includes(`"url":"${url}`)) ?? '{}')
    expect(line('/rss.xml')).toMatchObject({
      method: 'GET',
      url: '/rss.xml?a=b',
      status: 200,
      agent: 'Reader/1.0',
      ip: '127.0.0.1',
    })
    expect(line('/rss.xml').bytes).toBeGreaterThan(1000)
    expect(line('/nothing').status).toBe(404)
  })

  it('has no secret of a client, and nothing that acts on a terminal', async () => {
    const newsstand = await startNewsstand(files, { ACCESS_LOG: 'true' })
    const secret = [
      'Authorization: Basic c2VjcmV0',
      'Proxy-Authorization: Basic c2VjcmV0',
      'Cookie: c2VjcmV0',
    ]
    const agent = 'User-Agent: \x9b31m\x85red'
    await exchange(newsstand.url, get('http://me:c2VjcmV0@x/first', ...secret, agent))
    await exchange(newsstand.url, get('/last', 'Referer: http://me:c2VjcmV0@y/'))
    await until(() => newsstand.output().includes('/last'))
    expect(newsstand.output()).toContain('"url":"/first"')
    expect(newsstand.output()).not.toContain('c2VjcmV0')
    expect(newsstand.output()).not.toMatch(/[^\P{Cc}\n]/u)
  })
})

describe('being told to stop', () => {
  it('ends with 0, and lets a request under way end first', async () => {
    const newsstand = await startNewsstand(files)
    const port = Number(new URL(newsstand.url).port)
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    // The request has begun, and is finished after the signal. Nothing tells when its beginning was read.
    socket.write('GET /rss.xml HTTP/1.1\r\nHost: x\r\n')
    await new Promise((resolve) => setTimeout(resolve, 200))
    const ended = newsstand.stop()
    const isRefused = () =>
      ask(newsstand.url).then(
        () => false,
        () => true,
      )
    await until(isRefused)
    socket.write('\r\n')
    await until(() => answer.includes('</rss>'))
    expect(await ended).toBe(0)
  })
})
