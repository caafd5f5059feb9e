/**
 * Reads and renders bad input, and checks all that has to hold: see test/support/.
 * node bench/fuzz.ts [count] [--seed n] [--only n]
 * The seed is printed; with it and the number of an input that input is tried again alone.
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Article } from '../src/article.ts'
import { cpuTime } from '../test/support/cpu-time.ts'
import { type Input, inputOf } from '../test/support/inputs.ts'
import { asPublished, openTrial } from '../test/support/trial.ts'
import { machine, printTable, workspace } from './measure.ts'

/** What a thread found. */
interface Report {
  /** Outcomes by kind of input. */
  readonly counts: Record<string, Record<string, number>>
  readonly failures: string[]
  /** ms for 100 kB; smaller inputs count as 100 kB. */
  slowest: { ms: number; number: number; bytes: number }
}

interface Part {
  readonly folder: string
  readonly seed: number
  readonly from: number
  readonly count: number
}

const threads = 2
/** So many articles are rendered together. */
const together = 50
/** Afterwards a thread gives up. */
const mostFailures = 20

async function run({ folder, seed, from, count }: Part): Promise<Report> {
  const trial = await openTrial(folder)
  const report: Report = { counts: {}, failures: [], slowest: { ms: 0, number: 0, bytes: 0 } }
  let articles: Article[] = []
  const fail = (number: number, error: unknown, input?: Input) => {
    const { stack } = error as Error
    const shown = input
      ? `\n  ${input.name}: ${JSON.stringify(input.bytes.toString()).slice(0, 600)}`
      : ''
    report.failures.push(`input ${number}: ${stack?.split('\n').slice(0, 8).join('\n')}${shown}`)
  }
  const renderAll = async (number: number) => {
    await trial.renderAll(articles).catch((error) => fail(number, error))
    articles = []
  }
  for (let number = from; number < from + count; number += 1) {
    const input = inputOf(seed, number)
    let result = 'failed'
    try {
      const start = cpuTime()
      const outcome = await trial.read(input)
      const ms = (cpuTime() - start) / Math.max(1, input.bytes.length / 100_000)
      // The first inputs find the libraries not loaded and not compiled.
      if (ms > report.slowest.ms && number > from + 500) {
        report.slowest = { ms, number, bytes: input.bytes.length }
      }
      result = outcome.kind
      if (outcome.kind === 'article') {
        const article = asPublished(outcome, `${number}-${input.name}`)
        await trial.render(article)
        articles.push(article)
      }
    } catch (error) {
      result = 'failed'
      fail(number, error, input)
    }
    report.counts[input.kind] ??= {}
    const counts = report.counts[input.kind] ?? {}
    counts[result] = (counts[result] ?? 0) + 1
    if (articles.length === together) await renderAll(number)
    if (report.failures.length >= mostFailures) break
  }
  await renderAll(from + count - 1)
  await trial.close()
  return report
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: 'string' }, only: { type: 'string' } },
  })
  const count = values.only ? 1 : Number(positionals[0] ?? 100_000)
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`${count} inputs, seed ${seed}. ${machine()}`)
  const start = performance.now()
  const size = Math.ceil(count / threads)
  const reports = await Promise.all(
    Array.from({ length: values.only ? 1 : threads }, async (_, n) => {
      const from = Number(values.only ?? n * size)
      const part: Part = { folder: workspace(), seed, from, count: Math.min(size, count) }
      const [report] = await once(
        new Worker(new URL(import.meta.url), { workerData: part }),
        'message',
      )
      return report as Report
    }),
  )
  print(reports, seed, (performance.now() - start) / 1000)
}

function print(reports: readonly Report[], seed: number, seconds: number): void {
  const kinds = [...new Set(reports.flatMap(({ counts }) => Object.keys(counts)))].sort()
  const results = ['article', 'rejected', 'draft', 'failed']
  const countOf = (kind: string, result: string) =>
    String(reports.reduce((sum, { counts }) => sum + (counts[kind]?.[result] ?? 0), 0))
  printTable([
    ['made as', ...results],
    ...kinds.map((kind) => [kind, ...results.map((result) => countOf(kind, result))]),
  ])
  const slowest = reports.map((report) => report.slowest).reduce((a, b) => (a.ms > b.ms ? a : b))
  console.log(
    `Slowest to read: ${slowest.ms.toFixed(1)} ms for 100 kB (input ${slowest.number}, ${slowest.bytes} bytes); all in ${seconds.toFixed(0)} s.`,
  )
  const failures = reports.flatMap((report) => report.failures)
  for (const failure of failures) console.log(`\nFAILED, seed ${seed}, ${failure}`)
  if (failures.length > 0) {
    console.log(`\nAgain, alone: node bench/fuzz.ts --seed ${seed} --only <number of the input>`)
  }
  process.exit(failures.length > 0 ? 1 : 0)
}

if (isMainThread) await main()
else parentPort?.postMessage(await run(workerData as Part))
