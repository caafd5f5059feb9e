/** What a folder holds, and what a Newsstand over it says it holds. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Newsstand } from './newsstand.ts'

/** Articles by the word in their title that no other article has. */
export type Stock = Map<string, StockedArticle>

interface StockedArticle {
  readonly id: string
  readonly title: string
  readonly published: string
  readonly updated: string
}

interface JsonFeed {
  readonly items: readonly {
    id: string
    title: string
    date_published: string
    date_modified: string
  }[]
  readonly next_url?: string
}

const giveUpMs = 60_000

/** Files by path, with what tells one state of a file from another. */
export function heldFiles(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      const { size, mtimeMs, ctimeMs } = statSync(path)
      return [path.slice(folder.length + 1), `${size} ${mtimeMs} ${ctimeMs}`]
    }),
  )
}

/** The files that a catalogue holds, likewise. @throws Error when there is none */
export function knownFiles(path: string): Map<string, string> {
  const database = new DatabaseSync(path)
  try {
    const rows = database.prepare('SELECT path, signature FROM file').all()
    return new Map(rows.map((row) => [String(row.path), String(row.signature)]))
  } finally {
    database.close()
  }
}

/**
 * Waits until the catalogue holds the files as they are.
 * @returns how long that took, in ms
 * @throws Error that names some that it does not
 */
export async function followed(
  server: Newsstand,
  articles: string,
  dataDir: string,
): Promise<number> {
  const start = performance.now()
  for (;;) {
    const isReady = (await server.get('/readyz'))?.status === 200
    const missing = isReady ? missingFiles(articles, join(dataDir, 'catalogue.sqlite')) : ['all']
    const waited = performance.now() - start
    if (missing.length === 0) return waited
    if (waited > giveUpMs) throw new Error(`never noticed: ${missing.slice(0, 5).join(', ')}`)
    await sleep(20)
  }
}

/** Files that the catalogue holds otherwise than the folder does. */
export function missingFiles(articles: string, catalogue: string): string[] {
  if (!existsSync(catalogue)) return ['all']
  const [held, known] = [heldFiles(articles), knownFiles(catalogue)]
  const paths = new Set([...held.keys(), ...known.keys()])
  return [...paths].filter((path) => held.get(path) !== known.get(path))
}

/**
 * Everything the site's feed and its archive documents hold.
 * @throws Error when an article is in two archive documents, or twice in one
 */
export async function stockOf(server: Newsstand): Promise<Stock> {
  const stock: Stock = new Map()
  const archived = new Set<string>()
  let next: string | undefined = '/feed.json'
  let isArchive = false
  while (next) {
    const answer = await server.get(next)
    if (answer?.status !== 200) throw new Error(`${next} is answered with ${answer?.status}`)
    const feed = JSON.parse(answer.body) as JsonFeed
    for (const { id, title, date_published, date_modified } of feed.items) {
      const word = /\bstory\d+x/.exec(title)?.[0] ?? title
      const article = { id, title, published: date_published, updated: date_modified }
      const seen = stock.get(word)
      // One that came back into the feed when a newer one was removed is in its archive as well.
      const isTwice = isArchive ? archived.has(word) || (seen && seen.id !== id) : seen
      if (isTwice) throw new Error(`${word} is there twice: in ${next} and before`)
      if (isArchive) archived.add(word)
      stock.set(word, article)
    }
    next = feed.next_url && new URL(feed.next_url).pathname
    isArchive = true
  }
  return stock
}

/** What is lost, should not be there, or has another title than it should. */
export function differences(stock: Stock, expected: ReadonlyMap<string, string>): string[] {
  const words = new Set([...stock.keys(), ...expected.keys()])
  return [...words].flatMap((word) => {
    const [is, should] = [stock.get(word)?.title, expected.get(word)]
    return is === should ? [] : [`${word} is "${is ?? 'lost'}" and should be "${should ?? 'gone'}"`]
  })
}
