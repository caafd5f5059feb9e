import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ConfigError, type NewsstandOptions, readArticle, renderFeed } from '../src/index.ts'
import { openDesk } from './support/desk.ts'
import { temporaryFolder } from './support/folder.ts'

const baseUrl = 'https://news.example'
/** Of hubs, those of others are named alone: a function serves none. */
const HUBS = 'https://hub.example/'
const files = {
  'a.md': '---\ntitle: Ferries return\ndate: 2026-03-01\ntags: [ferry]\n---\nSee [more](b.md).\n',
  'b.md': '---\ntitle: More\ndate: 2026-03-02\nslug: more\n---\nText.\n',
}

async function articlesOf(folder: string) {
  const found = []
  for (const path of ['b.md', 'a.md']) {
    const read = await readArticle(path, { baseUrl, articlesDir: folder })
    if (read.kind === 'article') found.push(read.article)
  }
  return found
}

it.each(['rss.xml', 'atom.xml', 'feed.json'] as const)(
  '%s has the items that the server gives',
  async (fileName) => {
    const desk = await openDesk({ 'b.md': files['b.md'] }, { BASE_URL: baseUrl, HUBS })
    await desk.refresh()
    const read = await readArticle('b.md', { baseUrl, articlesDir: desk.folder })
    if (read.kind !== 'article') throw new Error(read.kind)
    const own = await renderFeed(fileName, [read.article], { baseUrl, hubs: `${HUBS}, self` })
    // When it first was seen is nothing that a function knows.
    expect(own).toBe(await desk.feed(fileName))
  },
)

it('a feed has the articles in the order in which they are given', async () => {
  const articles = await articlesOf(temporaryFolder(files))
  const { items } = JSON.parse(await renderFeed('feed.json', articles, { baseUrl, feedItems: 1 }))
  expect(items.map(({ title }: { title: string }) => title)).toEqual(['More', 'Ferries return'])
  expect(JSON.parse(await renderFeed('feed.json', [], { baseUrl })).items).toEqual([])
  await expect(renderFeed('feed.xml' as 'rss.xml', [], { baseUrl })).rejects.toThrow(
    new ConfigError('fileName is "feed.xml"; allowed are rss.xml, atom.xml, feed.json.'),
  )
  await expect(renderFeed('feed.xml' as 'rss.xml', [], { baseUrl })).rejects.toThrow(
    expect.objectContaining({ name: 'ConfigError' }),
  )
})

it.each(['./b.md', 'x/../b.md', './/b.md', 'x//..//./b.md'])(
  'a path may be spelled otherwise, and its article has the same id: %s',
  async (path) => {
    const options = { baseUrl, articlesDir: temporaryFolder(files) }
    const read = await readArticle('b.md', options)
    expect(await readArticle(path, options)).toEqual(read)
    expect(await readArticle(path, options, files['b.md'])).toEqual(read)
  },
)

it.each([
  ...['../b.md', 'x/../../b.md', '/b.md', '.b.md', '.hidden/b.md', 'x/.hidden/b.md', '', '.'],
  ...['x/', 'x\0.md'],
])('a path leads to a file of the folder that is not hidden: %j is refused', async (path) => {
  const options = { baseUrl, articlesDir: temporaryFolder(files) }
  for (const content of [undefined, 'Text']) {
    await expect(readArticle(path, options, content)).rejects.toThrow(
      new ConfigError(
        `path is ${JSON.stringify(path)}; allowed is the path of a file in articlesDir, with / and no name that begins with a dot.`,
      ),
    )
  }
})

it('a file without the ending of an article is passed over, and not read', async () => {
  const options = { baseUrl, articlesDir: temporaryFolder({ 'pics/big.jpg': 'x', 'z.exe': 'x' }) }
  for (const path of ['pics/big.jpg', 'z.exe', 'a.rst', '~$a.docx']) {
    const expected = { kind: 'passed-over', note: { text: expect.stringMatching(/not read|open/) } }
    expect(await readArticle(path, options)).toEqual(expected)
    expect(await readArticle(path, options, 'Text')).toEqual(expected)
  }
})

it('a link is read as the server does, and what is no file is gone', async () => {
  const folder = temporaryFolder({ ...files, 'folder.md/c.md': 'Text' })
  symlinkSync(join(folder, 'b.md'), join(folder, 'same.md'))
  symlinkSync(temporaryFolder(files), join(folder, 'out.md'))
  const options = { baseUrl, articlesDir: folder }
  expect((await readArticle('same.md', options)).kind).toBe('passed-over')
  expect((await readArticle('out.md', options)).kind).toBe('rejected')
  expect((await readArticle('folder.md', options)).kind).toBe('gone')
})

it('a folder is told that is not there, unless no file is to be read', async () => {
  const options = { baseUrl, articlesDir: '/nowhere' }
  await expect(readArticle('b.md', options)).rejects.toThrow(
    new ConfigError(
      'articlesDir is /nowhere; there is no such folder. Make it, or set articlesDir.',
    ),
  )
  expect((await readArticle('b.md', options, files['b.md'])).kind).toBe('article')
})

it.each([
  [[5], 'path is 5; allowed is the path of a file in articlesDir'],
  [[undefined], 'path is undefined; allowed is'],
  [[Promise.resolve('a.md')], 'path is a Promise, which is to be awaited; allowed is'],
  [['a.md', 5], 'content is 5; allowed is a string or a Uint8Array.'],
  [['a.md', null], 'content is null; allowed is a string or a Uint8Array.'],
  [['a.md', Promise.resolve('x')], 'content is a Promise, which is to be awaited; allowed is a'],
])('an argument of readArticle that is none is named: %o', async ([path, content], sentence) => {
  const options = { baseUrl, articlesDir: temporaryFolder(files) }
  const fault = await readArticle(path as string, options, content as string).catch((one) => one)
  expect(fault).toBeInstanceOf(ConfigError)
  expect(fault.message).toContain(sentence)
})

it('articles that are none are told by their place and the field', async () => {
  const read = await readArticle('b.md', { baseUrl, articlesDir: temporaryFolder(files) })
  if (read.kind !== 'article') throw new Error(read.kind)
  const { article } = read
  const wrong: [given: unknown, sentence: string][] = [
    [undefined, 'articles is undefined; allowed is an array of articles.'],
    [article, 'articles is an object; allowed is an array of articles.'],
    [Promise.resolve([]), 'articles is a Promise, which is to be awaited; allowed is an array'],
    [[article, null], 'articles[1] is null; allowed is an article.'],
    [
      [Promise.resolve()],
      'articles[0] is a Promise, which is to be awaited; allowed is an article.',
    ],
    [[read], 'articles[0] is what readArticle gives; allowed is an article, such as its .article.'],
    [
      [{ ...article, published: 'today' }],
      'articles[0].published is "today"; allowed is a time such',
    ],
    [
      [{ ...article, updated: undefined }],
      'articles[0].updated is undefined; allowed is a time such',
    ],
    [
      [{ ...article, published: new Date() }],
      'articles[0].published is an object; allowed is a time',
    ],
    [
      [{ ...article, id: 'b' }],
      'articles[0].id is "b"; allowed is urn:uuid: with a UUID behind it.',
    ],
    [[article, { ...article, title: ' ' }], 'articles[1].title is " "; allowed is a title.'],
    [
      [{ ...article, content: undefined }],
      'articles[0].content is undefined; allowed is a string.',
    ],
    [[{ ...article, tags: 'a' }], 'articles[0].tags is "a"; allowed is an array.'],
  ]
  for (const [given, sentence] of wrong) {
    for (const fileName of ['rss.xml', 'atom.xml', 'feed.json'] as const) {
      const fault = await renderFeed(fileName, given as [], { baseUrl }).catch((one) => one)
      expect(fault).toBeInstanceOf(ConfigError)
      expect(fault.message).toContain(sentence)
    }
  }
})

it('an article is read from what is given in place of its file', async () => {
  const options = { baseUrl, articlesDir: '/nowhere' }
  const read = await readArticle('2026-03-01-ferry.md', options, '# Ferries return\n\nText.\n')
  expect(read).toMatchObject({
    kind: 'article',
    article: { title: 'Ferries return', published: '2026-03-01T00:00:00Z', tags: [] },
  })
  const there = { baseUrl, articlesDir: temporaryFolder() }
  expect((await readArticle('a.md', there)).kind).toBe('gone')
  expect((await readArticle('README.md', options, 'Text')).kind).toBe('passed-over')
  const wrong = await readArticle('a.md', options, '---\ntitle: T\ndate: x\n---\nText.\n')
  expect(wrong).toMatchObject({ kind: 'rejected', rejections: [{ line: 3 }] })
})

it.each([
  [
    { siteTitle: () => 'secret' },
    'siteTitle is of type function; allowed is a title, as a string.',
  ],
  [{ siteTitle: [() => 'secret'] }, 'siteTitle is [null]; allowed is a title, as a string.'],
  [{ siteTitle: ['A', 'B'] }, 'siteTitle is ["A","B"]; allowed is a title, as a string.'],
  [{ siteTitle: 5 }, 'siteTitle is 5; allowed is a title, as a string.'],
  [{ siteTitle: new URL('https://a.example') }, 'siteTitle is "https://a.example/"; allowed is a'],
  [{ articlesDir: 5 }, 'articlesDir is 5; allowed is a path, as a string.'],
  [{ articlesDir: null }, 'articlesDir is null; allowed is a path, as a string.'],
  [{ watch: 'true' }, 'watch is "true"; allowed is true or false, as a boolean.'],
  [{ sourceLine: 1 }, 'sourceLine is 1; allowed is true or false, as a boolean.'],
  [
    { feedItems: '50' },
    'feedItems is "50"; allowed is a whole number from 1 to 1000, as a number.',
  ],
  [{ trustProxy: true }, 'trustProxy is true; allowed is false, a number of proxies'],
  [{ logger: null }, 'logger is null; allowed is what has the functions info, warn and error.'],
  [{ publisherName: 'A\nB' }, 'publisherName is "A\\nB"; allowed is a name, in one line.'],
  [{ siteTitle: 'A\u2028B' }, 'allowed is a title, in one line.'],
  [
    { publisherUrl: new URL('ftp://news.example') },
    'publisherUrl is "ftp://news.example/"; allowed is an http or https address without',
  ],
  [
    {
      articlesDir: class {
        secret = 1
      },
    },
    'articlesDir is of type function; allowed is a path, as a string.',
  ],
  [
    { feedItems: 5n },
    'feedItems is of type bigint; allowed is a whole number from 1 to 1000, as a number.',
  ],
  [{ feedItems: Number.NaN }, 'feedItems is NaN; allowed is a whole number from 1 to 1000.'],
  [{ watch: Symbol('secret') }, 'watch is of type symbol; allowed is true or false, as a boolean.'],
  [{ topics: () => [] }, 'topics is of type function; allowed is a list such as'],
  [{ footerLinks: circular() }, 'footerLinks is of type object; allowed is a list such as'],
  [{ trustProxy: [() => 'secret'] }, 'trustProxy is [null]; allowed is false, a number of proxies'],
  [{ trustProxy: ['loopback', '::/0'] }, 'trustProxy is ["loopback","::/0"]; allowed is false, a'],
])('an option that is none is told without its code: %o', async (option, sentence) => {
  const options = { baseUrl, ...option } as unknown as NewsstandOptions
  const fault = await readArticle('a.md', options, 'Text').catch((error) => error)
  expect(fault).toBeInstanceOf(ConfigError)
  expect(fault.message).toContain(sentence)
  expect(fault.message).not.toContain('secret')
})

it('an address may be an object wherever one is taken', async () => {
  const [articlesDir, url] = [temporaryFolder(files), new URL('https://example.org/news')]
  const footerLinks = [{ text: 'Imprint', url }]
  const options = { articlesDir, baseUrl: url, publisherUrl: url, publisherFeedUrl: url }
  const read = await readArticle('b.md', { ...options, footerLinks })
  if (read.kind !== 'article') throw new Error(read.kind)
  const stated = {
    ...options,
    baseUrl: url.href,
    publisherUrl: url.href,
    publisherFeedUrl: url.href,
  }
  expect(await renderFeed('rss.xml', [read.article], { ...options, footerLinks })).toBe(
    await renderFeed('rss.xml', [read.article], stated),
  )
})

it('several addresses may be a list', async () => {
  const options = { baseUrl, trustProxy: ['loopback', '10.0.0.0/8'] }
  expect((await readArticle('README.md', options, 'Text')).kind).toBe('passed-over')
})

function circular(): object {
  const own: { own?: object } = {}
  own.own = own
  return own
}
