/**
 * Three replicas behind a balancer, over one database, to which much happens at random while they are asked. Prints what happened, what readers
 * were answered, and how long it took another to refresh.
 * node bench/replicas.ts [--seed 1] [--minutes 60]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../test/support/postgres.ts'
import { troubleReplicas } from '../test/support/replicas.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
  },
})
const [seed, minutes] = [Number(values.seed), Number(values.minutes)]
/** Each site begins anew, so that no story is known for an hour alone. */
const roundsEach = 25

const end = Date.now() + minutes * 60_000
const happened = new Map<string, number>()
const answers = new Map<number, number>()
const takeovers: number[] = []

function add<Key>(sums: Map<Key, number>, more: ReadonlyMap<Key, number>): void {
  for (const [key, count] of more) sums.set(key, (sums.get(key) ?? 0) + count)
}

await using postgres = await startPostgres()
for (let n = seed; Date.now() < end; n += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'newsstand-replicas-'))
  try {
    const plan = { replicas: 3, rounds: roundsEach, files: 100, seed: n, end }
    const result = await troubleReplicas(folder, postgres, plan)
    add(happened, result.happened)
    add(answers, result.answers)
    takeovers.push(...result.takeovers)
    console.log(`seed ${n}: nothing was wrong`)
  } catch (error) {
    console.error(`seed ${n}:`, error)
    process.exitCode = 1
    break
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
console.table([...happened].map(([what, times]) => ({ what, times })))
console.table([...answers].map(([status, times]) => ({ status, times })))
const sorted = takeovers.toSorted((one, other) => one - other)
console.log(
  `another refreshed after ${sorted[Math.floor(sorted.length / 2)] ?? '–'} ms (median), ${sorted.at(-1) ?? '–'} ms at most, ${sorted.length} times`,
)
