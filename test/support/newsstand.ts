/** The real program in a process of its own, on a free port, with folders of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { type Files, temporaryFolder, writeInto } from './folder.ts'

const main = fileURLToPath(new URL('../../src/start.js', import.meta.url))

export interface Newsstand {
  readonly url: string
  /** Of the admin listener. */
  readonly adminUrl: string
  readonly articlesDir: string
  readonly dataDir: string
  /** All it has printed since the last start. */
  output(): string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** The body of a feed. */
  text(path: string): Promise<string>
  /** Writes a file of the articles folder. */
  write(path: string, text: string | Buffer): void
  /** Removes a file or folder of it. */
  remove(path: string): void
  readonly pid: () => number
  /** Sends a signal and waits for the end. @returns the exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** @param env further settings */
  start(env?: Readonly<Record<string, string>>): Promise<void>
}

/** Starts a program within limits of the shell's, such as `-n 256`. */
export const limited = (limit: string): string[] => [
  'sh',
  '-c',
  `ulimit ${limit} && exec "$@"`,
  'sh',
]

/** Starts a program that may read and write only what its user may: root is no exception. */
export const unprivileged: readonly string[] =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-all']
    : []

/**
 * @param env settings beside the ports, ARTICLES_DIR and DATA_DIR
 * @param through a program that starts it, such as `limited(…)`
 */
export async function startNewsstand(
  files: Files,
  env: Readonly<Record<string, string>> = {},
  through: readonly string[] = [],
): Promise<Newsstand> {
  const articlesDir = temporaryFolder(files)
  const dataDir = temporaryFolder()
  const port = await freePort()
  const adminPort = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = {
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    BASE_URL: url,
    ARTICLES_DIR: articlesDir,
    DATA_DIR: dataDir,
    // Most tests have one or two articles, and mean it when they remove them.
    EMPTY_FOLDER_MINUTES: '0',
  }
  let child: ChildProcess
  let printed = ''

  async function start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    printed = ''
    const [program = process.execPath, ...args] = [...through, process.execPath, main]
    child = spawn(program, args, {
      cwd: dataDir,
      env: { PATH: process.env.PATH, ...settings, ...env, ...more },
    })
    child.stdout?.on('data', (chunk) => {
      printed += chunk
    })
    child.stderr?.on('data', (chunk) => {
      printed += chunk
    })
    await until(() => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${printed}`)
      return printed.includes('Newsstand serves')
    })
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const ended = once(child, 'exit')
    child.kill(signal)
    const [code] = await ended
    return code
  }

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(url + path, { headers, redirect: 'manual' })
  await start()
  onTestFinished(async () => {
    await stop('SIGKILL')
  })
  return {
    url,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    articlesDir,
    dataDir,
    output: () => printed,
    pid: () => child.pid ?? 0,
    get,
    text: async (path) => (await get(path)).text(),
    write: (path, content) => writeInto(articlesDir, path, content),
    remove: (path) => rmSync(join(articlesDir, path), { recursive: true }),
    stop,
    start,
  }
}

/** Runs the program to its end. */
export async function runNewsstand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = temporaryFolder(),
  through: readonly string[] = [],
): Promise<{ code: number; out: string; err: string }> {
  const [program = process.execPath, ...rest] = [...through, process.execPath, main, ...args]
  const child = spawn(program, rest, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

/** Waits until the check holds. @throws Error after thirty seconds */
export async function until(check: () => boolean | Promise<boolean>, what = 'it'): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited thirty seconds for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

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
