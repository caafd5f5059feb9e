/** Whoever reads the log may stall or go away: that is no reason for us to do so. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder, writeInto } from './support/folder.ts'
import { page } from './support/page.ts'
import { freePort } from './support/program.ts'
import { until } from './support/until.ts'

const start = fileURLToPath(new URL('../src/start.js', import.meta.url))

/** Starts it with both outputs going into a pipe. @returns the pipe's other end, from which nobody reads */
async function startIntoPipe() {
  const folder = temporaryFolder({ 'in/a.txt': page() })
  const pipe = join(folder, 'pipe')
  spawnSync('mkfifo', [pipe])
  const end = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn('sh', ['-c', 'exec "$0" "$@" >pipe 2>&1', process.execPath, start], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      ADMIN_PORT: '0',
      ARTICLES_DIR: 'in',
      EMPTY_FOLDER_MINUTES: '0',
      ACCESS_LOG: 'true',
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await until(async () => (await fetch(`${url}/feed.json`).catch(() => undefined))?.ok ?? false)
  const publishes = async (title: string) => {
    writeInto(folder, 'in/b.txt', page({ title }))
    await until(async () => (await (await fetch(`${url}/feed.json`)).text()).includes(title), title)
  }
  return { child, end, url, publishes, statistics: join(folder, 'data/statistics.json') }
}

describe('a log that nobody reads', () => {
  it('keeps no answer and no article waiting, and the end no longer than promised', async () => {
    const { child, end, url, publishes, statistics } = await startIntoPipe()
    onTestFinished(() => closeSync(end))
    // Far more than a pipe holds (64 kB), and than waits for its reader (1 MB).
    for (let n = 0; n < 500; n += 1) {
      const answer = await fetch(`${url}/${n}/${'x'.repeat(6000)}`)
      expect(answer.status).toBe(404)
      await answer.arrayBuffer()
    }
    await publishes('Another story')
    const before = Date.now()
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(Date.now() - before).toBeLessThan(15_000)
    expect(existsSync(statistics)).toBe(true)
  })

  it('may go away', async () => {
    const { child, end, publishes } = await startIntoPipe()
    closeSync(end)
    await publishes('Another story')
    await publishes('A third story')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
