/** A part of the push benchmark that has a process of its own, on a core that is stated: what it offers is called as if it were here. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Arguments and results are copied (structured clone). */
type Methods = Readonly<Record<string, (...args: never[]) => unknown>>

type Remote<M extends Methods> = {
  readonly [K in keyof M]: (...args: Parameters<M[K]>) => Promise<Awaited<ReturnType<M[K]>>>
}

interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

/** The program has the first core; whatever asks it and what it sends to have the other. */
export const programCore = ['taskset', '-c', '0']
export const otherCore = ['taskset', '-c', '1']

/**
 * Starts a file of this folder, which calls `offer`.
 * @param through what it is started with, such as `otherCore`
 */
export function startPart<M extends Methods>(file: string, through: readonly string[]) {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const [program = '', ...args] = [...through, process.execPath, path]
  const child: ChildProcess = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  child.on('message', ({ id, value, fault }: { id: number; value: unknown; fault?: string }) => {
    const call = waiting.get(id)
    waiting.delete(id)
    if (fault === undefined) call?.resolve(value)
    else call?.reject(new Error(`${file}: ${fault}`))
  })
  child.on('exit', () => {
    for (const call of waiting.values()) call.reject(new Error(`${file} has ended`))
  })
  const call = (method: string, args: readonly unknown[]): Promise<unknown> => {
    lastId += 1
    const waited = Promise.withResolvers<unknown>()
    waiting.set(lastId, waited)
    child.send({ id: lastId, method, args } satisfies Call)
    return waited.promise
  }
  return {
    pid: child.pid ?? 0,
    call: new Proxy({} as Remote<M>, {
      get:
        (_, method) =>
        (...args: unknown[]) =>
          call(String(method), args),
    }),
    async end(): Promise<void> {
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

/** In such a process: it ends when nobody asks any more. */
export function offer(methods: Methods): void {
  process.on('message', async ({ id, method, args }: Call) => {
    try {
      process.send?.({ id, value: await methods[method]?.(...(args as never[])) })
    } catch (error) {
      process.send?.({ id, fault: (error as Error).message })
    }
  })
  process.on('disconnect', () => process.exit())
}
