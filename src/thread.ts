/** A thread that is asked by name of a method and answers when it is done; it may ask its owner as well. */
import { extname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, Worker } from 'node:worker_threads'
import { createPeer, type Message, type Methods } from './calls.ts'

/** A thread that is to be closed may take so long to load. */
const longestLoadMs = 2000
const remedy =
  'Install it again, and where a bundler packs your program, have it leave newsstand out (as "external").'
/** Of our modules: they are TypeScript in a clone, and compiled in the package. */
const ending = extname(import.meta.url)

/** The message is the one line to print. */
export class LoadError extends Error {}

export type Thread = ReturnType<typeof startThread>

/**
 * Starts a thread. It is ready when the first call is answered.
 * @param entry the module that calls `answerCalls`, by its name in a clone
 * @param data what that module finds in `workerData`
 * @param youngMb a small young generation keeps memory flat where objects do not live long; V8 takes 3, 6, 12, 24 or 48, and rounds up to these
 * @param methods what the thread may ask for
 */
export function startThread(entry: URL, data: object, youngMb: number, methods: Methods = {}) {
  const worker = new Worker(new URL('./start.js', import.meta.url), {
    workerData: { ...data, entry: entry.href.replace(/\.ts$/, ending) },
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  })
  const peer = createPeer((message) => worker.postMessage(message), methods)
  let end: Error | undefined
  let hasLoaded = false

  worker.on('message', (message: Message) => {
    hasLoaded = true
    peer.take(message)
  })
  const fail = (error: Error) => {
    end ??= error
    peer.fail(error)
  }
  worker.on('error', fail)
  // An answer that cannot be read: whoever waits for it would wait for ever.
  worker.on('messageerror', (error) => {
    fail(error)
    void worker.terminate()
  })
  const ended = new Error(`the thread of ${entry.pathname.split('/').at(-2)} has ended`)
  worker.on('exit', () => fail(ended))

  /** @throws what the method throws, or that the thread has ended */
  function ask(method: string, ...args: unknown[]): Promise<unknown> {
    return end ? Promise.reject(end) : peer.ask(method, ...args)
  }

  return {
    /** Whether it has ended, by itself or closed. */
    get hasEnded() {
      return end !== undefined
    },
    ask,
    /**
     * Done when it has loaded. To be asked before all else.
     * @throws LoadError when it cannot
     */
    async ready() {
      try {
        await ask('hasLoaded')
      } catch (error) {
        const { message } = error as Error
        throw new LoadError(
          `files of Newsstand's own cannot be loaded: ${message.trim().split('\n')[0]}. ${remedy}`,
        )
      }
    },
    async close() {
      // Node crashes now and then when a thread is ended while it loads its modules.
      if (!hasLoaded) {
        const answered = ask('hasLoaded').catch(() => {})
        await Promise.race([answered, sleep(longestLoadMs, undefined, { ref: false })])
      }
      // One that hangs in the system ends when that lets it go: nobody waits for its answers until then.
      fail(ended)
      await worker.terminate()
    },
  }
}

/** In the thread: what its owner may ask for. */
const methodsOfThread: Record<string, Methods[string]> = {}
const owner = createPeer((message) => parentPort?.postMessage(message), methodsOfThread)

/** In the thread: answers calls with these methods. */
export function answerCalls(methods: Methods): void {
  Object.assign(methodsOfThread, methods)
  parentPort?.on('message', owner.take)
}

/** In the thread: asks whoever has started it. @throws what the method throws */
export const askOwner = owner.ask
