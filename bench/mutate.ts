/**
 * Makes small mistakes in the source, one at a time, and tells which of them no test notices. Only a
 * copy of the checkout is touched.
 * node bench/mutate.ts [area of src/, intake if none is named] [how many] [seed]
 *
 * StrykerJS does not fit: it switches mutants on by a global of the test's thread or by the environment,
 * and most tests here start the program as a process, or in threads, and hand on neither.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomFrom } from '../test/support/random.ts'
import { machine, workspace } from './measure.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const longestMs = 600_000
/** Tests that see what the source of an area does, beside those of the same folder. */
const areas: Readonly<Record<string, readonly string[]>> = {
  intake: ['test/channels', 'test/refresh.program.test.ts'],
  channels: ['test/server', 'test/pages/pages.program.test.ts'],
  server: ['test/status', 'test/pages/pages.program.test.ts'],
}
/** Long tests of the whole, in which a mistake of a single line shows no sooner than elsewhere. */
const leftOut = /kill|fuzz|half-written|browser|motion|hostile|connections/

/** What is replaced, and what by. Types and comments are among the places; such mistakes are none. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [/ <=? /g, ' >= '],
  [/ >=? /g, ' < '],
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/ && /g, ' || '],
  [/ (\|\||\?\?) /g, ' && '],
  [/!(?=[\w(])/g, ''],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/\bif \(/g, 'if (true || '],
  [/\bif \(/g, 'if (false && '],
  [/\b(?<!\.)\d[\d_]*\b/g, '$& + 1'],
  [/(?<!from )'[^'\n]+'/g, "''"],
  [/(?<=\n) +(await )?[\w.#?]+\([^\n]*\)(?=\n)/g, ''],
  [/\.(trim(End|Start)?|to(Low|Upp)erCase|normalize|sort|reverse)\(\)/g, ''],
]

const [area = 'intake', count = '60', seed = '1'] = process.argv.slice(2)
const folder = workspace()
const copy = copyOfCheckout()
const tests = [`test/${area}`, ...(areas[area] ?? [])]
  .flatMap((place) => globSync([place, `${place}/**/*`], { cwd: root }))
  .filter((path) => path.endsWith('.test.ts') && !leftOut.test(basename(path)))
if (tests.length === 0 || !pass(tests)) throw new Error(`${area}: no tests pass without a mistake`)

const paths = globSync(`src/${area}/**/*.ts`, { cwd: root }).sort()
const all = paths.flatMap((path) => mutantsOf(path, sourceOf(path)))
const sample = randomFrom(Number(seed)).shuffled(all).slice(0, Number(count))
const survived = sample.filter(({ path, line, change, source }) => {
  writeFileSync(join(copy, path), source)
  // Most mistakes show in the tests that are named after the file, or import it.
  const near = tests.filter((test) => isNear(test, path))
  const isMissed = (near.length === 0 || pass(near)) && pass(tests)
  cpSync(join(root, path), join(copy, path))
  if (isMissed) console.log(`missed  ${path}:${line}: ${change}`)
  return isMissed
})
const noticed = sample.length - survived.length
console.log(`${machine()}; ${area}: ${noticed} of ${sample.length} noticed, ${all.length} in all`)
process.exit(0)

function mutantsOf(path: string, source: string) {
  return mistakes.flatMap(([pattern, by]) =>
    [...source.matchAll(pattern)]
      .map(({ index, 0: found }) => {
        const start = source.slice(0, index)
        const line = start.split('\n').length
        const change = found.replace(new RegExp(pattern.source), by)
        const mutated = start + change + source.slice(index + found.length)
        const text = source.split('\n')[line - 1]?.trim() ?? ''
        return { path, line, text, change: `${found.trim()} → ${change.trim()}`, source: mutated }
      })
      .filter(
        ({ text }) => !/^(\*|\/\*|\/\/|import |export type |interface |readonly )/.test(text),
      ),
  )
}

function sourceOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function isNear(test: string, path: string): boolean {
  return (
    basename(test).split('.', 1)[0] === basename(path, '.ts') ||
    sourceOf(test).includes(`/${path}'`)
  )
}

/** Whether all of these tests pass; one that does not is tried again, since ports are taken and machines busy. */
function pass(tests: readonly string[]): boolean {
  const options = ['--bail=1', '--retry=1', '--project=unit', '--project=program']
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs')
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...options, ...tests], {
    cwd: copy,
    env: { ...process.env, TMPDIR: folder },
    stdio: 'ignore',
    timeout: longestMs,
    killSignal: 'SIGKILL',
  })
  return status === 0
}

/** What the tests need, with the packages of the checkout. @returns the folder */
function copyOfCheckout(): string {
  const copy = join(folder, 'copy')
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
