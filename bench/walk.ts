/**
 * What the look through an articles folder costs in which nothing has changed, as it is on schedule, beside the one at
 * everything: processor time of the process, for small files in folders of 1,000 and of 20, and all in one.
 * node bench/walk.ts [files] [turns]
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FolderReader } from '../src/intake/folder-reader.ts'
import type { Scope } from '../src/intake/look-through.ts'
import { watchFolder } from '../src/intake/watch.ts'
import { until } from '../test/support/until.ts'
import { machine, numbers, printTable, quantile, warnIfBusy, workspace } from './measure.ts'

const [files = 0, turns = 0] = numbers('walk.ts [files] [turns]', [100_000, 5], [1000])

function writeFiles(root: string, inFolder: number): string[] {
  const folders: string[] = []
  for (let n = 0; n < files; n += 1) {
    const folder = String(Math.floor(n / inFolder)).padStart(5, '0')
    if (n % inFolder === 0) {
      folders.push(folder)
      mkdirSync(join(root, folder), { recursive: true })
    }
    writeFileSync(join(root, folder, `article-${String(n).padStart(6, '0')}.txt`), 'text')
  }
  return folders
}

/** A reader that knows these files, and hears what is written. */
async function openReader(root: string, folders: readonly string[]) {
  const reader = new FolderReader({
    articlesDir: root,
    language: 'en',
    timeZone: 'UTC',
    undated: 'modified',
    publisher: { name: 'P', url: 'https://p.example/' },
    topics: [],
    emptyFolderMinutes: 60,
  })
  const heard = new Set<string>()
  const watch = watchFolder(
    root,
    (paths) => {
      reader.hear(paths)
      for (const path of paths) heard.add(path)
    },
    (error) => {
      throw error
    },
  )
  reader.watchedBy(watch)
  await until(() => folders.every((folder) => heard.has(folder)), 'the watch')
  return reader
}

/** Processor time of a look, in ms. */
function look(reader: FolderReader, scope?: Scope): number {
  const before = process.cpuUsage()
  // Later, so that what was just written is at rest.
  const { changed } = reader.survey(scope, Date.now() + 10_000)
  const { user, system } = process.cpuUsage(before)
  reader.finish(true, [])
  isAsKnown &&= changed.length === 0
  return (user + system) / 1000
}

let isAsKnown = true
console.log(machine())
await warnIfBusy()
const rows = [[`${files} files, ms on a processor`, 'everything', 'on schedule', 'times']]
for (const inFolder of [1000, 20, files]) {
  const root = join(workspace(), 'articles')
  const reader = await openReader(root, writeFiles(root, inFolder))
  // The first finds them, the next that nothing is to be done.
  for (const scope of [undefined, undefined, 'changes'] as const) look(reader, scope)
  isAsKnown = true
  const whole: number[] = []
  const short: number[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    whole.push(look(reader))
    short.push(look(reader, 'changes'))
  }
  if (!isAsKnown) throw new Error('something has changed meanwhile')
  const [all, changes] = [quantile(whole, 0.5), quantile(short, 0.5)]
  const name = inFolder === files ? 'all in one folder' : `folders of ${inFolder}`
  rows.push([name, all.toFixed(0), changes.toFixed(1), (all / changes).toFixed(0)])
  rmSync(root, { recursive: true })
}
printTable(rows)
process.exit()
