/**
 * The whole site as files, without packed ones, beside Hugo that builds a site of the same articles, lists and feeds: in turns,
 * each from nothing.
 * node bench/build.ts [articles] [turns]
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateArticles } from './generate.ts'
import { hugoVersion } from './hugo.ts'
import {
  flushToDisk,
  machine,
  numbers,
  printTable,
  quantile,
  warnIfBusy,
  workspace,
} from './measure.ts'

const [count = 0, turns = 0] = numbers('build.ts [articles] [turns]', [10_000, 3])
const here = fileURLToPath(new URL('..', import.meta.url))
const folder = workspace()
const articles = join(folder, 'articles')
const data = join(folder, 'data')
const out = join(folder, 'dist')
const hugoSite = join(folder, 'hugo')

interface Spent {
  readonly seconds: number
  /** Processor time, of all threads. */
  readonly processor: number
}

/** Processor time of the children that have ended, in seconds (proc(5): cutime and cstime). */
function childrenSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

function run(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  cwd: string,
): Spent {
  flushToDisk()
  const before = childrenSeconds()
  const start = performance.now()
  const { status, stderr } = spawnSync(command, args, {
    ...{ cwd, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
    env: { PATH: process.env.PATH, HOME: folder, ...env },
  })
  if (status !== 0) throw new Error(`${command} ended with exit code ${status}: ${stderr}`)
  return { seconds: (performance.now() - start) / 1000, processor: childrenSeconds() - before }
}

function newsstand(isFirst: boolean): Spent {
  rmSync(out, { recursive: true, force: true })
  rmSync(isFirst ? data : join(data, 'builds'), { recursive: true, force: true })
  const args = [join(here, 'src/start.js'), 'build', articles, '--out', out, '--no-compress']
  return run(process.execPath, args, { DATA_DIR: data, BASE_URL: 'https://news.example' }, folder)
}

function hugo(): Spent {
  for (const made of ['public', 'resources']) {
    rmSync(join(hugoSite, made), { recursive: true, force: true })
  }
  return run('hugo', ['--quiet'], {}, hugoSite)
}

/** Archive documents are Newsstand's own: Hugo is given as many pages, of as many articles in three formats, each of which is a file of content. */
function writeHugoSite(): void {
  cpSync(join(here, 'bench/hugo-site'), hugoSite, { recursive: true })
  generateArticles(join(hugoSite, 'content/articles'), count, 'hugo')
  const content = join(hugoSite, 'content/archives')
  mkdirSync(content, { recursive: true })
  const folders = { sections: 'categories', authors: 'authors' }
  const channels = Object.entries(folders).flatMap(([name, taxonomy]) =>
    readdirSync(join(out, name), { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map((one) => ({ path: join(out, name, one.name), term: `/${taxonomy}/${one.name}` })),
  )
  for (const { path, term } of [{ path: out, term: '' }, ...channels]) {
    const archive = join(path, 'archive')
    for (const n of statSync(archive, { throwIfNoEntry: false }) ? readdirSync(archive) : []) {
      writeFileSync(
        join(content, `${term.slice(1).replace('/', '-')}-${n}.md`),
        `+++
title = "${term || 'All'}"
channel = "${term}"
archive = ${n}
outputs = ["RSS", "Atom", "Feed"]
[_build]
list = "never"
+++
`,
      )
    }
  }
}

const kinds = {
  'pages of articles': /^articles\/.*\.html$/,
  'archive documents': /(?:^|\/)archives?\//,
  feeds: /(?:rss|atom)\.xml$|feed\.json$/,
  'pages of lists': /index\.html$/,
  others: /^/,
} as const

/** Files of each kind, and all of them, with their MB. */
function countsIn(root: string): string[] {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
  const kindOf = (path: string) =>
    Object.entries(kinds).find(([, pattern]) => pattern.test(path.slice(root.length + 1)))?.[0]
  const byKind = Map.groupBy(paths, kindOf)
  const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0)
  const number = (files: readonly string[] = []) => files.length.toLocaleString('en')
  return [
    ...Object.keys(kinds).map((kind) => number(byKind.get(kind))),
    number(paths),
    (bytes / 1e6).toFixed(0),
  ]
}

const median = (all: readonly Spent[], what: keyof Spent) =>
  quantile(
    all.map((one) => one[what]),
    0.5,
  )

const version = hugoVersion()
console.log(
  `${machine()}; Hugo ${version ?? 'is not installed'}; ${count.toLocaleString('en')} articles`,
)
generateArticles(articles, count, 'seed')
// Says which archive documents there are; not measured.
newsstand(true)
if (version) writeHugoSite()
await warnIfBusy()

const first: Spent[] = []
const again: Spent[] = []
const others: Spent[] = []
for (let turn = 0; turn < turns; turn += 1) {
  first.push(newsstand(true))
  if (version) others.push(hugo())
  again.push(newsstand(false))
}

const row = (name: string, all: readonly Spent[]) => [
  name,
  median(all, 'seconds').toFixed(1),
  median(all, 'processor').toFixed(1),
  others.length > 0 ? (median(all, 'seconds') / median(others, 'seconds')).toFixed(2) : '',
]
printTable([
  [`median of ${turns}`, 'seconds', 'processor time', 'times Hugo'],
  row('Newsstand, reading and writing', first),
  row('Newsstand, writing what it has read', again),
  ...(version ? [row('Hugo', others)] : []),
])
console.log()
printTable([
  ['files', ...Object.keys(kinds), 'all', 'MB'],
  ['Newsstand', ...countsIn(out)],
  ...(version ? [['Hugo', ...countsIn(join(hugoSite, 'public'))]] : []),
])
