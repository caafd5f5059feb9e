/** Files that are changed one after the other among many, and how long it takes until a feed shows each. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '../test/support/random.ts'
import { articlePath, datedAfter, seedArticle } from './generate.ts'
import type { Newsstand } from './newsstand.ts'

const pollMs = 5
const giveUpMs = 120_000
/** Every change is a day newer than the one before, and none may lie in the future. */
export const mostChanges = 1000

/**
 * @param articles the folder of so many articles, which the server serves
 * @param changes of each kind, at most `mostChanges` and `count`
 */
export function createChanges(server: Newsstand, articles: string, count: number, changes: number) {
  const random = randomFrom(31)
  let day = 0

  /** Does that change again and again, at irregular times; the latency of each in ms. */
  async function repeat(change: (n: number, marker: string) => void): Promise<number[]> {
    const latencies: number[] = []
    for (let n = 0; n < changes; n += 1) {
      await sleep(random.between(50, 450))
      day += 1
      const marker = `Marker${day}x${random.between(100_000, 999_999)}`
      const etag = (await server.get('/rss.xml'))?.headers.etag
      change(n, marker)
      latencies.push(await untilShown(server, marker, etag))
    }
    return latencies
  }

  /** The text with the marker in its title or its first paragraph, dated so that it is the newest. */
  function marked(text: string, marker: string, isTitle: boolean): string {
    const lines = datedAfter(text, day).split('\n')
    const place = lines[isTitle ? 2 : 9]
    return lines.map((line) => (line === place ? `${line} ${marker}` : line)).join('\n')
  }

  return {
    /** Edits files nobody edited before: a title or a paragraph, and the date, so that each is the newest. */
    edit: () =>
      repeat((n, marker) => {
        const stride = Math.floor(count / changes)
        const path = join(articles, articlePath(n * stride + random.between(0, stride - 1), 'seed'))
        const isTitle = n % 2 === 0
        writeFileSync(path, marked(readFileSync(path, 'utf8'), marker, isTitle))
      }),
    /** Adds files beside the others. */
    add: () =>
      repeat((n, marker) => {
        const path = join(articles, '000', `added-${n}.txt`)
        writeFileSync(path, marked(seedArticle(count + n), marker, true))
      }),
  }
}

/** Polls until the marker is in the feed; milliseconds. */
async function untilShown(
  server: Newsstand,
  marker: string,
  seen: string | undefined,
): Promise<number> {
  const start = performance.now()
  for (let etag = seen; ; await sleep(pollMs)) {
    const answer = await server.get('/rss.xml', etag)
    const waited = performance.now() - start
    if (answer?.body.includes(marker)) return waited
    if (waited > giveUpMs) throw new Error(`${marker} never came: status ${answer?.status}`)
    etag = answer?.headers.etag ?? etag
  }
}
