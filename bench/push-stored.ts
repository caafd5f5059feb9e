/** What it costs that very many are subscribed while nothing happens. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile, yesNo } from './measure.ts'
import { ms, prepareSite, thousands } from './push-site.ts'

const stored = 100_000
/** Of the subscriptions; who subscribes is on others. */
const hosts = 20_000
const articles = 1000
const turns = 9
const subscribed = 21
const sections = ['world', 'business', 'sport', 'culture', 'opinion']
const formats = ['rss.xml', 'atom.xml', 'feed.json']
const mostTimes = 1.1

interface Turn {
  readonly start: number
  readonly firstAnswer: number
  readonly answer: number
  readonly verified: number
}

export async function storedMany(): Promise<string[][]> {
  const site = await prepareSite({ articles, hosts: hosts + subscribed })
  const topics = ['', ...sections.map((name) => `/sections/${name}`)].flatMap((channel) =>
    formats.map((format) => `${site.base}${channel}/${format}`),
  )
  const many = join(site.folder, 'many')
  cpSync(site.dataDir, many, { recursive: true })
  await site.store(stored, many, topics)
  // The first look at them notes in which state they count as being.
  for (const data of [site.dataDir, many]) {
    const server = await site.start(data)
    await site.untilAnswered(server)
    await sleep(5000)
    await server.stop()
  }

  async function turn(from: string): Promise<Turn> {
    const data = join(site.folder, 'turn')
    cpSync(from, data, { recursive: true })
    const startedAt = performance.now()
    const server = await site.start(data)
    await site.untilAnswered(server)
    const start = performance.now() - startedAt
    await sleep(2000)
    const times: { answered: number; verified: number }[] = []
    for (let n = 0; n < subscribed; n += 1) {
      times.push(...(await site.subscribe([hosts + n])))
      await sleep(20)
    }
    await server.stop()
    rmSync(data, { recursive: true })
    const [first, ...others] = times
    const median = (of: 'answered' | 'verified') =>
      quantile(
        others.map((one) => one[of]),
        0.5,
      )
    const verified = median('verified')
    return { ...{ start, verified }, firstAnswer: first?.answered ?? 0, answer: median('answered') }
  }

  const found: { none: Turn; many: Turn }[] = []
  for (let n = 0; n <= turns; n += 1) {
    const isManyFirst = n % 2 === 1
    const early = isManyFirst ? await turn(many) : undefined
    const none = await turn(site.dataDir)
    const pair = { none, many: early ?? (await turn(many)) }
    // The first turn fills caches.
    if (n > 0) found.push(pair)
  }
  await site.end()

  const row = (what: string, key: keyof Turn) => {
    const median = (of: 'none' | 'many') =>
      quantile(
        found.map((pair) => pair[of][key]),
        0.5,
      )
    const times = median('many') / median('none')
    return [
      `stored: ${thousands(stored)}, ${what}`,
      ms(median('many')),
      `none stored ${ms(median('none'))}: ${times.toFixed(2)} ×`,
      `${mostTimes} ×`,
      yesNo(times <= mostTimes),
    ]
  }
  return [
    row('start until served', 'start'),
    row('first POST /hub until 202', 'firstAnswer'),
    row('POST /hub until 202', 'answer'),
    row('POST /hub until verified', 'verified'),
  ]
}
