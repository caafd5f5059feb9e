import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { DeliveryStore } from '../../src/deliveries/delivery-store.ts'
import { createToldArticles } from '../../src/deliveries/told-articles.ts'
import { eventOf, merged, webhookDelivery } from '../../src/deliveries/webhook-event.ts'
import { openDeliveryStore } from '../support/delivery-stores.ts'
import { type Desk, openDesk } from '../support/desk.ts'

const baseUrl = 'https://news.example'
const hook = 'https://hooks.example/a'
const engine = 'https://engine.example/indexnow'

const text = (title: string, more = '') =>
  `---\ntitle: ${title}\ndate: 2026-01-01\nslug: ${title.toLowerCase()}\n${more}---\n\nText.\n`

/** @param settings of the receivers */
async function openTold(desk: Desk, settings: { webhooks?: string[]; indexNow?: string[] } = {}) {
  const store = await openDeliveryStore(desk.dataDir)
  onTestFinished(() => store.close())
  const { look } = createToldArticles({
    ...{ webhooks: [hook], indexNow: [engine], baseUrl, ...settings },
    ...{ told: store.told, dataDir: desk.dataDir },
  })
  return { store, look }
}

/** What is queued, in short, with which article: `article.added one`. All of it is claimed. */
async function queued(store: DeliveryStore, desk: Desk, now = Date.now()): Promise<string[]> {
  const all = []
  for (;;) {
    const some = await store.queue.claim(now, 100, [])
    if (some.length === 0) break
    all.push(...some)
  }
  const slugs = new Map((await desk.articles()).map(({ id, slug }) => [id, slug]))
  return all
    .map((one) =>
      one.kind === 'webhook'
        ? `${eventOf(one).type} ${slugs.get(one.subject) ?? one.subject}`
        : `${one.kind} ${one.subject}`,
    )
    .sort()
}

/** All of it is done. */
async function deliverAll(store: DeliveryStore, now = Date.now()): Promise<void> {
  for (;;) {
    const claimed = await store.queue.claim(now, 100, [])
    if (claimed.length === 0) return
    await store.queue.settle(claimed.map((delivery) => ({ delivery, outcome: { is: 'done' } })))
  }
}

describe('which articles others are told of', () => {
  it('are those that came, changed and went since the last look; at the first look none', async () => {
    const desk = await openDesk({ 'one.md': text('One'), 'two.md': text('Two') })
    const { store, look } = await openTold(desk)
    await look(-1)
    expect(await queued(store, desk)).toEqual([])
    desk.write('one.md', text('One', 'tags: [news]\n'))
    desk.write('three.md', text('Three'))
    const [gone] = (await desk.articles()).filter(({ slug }) => slug === 'two')
    desk.remove('two.md')
    await desk.refresh()
    await look(-1)
    expect(await queued(store, desk)).toEqual([
      'article.added three',
      'article.edited one',
      `article.removed ${gone?.id}`,
      ...['one', 'three', 'two'].map((slug) => `indexnow ${baseUrl}/articles/${slug}`),
    ])
    await look(-1)
    expect((await store.queue.counts()).webhook).toBe(3)
  })

  it('are found by the next look where none came after the commit: nothing is kept but what was told', async () => {
    const desk = await openDesk({ 'one.md': text('One') })
    const { look: lookFirst } = await openTold(desk, { indexNow: [] })
    await lookFirst(-1)
    desk.write('two.md', text('Two'))
    await desk.refresh()
    desk.write('one.md', text('One', 'tags: [news]\n'))
    await desk.refresh()
    const { store, look } = await openTold(desk, { indexNow: [] })
    await look(-1)
    expect(await queued(store, desk)).toEqual(['article.added two', 'article.edited one'])
  })

  it('are those whose time has come, or is over', async () => {
    const desk = await openDesk({
      'later.md': text('Later').replace('2026-01-01', '2126-01-01'),
      'short.md': text('Short', 'expires: 2126-01-01\n'),
    })
    const { store, look } = await openTold(desk, { indexNow: [] })
    await look(-1)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2126-02-01T00:00:00Z') })
    onTestFinished(() => void vi.useRealTimers())
    // However late it is: as long as that is not committed, nobody is told.
    await look(-1)
    expect(await queued(store, desk)).toEqual([])
    await desk.refresh()
    await look(-1)
    const told = await queued(store, desk)
    expect(told.map((one) => one.replace(/urn:.*/, 'short')).sort()).toEqual([
      'article.added later',
      'article.removed short',
    ])
  })

  it('are none that nobody may list, and those that are listed no more count as removed', async () => {
    const hidden = 'unlisted: true\n'
    const desk = await openDesk({ 'one.md': text('One') })
    const { store, look } = await openTold(desk, { indexNow: [] })
    await look(-1)
    desk.write('two.md', text('Two', hidden))
    const [one] = await desk.articles()
    desk.write('one.md', text('One', hidden))
    await desk.refresh()
    await look(-1)
    expect(await queued(store, desk)).toEqual([`article.removed ${one?.id}`])
  })

  it('are told to search engines where the page is ours', async () => {
    const desk = await openDesk({ 'one.md': text('One') }, { BASE_URL: baseUrl })
    const { store, look } = await openTold(desk)
    await look(-1)
    desk.write('two.md', text('Two', 'canonical: https://elsewhere.example/two\n'))
    desk.write('three.md', text('Three', `canonical: ${baseUrl}/2020/three\n`))
    await desk.refresh()
    await look(-1)
    expect(await queued(store, desk)).toEqual([
      ...['article.added three', 'article.added two', `indexnow ${baseUrl}/articles/three`],
    ])
  })

  it('are none up to a number where what has changed is ours, and what is changed then is known', async () => {
    const desk = await openDesk({ 'one.md': text('One') })
    const { store, look } = await openTold(desk, { indexNow: [] })
    await look(-1)
    const known = await desk.catalogue.lastNumber()
    desk.write('one.md', text('One', 'tags: [news]\n'))
    desk.write('two.md', text('Two'))
    await desk.refresh()
    await look(known)
    expect(await queued(store, desk)).toEqual(['article.added two'])
    await look(-1)
    expect((await store.queue.counts()).webhook).toBe(1)
  })

  it('are at the first look those that came since it was asked for', async () => {
    const desk = await openDesk({ 'one.md': text('One') })
    const { store, look } = await openTold(desk, { indexNow: [] })
    const known = await desk.catalogue.lastNumber()
    desk.write('two.md', text('Two'))
    await desk.refresh()
    await look(known)
    expect(await queued(store, desk)).toEqual(['article.added two'])
  })

  it('are none of a catalogue that was made anew', async () => {
    const first = await openDesk({ 'one.md': text('One') })
    const { store, look } = await openTold(first)
    await look(-1)
    const other = await openDesk({ 'two.md': text('Two'), 'three.md': text('Three') })
    const parts = { told: store.told, webhooks: [hook], indexNow: [engine], baseUrl }
    const ofOther = createToldArticles({ ...parts, dataDir: other.dataDir })
    await ofOther.look(-1)
    expect(await queued(store, other)).toEqual([])
    other.remove('two.md')
    await other.refresh()
    await ofOther.look(-1)
    expect(await queued(store, other)).toHaveLength(2)
  })
})

describe('what a webhook was not told yet', () => {
  const fault = { is: 'failed', reason: 'answered 500' } as const

  async function begin() {
    const desk = await openDesk({ 'known.md': text('Known') })
    const { store, look } = await openTold(desk, { indexNow: [] })
    await look(-1)
    /** The file of one article; undefined to remove it. */
    async function put(name: string, content: string | undefined) {
      if (content === undefined) desk.remove(name)
      else desk.write(name, content)
      await desk.refresh()
      await look(-1)
    }
    /** What is queued, which stays so. */
    async function waiting() {
      const claimed = await store.queue.claim(Date.now(), 100, [])
      const types = claimed.map((one) => eventOf(one).type)
      const settled = claimed.map((delivery) => ({ delivery, outcome: fault, again: Date.now() }))
      await store.queue.settle(settled)
      return types
    }
    return { desk, store, look, put, waiting }
  }
  const edited = (title: string) => text(title, 'tags: [news]\n')

  it('is that an article came, whatever became of it since, and nothing if it is gone again', async () => {
    const { store, put, waiting } = await begin()
    await put('new.md', text('New'))
    await put('new.md', edited('New'))
    expect((await store.queue.counts()).webhook).toBe(1)
    await put('new.md', undefined)
    expect((await store.queue.counts()).webhook).toBe(0)
    await put('new.md', text('New'))
    await put('new.md', edited('New'))
    expect(await waiting()).toEqual(['article.added'])
  })

  it('is that it is gone where the receiver may have got that it came', async () => {
    const { store, put, waiting } = await begin()
    await put('new.md', text('New'))
    expect(await waiting()).toEqual(['article.added'])
    await put('new.md', edited('New'))
    await put('new.md', undefined)
    expect(await waiting()).toEqual(['article.removed'])
    await deliverAll(store)
    await put('new.md', text('New'))
    const claimed = await store.queue.claim(Date.now(), 1, [])
    await put('new.md', undefined)
    await store.queue.settle(claimed.map((delivery) => ({ delivery, outcome: { is: 'done' } })))
    expect(await waiting()).toEqual(['article.removed'])
  })

  it('is that it is another where it went and came back', async () => {
    const { put, waiting } = await begin()
    await put('known.md', undefined)
    await put('known.md', edited('Known'))
    expect(await waiting()).toEqual(['article.edited'])
    await put('known.md', undefined)
    expect(await waiting()).toEqual(['article.removed'])
    await put('known.md', text('Known'))
    expect(await waiting()).toEqual(['article.added'])
  })

  it('may be known where a thread that has ended queued it: nobody knows whether it was being sent', () => {
    const added = webhookDelivery('article.added', hook, { id: 'urn:uuid:1', version: 1 }, 0)
    const removed = webhookDelivery('article.removed', hook, { id: 'urn:uuid:1', version: 1 }, 0)
    expect(merged(removed, { ...added, isTried: false })).toBe(undefined)
    const data = JSON.stringify({ ...eventOf(added), thread: 'another' })
    expect(eventOf(merged(removed, { data, isTried: false }) ?? expect.fail()).type).toBe(
      'article.removed',
    )
  })
})
