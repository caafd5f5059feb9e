/** Has couriers make what is due, as many at a time as is good for us and for whoever they ask, and says to the queue what came of it. */
import type { Courier, DueDelivery, Kind, Outcome } from './delivery.ts'
import { type DeliveryQueue, hostOf, type Settled } from './delivery-store.ts'
import { Places } from './places.ts'
import { waitFor } from './retries.ts'

/** What came of tries is written together: a transaction for each would be most of the work. */
const restMs = 10
/** After the queue could not be read or written. */
const faultRestMs = 1000
/** What is under way when it is closed has so long to end. */
const graceMs = 1000
/** What is due is looked for at least so often: a clock that jumps ahead, as after a sleep of the machine, ends no timer. */
const longestSleepMs = 60_000

export interface Dispatcher {
  /** Looks for what is due; to be called when something was put into the queue. */
  wake(): void
  /** Begins nothing more, and waits a moment for what is under way; the rest stays due. */
  close(): Promise<void>
}

/**
 * It begins when it is woken for the first time.
 * @param parts.onSettled is told of each delivery what came of a try
 * @param parts.onFault is told why the queue could not be read or written; that is tried again
 * @param parts.onWell is told when it could
 */
export function createDispatcher({
  queue,
  couriers,
  onSettled,
  onFault,
  onWell,
}: {
  readonly queue: DeliveryQueue
  readonly couriers: Readonly<Record<Kind, Courier>>
  onSettled(settled: Settled): void
  onFault(error: Error): void
  onWell(): void
}): Dispatcher {
  const places = new Places()
  const underWay = new Set<Promise<void>>()
  /** What came of tries and is not written yet. */
  let settled: Settled[] = []
  let turn: Promise<void> | undefined
  let isWanted = false
  let isClosing = false
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  /** By the clock that timers go by, which never jumps. */
  let timerEnds = Number.POSITIVE_INFINITY

  /** Has a turn come after this time, or sooner if one is to come sooner. */
  function turnIn(ms: number): void {
    const sleepMs = Math.min(ms, longestSleepMs)
    const ends = performance.now() + sleepMs
    if (isClosing || ends >= timerEnds) return
    clearTimeout(timer)
    timerEnds = ends
    timer = setTimeout(begin, sleepMs)
  }

  function begin(): void {
    clearTimeout(timer)
    timerEnds = Number.POSITIVE_INFINITY
    isWanted = turn !== undefined
    turn ??= takeTurn().finally(() => {
      turn = undefined
      if (isWanted) turnIn(0)
    })
  }

  async function takeTurn(): Promise<void> {
    try {
      await settle()
      if (isClosing) return
      await claim()
      const due = places.free === 0 ? undefined : await queue.nextDue(places.busyHosts())
      if (due !== undefined) turnIn(Math.max(due - Date.now(), restMs))
      onWell()
    } catch (error) {
      onFault(error as Error)
      turnIn(faultRestMs)
    }
  }

  async function settle(): Promise<void> {
    // What comes while these are written is for the next time.
    const now = [...settled]
    if (now.length === 0) return
    await queue.settle(now)
    settled = settled.slice(now.length)
  }

  /** As long as there are places: each time one to a host comes. */
  async function claim(): Promise<void> {
    while (places.free > 0 && !isClosing) {
      const claimed = await queue.claim(Date.now(), places.free, places.busyHosts())
      if (claimed.length === 0) return
      for (const delivery of claimed) await start(delivery)
    }
  }

  async function start(first: DueDelivery): Promise<void> {
    const courier = couriers[first.kind]
    // It has its place before anything else is waited for.
    const leave = places.take(hostOf(first.target), () => turnIn(restMs))
    const deliveries = [first, ...(await othersLike(first, courier.most - 1))] as const
    const trying = tryTo(courier, deliveries).then((outcome) => {
      leave()
      underWay.delete(trying)
      if (isClosed) return
      for (const delivery of deliveries) note(delivery, outcome)
      turnIn(restMs)
    })
    underWay.add(trying)
  }

  async function tryTo(
    courier: Courier,
    deliveries: Parameters<Courier['deliver']>[0],
  ): Promise<Outcome> {
    try {
      return await courier.deliver(deliveries)
    } catch (error) {
      return { is: 'failed', reason: (error as Error).message }
    }
  }

  /** Whoever was claimed goes alone where the others cannot be read. */
  async function othersLike(first: DueDelivery, limit: number): Promise<DueDelivery[]> {
    if (limit === 0) return []
    return queue.claimAlike(first, Date.now(), limit).catch((error) => {
      onFault(error)
      return []
    })
  }

  function note(delivery: DueDelivery, outcome: Outcome): void {
    const { kind, tries } = delivery
    const wait =
      outcome.is === 'failed'
        ? waitFor(kind, tries + 1, outcome.retryAfterMs, Math.random())
        : undefined
    const again = wait === undefined ? {} : { again: Date.now() + wait }
    const one = { delivery, outcome, ...again }
    settled.push(one)
    onSettled(one)
  }

  return {
    wake: () => turnIn(0),
    async close() {
      isClosing = true
      clearTimeout(timer)
      await turn
      const grace = Promise.withResolvers<void>()
      const end = setTimeout(grace.resolve, graceMs)
      await Promise.race([Promise.all(underWay), grace.promise])
      clearTimeout(end)
      isClosed = true
      await settle().catch(onFault)
    },
  }
}
