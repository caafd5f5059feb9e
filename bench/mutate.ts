/**
 * Mutation testing: makes small mistakes in the source, one at a time, and tells which of them no
 * test notices. Only a copy of the checkout is touched.
 * node bench/mutate.ts [area of src/ …] [--sample 60] [--seed 1] [--at src/names.ts:40]
 *
 * StrykerJS does not fit: it switches mutants on by a global of the test's thread or by the environment,
 * and most tests here start the program as a process, or in threads, and hand on neither.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { randomFrom } from '../test/support/random.ts'
import { machine, printTable, workspace } from './measure.ts'
import { type Mutant, mutantsOf } from './mutants.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** What a mutant may take longer than the tests take without it. */
const timesAsLong = 2
const graceMs = 20_000
const longestMs = 600_000
/** Tests that see what the source of an area does, beside those of the same folder. */
const areas: Readonly<Record<string, readonly string[]>> = {
  intake: ['test/channels', 'test/refresh.program.test.ts'],
  channels: ['test/server', 'test/pages/pages.program.test.ts'],
  server: ['test/status', 'test/pages/pages.program.test.ts'],
}
/** Long tests of the whole, in which a mistake of a single line shows no sooner than elsewhere. */
const leftOut = /soak|kill|fuzz|half-written|browser|motion|hostile|connections/

type Outcome = 'killed' | 'survived' | 'timed out'
type Found = Mutant & { readonly path: string }

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    at: { type: 'string', multiple: true },
  },
})
const chosen = positionals.length > 0 ? positionals : Object.keys(areas)
const folder = workspace()
const running = new Set<number>()
process.prependOnceListener('exit', () => running.forEach(endGroup))
const copies = ['0', '1'].map(copyOfCheckout)
const rows = [['area', 'mutants', 'sample', 'killed', 'timed out', 'survived', 'score']]
console.log(machine())
for (const area of chosen) rows.push(await tryArea(area))
console.log()
printTable(rows)
process.exit(0)

async function tryArea(area: string): Promise<string[]> {
  const all = globSync(`src/${area}/**/*.ts`, { cwd: root })
    .sort()
    .flatMap((path) => mutantsOf(sourceOf(path)).map((mutant): Found => ({ ...mutant, path })))
  const { at } = values
  const wanted = all.filter(
    ({ path, line }) => !at || at.includes(path) || at.includes(`${path}:${line}`),
  )
  const shuffled = randomFrom(Number(values.seed)).shuffled(wanted)
  const sample = shuffled.slice(0, at ? undefined : Number(values.sample))
  const tests = [`test/${area}`, ...(areas[area] ?? [])]
    .flatMap((place) => globSync([place, `${place}/**/*`], { cwd: root }))
    .filter((path) => path.endsWith('.test.ts') && !leftOut.test(basename(path)))
  const started = performance.now()
  const without = await run(copies[0] ?? '', tests, longestMs)
  if (tests.length === 0 || without !== 'survived')
    throw new Error(`${area}: ${without} without any mutant`)
  const ms = performance.now() - started
  console.log(`\n${area}: ${tests.length} test files, ${Math.round(ms / 1000)} s without mutants`)

  const counts: Record<Outcome, number> = { killed: 0, 'timed out': 0, survived: 0 }
  const queue = [...sample]
  const work = async (copy: string) => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const { path, line, change, code } = mutant
      writeFileSync(join(copy, path), code)
      const near = tests.filter((test) => isNear(test, path))
      const far = tests.filter((test) => !near.includes(test))
      // Most mistakes show in the tests that are named after the file, or import it.
      const first = near.length > 0 ? await run(copy, near, longestMs) : 'survived'
      const limit = ms * timesAsLong + graceMs
      const outcome = first === 'survived' ? await run(copy, far, limit) : first
      cpSync(join(root, path), join(copy, path))
      counts[outcome] += 1
      if (outcome === 'survived' || at) console.log(`${outcome}  ${path}:${line}: ${change}`)
    }
  }
  await Promise.all(copies.map(work))
  const score = (100 * (sample.length - counts.survived)) / sample.length
  const numbers = [all.length, sample.length, ...Object.values(counts)]
  return [area, ...numbers.map(String), `${score.toFixed(0)} %`]
}

const sourceOf = (path: string) => readFileSync(join(root, path), 'utf8')

const isNear = (test: string, path: string) =>
  basename(test).split('.', 1)[0] === basename(path, '.ts') || sourceOf(test).includes(`/${path}'`)

/** Runs test files until one fails; one that does is tried again, since ports are taken and machines busy. */
async function run(copy: string, tests: readonly string[], limit: number): Promise<Outcome> {
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs')
  const options = ['--bail=1', '--retry=1', '--no-file-parallelism', '--passWithNoTests']
  const lanes = ['--project=unit', '--project=program']
  const child = spawn(process.execPath, [vitest, 'run', ...lanes, ...options, ...tests], {
    cwd: copy,
    env: { ...process.env, TMPDIR: folder },
    // A group of its own, so that the programs which the tests have started end with it.
    detached: true,
    stdio: 'ignore',
  })
  const { pid = 0 } = child
  running.add(pid)
  const timer = setTimeout(() => endGroup(pid), limit)
  const [code] = await once(child, 'exit')
  clearTimeout(timer)
  endGroup(pid)
  running.delete(pid)
  if (code === null) return 'timed out'
  return code === 0 ? 'survived' : 'killed'
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

/** What the tests need, with the packages of the checkout. @returns the folder */
function copyOfCheckout(name: string): string {
  const copy = join(folder, name)
  for (const path of globSync('*', { cwd: root, exclude: ['node_modules'] })) {
    cpSync(join(root, path), join(copy, path), { recursive: true })
  }
  mkdirSync(join(copy, 'node_modules'))
  for (const path of globSync('node_modules/*', { cwd: root })) {
    // Caches are the copy's own.
    if (!/[.](cache|vite)/.test(path)) symlinkSync(join(root, path), join(copy, path))
  }
  return copy
}
