import { describe, expect, it } from 'vitest'
import { plainPath } from '../src/page-address.ts'

describe('an address of a page', () => {
  it.each([
    ['/a/b', '/a/b'],
    ['/a/b/', '/a/b'],
    ['/a/b//', '/a/b'],
    ['/a/index.html', '/a'],
    ['/a/INDEX.HTM', '/a'],
    ['/a/index.html/', '/a/index.html'],
    ['/caf%C3%A9', '/café'],
    ['/cafe\u0301', '/café'],
    ['/100%', '/100%'],
    ['/100%25', '/100%'],
    ['/a%2Fb', '/a/b'],
    ['/', undefined],
    ['/index.html', undefined],
    ['/a%00b', undefined],
    ['/%E0%A4%A', undefined],
  ])('%s is %s', (path, plain) => {
    expect(plainPath(path)).toBe(plain)
  })

  it('of a hundred thousand slashes is looked at once', () => {
    const start = performance.now()
    for (const text of ['/'.repeat(100_000), `${'/'.repeat(100_000)}x`, '%'.repeat(100_000)]) {
      plainPath(`/${text}`)
    }
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
