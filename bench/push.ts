/**
 * How soon, how fast and how surely subscribers are told (WebSub), with the program on one core and all else on another.
 * node bench/push.ts [delay] [rate] [stored] [faults] [kill]
 */
import { spawnSync } from 'node:child_process'
import { machine, printTable, warnIfBusy } from './measure.ts'
import { delay } from './push-delay.ts'
import { faults } from './push-faults.ts'
import { kill } from './push-kill.ts'
import { rate } from './push-rate.ts'
import { storedMany } from './push-stored.ts'

const parts: Readonly<Record<string, () => Promise<string[][]>>> = {
  delay,
  rate,
  stored: storedMany,
  faults,
  kill,
}

const named = process.argv.slice(2)
if (named.some((name) => !(name in parts))) {
  console.error(`Usage: node bench/push.ts [${Object.keys(parts).join('] [')}]`)
  process.exit(2)
}
console.log(machine())
await warnIfBusy()
// This process asks the hub, and answers it while it is killed.
spawnSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)])
const rows: string[][] = []
for (const [name, measure] of Object.entries(parts)) {
  if (named.length > 0 && !named.includes(name)) continue
  const startedAt = performance.now()
  const found = await measure()
  console.log(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  rows.push(...found)
}
console.log()
printTable([['what', 'Newsstand', 'beside it', 'must reach', 'reached'], ...rows])
process.exit(rows.some((row) => row.at(-1) === 'NO') ? 1 : 0)
