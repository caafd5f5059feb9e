/** wrk (Debian package) as the load, and nginx (Debian package) as the yardstick. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Load {
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Answers by status that were not expected; empty when all is well. */
  readonly problems: string
}

const connections = 64

/**
 * Runs wrk with one thread.
 * @param script Lua (github.com/wg/wrk/blob/master/SCRIPTING); must not define response or done
 * @param status that every answer must have
 */
export function load(
  folder: string,
  url: string,
  seconds: number,
  status: number,
  script: string,
): Promise<Load> {
  const path = join(folder, 'load.lua')
  writeFileSync(path, `${script}\n${report(status)}`)
  const args = ['-t1', `-c${connections}`, `-d${seconds}`, '-s', path, url]
  const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.on('error', () => reject(new Error('wrk is missing: apt-get install wrk')))
    child.on('close', () => {
      const json = /^RESULT (.*)$/m.exec(out)?.[1]
      if (!json) reject(new Error(`wrk printed no result:\n${out}`))
      else resolve(JSON.parse(json))
    })
  })
}

/** wrk counts what is no 2xx or 3xx itself; one answer is looked at before, by `expectStatus`. */
const report = (status: number) => `
function done(summary, latency)
  local e = summary.errors
  local bad = e.connect + e.read + e.write + e.timeout${status < 400 ? ' + e.status' : ''}
  print(string.format('RESULT {"requestsPerSecond":%f,"p50":%f,"p99":%f,"problems":"%s"}',
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, bad > 0 and bad .. " errors" or ""))
end`

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
export const delayFor = (requestsPerSecond: number) =>
  Math.floor((connections * 1000) / requestsPerSecond) - 1

/** @throws Error when the address answers otherwise */
export async function expectStatus(
  url: string,
  headers: Readonly<Record<string, string>>,
  status: number,
): Promise<Response> {
  const response = await fetch(url, { headers })
  if (response.status === status) return response
  throw new Error(`${url} answered ${response.status} instead of ${status}`)
}

/** nginx with one worker, serving prepared files with gzip_static. */
export async function startNginx(
  folder: string,
  port: number,
  files: Readonly<Record<string, Buffer>>,
): Promise<ChildProcess> {
  const root = join(folder, 'nginx')
  mkdirSync(root, { recursive: true })
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(root, name), bytes)
  writeFileSync(
    join(root, 'nginx.conf'),
    // As root nginx would give its rights away, and could not read a private folder any more.
    `${process.getuid?.() === 0 ? 'user root;' : ''} worker_processes 1; daemon off; pid ${root}/pid; error_log ${root}/error.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on;
  types { application/rss+xml xml; }
  server { listen 127.0.0.1:${port}; root ${root}; }
}`,
  )
  if (spawnSync('nginx', ['-v']).error) throw new Error('nginx is missing: apt-get install nginx')
  const child = spawn('nginx', ['-c', join(root, 'nginx.conf')], { stdio: 'inherit' })
  process.prependOnceListener('exit', () => child.kill())
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) return child
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('nginx does not answer')
}
