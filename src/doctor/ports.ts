/** Whether the ports may be had; who has one may be a Newsstand that runs. */
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, Server } from 'node:http'
import { type Config, ConfigError } from '../config.ts'
import { closeServer, listen } from '../server/listener.ts'
import { newsstandAt, originOf } from '../server/who-listens.ts'
import { type Finding, right, wrong } from './finding.ts'

/** What answers at the public port while the doctor asks. */
export type Answering =
  /** A Newsstand that runs. */
  | { readonly by: 'newsstand'; readonly origin: string }
  /** The doctor itself, since nobody else did. */
  | { readonly by: 'doctor'; readonly stand: StandIn }
  /** Another program, or none. */
  | { readonly by: 'other' }

/** Answers in place of a Newsstand, with a word that nobody else has. */
interface StandIn {
  readonly word: string
  /** Of the request that asked for the word last. */
  readonly headers: () => IncomingHttpHeaders | undefined
  /** Where that came from. */
  readonly sender: () => string
  close(): Promise<void>
}

export async function foundPort(
  config: Config,
): Promise<{ finding: Finding; answering: Answering }> {
  const { port, host } = config
  const about = 'Port'
  const origin = originOf(host, port)
  try {
    const stand = await standIn(config)
    const text = `Port ${port} of ${host} is free: Newsstand does not run.`
    return { finding: right(about, text), answering: { by: 'doctor', stand } }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    if ((await newsstandAt(origin)) === 'site') {
      const finding = right(about, `A Newsstand answers at ${origin}.`)
      return { finding, answering: { by: 'newsstand', origin } }
    }
    return { finding: wrong(about, ...parted(error.message)), answering: { by: 'other' } }
  }
}

/** @param isRunning whether a Newsstand runs, which has it then */
export async function foundAdminPort(config: Config, isRunning: boolean): Promise<Finding> {
  const { adminPort: port, adminHost: host } = config
  const about = 'Status page'
  if (port === 0) return right(about, 'There is to be none: ADMIN_PORT is 0.')
  const origin = originOf(host, port)
  try {
    const names = ['ADMIN_PORT', 'ADMIN_HOST'] as const
    const server = await listen(() => {}, { port, host, names, onFault: () => {} })
    await closeServer(server)
    if (!isRunning) return right(about, `Port ${port} of ${host} is free.`)
    const text = `Nobody listens at ${origin}, though a Newsstand runs.`
    return wrong(
      about,
      text,
      'Start it anew, if the settings have changed since; else see its log.',
    )
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return (await newsstandAt(origin)) === 'status'
      ? right(about, `It is at ${origin}/.`)
      : wrong(about, ...parted(error.message))
  }
}

/** A message of a fault is what is wrong, and what to do behind it. */
function parted(message: string): [text: string, remedy: string] {
  const at = message.indexOf('. ')
  return [message.slice(0, at + 1), message.slice(at + 2)]
}

/** @throws ConfigError when the port cannot be had */
async function standIn({ port, host }: Config): Promise<StandIn> {
  const word = randomUUID()
  let headers: IncomingHttpHeaders | undefined
  let sender = ''
  const server: Server = await listen(
    (request, response) => {
      const isOurs = request.url?.endsWith(`/healthz?doctor=${word}`)
      if (isOurs) {
        headers = request.headers
        sender = request.socket.remoteAddress ?? ''
      }
      // Readers who come meanwhile ask again.
      response.writeHead(isOurs ? 200 : 503, {
        'Content-Type': 'text/plain',
        'Cache-Control': 'no-store',
        ...(!isOurs && { 'Retry-After': '10' }),
      })
      response.end(isOurs ? word : 'Newsstand does not run.\n')
    },
    { port, host, names: ['PORT', 'HOST'], onFault: () => {} },
  )
  return { word, headers: () => headers, sender: () => sender, close: () => closeServer(server) }
}
