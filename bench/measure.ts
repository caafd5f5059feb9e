/** What the benchmarks share: memory, quantiles, a quiet machine, a place for files. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Measured {
  readonly seconds: number
  /** Peak resident memory in MB. */
  readonly memory: number
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
  if (busy > 0.1) {
    const percent = Math.round(busy * 100)
    console.log(
      `Warning: other programs use ${percent} % of the processors; times will be too long.`,
    )
  }
}

/** The machine, in one line. */
export function machine(): string {
  return `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}`
}

/** Prints rows with their columns aligned; the first row is the heading. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0))) ?? []
  for (const row of rows) {
    console.log(
      row
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('   ')
        .trimEnd(),
    )
  }
}
