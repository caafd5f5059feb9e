import { expect, test } from 'vitest'
import { bylinesOf } from '../../src/intake/byline.ts'
import { cpuTime } from '../support/cpu-time.ts'

test.each([
  'Ada Lovelace <ada@example.org>',
  'Ada Lovelace <mailto:ada@example.org>',
  'Ada Lovelace (ada@example.org)',
  'Ada Lovelace [ada@example.org]',
  'Ada Lovelace, ada@example.org',
  'Ada Lovelace / ada@example.org',
  'Ada Lovelace – ada@example.org.',
  'Ada Lovelace, e-mail: ada@example.org',
  'Ada Lovelace ada@example.org',
  '"Ada Lovelace" <ada@example.org>',
  'ada@example.org (Ada Lovelace)',
  'ada@example.org: Ada Lovelace',
  'mailto:ada@example.org?subject=Story Ada Lovelace',
])('an address is no part of the name: %s', (text) => {
  expect(bylinesOf(text)).toEqual([{ name: 'Ada Lovelace', email: 'ada@example.org' }])
})

test('an address may have letters of any script, and what names have', () => {
  expect(bylinesOf('Işıl Karadağ <ışıl.k+haber@örnek.example>')).toEqual([
    { name: 'Işıl Karadağ', email: 'ışıl.k+haber@örnek.example' },
  ])
  expect(bylinesOf("O'Neil <o'neil@example.org>")).toEqual([
    { name: "O'Neil", email: "o'neil@example.org" },
  ])
})

test.each([
  'ada@example.org',
  '<ada@example.org>',
  'mailto:ada@example.org',
  'E-mail: ada@example.org.',
])('an address alone names nobody: %s', (text) => {
  expect(bylinesOf(text)).toEqual([{ name: '', email: 'ada@example.org' }])
})

test.each([
  'Ada Lovelace',
  'Lovelace, Ada',
  'Ada Lovelace (Reuters)',
  '"Ada" Lovelace –',
  'Ada @ada',
  'Ada @ada@social.example',
  'Ada and Grace',
  'ada@localhost',
])('text without an address stays as it is: %s', (text) => {
  expect(bylinesOf(text)).toEqual([{ name: text }])
})

test.each([
  'Ada Lovelace <ada@example.org>, Grace Hopper <grace@example.org>',
  'ada@example.org (Ada Lovelace) and grace@example.org (Grace Hopper)',
  'Ada Lovelace <ada@example.org> & Grace Hopper <grace@example.org>',
])('several addresses are of several authors: %s', (text) => {
  expect(bylinesOf(text)).toEqual([
    { name: 'Ada Lovelace', email: 'ada@example.org' },
    { name: 'Grace Hopper', email: 'grace@example.org' },
  ])
})

test('semicolons part authors whose names have commas', () => {
  const text = 'Lovelace, Ada <ada@example.org>; Hopper, Grace <grace@example.org>'
  expect(bylinesOf(text).map(({ name }) => name)).toEqual(['Lovelace, Ada', 'Hopper, Grace'])
})

test.each([
  'a'.repeat(1000),
  'a@'.repeat(500),
  'a.'.repeat(500),
  'a@a.'.repeat(250),
  ' ,<'.repeat(330),
])('no byline takes long: %#', (text) => {
  const start = cpuTime()
  for (let n = 0; n < 50; n += 1) bylinesOf(text)
  expect(cpuTime() - start).toBeLessThan(1000)
})
