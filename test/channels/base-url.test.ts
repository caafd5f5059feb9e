import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { opml } from '../../src/channels/opml.ts'
import { loadConfig } from '../../src/config.ts'
import { openDesk } from '../support/desk.ts'

const files = {
  'a.md':
    '---\ntitle: T\ndate: 2026-03-01\nsection: Harbour\ntags: [ferry]\n---\n[a](/b) [c](d.mp3)\n',
  'd.mp3': 'sound',
}

describe('BASE_URL', () => {
  it.each([
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['https://News.Example:443/', 'https://news.example'],
    ['http://NEWS.example:80/a b/', 'http://news.example/a%20b'],
  ])('%s is a URI wherever feeds and OPML name it', async (stated, baseUrl) => {
    const env = { BASE_URL: stated, PUBLISHER_FEED_URL: 'http://Example.org:80/ä' }
    const desk = await openDesk(files, env)
    const config = loadConfig(env, desk.dataDir)
    const documents = [await opml(desk.catalogue, config)]
    for (const { fileName } of feedFormats) {
      documents.push(await desk.feed(fileName))
      documents.push(await desk.feed(fileName, { kind: 'section', slug: 'harbour' }))
    }
    const addresses = documents.flatMap((text) => text.match(/https?:[^"<>\\]*/g) ?? [])
    for (const address of addresses) expect(new URL(address).href).toContain(address)
    const ours = addresses.filter((address) => address.startsWith(baseUrl))
    expect(ours.length).toBeGreaterThan(documents.length * 3)
    expect(documents.join()).toContain('url="http://example.org/%C3%A4"')
    expect(documents.join()).toContain(`${new URL(baseUrl).origin}/b`)
    expect(documents.join()).toContain(`${baseUrl}/media/d.mp3`)
  })
})
