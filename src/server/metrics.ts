import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { faultReasons } from '../status/condition.ts'
import type { StatusParts } from '../status/figures.ts'
import { totalOf } from '../status/hours.ts'

/**
 * The metrics in Prometheus' words. The figures are kept where they arise and read here when they
 * are asked for, so that counting costs a request next to nothing.
 */
export function createMetrics({ catalogue, traffic, refresher, condition }: StatusParts): Registry {
  const { history } = refresher
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })

  function counter(name: string, help: string, value: () => number): void {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(value())
      },
    })
  }
  function gauge(name: string, help: string, value: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await value())
      },
    })
  }
  const sum = (field: 'bytesSent' | 'bytesSavedByNotModified' | 'bytesSavedByCompression') => () =>
    totalOf([...traffic.all()])[field]

  new Counter({
    name: 'newsstand_requests_total',
    help: 'Requests by channel, format and status of the answer.',
    labelNames: ['channel', 'format', 'status'],
    registers,
    collect() {
      this.reset()
      for (const { channel, format, answers } of traffic.all()) {
        for (const [status, count] of Object.entries(answers)) {
          this.inc({ channel, format, status }, count)
        }
      }
    },
  })
  counter(
    'newsstand_sent_bytes_total',
    'Bytes of feeds sent, headers not counted.',
    sum('bytesSent'),
  )
  counter(
    'newsstand_saved_not_modified_bytes_total',
    'Bytes not sent thanks to 304 answers.',
    sum('bytesSavedByNotModified'),
  )
  counter(
    'newsstand_saved_compression_bytes_total',
    'Bytes not sent thanks to compression.',
    sum('bytesSavedByCompression'),
  )
  counter('newsstand_refreshes_total', 'Refreshes that were kept.', () => history.kept)
  counter('newsstand_refresh_failures_total', 'Refreshes that failed.', () => history.failed)
  counter(
    'newsstand_refresh_seconds_total',
    'Time spent in refreshes that were kept.',
    () => history.totalMs / 1000,
  )
  gauge(
    'newsstand_last_refresh_duration_seconds',
    'How long the last refresh took that changed something.',
    () => (history.last?.ms ?? 0) / 1000,
  )
  gauge('newsstand_ready', 'Whether right answers can be given, as /readyz says.', () =>
    condition.unready() === undefined ? 1 : 0,
  )
  new Gauge({
    name: 'newsstand_degraded',
    help: 'What is wrong while right answers are given, as /readyz says: 1 for yes.',
    labelNames: ['reason'],
    registers,
    collect() {
      const found = new Set(condition.degraded().map(({ reason }) => reason))
      for (const reason of faultReasons) this.set({ reason }, found.has(reason) ? 1 : 0)
    },
  })
  gauge('newsstand_articles', 'Articles that are published.', async () => {
    return (await catalogue.counts(Date.now())).articles
  })
  gauge('newsstand_rejections', 'Files that could not become an article.', async () => {
    return (await catalogue.counts(Date.now())).rejections
  })
  gauge('newsstand_notes', 'What editors should know of other files.', async () => {
    return (await catalogue.counts(Date.now())).notes
  })
  return register
}
