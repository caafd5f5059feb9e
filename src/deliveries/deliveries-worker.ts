/** Makes deliveries in a thread of its own: no request waits for what is sent to others. */
import { constants } from 'node:os'
import { workerData } from 'node:worker_threads'
import { hubPath } from '../channels/hubs.ts'
import { giveWay } from '../give-way.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { answerCalls, askOwner } from '../thread.ts'
import { createContent } from './content.ts'
import type { Courier, Kind } from './delivery.ts'
import type { DeliveryFigures } from './delivery-figures.ts'
import type { DeliverySettings } from './delivery-settings.ts'
import { type DeliveryStore, hostOf, type Settled } from './delivery-store.ts'
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
const { baseUrl, dataDir, databaseUrl, hubs, webhooks } = settings
const { websubAllowNetworks: allowNetworks } = settings
/** Ended subscriptions are removed this often. */
const tidyEveryMs = 60_000

/** Asks whoever renders documents. */
const ask = <Name extends keyof DocumentMethods>(
  name: Name,
  ...args: Parameters<DocumentMethods[Name]>
) => askOwner(name, ...args) as ReturnType<DocumentMethods[Name]>

const log = (level: 'info' | 'warn' | 'error', message: string) =>
  void askOwner('log', level, message)

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

const store = await openStore()
store.onRepaired((what) => void askOwner('repaired', what))
const sender = createSender({ allowNetworks, baseUrl })
/** For callbacks that have confirmed nothing yet. */
const asking = createSender({ allowNetworks, baseUrl, mayConnect: createAddressPace(hubLimits) })
const hub = createHub({ store, documents, baseUrl, allowNetworks })
const indexNow = engines()
const told = toldArticles()
const { look, lookAtAsked, note } = createLook({
  ...{ store, documents, isHub: hubs.isOwn, hubs: hubs.others },
  also: async (silentUpTo) => told?.look(silentUpTo),
})
const tellKeys = createKeysTeller(store, webhooks)
const tally = createTally()
/** One look after the other. */
const inTurn = oneAtATime()
let isWaiting = false
let lastLoss = ''
/** Whether this process finds out what has changed; of several with one store, one does. */
let isLooking = true
/** Nobody is told anything before it is known what is no news. */
let mayDispatch = false
const dispatcher = createDispatcher({
  ...{ queue: store.queue, couriers: couriers(), onSettled },
  onFault({ message }) {
    if (!isWaiting) log('error', `deliveries wait: ${message}; it is tried again`)
    isWaiting = true
  },
  onWell() {
    if (isWaiting) log('info', 'deliveries go on')
    isWaiting = false
  },
})

store.others?.onNews(() => {
  if (!mayDispatch) return
  dispatcher.wake()
  // What cannot be read now is asked for until it was looked at.
  if (isLooking) inTurn(lookForOthers).catch(() => {})
})

async function openStore(): Promise<DeliveryStore> {
  if (databaseUrl === undefined) return openSqliteDeliveryStore(dataDir)
  const { openPostgresDeliveryStore } = await import('./postgres-delivery-store.ts')
  return openPostgresDeliveryStore(databaseUrl)
}

async function lookForOthers(): Promise<void> {
  const asked = await store.others?.askedFor(Date.now())
  if (!asked || asked.length === 0) return
  await lookAtAsked(asked)
  dispatcher.wake()
}

/** Whoever does not look may have a former state of it. */
async function noteOrAsk(topic: string): Promise<unknown> {
  return !isLooking && store.others ? store.others.askForLook(topic) : note(topic)
}

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
  const mayBeOlder = () => !isLooking
  const hubAddress = baseUrl + hubPath
  return {
    verification: createVerification({
      ...{ store, sender: asking, documents, mayBeOlder },
      note: noteOrAsk,
    }),
    content: createContent({ store, sender, documents, mayBeOlder, whole, hub: hubAddress }),
    publish: createPublish(sender, hubs.others),
    webhook: createWebhookCourier({ sender, webhooks, secret, dataDir, mayBeOlder, item }),
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
    isLooking = true
    const fault = await inTurn(() => look(occasion))
    if (keys) await tellKeys(keys)
    mayDispatch = true
    dispatcher.wake()
    return fault
  },
  /** Another process looks: what is due is delivered here, too. */
  dispatchAlone() {
    isLooking = false
    mayDispatch = true
    dispatcher.wake()
  },
  async request(form: string, from: string) {
    const answer = await hub.request(form, from)
    if (mayDispatch) dispatcher.wake()
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
