import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createSender } from '../../src/deliveries/http-sender.ts'
import type { OutgoingRequest } from '../../src/deliveries/sender.ts'
import { serveNames } from '../support/name-server.ts'
import { until } from '../support/until.ts'

const loopback = ['127.0.0.0/8']

function open(allowNetworks: readonly string[] = loopback) {
  const sender = createSender({ allowNetworks, baseUrl: 'https://news.example' })
  onTestFinished(() => sender.close())
  return sender
}

const post = (url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  ...{ method: 'POST', url, headers: { 'content-type': 'text/plain' }, body: 'news' },
  ...{ isTrusted: false, ...more },
})

/** @returns its port, and how often it was connected to */
async function listen(server: Server) {
  const seen = { port: 0, connections: 0 }
  server.on('connection', (socket) => {
    seen.connections += 1
    onTestFinished(() => {
      socket.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  seen.port = (server.address() as AddressInfo).port
  return seen
}

/** undici leaves a connection alone for a turn of the event loop. */
async function rest(): Promise<void> {
  await turn()
  await turn()
}

const serve = (answer: RequestListener) => listen(createServer(answer))

it('sends a request and reads the answer', async () => {
  let asked = {}
  const { port } = await serve(async (request, response) => {
    const body = (await request.toArray()).join('')
    const { method, url, headers } = request
    asked = {
      method,
      url,
      body,
      type: headers['content-type'],
      host: headers.host,
      agent: headers['user-agent'],
    }
    response.writeHead(202, { 'retry-after': '120' }).end('täk')
  })
  const answer = await open().send(
    post(`http://127.0.0.1:${port}/here?a=1`, { body: Buffer.from('news') }),
  )
  expect(answer).toEqual({ status: 202, text: 'täk', retryAfterMs: 120_000 })
  expect(asked).toEqual({
    ...{ method: 'POST', url: '/here?a=1', body: 'news', type: 'text/plain' },
    ...{
      host: `127.0.0.1:${port}`,
      agent: expect.stringMatching(/^Newsstand\/\d[\w.-]* \(\+https:\/\/news\.example\)$/),
    },
  })
})

it('uses the same connection for what is sent to one host, one after the other', async () => {
  const seen = await serve((_, response) => response.end())
  const sender = open()
  for (let n = 0; n < 5; n++) {
    await sender.send(post(`http://127.0.0.1:${seen.port}/${n}`))
    await rest()
  }
  expect(seen.connections).toBe(1)
})

it('sends once more when a connection that was kept has been closed meanwhile', async () => {
  let count = 0
  const seen = await serve((request, response) => {
    count += 1
    if (count === 2) request.socket.destroy()
    else response.end('ok')
  })
  const sender = open()
  const request = post(`http://127.0.0.1:${seen.port}/`)
  await sender.send(request)
  await rest()
  expect(await sender.send(request)).toEqual({ status: 200, text: 'ok' })
  expect(seen.connections).toBe(2)
})

it('says why there was no answer', async () => {
  const seen = await serve((request) => request.socket.destroy())
  const sender = open()
  expect(await sender.send(post(`http://127.0.0.1:${seen.port}/`))).toEqual({
    fault: 'other side closed',
    isRefused: false,
  })
  expect(seen.connections).toBe(1)
  const { port } = await serve(() => {})
  const mute = createTcpServer((socket) => socket.end('nonsense\r\n\r\n'))
  const { port: other } = await listen(mute)
  expect(await sender.send(post(`http://127.0.0.1:${other}/`))).toMatchObject({ isRefused: false })
  expect(
    await sender.send(post(`http://127.0.0.1:${port}/`, { headers: { 'a b': '' } })),
  ).toMatchObject({ isRefused: false })
  expect(await sender.send(post('nowhere'))).toEqual({
    fault: 'nowhere is not an absolute address',
    isRefused: true,
  })
})

it('follows no redirect', async () => {
  const target = await serve((_, response) => response.end())
  const { port } = await serve((_, response) =>
    response.writeHead(307, { location: `http://127.0.0.1:${target.port}/` }).end(),
  )
  expect(await open().send(post(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 307 })
  expect(target.connections).toBe(0)
})

it('reads the beginning of an answer only, and unpacks nothing', async () => {
  let written = 0
  function pour(response: ServerResponse): void {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a'))) written += 65_536
    response.once('drain', () => pour(response))
  }
  const bomb = gzipSync(Buffer.alloc(10_000_000, 'a'))
  const seen = await serve((request, response) => {
    if (request.url === '/endless') pour(response)
    else if (request.url === '/long') response.end('b'.repeat(10_000))
    else response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  })
  const sender = open()
  const at = (path: string) => sender.send(post(`http://127.0.0.1:${seen.port}${path}`))
  expect(await at('/long')).toEqual({ status: 200, text: 'b'.repeat(4096) })
  await rest()
  expect(await at('/bomb')).toEqual({ status: 200, text: expect.stringMatching(/^.{1,4096}$/s) })
  expect(seen.connections).toBe(1)
  expect(await at('/endless')).toEqual({ status: 200, text: 'a'.repeat(4096) })
  expect(written).toBeLessThan(50_000_000)
})

it('waits ten seconds in all: for the connection, the status, the headers and the rest', async () => {
  const reached: string[] = []
  const all = Promise.withResolvers<void>()
  const { port } = await serve((request, response) => {
    reached.push(request.url ?? '')
    if (request.url === '/early') response.writeEarlyHints({ link: '</a>; rel=preload' })
    if (request.url === '/begun') response.writeHead(200).write('begun')
    if (reached.length === 3) all.resolve()
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const sender = open()
  const at = (path: string) => sender.send(post(`http://127.0.0.1:${port}${path}`))
  const answers = Promise.all([at('/silent'), at('/early'), at('/begun')])
  await all.promise
  // What was written is read before time goes on.
  for (let n = 0; n < 20; n++) await turn()
  await vi.advanceTimersByTimeAsync(10_000)
  const none = { fault: 'no answer within 10 s', isRefused: false }
  expect(await answers).toEqual([none, none, { status: 200, text: 'begun' }])
})

it('ends everything when it is closed', async () => {
  const asked = Promise.withResolvers<void>()
  const { port } = await serve(() => asked.resolve())
  const sender = open()
  const answer = sender.send(post(`http://127.0.0.1:${port}/`))
  await asked.promise
  await sender.close()
  expect(await answer).toEqual({ fault: expect.any(String), isRefused: false })
  expect(await sender.send(post(`http://127.0.0.1:${port}/`))).toEqual({
    fault: 'it is closed',
    isRefused: false,
  })
})

it('closes the connections to those that were not asked for longest', async () => {
  const hosts = Array.from({ length: 301 }, (_, n) => `127.1.${n >> 8}.${n & 255}`)
  let connections = 0
  const server = createServer((_, response) => response.end())
  // None of them ends by itself meanwhile.
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket) => {
    connections += 1
    socket.on('close', () => {
      connections -= 1
    })
  })
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const sender = open()
  for (const host of hosts) await sender.send(post(`http://${host}:${port}/`))
  await until(() => connections === 300)
})

it('connects to no address of an inner network, by number or by name', async () => {
  await serveNames((name) =>
    name === 'mixed.example'
      ? ['93.184.216.34', '127.0.0.1']
      : name === 'six.example'
        ? ['::1']
        : ['127.0.0.1'],
  )
  const seen = await serve((_, response) => response.end())
  const sender = open([])
  const at = (host: string) => sender.send(post(`http://${host}:${seen.port}/`))
  const why = 'which is not an address of the public internet'
  expect(await at('127.0.0.1')).toMatchObject({ isRefused: true })
  expect(await at('reader.example')).toEqual({
    fault: `reader.example leads to 127.0.0.1, ${why}`,
    isRefused: true,
  })
  expect(await at('mixed.example')).toEqual({
    fault: `mixed.example leads to 127.0.0.1, ${why}`,
    isRefused: true,
  })
  expect(await at('six.example')).toEqual({
    fault: `six.example leads to ::1, ${why}`,
    isRefused: true,
  })
  expect(await sender.send(post(`https://reader.example:${seen.port}/`))).toMatchObject({
    isRefused: true,
  })
  expect(seen.connections).toBe(0)
})

it('connects to what was looked at, whatever the name leads to a moment later', async () => {
  let count = 0
  const asked = await serveNames((name) => {
    if (name === 'reader.example') count += 1
    return count <= 2 ? ['127.0.0.1'] : ['10.0.0.1']
  })
  const seen = await serve((_, response) => response.end('ok'))
  expect(await open().send(post(`http://reader.example:${seen.port}/`))).toEqual({
    status: 200,
    text: 'ok',
  })
  expect(asked).toEqual(['reader.example'])
})

it('connects no more to an address than its caller lets it, whatever the name', async () => {
  await serveNames(() => ['127.0.0.1'])
  const seen = await serve((_, response) => response.end('ok'))
  const asked: string[] = []
  const mayConnect = (ip: string) => asked.push(ip) <= 2
  const sender = createSender({
    allowNetworks: loopback,
    baseUrl: 'https://news.example',
    mayConnect,
  })
  onTestFinished(() => sender.close())
  const at = (host: string) =>
    sender.send(post(`http://${host}:${seen.port}/`, { headers: { connection: 'close' } }))
  expect(await at('one.example')).toMatchObject({ status: 200 })
  expect(await at('127.0.0.1')).toMatchObject({ status: 200 })
  const fault = 'too many requests go to this address'
  expect(await at('two.example')).toEqual({ fault, isRefused: false })
  expect(await at('127.0.0.1')).toEqual({ fault, isRefused: false })
  expect(asked).toEqual(Array(4).fill('127.0.0.1'))
  expect(seen.connections).toBe(2)
})

it('lets trusted requests go anywhere, over connections that others do not get', async () => {
  const seen = await serve((_, response) => response.end('ok'))
  const sender = open([])
  const url = `http://127.0.0.1:${seen.port}/`
  expect(await sender.send(post(url, { isTrusted: true }))).toEqual({ status: 200, text: 'ok' })
  expect(await sender.send(post(url))).toMatchObject({ isRefused: true })
  expect(seen.connections).toBe(1)
})

it('asks for the certificate of the name, over HTTP/1.1', async () => {
  await serveNames(() => ['127.0.0.1'])
  const hello = Promise.withResolvers<string>()
  const { port } = await listen(
    createTcpServer((socket) =>
      socket.once('data', (data) => {
        hello.resolve(data.toString('latin1'))
        socket.destroy()
      }),
    ),
  )
  expect(await open().send(post(`https://reader.example:${port}/`))).toMatchObject({
    isRefused: false,
  })
  const sent = await hello.promise
  expect(sent).toContain('reader.example')
  expect(sent).toContain('http/1.1')
  expect(sent).not.toContain('\x02h2')
})
