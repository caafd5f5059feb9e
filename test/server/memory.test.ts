/** What requests leave behind in memory is bounded in bytes, however long and many their texts are. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Request } from 'express'
import { describe, expect, it } from 'vitest'
import { readAddress } from '../../src/channels/feed-addresses.ts'
import { usualFormat } from '../../src/channels/feed-formats.ts'
import { loadConfig } from '../../src/config.ts'
import { chooseLocale } from '../../src/pages/locale.ts'
import { createGuard } from '../../src/server/rate-limit.ts'
import { createAudience } from '../../src/status/audience.ts'
import { createTraffic } from '../../src/status/traffic.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const aMb = 1024 * 1024

/** MB of the heap that are in use after so many calls and were not before. */
function growth(calls: number, call: (n: number) => unknown): number {
  const heap = () => {
    collect()
    return process.memoryUsage().heapUsed / aMb
  }
  const before = heap()
  for (let n = 0; n < calls; n += 1) call(n)
  return heap() - before
}

const read = (url: string) => readAddress(url, () => usualFormat)

/** As it comes from the socket: one long text of its own. */
const long = (text: string) => Buffer.from(text + 'x'.repeat(7000)).toString()

describe('the memory that requests take', () => {
  it('does not go by what a proxy says of the client', () => {
    const guard = createGuard(30)
    const grown = growth(20_000, (n) => {
      const request = { headers: {}, ip: long(`${n} `) } as unknown as Request
      guard(request, '/rss.xml')
    })
    expect(grown).toBeLessThan(10)
    expect(guard({ headers: {}, ip: '192.0.2.1' } as Request, '/rss.xml')).toBe(0)
  })

  it('does not go by what stands after the address of a feed', () => {
    const traffic = createTraffic()
    const slugs = Array.from({ length: 3000 }, (_, n) => `section-number-${n}`)
    const grown = growth(slugs.length, (n) => {
      const url = long(`/sections/${slugs[n]}/rss.xml?`)
      traffic.of(url.split('?', 1)[0] ?? '').sent(200, 1, 0)
    })
    expect(grown).toBeLessThan(10)
    expect([...traffic.all()]).toHaveLength(3000)
    const kept: unknown[] = []
    const addresses = growth(3000, (n) => {
      const url = long(`/search/rss.xml?q=harbour+number+${n}&x=`)
      kept.push(read(url), read(long(`/sections/${slugs[n]}/rss.xml?`)))
    })
    expect(addresses).toBeLessThan(10)
    expect(kept).toHaveLength(6000)
  })

  it('does not go by how often and how long a search is written', () => {
    const traffic = createTraffic()
    const grown = growth(5000, (n) => traffic.of(`/search/rss.xml?q=${long(String(n))}`))
    expect(grown).toBeLessThan(2)
    const searches = new Set<string>()
    for (let n = 1; n < 100; n += 1) {
      const key = read(`/search/rss.xml?q=harbour${'%00%01'.repeat(n)}`)
      searches.add(key?.channel.slug ?? '')
    }
    expect([...searches]).toEqual(['harbour'])
    expect(read('/search/rss.xml?q=old%20harbour')?.channel.slug).toBe('old%20harbour')
  })

  it('does not go by the languages and the names of readers', () => {
    const config = loadConfig({}, '/nowhere')
    const audience = createAudience()
    const languages = growth(1000, (n) => {
      const [language = ''] = long(`xx-${n}-and-more-of-it,`).split(',')
      chooseLocale([language, long(`en-${n}-`)], config)
    })
    expect(languages).toBeLessThan(1)
    const grown = growth(20_000, (n) => {
      audience.note(`${n}${'y'.repeat(480)}/1`, '192.0.2.1', '/rss.xml')
      audience.note(`${n}${'y'.repeat(480)} (${n} subscribers)`, '192.0.2.1', '/rss.xml')
    })
    expect(grown).toBeLessThan(10)
  })
})
