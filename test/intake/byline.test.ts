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

test('an address may have signs that names have', () => {
  expect(bylinesOf('Ada <r&d=1@example.org>')).toEqual([
    { name: 'Ada', email: 'r&d=1@example.org' },
  ])
  expect(bylinesOf("O'Neil <o'neil@example.org>")).toEqual([
    { name: "O'Neil", email: "o'neil@example.org" },
  ])
})

test('an address in letters that feeds cannot have is taken out and goes', () => {
  expect(bylinesOf('Işıl Karadağ <ışıl.k+haber@örnek.example>')).toEqual([{ name: 'Işıl Karadağ' }])
})

test.each(['“ada@example.org”', '«ada@example.org»', '{ada@example.org}', '*ada@example.org*'])(
  'what stood around an address goes with it: %s',
  (address) => {
    expect(bylinesOf(`Ada ${address}`)).toEqual([{ name: 'Ada', email: 'ada@example.org' }])
  },
)

test.each(['et', 'und', 've', 'y', 'и'])('"%s" stands between authors as "and" does', (and) => {
  expect(bylinesOf(`Ada (ada@example.org) ${and} Bo`)).toEqual([
    { name: 'Ada', email: 'ada@example.org' },
    { name: 'Bo' },
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
  'https://ada@example.org/',
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

const ada = { name: 'Ada Ak', email: 'ada@x.example' }
const bo = { name: 'Bo Lin' }
const cem = { name: 'Cem Can' }

test.each([
  ['Ada Ak <ada@x.example>, Bo Lin', [ada, bo]],
  ['Ada Ak <ada@x.example>; Bo Lin', [ada, bo]],
  ['Ada Ak <ada@x.example> and Bo Lin', [ada, bo]],
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
])('whoever has no address is named beside those who have: %s', (text, authors) => {
  expect(bylinesOf(text)).toEqual(authors)
})

test.each([
  ['Ak, Ada <ada@x.example>', 'Ak, Ada'],
  ['"García Ak, Ada María" <ada@x.example>', 'García Ak, Ada María'],
  ['van den Ak, Ada <ada@x.example>', 'van den Ak, Ada'],
  ['Ada Ak (Reuters), ada@x.example', 'Ada Ak (Reuters)'],
  ['Ada Ak (Arts and Science, Paris) <ada@x.example>', 'Ada Ak (Arts and Science, Paris)'],
])('what belongs to one name stays there: %s', (text, name) => {
  expect(bylinesOf(text)).toEqual([{ name, email: 'ada@x.example' }])
})

test.each([
  'Ada Ak <ada@x.example',
  'Ada Ak ada@x.example>',
  'Ada Ak (ada@x.example',
  '<ada@x.example Ada Ak',
  'Ada Ak [ada@x.example)',
])('half a bracket is no part of the name: %s', (text) => {
  expect(bylinesOf(text)).toEqual([ada])
})

test.each(['Ada Ak <a@x', 'Ada Ak <ada@localhost>', 'Ada Ak <ada@'])(
  'an address that nobody can write to is not shown: %s',
  (text) => expect(bylinesOf(text)).toEqual([{ name: 'Ada Ak' }]),
)

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
  'a@a.aa,'.repeat(140),
  `${'a a,'.repeat(240)}a@a.aa`,
  `${'(<['.repeat(330)}a@a.aa`,
  'a@a.aa(,'.repeat(120),
])('no byline takes long: %#', (text) => {
  const start = cpuTime()
  for (let n = 0; n < 50; n += 1) bylinesOf(text)
  expect(cpuTime() - start).toBeLessThan(1000)
})
