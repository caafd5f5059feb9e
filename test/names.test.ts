import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readableName, slugOf } from '../src/names.ts'

describe('a readable name', () => {
  test.each([
    // Capitals throughout
    ['WAR ON GAZA', 'en', 'War on Gaza'],
    ['BIZTECH', 'en', 'Biztech'],
    ['US & CANADA', 'en', 'US & Canada'],
    ['MIDDLE EAST', 'en', 'Middle East'],
    ['ASIA AND THE PACIFIC', 'en', 'Asia and the Pacific'],
    ['THE WAR', 'en', 'The War'],
    ['EXPLAINER: THE WAR', 'en', 'Explainer: The War'],
    ['UP-TO-DATE', 'en', 'Up-to-Date'],
    ["SYRIA'S WAR", 'en', "Syria's War"],
    ['SYRIA’S WAR', 'en', 'Syria’s War'],
    ["O'NEIL", 'en', "O'Neil"],
    // Abbreviations
    ['AI', 'en', 'AI'],
    ['UN', 'en', 'UN'],
    ['EU', 'en', 'EU'],
    ['UK', 'en', 'UK'],
    ['TRT', 'tr', 'TRT'],
    ['U.S. POLITICS', 'en', 'U.S. Politics'],
    ['COP31', 'en', 'COP31'],
    ['COVID-19', 'en', 'COVID-19'],
    ['us & canada', 'en', 'US & Canada'],
    ['contact us', 'en', 'Contact Us'],
    // French
    ['EN DIRECT', 'fr', 'En Direct'],
    ['LA UNE', 'fr', 'La une'],
    ["CÔTE D'IVOIRE", 'fr', "Côte d'Ivoire"],
    ['UN MONDE', 'fr', 'Un Monde'],
    ['GUERRE À GAZA', 'fr-FR', 'Guerre à Gaza'],
    // Turkish
    ['TÜRKİYE', 'en', 'Türkiye'],
    ['KIBRIS', 'tr', 'Kıbrıs'],
    ['KIBRIS', 'TR-tr', 'Kıbrıs'],
    ['KÜLTÜR VE SANAT', 'tr', 'Kültür ve Sanat'],
    ["TÜRKİYE'DE YAŞAM", 'en', "Türkiye'de Yaşam"],
    ['istanbul', 'tr', 'İstanbul'],
    ['iş dünyası', 'en', 'İş Dünyası'],
    ['TÜRKİYE-SYRIA', 'en', 'Türkiye-Syria'],
    // Other scripts with case
    ['РОССИЯ', 'ru', 'Россия'],
    ['ΕΛΛΆΔΑΣ', 'el', 'Ελλάδας'],
    // Small letters throughout
    ['world', 'en', 'World'],
    ['war on gaza', 'en', 'War on Gaza'],
  ])('of %s (%s) is %s', (name, language, readable) => {
    expect(readableName(name, language)).toBe(readable)
  })

  test.each(['BizTech', 'War on Gaza', 'TRT World', 'iPhone', '中国', 'عربي', '2026', ''])(
    'leaves %s as it is',
    (name) => {
      expect(readableName(name, 'en')).toBe(name)
    },
  )

  test('has single spaces', () => {
    expect(readableName('  War \t on\n\u00a0Gaza ', 'en')).toBe('War on Gaza')
  })

  test('stays the same when made readable again', () => {
    for (const name of ['WAR ON GAZA', 'KIBRIS', 'US & CANADA', "CÔTE D'IVOIRE"]) {
      const once = readableName(name, 'tr')
      expect(readableName(once, 'tr')).toBe(once)
    }
  })

  test('depends on the language, also when the name is remembered', () => {
    expect(readableName('KIRIK', 'tr')).toBe('Kırık')
    expect(readableName('KIRIK', 'en')).toBe('Kirik')
    expect(readableName('KIRIK', 'tr')).toBe('Kırık')
  })
})

describe('a slug', () => {
  test.each([
    ['War on Gaza', 'war-on-gaza'],
    ['BizTech', 'biztech'],
    ['US & Canada', 'us-and-canada'],
    ['Türkiye', 'turkiye'],
    ['Kıbrıs', 'kibris'],
    ['İğdır Şile Çeşme', 'igdir-sile-cesme'],
    ['Österreich über Straße', 'osterreich-uber-strasse'],
    ['Việt Nam', 'viet-nam'],
    ['Москва', 'moskva'],
    ['йод', 'yod'],
    ['غزة', 'ghzt'],
    ['COP31', 'cop31'],
    ['C++', 'c-plus-plus'],
    ['C#', 'c-sharp'],
    ['#MeToo', 'metoo'],
  ])('of %s is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })

  test.each([
    ['Türkiye', 'Turkiye', 'TÜRKİYE', 'turkiye', 'Tu\u0308rkiye'],
    ['Kıbrıs', 'KIBRIS', 'kibris'],
    ['Straße', 'STRASSE'],
    ['BizTech', 'BIZTECH'],
    ['Ёлка', 'елка'],
    ['مُحَمَّد', 'محمد'],
    ['Ελλάδα', 'ΕΛΛΑΔΑ'],
    ['日本 Café', '日本 CAFE'],
  ])('of %s is the same in every spelling', (...names) => {
    expect(new Set(names.map(slugOf)).size).toBe(1)
  })

  test('of a name without any transliterable letter is a stable short form', () => {
    const hash = createHash('sha256').update('中国').digest('hex')
    expect(slugOf('中国')).toBe(`x-${hash.slice(0, 8)}`)
    expect(slugOf(' 中国 ')).toBe(slugOf('中国'))
    expect(slugOf('🚀')).toMatch(/^x-[0-9a-f]{8}$/)
    expect(slugOf('')).toMatch(/^x-[0-9a-f]{8}$/)
  })

  test('tells names apart whose letters it can only write in part', () => {
    expect(slugOf('東京 2020')).toMatch(/^2020-[0-9a-f]{8}$/)
    expect(slugOf('パリ 2020')).not.toBe(slugOf('東京 2020'))
    expect(slugOf('2020')).toBe('2020')
  })

  test('is at most 80 characters long, cut at a hyphen where possible', () => {
    expect(slugOf('word '.repeat(40))).toBe(`${'word-'.repeat(15)}word`)
    expect(slugOf(`${'a'.repeat(39)} ${'b'.repeat(40)} c`)).toBe(
      `${'a'.repeat(39)}-${'b'.repeat(40)}`,
    )
    expect(slugOf('y'.repeat(500))).toBe('y'.repeat(80))
    expect(slugOf(`東 ${'y'.repeat(500)}`)).toMatch(/^y{71}-[0-9a-f]{8}$/)
  })

  test('has a-z, 0-9 and single hyphens only', () => {
    const names = ['a/../b', '--x--', '<script>', 'a_b', "Côte d'Ivoire", '١٢٣', 'ﬁ ½', '\ud800']
    for (const name of names) expect(slugOf(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  })
})

test('more names than are remembered come out right all the same', () => {
  for (let n = 0; n < 6000; n++) {
    expect(slugOf(`Name ${n}`)).toBe(`name-${n}`)
    expect(readableName(`NAME ${n}`, 'en')).toBe(`Name ${n}`)
  }
  expect(slugOf('Name 1')).toBe('name-1')
})
