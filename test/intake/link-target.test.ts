/** What links in a file become, and what its editor is told of those that lead nowhere. */
import { expect, it } from 'vitest'
import { nameLink, readFileLink } from '../../src/intake/file-link.ts'
import type { Files } from '../support/folder.ts'
import { htmlFile, markdownFile, readFile } from '../support/read.ts'

async function read(name: string, text: string, others: Files = {}) {
  const outcome = await readFile(name, text, others)
  if (outcome.kind !== 'article') throw new Error(`no article: ${JSON.stringify(outcome)}`)
  return { html: outcome.content.content, notes: outcome.notes }
}

const links = (html: string) => [...html.matchAll(/<a href="([^"]*)"/g)].map(([, url]) => url)

it.each([
  ['there.md', '/articles/?file=notes%2Fthere.md'],
  ['there.md?x=1#a', '/articles/?file=notes%2Fthere.md#_a'],
  ['there', '/articles/?file=notes%2Fthere.md'],
  ['there.html', '/articles/?file=notes%2Fthere.md'],
  ['There.MD', '/articles/?file=notes%2Fthere.md'],
  ['bundle/', '/articles/?file=notes%2Fbundle%2Findex.md'],
  ['bundle', '/articles/?file=notes%2Fbundle%2Findex.md'],
  ['../root.md', '/articles/?file=root.md'],
  ['/root.md', '/articles/?file=root.md'],
  ['/root', '/articles/?file=root.md'],
  ['../', '/articles/?file=index.md'],
  ['%C3%BC.md', '/articles/?file=notes%2Fu%CC%88.md'],
  ['C%23 1.md', '/articles/?file=notes%2FC%23%201.md'],
  ['C# 1.md', '/articles/?file=notes%2FC%23%201.md'],
  ['not-there.md', '/articles/?file=notes%2Fnot-there.md'],
  ['not-there', '/articles/?file=notes%2Fnot-there.md'],
  ['not-there/', '/articles/?file=notes%2Fnot-there%2Findex.md'],
  ['/not-there', '/not-there'],
  ['release-1.0', '/articles/?file=notes%2Frelease-1.0.md'],
  ['@/notes/bundle/index.md#a', '/articles/?file=notes%2Fbundle%2Findex.md;name=bundle#_a'],
  ['@/bundle/', '/articles/?file=notes%2Fbundle%2Findex.md;name=bundle'],
  ['@/gone.md', '/articles/?file=;name=gone'],
  ['/posts/2020/ferry/', '/articles/?file=src%2Fposts%2F2020%2Fferry.md;name=ferry'],
  ['/others/ferry/', '/others/ferry/'],
  ['/ferry/', '/ferry/'],
  ['/blog/2021-02-03-lamp#x', '/articles/?file=old%2F_posts%2F2021-02-03-lamp.md;name=lamp#_x'],
  ['/2021/02/03/lamp.html', '/articles/?file=old%2F_posts%2F2021-02-03-lamp.md;name=lamp'],
  ['/news/2021/02/03/lamp/', '/articles/?file=old%2F_posts%2F2021-02-03-lamp.md;name=lamp'],
  ['/2021/02/04/lamp.html', '/2021/02/04/lamp.html'],
  ['/old/2019/12/31/review/', '/articles/?file=log%2F2019%2F12%2F31%2Freview.md;name=review'],
  ['/old/2018/12/31/review/', '/old/2018/12/31/review/'],
  ['/articles/?file=..%2F..%2Fx', '/articles/?file=..%2F..%2Fx'],
  ['https://a.example/there.md', 'https://a.example/there.md'],
  ['//a.example/there.md', 'https://a.example/there.md'],
  ['#there', '#_there'],
  ['tool.zip', '/media/notes/tool.zip'],
  ['boat.7z', '/media/notes/boat.7z'],
  ['/files/pier.7z', '/media/static/files/pier.7z'],
  ['/files/gone.zip', '/files/gone.zip'],
  ['{filename}there.md#a', '/articles/?file=notes%2Fthere.md#_a'],
  ['%7Bfilename%7D/root.md', '/articles/?file=root.md'],
  ['|filename|there.md', '/articles/?file=notes%2Fthere.md'],
  ['{static}/files/pier.7z', '/media/static/files/pier.7z'],
  ['{attach}tool.zip', '/media/notes/tool.zip'],
  ['{filename}/tools/tide.py', '/tools/tide.py'],
  ['../there/#a', '/articles/?file=notes%2Fthere.md#_a'],
  ['../../root/', '/articles/?file=root.md'],
  ['notes/there.md#a', '/articles/?file=notes%2Fthere.md#_a'],
  ['notes/bundle/index.md', '/articles/?file=notes%2Fbundle%2Findex.md'],
])('%s becomes %s', async (written, address) => {
  const others = {
    'index.md': 'x',
    'root.md': 'x',
    'notes/there.md': 'x',
    'notes/bundle/index.md': 'x',
    'notes/u\u0308.md': 'x',
    'notes/C# 1.md': 'x',
    'notes/release-1.0.md': 'x',
    'src/posts/2020/ferry.md': 'x',
    'notes/tool.zip': 'x',
    'notes/boat.7z': 'x',
    'static/files/pier.7z': 'x',
    'old/_posts/2021-02-03-lamp.md': 'x',
    'log/2019/12/31/review.md': 'x',
    'log/2020/12/31/review.md': 'x',
  }
  const { html } = await read('notes/a.md', markdownFile(`<a href="${written}">x</a>`), others)
  expect(links(html)).toEqual([address])
})

it.each([
  ['counts.json', '/media/notes/counts.json'],
  ['counts.json#a', '/media/notes/counts.json'],
  ['/files/boats.json', '/media/static/files/boats.json'],
  ['wire.json', '/articles/?file=notes%2Fwire.json'],
])('JSON is a download unless it is a story: %s becomes %s', async (written, address) => {
  const story = '{"uri": "urn:x:1", "versionCreated": "2026-04-13", "headline": "x"}'
  const others = {
    'notes/counts.json': '{"gulls": 7}',
    'static/files/boats.json': '[1, 2]',
    'notes/wire.json': story,
  }
  const { html, notes } = await read(
    'notes/a.md',
    markdownFile(`<a href="${written}">x</a>`),
    others,
  )
  expect(links(html)).toEqual([address])
  expect(notes).toEqual([])
})

it('JSON that is not there is its words, and a note says so', async () => {
  const { html, notes } = await read('notes/a.md', markdownFile('[x](gone.json) y'))
  expect(html).toBe('<p>x y</p>')
  expect(notes).toMatchObject([{ text: 'it links to "gone.json", which is not there' }])
})

it.each(['../../out.md', '.hidden/a.md', '../.a.md', '%ff.md', '?page=2', 'b.zip', '#'])(
  '%s is its words',
  async (written) => {
    const { html } = await read('notes/a.md', markdownFile(`<a href="${written}">x</a> y`))
    expect(html).toBe('<p>x y</p>')
  },
)

it('what is not there is told, each once, with the line where it stands', async () => {
  const body = `[a](gone.md) [again](gone.md)\n\n[file](b%20c.zip)\n\n[file](<d \u00e9.zip>)\n\n[name](<${nameLink('Some note', '')}>)\n\n[there](there.md) [host](/about) [part](#part)`
  const { notes } = await read('a.md', markdownFile(body), { 'there.md': 'x' })
  expect(notes).toEqual([
    { text: 'it links to "Some note", and no file has that name' },
    { line: 6, text: 'it links to "gone.md", which is not there' },
    { line: 8, text: 'it links to "b c.zip", which is not there' },
    { line: 10, text: 'it links to "d \u00e9.zip", which is not there' },
  ])
})

it.each([
  ['100% sure.md', '100% sure.md'],
  ['100%25 sure.md', '100% sure.md'],
  ['100% sure', '100% sure.md'],
  ['/sub/50%.md#a b', 'sub/50%.md'],
  [' two words.md ', 'two words.md'],
  ['@/100% sure.md', '100% sure.md'],
])('a bare %% or a blank in a link is what it is in the name: %s', async (written, path) => {
  const others = { '100% sure.md': 'x', 'sub/50%.md': 'x', 'two words.md': 'x' }
  for (const [name, text] of [
    ['a.md', markdownFile(`<a href="${written}">x</a>`)],
    ['a.md', markdownFile(`[x](<${written.trim()}>)`)],
    ['a.html', htmlFile(`<p><a href="${written}">x</a> and so on</p>`)],
  ] as const) {
    const { html, notes } = await read(name, text, others)
    expect(links(html)[0]?.split(/[;#]/)[0]).toBe(`/articles/?file=${encodeURIComponent(path)}`)
    expect(notes).toEqual([])
  }
})

it.each(['gohugo.io', 'www.harbour.example.org/pier?x=1', 'harbour.co.uk', 'Harbour.COM'])(
  'what looks like a host and is no file is told with what to write: %s',
  async (written) => {
    const { notes } = await read('a.md', markdownFile(`[x](${written}) y`))
    const text = `it links to "${written}", which is not there; if that host is meant, write "https://${written}"`
    expect(notes).toMatchObject([{ text }])
  },
)

it.each(['gone.md', 'install.sh', 'pier.zip', 'com', '../gohugo.io', 'a.b'])(
  'what looks like a file is none: %s',
  async (written) => {
    const { notes } = await read('a.md', markdownFile(`[x](${written}) y`))
    expect(notes).toHaveLength(1)
    expect(notes[0]?.text).not.toContain('https://')
  },
)

it('of very many that are not there fifty are told', async () => {
  const many = Array.from({ length: 5000 }, (_, n) => `<a href="${n}.md">x</a>`).join('\n')
  const { html, notes } = await read('a.html', htmlFile(`<p>${many}</p>`))
  expect(links(html)).toHaveLength(5000)
  // The last says how many more there are.
  expect(notes).toHaveLength(50 + 1)
})

it('leads to the page here of who wrote the article, and leaves those of others', async () => {
  const addresses = [
    '/author/jo-lind',
    '/authors/jo-lind/',
    '../../authors/Jo%20Lind/_index.md',
    '/authors/ada-berg/',
    '/authors/jo-lind/feed.xml',
    'https://a.example/authors/jo-lind/',
  ]
  const text = markdownFile(addresses.map((url) => `[a](${url})`).join(' '), 'author: Jo Lind')
  const { html, notes } = await read('news/a.md', text)
  expect(links(html)).toEqual([
    ...Array(3).fill('/articles/?author=jo-lind'),
    ...addresses.slice(3),
  ])
  expect(notes).toEqual([])
})

it('finds a file that a number orders by what a site makes of its name', async () => {
  const files = { 'content/pages/20-pier.md': markdownFile(), 'content/30-lamp.md': markdownFile() }
  const text = markdownFile('[a](pages/pier.html) [b](lamp.md)')
  const { html, notes } = await read('content/a.md', text, files)
  expect(links(html)).toEqual([
    '/articles/?file=content%2Fpages%2F20-pier.md',
    '/articles/?file=content%2F30-lamp.md',
  ])
  expect(notes).toEqual([])
})

it('knows an address of mail that lacks its scheme, and a link in brackets that are too many', async () => {
  const text = markdownFile('[Jo](jo@paper.example) [pier](({{< ref "/notes/pier" >}}))')
  const { html, notes } = await read('a.md', text, { 'notes/pier.md': markdownFile() })
  expect(links(html)).toEqual(['/articles/?file=notes%2Fpier.md;name=pier'])
  expect(notes.map((note) => note.text)).toEqual([
    'it links to "jo@paper.example", which is not there; if that address is meant, write "mailto:jo@paper.example"',
  ])
})

it('takes a link to a section for the page that its host has, and never a template for an article', async () => {
  const text = markdownFile(
    '[Us]({{< ref "/contact" >}}) [here]({{< relref "contact#where" >}}) [home]({{< ref "/" >}})',
  )
  const { html, notes } = await read('content/news/a.md', text, {
    'hugo.toml': '',
    'content/contact/_index.md': '# Contact',
    'layouts/shortcodes/contact.html': '<p>Write to us.</p>',
  })
  expect(links(html)).toEqual(['/contact/', '/contact/#where', '/'])
  expect(notes.map((note) => note.text)).toEqual([
    'it links to the page of the section "contact", which is no article',
  ])
})

const page = (permalink = '') => `---\ntitle: About\n${permalink}\n---\nWho we are.\n`

it.each([
  ['/about/', '/about/'],
  ['/about/?a=1#team', '/about/?a=1#team'],
  ['{{ site.baseurl }}/about/', '/about/'],
  ['../about/#team', '/about/#team'],
  ['../about.html', '/about.html'],
  ['../about.md', '/about.html'],
  ['{% link about.md %}', '/about.html'],
  ['{{ "/" | relative_url }}', '/'],
  ['../imprint.md#a', '/legal/imprint/#a'],
  ['/gone/', '/gone/'],
])('a page of the site that is no article keeps its address: %s', async (written, address) => {
  const others = { 'about.md': page(), 'index.md': page(), '_config.yml': '' }
  const files = { ...others, 'imprint.md': page('permalink: /legal/imprint/') }
  for (const name of ['_posts/2026-03-04-a.md', '_posts/2026-03-04-a.html']) {
    const text = `---\ntitle: A\n---\n<p><a href='${written}'>x</a> and so on.</p>\n`
    const { html } = await read(name, text, files)
    expect(links(html).map(shown)).toEqual([address])
  }
})

/** Where a link to a page leads that is none of our articles. */
const shown = (href = '') => readFileLink(href)?.address ?? href

it.each([
  ['hugo.toml', 'content/news/a.md', 'content/about.md', '../about.md', '/about/'],
  ['hugo.toml', 'content/news/a.md', 'content/about/index.md', '../about/index.md', '/about/'],
  ['hugo.toml', 'content/news/a.md', 'content/about.md', '{{< ref "/about.md#a" >}}', '/about/#a'],
  ['hugo.toml', 'content/news/a.md', 'content/boats/_index.md', '../boats/', '/boats/'],
  ['zola.toml', 'content/news/a.md', 'content/boats/_index.md', '../boats/_index.md', '/boats/'],
  ['eleventy.config.js', 'src/posts/a.md', 'src/about.md', '../about.md', '/about/'],
  ['astro.config.mjs', 'src/content/blog/a.md', 'src/pages/about.md', '/about', '/about'],
  ['_config.yml', 'source/_posts/a.md', 'source/about/index.md', '../about/', '/about/'],
])('so does one of another generator: %s, %s', async (config, from, path, written, address) => {
  const { html } = await read(from, markdownFile(`[x](${written})`), {
    [config]: '',
    [path]: page(),
  })
  expect(links(html).map(shown)).toEqual([address])
})
