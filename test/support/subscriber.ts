/** A subscriber of WebSub, as its hub sees it. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { closeServer } from '../../src/server/listener.ts'

/** What a hub has sent. */
export interface Received {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Reply {
  readonly status: number
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Subscriber {
  /** Without a slash at its end. */
  readonly url: string
  /** The GETs, by which it is asked and told. */
  readonly asked: readonly Received[]
  /** The POSTs. */
  readonly content: Received[]
  /** Says what it answers from now on; first it confirms whatever it is asked, and takes what it is sent. */
  answer(reply: (received: Received) => Reply | Promise<Reply>): void
}

export const confirming = ({ method, query }: Received): Reply =>
  method === 'GET' ? { status: 200, text: query.get('hub.challenge') ?? '' } : { status: 204 }

/** @param host an address of this machine */
export async function startSubscriber(host = '127.0.0.1', port = 0): Promise<Subscriber> {
  const asked: Received[] = []
  const content: Received[] = []
  let answer: (received: Received) => Reply | Promise<Reply> = confirming
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const query = new URL(url, 'http://a').searchParams
    const received = { method, url, query, headers, body: await buffer(request) }
    ;(method === 'GET' ? asked : content).push(received)
    const { status, text, headers: more } = await answer(received)
    response.writeHead(status, more).end(text)
  })
  server.listen(port, host)
  await once(server, 'listening')
  onTestFinished(() => closeServer(server))
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    asked,
    content,
    answer(reply) {
      answer = reply
    },
  }
}
