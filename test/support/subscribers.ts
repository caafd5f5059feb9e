/**
 * Subscribers of one topic as others write them, from the W3C's text alone: many, on many hosts, all of which one server is. They look at all that
 * they are sent.
 */
import { createHmac, hash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SubscribersPlan {
  /** Absolute, as the document names itself. */
  readonly topic: string
  readonly hub: string
  /** Of the document, without parameters. */
  readonly contentType: string
  /** How many addresses of 127.1.0.0/16 they are on, in turn. */
  readonly hosts: number
}

/** Times are `monotonicMs`; the three arrays have a place for each receipt. */
export interface Receipts {
  /** Which subscriber. */
  readonly who: Uint32Array
  /** When the whole of it was there. */
  readonly at: Float64Array
  /** Which of the documents. */
  readonly what: Uint32Array
}

/** A document that somebody was sent. */
export interface ReceivedDocument {
  readonly sha256: string
  readonly bytes: number
  readonly firstAt: number
  /** How many have got it. */
  readonly owners: number
}

/** How some of them answer: as they should, never, or with 500. */
export type Behaviour = 'well' | 'hang' | 'fail'

/** For comparing between processes of one machine. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

const mostProblems = 20

export type Subscribers = Awaited<ReturnType<typeof startSubscribers>>

/** Every other one has a secret. */
export const secretOf = (n: number): string => (n % 2 === 1 ? `secret of number ${n}` : '')

/** Of a subscriber. */
const hostOf = (n: number, hosts: number): string =>
  `127.1.${((n % hosts) >> 8) & 255}.${(n % hosts) & 255}`

export async function startSubscribers({ topic, hub, contentType, hosts }: SubscribersPlan) {
  const who: number[] = []
  const at: number[] = []
  const what: number[] = []
  const documents: {
    readonly body: Buffer
    readonly firstAt: number
    /** Who has it. */
    readonly owners: Set<number>
  }[] = []
  const confirmed = new Map<number, number>()
  const behaviours = new Map<number, Behaviour>()
  const hanging = new Set<ServerResponse>()
  const problems: string[] = []
  let problemCount = 0
  let unanswered = 0
  let answerAfterMs = (): number => 0
  /** Of headers that were found right, which are nearly always the same. */
  let rightLink = ''

  function complain(n: number, problem: string): void {
    problemCount += 1
    if (problems.length < mostProblems) problems.push(`subscriber ${n}: ${problem}`)
  }

  /** Almost always it is the last one that somebody else was sent. */
  function numberOf(body: Buffer, receivedAt: number): number {
    const known = documents.findLastIndex((one) => one.body.equals(body))
    if (known >= 0) return known
    return documents.push({ body, firstAt: receivedAt, owners: new Set() }) - 1
  }

  function lookAt(n: number, headers: IncomingMessage['headers'], body: Buffer): void {
    const { link, 'content-type': type = '' } = headers
    const linkText = Array.isArray(link) ? link.join(', ') : (link ?? '')
    if (linkText !== rightLink) {
      if (!hasLink(linkText, 'self', topic)) complain(n, `Link has no self ${topic}: ${linkText}`)
      else if (!hasLink(linkText, 'hub', hub)) complain(n, `Link has no hub ${hub}: ${linkText}`)
      else rightLink = linkText
    }
    if (type.split(';')[0] !== contentType) complain(n, `Content-Type is ${type}`)
    const secret = secretOf(n)
    const signature = String(headers['x-hub-signature'] ?? '')
    const right = secret && `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    if (signature !== right) complain(n, `X-Hub-Signature is "${signature}", not "${right}"`)
  }

  /** What one answers with a fault it has not got. */
  function receive(n: number, { headers }: IncomingMessage, body: Buffer): void {
    const receivedAt = monotonicMs()
    lookAt(n, headers, body)
    if (behaviours.get(n) === 'fail') return
    const document = numberOf(body, receivedAt)
    documents[document]?.owners.add(n)
    who.push(n)
    at.push(receivedAt)
    what.push(document)
  }

  /** Answers whether this subscriber wants what the hub says it has asked for (W3C WebSub §5.3). */
  function verify(n: number, query: URLSearchParams, response: ServerResponse): void {
    const isRight =
      query.get('hub.mode') === 'subscribe' &&
      query.get('hub.topic') === topic &&
      Number(query.get('hub.lease_seconds')) > 0
    if (!isRight) {
      complain(n, `a verification is wrong: ${query}`)
      response.writeHead(404).end()
      return
    }
    confirmed.set(n, monotonicMs())
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end(query.get('hub.challenge'))
  }

  function answer(n: number, response: ServerResponse): void {
    unanswered -= 1
    if (behaviours.get(n) === 'fail') response.writeHead(500).end()
    else response.writeHead(204).end()
  }

  const server = createServer((incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://x')
    const n = Number(pathname.slice(1))
    if (incoming.headers.host?.split(':')[0] !== hostOf(n, hosts)) complain(n, 'wrong Host')
    if (behaviours.get(n) === 'hang') {
      hanging.add(response)
      response.on('close', () => hanging.delete(response))
      incoming.resume()
      return
    }
    if (incoming.method === 'GET') return verify(n, searchParams, response)
    const chunks: Buffer[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => {
      receive(n, incoming, Buffer.concat(chunks))
      unanswered += 1
      const ms = answerAfterMs()
      if (ms > 0) setTimeout(answer, ms, n, response)
      else answer(n, response)
    })
    // Where the hub was killed half-way there is no end.
    incoming.on('error', () => {})
  })
  server.listen({ port: 0, host: '0.0.0.0', backlog: 4096 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    /** The port that all hosts have. */
    port,
    callbackOf: (n: number) => `http://${hostOf(n, hosts)}:${port}/${n}`,
    /** What has come, from one of these on. */
    receipts: (from = 0): Receipts => ({
      who: Uint32Array.from(who.slice(from)),
      at: Float64Array.from(at.slice(from)),
      what: Uint32Array.from(what.slice(from)),
    }),
    count: () => who.length,
    /** How many were received and are not answered yet. */
    unanswered: () => unanswered,
    documents: (): ReceivedDocument[] =>
      documents.map(({ body, firstAt, owners }) => ({
        sha256: hash('sha256', body),
        bytes: body.length,
        firstAt,
        owners: owners.size,
      })),
    /** Which of the documents hold this text. */
    documentsWith: (text: string): number[] =>
      documents.flatMap(({ body }, number) => (body.includes(text) ? [number] : [])),
    /** How many have one of the documents with this text. */
    countWith: (text: string): number =>
      documents
        .filter(({ body }) => body.includes(text))
        .reduce((owners, one) => owners.union(one.owners), new Set()).size,
    /** When each was asked whether it wants to subscribe, the last time. */
    confirmed: (): ReadonlyMap<number, number> => confirmed,
    behave(numbers: readonly number[], behaviour: Behaviour): void {
      for (const n of numbers) behaviours.set(n, behaviour)
    },
    /** From now on each takes so long to answer. */
    answerAfter(ms: () => number): void {
      answerAfterMs = ms
    },
    /** What was not as it has to be; of many the first twenty. */
    problems: (): { readonly count: number; readonly first: readonly string[] } => ({
      count: problemCount,
      first: problems,
    }),
    /** Asks the hub to subscribe one, from its own host. */
    subscribe: (n: number): Promise<HubAnswer> =>
      askHub(hub, hostOf(n, hosts), {
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.callback': `http://${hostOf(n, hosts)}:${port}/${n}`,
        ...(secretOf(n) && { 'hub.secret': secretOf(n) }),
      }),
    async close(): Promise<void> {
      for (const response of hanging) response.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Whether a Link header has it (RFC 8288). */
function hasLink(link: string, relation: string, url: string): boolean {
  return link
    .split(/,\s*(?=<)/)
    .some((one) => one.startsWith(`<${url}>`) && one.includes(`rel="${relation}"`))
}

export interface HubAnswer {
  readonly status: number
  readonly text: string
  /** Seconds; 0 where it says nothing of it. */
  readonly retryAfterS: number
  readonly sentAt: number
  readonly answeredAt: number
}

/** @param from the address that it is sent from */
function askHub(
  hub: string,
  from: string,
  fields: Readonly<Record<string, string>>,
): Promise<HubAnswer> {
  const body = String(new URLSearchParams(fields))
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': Buffer.byteLength(body),
  }
  const sentAt = monotonicMs()
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, localAddress: from, agent: false } as const
    const call = request(hub, options, (response) => {
      const { statusCode: status = 0, headers: answered } = response
      const answeredAt = monotonicMs()
      const retryAfterS = Number(answered['retry-after'] ?? 0)
      response.toArray().then(
        (all) =>
          resolve({
            ...{ status, retryAfterS, sentAt, answeredAt },
            text: String(Buffer.concat(all)),
          }),
        reject,
      )
    })
    call.on('error', reject).end(body)
  })
}
