import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { limited } from '../support/program.ts'
import { expectWell, get, open } from '../support/raw.ts'
import { until } from '../support/until.ts'

const files = { 'a.txt': page(), 'boat.png': 'not an image' }

describe('a client that is slow on purpose', () => {
  it('is cut off, and others are served meanwhile', { timeout: 120_000 }, async () => {
    const story = 'A long story, told twice. '.repeat(20_000)
    const newsstand = await startNewsstand({ 'a.txt': page({ body: story }) })
    const closedAfter = new Map<string, number>()
    const started = performance.now()
    const seconds = () => (performance.now() - started) / 1000
    function attack(name: string, bytes: string) {
      const socket = open(newsstand.url)
      socket.on('close', () => closedAfter.set(name, seconds()))
      socket.write(bytes)
      return socket
    }
    const silent = attack('silent', '').resume()
    const headers = attack('headers', 'GET / HTTP/1.1\r\nHost: x\r\nX: ').resume()
    const body = attack(
      'body',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n',
    ).resume()
    const reader = attack('reader', get('/rss.xml').repeat(20))
    const kept = attack('kept', get('/healthz')).resume()
    while (seconds() < 31) {
      if (!headers.destroyed) headers.write('a')
      if (!body.destroyed) body.write('a')
      const before = performance.now()
      expect((await ask(`${newsstand.url}/healthz`)).status).toBe(200)
      expect(performance.now() - before).toBeLessThan(1000)
      // As slowly as such a client goes on: the server's own limits are what is measured.
      await sleep(1000)
    }
    // A connection between two requests is none of these.
    let again = ''
    kept.on('data', (chunk) => {
      again += chunk
    })
    kept.write(get('/healthz'))
    await until(() => again.includes(' 200 OK'))
    // Who reads nothing does not notice the end before writing.
    await until(() => {
      if (!reader.destroyed) reader.write('x')
      return closedAfter.has('reader')
    })
    expect(closedAfter.get('silent')).toBeLessThan(14)
    expect(closedAfter.get('headers')).toBeLessThan(14)
    expect(closedAfter.get('body')).toBeLessThan(24)
    expect([...closedAfter.keys()].sort()).toEqual(['body', 'headers', 'reader', 'silent'])
    for (const socket of [silent, headers, body, reader, kept]) socket.destroy()
    await expectWell(newsstand)
  })
})

describe('more idle connections than there may be open files', () => {
  it('are closed, the longest idle first, and everybody else is served', async () => {
    const newsstand = await startNewsstand(files, {}, limited('-n 256'))
    const poller = open(newsstand.url)
    let polls = 0
    poller.on('data', (chunk) => {
      polls += chunk.toString('latin1').split('HTTP/1.1 304').length - 1
    })
    const poll = get('/rss.xml', 'If-None-Match: *')
    const idle: ReturnType<typeof open>[] = []
    for (let n = 1; n <= 1000; n += 1) {
      const socket = open(newsstand.url).resume()
      idle.push(socket)
      if (n % 2 === 0) socket.write(get('/healthz'))
      if (n % 40 > 0) continue
      poller.write(poll)
      const before = performance.now()
      expect((await ask(`${newsstand.url}/rss.xml`)).status).toBe(200)
      expect((await ask(`${newsstand.url}/media/boat.png`)).status).toBe(200)
      expect(performance.now() - before).toBeLessThan(1000)
    }
    await until(() => polls === 25 && idle.filter((socket) => !socket.destroyed).length <= 127)
    expect(poller.destroyed).toBe(false)
    const isHeld = idle.map((socket) => !socket.destroyed)
    expect(isHeld.filter(Boolean).length).toBeGreaterThan(100)
    expect(isHeld.indexOf(true)).toBeGreaterThan(800)
    for (const socket of [poller, ...idle]) socket.destroy()
    await expectWell(newsstand)
  })
})
