/** Sends over HTTP/1.1, with undici. */
import { readFileSync } from 'node:fs'
import { type Dispatcher, errors, Pool } from 'undici'
import { ownFile } from '../own-files.ts'
import {
  connectAnywhere,
  createSafeConnector,
  type MayConnect,
  RefusedAddressError,
} from './connector.ts'
import { retryAfterMs } from './retry-after.ts'
import { refusalOf } from './safe-address.ts'
import type { Answer, OutgoingRequest, Sender } from './sender.ts'

/** From when it is sent until the answer is there, connecting included. */
const longestMs = 10_000
/** What is kept of an answer: enough for a challenge (W3C WebSub §5.3) or a reason. */
const mostText = 4096
/** What is read beyond that, so that the connection can be used again. */
const mostRead = 65_536
/** To one origin at the same time. The dispatcher asks for fewer. */
const mostConnections = 16
/** Origins whose connections are kept: more than the dispatcher has under way, or none would be there for the next request. Each takes about 40 kB. */
const mostOrigins = 300
/** Where the other side says nothing of it (Keep-Alive: timeout=). Servers in Node hang up after 5 s, most others later. */
const keepAliveMs = 4000

const { version } = JSON.parse(readFileSync(ownFile('package.json'), 'utf8'))

/** The connection was one that was used before, and the other side had closed it meanwhile. */
class StaleConnection extends Error {}

/**
 * @param settings.allowNetworks networks that may be reached beside the public internet, in CIDR notation
 * @param settings.mayConnect is asked before each connection that a request that is not trusted needs
 * @param settings.baseUrl where we are, for whoever wonders who asks
 */
export function createSender({
  allowNetworks,
  baseUrl,
  mayConnect,
}: {
  readonly allowNetworks: readonly string[]
  readonly baseUrl: string
  readonly mayConnect?: MayConnect
}): Sender {
  const connectSafely = createSafeConnector(allowNetworks, mayConnect)
  const userAgent = `Newsstand/${version} (+${baseUrl})`
  /** The one that was used last is the last. */
  const pools = new Map<string, Pool>()
  /** Those that end what they have under way. */
  const leaving = new Set<Pool>()
  let isClosed = false

  /** A connection to an address that nobody looked at is for trusted requests alone. */
  function poolFor(origin: string, isTrusted: boolean): Pool {
    const key = `${isTrusted} ${origin}`
    const pool = pools.get(key) ?? createPool(origin, isTrusted ? connectAnywhere : connectSafely)
    pools.delete(key)
    pools.set(key, pool)
    if (pools.size > mostOrigins) dropOldest()
    return pool
  }

  function dropOldest(): void {
    const [oldest] = pools
    if (!oldest) return
    const [key, pool] = oldest
    pools.delete(key)
    leaving.add(pool)
    pool.close(() => leaving.delete(pool))
  }

  async function send(request: OutgoingRequest): Promise<Answer> {
    const { url, isTrusted } = request
    const refusal = isTrusted ? undefined : refusalOf(url, allowNetworks)
    if (refusal !== undefined)
      return { fault: `${URL.parse(url)?.host ?? url} ${refusal}`, isRefused: true }
    const { origin } = new URL(url)
    const headers = { ...request.headers, 'accept-encoding': 'identity', 'user-agent': userAgent }
    const ends = Date.now() + longestMs
    const ask = () =>
      new Promise<Answer>((resolve, reject) => {
        const answering = new Answering(ends - Date.now(), resolve, reject)
        poolFor(origin, isTrusted).dispatch(optionsOf(request, headers), answering)
      })
    return ask().catch((error) => {
      if (error instanceof StaleConnection) return ask()
      throw error
    })
  }

  return {
    async send(request) {
      if (isClosed) return { fault: 'it is closed', isRefused: false }
      try {
        return await send(request)
      } catch (error) {
        const isRefused = error instanceof RefusedAddressError
        return { fault: sentenceOf(error as NodeJS.ErrnoException), isRefused }
      }
    },
    async close() {
      isClosed = true
      await Promise.all([...pools.values(), ...leaving].map((pool) => pool.destroy()))
      pools.clear()
    },
  }
}

const createPool = (origin: string, connect: typeof connectAnywhere) =>
  new Pool(origin, {
    connect,
    connections: mostConnections,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: keepAliveMs,
    // There is one clock for all of it: longestMs.
    headersTimeout: 0,
    bodyTimeout: 0,
  })

function optionsOf(
  { url, method, body }: OutgoingRequest,
  headers: Record<string, string>,
): Dispatcher.DispatchOptions {
  const { pathname, search } = new URL(url)
  return { path: pathname + search, method, headers, ...(body === undefined ? {} : { body }) }
}

/** What has no message of its own: several addresses were tried, and each failed. */
const sentenceOf = ({ message, code, name }: NodeJS.ErrnoException): string =>
  message || code || name

/** Takes one answer from undici: what is needed of it, and no longer than there is time. */
class Answering implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: Answer) => void
  readonly #reject: (error: Error) => void
  readonly #timer: NodeJS.Timeout
  #controller: Dispatcher.DispatchController | undefined
  #isOver = false
  #status = 0
  #retryAfterMs: number | undefined
  #kept: Buffer[] = []
  #keptBytes = 0
  #readBytes = 0

  constructor(ms: number, resolve: (answer: Answer) => void, reject: (error: Error) => void) {
    this.#resolve = resolve
    this.#reject = reject
    this.#timer = setTimeout(() => this.#end(), ms)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    // While there was no connection there was nothing to end.
    if (this.#isOver) controller.abort(new Error('too late'))
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // What comes before an answer (RFC 9110 §15.2) is none.
    if (status < 200) return
    this.#status = status
    const value = headers['retry-after']
    this.#retryAfterMs = retryAfterMs(Array.isArray(value) ? value[0] : value, Date.now())
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    const rest = mostText - this.#keptBytes
    // A copy: undici's buffer is much larger than a short answer.
    if (rest > 0) this.#kept.push(Buffer.from(chunk.subarray(0, rest)))
    this.#keptBytes += Math.min(rest, chunk.length)
    this.#readBytes += chunk.length
    if (this.#readBytes > mostRead) this.#end()
  }

  onResponseEnd(): void {
    this.#settle()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#status > 0) this.#settle()
    else this.#over(() => this.#reject(isStale(error) ? new StaleConnection() : error))
  }

  /** There is enough of it, or no time left. What was read until then counts: whoever has sent a status has taken the request. */
  #end(): void {
    this.#settle()
    this.#controller?.abort(new Error('enough'))
  }

  #settle(): void {
    this.#over(() => {
      const asked = this.#retryAfterMs === undefined ? {} : { retryAfterMs: this.#retryAfterMs }
      if (this.#status === 0)
        return this.#reject(new Error(`no answer within ${longestMs / 1000} s`))
      const text = Buffer.concat(this.#kept).toString()
      this.#resolve({ status: this.#status, text, ...asked })
    })
  }

  #over(say: () => void): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#timer)
    say()
  }
}

function isStale(error: Error): boolean {
  return error instanceof errors.SocketError && (error.socket?.bytesRead ?? 0) > 0
}
