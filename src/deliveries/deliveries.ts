/**
 * Deliveries as the rest of the program sees them: a thread of its own makes them, and asks here for what is to be delivered. It is started when
 * there is something to do.
 */
import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Catalogue, Changes } from '../catalogue/catalogue.ts'
import type { Channels } from '../channels/channels.ts'
import { renderingOf } from '../channels/rendering.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { startThread, type Thread } from '../thread.ts'
import { type DeliveryFigures, nothingDelivered } from './delivery-figures.ts'
import { fileName } from './delivery-file.ts'
import { deliverySettings } from './delivery-settings.ts'
import { documentMethods, topicsOf } from './documents.ts'
import type { HubAnswer } from './hub.ts'
import type { Occasion } from './look.ts'
import { createOutdatedKeys, keysOccasion } from './outdated-keys.ts'

/** A small one: what is sent is not kept in JavaScript's memory. MB. */
const youngMb = 6
/** So soon what has failed is tried again, and a thread that has ended is started anew. */
const againMs = 10_000

/** While there is no thread, or its file cannot be written. That is logged once: anybody can send requests. */
const unavailable: HubAnswer = {
  status: 503,
  text: 'This hub can take no requests at the moment.',
  retryAfterS: 60,
}

export type Deliveries = ReturnType<typeof createDeliveries>

interface DeliveriesParts {
  readonly catalogue: Catalogue
  readonly channels: Channels
  readonly config: Config
  readonly log: Logger
  /** Of what reading depends on besides the files. */
  readonly fingerprint: string
}

export function createDeliveries({
  catalogue,
  channels,
  config,
  log,
  fingerprint,
}: DeliveriesParts) {
  const basis = hash('sha256', `${renderingOf(config)} ${fingerprint}`)
  const isWanted =
    config.hubs.others.length > 0 || config.webhooks.length > 0 || config.indexNowKey !== undefined
  const keysSinceNow = () =>
    config.surrogateKeys && config.webhooks.length > 0 ? createOutdatedKeys(catalogue) : undefined
  let outdatedKeys = keysSinceNow()
  let thread: Thread | undefined
  let isStarted = false
  let isLooking = true
  const closing = new AbortController()
  /** What the next look is about; 'all' where any topic may have changed. */
  let next: Set<string> | 'all' | undefined
  let looking: Promise<void> | undefined
  let lastFault = ''
  let lastHubFault = ''

  function startOne(): Thread {
    const methods = {
      ...documentMethods(catalogue, channels, config),
      log: (level: keyof Logger, message: string) => log[level](message),
      // Before anything changes it has to be known again what is no news.
      repaired(what: string) {
        log.error(what)
        look(undefined)
      },
    }
    const entry = new URL('./deliveries-worker.ts', import.meta.url)
    const started = startThread(entry, deliverySettings(config), youngMb, methods)
    started.ask('untilEnd').catch(async ({ message }: Error) => {
      if (closing.signal.aborted) return
      log.error(`deliveries have stopped: ${message}; they are started again`)
      await wait()
      if (closing.signal.aborted) return
      thread = undefined
      look(undefined)
    })
    return started
  }

  /** What has ended answers nothing until it is started again: not each request shall start it. */
  async function ask(method: string, ...args: unknown[]): Promise<unknown> {
    closing.signal.throwIfAborted()
    thread ??= startOne()
    return thread.ask(method, ...args)
  }

  const wait = () =>
    sleep(againMs, undefined, { ref: false, signal: closing.signal }).catch(() => {})

  async function lookNow(): Promise<void> {
    while (next !== undefined && !closing.signal.aborted) {
      const topics = next === 'all' ? undefined : [...next]
      next = undefined
      try {
        if (!isLooking) {
          await ask('dispatchAlone')
          lastFault = ''
          continue
        }
        const lastNumber = await catalogue.lastNumber()
        const occasion: Occasion = {
          basis,
          catalogue: catalogue.id,
          lastNumber,
          ...(topics && { topics }),
        }
        const taken = await outdatedKeys?.take()
        const fault = await ask('look', occasion, taken && keysOccasion(occasion, taken))
        // It is known there what is to be tried again.
        if (fault !== undefined) await waitFor(String(fault), [])
        else lastFault = ''
      } catch (error) {
        await waitFor((error as Error).message, undefined)
      }
    }
  }

  /** Has the next look be about these topics as well, some time later. */
  async function waitFor(fault: string, topics: readonly string[] | undefined): Promise<void> {
    if (closing.signal.aborted) return
    if (fault !== lastFault) log.error(`changes cannot be delivered: ${fault}; it is tried again`)
    lastFault = fault
    look(topics)
    await wait()
  }

  /** @param topics that may have changed; undefined where any may */
  function look(topics: readonly string[] | undefined): void {
    if (topics === undefined || next === 'all') next = 'all'
    else next = new Set([...(next ?? []), ...topics])
    looking ??= lookNow().finally(() => {
      looking = undefined
    })
  }

  const hasWork = () => isWanted || thread !== undefined

  return {
    /**
     * Whether this process finds out what has changed, as it does until it is told otherwise. Of several that share a site through a
     * database one does, the one that refreshes; all of them deliver. Who begins to looks at everything.
     */
    setLooking(looks: boolean): void {
      if (looks === isLooking) return
      isLooking = looks
      outdatedKeys = keysSinceNow()
      if (isStarted) look(undefined)
    },
    /** From now on what changes is delivered, and what has changed since the last time. For when there is something to serve. */
    start(): void {
      isStarted = true
      const isKnown = config.databaseUrl !== undefined || existsSync(join(config.dataDir, fileName))
      if (isWanted || isKnown) look(undefined)
    },
    /** Tells what a refresh has changed. */
    async changed(report: Changes): Promise<void> {
      if (!isStarted || !isLooking || !hasWork()) return
      await outdatedKeys?.note(report)
      look(topicsOf(report.channels, config))
    },
    /** Answers a request to the hub (W3C WebSub §5.1). @param from the address of the client */
    async request(form: URLSearchParams, from: string): Promise<HubAnswer> {
      if (closing.signal.aborted || thread?.hasEnded) return unavailable
      // What documents are now has to be known before somebody is told of changes: the thread waits for that.
      if (!hasWork()) look(undefined)
      try {
        const answer = (await ask('request', String(form), from)) as HubAnswer
        lastHubFault = ''
        return answer
      } catch (error) {
        const { message } = error as Error
        if (message !== lastHubFault) log.error(`the hub can take no requests: ${message}`)
        lastHubFault = message
        return unavailable
      }
    },
    /** What is being delivered, and to how many. */
    async figures(): Promise<DeliveryFigures> {
      if (!thread || thread.hasEnded) return nothingDelivered
      return (await ask('figures')) as DeliveryFigures
    },
    async close(): Promise<void> {
      closing.abort()
      const last = thread
      if (!last) return
      // What is under way may end; the rest is due when we start again.
      if (!last.hasEnded) await last.ask('close').catch(() => {})
      await last.close()
      await looking
    },
  }
}
