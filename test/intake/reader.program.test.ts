import { describe, expect, it, onTestFinished } from 'vitest'
import type { FoundFile } from '../../src/intake/folder.ts'
import { createReader } from '../../src/intake/reader.ts'
import { startThread } from '../../src/thread.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const file = (path: string): FoundFile => ({
  path,
  signature: '1',
  modified: 0,
  size: 1,
  ownerId: 0,
})

function openReader(patienceMs: number) {
  const ends = new Int32Array(new SharedArrayBuffer(4))
  const reader = createReader(
    (whereabouts) =>
      startThread(new URL('../support/poor-reader.ts', import.meta.url), { whereabouts, ends }, 4),
    patienceMs,
  )
  onTestFinished(() => reader.close())
  return async (...paths: string[]) => {
    const results = await reader.read(paths.map(file))
    return results.map((one) =>
      one.kind === 'rejected' ? `${one.path}: ${one.rejections[0].reason}` : one.path,
    )
  }
}

describe('a file that a thread cannot read', () => {
  const fatal =
    'fatal: reading the file ended the thread that reads: the thread of support has ended'

  it('is named, and those before and after it are read', async () => {
    const read = openReader(60_000)
    expect(await read('a', 'b', 'fatal', 'c', 'fatal')).toEqual(['a', 'b', fatal, 'c', fatal])
    expect(await read('fatal')).toEqual([fatal])
    expect(await read('d')).toEqual(['d'])
  })

  it('is found among all that are asked for at once', async () => {
    const read = openReader(60_000)
    const all = await Promise.all([read('a', 'fatal'), read('b'), read('fatal', 'c'), read('d')])
    expect(all).toEqual([['a', fatal], ['b'], [fatal, 'c'], ['d']])
  })

  it('is given another try alone: it is not to blame for what others left behind', async () => {
    const read = openReader(60_000)
    expect(await read('a', 'unlucky', 'b')).toEqual(['a', 'unlucky', 'b'])
  })

  it('is named when it takes for ever', async () => {
    const read = openReader(8000)
    expect(await read('a', 'stuck', 'b')).toEqual([
      'a',
      'stuck: reading the file took more than 8 seconds',
      'b',
    ])
  })
})

/** A page within all limits, that takes more memory than the thread has in these tests. */
function heavyPage(): string {
  const attributes = Array.from({ length: 50 }, (_, n) => `a${n}=b`).join(' ')
  const body = `<p ${attributes}>Word and words, so that there is a text which is long enough.</p>\n`
  return (
    '<!doctype html><html><head><title>Heavy</title><meta name="date" content="2024-05-01"></head>' +
    `<body><article><h1>Heavy</h1>${body.repeat(1900)}</article></body></html>`
  )
}

describe('a file that takes all memory of the thread that reads', () => {
  /** What is noticed is due to the watch, which ends with the thread. */
  const little = { NODE_OPTIONS: '--max-old-space-size=64', REFRESH_CRON: '0 0 1 1 *' }

  it('is rejected by name and passed over, until it changes', async () => {
    const newsstand = await startNewsstand(
      { 'a.txt': page(), 'heavy.html': heavyPage(), 'z.txt': page({ title: 'The last one' }) },
      little,
    )
    const feed = await newsstand.text('/feed.json')
    expect(JSON.parse(feed).items).toHaveLength(2)
    expect(newsstand.output()).toMatch(
      /rejected heavy\.html:1: reading the file ended the thread that reads: .*memory.*\. Make it simpler/,
    )
    newsstand.write('heavier.html', heavyPage())
    await until(() => newsstand.output().includes('rejected heavier.html'))
    // They are known, also to the next program: nobody reads them again.
    newsstand.write('b.txt', page({ title: 'Another' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Another'))
    await newsstand.stop()
    await newsstand.start()
    newsstand.write('c.txt', page({ title: 'One more' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('One more'))
    expect(newsstand.output()).not.toMatch(/heav(y|ier)\.html/)
    newsstand.write('heavy.html', heavyPage().replace(/(?:<p a.*\n){1800}/, ''))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Heavy'))
  })
})

describe('a first start', () => {
  it('that cannot read the folder says so, and serves no empty feed', async () => {
    const newsstand = await startNewsstand({})
    expect((await newsstand.get('/rss.xml')).status).toBe(200)
    await newsstand.stop()
    newsstand.remove('')
    const started = newsstand.start()
    await until(() => newsstand.output().includes('refresh failed'))
    // Long enough for it to have been tried again.
    await until(async () => (await newsstand.get('/healthz').catch(() => undefined)) !== undefined)
    const answer = await newsstand.get('/rss.xml')
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    newsstand.write('a.txt', page())
    await started
    expect(await newsstand.text('/rss.xml')).toContain('Ferries return')
  })
})
