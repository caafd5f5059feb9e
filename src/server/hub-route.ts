/** Subscription requests to the hub (W3C WebSub §5.1), which is elsewhere. */
import type { IncomingMessage } from 'node:http'
import type { Request, RequestHandler, Response } from 'express'
import { pathAndQuery } from '../channels/feed-addresses.ts'
import { hubPath } from '../channels/hubs.ts'

/** @param from the address of the client */
export type AskHub = (
  form: URLSearchParams,
  from: string,
) => Promise<{ readonly status: number; readonly text: string; readonly retryAfterS?: number }>

export const isOfHub = (url: string): boolean => pathAndQuery(url)[0] === hubPath

/** A callback has 2,000 characters at most and a secret 199 bytes, both encoded; a topic of ours is no longer than that. */
const mostBytes = 8192
const formType = 'application/x-www-form-urlencoded'

/** @param ask undefined where this site has no hub: then there is nothing at its address */
export function hubRoute(ask: AskHub | undefined): RequestHandler {
  return async (request, response, next) => {
    if (!ask || !isOfHub(request.url)) return next()
    const { method, headers, ip = '' } = request
    if (method !== 'POST') {
      const text = 'This is a WebSub hub: it takes subscription requests, which are sent by POST.'
      return send(response, 405, text, { Allow: 'POST' })
    }
    const fault = faultOfType(headers['content-type'])
    if (fault) return send(response, 415, fault, { 'Accept-Post': formType })
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
      const text = 'A request is sent as it is, without Content-Encoding.'
      return send(response, 415, text, { 'Accept-Encoding': 'identity' })
    }
    const form = await formOf(request)
    if (!form) {
      const text = `A request has ${mostBytes} bytes at most.`
      return send(response, 413, text, { Connection: 'close' })
    }
    const answer = await ask(form, ip)
    const { retryAfterS } = answer
    const retry = retryAfterS === undefined ? {} : { 'Retry-After': String(retryAfterS) }
    send(response, answer.status, answer.text, retry)
  }
}

function send(
  response: Response,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>>,
): void {
  const body = `${text}\n`
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  })
  response.end(body)
}

function faultOfType(value = ''): string | undefined {
  const [type = '', ...parameters] = value.split(';').map((part) => part.trim().toLowerCase())
  if (type !== formType) return `A request is a form: its Content-Type is ${formType}.`
  const charset = parameters.find((one) => one.startsWith('charset='))?.slice('charset='.length)
  if (charset === undefined || /^"?utf-?8"?$/.test(charset)) return undefined
  return 'A request is in UTF-8.'
}

/** @returns undefined of what is too long */
async function formOf(request: Request): Promise<URLSearchParams | undefined> {
  if (!request.readableDidRead) {
    const bytes = await bodyOf(request)
    return bytes && new URLSearchParams(bytes.toString())
  }
  // Whoever mounts us has read it for all of theirs.
  const { body } = request
  if (typeof body === 'string' || Buffer.isBuffer(body)) return new URLSearchParams(String(body))
  return new URLSearchParams(
    Object.entries(body ?? {}).flatMap(([name, value]) =>
      // Objects, which some parsers make of brackets, are nothing that a request has.
      [value].flat().flatMap((one) => (typeof one === 'string' ? [[name, one]] : [])),
    ),
  )
}

/** No more is read than a request may have: what comes after that goes with the connection. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length
    if (length > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
