import { describe, expect, it } from 'vitest'
import { Losses } from '../../src/intake/losses.ts'

const many = Array.from({ length: 100 }, (_, n) => `${n}.txt`)

describe('files that are gone', () => {
  it('are believed to be gone at once when they are few', () => {
    const losses = new Losses(60_000)
    const look = { vanished: ['a'], known: 5, found: 4, hasNew: false }
    expect(losses.judge(look, 0)).toEqual({ gone: ['a'], again: [] })
  })

  it('may be under way to another name while others come, and not for ever', () => {
    const losses = new Losses(60_000)
    const look = { vanished: ['a'], known: 5, found: 5, hasNew: true }
    expect(losses.judge(look, 0)).toEqual({ gone: [], again: ['a'] })
    expect(losses.judge(look, 100)).toEqual({ gone: [], again: ['a'] })
    expect(losses.judge(look, 200)).toEqual({ gone: ['a'], again: [] })
  })

  it('are believed when no more go, or have gone for long, when they are many', () => {
    const losses = new Losses(60_000)
    const look = (count: number) => ({
      vanished: many.slice(0, count),
      known: 100,
      found: 100 - count,
      hasNew: false,
    })
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
    const all = { vanished: many, known: 100, found: 0, hasNew: false }
    expect(losses.judge(all, 1000)).toEqual({ gone: [], again: [], emptyForMs: 60_000 })
    // A look at some paths that finds nothing does not change that.
    const some = { vanished: [], known: 100, found: 0, hasNew: false }
    expect(losses.judge(some, 31_000)).toEqual({ gone: [], again: [], emptyForMs: 30_000 })
    expect(losses.judge(all, 60_999).emptyForMs).toBe(1)
    expect(losses.judge(all, 61_000)).toEqual({ gone: [], again: [''] })
    expect(losses.judge(all, 61_500).gone).toHaveLength(100)
  })

  it('are forgotten when the folder is filled again', () => {
    const losses = new Losses(60_000)
    const all = { vanished: many, known: 100, found: 0, hasNew: false }
    losses.judge(all, 0)
    expect(losses.judge({ vanished: [], known: 100, found: 1, hasNew: false }, 50_000)).toEqual({
      gone: [],
      again: [],
    })
    expect(losses.judge(all, 70_000).emptyForMs).toBe(60_000)
  })

  it('are not all of them while others are there, as when each has another name', () => {
    const losses = new Losses(60_000)
    const renamed = { vanished: many, known: 100, found: 100, hasNew: false }
    expect(losses.judge(renamed, 0)).toEqual({ gone: [], again: [''] })
    expect(losses.judge(renamed, 500).gone).toHaveLength(100)
  })
})
