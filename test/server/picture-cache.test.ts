import { existsSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PictureCache } from '../../src/server/picture-cache.ts'
import { temporaryFolder, writeInto } from '../support/folder.ts'
import { until } from '../support/until.ts'

const kinds = {
  isPicture: (name: string) => name.endsWith('.webp'),
  isOurs: (name: string) => /\.(?:webp|tmp)$/.test(name),
}

describe('pictures that are kept', () => {
  it('stay within so many bytes: those that were not asked for longest go, with their folders', async () => {
    const folder = temporaryFolder()
    const cache = await PictureCache.open(folder, kinds, 150_000)
    for (const name of ['a/b/1.webp', '2.webp', '3.webp']) {
      writeInto(folder, name, Buffer.alloc(30_000))
      cache.add(name, 30_000)
    }
    expect(cache.has('a/b/1.webp')).toBe(true)
    writeInto(folder, '4.webp', Buffer.alloc(30_000))
    cache.add('4.webp', 30_000)
    await until(() => !existsSync(join(folder, '2.webp')))
    expect(['a/b/1.webp', '2.webp', '3.webp', '4.webp'].map((name) => cache.has(name))).toEqual([
      ...[true, false, true, true],
    ])
    cache.delete('a/b/1.webp')
    await until(() => !existsSync(join(folder, 'a')))
    expect(readdirSync(folder).sort()).toEqual(['3.webp', '4.webp'])
  })

  it('are bounded in number by what each takes on a disk', async () => {
    const folder = temporaryFolder()
    const cache = await PictureCache.open(folder, kinds, 1_000_000)
    for (let n = 0; n < 500; n += 1) cache.add(`${n}.webp`, 1)
    expect(cache.names().length).toBeLessThan(100)
  })

  it('are found again, the oldest first, without what is none of them', async () => {
    const folder = temporaryFolder()
    for (const [n, name] of ['new.webp', 'b/old.webp', 'older.webp', 'b/half.tmp'].entries()) {
      writeInto(folder, name, Buffer.alloc(1000))
      const used = new Date(Date.now() - n * 60_000)
      utimesSync(join(folder, name), used, used)
    }
    const cache = await PictureCache.open(folder, kinds, 23_000)
    expect(cache.names()).toEqual(['new.webp', 'b/old.webp'])
    await until(() => !existsSync(join(folder, 'older.webp')))
    expect(readdirSync(join(folder, 'b'))).toEqual(['old.webp'])
    // The folder of data may be one where somebody else has pictures, too.
    writeInto(folder, 'b/holiday.jpg', Buffer.alloc(1000))
    const again = await PictureCache.open(folder, kinds, 23_000)
    expect([again.names().length, readdirSync(join(folder, 'b'))]).toEqual([
      2,
      ['holiday.jpg', 'old.webp'],
    ])
    expect((await PictureCache.open(join(folder, 'none'), kinds, 1)).names()).toEqual([])
  })
})
