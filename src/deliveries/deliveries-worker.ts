/** Makes deliveries in a thread of its own: no request waits for what is sent to others. */
import { constants } from 'node:os'
import { workerData } from 'node:worker_threads'
import { hubPath } from '../channels/hubs.ts'
import { giveWay } from '../give-way.ts'
import { answerCalls, askOwner } from '../thread.ts'
import { createContent } from './content.ts'
import type { Courier, Kind } from './delivery.ts'
import type { DeliveryFigures } from './delivery-figures.ts'
import type { DeliverySettings } from './delivery-settings.ts'
import { hostOf, type Settled } from './delivery-store.ts'
import { createDispatcher } from './dispatcher.ts'
import type { DocumentMethods } from './documents.ts'
import { createSender } from './http-sender.ts'
import { createHub } from './hub.ts'
import { createAddressPace, hubLimits } from './hub-limits.ts'
import { createIndexNowCourier, indexNowObstacle } from './indexnow.ts'
import { createLook, type Documents, type Occasion } from './look.ts'
import { createPublish } from './publish.ts'
import { openSqliteDeliveryStore } from './sqlite-delivery-store.ts'
import { createTally } from './tally.ts'
import { createToldArticles } from './told-articles.ts'
import { createKeysTeller, type KeysOccasion } from './told-keys.ts'
import { createVerification } from './verification.ts'
import { createWebhookCourier } from './webhooks.ts'

// Requests come first: on Linux this is the priority of this thread alone.
if (process.platform === 'linux') giveWay(constants.priority.PRIORITY_BELOW_NORMAL)
const settings = workerData as DeliverySettings
const { baseUrl, dataDir, hubs, websubAllowNetworks: allowNetworks, webhooks } = settings
/** Ended subscriptions are removed this often. */
const tidyEveryMs = 60_000

/** Asks whoever renders documents. */
const ask = <Name extends keyof DocumentMethods>(
  name: Name,
  ...args: Parameters<DocumentMethods[Name]>
) => askOwner(name, ...args) as ReturnType<DocumentMethods[Name]>

const log = (level: 'warn' | 'error', message: string) => void askOwner('log', level, message)

const documents: Documents = {
  state: (topic) => ask('state', topic),
  changes: (topics) => ask('changes', topics),
  async *all() {
    for (let kind = 0; ; kind += 1) {
      for (let page = 0; ; page += 1) {
        const topics = await ask('topicsOf', kind, page)
        if (!topics) return
        if (topics.length === 0) break
        yield topics
      }
    }
  },
  searches: () => ask('searches'),
}

const store = await openSqliteDeliveryStore(dataDir)
store.onRepaired((what) => void askOwner('repaired', what))
const sender = createSender({ allowNetworks, baseUrl })
/** For callbacks that have confirmed nothing yet. */
const asking = createSender({ allowNetworks, baseUrl, mayConnect: createAddressPace(hubLimits) })
const hub = createHub({ store, documents, baseUrl, allowNetworks })
const indexNow = engines()
const told = toldArticles()
const { look, note } = createLook({
  ...{ store, documents, isHub: hubs.isOwn, hubs: hubs.others },
  also: async (silentUpTo) => told?.look(silentUpTo),
})
const tellKeys = createKeysTeller(store, webhooks)
const tally = createTally()
let lastFault = ''
let lastLoss = ''
/** Nobody is told anything before it is known what is no news. */
let hasLooked = false
const dispatcher = createDispatcher({
  ...{ queue: store.queue, couriers: couriers(), onSettled },
  onFault({ message }) {
    if (message !== lastFault) log('error', `deliveries wait: ${message}; it is tried again`)
    lastFault = message
  },
})

function onSettled(settled: Settled): void {
  tally.note(settled)
  const { delivery, outcome, again } = settled
  if (outcome.is === 'done' || again !== undefined) return
  // Of others' callbacks the status page says enough; whom the operator has named shall not miss anything unnoticed.
  if (delivery.kind === 'verification' || delivery.kind === 'content') return
  const loss = `${delivery.kind} to ${hostOf(delivery.target)} was given up: ${outcome.reason}`
  if (loss !== lastLoss) log('warn', loss)
  lastLoss = loss
}

/** Where somebody is told of articles. */
function toldArticles() {
  if (webhooks.length + indexNow.length === 0) return undefined
  return createToldArticles({ told: store.told, dataDir, webhooks, indexNow, baseUrl })
}

/** Search engines that are told. */
function engines(): readonly string[] {
  if (settings.indexNowKey === undefined) return []
  const obstacle = indexNowObstacle(baseUrl)
  if (obstacle === undefined) return settings.indexNowUrls
  log('warn', obstacle)
  return []
}

function couriers(): Readonly<Record<Kind, Courier>> {
  const { indexNowKey: key = '', webhookSecret } = settings
  const whole = (topic: string) => ask('whole', topic)
  const item = (number: number) => ask('article', number)
  const secret = webhookSecret && Buffer.from(webhookSecret)
  return {
    verification: createVerification({ store, sender: asking, documents, note }),
    content: createContent({ store, sender, documents, whole, hub: baseUrl + hubPath }),
    publish: createPublish(sender, hubs.others),
    webhook: createWebhookCourier({ sender, webhooks, secret, dataDir, item }),
    indexnow: createIndexNowCourier({ sender, engines: indexNow, key, baseUrl }),
  }
}

const tidying = setInterval(() => {
  // What cannot be removed now is removed the next time; where the disk is full, others say so.
  store.subscriptions.removeExpired(Date.now()).catch(() => {})
}, tidyEveryMs)

answerCalls({
  /** Never answered: whoever asks is told when this thread ends. */
  untilEnd: () => new Promise(() => {}),
  async look(occasion: Occasion, keys?: KeysOccasion) {
    const fault = await look(occasion)
    if (keys) await tellKeys(keys)
    hasLooked = true
    dispatcher.wake()
    return fault
  },
  async request(form: string, from: string) {
    const answer = await hub.request(form, from)
    if (hasLooked) dispatcher.wake()
    return answer
  },
  async figures(): Promise<DeliveryFigures> {
    const [subscriptions, waiting] = await Promise.all([
      store.subscriptions.count(Date.now()),
      store.queue.counts(),
    ])
    return { subscriptions, waiting, ...tally.figures() }
  },
  async close() {
    clearInterval(tidying)
    await dispatcher.close()
    await Promise.all([sender.close(), asking.close()])
    await store.close()
  },
})
