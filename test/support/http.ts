/** A request with nothing added to it, as fetch would, and nothing decoded. */
import { type IncomingHttpHeaders, request } from 'node:http'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export async function ask(
  url: string,
  headers: Readonly<Record<string, string | string[]>> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = await response.toArray()
      const { statusCode = 0, headers } = response
      resolve({ status: statusCode, headers, body: Buffer.concat(chunks) })
    })
    call.on('error', reject).end()
  })
}
