import { globSync, readFileSync } from 'node:fs'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { grounds, ourAccent } from '../src/accent.ts'
import { ConfigError, loadConfig } from '../src/config.ts'
import { help } from '../src/help.ts'
import { settingList } from '../src/settings.ts'
import { allWords } from '../src/words/wording.ts'
import { temporaryFolder } from './support/folder.ts'

/** @param text what stands behind the name in newsstand.config.json */
const written = (name: string, text: string, env = {}) =>
  loadConfig(env, temporaryFolder({ 'newsstand.config.json': `{ "${name}": ${text} }` }))

const home = new URL('../', import.meta.url)
const docs = globSync('docs/**/*.md', { cwd: home })
const read = (name: string) => readFileSync(new URL(name, home), 'utf8')
const namesAndDefaults = settingList.map(({ name, fallback }) => [name, fallback])

describe('every setting', () => {
  it('is in the table of docs/settings.md with its default, and no other is', () => {
    const rows = read('docs/settings.md').matchAll(/^\| `([A-Z_]+)` \| (.+?) \|/gm)
    const told = [...rows].map(([, name, fallback = '']) => [name, fallback.replaceAll('`', '')])
    expect(told.sort()).toEqual(namesAndDefaults.toSorted())
  })

  it('is in --help with its default, in lines of 100 at most and all texts in one column', () => {
    const lines = help().split('\n')
    const entries = lines.slice(lines.findIndex((line) => line.startsWith('Settings')) + 1, -1)
    const column = entries[0]?.search(/(?<=^ {2}PORT +)\S/) ?? 0
    for (const line of entries) {
      expect(line.length).toBeLessThanOrEqual(100)
      expect(line.slice(0, column), line).toMatch(/^ {2}(?:[A-Z_]+ {2,}| +)$/)
      expect(line[column], line).toMatch(/\S/)
    }
    const told = entries.join('\n').matchAll(/^ {2}([A-Z_]+) .*?Default: ([^\n]+)$/gms)
    expect([...told].map(([, name, fallback]) => [name, fallback])).toEqual(namesAndDefaults)
  })

  it('is what docs call it, and has the default that they say', () => {
    /** In our code, and of all programs. */
    const others = ['NOT_COUNTRIES', 'NO_COLOR', 'XDG_CACHE_HOME', 'FOOTER_LINKS']
    for (const name of ['README.md', ...docs]) {
      const text = read(name)
      for (const [, one = ''] of text.matchAll(/`([A-Z]+_[A-Z_]+)\b/g)) {
        expect([...settingList.map(({ name }) => name), ...others], name).toContain(one)
      }
      for (const [, ...said] of text.matchAll(/`([A-Z_]{4,})` \((\d[^\s)]*)\)/g)) {
        expect(namesAndDefaults, name).toContainEqual(said)
      }
    }
  })

  it('may have its default: nothing is said of it', () => {
    const usual = settingList.filter(({ unset, name }) => !unset && name !== 'SITE_ID')
    const env = Object.fromEntries(usual.map(({ name, fallback }) => [name, fallback]))
    expect(loadConfig(env, '/')).toEqual(loadConfig({}, '/'))
  })
})

describe('the folder of data', () => {
  const hintsOf = (ARTICLES_DIR: string, DATA_DIR: string) =>
    loadConfig({ ARTICLES_DIR, DATA_DIR, SITE_TITLE: 'A' }, '/srv').hints

  it.each([
    ['posts', 'posts', 'DATA_DIR is /srv/posts, as is ARTICLES_DIR'],
    ['.', './data', 'DATA_DIR is /srv/data, which lies in ARTICLES_DIR'],
    ['posts', '/srv/posts/a/b', 'DATA_DIR is /srv/posts/a/b, which lies in ARTICLES_DIR'],
  ])('is told of where its files lie among articles: %s, %s', (articlesDir, dataDir, hint) => {
    expect(hintsOf(articlesDir, dataDir)).toEqual([expect.stringContaining(hint)])
  })

  it.each([
    ['.', './.newsstand'],
    ['.', './.newsstand/posts'],
    ['posts', 'data'],
    ['data/posts', 'data'],
    ['posts', 'posts-data'],
    ['/posts', '/srv'],
  ])('may lie elsewhere, and hidden among them: %s, %s', (articlesDir, dataDir) => {
    expect(hintsOf(articlesDir, dataDir)).toEqual([])
  })
})

describe('newsstand.config.json', () => {
  it('is no folder', () => {
    const folder = temporaryFolder({ 'newsstand.config.json/a.txt': '' })
    expect(() => loadConfig({}, folder)).toThrow(
      new ConfigError('newsstand.config.json is a folder; a file is what holds settings.'),
    )
  })
})

describe('a setting in newsstand.config.json', () => {
  it.each(settingList)('is what is allowed, and nothing else is taken for it: $name', (setting) => {
    const { name, allowed, isSwitch, isSecret } = setting
    const others = ['null', '{ "a": 1 }', '["a"]', '[]', '["3000"]', '{}']
    for (const value of isSwitch ? others : [...others, 'true', 'false']) {
      const shown = isSecret
        ? 'not shown, as it may hold a password'
        : JSON.stringify(JSON.parse(value))
      const message = `${name} in newsstand.config.json is ${shown}; allowed is ${allowed}.`
      expect(() => written(name, value), value).toThrow(new ConfigError(message))
    }
    // Half of a character, and what no feed may hold.
    for (const value of ['"\\ud800"', '"a\\udc00"', '"a\\u0000"', '"a\\u0001b"', '"\\uffff"']) {
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

  it('counts where the environment has none, and is known by a former name', () => {
    expect(written('FEED_ITEMS', '7', { FEED_ITEMS: '8' }).feedItems).toBe(8)
    const { language, hints } = written('LANGUAGE', '"tr"')
    expect(language).toBe('tr')
    expect(hints).toEqual([
      'LANGUAGE in newsstand.config.json is now called FEED_LANGUAGE; please rename it',
    ])
    expect(() => written('LANGUAGE', '"xx-wrong-"')).toThrow(/^LANGUAGE in .* is "xx-wrong-"/)
    expect(written('LANGUAGE', '"tr", "FEED_LANGUAGE": "de"').language).toBe('de')
  })

  it('that is none is told with the one that is meant, and all of them at once', () => {
    expect(() => written('PROT', '1, "SITE_TITEL": "", "ACCENT_COLOR": "", "colour": ""')).toThrow(
      'has the unknown settings "PROT" (did you mean PORT?), "SITE_TITEL" (did you mean SITE_TITLE?), ' +
        '"ACCENT_COLOR" (did you mean ACCENT_COLOUR?), "colour". ',
    )
    expect(() => written('siteTitle', '""')).toThrow('(did you mean SITE_TITLE?). ')
    const env = { SITE_TITEL: 'A', PROT: '1', SITE_URL: 'https://a.example', LOG_LEVELS: '' }
    expect(loadConfig(env, '/').hints).toEqual([
      'SITE_TITEL in the environment is no setting; did you mean SITE_TITLE?',
      'LOG_LEVELS in the environment is no setting; did you mean LOG_LEVEL?',
    ])
  })

  it('after which a comma is too many is told by its place', () => {
    const load = (text: string) =>
      loadConfig({}, temporaryFolder({ 'newsstand.config.json': text }))
    expect(() => load('{\n  "PORT": 3000,\n}\n')).toThrow(
      'is not JSON: line 2, column 15 has a comma before "}". Delete it.',
    )
    expect(() => load('{\n  "PORT": 1')).toThrow(/is not JSON: .*, at line 2, column 12\.$/)
    expect(() => load('{\n  "PORT": s3cret\n}')).not.toThrow('s3cret')
  })

  it('that is a link with a wrong key names that', () => {
    const link = '[{ "title": "Imprint", "url": "/imprint" }]'
    expect(() => written('FOOTER_LINKS', link)).toThrow(
      'has a link with the key "title"; allowed is',
    )
  })

  it.each(['{ "tag": "\\ud800", "words": ["a"] }', '{ "tag": "A", "words": ["a\\u0000"] }'])(
    'has no half of a character in a rule of its topics: %s',
    (rule) => {
      expect(() => written('topics', `[${rule}]`)).toThrow('topics in newsstand.config.json is ')
    },
  )
})

describe('a password', () => {
  it.each([
    ['BASE_URL', 'https://me:s3cret@news.example'],
    ['PUBLISHER_URL', 'https://s3cret@news.example/'],
    ['PUBLISHER_FEED_URL', 'https://me:s3cret@news.example/rss?x'],
    ['BASE_URL', 'htps://me:s3cret@news.example'],
    ['ADMIN_PORT', 'me:s3cret@news.example'],
  ])('is refused in %s, and not printed', (name, value) => {
    const message = ` is not shown, as it may hold a password; allowed is `
    const ofFile = () => written(name, `{ "a": "${value}" }`)
    for (const load of [() => loadConfig({ [name]: value }, '/'), ofFile]) {
      expect(load).toThrow(name + (load === ofFile ? ' in newsstand.config.json' : '') + message)
      expect(load).not.toThrow('s3cret')
    }
  })
})

describe('in the environment', () => {
  it.each([
    ['PORT', '99999', 'a whole number from 1 to 65535'],
    ['REFRESH_CRON', 'now and then', 'a cron expression'],
    ['TIME_ZONE', 'Mars/Olympus', 'a time zone'],
    ['BASE_URL', 'ftp://news.example', 'an http or https address'],
    ['WATCH', 'yes', 'true or false'],
    ...[
      '10.0.0.0/33',
      '0.0.0.0/0',
      '::/0',
      'loopback, 0.0.0.0/0',
      '10.0.0.0/8,',
      'true',
      'a.example',
    ].map((value) => ['TRUST_PROXY', value, 'false, a number of proxies such as 1, or addresses']),
    ...['english', 'turkish', 'xx', 'en_US', 'x-foo', '', ' '].map((value) => [
      ...['FEED_LANGUAGE', value, 'the tag of a language there is'],
    ]),
  ])('%s is not %j', (name = '', value = '', allowed) => {
    const sentence = `${name} is ${JSON.stringify(value)}; allowed is ${allowed}`
    expect(() => loadConfig({ [name]: value }, '/')).toThrow(sentence)
    expect(() => loadConfig({ [name]: value }, '/')).toThrow(/\. It is set in the environment\.$/)
  })

  it.each([
    ['en', 'en'],
    ['TR', 'tr'],
    ['pt-br', 'pt-BR'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
  ])('FEED_LANGUAGE may be %s', (value, language) => {
    expect(loadConfig({ FEED_LANGUAGE: value }, '/').language).toBe(language)
  })
})

it.each([
  ['::1.2.3.4', '::102:304'],
  ['64:ff9b::192.0.2.1/96', '64:ff9b::c000:201/96'],
  ['fe80::1%veth-0.1/64', 'fe80::1/64'],
  ['::ffff:10.0.0.1', '::ffff:a00:1'],
  ['fd00::1', 'fd00::1'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['uniquelocal', 'uniquelocal'],
])('TRUST_PROXY may be %s, which Express takes as %s', (TRUST_PROXY, plain) => {
  const { trustProxy } = loadConfig({ TRUST_PROXY }, '/')
  expect(trustProxy).toEqual([plain])
  express().set('trust proxy', trustProxy)
})

describe('whom requests are sent to', () => {
  const read = (env: NodeJS.ProcessEnv) => loadConfig(env, '/')
  const key = Buffer.alloc(24, 'Newsstand?')
  const secret = `whsec_${key.toString('base64')}`

  it.each([
    ['self', true, []],
    ['none', false, []],
    ['https://hub.example/', false, ['https://hub.example/']],
    [
      'self, http://Hub.example/a?b=1&c,https://hub.example,https://hub.example/',
      true,
      ['http://hub.example/a?b=1&c', 'https://hub.example/'],
    ],
  ])('HUBS may be %s', (HUBS, isOwn, others) => {
    expect(read({ HUBS }).hubs).toEqual({ isOwn, others })
  })

  it('may be networks, webhooks and search engines', () => {
    const config = read({
      WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8, ::1/128,fd00::1.2.3.4/8',
      WEBHOOKS: 'http://127.0.0.1:9/a?token=s3cret, https://b.example/',
      WEBHOOK_SECRET: secret,
      INDEXNOW_KEY: '12345678',
      INDEXNOW_URL: 'https://a.example/indexnow, https://b.example/?x',
    })
    expect(config).toMatchObject({
      websubAllowNetworks: ['127.0.0.0/8', '::1/128', 'fd00::102:304/8'],
      webhooks: ['http://127.0.0.1:9/a?token=s3cret', 'https://b.example/'],
      webhookSecret: key,
      indexNowKey: '12345678',
      indexNowUrls: ['https://a.example/indexnow', 'https://b.example/?x'],
      hints: [],
    })
    const { length } = read({ WEBHOOK_SECRET: secret.replace(/=+$/, '') }).webhookSecret ?? ''
    expect(length).toBe(24)
  })

  it.each([
    ...['', 'me', 'self,', 'none, self', 'ftp://hub.example/', 'https://hub.example/#a'].map(
      (value) => ['HUBS', value],
    ),
    ...['https://me@hub.example/', 'https://me:s3cret@hub.example/', 'https:hub.example'].map(
      (value) => ['HUBS', value],
    ),
    ...['10.0.0.1', '0.0.0.0/0', '::/0', '10.0.0.0/33', 'loopback', '::1/129', 'none,::1/128'].map(
      (value) => ['WEBSUB_ALLOW_NETWORKS', value],
    ),
    ...['self', 'https://s3cret.example:x/', ' '].map((value) => ['WEBHOOKS', value]),
    ...[
      ...['s3cret', 'whsec_', secret.slice(0, -4), secret.slice(6), `${secret}!`],
      `whsec_${Buffer.alloc(65).toString('base64')}`,
    ].map((value) => ['WEBHOOK_SECRET', value]),
    ...['1234567', 'a_longer_key', 'a'.repeat(129), '../etc/passwd'].map((value) => [
      ...['INDEXNOW_KEY', value],
    ]),
    ['INDEXNOW_URL', 'api.indexnow.org'],
  ])('%s is not %j', (name = '', value) => {
    expect(() => read({ [name]: value })).toThrow(
      new RegExp(`^${name} is .*; allowed is none, or `),
    )
    expect(() => read({ [name]: value })).not.toThrow('s3cret')
  })

  it('is told that webhooks without a secret are not signed', () => {
    const WEBHOOKS = 'https://hook.example/?token=s3cret'
    expect(read({ WEBHOOKS }).hints).toEqual([expect.stringMatching(/^WEBHOOKS .*WEBHOOK_SECRET/)])
    expect(read({ WEBHOOKS, WEBHOOK_SECRET: secret }).hints).toEqual([])
  })
})

it('says that pages are in English where they have no words in the language of the site', () => {
  const hintsOf = (FEED_LANGUAGE: string) => loadConfig({ FEED_LANGUAGE }, '/').hints
  expect(hintsOf('it')).toEqual([
    'there are no words for pages in FEED_LANGUAGE it: what is not said by articles is in English',
  ])
  for (const language of [...Object.keys(allWords), 'fr-CA', 'zh-Hant']) {
    expect(hintsOf(language).length, language).toBe(language === 'zh-Hant' ? 1 : 0)
  }
})

describe('the name of a site', () => {
  const own = { PUBLISHER_NAME: 'The Pier', BASE_URL: 'https://pier.example/news' }

  it('is that of its publisher, whose page it is, unless more is said', () => {
    expect(loadConfig(own, '/')).toMatchObject({
      publisher: {
        name: 'The Pier',
        url: 'https://pier.example/news',
        feedUrl: 'https://pier.example/news',
      },
      ...{ siteTitle: 'The Pier', siteDescription: '', copyright: '© The Pier' },
    })
    expect(loadConfig({}, '/').publisher.url).toBe('https://www.trtworld.com/')
    const said = { ...own, PUBLISHER_URL: 'https://quay.example/', SITE_TITLE: 'Pier News' }
    expect(loadConfig(said, '/')).toMatchObject({
      publisher: { name: 'The Pier', url: 'https://quay.example/' },
      siteTitle: 'Pier News',
    })
  })

  it('is nobody else’s: a title alone is its publisher’s name, else that of the folder that is served', () => {
    const posts = { name: 'posts', dataDir: '/data' }
    const nameOf = (env: NodeJS.ProcessEnv, folder?: typeof posts) => {
      const { publisher, siteTitle, copyright, isNamed } = loadConfig(env, '/', folder)
      return [publisher.name, publisher.url, siteTitle, copyright, isNamed]
    }
    const BASE_URL = 'https://pier.example'
    const pier = ['The Pier', `${BASE_URL}/`, 'The Pier', '© The Pier', true]
    for (const env of [{ SITE_TITLE: 'The Pier' }, { PUBLISHER_NAME: 'The Pier' }]) {
      expect(nameOf({ ...env, BASE_URL })).toEqual(pier)
      expect(nameOf({ ...env, BASE_URL }, posts)).toEqual(pier)
    }
    expect(nameOf({ BASE_URL }, posts)).toEqual([
      'posts',
      `${BASE_URL}/`,
      'posts',
      '© posts',
      false,
    ])
    expect(loadConfig({}, '/', posts).hints).toEqual([
      'the site is called "posts", as its folder is; SITE_TITLE names it',
    ])
    expect(loadConfig({}, '/').publisher.name).toBe('TRT World')
  })

  it('does not change what ids are made in', () => {
    const { namespace } = loadConfig({ BASE_URL: own.BASE_URL }, '/')
    expect(loadConfig(own, '/').namespace).toEqual(namespace)
    expect(loadConfig({ PUBLISHER_NAME: 'The Pier' }, '/').namespace.from).toBeUndefined()
  })

  it('may stand beside links, whose addresses are checked', () => {
    const links = (text: string) => written('FOOTER_LINKS', text).footerLinks
    const right = [
      { text: 'Imprint', url: '/imprint' },
      { text: 'Write to us', url: 'mailto:us@pier.example' },
    ]
    expect(links(JSON.stringify(right))).toEqual(right)
    for (const url of ['javascript:alert(1)', '//other.example/', 'imprint', '', 4]) {
      expect(() => links(JSON.stringify([{ text: 'x', url }])), String(url)).toThrow(ConfigError)
    }
    expect(() => links('[{ "url": "/x" }]')).toThrow('FOOTER_LINKS in newsstand.config.json is')
  })
})

describe('files and colours of a site', () => {
  it('are told when they cannot be used', () => {
    const folder = temporaryFolder({ 'a.png': 'no picture', 'a.svg': '<p>', 'b.gif': 'GIF89a' })
    for (const [env, message] of [
      [{ LOGO: 'none.svg' }, `LOGO is ${folder}/none.svg, and no such file is there. Put it there`],
      [{ LOGO: 'a.png' }, `LOGO is ${folder}/a.png, which is no PNG inside.`],
      [{ ICON: 'a.svg' }, `ICON is ${folder}/a.svg, which is no SVG inside.`],
      [{ ICON: 'b.gif' }, 'allowed is the path of a file that ends in .svg or .png'],
      [{ STYLESHEET: 'a.scss' }, 'allowed is the path of a file that ends in .css'],
      [{ ACCENT_COLOUR: 'red' }, 'allowed is one colour such as #a33b12'],
      [{ ACCENT_COLOUR: '#12345' }, 'allowed is one colour such as #a33b12'],
      [{ ACCENT_COLOUR: '#111 #fff #111' }, 'allowed is one colour such as #a33b12'],
    ] as const) {
      expect(() => loadConfig(env, folder), JSON.stringify(env)).toThrow(message)
    }
  })

  it('are told when nobody who draws no SVG will see them', () => {
    const folder = temporaryFolder({
      'a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'a.png': readFileSync(new URL('public/icon-144.png', home)),
    })
    const hintsOf = (env: NodeJS.ProcessEnv) => loadConfig(env, folder).hints
    expect(hintsOf({ ICON: 'a.svg' })[0]).toMatch(/^neither ICON nor LOGO is a PNG/)
    expect(hintsOf({ LOGO: 'a.svg' })).toHaveLength(1)
    expect(hintsOf({ ICON: 'a.svg', LOGO: 'a.png' })).toEqual([])
    expect(hintsOf({})).toEqual([])
  })

  it('are read on the grounds that the stylesheet has', () => {
    const style = read('public/style.css')
    for (const [n, name] of ['paper', 'raised'].entries()) {
      expect(style).toContain(`--${name}: light-dark(${grounds.light[n]}, ${grounds.dark[n]});`)
    }
    expect(style).toContain(`--accent: light-dark(${ourAccent.light}, ${ourAccent.dark});`)
    const hintsOf = (ACCENT_COLOUR: string) => loadConfig({ ACCENT_COLOUR }, '/').hints
    expect(hintsOf('#005A9C #7fbfff')).toEqual([])
    expect(loadConfig({ ACCENT_COLOUR: '#05A #8cf' }, '/').accentColour).toEqual({
      light: '#0055aa',
      dark: '#88ccff',
    })
    expect(hintsOf('#777777')).toHaveLength(2)
    expect(hintsOf('#ffff00')[0]).toMatch(/^ACCENT_COLOUR #ffff00 has a contrast of 1\.\d on light/)
    // The next shade that can be read, which needs no line of its own when it is stated.
    const { accentColour } = loadConfig({ ACCENT_COLOUR: '#ffff00' }, '/')
    expect(accentColour).toEqual({ light: '#707000', dark: '#ffff00' })
    expect(hintsOf('#ffff00')[0]).toContain('ACCENT_COLOUR="#707000 #ffff00"')
    for (const colour of ['#ffffff', '#000000', '#e30613', '#808080']) {
      const { light, dark } = loadConfig({ ACCENT_COLOUR: colour }, '/').accentColour
      expect(hintsOf(`${light} ${dark}`), colour).toEqual([])
    }
  })
})
