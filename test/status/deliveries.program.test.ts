import { describe, expect, it } from 'vitest'
import { ofEachKind } from '../../src/deliveries/delivery.ts'
import { type DeliveryFigures, nothingDelivered } from '../../src/deliveries/delivery-figures.ts'
import { serveAdmin } from '../support/admin.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { serve } from '../support/serve.ts'
import { until } from '../support/until.ts'

const figures: DeliveryFigures = {
  subscriptions: 1234,
  waiting: { ...ofEachKind(() => 0), content: 56, webhook: 7 },
  made: {
    ...nothingDelivered.made,
    content: { done: 98765, failed: 43, givenUp: 2 },
  },
  failures: [
    { at: '2026-03-04T05:06:07Z', kind: 'webhook', host: 'one.example', reason: 'it answers 500' },
    { at: '2026-03-04T05:07:07Z', kind: 'content', host: 'two.example:8', reason: 'it is <slow>' },
  ],
}

const metricsIn = (text: string) =>
  text.split('\n').filter((line) => /^newsstand_(?:subscriptions|deliveries)/.test(line))

describe('deliveries', () => {
  it('are told on the status page, in /status and in metrics', async () => {
    const get = await serveAdmin(async () => figures)
    expect(JSON.parse(await get('/status')).deliveries).toEqual(figures)
    const metrics = metricsIn(await get('/metrics'))
    expect(metrics).toHaveLength(1 + 5 + 5 * 3)
    for (const line of [
      'newsstand_subscriptions 1234',
      'newsstand_deliveries_waiting{kind="content"} 56',
      'newsstand_deliveries_waiting{kind="indexnow"} 0',
      'newsstand_deliveries_total{kind="content",outcome="done"} 98765',
      'newsstand_deliveries_total{kind="content",outcome="failed"} 43',
      'newsstand_deliveries_total{kind="content",outcome="given_up"} 2',
    ]) {
      expect(metrics).toContain(line)
    }
    // What is counted does not grow by being looked at.
    expect(metricsIn(await get('/metrics'))).toEqual(metrics)
    const html = await get('/')
    expect(html).toContain('<h2 id="push">Sent at once (push)</h2>')
    expect(html).toContain('<dt>WebSub subscriptions</dt><dd>1,234</dd>')
    expect(html).toContain('<dt>Waiting</dt><dd>63</dd>')
    const numbers = (...all: string[]) =>
      all.map((one) => `<td class="number">${one}</td>`).join('')
    expect(html).toContain(
      `<th scope="row">Feeds to subscribers</th>${numbers('56', '98,765', '43', '2')}`,
    )
    expect(html).not.toContain('IndexNow')
    expect(html).toMatch(/it is &lt;slow&gt;<\/td>.*it answers 500<\/td>/s)
  })

  it('are those of the thread that makes them', async () => {
    const hub = await serve((_request, response) => void response.writeHead(500).end('No.'))
    const { adminUrl, write } = await startNewsstand({ 'a.txt': page() }, { HUBS: hub })
    const get = async (path: string) => (await ask(adminUrl + path)).body.toString()
    const status = async () => JSON.parse(await get('/status'))
    let n = 0
    // What comes before the documents of the start are noted is no change of them.
    await until(async () => {
      const { articles, deliveries } = await status()
      if (articles > n) write(`${n++}.txt`, page({ title: `Another ${n}` }))
      return deliveries.failures.length > 0
    })
    const { deliveries } = await status()
    expect(deliveries.failures[0]).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      kind: 'publish',
      host: new URL(hub).host,
      reason: 'answered 500',
    })
    expect(deliveries.waiting.publish).toBeGreaterThan(0)
    expect(await get('/metrics')).toMatch(/_total\{kind="publish",outcome="failed"\} [1-9]/)
    expect(await get('/')).toContain('<td lang="en" dir="ltr">answered 500</td>')
  })

  it('are not mentioned on the page of a site that makes none', async () => {
    const get = await serveAdmin(async () => nothingDelivered)
    expect(await get('/')).not.toContain('id="push"')
    expect(JSON.parse(await get('/status')).deliveries).toEqual(nothingDelivered)
  })

  it('are told as they were last known while nobody answers, who is asked once', async () => {
    let asked = 0
    let answer: (figures: DeliveryFigures) => void = () => {}
    let fail = () => {}
    const get = await serveAdmin(() => {
      asked += 1
      return new Promise((resolve, reject) => {
        answer = resolve
        fail = () => reject(new Error('the thread of deliveries has ended'))
        if (asked === 1) resolve(figures)
      })
    })
    const subscriptions = async () => JSON.parse(await get('/status')).deliveries.subscriptions
    expect(asked).toBe(0)
    expect(await subscriptions()).toBe(1234)
    expect(await subscriptions()).toBe(1234)
    expect(metricsIn(await get('/metrics'))).toContain('newsstand_subscriptions 1234')
    expect(await get('/')).toContain('1,234')
    expect(asked).toBe(2)
    answer({ ...figures, subscriptions: 1235 })
    // What came too late is not lost, and another question is asked.
    expect(await subscriptions()).toBe(1235)
    expect(asked).toBe(3)
    fail()
    expect(await subscriptions()).toBe(1235)
    expect(asked).toBe(4)
  })
})
