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
  'https://ada@example.org/',
  'ada@localhost',
])('text without an address stays as it is: %s', (text) => {
  expect(bylinesOf(text)).toEqual([{ name: text }])
})

const ada = { name: 'Ada Ak', email: 'ada@x.example' }
const bo = { name: 'Bo Lin' }
const cem = { name: 'Cem Can' }
const grace = { name: 'Grace Ho', email: 'grace@x.example' }

test.each([
  ['Ada Ak <ada@x.example>, Grace Ho <grace@x.example>', [ada, grace]],
  ['ada@x.example (Ada Ak) and grace@x.example (Grace Ho)', [ada, grace]],
  ['Ada Ak <ada@x.example> & Grace Ho <grace@x.example>', [ada, grace]],
  ['Ada Ak <ada@x.example>, Bo Lin', [ada, bo]],
  ['Ada Ak <ada@x.example>; Bo Lin', [ada, bo]],
  ['Ada Ak <ada@x.example> and Bo Lin', [ada, bo]],
  ['Ada Ak (ada@x.example) et Bo Lin', [ada, bo]],
  ['Ada Ak (ada@x.example) und Bo Lin', [ada, bo]],
  ['Ada Ak (ada@x.example) ve Bo Lin', [ada, bo]],
  ['Ada Ak (ada@x.example) y Bo Lin', [ada, bo]],
  ['Ada Ak (ada@x.example) и Bo Lin', [ada, bo]],
  ['Ada Ak ada@x.example, Bo Lin', [ada, bo]],
  ['ada@x.example (Ada Ak), Bo Lin', [ada, bo]],
  ['Bo Lin, Ada Ak <ada@x.example>', [bo, ada]],
  ['Bo Lin; Ada Ak <ada@x.example>', [bo, ada]],
  ['Bo Lin & Ada Ak <ada@x.example>', [bo, ada]],
  ['Bo Lin, Ada Ak <ada@x.example>, Cem Can', [bo, ada, cem]],
  ['Ada Ak <ada@x.example>, Bo Lin and Cem Can', [ada, bo, cem]],
  ['Ada Ak <ada@x.example>, Bo Lin, Cem Can,', [ada, bo, cem]],
  ['Ada Ak <ada@x.example>, Lin, Bo', [ada, { name: 'Lin, Bo' }]],
  ['Lin, Bo; Ada Ak <ada@x.example>', [{ name: 'Lin, Bo' }, ada]],
  ['Ak, A <ada@x.example>; Ho, G', [{ ...ada, name: 'Ak, A' }, { name: 'Ho, G' }]],
])('several authors are parted, with addresses or without: %s', (text, authors) => {
  expect(bylinesOf(text)).toEqual(authors)
})

test.each([
  ['Ak, Ada <ada@x.example>', 'Ak, Ada'],
  ['"García Ak, Ada María" <ada@x.example>', 'García Ak, Ada María'],
  ['van den Ak, Ada <ada@x.example>', 'van den Ak, Ada'],
  ['Ada Ak (Reuters), ada@x.example', 'Ada Ak (Reuters)'],
  ['Ada Ak (Arts and Science, Paris) <ada@x.example>', 'Ada Ak (Arts and Science, Paris)'],
  ["O'Neil <o'neil@example.org>", "O'Neil", "o'neil@example.org"],
  ['Ada <r&d=1@example.org>', 'Ada', 'r&d=1@example.org'],
  ['Ada “ada@x.example”', 'Ada'],
  ['Ada «ada@x.example»', 'Ada'],
  ['Ada {ada@x.example}', 'Ada'],
  ['Ada *ada@x.example*', 'Ada'],
  ['Ada Ak <ada@x.example', 'Ada Ak'],
  ['Ada Ak ada@x.example>', 'Ada Ak'],
  ['Ada Ak (ada@x.example', 'Ada Ak'],
  ['<ada@x.example Ada Ak', 'Ada Ak'],
  ['Ada Ak [ada@x.example)', 'Ada Ak'],
])(
  'what belongs to the name stays, and what stood around an address goes: %s',
  (text, name, email = 'ada@x.example') => {
    expect(bylinesOf(text)).toEqual([{ name, email }])
  },
)

test.each([
  'Ada Ak <a@x',
  'Ada Ak <ada@localhost>',
  'Ada Ak <ada@',
  'Ada Ak <ışıl.k+haber@örnek.example>',
])('an address that nobody can write to, or feeds cannot have, is not shown: %s', (text) =>
  expect(bylinesOf(text)).toEqual([{ name: 'Ada Ak' }]),
)

test.each([
  'a'.repeat(1000),
  'a@'.repeat(500),
  'a.'.repeat(500),
  'a@a.'.repeat(250),
  ' ,<'.repeat(330),
  'a@a.aa,'.repeat(140),
  `${'a a,'.repeat(240)}a@a.aa`,
  `${'(<['.repeat(330)}a@a.aa`,
  'a@a.aa(,'.repeat(120),
])('no byline takes long: %#', (text) => {
  const start = cpuTime()
  for (let n = 0; n < 50; n += 1) bylinesOf(text)
  expect(cpuTime() - start).toBeLessThan(1000)
})
