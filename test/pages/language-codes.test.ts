import { expect, test } from 'vitest'
import { newsLanguage, openGraphLocale } from '../../src/pages/language-codes.ts'

test.each([
  ['en', 'en_US', 'en'],
  ['en-GB', 'en_GB', 'en'],
  ['pt-BR', 'pt_BR', 'pt'],
  ['ar', 'ar_EG', 'ar'],
  ['sr-Latn', 'sr_RS', 'sr'],
  ['sr-Cyrl-ME', 'sr_ME', 'sr'],
  ['fil', 'fil_PH', 'fil'],
  ['ckb', 'ckb_IQ', 'ckb'],
  ['de-CH-1996', 'de_CH', 'de'],
  // A part of the world is no territory.
  ['es-419', 'es_ES', 'es'],
  ['en-001', 'en_US', 'en'],
  ['zh', 'zh_CN', 'zh-cn'],
  ['zh-SG', 'zh_SG', 'zh-cn'],
  ['zh-Hans-HK', 'zh_HK', 'zh-cn'],
  ['zh-Hant', 'zh_TW', 'zh-tw'],
  ['zh-TW', 'zh_TW', 'zh-tw'],
  ['zh-HK', 'zh_HK', 'zh-tw'],
  ['yue-Hant-HK', 'yue_HK', 'yue'],
])('the language %s is %s in Open Graph, and %s in a news sitemap', (tag, openGraph, news) => {
  expect(openGraphLocale(tag)).toBe(openGraph)
  expect(newsLanguage(tag)).toBe(news)
})

test('a language that has no country has no locale in Open Graph', () => {
  expect(openGraphLocale('eo')).toBeUndefined()
  expect(newsLanguage('eo')).toBe('eo')
})
