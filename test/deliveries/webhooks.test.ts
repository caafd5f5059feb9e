import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { jsonFeed } from '../../src/channels/json-feed.ts'
import { loadConfig } from '../../src/config.ts'
import type { DueDelivery } from '../../src/deliveries/delivery.ts'
import { createSender } from '../../src/deliveries/http-sender.ts'
import { webhookDelivery } from '../../src/deliveries/webhook-event.ts'
import { createWebhookCourier } from '../../src/deliveries/webhooks.ts'
import { openDesk } from '../support/desk.ts'
import { serve } from '../support/serve.ts'
import { until } from '../support/until.ts'

const baseUrl = 'https://news.example'
const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
const text = '---\ntitle: A Story\ndate: 2026-01-01\n---\n\nText.\n'

interface Request {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A webhook that answers with these, one after the other, and courier and article for it. */
async function begin(answers: readonly [number, Record<string, string>?][]) {
  const requests: Request[] = []
  const url = `${await serve(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const [status, headers = {}] = answers[requests.length] ?? [204]
    requests.push({ headers: request.headers, body })
    response.writeHead(status, headers).end()
  })}/hook?key=1`
  const desk = await openDesk({ 'a.md': text }, { BASE_URL: baseUrl })
  const sender = createSender({ allowNetworks: [], baseUrl })
  onTestFinished(() => sender.close())
  const config = loadConfig({ BASE_URL: baseUrl }, desk.dataDir)
  const parts = {
    ...{ sender, secret, dataDir: desk.dataDir, webhooks: [url], mayBeOlder: () => false },
    async item(number: number) {
      const article = await desk.catalogue.articleByNumber(number)
      return article && JSON.parse(await jsonFeed.item(article, config, false))
    },
  }
  const [article] = await desk.articles()
  const due = (type: 'added' | 'removed', target = url, version = 1): DueDelivery => ({
    ...webhookDelivery(
      `article.${type}`,
      target,
      { id: article?.id ?? '', version },
      Date.parse('2026-03-01'),
    ),
    ...{ tries: 0, revision: 1 },
  })
  return { desk, requests, parts, courier: createWebhookCourier(parts), due }
}

it('a webhook gets the article as JSON Feed has it, signed; the same event again with the same id', async () => {
  const { desk, requests, courier, due } = await begin([[500, { 'Retry-After': '7' }]])
  const one = due('added')
  expect(await courier.deliver([one])).toEqual({
    ...{ is: 'failed', reason: 'answered 500', retryAfterMs: 7000 },
  })
  expect(await courier.deliver([one])).toEqual({ is: 'done' })
  expect(await courier.deliver([due('added')])).toEqual({ is: 'done' })
  const [item] = JSON.parse(await desk.feed('feed.json')).items
  for (const { headers, body } of requests) {
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(JSON.parse(body)).toEqual({
      ...{ type: 'article.added', timestamp: '2026-03-01T00:00:00.000Z', data: item },
    })
    const sent = Number(headers['webhook-timestamp'])
    expect(Math.abs(sent - Date.now() / 1000)).toBeLessThan(30)
    const hmac = createHmac('sha256', secret).update(`${headers['webhook-id']}.${sent}.${body}`)
    expect(headers['webhook-signature']).toBe(`v1,${hmac.digest('base64')}`)
  }
  const ids = requests.map(({ headers }) => headers['webhook-id'])
  expect([ids[0], new Set(ids).size]).toEqual([ids[1], 2])
})

it('a webhook is told of an article once the catalogue has that state of it, where it may be older', async () => {
  const { desk, requests, parts, due } = await begin([])
  const version = await desk.catalogue.lastVersion()
  let looks = 0
  const mayBeOlder = () => {
    looks += 1
    return true
  }
  const courier = createWebhookCourier({ ...parts, mayBeOlder })
  const delivered = courier.deliver([due('added', undefined, version + 1)])
  await until(() => looks > 1)
  expect(requests).toEqual([])
  desk.write('a.md', text.replace('Text', 'Another text'))
  await desk.refresh()
  expect(await delivered).toEqual({ is: 'done' })
  expect(requests).toHaveLength(1)
  expect(requests[0]?.body).toContain('Another text')
})

it('a webhook is told of a removed article what it is known by alone', async () => {
  const { desk, requests, courier, due } = await begin([])
  const [item] = JSON.parse(await desk.feed('feed.json')).items
  const [added, removed] = [due('added'), due('removed')]
  desk.remove('a.md')
  await desk.refresh()
  // It has gone since: no one is told what it said.
  expect(await courier.deliver([added])).toEqual({ is: 'done' })
  expect(await courier.deliver([removed])).toEqual({ is: 'done' })
  expect(requests.map(({ body }) => JSON.parse(body).data)).toEqual([
    { id: item.id, url: item.url },
  ])
})

it('a webhook that wants no more, or is not set any more, is not asked again', async () => {
  const { requests, courier, due, parts } = await begin([[410]])
  expect(await courier.deliver([due('added')])).toMatchObject({ is: 'refused' })
  expect(await courier.deliver([due('added', 'http://127.0.0.1:1/')])).toMatchObject({
    is: 'refused',
  })
  expect(requests).toHaveLength(1)
  const unsigned = createWebhookCourier({ ...parts, secret: undefined })
  expect(await unsigned.deliver([due('added')])).toEqual({ is: 'done' })
  expect(requests[1]?.headers).not.toHaveProperty('webhook-signature')
})
