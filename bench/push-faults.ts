/** Whether those whose callbacks answer wait for those whose callbacks do not. */
import { randomFrom } from '../test/support/random.ts'
import { quantile, yesNo } from './measure.ts'
import { itemsOf50Kb, ms, prepareSite } from './push-site.ts'

const subscribers = 10_000
const hosts = 1000
const articles = 1000
const turns = 3
/** That hang, and so many more that answer 500. */
const share = 0.05
const mostTimes = 1.1

interface Faults {
  readonly hang: readonly number[]
  readonly fail: readonly number[]
}

const everybody = Array.from({ length: subscribers }, (_, n) => n)
const none: Faults = { hang: [], fail: [] }
const each = subscribers * share

/** All on the same hosts. */
const concentrated: Faults = {
  hang: everybody.filter((n) => n % hosts < hosts * share),
  fail: everybody.filter((n) => n % hosts >= hosts * (1 - share)),
}
const shuffled = randomFrom(18).shuffled(everybody)
/** Any, on any host. */
const spread: Faults = { hang: shuffled.slice(0, each), fail: shuffled.slice(each, 2 * each) }

const shares = { p50: 0.5, p95: 0.95, last: 1 }

export async function faults(): Promise<string[][]> {
  const found = { none: [], concentrated: [], spread: [] } as Record<string, Map<number, number>[]>
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [name, which] of Object.entries({ none, concentrated, spread })) {
      found[name]?.push(await distribution(which))
    }
  }
  return Object.entries({ concentrated, spread }).flatMap(([name, { hang, fail }]) => {
    const faulty = new Set([...hang, ...fail])
    const others = everybody.filter((n) => !faulty.has(n))
    /** Of each turn, of the same subscribers. */
    const late = (runs: readonly ReadonlyMap<number, number>[], one: number) =>
      runs.map((run) =>
        quantile(
          others.map((n) => run.get(n) ?? Number.NaN),
          one,
        ),
      )
    const where = name === 'spread' ? 'on any host' : 'on a tenth of the hosts'
    return Object.entries(shares).map(([label, one]) => {
      const [without, having] = [late(found.none ?? [], one), late(found[name] ?? [], one)]
      // The runs of a turn had nearly the same moment of the machine.
      const times = quantile(
        having.map((late, turn) => late / (without[turn] ?? Number.NaN)),
        0.5,
      )
      return [
        `faults: 5 % hang, 5 % answer 500, ${where}: the others, ${label}`,
        all(having),
        `without faults ${all(without)}: ${times.toFixed(2)} ×`,
        `${mostTimes} ×`,
        yesNo(times <= mostTimes),
      ]
    })
  })
}

/** The median, and each. */
const all = (times: readonly number[]): string =>
  `${ms(quantile(times, 0.5))} (${times.map((one) => one.toFixed(0)).join(' ')})`

/** Of a program that has distributed once before, when all was well. */
async function distribution({ hang, fail }: Faults): Promise<Map<number, number>> {
  const site = await prepareSite({ articles, hosts, feedItems: itemsOf50Kb })
  await site.store(subscribers)
  const server = await site.startSettled()
  await site.distribute(subscribers)
  await site.receivers.behave(hang, 'hang')
  await site.receivers.behave(fail, 'fail')
  const { byWho } = await site.distribute(subscribers - hang.length - fail.length)
  await server.stop('SIGKILL')
  await site.end()
  return new Map(byWho)
}
