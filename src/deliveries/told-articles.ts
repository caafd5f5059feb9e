/**
 * Finds out which articles came, changed or went since it was told of them, and queues that for webhooks and search
 * engines. What was told is a state of each article and no log: whatever is interrupted, the next look finds what is left.
 */
import { setImmediate } from 'node:timers/promises'
import type { ArticleMark } from '../catalogue/catalogue.ts'
import { openMarkSource } from '../catalogue/sqlite-mark-source.ts'
import { articlePath, originalUrl } from '../channels/channel.ts'
import type { Delivery } from './delivery.ts'
import type { LookedUntil, ToldState } from './told-state.ts'
import { webhookDelivery } from './webhook-event.ts'

interface ToldParts {
  readonly told: ToldState
  readonly dataDir: string
  /** Addresses of webhooks. */
  readonly webhooks: readonly string[]
  /** Addresses of search engines that take IndexNow. */
  readonly indexNow: readonly string[]
  readonly baseUrl: string
}

/** Articles that are noted together; others come in between. */
const portion = 250

export function createToldArticles({ told, dataDir, webhooks, indexNow, baseUrl }: ToldParts) {
  /** @param wasTold the state of it that was told; undefined where none was, or that it is gone */
  function deliveriesOf(mark: ArticleMark, wasTold: string | undefined, now: number): Delivery[] {
    const type = mark.isListed ? (wasTold === undefined ? 'added' : 'edited') : 'removed'
    const hooks = webhooks.map((url) => webhookDelivery(`article.${type}`, url, mark, now))
    // A page elsewhere is for others to tell of.
    if (originalUrl(mark, { baseUrl }) !== undefined) return hooks
    const subject = baseUrl + articlePath(mark)
    const pages = indexNow.map(
      (target) => ({ kind: 'indexnow', target, subject, data: '' }) as const,
    )
    return [...hooks, ...pages]
  }

  /** @param silentUpTo articles up to this number are noted, and nobody is told */
  async function note(
    marks: readonly ArticleMark[],
    silentUpTo: number,
    lookedUntil?: LookedUntil,
  ): Promise<void> {
    const now = Date.now()
    const sums = await told.sums(marks.map(({ number }) => number))
    const changed = marks.filter(({ number, isListed, sum }) =>
      isListed ? sums.get(number) !== sum : sums.has(number),
    )
    const news = changed.filter(({ number }) => number > silentUpTo)
    const change = {
      told: new Map(
        changed.map(({ number, isListed, sum }) => [number, isListed ? sum : undefined]),
      ),
      deliveries: news.flatMap((mark) => deliveriesOf(mark, sums.get(mark.number), now)),
      ...(lookedUntil && { lookedUntil }),
    }
    await told.note(change, now)
  }

  return {
    /**
     * Looks at what the catalogue has written and what came out or expired by its last commit since the last look. The first look at a
     * catalogue tells nobody anything.
     * @param silentUpTo articles up to this number are no news
     */
    async look(silentUpTo: number): Promise<void> {
      const source = openMarkSource(dataDir)
      try {
        const { id: catalogue } = source
        // What is committed while this looks is found by the next.
        const time = await source.lastCommit()
        const known = await told.lookedUntil()
        const before = known?.catalogue === catalogue ? known : undefined
        // Articles of another catalogue have other numbers. Where this ends half-way it begins anew.
        if (!before) await told.forget()
        // What has come since this look was asked for is news also at the first one, where that is known.
        const silent = before || silentUpTo >= 0 ? silentUpTo : Number.POSITIVE_INFINITY
        let version = before?.version ?? 0
        for (;;) {
          const marks = await source.changedSince(version)
          if (marks.length === 0) break
          version = marks.at(-1)?.version ?? version
          await note(marks, silent, before && { ...before, version })
          await setImmediate()
        }
        // Former Newsstands gave what came out or expired no new version.
        const due = before ? await source.dueSince(before.time) : []
        for (let start = 0; start < due.length; start += portion) {
          const marks = await source.byNumber(due.slice(start, start + portion))
          await note(marks, silent)
          await setImmediate()
        }
        await note([], silent, { catalogue, version, time })
      } finally {
        await source.close()
      }
    },
  }
}
