/** One of the processes that serve, as the one that refreshes sees it. */
import cluster from 'node:cluster'
import { fileURLToPath } from 'node:url'
import { createPeer, type Message, type Methods } from '../calls.ts'
import { ConfigError } from '../config.ts'
import type { WorkerFigures } from '../status/figures.ts'
import type { Report } from './messages.ts'

/** Requests under way have eight seconds when we stop (listener.ts). */
const longestStopMs = 9000

export type Member = ReturnType<typeof startMember>

/**
 * Starts one, which loads all that it needs and waits for a place.
 * @param methods what it may ask for
 * @param onEnd is told when it has ended, and how
 */
export function startMember(methods: Methods, onEnd: (how: string) => void) {
  cluster.setupPrimary({
    exec: fileURLToPath(new URL('../start.js', import.meta.url)),
    args: ['--worker'],
    serialization: 'advanced',
  })
  const worker = cluster.fork()
  const { pid = 0 } = worker.process
  /** 0 of one that has no place yet. */
  let number = 0
  let started = new Date()
  const placed = Promise.withResolvers<void>()
  const listening = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  let hasListened = false
  let hasEnded = false
  let silence = 0
  let taken: Pick<Report, 'cpuSeconds' | 'memory'> = { cpuSeconds: 0, memory: 0 }

  const name = () => (number === 0 ? 'the spare worker' : `worker ${number}`)
  const send = (message: Message) => {
    if (worker.isConnected()) worker.send(message, () => {})
  }
  const peer = createPeer(send, {
    ...methods,
    listens() {
      hasListened = true
      listening.resolve()
    },
    /** In place of listening. */
    refused: (message: string) => listening.reject(new ConfigError(message)),
  })
  worker.on('message', (message: Message) => {
    silence = 0
    void peer.take(message)
  })
  // It may not start; that it has ended is told in any case.
  worker.on('error', ({ message }) => end(message))
  worker.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
  // Only at the start somebody waits for it.
  listening.promise.catch(() => {})

  function end(how: string): void {
    if (hasEnded) return
    hasEnded = true
    const error = new Error(`${name()} has ended: ${how}`)
    peer.fail(error)
    listening.reject(error)
    ended.resolve()
    onEnd(how)
  }

  return {
    get number() {
      return number
    },
    get name() {
      return name()
    },
    pid,
    get started() {
      return started
    },
    /** Gives it a place: from now on it is the worker of this number, and begins. */
    place(at: number): void {
      number = at
      started = new Date()
      placed.resolve()
    },
    /** Done when it has one. */
    placed: placed.promise,
    /** @throws ConfigError when it cannot listen, Error when it has ended before */
    listening: listening.promise,
    hasEnded: () => hasEnded,
    /** @throws what the method throws, or that it has ended */
    ask(method: string, ...args: unknown[]): Promise<unknown> {
      if (hasEnded) return Promise.reject(new Error(`${name()} has ended`))
      return peer.ask(method, ...args)
    },
    /** @returns how often this was called since the worker last said something. A clock would count while this process itself was held up */
    countSilence: () => {
      silence += 1
      return silence
    },
    /** Takes note of its last report. */
    note: (last: typeof taken): void => {
      taken = last
    },
    figures: (): WorkerFigures => ({ number, pid, started, ...taken }),
    kill: (): void => void worker.process.kill('SIGKILL'),
    /**
     * Lets requests under way end. Done when it has ended.
     * @returns what it has counted since its last report; undefined where that is lost
     */
    async stop(): Promise<Report | undefined> {
      if (hasEnded) return undefined
      const kill = () => worker.process.kill('SIGKILL')
      const timer = setTimeout(kill, longestStopMs)
      // One that does not even listen has nothing to end.
      if (!hasListened) kill()
      const report = await peer.ask('stop').catch(() => undefined)
      if (worker.isConnected()) worker.disconnect()
      await ended.promise
      clearTimeout(timer)
      return report as Report | undefined
    },
  }
}
