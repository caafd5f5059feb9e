/** wrk (Debian package) as the load. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface Load {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p99: number
  /** How many answers were not as expected. */
  readonly errors: number
}

const connections = 64

/** wrk counts what is no 2xx or 3xx itself. */
const report = `
function done(summary, latency)
  local e = summary.errors
  print(string.format('RESULT {"perSecond":%f,"p99":%f,"errors":%d}',
    summary.requests / (summary.duration / 1e6), latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.timeout + e.status))
end`

/**
 * Runs wrk with one thread.
 * @param script Lua (github.com/wg/wrk/blob/master/SCRIPTING); must not define done
 */
export async function load(
  folder: string,
  url: string,
  seconds: number,
  script: string,
): Promise<Load> {
  const path = join(folder, 'load.lua')
  writeFileSync(path, script + report)
  const args = ['-t1', `-c${connections}`, `-d${seconds}`, '-s', path, url]
  const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  child.once('error', () => console.error('wrk is missing: apt-get install wrk'))
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')])
  const json = /^RESULT (.*)$/m.exec(out)?.[1]
  if (!json) throw new Error(`wrk printed no result:\n${out}`)
  return JSON.parse(json)
}

/** Every connection sends the same request. @param everyMs so often; as fast as it can without it */
export function sameRequest(headers: Readonly<Record<string, string>>, everyMs?: number): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  )
  if (everyMs !== undefined) lines.push(`function delay() return ${everyMs} end`)
  return lines.join('\n')
}

/**
 * How many milliseconds a connection waits after an answer for this rate, an answer taking about one.
 * wrk waits whole milliseconds, so that the rate is met roughly; the one reached is printed.
 */
export const delayFor = (perSecond: number) => Math.floor((connections * 1000) / perSecond) - 1
