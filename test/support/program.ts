/** The real program in a process of its own: what tests and benchmarks start it with. */
import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const sources = fileURLToPath(new URL('../../src/', import.meta.url))
/** An end that is waited for longer is none. */
const patienceMs = 30_000

export interface Start {
  /** Settings; of the environment only PATH is handed on. */
  readonly env: Readonly<Record<string, string>>
  /** Where no newsstand.config.json of the user lies. */
  readonly cwd: string
  /** A file of src/: `newsstand.cjs` brings the flags for Node that `npm start` has. */
  readonly script?: 'start.js' | 'newsstand.cjs'
  readonly args?: readonly string[]
  readonly flags?: readonly string[]
  /** A program that starts it, such as `limited(…)`. */
  readonly through?: readonly string[]
  /** The folder of the sources, where it is not the project's. */
  readonly from?: string
  /** An open file that gets all it prints; else that is on `stdout` and `stderr`. */
  readonly log?: number
}

export function spawnNewsstand({ env, cwd, log = 0, ...start }: Start): ChildProcess {
  const { script = 'start.js', args = [], flags = [], through = [], from = sources } = start
  const command = [...through, process.execPath, ...flags, from + script, ...args]
  const [program = '', ...rest] = command
  const stdio: StdioOptions = log > 0 ? ['ignore', log, log] : 'pipe'
  return spawn(program, rest, { cwd, env: { PATH: process.env.PATH, ...env }, stdio })
}

/** What makes a Node look like an older one, which cannot put another program in its place. */
export const asOlderNode = `
delete process.execve
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })
`

export const hasEnded = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode !== null || signalCode !== null

/** Sends a signal and waits for the end, which is forced after half a minute. @returns the exit code */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (hasEnded(child)) return child.exitCode
  const force = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  child.kill(signal)
  const [code] = await once(child, 'exit')
  clearTimeout(force)
  return code
}

/** Starts a program within limits of the shell's, such as `-n 256`. */
export function limited(limit: string): string[] {
  return ['sh', '-c', `ulimit ${limit} && exec "$@"`, 'sh']
}

/** Starts a program that may read and write only what its user may: root is no exception. */
export const unprivileged: readonly string[] =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-all']
    : []

/** Below those that the system gives to connections. */
const firstPort = 10_000
const portsOfWorker = 10_000
/** None is given twice: whoever was given one may not listen yet. */
const given = new Set<number>()

/** One that no other test takes meanwhile: tests that run side by side have ports of their own. */
export async function freePort(): Promise<number> {
  const worker = Number(process.env.VITEST_POOL_ID ?? 1) % 2
  for (;;) {
    const port = firstPort + worker * portsOfWorker + Math.floor(Math.random() * portsOfWorker)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Whether a user may have namespaces of their own (user_namespaces(7)). */
export function mayUnshare(): boolean {
  try {
    execFileSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
