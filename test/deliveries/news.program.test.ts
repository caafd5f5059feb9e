/** What counts as news, on the running program: W3C WebSub says when to tell, and leaves to us what has changed. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { type Subscriber, startSubscriber } from '../support/subscriber.ts'
import { until } from '../support/until.ts'

const open = { WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8' }
/** Long enough for what should not come, were it sent. */
const quietMs = 1500

const article = (title: string, more: Record<string, string> = {}) =>
  `---\n${Object.entries({ title, date: '2024-05-06', ...more })
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}\n---\nText of ${title}.\n`

async function subscribe({ url }: Newsstand, subscriber: Subscriber, path: string) {
  const asked = subscriber.asked.length
  const form = {
    'hub.mode': 'subscribe',
    'hub.topic': url + path,
    'hub.callback': `${subscriber.url}/?for=${encodeURIComponent(path)}`,
  }
  const answer = await fetch(`${url}/hub`, { method: 'POST', body: new URLSearchParams(form) })
  expect([answer.status, await answer.text()]).toEqual([202, expect.any(String)])
  await until(() => subscriber.asked.length > asked)
  // It is stored when the callback has answered.
  await sleep(300)
}

/** Starts it with one article and a subscriber of the site's Atom feed. */
async function startSubscribed(path = '/atom.xml') {
  const newsstand = await startNewsstand({ 'a.txt': page(), 'old.md': article('Old') }, open)
  const subscriber = await startSubscriber('127.0.0.2')
  await subscribe(newsstand, subscriber, path)
  return { newsstand, subscriber }
}

const newest = ({ content }: Subscriber) => String(content.at(-1)?.body)

describe('a subscriber is told', () => {
  it('of what has changed while nobody was running: once, as it is now', async () => {
    const { newsstand, subscriber } = await startSubscribed()
    await newsstand.stop()
    newsstand.write('one.md', article('First'))
    newsstand.write('two.md', article('Second'))
    await newsstand.start()
    await until(() => subscriber.content.length > 0)
    expect(newest(subscriber)).toBe(await newsstand.text('/atom.xml'))
    expect(newest(subscriber)).toContain('Second')
    await newsstand.stop()
    await newsstand.start()
    await sleep(quietMs)
    expect(subscriber.content).toHaveLength(1)
  })

  it('nothing where settings changed, but of an article that came with them', async () => {
    const { newsstand, subscriber } = await startSubscribed()
    await newsstand.stop()
    await newsstand.start({ SITE_TITLE: 'Another title' })
    await sleep(quietMs)
    expect(subscriber.content).toHaveLength(0)
    newsstand.write('one.md', article('First'))
    await until(() => subscriber.content.length > 0)
    expect(newest(subscriber)).toContain('Another title')
    await newsstand.stop()
    newsstand.write('two.md', article('Second'))
    await newsstand.start({ SITE_TITLE: 'A third title' })
    await until(() => subscriber.content.length > 1)
    expect(newest(subscriber)).toContain('Second')
  })

  it('nothing where the catalogue was made anew', async () => {
    const { newsstand, subscriber } = await startSubscribed()
    newsstand.write('one.md', article('First'))
    await until(() => subscriber.content.length > 0)
    await newsstand.stop()
    for (const end of ['', '-wal', '-shm']) {
      rmSync(join(newsstand.dataDir, `catalogue.sqlite${end}`), { force: true })
    }
    newsstand.write('two.md', article('Second'))
    await newsstand.start()
    await sleep(quietMs)
    expect(subscriber.content).toHaveLength(1)
    newsstand.write('three.md', article('Third'))
    await until(() => subscriber.content.length > 1)
    expect(newest(subscriber)).toContain('Third')
  })

  it('of an article that is gone', async () => {
    const { newsstand, subscriber } = await startSubscribed()
    newsstand.remove('old.md')
    await until(() => subscriber.content.length > 0)
    expect(newest(subscriber)).not.toContain('Text of Old')
  })

  it('of its own channel alone, also of a search', async () => {
    const { newsstand, subscriber } = await startSubscribed('/search/feed.json?q=pelican')
    const other = await startSubscriber('127.0.0.3')
    newsstand.write('tagged.md', article('Tagged', { tags: '[boats]' }))
    await until(async () => (await newsstand.get('/tags/boats/rss.xml')).status === 200)
    await subscribe(newsstand, other, '/tags/boats/rss.xml')
    newsstand.write('found.md', article('A pelican'))
    await until(() => subscriber.content.length > 0)
    expect(JSON.parse(newest(subscriber)).items).toHaveLength(1)
    expect(subscriber.content.at(-1)?.headers['content-type']).toMatch(/^application\/feed\+json/)
    await sleep(quietMs)
    expect(subscriber.content).toHaveLength(1)
    expect(other.content).toHaveLength(0)
  })
})

describe('hubs of others', () => {
  it('are told of each document that has changed, once, and of what they missed', async () => {
    const hub = await startSubscriber('127.0.0.4')
    const env = { HUBS: `self, ${hub.url}/publish` }
    const files = { 'old.md': article('Old', { tags: '[boats]' }), 'other.md': article('Other') }
    const newsstand = await startNewsstand(files, env)
    const told = () =>
      hub.content.map(({ body }) => new URLSearchParams(String(body)).get('hub.url')).sort()
    const topics = (...folders: string[]) =>
      folders
        .flatMap((folder) => ['atom.xml', 'feed.json', 'rss.xml'].map((name) => folder + name))
        .map((path) => newsstand.url + path)
        .sort()
    await sleep(quietMs)
    expect(told()).toEqual([])
    newsstand.write('new.md', article('New', { tags: '[boats]' }))
    await until(() => hub.content.length >= 6)
    await sleep(quietMs)
    expect(told()).toEqual(topics('/', '/tags/boats/'))
    await newsstand.stop()
    hub.content.splice(0)
    newsstand.write('more.md', article('More', { tags: '[nets]' }))
    await newsstand.start()
    await until(() => hub.content.length >= 6)
    await sleep(quietMs)
    expect(told()).toEqual(topics('/', '/tags/nets/'))
  })
})
