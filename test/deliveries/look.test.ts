import { expect, it, onTestFinished } from 'vitest'
import { createLook, type Documents } from '../../src/deliveries/look.ts'
import { openDeliveryStore } from '../support/delivery-stores.ts'
import { temporaryFolder } from '../support/folder.ts'

const base = 'https://news.example'
const [one, two] = [`${base}/rss.xml`, `${base}/tags/kenya/rss.xml`]

/** What looks find is what the test says: of each topic an ETag, or an error. */
async function open(hubs: readonly string[] = []) {
  const store = await openDeliveryStore(temporaryFolder())
  onTestFinished(() => store.close())
  const etags = new Map<string, string | Error>()
  const searches: string[] = []
  /** When channels changed: with each change of the test. */
  const moments = new Map<string, string>()
  const documents: Documents = {
    async state(topic) {
      const etag = etags.get(topic)
      if (etag instanceof Error) throw etag
      return etag === undefined ? undefined : { etag, changed: moments.get(topic) ?? '', newest: 1 }
    },
    changes: async (topics) => topics.map((topic) => moments.get(topic)),
    async *all() {
      yield [...etags.keys()].filter((topic) => !topic.includes('?'))
    },
    searches: async () => searches,
  }
  const { look } = createLook({
    store,
    documents,
    isHub: true,
    hubs,
    also: async () => {},
  })
  const occasion = { basis: 'a', catalogue: 'b', lastNumber: 1 }
  return {
    ...{ store, searches },
    look: (more: Partial<Parameters<typeof look>[0]> = {}) => look({ ...occasion, ...more }),
    set(topic: string, etag: string | Error) {
      etags.set(topic, etag)
      moments.set(topic, `${topic} ${moments.size} ${etag}`)
    },
    repair: (topic: string, etag: string) => etags.set(topic, etag),
    subscribe: (topic: string, sent: string) => {
      const callback = `http://127.0.0.1/${encodeURIComponent(topic)}`
      const subscription = { callback, topic, secret: '', expires: Date.now() + 3_600_000 }
      return store.subscriptions.put(subscription, sent)
    },
    /** What is due, by its subject; each is given once. */
    due: async () =>
      (await Promise.all([1, 2, 3].map(() => store.queue.claim(Date.now(), 9, []))))
        .flat()
        .map(({ kind, subject }) => `${kind} ${subject}`)
        .sort(),
  }
}

it('tells of the others where a document cannot be made, and of that one as soon as it can be', async () => {
  const site = await open()
  for (const topic of [one, two]) {
    site.set(topic, 'a')
    await site.subscribe(topic, 'a')
  }
  expect(await site.look()).toBeUndefined()
  site.set(one, new Error('the search index is being made'))
  site.set(two, 'b')
  expect(await site.look({ topics: [one, two] })).toBe(`${one}: the search index is being made`)
  expect(await site.due()).toEqual([`content ${two}`])
  site.repair(one, 'b')
  expect(await site.look({ topics: [] })).toBeUndefined()
  expect(await site.due()).toEqual([`content ${one}`])
})

it('tells nobody of a document that could not be made when the change was ours', async () => {
  const site = await open()
  site.set(one, 'a')
  await site.subscribe(one, 'a')
  await site.look()
  site.set(one, new Error('it is too early'))
  await site.look({ basis: 'another' })
  site.repair(one, 'b')
  await site.look({ basis: 'another', topics: [] })
  expect(await site.store.topics.known([one])).toMatchObject([{ etag: 'b' }])
  expect(await site.due()).toEqual([])
})

it('keeps no search that nobody has asked for lately, however many there were', async () => {
  const site = await open(['https://hub.example/'])
  const search = (n: number) => `${base}/search/rss.xml?q=${n}`
  await site.look()
  for (let n = 0; n < 3; n += 1) {
    site.set(search(n), 'a')
    site.searches.splice(0, 1, search(n))
    await site.look({ topics: [] })
  }
  site.set(search(9), 'a')
  await site.subscribe(search(9), 'a')
  await site.look({ topics: [] })
  const known = await site.store.topics.known([0, 1, 2, 9].map(search))
  expect(known.map(({ topic }) => topic).sort()).toEqual([search(2), search(9)])
})
