/** wrk (Debian package) as the load. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Load {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p99: number
  /** What wrk says of answers that were no 2xx or 3xx, or did not come; mostly nothing. */
  readonly errors: string
}

const connections = 64
const milliseconds = { us: 0.001, ms: 1, s: 1000 }

/**
 * Every one of 64 connections sends the same request, in one thread.
 * @param folder for a script of wrk's
 * @param rate how many a second, about: wrk waits whole milliseconds; without it as many as there can be
 * @param through what it is started with, such as `otherCore`
 */
export async function load(
  folder: string,
  url: string,
  seconds: number,
  headers: Readonly<Record<string, string>>,
  rate?: number,
  through: readonly string[] = [],
): Promise<Load> {
  const script = join(folder, 'load.lua')
  // An answer takes about a millisecond.
  const delay = rate && Math.floor((connections * 1000) / rate) - 1
  writeFileSync(script, delay ? `function delay() return ${delay} end` : '')
  const args = ['-t1', `-c${connections}`, `-d${seconds}`, '--latency', '-s', script]
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`)
  const [program = '', ...rest] = [...through, 'wrk', ...args, url]
  const { stdout } = await promisify(execFile)(program, rest)
  const [, time = '', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? []
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p99: Number(time) * milliseconds[unit as keyof typeof milliseconds],
    errors: /(Non-2xx|Socket errors).*/.exec(stdout)?.[0] ?? '',
  }
}
