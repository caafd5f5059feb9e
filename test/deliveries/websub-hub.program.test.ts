/** What websub.rocks looks at in hubs (its tests 100 to 106), with the real program; each begins with discovery (W3C WebSub §4). */
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { type Received, startSubscriber } from '../support/subscriber.ts'
import { until } from '../support/until.ts'

const local = { WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8' }
const first = { 'world/first.txt': page() }

const linkOf = (header: string, rel: string) =>
  new RegExp(`<([^>]*)>; rel="${rel}"`).exec(header)?.[1] ?? ''

/** A subscriber of a document, which knows nothing but its address. */
async function subscribeTo(newsstand: Newsstand, path: string) {
  const { url, headers } = await newsstand.get(path)
  const link = headers.get('link') ?? ''
  // What stands there may be a path alone.
  const self = new URL(linkOf(link, 'self'), url).href
  const hub = linkOf(link, 'hub')
  const subscriber = await startSubscriber()
  const callback = `${subscriber.url}/callback`
  const post = (mode: string, more: Readonly<Record<string, string>> = {}) =>
    fetch(hub, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ 'hub.mode': mode, 'hub.topic': self, 'hub.callback': callback },
        ...more,
      }),
    })

  /** Sends a request, and waits until it was verified. */
  async function ask(mode: string, more: Readonly<Record<string, string>> = {}) {
    const before = subscriber.asked.length
    expect((await post(mode, more)).status).toBe(202)
    await until(() => subscriber.asked.length > before, 'the verification')
    const asked = subscriber.asked[before]
    expect(asked?.query.get('hub.mode')).toBe(mode)
    expect(asked?.query.get('hub.topic')).toBe(self)
    expect(asked?.query.get('hub.challenge')).toBeTruthy()
    return asked?.query
  }

  /** What comes first after so many. */
  async function content(after = 0): Promise<Received> {
    await until(() => subscriber.content.length > after, 'the content')
    const got = subscriber.content[after]
    if (!got) throw new Error('there is none')
    return got
  }

  return {
    ...{ self, hub, post, ask, content },
    answer: subscriber.answer,
    got: subscriber.content,
  }
}

/** That content is the document, whole, with its type, its hub and its address. */
async function expectDocument({ body, headers }: Received, self: string, hub: string) {
  const document = await fetch(self)
  expect(String(body)).toBe(await document.text())
  expect(headers['content-type']).toBe(document.headers.get('content-type'))
  expect(linkOf(String(headers.link), 'hub')).toBe(hub)
  expect(linkOf(String(headers.link), 'self')).toBe(self)
}

const add = (newsstand: Newsstand, title: string) =>
  newsstand.write(`world/${title}.txt`, page({ title, body: `Text of ${title}.` }))

test('100: a subscriber with mode, topic and callback gets what is new, without a signature', async () => {
  const newsstand = await startNewsstand(first, local)
  const { self, hub, ask, content } = await subscribeTo(newsstand, '/rss.xml')
  const asked = await ask('subscribe')
  expect(Number(asked?.get('hub.lease_seconds'))).toBe(10 * 24 * 60 * 60)
  add(newsstand, 'Second')
  const got = await content()
  expect(String(got.body)).toContain('<title>Second</title>')
  await expectDocument(got, self, hub)
  expect(got.headers).not.toHaveProperty('x-hub-signature')
})

test('101: one with a secret gets it signed', async () => {
  const newsstand = await startNewsstand(first, local)
  const { self, hub, ask, content } = await subscribeTo(newsstand, '/rss.xml')
  await ask('subscribe', { 'hub.secret': 'köy' })
  add(newsstand, 'Second')
  const got = await content()
  await expectDocument(got, self, hub)
  const digest = createHmac('sha256', 'köy').update(got.body).digest('hex')
  expect(got.headers['x-hub-signature']).toBe(`sha256=${digest}`)
})

test('102: parameters that nobody knows are passed over', async () => {
  const newsstand = await startNewsstand(first, local)
  const { self, hub, ask, content } = await subscribeTo(newsstand, '/rss.xml')
  await ask('subscribe', { foo: 'bar', 'hub.foo': 'hub.bar', 'hub.verify': 'async' })
  add(newsstand, 'Second')
  await expectDocument(await content(), self, hub)
})

test('103: one that subscribes again before its time is over is the same one, with its new lease and secret', async () => {
  const newsstand = await startNewsstand(first, local)
  const { ask, content } = await subscribeTo(newsstand, '/rss.xml')
  await ask('subscribe', { 'hub.lease_seconds': '86400', 'hub.secret': 'old' })
  add(newsstand, 'Second')
  await content()
  const asked = await ask('subscribe', { 'hub.lease_seconds': '172800', 'hub.secret': 'new' })
  expect(asked?.get('hub.lease_seconds')).toBe('172800')
  add(newsstand, 'Third')
  const got = await content(1)
  expect(String(got.body)).toContain('<title>Third</title>')
  const digest = createHmac('sha256', 'new').update(got.body).digest('hex')
  expect(got.headers['x-hub-signature']).toBe(`sha256=${digest}`)
  // Another change comes as the third, so that there was no second of this one.
  add(newsstand, 'Fourth')
  expect(String((await content(2)).body)).toContain('<title>Fourth</title>')
})

test('104: one that unsubscribes gets nothing more', async () => {
  const newsstand = await startNewsstand(first, local)
  const left = await subscribeTo(newsstand, '/rss.xml')
  const stays = await subscribeTo(newsstand, '/rss.xml')
  await left.ask('subscribe')
  await stays.ask('subscribe')
  add(newsstand, 'Second')
  await left.content()
  await stays.content()
  await left.ask('unsubscribe')
  await until(async () => (await left.post('unsubscribe')).status === 404, 'its end')
  add(newsstand, 'Third')
  await stays.content(1)
  expect(left.got).toHaveLength(1)
})

test('105 and 106: topics are of any type, and of any channel', async () => {
  const newsstand = await startNewsstand(first, local)
  const paths = [
    ...['/feed.json', '/atom.xml', '/sections/world/feed.json', '/authors/mira-onal/rss.xml'],
    '/search/atom.xml?q=harbour',
  ]
  const subscribers = await Promise.all(paths.map((path) => subscribeTo(newsstand, path)))
  for (const { ask } of subscribers) await ask('subscribe')
  newsstand.write('world/second.txt', page({ title: 'A harbour' }))
  for (const { content, self, hub } of subscribers) await expectDocument(await content(), self, hub)
})

test('who does not confirm is no subscriber', async () => {
  const newsstand = await startNewsstand(first, local)
  const refuses = await subscribeTo(newsstand, '/rss.xml')
  refuses.answer(() => ({ status: 404 }))
  await refuses.ask('subscribe')
  const stays = await subscribeTo(newsstand, '/rss.xml')
  await stays.ask('subscribe')
  add(newsstand, 'Second')
  await stays.content()
  expect(refuses.got).toEqual([])
})

test('a subscription is there after a kill, and what has changed meanwhile comes then', async () => {
  const newsstand = await startNewsstand(first, local)
  const { ask, content } = await subscribeTo(newsstand, '/rss.xml')
  await ask('subscribe')
  add(newsstand, 'Second')
  await content()
  await newsstand.stop('SIGKILL')
  add(newsstand, 'Third')
  await newsstand.start()
  expect(String((await content(1)).body)).toContain('<title>Third</title>')
})

test('HUBS without self has no hub', async () => {
  const newsstand = await startNewsstand(first, { HUBS: 'none' })
  const answer = await fetch(`${newsstand.url}/hub`, {
    method: 'POST',
    body: new URLSearchParams(),
  })
  expect(answer.status).toBe(404)
  expect((await newsstand.get('/hub')).status).toBe(404)
})
