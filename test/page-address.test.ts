import { describe, expect, it } from 'vitest'
import { isBelow, plainAddress, plainPath } from '../src/page-address.ts'

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

it.each([
  ['https://a.example/2026/x/', 'a.example/2026/x'],
  ['http://A.example:80/2026/x/index.html', 'a.example/2026/x'],
  ['https://a.example:8443/fr%C3%BCher', 'a.example:8443/früher'],
  ['https://a.example/?p=7', 'a.example/?p=7'],
  ['https://a.example/#/x', 'a.example/#/x'],
])('%s is %s whatever its scheme', (url, plain) => {
  expect(plainAddress(url)).toBe(plain)
})

it.each([
  ['https://a.example/site/x', true],
  ['http://a.example/site', true],
  ['https://a.example/sites/x', false],
  ['https://a.example/x', false],
  ['https://b.example/site/x', false],
  ['https://a.example:8443/site/x', false],
])('%s is below https://a.example/site: %s', (url, is) => {
  expect(isBelow(url, 'https://a.example/site')).toBe(is)
  expect(isBelow(url, 'https://c.example')).toBe(false)
})
