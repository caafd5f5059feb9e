/**
 * How long until the first feed is answered, here and in another checkout, in turns: with the sample articles, which
 * are of several formats, and with those of page text alone.
 * node bench/start-beside.ts ../former [turns]
 */
import { spawn } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ask } from '../test/support/http.ts'
import { end, freePort } from '../test/support/program.ts'
import { machine, printTable, quantile, warnIfBusy, workspace } from './measure.ts'

const here = fileURLToPath(new URL('..', import.meta.url))
const checkouts = [resolve(process.argv[2] ?? here), resolve(here)]
const turns = Number(process.argv[3] ?? 8)
const pollMs = 5

interface Started {
  /** Since the process was started. */
  readonly ms: number
  /** CPU time of all its threads until then, in ms, which tells more where other programs run. */
  readonly cpuMs: number
}

async function start(checkout: string, articles: string, data: string): Promise<Started> {
  const port = await freePort()
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    ADMIN_PORT: String(await freePort()),
    ARTICLES_DIR: articles,
    DATA_DIR: data,
  }
  const startedAt = performance.now()
  const script = join(checkout, 'src/start.js')
  const child = spawn(process.execPath, [script], { env, cwd: folder, stdio: 'ignore' })
  const isReady = () =>
    ask(`http://127.0.0.1:${port}/rss.xml`).then(
      ({ status }) => status === 200,
      () => false,
    )
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`${checkout} ended with ${child.exitCode}`)
    await sleep(pollMs)
  }
  const ms = performance.now() - startedAt
  const cpuMs = cpuOf(child.pid)
  await end(child, 'SIGTERM')
  return { ms, cpuMs }
}

/** The first number of schedstat is ns on a processor. */
function cpuOf(pid: number | undefined): number {
  const tasks = `/proc/${pid}/task`
  const ns = readdirSync(tasks).map((task) =>
    Number(readFileSync(join(tasks, task, 'schedstat'), 'utf8').split(' ', 1)[0]),
  )
  return ns.reduce((sum, one) => sum + one, 0) / 1e6
}

const folder = workspace()
const samples = join(folder, 'samples')
const pageTexts = join(folder, 'page texts')
cpSync(join(here, 'articles'), samples, { recursive: true, preserveTimestamps: true })
cpSync(samples, pageTexts, {
  recursive: true,
  preserveTimestamps: true,
  filter: (path) => ['', '.txt'].includes(extname(path)),
})
console.log(machine())
await warnIfBusy()

const rows: string[][] = []
for (const articles of [samples, pageTexts]) {
  const first = checkouts.map((): Started[] => [])
  const again = checkouts.map((): Started[] => [])
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const at of turn % 2 === 0 ? [0, 1] : [1, 0]) {
      const checkout = checkouts[at] ?? here
      const data = join(folder, `${basename(articles)}-${turn}-${at}`)
      const both = [await start(checkout, articles, data), await start(checkout, articles, data)]
      // The first turn fills the cache of compiled code.
      if (turn === 0) continue
      for (const [n, started] of both.entries()) (n === 0 ? first : again)[at]?.push(started)
    }
  }
  for (const [name, started] of Object.entries({ 'first start': first, restart: again })) {
    rows.push([
      `${basename(articles)}: ${name}`,
      ...cells(started, 'ms'),
      ...cells(started, 'cpuMs'),
    ])
  }
}
printTable([['median, ms', 'there', 'here', 'times', 'there, CPU', 'here, CPU', 'times'], ...rows])

function cells(started: readonly (readonly Started[])[], what: keyof Started): string[] {
  const [there = 0, now = 0] = started.map((ones) =>
    quantile(
      ones.map((one) => one[what]),
      0.5,
    ),
  )
  return [there.toFixed(0), now.toFixed(0), (now / there).toFixed(2)]
}
