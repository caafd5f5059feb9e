/** nginx (Debian package) as a benchmark has it: one worker, in a folder and on a port of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../test/support/http.ts'

/**
 * @param http what stands in `http { … }`; it listens on that port
 * @param through what it is started with, such as `programCore`
 * @throws Error when it does not answer
 */
export async function startNginx(
  folder: string,
  port: number,
  http: string,
  through: readonly string[] = [],
): Promise<ChildProcess> {
  const root = join(folder, `nginx-${port}`)
  mkdirSync(root)
  // As root nginx would give its rights away, and could not read a private folder any more.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const logs = `pid ${root}/pid; error_log ${root}/error.log;`
  const path = join(root, 'nginx.conf')
  writeFileSync(
    path,
    `${user} worker_processes 1; daemon off; ${logs} events {} http { access_log off; ${http} }`,
  )
  const [program = '', ...args] = [...through, 'nginx', '-c', path]
  const child = spawn(program, args, { stdio: 'inherit' })
  child.once('error', () => console.error('nginx is missing: apt-get install nginx'))
  process.prependOnceListener('exit', () => child.kill())
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await ask(`http://127.0.0.1:${port}/`).catch(() => undefined)
    if (answer) return child
    await sleep(50)
  }
  throw new Error('nginx does not answer')
}
