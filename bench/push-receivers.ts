/** Subscribers in a process of their own. Polls, which are as short as can be, go before them on their core. */
import { constants, setPriority } from 'node:os'
import {
  type Behaviour,
  type Subscribers,
  type SubscribersPlan,
  startSubscribers,
} from '../test/support/subscribers.ts'
import { offer } from './push-process.ts'

setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
let subscribers: Subscribers | undefined

function started(): Subscribers {
  if (!subscribers) throw new Error('they are not started')
  return subscribers
}

const methods = {
  /** @returns their port */
  async start(plan: SubscribersPlan): Promise<number> {
    await subscribers?.close()
    subscribers = await startSubscribers(plan)
    return subscribers.port
  },
  callbacks: (count: number) => Array.from({ length: count }, (_, n) => started().callbackOf(n)),
  subscribe: (n: number) => started().subscribe(n),
  confirmed: () => started().confirmed(),
  count: () => started().count(),
  countWith: (text: string) => started().countWith(text),
  receipts: (from: number) => started().receipts(from),
  documents: () => started().documents(),
  documentsWith: (text: string) => started().documentsWith(text),
  behave: (numbers: readonly number[], behaviour: Behaviour) =>
    started().behave(numbers, behaviour),
  problems: () => started().problems(),
}

export type Receivers = typeof methods

offer(methods)
