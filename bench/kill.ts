/**
 * Kills Newsstand at random moments of its work and compares it with one that was never killed.
 * node bench/kill.ts [runs] [seed]
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killAgainAndAgain } from './killing.ts'
import { machine, printTable, workspace } from './measure.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const [runs = 500, seed = 1] = positionals.map(Number)
if (![runs, seed].every((n) => Number.isInteger(n) && n > 0) || runs < 10) {
  console.error('Usage: node bench/kill.ts [runs, 10 or more] [seed]')
  process.exit(2)
}

const files = 300
const started = performance.now()
const folder = workspace()
const stages = new Map<string, number>()
// Four histories of the folder: an error repeats with its seed, and does not take the whole night.
const histories = Math.min(4, Math.floor(runs / 10))
for (let n = 0; n < histories; n += 1) {
  const own = join(folder, String(n))
  mkdirSync(own)
  const share = Math.floor(runs / histories) + (n < runs % histories ? 1 : 0)
  const onlyNew = n % 4 === 3
  const plan = { runs: share, every: 10, files, seed: seed * 100 + n, onlyNew }
  for (const [stage, hits] of await killAgainAndAgain(own, plan)) {
    stages.set(stage, (stages.get(stage) ?? 0) + hits)
  }
}
const minutes = (performance.now() - started) / 60_000
console.log(`${machine()}; ${files} files, ${runs} kills, ${minutes.toFixed(1)} minutes\n`)
printTable([
  ['where the kill hit', 'kills'],
  ...[...stages].sort().map(([stage, hits]) => [stage, String(hits)]),
])
console.log('\nEverything was there, once, with the same ids, dates and bytes; integrity is ok.')
