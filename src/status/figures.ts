/** The figures of the status page, as `/status` has them. */
import type { CatalogueReader } from '../catalogue/catalogue.ts'
import type { Refresher } from '../refresh.ts'
import { type Condition, linesOf } from './condition.ts'
import { anHourMs, totalOf } from './hours.ts'
import { type DeliveriesToAsk, knownDeliveries } from './known-deliveries.ts'
import type { Statistics } from './statistics.ts'
import { toldFiles } from './told-files.ts'
import type { Traffic } from './traffic.ts'

export interface StatusParts {
  readonly catalogue: CatalogueReader
  readonly traffic: Traffic
  readonly refresher: Refresher
  readonly statistics: Statistics
  readonly condition: Condition
  readonly deliveries: DeliveriesToAsk
  /** When the site was put together. */
  readonly started: Date
  /** Where other processes serve: adds what these have counted since the last time. */
  readonly collect?: () => Promise<void>
  /** What these take; by their numbers, from 1. */
  readonly workers?: () => readonly WorkerFigures[]
}

export interface WorkerFigures {
  readonly number: number
  readonly pid: number
  readonly started: Date
  /** Processor time since then, in seconds. */
  readonly cpuSeconds: number
  /** Resident, in bytes. */
  readonly memory: number
}

export type Status = Awaited<ReturnType<typeof statusOf>>

const aDayMs = 24 * anHourMs
const mostRejections = 100
const mostNotes = 100
const monthsShown = 12

export async function statusOf(parts: StatusParts) {
  const { catalogue, refresher, statistics, condition, started } = parts
  const now = Date.now()
  const { hours, subscribers, traffic, replicas } = await statistics.sums()
  const counts = await catalogue.counts()
  const { last, kept, failed, recent } = refresher.history
  const isAway = condition.degraded().some(({ reason }) => reason === 'database')
  const since = (ms: number) => totalOf(hours.filter(({ start }) => start > now - ms))
  return {
    /** A line each, the worst first. */
    problems: linesOf(condition),
    isReady: condition.unready() === undefined,
    /** Of several machines, whether this one refreshes; null where there are no others, or their database is away. */
    refreshesHere: isAway ? null : (refresher.leads() ?? null),
    /** How many of them have reported lately; null where there are no others, or the database does not say. */
    replicas,
    loss: refresher.loss.describe() ?? null,
    started,
    ...counts,
    rejected: await catalogue.rejections(mostRejections),
    noted: await catalogue.notes(mostNotes),
    /** The same, and files that are no articles: each kind once. */
    told: await toldFiles(catalogue, counts),
    refreshes: { kept, failed, last: last ?? null, recent, next: refresher.timers.next() },
    hours: hours.map((hour) => ({ ...hour, start: new Date(hour.start).toISOString() })),
    lastDay: since(aDayMs),
    lastWeek: since(7 * aDayMs),
    subscribers,
    sections: await sectionMonths(catalogue, now),
    traffic,
    deliveries: await knownDeliveries(parts.deliveries),
    ...memoryOf(parts.workers?.()),
  }
}

/** In bytes; of all processes together where there are several, though they share some of it. */
function memoryOf(workers?: readonly WorkerFigures[]) {
  const own = process.memoryUsage().rss
  if (!workers) return { memory: own }
  return { memory: workers.reduce((sum, { memory }) => sum + memory, own), workers }
}

/** How many articles each section had in each of the last months, the section with the most first. */
async function sectionMonths(catalogue: CatalogueReader, now: number) {
  const today = new Date(now)
  const months = Array.from({ length: monthsShown }, (_, n) =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - monthsShown + 1 + n))
      .toISOString()
      .slice(0, 7),
  )
  const since = Date.parse(`${months[0]}-01`)
  /** By slug; articles in the order of `months`. */
  const found = new Map<string, { name: string; slug: string; articles: number[] }>()
  for (const { section, month, articles } of await catalogue.months(since, now)) {
    const row = found.get(section.slug) ?? { ...section, articles: months.map(() => 0) }
    row.articles[months.indexOf(month)] = articles
    found.set(section.slug, row)
  }
  const total = (articles: readonly number[]) => articles.reduce((sum, one) => sum + one, 0)
  const sections = [...found.values()].sort((a, b) => total(b.articles) - total(a.articles))
  return { months, sections }
}
