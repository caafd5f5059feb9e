/** POST /hub: from the socket to who takes the form. */
import express, { type RequestHandler } from 'express'
import { describe, expect, test } from 'vitest'
import { type AskHub, hubRoute } from '../../src/server/hub-route.ts'
import { serve } from '../support/serve.ts'

const form = 'hub.mode=subscribe&hub.callback=https%3A%2F%2Fa.example%2F%3Fb%3Dc&hub.secret=%C3%A4'
const type = 'application/x-www-form-urlencoded'

/** @param before what whoever mounts it has before it */
async function start(before: readonly RequestHandler[] = [], ask?: AskHub) {
  const got: { form: string; from: string }[] = []
  const take: AskHub = async (fields, from) => {
    got.push({ form: String(fields), from })
    return { status: 202, text: 'Accepted.' }
  }
  const app = express()
  for (const handler of before) app.use(handler)
  app.use(hubRoute(ask ?? take))
  const url = `${await serve(app)}/hub`
  const post = (
    body: string | FormData,
    headers: Record<string, string> = { 'Content-Type': type },
  ) => fetch(url, { method: 'POST', body, headers })
  return { url, got, post }
}

test('a form is taken, and answered in plain text', async () => {
  const { post, got } = await start()
  const answer = await post(form)
  expect(answer.status).toBe(202)
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await answer.text()).toBe('Accepted.\n')
  expect(got).toEqual([{ form, from: '127.0.0.1' }])
})

test.each(['; charset=utf-8', ';charset="UTF-8"', '; charset=UTF8'])(
  'so is one with %s',
  async (more) => {
    const { post } = await start()
    expect((await post(form, { 'Content-Type': type + more })).status).toBe(202)
  },
)

test('who has to wait is told how long', async () => {
  const ask: AskHub = async () => ({ status: 503, text: 'Full.', retryAfterS: 60 })
  const answer = await (await start([], ask)).post(form)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60'])
})

test.each<[string, number, string | FormData, Record<string, string>, string]>([
  [
    'JSON',
    415,
    '{}',
    { 'Content-Type': 'application/json' },
    `A request is a form: its Content-Type is ${type}.`,
  ],
  ['parts', 415, new FormData(), {}, `A request is a form: its Content-Type is ${type}.`],
  [
    'Latin-1',
    415,
    form,
    { 'Content-Type': `${type}; charset=iso-8859-1` },
    'A request is in UTF-8.',
  ],
  [
    'gzip',
    415,
    form,
    { 'Content-Type': type, 'Content-Encoding': 'gzip' },
    'A request is sent as it is, without Content-Encoding.',
  ],
  [
    'much',
    413,
    `${form}&more=${'x'.repeat(9000)}`,
    { 'Content-Type': type },
    'A request has 8192 bytes at most.',
  ],
  [
    'very much',
    413,
    'x'.repeat(3_000_000),
    { 'Content-Type': type },
    'A request has 8192 bytes at most.',
  ],
])('%s is refused with %i', async (_, status, body, headers, sentence) => {
  const { post, got } = await start()
  const answer = await post(body, headers)
  expect([answer.status, await answer.text()]).toEqual([status, `${sentence}\n`])
  expect(got).toEqual([])
})

test.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('%s is not for a hub', async (method) => {
  const { url } = await start()
  const answer = await fetch(url, { method })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  expect(await answer.text()).toMatch(/^This is a WebSub hub: .*\.\n$/)
})

describe('where whoever mounts us has read the body', () => {
  test.each<[string, RequestHandler]>([
    ['as a form', express.urlencoded()],
    ['as a form with objects', express.urlencoded({ extended: true })],
    ['as text', express.text({ type: () => true })],
    ['as bytes', express.raw({ type: () => true })],
  ])('%s, it is taken from there', async (_, parser) => {
    const { post, got } = await start([parser])
    expect((await post(form)).status).toBe(202)
    expect(got[0]?.form).toBe(form)
    await post(`${form}&hub.secret=b`)
    expect(got[1]?.form).toBe(`${form}&hub.secret=b`)
  })

  test('as a form, objects in it are passed over, whatever is in them', async () => {
    const { post, got } = await start([express.urlencoded({ extended: true })])
    const answer = await post(`${form}&hub.topic[toString]=a&hub.lease_seconds[a][b]=c`)
    expect(answer.status).toBe(202)
    expect(got[0]?.form).toBe(form)
  })

  test('only what was for it, it is read here', async () => {
    const { post, got } = await start([express.json()])
    expect((await post(form)).status).toBe(202)
    expect(got[0]?.form).toBe(form)
  })
})
