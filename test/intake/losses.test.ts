import { describe, expect, it } from 'vitest'
import { countsOf, Losses } from '../../src/intake/losses.ts'

const many = Array.from({ length: 100 }, (_, n) => `${n}.txt`)

/** A look at the folder at which so many files were gone. */
const look = (missing: number, known = 100, fresh = 0, hasNew = false) => ({
  vanished: many.slice(0, missing),
  missing,
  known,
  fresh,
  hasNew,
})

describe('files that are gone', () => {
  it('are believed to be gone at once when they are few', () => {
    const losses = new Losses(60_000)
    expect(losses.judge(look(1, 5), 0)).toEqual({ gone: ['0.txt'], again: [] })
  })

  it('may be under way to another name while others come, and not for ever', () => {
    const losses = new Losses(60_000)
    const moving = look(1, 5, 1, true)
    expect(losses.judge(moving, 0)).toEqual({ gone: [], again: ['0.txt'] })
    expect(losses.judge(moving, 100)).toEqual({ gone: [], again: ['0.txt'] })
    expect(losses.judge(moving, 200)).toEqual({ gone: ['0.txt'], again: [] })
  })

  it('are believed when no more go, or have gone for long, when they are many', () => {
    const losses = new Losses(60_000)
    expect(losses.judge(look(20), 0)).toEqual({ gone: [], again: [''] })
    expect(losses.judge(look(40), 400)).toEqual({ gone: [], again: [''] })
    expect(losses.judge(look(40), 800)).toEqual({ gone: [], again: [''] })
    expect(losses.judge(look(40), 900).gone).toHaveLength(40)
    for (let n = 0; n < 15; n += 1) {
      expect(losses.judge(look(20 + n), 2000 + n * 100).gone).toEqual([])
    }
    expect(losses.judge(look(40), 3500).gone).toHaveLength(40)
  })

  it('are all of them for as long as is set, and then are believed', () => {
    const losses = new Losses(60_000)
    const all = look(100)
    const loss = { missing: 100, of: 100 }
    expect(losses.judge(all, 1000)).toEqual({
      gone: [],
      again: [],
      loss: { ...loss, forMs: 60_000 },
    })
    expect(losses.isWaiting).toBe(true)
    expect(losses.judge(all, 60_999).loss?.forMs).toBe(1)
    expect(losses.judge(all, 61_000)).toEqual({ gone: [], again: [''] })
    expect(losses.judge(all, 61_500).gone).toHaveLength(100)
    expect(losses.isWaiting).toBe(false)
  })

  it('are waited for as well when more than half of twenty or more are gone', () => {
    const losses = new Losses(60_000)
    // A marker lies where the others were.
    expect(losses.judge(look(20, 20, 1), 0)).toEqual({ gone: [], again: [''] })
    expect(losses.judge(look(20, 20, 1), 500).loss).toEqual({ missing: 20, of: 21, forMs: 60_000 })
    // It has become an article, and so have others: that makes the loss no smaller.
    expect(losses.judge(look(20, 45), 30_500).loss?.forMs).toBe(30_000)
    expect(losses.judge(look(10, 45), 31_000).gone).toHaveLength(10)
    expect(losses.isWaiting).toBe(false)
    for (const fewer of [look(10, 20), look(12, 19), look(11, 20, 1)]) {
      const others = new Losses(60_000)
      others.judge(fewer, 0)
      expect(others.judge(fewer, 500).gone).toEqual(fewer.vanished)
    }
  })

  it('are forgotten when the folder is filled again', () => {
    const losses = new Losses(60_000)
    const all = look(100)
    losses.judge(all, 0)
    expect(losses.judge(look(1), 50_000)).toEqual({ gone: ['0.txt'], again: [] })
    expect(losses.judge(all, 70_000).loss?.forMs).toBe(60_000)
  })

  it('are not all of them while others are there, as when each has another name', () => {
    const losses = new Losses(60_000)
    const renamed = look(100, 100, 100)
    expect(losses.judge(renamed, 0)).toEqual({ gone: [], again: [''] })
    expect(losses.judge(renamed, 500).gone).toHaveLength(100)
  })
})

describe('files that are counted', () => {
  const files = (count: number, ending: string) =>
    Array.from({ length: count }, (_, n) => `${n}${ending}`)
  const [posts, wires] = [files(30, '.md'), files(500, '.wire.json')]
  const data = files(3000, '.data.json')
  const known = [...posts, ...wires, ...data]
  const isData = (path: string) => path.endsWith('.data.json')

  it('are articles, whatever data goes with them or stays', () => {
    const all = { missing: 530, known: 530, fresh: 1 }
    expect(countsOf([...posts, ...wires], known, ['new.md'], isData)).toEqual(all)
    expect(countsOf(known, known, ['new.md'], isData)).toEqual(all)
  })

  it('are none where nothing but data is gone', () => {
    expect(countsOf(data, known, [], isData)).toEqual({ missing: 0, known: 530, fresh: 0 })
    const losses = new Losses(60_000)
    const look = { vanished: data, ...countsOf(data, known, [], isData), hasNew: false }
    losses.judge(look, 0)
    expect(losses.judge(look, 500).gone).toHaveLength(3000)
  })

  it('are held back where all stories of agencies are gone, and not for one post that went before', () => {
    const losses = new Losses(60_000)
    const gone = { vanished: wires, ...countsOf(wires, known, [], isData), hasNew: false }
    losses.judge(gone, 0)
    expect(losses.judge(gone, 500).loss).toMatchObject({ missing: 500, of: 530 })
    const one = { vanished: ['0.md'], ...countsOf(['0.md'], known, [], isData), hasNew: false }
    expect(new Losses(60_000).judge(one, 0).gone).toEqual(['0.md'])
  })

  it('may have other names: new files that may be data count for as many as went of these', () => {
    expect(countsOf(wires, known, [...files(900, '.new.json'), 'a.md'], isData)).toMatchObject({
      missing: 500,
      fresh: 501,
    })
    expect(countsOf(posts, known, files(900, '.new.json'), isData)).toMatchObject({
      missing: 30,
      fresh: 0,
    })
  })
})
