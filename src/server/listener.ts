import { createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '../config-file.ts'
import { limitConnections } from './connections.ts'
import { newsstandAt, originOf } from './who-listens.ts'

/** How long requests under way may take once we are told to stop. */
const patienceMs = 8000
/** How often we look for connections that have nothing more to say. */
const idleCheckMs = 50

/**
 * How long clients may take, in ms. Requests to a feed server have no body and fit into a packet or
 * two, and whoever fetches feeds gives up after 10 to 30 s itself.
 */
export const patience = {
  /** For all headers, from the start of the connection or of the request; then 408. */
  headersTimeout: 10_000,
  /** For the whole request, should there be a body after all: it is read and dropped. */
  requestTimeout: 20_000,
  /** How often these two are looked at. */
  connectionsCheckingInterval: 2000,
  /** After an answer. Longer than proxies keep theirs (nginx and AWS: 60 s), so that none of them sends
   * a request into a connection that is just being closed. */
  keepAliveTimeout: 65_000,
} as const
/**
 * Who takes no byte of an answer for so long is cut off, after twice as long at most: Node looks
 * whether something was taken only when the time is over.
 */
export const stalledMs = 15_000

export interface Address {
  readonly port: number
  readonly host: string
  /** The settings that port and host come from. */
  readonly names: readonly [string, string]
  /** Whether other processes of ours listen there as well; of a worker of node:cluster. */
  readonly isShared?: boolean
  /** Is told what goes wrong later: a connection that cannot be taken. */
  readonly onFault: (message: string) => void
}

/** @throws ConfigError when the port cannot be had */
export function listen(listener: RequestListener, address: Address): Promise<Server> {
  const { port, host, isShared = false } = address
  // A poll has no body whose end anybody waits for; Node 24 does not know of this, and goes without.
  const server = createServer({ ...patience, optimizeEmptyRequests: true }, listener)
  server.timeout = stalledMs
  limitConnections(server)
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) =>
      reasonOf(error, address).then((reason) => reject(new ConfigError(reason)))
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (!isShared || error.code !== 'ENOTSUP') return refuse(error)
      // macOS and Windows: the first process listens for all, and hands connections on.
      server.once('error', refuse).listen({ port, host })
    })
    server.once('listening', () => {
      server.on('error', ({ message }) => address.onFault(`a connection failed: ${message}`))
      resolve(server)
    })
    // Each process has a queue of its own then, and the system deals connections out.
    server.listen({ port, host, reusePort: isShared })
  })
}

/** @throws ConfigError when the port cannot be had: processes that share it would not notice another program of this user that does so */
export async function checkPort(address: Address): Promise<void> {
  const server = await listen(() => {}, address)
  await new Promise((resolve) => server.close(resolve))
}

/** Why a port cannot be had, and what to do: a sentence each. */
async function reasonOf(
  { code = '', message }: NodeJS.ErrnoException,
  { port, host, names: [ofPort, ofHost] }: Address,
): Promise<string> {
  // Shells and tools set HOST as well.
  const remedy = `Set another ${ofHost}, also if something else has set it in the environment`
  const reasons: Record<string, string> = {
    EACCES: `this user may not use this port. Set a ${ofPort} above 1023`,
    EADDRNOTAVAIL: `this machine has no such address. ${remedy}`,
    ENOTFOUND: `no address has this name. ${remedy}`,
    EAI_AGAIN: `no address has this name. ${remedy}`,
  }
  const reason =
    code === 'EADDRINUSE'
      ? `${await holderOf(originOf(host, port))} uses this port. Stop it, or set another ${ofPort}`
      : (reasons[code] ?? message)
  return `${ofPort} is ${port} and ${ofHost} ${host}; ${reason}.`
}

async function holderOf(origin: string): Promise<string> {
  const part = await newsstandAt(origin)
  if (part === undefined) return 'another program'
  const running = `a Newsstand that runs already (${origin}/)`
  return part === 'site' ? running : `the status page of ${running}`
}

/** Takes no more connections, and lets the requests under way end. */
export async function closeServer(server: Server): Promise<void> {
  let isClosed = false
  server.close(() => {
    isClosed = true
  })
  const end = Date.now() + patienceMs
  while (!isClosed && Date.now() < end) {
    server.closeIdleConnections()
    await sleep(idleCheckMs)
  }
  server.closeAllConnections()
}
