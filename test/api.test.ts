/** docs/api.md describes what can be imported, and nothing else. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { NewsstandOptions } from '../src/index.ts'
import * as exported from '../src/index.ts'
import { optionNames } from '../src/options.ts'

const root = join(import.meta.dirname, '..')
const text = readFileSync(join(root, 'docs/api.md'), 'utf8')
const index = readFileSync(join(root, 'src/index.ts'), 'utf8')

/** One of each, which the types take. */
const options: Required<NewsstandOptions> = {
  baseUrl: 'https://example.org',
  articlesDir: 'a',
  dataDir: 'b',
  refreshCron: '* * * * *',
  watch: true,
  databaseUrl: 'none',
  emptyFolderMinutes: 1,
  feedItems: 1,
  publisherName: 'A',
  publisherUrl: 'https://example.org',
  publisherFeedUrl: 'https://example.org/feed',
  siteTitle: 'A',
  siteDescription: 'A.',
  copyright: '© A',
  sourceLine: true,
  logo: 'logo.svg',
  icon: 'icon.png',
  accentColour: '#a33b12',
  stylesheet: 'own.css',
  siteId: 'a',
  guid: 'uuid',
  feedLanguage: 'en',
  timeZone: 'UTC',
  undated: 'reject',
  trustProxy: ['10.0.0.0/8'],
  downloadsPerHour: 1,
  hubs: ['self', 'https://hub.example/'],
  websubAllowNetworks: 'none',
  webhooks: 'https://example.org/hook?a=1',
  webhookSecret: 'none',
  indexnowKey: 'a-key-of-a-test',
  indexnowUrl: 'https://example.org/indexnow',
  surrogateKeys: false,
  topics: [],
  footerLinks: [],
  logger: { info() {}, warn() {}, error() {} },
}

it('names every function and type that is exported', () => {
  const names = [...index.matchAll(/\{([^}]*)\}/g)]
    .flatMap(([, list = '']) => list.split(','))
    .map((name) => name.replace('type ', '').trim())
    .filter((name) => name !== '')
  expect(names).toEqual(expect.arrayContaining(Object.keys(exported)))
  expect(names.length).toBeGreaterThan(15)
  for (const name of names) expect(text).toMatch(new RegExp(`[\`# ]${name}\\b`))
})

it('imports nothing that is not exported', () => {
  const imported = [...text.matchAll(/import \{ (.*) \} from 'newsstand'/g)]
  expect(imported.length).toBeGreaterThan(1)
  for (const [, list = ''] of imported) {
    for (const name of list.split(', ')) expect(exported).toHaveProperty(name)
  }
})

it('has the options that there are, and their types have them too', () => {
  const rows = [...text.matchAll(/^\| `([a-zA-Z]+)` \| (?:`[A-Z_]+`|`topics`|a `Logger`)/gm)]
  expect(rows.map(([, name]) => name).sort()).toEqual([...optionNames].sort())
  expect(Object.keys(options).sort()).toEqual([...optionNames].sort())
})
