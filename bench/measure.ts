/** What the benchmarks share: arguments, memory, quantiles, a quiet machine, a place for files, tables. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

/**
 * The numbers after the name of a script, or what stands before them, those that are missing as they are in `defaults`.
 * Ends the process where one is no whole number, or less than its `least`.
 */
export function numbers(
  usage: string,
  defaults: readonly number[],
  least: readonly number[] = [],
  args = process.argv.slice(2),
): number[] {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const all = defaults.map((one, n) => Number(positionals[n] ?? one))
  const isValid = all.every((one, n) => Number.isInteger(one) && one >= (least[n] ?? 1))
  if (isValid && positionals.length <= defaults.length) return all
  console.error(`Usage: node bench/${usage}`)
  process.exit(2)
}

/** Peak resident memory of a running process so far, in MB (10^6 bytes); 0 where Linux's /proc is missing. */
export const peakMemory = (pid: number | undefined) => memoryOf(pid, 'VmHWM')

/** Resident memory of a running process now, likewise. */
export const residentMemory = (pid: number | undefined) => memoryOf(pid, 'VmRSS')

function memoryOf(pid: number | undefined, field: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0
    return (Number(kilobytes) * 1024) / 1e6
  } catch {
    return 0
  }
}

/**
 * Processor time of a running process so far, in seconds, of all its threads, also those that have ended (proc(5)).
 * Linux counts it in hundredths.
 */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name of the program, in brackets, may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Flags and settings that a server needs for `collectedHeap`. See heap.ts. */
export const heapFlags = ['--expose-gc', `--import=${new URL('heap.ts', import.meta.url).href}`]
export const heapSettings = (folder: string) => ({ HEAP_FILE: join(folder, 'heap.json') })

/** MB of such a server's heap, and of its buffers, after garbage was collected. */
export async function collectedHeap(pid: number, folder: string) {
  const { HEAP_FILE: file } = heapSettings(folder)
  rmSync(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  while (!existsSync(file) || readFileSync(file).length === 0) await sleep(20)
  const usage: NodeJS.MemoryUsage = JSON.parse(readFileSync(file, 'utf8'))
  return { heap: usage.heapUsed / 1e6, buffers: usage.arrayBuffers / 1e6 }
}

/** The value that the given share of the values does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** A fresh directory that is gone when the process ends, however it ends. */
export function workspace(): string {
  const dir = mkdtempSync(join(tmpdir(), 'newsstand-bench-'))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }))
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  return dir
}

/** Waits until what was generated is on disk, so that writing it disturbs no measurement. */
export function flushToDisk(): void {
  spawnSync('sync')
}

/** Says so when something else keeps the processors busy: the figures are worth little then. */
export async function warnIfBusy(): Promise<void> {
  const idle = () => cpus().reduce((sum, { times }) => sum + times.idle, 0)
  const before = idle()
  const start = performance.now()
  await sleep(1000)
  const busy = 1 - (idle() - before) / (performance.now() - start) / availableParallelism()
  if (busy <= 0.1) return
  const percent = Math.round(busy * 100)
  console.log(`Warning: other programs use ${percent} % of the processors; times will be too long.`)
}

/** The machine, in one line. */
export function machine(): string {
  return `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}`
}

export const yesNo = (isReached: boolean) => (isReached ? 'yes' : 'NO')

/** Prints rows with their columns aligned; the first row is the heading. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0))) ?? []
  for (const row of rows) {
    const cells = row.map((cell, n) => cell.padEnd(widths[n] ?? 0))
    console.log(cells.join('   ').trimEnd())
  }
}
