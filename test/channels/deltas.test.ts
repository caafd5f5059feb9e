/** What deltas tell of a real catalogue's articles, whatever happens to them and to it. */
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ArticleContent } from '../../src/article.ts'
import type { ChannelKey } from '../../src/catalogue/catalogue.ts'
import { etagOf, readEtag } from '../../src/channels/etag.ts'
import { jsonFeed } from '../../src/channels/json-feed.ts'
import { site } from '../../src/channels/selection.ts'
import {
  createClient,
  type Folder,
  type Items,
  itemsOf,
  openSite,
} from '../support/delta-client.ts'
import { temporaryFolder } from '../support/folder.ts'

afterEach(() => void vi.useRealTimers())

const start = Date.parse('2024-06-01T12:00:00Z')
const hour = 3_600_000
const world: ChannelKey = { kind: 'section', slug: 'world' }

const day = (date: string) => ({ published: `${date}T00:00:00Z` })
const titles = (items: Items | undefined) =>
  [...(items ?? [])].map(([, item]) => String(JSON.parse(item).title)).toSorted()

describe('a delta', () => {
  it('has an article that rises into a full list', async () => {
    const folder: Folder = new Map(
      ['a', 'b', 'c', 'd', 'e'].map((path, n) => [path, day(`2024-05-0${n + 1}`)]),
    )
    const { catalogue, channels, refresh } = await openSite(temporaryFolder(), folder)
    onTestFinished(() => catalogue.close())
    const client = createClient(site)
    expect(titles(await client.poll(channels))).toEqual(['c', 'd', 'e'])
    folder.delete('e')
    folder.set('d', { ...day('2024-05-04'), title: 'd, edited' })
    await refresh()
    expect(titles(await client.poll(channels))).toEqual(['b', 'd, edited'])
    folder.delete('d')
    await refresh()
    expect(titles(await client.poll(channels))).toEqual(['a'])
    // The list is full no more, and held all there was.
    folder.delete('c')
    await refresh()
    expect(titles(await client.poll(channels))).toEqual([])
    folder.set('f', day('2024-05-01'))
    await refresh()
    expect(titles(await client.poll(channels))).toEqual(['f'])
  })

  it('has those that rise among many of one day, and no others', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `${n}`)
    const folder: Folder = new Map(names.map((path) => [path, day('2024-05-01')]))
    const { catalogue, channels, refresh } = await openSite(temporaryFolder(), folder, 5)
    onTestFinished(() => catalogue.close())
    const client = createClient(site)
    const seen = titles(await client.poll(channels))
    while (folder.size > 5) {
      const document = await channels.document({ channel: site, format: jsonFeed })
      folder.delete(String(titles(await itemsOf(document))[0]))
      await refresh()
      const risen = titles(await client.poll(channels))
      expect(risen).toHaveLength(1)
      seen.push(...risen)
    }
    expect(seen.toSorted()).toEqual(names.toSorted())
  })

  it('is made of no more than the ETag, and of none that means something else', async () => {
    const folder: Folder = new Map<string, Partial<ArticleContent>>([
      ['a', { ...day('2024-05-01'), section: { slug: 'world', name: 'World' } }],
      ['b', day('2024-05-02')],
    ])
    const { catalogue, channels, refresh } = await openSite(temporaryFolder(), folder)
    onTestFinished(() => catalogue.close())
    const known = async (channel: ChannelKey) =>
      readEtag((await channels.document({ channel, format: jsonFeed }))?.etag ?? '')
    const [ofSite, ofWorld] = [await known(site), await known(world)]
    folder.set('c', day('2024-05-03'))
    await refresh()
    channels.clear()
    const delta = async (one: typeof ofSite, change: object = {}) => {
      const seen = one?.seen && { ...one.seen, ...change }
      const wanted = { hash: one?.hash ?? '', ...(seen && { seen }) }
      const found = await channels.delta({ channel: site, format: jsonFeed }, wanted)
      return found && titles(await itemsOf(found))
    }
    expect(await delta(ofSite)).toEqual(['c'])
    // Of another list, of another catalogue, of a state that never was, and of all there is.
    expect(await delta(ofWorld)).toBeUndefined()
    expect(await delta(ofSite, { mark: 'abcdef' })).toBeUndefined()
    expect(await delta(ofSite, { version: Date.now() + hour })).toBeUndefined()
    expect(await delta(ofSite, { version: 0 })).toBeUndefined()
    expect(await delta({ hash: ofSite?.hash ?? '' })).toBeUndefined()
  })
})

describe('an ETag of a feed', () => {
  const seen = fc.record(
    {
      mark: fc.stringMatching(/^[\w-]{6}$/),
      version: fc.maxSafeNat(),
      floor: fc.record({
        published: fc.integer({ min: -8.64e15, max: 8.64e15 }),
        start: fc.stringMatching(/^[\da-f]{8}$/),
        number: fc.maxSafeNat(),
      }),
    },
    { requiredKeys: ['mark', 'version'] },
  )
  it('says what it was made of, with whatever ending for a coding', () => {
    const ofBytes = fc.stringMatching(/^[\w-]{27}$/)
    const ending = fc.constantFrom('', '-gzip', '-br', '-zstd', ';gzip', '-gzip-gzip')
    fc.assert(
      fc.property(ofBytes, fc.option(seen, { nil: undefined }), ending, (hash, one, end) => {
        const etag = etagOf(hash, one)
        // What may stand between quotation marks, and in a list (RFC 9110 §8.8.3).
        expect(etag).toMatch(/^[\w.-]+$/)
        expect(readEtag(etag + end)).toEqual({ hash, ...(one && { seen: one }) })
      }),
    )
  })
})

const path = fc.constantFrom(...'abcdefgh')
/** Few dates, so that several articles have the same; some are still to come. */
const published = fc
  .constantFrom(-9, -9, -8, -8, -7, 1, 2, 3)
  .map((hours) => new Date(start + hours * hour).toISOString().replace('.000', ''))
const expires = (hours: number) => ({ expires: new Date(start + hours * hour).toISOString() })
const content = fc
  .record({
    title: fc.constantFrom('one', 'two', 'three'),
    published,
    section: fc.constantFrom('World', 'World', 'Sports'),
    more: fc.constantFrom({}, {}, {}, {}, { isUnlisted: true as const }, expires(1), expires(4)),
  })
  .map(({ section, more, ...rest }) => {
    const named = { slug: section.toLowerCase(), name: section }
    return { ...rest, section: named, ...more }
  })
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ is: fc.constant('put' as const), path, content }),
  },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('remove' as const), path }) },
  { weight: 2, arbitrary: fc.constant({ is: 'wait' as const }) },
  { weight: 1, arbitrary: fc.constant({ is: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constant({ is: 'copy' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('put back' as const), withFolder: fc.boolean() }),
  },
)
/** Who polls after it. */
const polls = fc.subarray([0, 1, 2, 3])
const history = fc.record({
  first: fc.array(fc.tuple(path, content), { minLength: 4, maxLength: 8 }),
  steps: fc.array(fc.record({ step, polls }), { minLength: 8, maxLength: 24, size: 'max' }),
})

describe('whoever takes deltas', () => {
  it('has each article that is listed, as it is now, whatever has happened', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ first, steps }) => {
        vi.useFakeTimers({ toFake: ['Date'], now: start })
        const dataDir = temporaryFolder()
        const file = join(dataDir, 'catalogue.sqlite')
        let folder: Folder = new Map(first)
        let ofCopy: Folder | undefined
        let open = await openSite(dataDir, folder)
        const clients = [site, site, world, world].map(createClient)

        async function reopen(meanwhile: () => void): Promise<void> {
          await open.catalogue.close()
          meanwhile()
          open = await openSite(dataDir, folder)
        }

        async function take(one: typeof step extends fc.Arbitrary<infer T> ? T : never) {
          if (one.is === 'put') folder.set(one.path, one.content)
          else if (one.is === 'remove') folder.delete(one.path)
          else if (one.is === 'wait') vi.setSystemTime(Date.now() + hour)
          else if (one.is === 'restart') await reopen(() => {})
          else if (one.is === 'copy') {
            ofCopy = new Map(folder)
            await reopen(() => copyFileSync(file, `${file}.copy`))
          } else if (ofCopy) {
            if (one.withFolder) folder = new Map(ofCopy)
            await reopen(() => {
              for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
              copyFileSync(`${file}.copy`, file)
            })
          }
          await open.refresh()
        }

        try {
          for (const { step: one, polls } of steps) {
            vi.setSystemTime(Date.now() + 1000)
            await take(one)
            for (const index of polls) {
              await clients[index]?.poll(open.channels)
              await clients[index]?.expectAll(open.channels)
            }
          }
        } finally {
          await open.catalogue.close()
        }
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    )
  })
})
