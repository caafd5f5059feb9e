import { describe, expect, test } from 'vitest'
import { readHubRequest } from '../../src/deliveries/hub-request.ts'

const baseUrl = 'https://news.example/daily'
const site = { baseUrl, allowNetworks: [] }
const right = {
  'hub.mode': 'subscribe',
  'hub.callback': 'https://reader.example/push?id=1',
  'hub.topic': `${baseUrl}/rss.xml`,
}

const read = (fields: Readonly<Record<string, string>>, more = '') =>
  readHubRequest(new URLSearchParams(`${new URLSearchParams(fields)}${more}`), site)

describe('a request', () => {
  test('has a mode, a callback and a topic at least', () => {
    expect(read(right)).toEqual({
      mode: 'subscribe',
      callback: 'https://reader.example/push?id=1',
      topic: `${baseUrl}/rss.xml`,
      leaseS: 10 * 24 * 60 * 60,
      secret: '',
    })
  })

  test('may have more than is known', () => {
    const more = { foo: 'bar', 'hub.foo': 'hub.bar', 'hub.verify': 'async' }
    expect(read({ ...right, ...more }, '&hub.foo=twice')).toEqual(read(right))
  })

  test.each([
    ['12', 3600],
    ['3600', 3600],
    ['86400', 86_400],
    ['99999999999999999999', 30 * 86_400],
    ['', 10 * 86_400],
  ])('for %s seconds is one for %i', (lease, expected) => {
    expect(read({ ...right, 'hub.lease_seconds': lease }).leaseS).toBe(expected)
  })

  test('to unsubscribe needs no lease, no secret, and no topic that is still there', () => {
    const fields = {
      ...right,
      'hub.mode': 'unsubscribe',
      'hub.topic': 'https://former.example/rss.xml',
      'hub.lease_seconds': 'soon',
      'hub.secret': 'x'.repeat(500),
    }
    expect(read(fields).topic).toBe('https://former.example/rss.xml')
  })

  test('has its secret as it is, up to 199 bytes', () => {
    const secret = `ä ${'x'.repeat(196)}`
    expect(read({ ...right, 'hub.secret': secret }).secret).toBe(secret)
  })
})

describe('letters that need not be encoded', () => {
  test('are decoded in the callback', () => {
    const callback = 'https://reader.example/%7Eme/%41%2fb?a=%41#'.slice(0, -1)
    expect(read({ ...right, 'hub.callback': callback }).callback).toBe(
      'https://reader.example/~me/A%2fb?a=%41',
    )
  })

  test('are decoded in the topic, but in what is searched for', () => {
    expect(read({ ...right, 'hub.topic': `${baseUrl}/r%73s.xml` }).topic).toBe(right['hub.topic'])
    const search = `${baseUrl}/search/rss.xml?q=%41nkara`
    expect(read({ ...right, 'hub.topic': search }).topic).toBe(search)
  })
})

describe('a topic', () => {
  test.each([
    '/rss.xml',
    '/atom.xml',
    '/feed.json',
    '/sections/world/rss.xml',
    '/tags/some-tag/atom.xml',
    '/authors/ada-lovelace/feed.json',
    '/search/rss.xml?q=two+words',
  ])('is %s', (path) => {
    expect(read({ ...right, 'hub.topic': baseUrl + path }).topic).toBe(baseUrl + path)
  })

  test.each([
    [`${baseUrl}/feed`, '/rss.xml'],
    [`${baseUrl}/feed/`, '/rss.xml'],
    [`${baseUrl}/?feed=atom`, '/atom.xml'],
    [`${baseUrl}/rss.xml?utm_source=x`, '/rss.xml'],
    [`${baseUrl}/sections/World/feed/atom/`, '/sections/world/atom.xml'],
    [`${baseUrl}/archive/1/rss.xml`, '/rss.xml'],
    [`${baseUrl}/search/rss.xml?q=two words`, '/search/rss.xml?q=two+words'],
    ['http://news.example/daily/rss.xml', '/rss.xml'],
    ['https://NEWS.example:443/daily/rss.xml', '/rss.xml'],
  ])('is not %s, and it is said which it is', (topic, path) => {
    expect(() => read({ ...right, 'hub.topic': topic })).toThrow(
      new RegExp(`Subscribe to ${(baseUrl + path).replace(/[?+.]/g, '\\$&')}$`),
    )
  })
})

test.each<[string, Record<string, string>, RegExp, string?]>([
  ['no mode', { 'hub.mode': '' }, /^hub.mode is missing/],
  ['another mode', { 'hub.mode': 'Subscribe' }, /^hub.mode is neither/],
  ['one that publishes', { 'hub.mode': 'publish' }, /distributes them by itself/],
  ['no callback', { 'hub.callback': '' }, /^hub.callback is missing/],
  ['a callback that is no address', { 'hub.callback': 'https://' }, /^hub.callback is no valid/],
  ['another scheme', { 'hub.callback': 'ftp://a.example/' }, /^hub.callback is no address that/],
  ['a path', { 'hub.callback': '/push' }, /^hub.callback is no address that/],
  ['a fragment', { 'hub.callback': 'https://a.example/#x' }, /^hub.callback has a fragment/],
  ['a user', { 'hub.callback': 'https://me:pw@a.example/' }, /^hub.callback has a user name/],
  ['a long callback', { 'hub.callback': `https://a.example/${'x'.repeat(1990)}` }, /2000 char/],
  [
    'our own machine',
    { 'hub.callback': 'http://127.0.0.1:8080/' },
    /^hub.callback is not an address of/,
  ],
  ['the same as IPv6', { 'hub.callback': 'http://[::ffff:7f00:1]/' }, /not an address of the pub/],
  ['keys of a cloud', { 'hub.callback': 'http://169.254.169.254/latest' }, /keeps the keys/],
  ['no topic', { 'hub.topic': '' }, /^hub.topic is missing/],
  ['a topic that is a path', { 'hub.topic': '/rss.xml' }, /^hub.topic is no address that/],
  ['a topic with a fragment', { 'hub.topic': `${baseUrl}/rss.xml#1` }, /^hub.topic has a frag/],
  ['the site of another', { 'hub.topic': 'https://b.example/daily/rss.xml' }, /none of this site/],
  ['what is beside ours', { 'hub.topic': 'https://news.example/rss.xml' }, /none of this site/],
  ['what begins like ours', { 'hub.topic': `${baseUrl}2/rss.xml` }, /none of this site/],
  ['a page', { 'hub.topic': `${baseUrl}/articles/x` }, /address of no feed/],
  ['a bad search', { 'hub.topic': `${baseUrl}/search/rss.xml?q=after:soon` }, /not understood: /],
  ['a lease that is none', { 'hub.lease_seconds': '1e9' }, /^hub.lease_seconds is no whole/],
  ['a negative lease', { 'hub.lease_seconds': '-5' }, /^hub.lease_seconds is no whole/],
  ['a long secret', { 'hub.secret': 'x'.repeat(200) }, /^hub.secret is longer than 199 bytes/],
  ['many bytes', { 'hub.secret': 'ä'.repeat(100) }, /^hub.secret is longer than 199 bytes/],
  ['two topics', {}, /^hub.topic is there 2 times/, '&hub.topic=https://news.example/atom.xml'],
  ['two secrets', {}, /^hub.secret is there 2 times/, '&hub.secret=a&hub.secret=b'],
  ['what is no UTF-8', {}, /^hub.secret is not valid UTF-8/, '&hub.secret=%E4'],
])('%s is refused, and it is said why', (_, fields, sentence, more) => {
  expect(() => read({ ...right, ...fields }, more)).toThrow(sentence)
})

test('a network that is opened is one that is asked', () => {
  const form = new URLSearchParams({ ...right, 'hub.callback': 'http://127.0.0.1:8080/' })
  expect(readHubRequest(form, { baseUrl, allowNetworks: ['127.0.0.0/8'] }).callback).toBe(
    'http://127.0.0.1:8080/',
  )
})
