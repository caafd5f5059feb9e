/** Who has a port that cannot be had. */
import { isIPv6 } from 'node:net'
import { answerOf } from './asking.ts'

/** Newsstand answers these at once, and who is at the start waits for them. */
const patienceMs = 2000

/** Where this machine finds a listener. */
export function originOf(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const name = isEverywhere ? '127.0.0.1' : isIPv6(host) ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** Which part of a Newsstand that runs answers there; undefined where another program does, or none. */
export async function newsstandAt(origin: string): Promise<'site' | 'status' | undefined> {
  const [health = '', status = ''] = await Promise.all(
    ['/healthz', '/status'].map(
      async (path) => (await answerOf(`${origin}${path}`, {}, patienceMs)).body,
    ),
  )
  if (health.trim() === 'alive') return 'site'
  return status.includes('"isReady"') ? 'status' : undefined
}
