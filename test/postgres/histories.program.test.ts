/** Whatever happens to a folder, a catalogue in one machine's file and one in PostgreSQL are the same. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { History } from '../support/history.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { sharedRows } from '../support/shared-rows.ts'
import { channelPaths, host } from '../support/stories.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

const steps = 12
const changesEach = 30
const env = { FEED_ITEMS: '10', BASE_URL: host }
const channels = channelPaths.map((path) => {
  const [, folder = '', slug = ''] = path.split('/')
  const kinds = { '': 'site', sections: 'section', tags: 'tag', authors: 'author' } as const
  return { kind: kinds[folder as keyof typeof kinds], slug }
})

/** Without which catalogue it is and who numbers its states, which is another for each. */
function rowsOf({ dataDir }: Desk): Record<string, string[]> {
  const { setting = [], numbering: _, ...rows } = sharedRows(dataDir)
  return { ...rows, setting: setting.filter((row) => !row.includes('"name":"id"')) }
}

async function documentsOf(desk: Desk): Promise<string[]> {
  const texts: string[] = []
  for (const channel of channels) {
    for (const name of ['rss.xml', 'atom.xml', 'feed.json']) {
      texts.push(await desk.feed(name, channel))
    }
  }
  return texts
}

describe.each([1, 2, 3])('a folder to which much happens (%i)', (seed) => {
  it('is the same to one machine, to the one that refreshes, and to those that follow it', async () => {
    const folder = temporaryFolder()
    const history = new History(folder, seed, { fewest: 10, most: 60 })
    const { random, actions } = history
    const { add, ...others } = actions
    for (let n = 0; n < 30; n += 1) add()
    history.settle(0)
    const shared = { ...env, DATABASE_URL: await postgres.newDatabase() }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    try {
      const alone = await openDesk({}, env, { folder })
      const first = await openDesk({}, shared, { folder })
      const second = await openDesk({}, shared, { folder })
      for (let step = 0; step < steps; step += 1) {
        for (let n = 0; n < changesEach; n += 1) random.pick([add, ...Object.values(others)])()
        // What was written a moment ago is left alone for that moment.
        await new Promise((resolve) => setTimeout(resolve, 100))
        vi.setSystemTime(vi.getRealSystemTime())
        for (const desk of [alone, first]) await desk.refresher.refreshAndTell()
        history.settle(0)
        const expected = rowsOf(alone)
        expect(rowsOf(first)).toEqual(expected)
        await until(() => JSON.stringify(rowsOf(second)) === JSON.stringify(expected), 'the other')
        const documents = await documentsOf(alone)
        expect(documents.join('')).toContain('What story')
        expect(await documentsOf(first)).toEqual(documents)
        await until(async () => (await documentsOf(second)).join('') === documents.join(''))
      }
      const late = await openDesk({}, shared, { folder })
      expect(rowsOf(late)).toEqual(rowsOf(alone))
    } finally {
      vi.useRealTimers()
    }
  })
})
