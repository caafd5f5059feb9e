/** How fast 10,000 subscribers are told, how much memory that takes, and what those who poll notice of it. */
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { peakMemory, processorSeconds, quantile, residentMemory, yesNo } from './measure.ts'
import type { Bare } from './push-bare.ts'
import type { Poller, Polls } from './push-polls.ts'
import { otherCore, programCore, startPart } from './push-process.ts'
import { itemsOf50Kb, ms, prepareSite, thousands } from './push-site.ts'

const subscribers = 10_000
const hosts = 1000
const articles = 10_000
const distributions = 5
const pollsPerSecond = 100
const quietMs = 15_000
const mustReach = { perSecond: 1000, memory: 250, times: 3 }

export async function rate(): Promise<string[][]> {
  const site = await prepareSite({ articles, hosts, feedItems: itemsOf50Kb })
  await site.store(subscribers)
  const server = await site.startSettled()
  const poller = startPart<Poller>('push-polls.ts', otherCore)
  const polled = async (during: () => Promise<unknown>): Promise<Polls> => {
    await poller.call.start(site.topic, pollsPerSecond)
    await during()
    return poller.call.stop()
  }
  // All is compiled, and connections were made once.
  await polled(() => sleep(3000))
  const before = residentMemory(server.pid)
  await site.distribute(subscribers)
  await sleep(3000)

  const quiet = await polled(() => sleep(quietMs))
  forgetPeak(server.pid)
  const found: { perSecond: number; cpu: number; bytes: number }[] = []
  const busy: Polls = { whole: [], notModified: [], faults: [] }
  for (let n = 0; n < distributions; n += 1) {
    const cpu = processorSeconds(server.pid)
    const polls = await polled(async () => {
      const { perSecond, bytes } = await site.distribute(subscribers)
      found.push({ perSecond, bytes, cpu: processorSeconds(server.pid) - cpu })
    })
    busy.whole.push(...polls.whole)
    busy.notModified.push(...polls.notModified)
    busy.faults.push(...polls.faults)
    await sleep(2000)
  }
  const peak = peakMemory(server.pid)
  await poller.end()
  const body = Buffer.from(await (await fetch(site.topic)).arrayBuffer())
  await server.stop()
  const bare = await bareRate(site, body)
  await site.end()

  const rates = found.map(({ perSecond }) => perSecond)
  const median = quantile(rates, 0.5)
  const bytes = found.at(-1)?.bytes ?? 0
  const cpu = quantile(
    found.map((one) => one.cpu),
    0.5,
  )
  const faults = [...quiet.faults, ...busy.faults]
  return [
    [
      `rate: ${thousands(subscribers)} subscribers, ${(bytes / 1000).toFixed(0)} kB`,
      `${thousands(median)}/s (${rates.map(thousands).join(' ')})`,
      `a bare loop ${thousands(bare.perSecond)}/s: ${(median / bare.perSecond).toFixed(2)}`,
      `${thousands(mustReach.perSecond)}/s`,
      yesNo(median >= mustReach.perSecond),
    ],
    [
      'rate: CPU time of a delivery',
      `${((cpu / subscribers) * 1e6).toFixed(0)} µs`,
      `a bare loop ${((bare.cpu / subscribers) * 1e6).toFixed(0)} µs`,
    ],
    [
      'rate: memory, peak during distribution',
      `${peak.toFixed(0)} MB`,
      `before ${before.toFixed(0)} MB`,
      `${mustReach.memory} MB`,
      yesNo(peak <= mustReach.memory),
    ],
    ...pollRows('200', quiet.whole, busy.whole),
    ...pollRows('304', quiet.notModified, busy.notModified),
    ...(faults.length > 0
      ? [
          [
            'rate: polls that failed',
            thousands(faults.length),
            faults[0] ?? '',
            'none',
            yesNo(false),
          ],
        ]
      : []),
  ]
}

function pollRows(status: string, quiet: readonly number[], busy: readonly number[]): string[][] {
  const [before, during] = [quantile(quiet, 0.99), quantile(busy, 0.99)]
  const times = during / before
  return [
    [
      `rate: polls answered ${status}, p50`,
      ms(quantile(busy, 0.5)),
      `quiet ${ms(quantile(quiet, 0.5))}`,
    ],
    [
      `rate: polls answered ${status}, p99 of ${busy.length}`,
      ms(during),
      `quiet ${ms(before)} of ${quiet.length}: ${times.toFixed(1)} ×`,
      `${mustReach.times} × quiet`,
      yesNo(times <= mustReach.times),
    ],
  ]
}

/** The median of three, the same receivers and core. */
async function bareRate(site: Awaited<ReturnType<typeof prepareSite>>, body: Buffer) {
  const bare = startPart<Bare>('push-bare.ts', programCore)
  const callbacks = await site.receivers.callbacks(subscribers)
  const headers = {
    'Content-Type': 'application/atom+xml; charset=utf-8',
    Link: `<${site.hub}>; rel="hub", <${site.topic}>; rel="self"`,
  }
  const runs: { perSecond: number; cpu: number }[] = []
  for (let n = 0; n < 3; n += 1) {
    const from = await site.receivers.count()
    const cpu = await bare.call.post(callbacks, body, headers)
    const { at } = await site.receivers.receipts(from)
    const lasted = quantile([...at], 1) - quantile([...at], 0)
    runs.push({ cpu, perSecond: ((at.length - 1) / lasted) * 1000 })
    await sleep(1000)
  }
  await bare.end()
  const [, median = { perSecond: 0, cpu: 0 }] = runs.toSorted((a, b) => a.perSecond - b.perSecond)
  return median
}

/** From now on `peakMemory` is of what comes (proc_pid_clear_refs(5)). */
function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}
