/**
 * A process that answers readers beside others, started by pool.ts. It ends with the process that started it, however that ends: node:cluster
 * sees to that when the channel between the two breaks.
 */
import type { RequestListener, Server } from 'node:http'
import { createPeer, type Message } from '../calls.ts'
import { ConfigError } from '../config-file.ts'
import { closeServer, listen } from '../server/listener.ts'
import { answerStarting } from '../server/starting.ts'
import { stopSignal } from '../stop-signal.ts'
import type { Beginning, Report, Told } from './messages.ts'
import type { Served } from './served.ts'

let server: Server | undefined
let answer: RequestListener | undefined
let served: Served | undefined
let opening: Promise<void> | undefined
let stopping: Promise<void> | undefined
let refusing: Promise<void> | undefined

const primary = createPeer(
  (message) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => {})
  },
  {
    open,
    // Before there is anything that could be of before, there is nothing to do.
    update: (...args: Parameters<Served['update']>) => served?.update(...args),
    clear: () => served?.clear(),
    downloaded: (...args: Parameters<Served['downloaded']>) => served?.downloaded(...args),
    report(told: Told | undefined): Report | undefined {
      if (told) served?.take(told)
      return served?.report()
    },
    async stop(): Promise<Report | undefined> {
      await stop()
      return served?.report()
    },
  },
)
process.on('message', (message: Message) => void primary.take(message))
// Who is told to stop alone, or sooner than the process that started it, ends in good order as well.
stopSignal().addEventListener('abort', async () => {
  await stop()
  // One that has no place yet has counted nothing.
  if (served) await primary.ask('report', served.report())
  process.exit()
})

const beginning = primary.ask('begin') as Promise<Beginning>
const loading = Promise.all([beginning, import('./served.ts')]).then(
  ([begins, { serveBeside }]) => {
    served = serveBeside(primary.ask, begins.config)
    return served
  },
)
loading.catch(refuse)
const { config, told: begun } = await beginning
const starting = answerStarting(config)
try {
  // Who takes another's place has something to serve from its first answer on.
  if (begun) await open(begun)
  server = await listen((request, response) => (answer ?? starting)(request, response), {
    port: config.port,
    host: config.host,
    names: ['PORT', 'HOST'],
    isShared: true,
    onFault: (message) => void primary.ask('log', 'error', message),
  })
  await primary.ask('listens')
} catch (error) {
  await refuse(error)
}

/** Says why it cannot serve, and ends. */
function refuse(error: unknown): Promise<void> {
  const method = error instanceof ConfigError ? 'refused' : 'failed'
  refusing ??= primary.ask(method, (error as Error).message).then(() => process.exit(1))
  return refusing
}

/** Once, whoever asks for it. */
function open(told: Told): Promise<void> {
  opening ??= loading
    .then((found) => found.open(told))
    .then((app) => {
      answer = app
    })
  return opening
}

/** Lets requests under way end. */
function stop(): Promise<void> {
  stopping ??= server ? closeServer(server) : Promise.resolve()
  return stopping
}
