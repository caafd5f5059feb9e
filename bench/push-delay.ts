/** How long until subscribers have what was written. */
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile, yesNo } from './measure.ts'
import { itemsOf50Kb, ms, prepareSite, thousands } from './push-site.ts'

const subscribers = 1000
const articles = 10_000
const changes = 10
const limitMs = 2000

export async function delay(): Promise<string[][]> {
  return [...(await delayOf(itemsOf50Kb)), ...(await delayOf(undefined))]
}

async function delayOf(feedItems: number | undefined): Promise<string[][]> {
  const plan = { articles, hosts: subscribers, ...(feedItems && { feedItems }) }
  const site = await prepareSite(plan)
  const server = await site.startSettled()
  await site.subscribe(Array.from({ length: subscribers }, (_, n) => n))
  // The first connects to everybody.
  const { byWho: first } = await site.distribute(subscribers)
  const all: number[] = []
  let bytes = 0
  let slowest = 0
  for (let n = 0; n < changes; n += 1) {
    await sleep(500)
    const found = await site.distribute(subscribers)
    const times = [...found.byWho.values()]
    all.push(...times)
    slowest = Math.max(slowest, quantile(times, 0.95))
    bytes = found.bytes
  }
  await server.stop()
  await site.end()
  const what = `${thousands(subscribers)} subscribers, ${(bytes / 1000).toFixed(0)} kB`
  const isReached = Math.max(slowest, quantile([...first.values()], 0.95)) < limitMs
  return [
    [`delay: ${what}, p50`, ms(quantile(all, 0.5))],
    [
      `delay: ${what}, p95 of ${changes} articles`,
      ms(quantile(all, 0.95)),
      `slowest article ${ms(slowest)}, first after the start ${ms(quantile([...first.values()], 0.95))}`,
      `under ${ms(limitMs)}`,
      yesNo(isReached),
    ],
    [`delay: ${what}, max`, ms(quantile(all, 1))],
  ]
}
