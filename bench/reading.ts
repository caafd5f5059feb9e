/**
 * What reading an article in the seed's layout costs, from its file to what the catalogue keeps: here and in
 * another checkout, in turns.
 * node bench/reading.ts ../former
 */
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { loadConfig } from '../src/config.ts'
import { articlePath, generateArticles } from './generate.ts'
import { printTable, workspace } from './measure.ts'

const articles = 1000
const rounds = 31

const root = workspace()
generateArticles(root, articles, 'seed')
const paths = Array.from({ length: articles }, (_, n) => articlePath(n, 'seed'))
const here = fileURLToPath(new URL('..', import.meta.url))
const checkouts = [resolve(process.argv[2] ?? here), here]

/** Reads all files once, by the modules of one checkout. */
async function readerOf(checkout: string): Promise<() => Promise<void>> {
  const source = (path: string) => import(pathToFileURL(join(checkout, 'src/intake', path)).href)
  const { readArticle } = await source('read-article.ts')
  const { createTopicFinder } = await source('topics.ts')
  const settings = { ...loadConfig({}, '.'), root, findTopics: createTopicFinder([]) }
  return async () => {
    for (const path of paths) {
      const outcome = await readArticle({ path }, settings)
      if (outcome.kind !== 'article')
        throw new Error(`${checkout} read no article: ${outcome.kind}`)
    }
  }
}

const readers = await Promise.all(checkouts.map(readerOf))
const fastest = checkouts.map(() => Number.POSITIVE_INFINITY)
for (let round = 0; round < rounds; round += 1) {
  // The first of a pair would always run after the other's garbage.
  const order = round % 2 === 0 ? [0, 1] : [1, 0]
  for (const at of order) {
    const start = process.threadCpuUsage()
    await readers[at]?.()
    // The fastest round of each: others use the processors and their caches, too.
    const { user, system } = process.threadCpuUsage(start)
    fastest[at] = Math.min(fastest[at] ?? 0, user + system)
  }
}
const [there = 0, now = 0] = fastest.map((us) => us / articles)
printTable([
  ['an article of the seed layout', 'there, µs', 'here, µs', 'times'],
  ['read', there.toFixed(1), now.toFixed(1), (now / there).toFixed(2)],
])
