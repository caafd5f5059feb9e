import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { isIri, uriOf } from '../src/uri.ts'
import { temporaryFolder } from './support/folder.ts'

/** RFC 3986 (appendix A), as far as addresses of the web and of mail have it. */
const host = String.raw`(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)`
const pchar = String.raw`(?:[\w.~!$&'()*+,;=:@-]|%[\da-f]{2})`
const uri = new RegExp(
  `^[a-z][a-z\\d+.-]*:(?://${host}(?::\\d*)?)?(?:${pchar}|/)*(?:\\?(?:${pchar}|[/?])*)?(?:#(?:${pchar}|[/?])*)?$`,
  'i',
)

test('addresses in settings are URIs too', () => {
  const settings = {
    BASE_URL: 'https://a.example/b|c/',
    PUBLISHER_URL: 'https://a.example/%',
    PUBLISHER_FEED_URL: 'https://a.example/d e.xml',
  }
  expect(loadConfig(settings, temporaryFolder())).toMatchObject({
    baseUrl: 'https://a.example/b%7Cc',
    publisher: { url: 'https://a.example/%25', feedUrl: 'https://a.example/d%20e.xml' },
  })
})

const valid = (address: string) => uriOf(new URL(address))

describe('an address', () => {
  test.each([
    ['https://a.example/b|c?d|e#f|g', 'https://a.example/b%7Cc?d%7Ce#f%7Cg'],
    ['https://a.example/%', 'https://a.example/%25'],
    ['https://a.example/100%/%zz?%4#%g1', 'https://a.example/100%25/%25zz?%254#%25g1'],
    ['https://a.example/b c?d e#f g', 'https://a.example/b%20c?d%20e#f%20g'],
    ['https://a.example/[b]{c}^\\"<>`', 'https://a.example/%5Bb%5D%7Bc%7D%5E/%22%3C%3E%60'],
    ['https://a.example/?[b]{c}^\\"<>`|', 'https://a.example/?%5Bb%5D%7Bc%7D%5E%5C%22%3C%3E%60%7C'],
    ['https://a.example/#b#c[d]\\', 'https://a.example/#b%23c%5Bd%5D%5C'],
    ['https://münchen.example/é?é#東', 'https://xn--mnchen-3ya.example/%C3%A9?%C3%A9#%E6%9D%B1'],
    ['https://[2001:db8::1]:8080/[b]', 'https://[2001:db8::1]:8080/%5Bb%5D'],
    ['https://a{b}.example/', 'https://a%7Bb%7D.example/'],
    ['mailto:Ada Lovelace <ada@a.example>', 'mailto:Ada%20Lovelace%20%3Cada@a.example%3E'],
    ['tel:+1 (555) 1|2', 'tel:+1%20(555)%201%7C2'],
  ])('%s is written as %s', (written, address) => {
    expect(valid(written)).toBe(address)
    expect(address).toMatch(uri)
  })

  test.each([
    'https://a.example/b%7Cc%7c?d=%25&e=%C3%A9#%20',
    "https://a.example/-._~!$&'()*+,;=:@/%41?a=b/c?d#e/f?g",
    'mailto:ada@a.example?subject=b%20c',
  ])('that is valid stays as it is: %s', (address) => {
    expect(valid(address)).toBe(address)
  })

  test('is valid whatever was written, and the same when it is written once more', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'|% [#?^\\"<>`{}/a1é%7C'.split('')) }),
    )
    const start = fc.constantFrom(
      'https://a.example/',
      'https://',
      'http://[::1]/',
      'mailto:',
      'tel:',
    )
    fc.assert(
      fc.property(start, anything, (before, after) => {
        if (!URL.canParse(before + after)) return
        const once = valid(before + after)
        expect(once).toMatch(uri)
        expect(valid(once)).toBe(once)
      }),
      { numRuns: 5000 },
    )
  })
})

test.each([
  ['urn:newsml:quay.example:20260413:1', true],
  ['urn:uuid:7fa07a66-fe0f-51a7-9986-0ffb28303923', true],
  ['tag:quay.example,2026:1', true],
  ['urn:x:2', false],
  ['urn:quay-:2', false],
  ['urn:quay', false],
])('%s is an id for Atom: %s', (id, isOne) => {
  expect(isIri(id)).toBe(isOne)
})
