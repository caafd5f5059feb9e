import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig, settings } from '../src/config.ts'
import { temporaryFolder } from './support/folder.ts'

/** @param text what stands behind the name in newsstand.config.json */
const written = (name: string, text: string, env = {}) =>
  loadConfig(env, temporaryFolder({ 'newsstand.config.json': `{ "${name}": ${text} }` }))

const names = Object.keys(settings)
const texts = names.filter((name) => !settings[name]?.isSwitch)

describe('a setting in newsstand.config.json', () => {
  it.each(names)('is a text or a number, and nothing else is taken for one: %s', (name) => {
    for (const value of ['null', '{ "a": 1 }', '["a"]', '[]', '["3000"]', '{}']) {
      expect(() => written(name, value), value).toThrow(ConfigError)
      expect(() => written(name, value), value).toThrow(
        `${name} in newsstand.config.json is ${JSON.stringify(JSON.parse(value))}; allowed is ${settings[name]?.allowed}.`,
      )
    }
  })

  it.each(texts)('is not true or false where that means nothing: %s', (name) => {
    for (const value of ['true', 'false']) {
      expect(() => written(name, value)).toThrow(
        `${name} in newsstand.config.json is ${value}; allowed is ${settings[name]?.allowed}.`,
      )
    }
  })

  it.each(names)('has no half of a character, and none that no feed may hold: %s', (name) => {
    for (const value of ['"\\ud800"', '"a\\udc00"', '"a\\u0000"', '"a\\u0001b"', '"\\uffff"']) {
      expect(() => written(name, value), value).toThrow(ConfigError)
      expect(() => written(name, value), value).toThrow('; allowed is ')
    }
  })

  it('may be written with quotes or without where it is a number, or true or false', () => {
    for (const value of ['7', '"7"']) expect(written('FEED_ITEMS', value).feedItems).toBe(7)
    for (const value of ['false', '"false"']) {
      expect(written('WATCH', value).watch).toBe(false)
      expect(written('TRUST_PROXY', value).trustProxy).toBe(false)
    }
    expect(written('ACCESS_LOG', 'true').accessLog).toBe(true)
    expect(written('TRUST_PROXY', '2').trustProxy).toBe(2)
    expect(written('SITE_ID', '12').namespace).toEqual(written('SITE_ID', '"12"').namespace)
    expect(written('PUBLISHER_NAME', '24').publisher.name).toBe('24')
  })

  it.each(['{ "tag": "\\ud800", "words": ["a"] }', '{ "tag": "A", "words": ["a\\u0000"] }'])(
    'has none in a rule of its topics: %s',
    (rule) => {
      expect(() => written('topics', `[${rule}]`)).toThrow('topics in newsstand.config.json is ')
    },
  )

  it('is not printed where it may hold a password, whatever it is', () => {
    const value = '{ "a": "https://me:s3cret@news.example" }'
    expect(() => written('BASE_URL', value)).toThrow('not shown')
    expect(() => written('BASE_URL', value)).not.toThrow('s3cret')
  })
})

describe('FEED_LANGUAGE', () => {
  it.each(['english', 'turkish', 'xx', 'en_US', 'x-foo', '', ' '])('is not %j', (value) => {
    const sentence = `FEED_LANGUAGE is ${JSON.stringify(value)}; allowed is the tag of a language there is`
    expect(() => loadConfig({ FEED_LANGUAGE: value }, temporaryFolder())).toThrow(sentence)
  })

  it.each([
    ['en', 'en'],
    ['TR', 'tr'],
    ['pt-br', 'pt-BR'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
  ])('may be %s', (value, language) => {
    expect(loadConfig({ FEED_LANGUAGE: value }, temporaryFolder()).language).toBe(language)
  })
})
