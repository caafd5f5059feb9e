import { expect, onTestFinished, test } from 'vitest'
import { createSender } from '../../src/deliveries/http-sender.ts'
import { createPublish } from '../../src/deliveries/publish.ts'
import { startSubscriber } from '../support/subscriber.ts'

const topic = 'https://news.example/search/rss.xml?q=a+b'

function start() {
  const sender = createSender({ allowNetworks: [], baseUrl: 'https://news.example' })
  onTestFinished(() => sender.close())
  return (hub: string, set = [hub]) =>
    createPublish(sender, set).deliver([
      { kind: 'publish', target: hub, subject: topic, data: '', tries: 0, revision: 0 },
    ])
}

test('a hub is told of a document by the names that hubs know, also in the inner network', async () => {
  const tell = start()
  const hub = await startSubscriber()
  expect(await tell(`${hub.url}/publish?key=1`)).toEqual({ is: 'done' })
  const [got] = hub.content
  expect(got).toMatchObject({ method: 'POST', url: '/publish?key=1' })
  expect(got?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  expect(Object.fromEntries(new URLSearchParams(String(got?.body)))).toEqual({
    ...{ 'hub.mode': 'publish', 'hub.url': topic, 'hub.topic': topic },
  })
})

test('one that is not set any more is told nothing', async () => {
  const hub = await startSubscriber()
  expect(await start()(hub.url, [])).toMatchObject({ is: 'refused' })
  expect(hub.content).toEqual([])
})

test.each([404, 410, 503])('one that answers %i is told again', async (status) => {
  const tell = start()
  const hub = await startSubscriber()
  hub.answer(() => ({ status, headers: { 'Retry-After': '5' } }))
  const outcome = { is: 'failed', reason: `answered ${status}`, retryAfterMs: 5000 }
  expect(await tell(hub.url)).toEqual(outcome)
})

test('one that wants no such request is not asked again until the next change', async () => {
  const tell = start()
  const hub = await startSubscriber()
  hub.answer(() => ({ status: 400 }))
  expect(await tell(hub.url)).toEqual({ is: 'refused', reason: 'answered 400' })
})
