/** Hands requests to one of several servers in turn, and to the next where one gives no answer, as nginx does. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type Answer, ask } from './http.ts'

export interface Balancer extends AsyncDisposable {
  readonly url: string
}

const patienceMs = 5000

/** @param urls of the servers */
export async function startBalancer(urls: readonly string[]): Promise<Balancer> {
  let turn = 0

  async function answerOf(path: string, headers: Record<string, string>): Promise<Answer> {
    const faults: string[] = []
    turn = (turn + 1) % urls.length
    const inTurn = [...urls.slice(turn), ...urls.slice(0, turn)]
    for (const url of inTurn) {
      const late = AbortSignal.timeout(patienceMs)
      const never = once(late, 'abort').then(() => Promise.reject(new Error('no answer')))
      try {
        const answer = await Promise.race([ask(url + path, headers), never])
        if (answer.status < 500) return answer
        faults.push(`${url}: ${answer.status} ${answer.body}`)
      } catch (error) {
        faults.push(`${url}: ${(error as Error).message}`)
      }
    }
    throw new Error(faults.join('; '))
  }

  const server = createServer(async (request, response) => {
    const { 'if-none-match': tag } = request.headers
    try {
      const headers = tag ? { 'if-none-match': tag } : {}
      const { status, headers: sent, body } = await answerOf(request.url ?? '/', headers)
      const etag = sent.etag ? { etag: sent.etag } : {}
      response.writeHead(status, { 'content-type': sent['content-type'] ?? '', ...etag }).end(body)
    } catch (error) {
      response.writeHead(502).end(String(error))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('there is no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
