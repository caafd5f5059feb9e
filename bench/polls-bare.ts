/**
 * What is compared with: node:http with an answer that is prepared, and nothing else; one header says which answer is due. It
 * listens as Newsstand does, with the same patience: a timer of every connection is part of what Node takes for a request.
 */
import type { AddressInfo } from 'node:net'
import { listen } from '../src/server/listener.ts'
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
    const server = await listen(
      (request, response) => {
        if (request.headers['if-none-match'] === etag) response.writeHead(304, few).end()
        else response.writeHead(200, all).end(body)
      },
      { port: 0, host: '127.0.0.1', names: ['PORT', 'HOST'], onFault: console.error },
    )
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  },
}

export type Bare = typeof methods

offer(methods)
