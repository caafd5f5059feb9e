/** The real program as a test has it: on a free port, with folders of its own, all gone with the test. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Files, temporaryFolder, writeInto } from './folder.ts'
import { end, freePort, spawnNewsstand } from './program.ts'
import { until } from './until.ts'

/** With the access log on, polls too go through Express: `BEHIND_EXPRESS=1 npm test -- test/server` tries that way. */
const way = process.env.BEHIND_EXPRESS ? { ACCESS_LOG: 'true' } : {}

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

/**
 * @param env settings beside the ports, ARTICLES_DIR and DATA_DIR
 * @param through a program that starts it, such as `limited(…)`
 * @param from the folder of the sources, where it is not the project's
 */
export async function startNewsstand(
  files: Files,
  env: Readonly<Record<string, string>> = {},
  through: readonly string[] = [],
  from?: string,
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
    ...way,
  }
  let child: ChildProcess
  let printed = ''

  async function start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    printed = ''
    const all = { ...settings, ...env, ...more }
    child = spawnNewsstand({ cwd: dataDir, env: all, through, ...(from && { from }) })
    const print = (chunk: Buffer) => {
      printed += chunk
    }
    child.stdout?.on('data', print)
    child.stderr?.on('data', print)
    await until(() => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${printed}`)
      return printed.includes('Newsstand serves')
    })
  }

  const stop = (signal: NodeJS.Signals = 'SIGTERM') => end(child, signal)
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
  const child = spawnNewsstand({ args, env, cwd, through })
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    err += chunk
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}
