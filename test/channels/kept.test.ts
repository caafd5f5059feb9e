import { describe, expect, it } from 'vitest'
import { createKept } from '../../src/channels/kept.ts'

interface Thing {
  readonly made: number
}

/** A thousand things of a thousand bytes; each tells how many were made before it. */
function openKept() {
  const kept = createKept<Thing>({ maxSize: 1_000_000, sizeOf: () => 1000 })
  let made = 0
  const make = async (): Promise<Thing> => {
    made += 1
    return { made }
  }
  return { kept, make }
}

describe('what is kept', () => {
  it('is made once for all who ask, meanwhile and later', async () => {
    const { kept, make } = openKept()
    const asked = ['a', 'a', 'a'].map((name) => kept.have(name, make))
    expect(new Set(await Promise.all(asked)).size).toBe(1)
    expect(await kept.have('a', make)).toEqual({ made: 1 })
    expect(kept.ready('a')).toEqual({ made: 1 })
  })

  it('is made by the next to ask where it failed or there was none', async () => {
    const { kept, make } = openKept()
    await expect(kept.have('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await kept.have('a', async () => undefined)).toBeUndefined()
    expect(await kept.have('a', make)).toEqual({ made: 1 })
  })

  it('goes for what is asked for after it, its name counting as well', async () => {
    const { kept, make } = openKept()
    const name = (n: number) => `${n} ${'x'.repeat(9000)}`
    for (let n = 0; n < 200; n += 1) await kept.have(name(n), make)
    expect(kept.values().length).toBeGreaterThan(90)
    expect(kept.values().length).toBeLessThan(100)
    expect(kept.ready(name(0))).toBeUndefined()
    expect(kept.ready(name(199))).toEqual({ made: 200 })
  })

  it('is dropped when it is outdated, also while it is being made', async () => {
    const { kept, make } = openKept()
    await kept.have('a', make)
    await kept.have('b', make)
    const former = kept.have('c', make)
    kept.drop(({ made }) => made === 1)
    expect(kept.values()).toEqual([{ made: 2 }])
    const later = kept.have('c', make)
    expect(await former).toEqual({ made: 3 })
    expect(await later).toEqual({ made: 4 })
    expect(kept.ready('c')).toEqual({ made: 4 })
  })

  it('is given until it has been made anew', async () => {
    const { kept, make } = openKept()
    await kept.have('a', make)
    const renewing = kept.renew('a', make)
    expect(kept.ready('a')).toEqual({ made: 1 })
    await renewing
    expect(kept.ready('a')).toEqual({ made: 2 })
    await kept.renew('a', () => Promise.reject(new Error('no')))
    expect(kept.ready('a')).toBeUndefined()
  })

  it('does not come back once everything was dropped', async () => {
    const { kept, make } = openKept()
    await kept.have('a', make)
    const renewing = kept.renew('a', make)
    const making = kept.have('b', make)
    kept.clear()
    await Promise.all([renewing, making])
    await kept.renew('a', make)
    expect(kept.values()).toEqual([])
  })
})
