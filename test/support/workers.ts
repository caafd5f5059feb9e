/** Newsstand with several processes that serve, as a test sees them. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, ask } from './http.ts'
import type { Newsstand } from './newsstand.ts'

/** So many new connections reach each of two processes, but for one time in a trillion. */
const many = 40

/** The same request over many new connections, one after the other. */
export async function askMany(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let n = 0; n < many; n += 1) answers.push(await ask(url, headers))
  return answers
}

/** Numbers of the processes that serve, in order. */
export async function workersOf({ adminUrl }: Newsstand): Promise<number[]> {
  const { workers } = (await (await fetch(`${adminUrl}/status`)).json()) as {
    workers: { pid: number }[]
  }
  return workers.map(({ pid }) => pid)
}

/** Processes that one has started and that have not ended (Linux). */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)

/** Whether it has loaded and waits: it takes no processor time for a while (Linux). */
export async function isAtRest(pid: number): Promise<boolean> {
  const ticks = () => {
    const [, figures = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const [user = 0, system = 0] = figures.split(' ').slice(11, 13).map(Number)
    return user + system
  }
  const before = ticks()
  await sleep(200)
  return before > 0 && ticks() === before
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** How many sockets listen on its port (Linux, where the system deals connections out): one for each process that has something to serve. */
export function listeners({ url }: Pick<Newsstand, 'url'>): number {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0')
  const isListening = new RegExp(`^ *\\d+: [0-9A-F]{8}:${port} \\S+ 0A `)
  const sockets = readFileSync('/proc/net/tcp', 'utf8').split('\n')
  return sockets.filter((line) => isListening.test(line)).length
}
