/**
 * What is compared with: node:http with an answer that is prepared, and nothing else; one header says which answer is due. It
 * has the same patience as Newsstand: a timer of every connection is part of what Node takes for a request.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { patience, stalledMs } from '../src/server/listener.ts'
import { offer } from './push-process.ts'

const methods = {
  /**
   * @param etag of whoever gets `unchanged` in place of the bytes
   * @param whole and unchanged: names and values of headers in turn
   * @returns the address
   */
  async serve(
    etag: string,
    bytes: Uint8Array,
    whole: readonly string[],
    unchanged: readonly string[],
  ): Promise<string> {
    const [all, few] = [[...whole], [...unchanged]]
    const body = Buffer.from(bytes)
    const server = createServer(patience, (request, response) => {
      if (request.headers['if-none-match'] === etag) response.writeHead(304, few).end()
      else response.writeHead(200, all).end(body)
    })
    server.timeout = stalledMs
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  },
}

export type Bare = typeof methods

offer(methods)
