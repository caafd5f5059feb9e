import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import {
  type Courier,
  type Delivery,
  type DueDelivery,
  type Kind,
  kinds,
  type Outcome,
} from '../../src/deliveries/delivery.ts'
import type { DeliveryQueue, Settled } from '../../src/deliveries/delivery-store.ts'
import { createDispatcher } from '../../src/deliveries/dispatcher.ts'
import { openDeliveryStore } from '../support/delivery-stores.ts'
import { temporaryFolder } from '../support/folder.ts'
import { until } from '../support/until.ts'

afterEach(() => {
  vi.useRealTimers()
})

const done: Outcome = { is: 'done' }
const never = new Promise<Outcome>(() => {})

interface Options {
  readonly most?: number
  readonly wrap?: (queue: DeliveryQueue) => DeliveryQueue
}

/** A dispatcher over a store of its own, all of whose couriers do this. */
async function open(
  deliver: Courier['deliver'],
  { most = 1, wrap = (queue) => queue }: Options = {},
) {
  const folder = temporaryFolder({})
  const store = await openDeliveryStore(folder)
  const settled: Settled[] = []
  const faults: string[] = []
  let underWay = 0
  const counted: Courier['deliver'] = async (deliveries) => {
    underWay += 1
    const outcome = await deliver(deliveries)
    underWay -= 1
    return outcome
  }
  const couriers = Object.fromEntries(
    kinds.map((kind) => [kind, { kind, most, deliver: counted }]),
  ) as unknown as Record<Kind, Courier>
  const dispatcher = createDispatcher({
    queue: wrap(store.queue),
    couriers,
    onSettled: (one) => settled.push(one),
    onFault: ({ message }) => faults.push(message),
    onWell() {},
  })
  onTestFinished(async () => {
    await dispatcher.close()
    await store.close()
  })
  const left = async () => {
    const counts = await store.queue.counts()
    return kinds.reduce((sum, kind) => sum + counts[kind], 0)
  }
  const inAll = () => underWay
  return { folder, store, queue: store.queue, dispatcher, settled, faults, left, inAll }
}

const to = (host: string, subject = 'a', kind: Kind = 'webhook'): Delivery => ({
  ...{ kind, target: `http://${host}/`, subject, data: '' },
})
const many = (count: number, make: (n: number) => Delivery) =>
  Array.from({ length: count }, (_, n) => make(n))

it('makes what is due, and says so', async () => {
  const made: DueDelivery[] = []
  const { queue, dispatcher, settled, left } = await open(async (deliveries) => {
    made.push(...deliveries)
    return done
  })
  await queue.put([to('one.example'), to('two.example', 'b', 'publish')], Date.now())
  await queue.put([to('later.example')], Date.now() + 3_600_000)
  dispatcher.wake()
  await until(async () => (await left()) === 1)
  expect(made.map(({ target }) => target).sort()).toEqual([
    'http://one.example/',
    'http://two.example/',
  ])
  expect(settled).toHaveLength(2)
  expect(settled.map(({ outcome }) => outcome)).toEqual([done, done])
})

it('makes what becomes due later without being woken', async () => {
  const { queue, dispatcher, left } = await open(async () => done)
  await queue.put([to('one.example')], Date.now() + 200)
  dispatcher.wake()
  await until(async () => (await left()) === 0)
})

it('says to the queue what comes while that writes what came before', async () => {
  const writing = Promise.withResolvers<void>()
  const written: string[] = []
  const second = Promise.withResolvers<Outcome>()
  const { queue, dispatcher, settled, left } = await open(
    async ([delivery]) => (delivery?.subject === 'b' ? second.promise : done),
    {
      wrap: (real) => ({
        put: (...all) => real.put(...all),
        claim: (...all) => real.claim(...all),
        claimAlike: (...all) => real.claimAlike(...all),
        nextDue: (...all) => real.nextDue(...all),
        counts: () => real.counts(),
        async settle(all) {
          await real.settle([...all])
          written.push(...all.map(({ delivery }) => delivery.subject))
          if (written.length === 1) await writing.promise
        },
      }),
    },
  )
  await queue.put([to('one.example', 'a'), to('two.example', 'b')], Date.now())
  dispatcher.wake()
  await until(() => written.length === 1)
  second.resolve(done)
  await until(() => settled.length === 2)
  writing.resolve()
  await until(async () => (await left()) === 0)
  expect(written).toEqual(['a', 'b'])
})

it('makes what is due when the clock jumps ahead, as after a sleep of the machine', async () => {
  let looks = 0
  const { queue, dispatcher, left } = await open(async () => done, {
    wrap: (real) => ({
      put: (...args) => real.put(...args),
      claim: (...args) => real.claim(...args),
      claimAlike: (...args) => real.claimAlike(...args),
      counts: () => real.counts(),
      settle: (...args) => real.settle(...args),
      async nextDue(busy) {
        looks += 1
        return real.nextDue(busy)
      },
    }),
  })
  const now = Date.now()
  const anHour = 3_600_000
  await queue.put([to('one.example')], now + anHour)
  dispatcher.wake()
  await until(() => looks > 0)
  vi.useFakeTimers({ toFake: ['Date'], now: now + 2 * anHour })
  await queue.put([to('two.example')], Date.now())
  dispatcher.wake()
  await until(async () => (await left()) === 0)
})

it('tries again later what has failed, as late as it is asked to, and not what is refused', async () => {
  const { queue, dispatcher, settled, left } = await open(async ([delivery]) =>
    delivery?.target === 'http://busy.example/'
      ? { is: 'failed', reason: 'it has too much to do', retryAfterMs: 600_000 }
      : { is: 'refused', reason: 'it is gone' },
  )
  const before = Date.now()
  await queue.put([to('busy.example'), to('gone.example')], before)
  dispatcher.wake()
  await until(async () => (await left()) === 1 && settled.length === 2)
  const due = (await queue.nextDue([])) ?? 0
  expect(due - before).toBeGreaterThanOrEqual(600_000)
  expect(await queue.claim(due, 9, [])).toMatchObject([
    { target: 'http://busy.example/', tries: 1 },
  ])
  expect(settled.map(({ outcome, again }) => [outcome.is, again !== undefined]).sort()).toEqual([
    ['failed', true],
    ['refused', false],
  ])
})

it('tries again what cannot be tried at the moment', async () => {
  const { queue, dispatcher, settled } = await open(async () => {
    throw new Error('the catalogue is being made anew')
  })
  await queue.put([to('one.example')], Date.now())
  dispatcher.wake()
  await until(() => settled.length === 1)
  expect(settled[0]).toMatchObject({
    outcome: { is: 'failed', reason: 'the catalogue is being made anew' },
    again: expect.any(Number),
  })
})

it('gives up what has failed too often', async () => {
  const { queue, dispatcher, settled, left } = await open(async () => ({
    is: 'failed',
    reason: 'no',
  }))
  await queue.put([to('one.example', 'a', 'verification')], 0)
  for (let tries = 0; tries < 3; tries++) {
    const [delivery] = await queue.claim(0, 1, [])
    if (!delivery) throw new Error('it is not due')
    await queue.settle([{ delivery, outcome: { is: 'failed', reason: 'no' }, again: 0 }])
  }
  dispatcher.wake()
  await until(async () => (await left()) === 0)
  expect(settled).toMatchObject([{ outcome: { is: 'failed' } }])
  expect(settled[0]?.again).toBe(undefined)
})

it('asks one host for four at most at the same time', async () => {
  let now = 0
  let most = 0
  const waiting: (() => void)[] = []
  const { queue, dispatcher, left } = await open(async () => {
    now += 1
    most = Math.max(most, now)
    await new Promise<void>((resolve) => waiting.push(resolve))
    now -= 1
    return done
  })
  await queue.put(
    many(20, (n) => to('one.example', String(n))),
    0,
  )
  dispatcher.wake()
  await until(async () => {
    if (now === 4) for (const go of waiting.splice(0)) go()
    return (await left()) === 0
  })
  expect(most).toBe(4)
})

it('lets those that never answer keep nobody waiting', async () => {
  const { queue, dispatcher, settled, inAll } = await open(([delivery]) =>
    delivery?.target.startsWith('http://mute') ? never : Promise.resolve(done),
  )
  // More than there are places, at hosts of their own and at such as answer otherwise.
  await queue.put(
    many(400, (n) => to(`mute${n}.example`)),
    0,
  )
  await queue.put(
    many(400, (n) => to(`good${n % 100}.example`, String(n))),
    1,
  )
  dispatcher.wake()
  await until(() => settled.length === 400)
  expect(inAll()).toBe(400)
})

it('lets one that never answers keep nobody of its host waiting', async () => {
  const { queue, dispatcher, settled } = await open(([delivery]) =>
    Number(delivery?.subject) < 6 ? never : Promise.resolve(done),
  )
  await queue.put(
    many(6, (n) => to('one.example', String(n))),
    0,
  )
  await queue.put(
    many(50, (n) => to('one.example', String(n + 6))),
    1,
  )
  dispatcher.wake()
  await until(() => settled.length === 50)
})

it('has a courier take several to one target in one go', async () => {
  const sizes: number[] = []
  const { queue, dispatcher, left, settled } = await open(
    async (deliveries) => {
      sizes.push(deliveries.length)
      return done
    },
    { most: 30 },
  )
  await queue.put(
    many(70, (n) => to('one.example', String(n))),
    0,
  )
  dispatcher.wake()
  await until(async () => (await left()) === 0)
  expect(sizes).toEqual([30, 30, 10])
  expect(settled).toHaveLength(70)
})

it('says again what could not be written', async () => {
  let writes = 0
  let tries = 0
  const { queue, dispatcher, faults, left } = await open(
    async () => {
      tries += 1
      return done
    },
    {
      wrap: (real) => ({
        put: (...args) => real.put(...args),
        claim: (...args) => real.claim(...args),
        claimAlike: (...args) => real.claimAlike(...args),
        nextDue: (...args) => real.nextDue(...args),
        counts: () => real.counts(),
        async settle(settled) {
          writes += 1
          if (writes === 1) throw new Error('the disk is full')
          await real.settle(settled)
        },
      }),
    },
  )
  await queue.put([to('one.example')], 0)
  dispatcher.wake()
  await until(async () => (await left()) === 0)
  expect([faults, tries]).toEqual([['the disk is full'], 1])
})

it('waits a moment for what is under way when it is closed, and leaves the rest due', async () => {
  const { queue, dispatcher, left, inAll, settled } = await open(([delivery]) => {
    if (delivery?.target === 'http://mute.example/') return never
    return new Promise((resolve) => setTimeout(() => resolve(done), 100))
  })
  await queue.put([to('mute.example'), to('good.example'), to('later.example')], 0)
  await queue.put([to('later.example')], Date.now() + 3_600_000)
  dispatcher.wake()
  await until(() => inAll() === 2)
  await dispatcher.close()
  expect(await left()).toBe(2)
  expect(settled).toHaveLength(1)
})
