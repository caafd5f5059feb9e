/** A request with nothing added to it, as fetch would, and nothing decoded. */
import { type Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** @param agent that keeps connections; without one each request has a connection of its own */
export async function ask(
  url: string,
  headers: Readonly<Record<string, string | string[]>> = {},
  method = 'GET',
  agent: Agent | false = false,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers, agent }, (response) => {
      const { statusCode = 0, headers } = response
      const resolveWith = (chunks: Buffer[]) =>
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks) })
      response.toArray().then(resolveWith, reject)
    })
    call.on('error', reject).end()
  })
}
