/** A thread that is asked by name of a method and answers when it is done; it may ask its owner as well. */
import { extname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, Worker } from 'node:worker_threads'

/** A thread that is to be closed may take so long to load. */
const longestLoadMs = 2000
const remedy =
  'Install it again, and where a bundler packs your program, have it leave newsstand out (as "external").'
/** Of our modules: they are TypeScript in a clone, and compiled in the package. */
const ending = extname(import.meta.url)

/** The message is the one line to print. */
export class LoadError extends Error {}

export type Thread = ReturnType<typeof startThread>

/** What can be asked for, by name; arguments and answers are copied (structured clone). */
export type Methods = Readonly<Record<string, (...args: never[]) => unknown>>

interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

type Answer = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: { readonly message: string; readonly code: string | undefined } }
)

const isCall = (message: Call | Answer): message is Call => 'method' in message

/** Calls that are on their way, and what their answers are given to. */
function createCalls(send: (call: Call) => void) {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  return {
    ask(method: string, args: readonly unknown[]): Promise<unknown> {
      lastId += 1
      const id = lastId
      send({ id, method, args })
      return new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
    },
    take(answer: Answer): void {
      const call = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('error' in answer) {
        call?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }))
      } else call?.resolve(answer.value)
    },
    fail(error: Error): void {
      for (const call of waiting.values()) call.reject(error)
      waiting.clear()
    },
  }
}

async function answerTo({ id, method, args }: Call, methods: Methods): Promise<Answer> {
  try {
    return { id, value: await methods[method]?.(...(args as never[])) }
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    return { id, error: { message, code } }
  }
}

/**
 * Starts a thread. It is ready when the first call is answered.
 * @param entry the module that calls `answerCalls`, by its name in a clone
 * @param data what that module finds in `workerData`
 * @param youngMb a small young generation keeps memory flat where objects do not live long
 * @param methods what the thread may ask for
 */
export function startThread(entry: URL, data: object, youngMb: number, methods: Methods = {}) {
  const worker = new Worker(new URL('./start.js', import.meta.url), {
    workerData: { ...data, entry: entry.href.replace(/\.ts$/, ending) },
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  })
  const calls = createCalls((call) => worker.postMessage(call))
  let end: Error | undefined
  let hasLoaded = false

  worker.on('message', async (message: Call | Answer) => {
    hasLoaded = true
    if (isCall(message)) worker.postMessage(await answerTo(message, methods))
    else calls.take(message)
  })
  const fail = (error: Error) => {
    end ??= error
    calls.fail(error)
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
    return end ? Promise.reject(end) : calls.ask(method, args)
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

const ofOwner = createCalls((call) => parentPort?.postMessage(call))

/** In the thread: answers calls with these methods. */
export function answerCalls(methods: Methods): void {
  parentPort?.on('message', async (message: Call | Answer) => {
    if (isCall(message)) parentPort?.postMessage(await answerTo(message, methods))
    else ofOwner.take(message)
  })
}

/** In the thread: asks whoever has started it. @throws what the method throws */
export const askOwner = (method: string, ...args: unknown[]): Promise<unknown> =>
  ofOwner.ask(method, args)
