/**
 * What is compared with: the same bytes to the same callbacks, and nothing else. Nothing is stored, looked up or tried again;
 * a host's callbacks come one after the other over one connection.
 */
import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { secretOf } from '../test/support/subscribers.ts'
import { offer } from './push-process.ts'

const hostsAtOnce = 100

function post(
  url: string,
  headers: Readonly<Record<string, string | number>>,
  body: Uint8Array,
  agent: Agent,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers, agent }, (response) => {
      response.resume().on('end', resolve)
    })
    call.on('error', reject).end(body)
  })
}

const methods = {
  /** @param callbacks by the number of their subscriber @returns seconds of CPU time it took */
  async post(
    callbacks: readonly string[],
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<number> {
    const before = process.cpuUsage()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const byHost = Map.groupBy(callbacks.entries(), ([, callback]) => new URL(callback).host)
    const left = [...byHost.values()]
    const sendAll = async () => {
      for (let ofHost = left.pop(); ofHost; ofHost = left.pop()) {
        for (const [n, callback] of ofHost) {
          const secret = secretOf(n)
          const digest = secret && createHmac('sha256', secret).update(body).digest('hex')
          const signed = digest ? { 'X-Hub-Signature': `sha256=${digest}` } : {}
          const all = { ...headers, ...signed, 'Content-Length': body.length }
          await post(callback, all, body, agent)
        }
      }
    }
    await Promise.all(Array.from({ length: hostsAtOnce }, sendAll))
    agent.destroy()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  },
}

export type Bare = typeof methods

offer(methods)
