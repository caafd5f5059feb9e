import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { commonNamespace } from '../src/namespace.ts'
import { temporaryFolder } from './support/folder.ts'

const namespace = (env: Record<string, string>) => loadConfig(env, temporaryFolder()).namespace
const uuid = (env: Record<string, string>) => namespace(env).uuid

const site = '0b0e3c1c-3a1e-4f7e-9a52-6a2f1f1b7c11'
const all = {
  SITE_ID: 'quay',
  PUBLISHER_URL: 'https://quay.example/',
  BASE_URL: 'https://news.example',
}

describe('the namespace of ids', () => {
  it('is that of SITE_ID, else of PUBLISHER_URL, else of BASE_URL, whichever is set', () => {
    const { SITE_ID, ...addresses } = all
    const { PUBLISHER_URL, ...base } = addresses
    expect(namespace(all)).toEqual({ uuid: uuid({ SITE_ID }), from: 'SITE_ID' })
    expect(namespace(addresses)).toEqual({ uuid: uuid({ PUBLISHER_URL }), from: 'PUBLISHER_URL' })
    expect(namespace(base).from).toBe('BASE_URL')
    expect(namespace({})).toEqual({ uuid: commonNamespace, from: undefined })
    expect(new Set([all, addresses, base, {}].map(uuid)).size).toBe(4)
  })

  it('is what SITE_ID says where that is a UUID, and made from it where it is not', () => {
    expect(uuid({ SITE_ID: site })).toBe(site)
    expect(uuid({ SITE_ID: site.toUpperCase() })).toBe(site)
    expect(uuid({ SITE_ID: 'Zeitung für Alle' })).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/)
    expect(uuid({ SITE_ID: 'Zeitung fu\u0308r Alle ' })).toBe(uuid({ SITE_ID: 'Zeitung für Alle' }))
  })

  it('is made from newsstand.config.json as from the environment', () => {
    const PUBLISHER_URL = 'https://www.trtworld.com/'
    const text = JSON.stringify({ PUBLISHER_URL })
    const { namespace } = loadConfig({}, temporaryFolder({ 'newsstand.config.json': text }))
    // The default, but the user's own choice.
    expect(namespace).toEqual({ uuid: uuid({ PUBLISHER_URL }), from: 'PUBLISHER_URL' })
  })

  it.each([
    'http://news.example/',
    'HTTPS://News.Example:443',
    'https://news.example',
    'http://news.example:80//',
  ])('is the same however its address is written: %s', (address) => {
    expect(uuid({ BASE_URL: address })).toBe(uuid({ BASE_URL: all.BASE_URL }))
    expect(uuid({ PUBLISHER_URL: address })).toBe(uuid({ PUBLISHER_URL: all.BASE_URL }))
  })

  it.each(['https://news.example/a', 'https://news.example:8443', 'https://www.news.example'])(
    'is another one for %s',
    (address) => {
      expect(uuid({ BASE_URL: address })).not.toBe(uuid({ BASE_URL: all.BASE_URL }))
    },
  )

  it.each([
    'http://localhost:3000',
    'http://LOCALHOST./',
    'http://news.localhost',
    'http://127.0.0.1:3000',
    'http://127.1',
    'http://127.8.9.10',
    'http://0.0.0.0:3000',
    'http://[::1]:3000',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
  ])('is not made from %s, which is every machine itself', (address) => {
    expect(uuid({ BASE_URL: address })).toBe(commonNamespace)
  })

  it.each([
    'http://10.0.0.8:3000',
    'http://192.168.1.5',
    'http://newsroom',
    'http://localhost.example',
    'http://[fd00::8]',
  ])('is made from %s, which is one machine of a network', (address) => {
    expect(namespace({ BASE_URL: address }).from).toBe('BASE_URL')
  })
})

describe('addresses in settings', () => {
  it.each([
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['https://News.Example', 'https://news.example'],
    ['https://news.example:443', 'https://news.example'],
    ['http://news.example:80/a//', 'http://news.example/a'],
    ['https://news.example/ä', 'https://news.example/%C3%A4'],
    ['http://localhost:3000/', 'http://localhost:3000'],
  ])('BASE_URL %s is %s everywhere', (stated, baseUrl) => {
    expect(loadConfig({ BASE_URL: stated }, temporaryFolder()).baseUrl).toBe(baseUrl)
  })

  it('are URIs, the feed of the publisher among them', () => {
    const env = {
      PUBLISHER_FEED_URL: 'http://Example.org:80/ä',
      PUBLISHER_URL: 'https://Müll.example',
    }
    expect(loadConfig(env, temporaryFolder()).publisher).toMatchObject({
      url: 'https://xn--mll-hoa.example/',
      feedUrl: 'http://example.org/%C3%A4',
    })
    const { publisher } = loadConfig({ PUBLISHER_URL: env.PUBLISHER_URL }, temporaryFolder())
    expect(publisher.feedUrl).toBe(publisher.url)
  })
})
