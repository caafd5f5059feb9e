import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { kinds } from '../deliveries/delivery.ts'
import { faultReasons } from '../status/condition.ts'
import type { StatusParts, WorkerFigures } from '../status/figures.ts'
import { totalOf } from '../status/hours.ts'
import { knownDeliveries } from '../status/known-deliveries.ts'

/**
 * The metrics in Prometheus' words. The figures are kept where they arise and read here when they
 * are asked for, so that counting costs a request next to nothing.
 */
export function createMetrics(parts: StatusParts): Registry {
  const { catalogue, traffic, refresher, condition, deliveries } = parts
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
  if (refresher.leads() !== undefined) {
    gauge(
      'newsstand_refreshes_here',
      'Whether it is this machine that refreshes, of those that share a database.',
      () => (refresher.leads() ? 1 : 0),
    )
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
    return (await catalogue.counts()).articles
  })
  gauge('newsstand_rejections', 'Files that could not become an article.', async () => {
    return (await catalogue.counts()).rejections
  })
  gauge('newsstand_notes', 'What editors should know of other files.', async () => {
    return (await catalogue.counts()).notes
  })
  if (parts.workers) countWorkers(parts.workers, registers)
  gauge('newsstand_subscriptions', 'Subscriptions of the WebSub hub.', async () => {
    return (await knownDeliveries(deliveries)).subscriptions
  })
  new Gauge({
    name: 'newsstand_deliveries_waiting',
    help: 'Deliveries that are not done yet.',
    labelNames: ['kind'],
    registers,
    async collect() {
      const { waiting } = await knownDeliveries(deliveries)
      for (const kind of kinds) this.set({ kind }, waiting[kind])
    },
  })
  new Counter({
    name: 'newsstand_deliveries_total',
    help: 'Deliveries that were done or given up, and tries that failed.',
    labelNames: ['kind', 'outcome'],
    registers,
    async collect() {
      const { made } = await knownDeliveries(deliveries)
      this.reset()
      for (const kind of kinds) {
        const { done, failed, givenUp } = made[kind]
        this.inc({ kind, outcome: 'done' }, done)
        this.inc({ kind, outcome: 'failed' }, failed)
        this.inc({ kind, outcome: 'given_up' }, givenUp)
      }
    },
  })
  return register
}

/** Where other processes serve: the default metrics are those of the process that refreshes alone. */
function countWorkers(workers: () => readonly WorkerFigures[], registers: Registry[]): void {
  const ofEach = (name: string, help: string, value: (worker: WorkerFigures) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['worker'],
      registers,
      collect() {
        for (const worker of workers()) this.set({ worker: worker.number }, value(worker))
      },
    })
  ofEach(
    'newsstand_worker_start_time_seconds',
    'When a process that serves was started, since 1970; one that has ended is replaced.',
    ({ started }) => started.getTime() / 1000,
  )
  ofEach(
    'newsstand_worker_cpu_seconds',
    'Processor time of a process that serves since its start.',
    ({ cpuSeconds }) => cpuSeconds,
  )
  ofEach(
    'newsstand_worker_resident_memory_bytes',
    'Resident memory of a process that serves.',
    ({ memory }) => memory,
  )
}
