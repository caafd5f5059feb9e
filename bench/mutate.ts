/**
 * Makes small mistakes in the source, one at a time, and tells which of them no test notices. Only a
 * copy of the checkout is touched.
 * node bench/mutate.ts 60 1 src/channels test/channels test/server
 * tries 60 mistakes in that folder, chosen by 1, on these tests.
 *
 * StrykerJS does not fit: it switches mutants on by a global of the test's thread or by the environment,
 * and most tests here start the program as a process, or in threads, and hand on neither.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomFrom } from '../test/support/random.ts'
import { machine, workspace } from './measure.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const longestMs = 600_000
/** What is replaced, and what by; a mistake in a type or a comment is none, and is not noticed. */
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
  [/\b\d[\d_]*\b/g, '$& + 1'],
  [/(?<!from )'[^'\n]+'/g, "''"],
  [/(?<=\n) +(await )?[\w.#?]+\([^\n]*\)(?=\n)/g, ''],
  [/\.(trim(End|Start)?|to(Low|Upp)erCase|normalize|sort|reverse)\(\)/g, ''],
]

const [count, seed, area, ...tests] = process.argv.slice(2)
if (!area || tests.length === 0)
  throw new Error('Usage: node bench/mutate.ts count seed src/… test/…')
const copy = copyOfCheckout()
if (!pass()) throw new Error('these tests do not pass without a mistake')
const all = globSync(`${area}/**/*.ts`, { cwd: root }).sort().flatMap(mutantsOf)
const sample = randomFrom(Number(seed)).shuffled(all).slice(0, Number(count))
let noticed = 0
for (const { path, change, source } of sample) {
  writeFileSync(join(copy, path), source)
  if (pass()) console.log(`not noticed  ${path}: ${change}`)
  else noticed += 1
  cpSync(join(root, path), join(copy, path))
}
console.log(`${machine()}: ${noticed} of ${sample.length} noticed; there are ${all.length}`)
process.exit(0)

function mutantsOf(path: string) {
  const source = readFileSync(join(root, path), 'utf8')
  return mistakes.flatMap(([pattern, by]) =>
    [...source.matchAll(pattern)].map(({ index, 0: found }) => {
      const [before, after] = [source.slice(0, index), source.slice(index + found.length)]
      const mistake = by.replace('$&', found)
      const change = `line ${before.split('\n').length}: ${found.trim()} → ${mistake.trim()}`
      return { path, change, source: before + mistake + after }
    }),
  )
}

/** Whether all tests pass; one that does not is tried again, since ports are taken and machines busy. */
function pass(): boolean {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--retry=1', ...tests]
  const limits = { timeout: longestMs, killSignal: 'SIGKILL' } as const
  return spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore', ...limits }).status === 0
}

/** What the tests need, with the packages of the checkout. @returns the folder */
function copyOfCheckout(): string {
  const copy = workspace()
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
