import { describe, expect, it, onTestFinished } from 'vitest'
import type { DueDelivery } from '../../src/deliveries/delivery.ts'
import { createSender } from '../../src/deliveries/http-sender.ts'
import { createIndexNowCourier, indexNowObstacle } from '../../src/deliveries/indexnow.ts'
import { openDesk } from '../support/desk.ts'
import { ask } from '../support/http.ts'
import { serve } from '../support/serve.ts'

const key = '0123456789-abcDEF'
const baseUrl = 'https://news.example/world'

/** A search engine that answers with these, one after the other. */
async function begin(answers: readonly (readonly [number, Record<string, string>?, string?])[]) {
  const requests: { path: string; type: string | undefined; body: string }[] = []
  const engine = `${await serve(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const [status, headers = {}, text = ''] = answers[requests.length] ?? [200]
    requests.push({ path: request.url ?? '', type: request.headers['content-type'], body })
    response.writeHead(status, headers).end(text)
  })}/indexnow`
  const sender = createSender({ allowNetworks: [], baseUrl })
  onTestFinished(() => sender.close())
  const courier = createIndexNowCourier({ sender, engines: [engine], key, baseUrl })
  const one = (n: number): DueDelivery => ({
    ...{ kind: 'indexnow', target: engine, subject: `${baseUrl}/articles/${n}`, data: '' },
    ...{ tries: 0, revision: 1 },
  })
  const due = (count: number) =>
    [one(0), ...Array.from({ length: count - 1 }, (_, n) => one(n + 1))] as const
  return { requests, courier, due }
}

describe('search engines', () => {
  it('are told of ten thousand pages at once, and where the key is', async () => {
    const { requests, courier, due } = await begin([[202]])
    expect(await courier.deliver(due(courier.most))).toEqual({ is: 'done' })
    const [{ body, ...request } = expect.fail()] = requests
    expect(request).toEqual({ path: '/indexnow', type: 'application/json; charset=utf-8' })
    const { urlList, ...site } = JSON.parse(body)
    expect([urlList.length, urlList[9999]]).toEqual([10_000, `${baseUrl}/articles/9999`])
    expect(site).toEqual({
      ...{ host: 'news.example', key, keyLocation: `https://news.example/world/${key}.txt` },
    })
  })

  it('are asked again later where that may help, and not where it is the key or the pages', async () => {
    const { courier, due } = await begin([
      ...[[429, { 'Retry-After': '60' }] as const, [500] as const],
      ...[[403, {}, 'no key'] as const, [422] as const],
    ])
    const answers = []
    for (let n = 0; n < 5; n += 1) answers.push(await courier.deliver(due(1)))
    expect(answers).toEqual([
      { is: 'failed', reason: 'answered 429', retryAfterMs: 60_000 },
      { is: 'failed', reason: 'answered 500' },
      { is: 'refused', reason: 'answered 403: no key' },
      { is: 'refused', reason: 'answered 422' },
      { is: 'done' },
    ])
    const [other = expect.fail()] = due(1)
    const elsewhere = { ...other, target: 'http://127.0.0.1:1/' }
    expect(await courier.deliver([elsewhere])).toMatchObject({ is: 'refused' })
  })

  it('are told nothing of a site that they cannot read', () => {
    for (const host of ['localhost:8080', '127.0.0.1', '10.1.2.3', '[::1]', 'desk.local', 'desk']) {
      expect(indexNowObstacle(`http://${host}`), host).toContain(`http://${host}`)
    }
    for (const url of [baseUrl, 'http://news.example:8080', 'http://198.41.0.4']) {
      expect(indexNowObstacle(url), url).toBe(undefined)
    }
  })

  it('find the key below the base address, and nobody finds one that is not set', async () => {
    const settings = { BASE_URL: baseUrl, INDEXNOW_KEY: key }
    const url = await serve((await openDesk({}, settings)).app)
    const found = await ask(`${url}/world/${key}.txt`)
    expect([found.status, found.headers['content-type'], String(found.body)]).toEqual([
      ...[200, 'text/plain; charset=utf-8', key],
    ])
    expect((await ask(`${url}/${key}.txt`)).status).toBe(200)
    expect((await ask(`${url}/${key.toLowerCase()}.txt`)).status).toBe(404)
    const without = await serve((await openDesk({})).app)
    expect((await ask(`${without}/${key}.txt`)).status).toBe(404)
    expect((await ask(`${without}/undefined.txt`)).status).toBe(404)
  })
})
