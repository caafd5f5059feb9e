/**
 * Mutation testing: makes small mistakes in the source, one at a time, and tells which of them no
 * test notices. Only a copy of the checkout is touched.
 * node bench/mutate.ts [area …] [--sample 60] [--seed 1] [--at src/names.ts:40]
 *
 * StrykerJS does not fit: it compiles all mutants into the code and switches one on by a global of the
 * test's thread. Most tests here start the program as a process, or in threads, where that global is
 * not set; every mutant there would count as not covered. Its runner for any command switches by the
 * environment, of which the tests hand on PATH only, and would run the whole suite for each mutant.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { machine, printTable, workspace } from './measure.ts'
import { type Mutant, mutantsOf } from './mutants.ts'
import { type Random, randomFrom } from './random.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const WORKERS = 2
/** What a mutant may take longer than the tests take without it. */
const TIMES_AS_LONG = 2
const GRACE_MS = 20_000
const LONGEST_MS = 600_000

/** Tests that see what the source of an area does, beside those that are named after it. */
const areas: Readonly<Record<string, readonly string[]>> = {
  intake: ['test/channels', 'test/refresh.program.test.ts'],
  channels: ['test/server', 'test/pages/pages.program.test.ts'],
  server: ['test/status', 'test/pages/pages.program.test.ts'],
}

/** Long tests of the whole, in which a mistake of a single line shows no sooner than elsewhere. */
const leftOut = /soak|kill|fuzz|half-written|browser|motion|hostile|connections/
/** Tests that fail on a busy machine. */
const timed = 'longer than|in time'

/**
 * One test file after the other, in the order given. A test that fails is tried again: ports are
 * taken by others, and machines are busy.
 */
const configuration = `
const tests = JSON.parse(process.env.TESTS)
const place = ({ moduleId }) => tests.findIndex((test) => moduleId.endsWith('/' + test))
class InOrder {
  sort(files) {
    return files.toSorted((a, b) => place(a) - place(b))
  }
  shard(files) {
    return files
  }
}
export default {
  test: {
    include: tests,
    fileParallelism: false,
    sequence: { sequencer: InOrder },
    testNamePattern: /^(?!.*(${timed}))/,
    testTimeout: 30_000,
    retry: 1,
  },
}
`

interface Found extends Mutant {
  readonly path: string
}
interface Report {
  readonly success: boolean
  readonly testResults: readonly {
    readonly name: string
    readonly startTime: number
    readonly endTime: number
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}
type Outcome = 'killed' | 'survived' | 'timed out'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    at: { type: 'string', multiple: true },
  },
})
const chosen = positionals.length > 0 ? positionals : Object.keys(areas)
const unknown = chosen.find((area) => !areas[area])
if (unknown) throw new Error(`No area ${unknown}; there are ${Object.keys(areas).join(', ')}.`)

const folder = workspace()
mkdirSync(join(folder, 'tmp'))
let running: ChildProcess[] = []
process.prependOnceListener('exit', () => running.forEach(endGroup))

const copies = Array.from({ length: WORKERS }, (_, n) => copyOfCheckout(join(folder, `${n}`)))
const rows = [['area', 'mutants', 'sample', 'killed', 'timed out', 'survived', 'score']]
console.log(machine())
for (const area of chosen) rows.push(await tryArea(area))
console.log()
printTable(rows)
process.exit(0)

async function tryArea(area: string): Promise<string[]> {
  const random = randomFrom(Number(values.seed))
  const all = globSync(`src/${area}/**/*.ts`, { cwd: ROOT }).sort().flatMap(mutantsIn)
  const wanted = all.filter(isWanted)
  const sample = shuffled(wanted, random).slice(0, values.at ? undefined : Number(values.sample))
  const { tests, ms } = await testsOf(area)
  const limit = ms * TIMES_AS_LONG + GRACE_MS
  console.log(`\n${area}: ${tests.length} test files, ${Math.round(ms / 1000)} s without mutants`)

  const counts: Record<Outcome, number> = { killed: 0, survived: 0, 'timed out': 0 }
  const queue = [...sample]
  await Promise.all(
    copies.map(async (copy) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const outcome = await tryMutant(copy, mutant, tests, limit)
        counts[outcome] += 1
        if (outcome === 'survived' || values.at) {
          console.log(`${outcome}  ${mutant.path}:${mutant.line}: ${mutant.change}`)
        }
      }
    }),
  )
  const { killed, survived } = counts
  const score = (100 * (sample.length - survived)) / sample.length
  const numbers = [all.length, sample.length, killed, counts['timed out'], survived]
  return [area, ...numbers.map(String), `${score.toFixed(0)} %`]
}

function mutantsIn(path: string): Found[] {
  const found = mutantsOf(readFileSync(join(ROOT, path), 'utf8'))
  return found.map((mutant) => ({ ...mutant, path }))
}

function isWanted({ path, line }: Found): boolean {
  return !values.at || values.at.some((place) => place === path || place === `${path}:${line}`)
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list]
  return list.flatMap(() => left.splice(random.between(0, left.length - 1), 1))
}

/**
 * The test files of an area, the quickest first, and how long they take together.
 * @throws Error when a test fails without any mutant
 */
async function testsOf(area: string): Promise<{ tests: string[]; ms: number }> {
  const places = [`test/${area}`, ...(areas[area] ?? [])]
  const tests = places
    .flatMap((place) =>
      place.endsWith('.ts') ? place : globSync(`${place}/**/*.test.ts`, { cwd: ROOT }),
    )
    .filter((path) => !leftOut.test(basename(path)))
  const [copy = ''] = copies
  const started = performance.now()
  const report = await runTests(copy, tests, LONGEST_MS)
  const ms = performance.now() - started
  if (!report) throw new Error(`The tests of ${area} take too long without any mutant.`)
  const { testResults } = report
  const failed = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(
        ({ fullName, failureMessages }) => `${name}: ${fullName}\n${failureMessages.join('\n')}`,
      ),
  )
  if (!report.success) throw new Error(`Without any mutant there fail:\n${failed.join('\n')}`)
  const taken = ({ startTime, endTime }: { startTime: number; endTime: number }) =>
    endTime - startTime
  const sorted = testResults.toSorted((a, b) => taken(a) - taken(b))
  return { tests: sorted.map(({ name }) => name.slice(copy.length + 1)), ms }
}

async function tryMutant(
  copy: string,
  { path, code }: Found,
  tests: readonly string[],
  limit: number,
): Promise<Outcome> {
  writeFileSync(join(copy, path), code)
  const near = tests.filter((test) => isNear(test, path))
  const far = tests.filter((test) => !near.includes(test))
  const report = await runTests(copy, [...near, ...far], limit)
  cpSync(join(ROOT, path), join(copy, path))
  if (!report) return 'timed out'
  return report.success ? 'survived' : 'killed'
}

/** Whether a test is named after the source file, or imports it. */
function isNear(test: string, path: string): boolean {
  const name = basename(path, '.ts')
  return (
    basename(test).split('.', 1)[0] === name ||
    readFileSync(join(ROOT, test), 'utf8').includes(`/${path}'`)
  )
}

/**
 * Runs test files one after the other, until one fails.
 * @returns undefined when they take longer than the limit, in ms
 * @throws Error when they did not run at all, as when somebody has tidied up the copy
 */
async function runTests(
  copy: string,
  tests: readonly string[],
  limit: number,
): Promise<Report | undefined> {
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs')
  const file = join(copy, 'report.json')
  rmSync(file, { force: true })
  const to = ['--reporter=json', `--outputFile=${file}`]
  const args = [vitest, 'run', '--config', 'mutation.config.ts', '--bail=1', ...to]
  const child = spawn(process.execPath, args, {
    cwd: copy,
    env: { ...process.env, TMPDIR: join(folder, 'tmp'), TESTS: JSON.stringify(tests) },
    // A group of its own, so that the programs which the tests have started end with it.
    detached: true,
    stdio: 'ignore',
  })
  running.push(child)
  const timer = setTimeout(() => endGroup(child), limit)
  const [code] = await once(child, 'exit')
  clearTimeout(timer)
  endGroup(child)
  running = running.filter((one) => one !== child)
  if (code === null) return undefined
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  // An error outside of all tests is told by the exit code only.
  return { ...report, success: report.success && code === 0 }
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

/** What the tests need, with the packages of the checkout. @returns the folder */
function copyOfCheckout(copy: string): string {
  for (const name of ['src', 'test', 'public', 'articles', 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true })
  }
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    // Caches are the copy's own.
    if (name === '.cache' || name.startsWith('.vite')) continue
    symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name))
  }
  writeFileSync(join(copy, 'mutation.config.ts'), configuration)
  return copy
}
