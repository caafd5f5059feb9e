import { once } from 'node:events'
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { closeServer } from '../../src/server/listener.ts'
import { followAll } from '../support/follow.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { freePort } from '../support/program.ts'

/** Hands requests on to a port, without the path that they begin with. @returns its address */
async function proxyTo(port: number, prefix: string): Promise<string> {
  const server = createServer(({ url = '', method, headers }, response) => {
    const path = url.startsWith(prefix) ? url.slice(prefix.length) || '/' : '/not-ours'
    ask({ port, host: '127.0.0.1', path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    }).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => closeServer(server))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('BASE_URL with a path needs no proxy that takes it away', async () => {
  const PORT = String(await freePort())
  const url = `http://127.0.0.1:${PORT}/news`
  await startNewsstand({ 'a.txt': page() }, { PORT, BASE_URL: url })
  expect(await followAll(url)).toBeGreaterThan(15)
  for (const path of ['/news/healthz', '/healthz', '/news', '/rss.xml']) {
    expect((await fetch(new URL(path, url))).status).toBe(200)
  }
})

it('BASE_URL with a path may have a proxy that takes it away', async () => {
  const PORT = String(await freePort())
  const url = `${await proxyTo(Number(PORT), '/articles')}/articles`
  await startNewsstand({ 'a.txt': page() }, { PORT, BASE_URL: url })
  expect(await followAll(url)).toBeGreaterThan(15)
})
