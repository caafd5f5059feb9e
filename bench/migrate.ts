/**
 * What it takes to move a site to PostgreSQL and back, by the command: time and memory of each part of it.
 * node bench/migrate.ts [count]
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '../test/support/postgres.ts'
import { hasEnded, spawnNewsstand } from '../test/support/program.ts'
import { numbers, peakMemory, printTable, processorSeconds, yesNo } from './measure.ts'
import { startOver } from './newsstand.ts'

/** Of 100,000 articles on two cores. */
const longestComparison = 120
const mostMemory = 600
const lookMs = 100

const [count = 0] = numbers('migrate.ts [count of 5 or more]', [100_000], [5])
const { server, folder, articles } = await startOver(count)
await server.stop()
await using postgres = await startPostgres()
const database = 'moved'
const env = {
  ...{ BASE_URL: server.url, ARTICLES_DIR: articles, DATA_DIR: join(folder, 'data') },
  DATABASE_URL: await postgres.database(database),
}

const rows = [['part', 'time', 'processor time', 'peak memory', 'must reach', 'reached']]
await measure(
  ['--from', 'sqlite', '--to', 'postgres'],
  [
    ['hand over', async (output) => output.includes('The catalogue is in PostgreSQL')],
    ['copy back', hasLeft],
  ],
)
await measure(['--from', 'postgres', '--to', 'sqlite'], [['copy, twice', hasLeft]])
printTable(rows)

/** Whether the command uses the database no more: then it has copied. */
async function hasLeft(): Promise<boolean> {
  const [row] = await postgres.query(
    database,
    'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  return row === undefined
}

/** @param parts those before the comparison, and by what it is known that one is done */
async function measure(
  args: readonly string[],
  parts: readonly (readonly [string, (output: string) => Promise<boolean>])[],
): Promise<void> {
  const child = spawnNewsstand({
    ...{ args: ['migrate', ...args], env, cwd: folder },
    script: 'newsstand.cjs',
  })
  const { pid = 0 } = child
  let output = ''
  child.stderr?.on('data', (text) => {
    output += text
  })
  let processorBefore = 0
  /** Whether it has reached the database. */
  let isThere = false
  for (const [name, isDone] of [...parts, ['compare', async () => false] as const]) {
    const start = performance.now()
    let memory = 0
    let processor = 0
    while (!hasEnded(child)) {
      memory = Math.max(memory, peakMemory(pid))
      processor = processorSeconds(pid)
      isThere ||= !(await hasLeft())
      if (isThere && (await isDone(output))) break
      await sleep(lookMs)
    }
    // The next part has a peak of its own (proc_pid_clear_refs(5)).
    if (!hasEnded(child)) writeFileSync(`/proc/${pid}/clear_refs`, '5')
    const seconds = (performance.now() - start) / 1000
    const longest = name === 'compare' ? (longestComparison * count) / 100_000 : undefined
    rows.push([
      ...[name, `${seconds.toFixed(1)} s`, `${(processor - processorBefore).toFixed(1)} s`],
      `${memory.toFixed(0)} MB`,
      `${longest === undefined ? '' : `${longest} s, `}${mostMemory} MB`,
      yesNo(memory <= mostMemory && seconds <= (longest ?? Infinity)),
    ])
    processorBefore = processor
  }
  const said = output.split('\n').findLast((line) => line.includes('compared'))
  console.log(said ?? output)
  if (child.exitCode !== 0) process.exitCode = 1
}
