/** Readers that poll, in a process of their own: one poll after the other, conditional and not in turn. */
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../test/support/http.ts'
import { monotonicMs } from '../test/support/subscribers.ts'
import { offer } from './push-process.ts'

export interface Polls {
  /** How long each took that was answered so, in ms. */
  readonly whole: number[]
  readonly notModified: number[]
  /** What else was answered, or that nothing was. */
  readonly faults: string[]
}

let running: { stop(): Promise<Polls> } | undefined

function start(url: string, perSecond: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const found: Polls = { whole: [], notModified: [], faults: [] }
  let isStopping = false
  const all = (async () => {
    let etag = ''
    let next = monotonicMs()
    for (let n = 0; !isStopping; n += 1) {
      next += 1000 / perSecond
      const early = next - monotonicMs()
      if (early > 0) await sleep(early)
      // One that had to wait for the one before has waited, too.
      const sentAt = early > 0 ? monotonicMs() : next
      const headers = {
        'Accept-Encoding': 'gzip',
        ...(n % 2 === 1 && { 'If-None-Match': etag }),
      }
      try {
        const answer = await ask(url, headers, 'GET', agent)
        const ms = monotonicMs() - sentAt
        if (answer.status === 200) found.whole.push(ms)
        else if (answer.status === 304) found.notModified.push(ms)
        else found.faults.push(String(answer.status))
        etag = answer.headers.etag ?? etag
      } catch (error) {
        found.faults.push((error as Error).message)
      }
    }
    agent.destroy()
  })()
  return {
    async stop(): Promise<Polls> {
      isStopping = true
      await all
      return found
    },
  }
}

const methods = {
  start(url: string, perSecond: number): void {
    running = start(url, perSecond)
  },
  async stop(): Promise<Polls> {
    if (!running) throw new Error('nothing is polled')
    return running.stop()
  },
}

export type Poller = typeof methods

offer(methods)
