import { expect, test } from 'vitest'
import { html } from '../../../src/intake/formats/html.ts'
import type { RawArticle } from '../../../src/intake/raw-article.ts'
import { type Rejection, RejectionError } from '../../../src/intake/rejection.ts'
import { cpuTime } from '../../support/cpu-time.ts'

const paragraph =
  '<p>A paragraph, with commas, that is long enough for a reader to take it for the text of a story.</p>'
const dated = '<title>The title</title><meta name="date" content="2026-04-13">'

const page = (head: string, body = paragraph, attributes = '') =>
  `<!doctype html>\n<html${attributes}><head>${head}</head><body>${body}</body></html>`

const jsonLd = (statement: unknown) =>
  `<script type="application/ld+json">${JSON.stringify(statement)}</script>`

const read = async (head: string, body?: string, attributes?: string): Promise<RawArticle> =>
  html.read(page(head, body, attributes))

const storyOf = ({ body }: RawArticle) =>
  'html' in body ? body.html : body.map(({ text }) => text).join('|')

async function rejectionOf(text: string): Promise<Rejection> {
  try {
    await html.read(text)
  } catch (error) {
    if (error instanceof RejectionError) return error.rejection
    throw error
  }
  throw new Error('it was accepted')
}

const newsArticle = {
  '@context': 'https://schema.org',
  '@type': 'NewsArticle',
  headline: 'The headline',
  description: 'The dek',
  datePublished: '2026-04-13T09:30:00+03:00',
  dateModified: '2026-04-14T09:30:00Z',
  author: { '@type': 'Person', name: 'First Author', url: 'https://example.org/first' },
  image: {
    '@type': 'ImageObject',
    url: 'https://example.org/lead.jpg',
    caption: 'What is seen',
    creditText: 'AA',
  },
  articleSection: 'World',
  keywords: 'one, two words, ',
  inLanguage: 'en-GB',
  publisher: { '@type': 'Organization', name: 'The Paper', url: 'https://paper.example/' },
  mainEntityOfPage: { '@type': 'WebPage', '@id': 'https://paper.example/story' },
}

const openGraph =
  '<meta property="og:title" content="OG title">' +
  '<meta property="og:description" content="OG dek">' +
  '<meta property="og:image" content="https://example.org/og.jpg">' +
  '<meta property="og:image:alt" content="OG alt">' +
  '<meta property="og:audio" content="https://example.org/og.mp3">' +
  '<meta property="og:site_name" content="OG site">' +
  '<meta property="article:published_time" content="2026-01-01T00:00:00Z">' +
  '<meta property="article:modified_time" content="2026-01-02T00:00:00Z">' +
  '<meta property="article:section" content="OG section">' +
  '<meta property="article:tag" content="tag one"><meta property="article:tag" content="tag two">' +
  '<meta property="article:author" content="OG Author">' +
  '<link rel="canonical" href="https://example.org/canonical">'

test('the beginning of a page says that it is HTML, whatever its name', () => {
  expect(html.recognises('<!doctype html><p>x', '.txt')).toBe(true)
  expect(
    html.recognises('\uFEFF \n<!-- saved --><!DOCTYPE HTML PUBLIC "-//W3C//DTD">', '.md'),
  ).toBe(true)
  expect(html.recognises('<HTML lang="tr">', '.txt')).toBe(true)
  expect(html.recognises('<?xml version="1.0"?>\n<html xmlns="x">', '.xml')).toBe(true)
  expect(html.recognises('<p>x</p>', '.html')).toBe(true)
  expect(html.recognises('<p>x</p>', '.htm')).toBe(true)
})

test('a page that is only mentioned, another format or plain text is not HTML', () => {
  expect(html.recognises('Write <!doctype html> first', '.txt')).toBe(false)
  expect(html.recognises('<p>x</p>', '.txt')).toBe(false)
  expect(html.recognises('no tags, 1 < 2', '.html')).toBe(false)
  expect(html.recognises('---\ntitle: x\n---\n<p>x</p>', '.html')).toBe(false)
  expect(html.recognises('<htmlx>', '.xml')).toBe(false)
  expect(html.recognises('<!-- <html> ', '.txt')).toBe(false)
  expect(html.recognises('<?xml version="1.0"?><nitf>', '.xml')).toBe(false)
})

test('JSON-LD is believed before Open Graph and the page', async () => {
  const { body, ...article } = await read(
    `<title>Page title | Site</title>${openGraph}${jsonLd(newsArticle)}`,
    `<h1>Page heading</h1>${paragraph}`,
    ' lang="tr"',
  )
  expect(article).toEqual({
    title: 'The headline',
    summary: 'The dek',
    published: '2026-04-13T09:30:00+03:00',
    updated: '2026-04-14T09:30:00Z',
    authors: ['First Author'],
    image: {
      url: 'https://example.org/lead.jpg',
      alt: 'OG alt',
      caption: 'What is seen',
      credit: 'AA',
    },
    audio: 'https://example.org/og.mp3',
    section: 'World',
    tags: ['one', 'two words'],
    language: 'en-GB',
    publisher: { name: 'The Paper', url: 'https://paper.example/' },
    sources: ['The Paper'],
    canonicalUrl: 'https://paper.example/story',
  })
  expect(body).toHaveProperty('html')
})

test('Open Graph and meta elements are believed before the page', async () => {
  const { body: _, ...article } = await read(
    `<title>Page title | Site</title>${openGraph}`,
    `<time datetime="2020-01-01">then</time>${paragraph}`,
    ' lang="tr"',
  )
  expect(article).toEqual({
    title: 'OG title',
    summary: 'OG dek',
    published: '2026-01-01T00:00:00Z',
    updated: '2026-01-02T00:00:00Z',
    authors: ['OG Author'],
    image: { url: 'https://example.org/og.jpg', alt: 'OG alt' },
    audio: 'https://example.org/og.mp3',
    section: 'OG section',
    tags: ['tag one', 'tag two'],
    language: 'tr',
    publisher: { name: 'OG site' },
    sources: ['OG site'],
    canonicalUrl: 'https://example.org/canonical',
  })
})

test('the plain meta elements serve where Open Graph is missing', async () => {
  const article = await read(
    `${dated}<meta name="DESCRIPTION" content="Plain dek"><meta name="author" content="Plain Author"><meta name="keywords" content="a, b">`,
  )
  expect(article).toMatchObject({
    title: 'The title',
    summary: 'Plain dek',
    published: '2026-04-13',
    authors: ['Plain Author'],
    tags: ['a', 'b'],
  })
})

test('a page that states nothing is read as a person reads it', async () => {
  const article = await html.read(
    `<html><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
    <article><h1>The heading</h1><p class="byline">By Jane Doe</p><time datetime="2026-04-13T09:30">today</time>
    ${paragraph.repeat(6)}</article><footer>All rights reserved</footer></body></html>`,
  )
  expect(article).toMatchObject({
    title: 'The heading',
    published: '2026-04-13T09:30',
    authors: ['Jane Doe'],
  })
  // What begins the text would stand above it once more.
  expect(article.summary).toBeUndefined()
  expect(storyOf(article)).not.toMatch(/Home|rights|The heading|Jane/)
  expect(storyOf(article).match(/<p>/g)).toHaveLength(6)
})

test.each([
  ['one object', (it: object) => it],
  ['a list', (it: object) => [{ '@type': 'BreadcrumbList' }, it]],
  [
    'a graph',
    (it: object) => ({ '@context': 'x', '@graph': [{ '@type': 'WebSite', name: 'y' }, it] }),
  ],
  ['the main entity of a page', (it: object) => ({ '@type': 'WebPage', mainEntity: it })],
  ['lists in lists', (it: object) => [[[it]]]],
])('an article is found in %s of JSON-LD', async (_, wrap) => {
  const article = await read(jsonLd(wrap(newsArticle)))
  expect(article).toMatchObject({ title: 'The headline', published: '2026-04-13T09:30:00+03:00' })
})

test.each([
  'NewsArticle',
  'Article',
  'ReportageNewsArticle',
  'BlogPosting',
  'LiveBlogPosting',
  'https://schema.org/OpinionNewsArticle',
  'https://schema.org/Report',
  ['AnalysisNewsArticle', 'Thing'],
])('%j is a type of article', async (type) => {
  const article = await read(dated + jsonLd({ ...newsArticle, '@type': type }))
  expect(article.title).toBe('The headline')
})

test.each(['WebPage', 'Product', 'ArticleList', 'VideoObject', 5, null])(
  '%j is no type of article',
  async (type) => {
    const article = await read(dated + jsonLd({ ...newsArticle, '@type': type }))
    expect(article.title).toBe('The title')
  },
)

test('of several articles the one with a headline counts, in a script that says what it is', async () => {
  const headless = { '@type': 'Article', datePublished: '2020-01-01' }
  const value = { ...newsArticle, headline: { '@value': 'A value', '@language': 'en' } }
  expect((await read(jsonLd([headless, value]))).title).toBe('A value')
  const untyped = `<script>${JSON.stringify(newsArticle)}</script>`
  expect((await read(dated + untyped)).title).toBe('The title')
})

test('references within a graph are followed, also in a circle', async () => {
  const article = await read(
    jsonLd({
      '@graph': [
        {
          ...newsArticle,
          '@id': '#article',
          author: [{ '@id': '#jane' }, { '@id': '#nobody' }, { '@id': '#article' }, {}],
          publisher: { '@id': '#paper' },
          image: { '@id': '#image' },
        },
        { '@type': 'Person', '@id': '#jane', name: 'Jane Doe' },
        { '@type': 'Organization', '@id': '#paper', name: 'The Graph', url: 'https://g.example/' },
        { '@type': 'ImageObject', '@id': '#image', contentUrl: 'https://example.org/g.jpg' },
        { '@type': 'Thing', name: 'Without an id' },
      ],
    }),
  )
  expect(article).toMatchObject({
    authors: ['Jane Doe'],
    publisher: { name: 'The Graph', url: 'https://g.example/' },
    image: { url: 'https://example.org/g.jpg' },
  })
})

test.each([
  ['Jane Doe', ['Jane Doe']],
  [{ name: 'Jane Doe' }, ['Jane Doe']],
  [
    [{ name: 'Jane Doe' }, 'John Roe', { name: ['A', 'B'] }],
    ['Jane Doe', 'John Roe', 'A', 'B'],
  ],
  ['https://example.org/jane', []],
  [[null, 5, {}, []], []],
])('the author %j is %j', async (author, names) => {
  expect((await read(jsonLd({ ...newsArticle, author }))).authors).toEqual(names)
})

test.each([
  ['https://example.org/a.jpg', { url: 'https://example.org/a.jpg' }],
  [
    ['https://example.org/a.jpg', 'https://example.org/b.jpg'],
    { url: 'https://example.org/a.jpg' },
  ],
  [
    [{ url: 'https://example.org/a.jpg', caption: 'c' }],
    { url: 'https://example.org/a.jpg', caption: 'c' },
  ],
  [{ caption: 'without address' }, undefined],
])('the image %j is %j', async (image, expected) => {
  expect((await read(jsonLd({ ...newsArticle, image }))).image).toEqual(expected)
})

test('keywords may be a list, in which a comma is part of a name', async () => {
  const article = await read(jsonLd({ ...newsArticle, keywords: ['one, and', { name: 'two' }] }))
  expect(article.tags).toEqual(['one, and', 'two'])
})

test('a profile address is no author, and the plain meta author serves instead', async () => {
  const article = await read(
    `${dated}<meta property="article:author" content="https://facebook.com/jane"><meta name="author" content="Jane Doe">`,
  )
  expect(article.authors).toEqual(['Jane Doe'])
})

test('entities that JSON-LD has by mistake are read, and markup is not', async () => {
  const headline = 'Fish &amp; chips&#8217; &lt;price&gt; <b>1 < 2'
  expect((await read(jsonLd({ ...newsArticle, headline }).replace('</b', '<\\/b'))).title).toBe(
    'Fish & chips’ <price> <b>1 < 2',
  )
})

test.each(['{broken', '', '[', 'null', '5', '"text"', '['.repeat(200_000), '{"@graph":5}'])(
  'JSON-LD that is broken or no article is passed over: %#',
  async (text) => {
    const broken = `<script type="application/ld+json">${text}</script>`
    expect((await read(dated + broken)).title).toBe('The title')
    expect((await read(broken + jsonLd(newsArticle))).title).toBe('The headline')
  },
)

test.each([
  ['Heading | The Site', 'Heading', 'Heading'],
  ['Heading — The Site', '<span>Heading</span>\n', 'Heading'],
  ['Profit | Loss', 'Something else', 'Profit | Loss'],
  ['', 'Heading', 'Heading'],
  ['Title - Site', '', 'Title - Site'],
])('of the title %j over the heading %j, %j is the title', async (title, heading, expected) => {
  const head = `<title>${title}</title><meta name="date" content="2026-04-13">`
  expect((await read(head, `<h1>${heading}</h1>${paragraph}`)).title).toBe(expected)
})

test.each(['The title', 'Başlık', 'العنوان هنا', 'Заголовок статьи'])(
  'the heading %s that repeats the title is not in the text a second time',
  async (title) => {
    const head = `<title>${title}</title><meta name="date" content="2026-04-13">`
    for (const name of ['h1', 'h2']) {
      const heading = `<${name}>\n <em>${title.replace(' ', '\n ')}</em></${name}>`
      const body = `<article>${heading}${paragraph.repeat(6)}<h2>Between</h2>${paragraph}</article>`
      const story = storyOf(await read(head, body))
      expect(story).toMatch(/^(?:<article>)?\s*<p>A paragraph/)
      expect(story).toContain('Between')
    }
  },
)

test('the lead image is not in the text a second time, and leaves its caption', async () => {
  const head = `${dated}<meta property="og:image" content="https://example.org/lead.jpg?width=1200">`
  const figure = (name: string) =>
    `<figure><img src="https://example.org/${name}.jpg?width=640" alt=""><figcaption>Of ${name}</figcaption></figure>`
  const twice = await read(
    head,
    `<article>${figure('lead')}${paragraph.repeat(6)}${figure('b')}</article>`,
  )
  expect(twice.image?.caption).toBe('Of lead')
  expect(storyOf(twice)).not.toContain('lead')
  expect(storyOf(twice)).toContain('b.jpg')
  const other = await read(head, `<article>${figure('a')}${paragraph.repeat(6)}</article>`)
  expect(other.image?.caption).toBeUndefined()
  expect(storyOf(other)).toContain('a.jpg')
})

test('a relative lead image is known again in the text', async () => {
  const head = `${dated}<meta property="og:image" content="images/lead.jpg">`
  const story = storyOf(
    await read(
      head,
      `<article><p><img src="./images/lead.jpg"></p>${paragraph.repeat(6)}</article>`,
    ),
  )
  expect(story).not.toContain('lead.jpg')
})

test('nothing is left of a lead image in several formats', async () => {
  const head = `${dated}<meta property="og:image" content="https://example.org/lead.jpg">`
  const picture =
    '<picture><source srcset="lead.webp 1x"><img src="https://example.org/lead.jpg"></picture>'
  const story = storyOf(await read(head, `<article>${picture}${paragraph.repeat(6)}</article>`))
  expect(story).not.toMatch(/picture|source|lead/)
})

test('links are relative to the base that the page names, and else stay as they are', async () => {
  const body = `<article>${paragraph.repeat(6)}<p>See <a href="other">the other story</a>, as was told.</p></article>`
  expect(storyOf(await read(`${dated}<base href="https://example.org/a/">`, body))).toContain(
    'href="https://example.org/a/other"',
  )
  expect(storyOf(await read(dated, body))).toContain('href="other"')
})

test('an address that is no web address is not canonical', async () => {
  const link = '<link rel="Canonical" href="https://example.org/a">'
  const stated = { ...newsArticle, mainEntityOfPage: 'javascript:alert(1)', url: '/b' }
  expect((await read(jsonLd(stated) + link)).canonicalUrl).toBe('https://example.org/a')
  expect(await read(`${dated}<link rel="canonical" href="/a">`)).not.toHaveProperty('canonicalUrl')
})

test.each([
  ['2026-04-13', '2026-04-13'],
  ['2026-04-13T09:30:00.000Z', '2026-04-13T09:30:00.000Z'],
  [' 2026-04-13T09:30+0300 ', '2026-04-13T09:30+0300'],
  ['Mon, 13 Apr 2026 09:30:00 +0300', '2026-04-13T06:30:00.000Z'],
  ['Mon, 13 Apr 2026 09:30:00 GMT', '2026-04-13T09:30:00.000Z'],
])('the date %j is %j', async (content, published) => {
  const head = `<title>x</title><meta property="article:published_time" content="${content}">`
  expect((await read(head)).published).toBe(published)
})

test('a date that cannot be read gives way to the next that can', async () => {
  const head = `${dated}${jsonLd({ ...newsArticle, datePublished: '2026-02-30', dateModified: 'now' })}`
  const article = await read(head)
  expect(article.published).toBe('2026-04-13')
  expect(article).not.toHaveProperty('updated')
})

test.each(['April 13, 2026', '13.04.2026 09:30', '2026-02-30', '1776096000'])(
  'a page whose only date is %s is refused',
  async (date) => {
    const rejection = await rejectionOf(
      page(`<title>x</title><meta name="date" content="${date}">`),
    )
    expect(rejection.reason).toBe(`"${date}" is no date that exists`)
    expect(rejection.remedy).toContain('article:published_time')
  },
)

test('of several times in a page the one that says it is the date counts, then the first in the article', async () => {
  const aside = '<time datetime="2020-01-01">old</time>'
  const first = '<article><time datetime="2026-04-12">x</time>'
  const marked = '<time itemprop="datePublished" datetime="2026-04-13">x</time></article>'
  const published = async (times: string) =>
    (await html.read(page('<title>x</title>', times + paragraph))).published
  expect(await published(aside + first + marked)).toBe('2026-04-13')
  expect(await published(aside + first)).toBe('2026-04-12')
  expect(await published(aside)).toBe('2020-01-01')
})

test('a language that is none gives way to the language of the page', async () => {
  const inLanguage = { '@type': 'Language', name: 'English' }
  const article = await read(jsonLd({ ...newsArticle, inLanguage }), undefined, ' lang="tr"')
  expect(article.language).toBe('tr')
  expect(await read(dated, undefined, ' lang="en_US"')).not.toHaveProperty('language')
})

test('the text that JSON-LD states serves where the page has none', async () => {
  const stated = jsonLd({ ...newsArticle, articleBody: 'One &amp; two.\n\n Three. \n' })
  const article = await read(stated, '<div id="app"></div>')
  expect(article.body).toEqual([
    { kind: 'paragraph', text: 'One & two.' },
    { kind: 'paragraph', text: 'Three.' },
  ])
  expect(await read(stated, '<p><img src="a.jpg"></p>')).toHaveProperty('body.0.text')
  expect(storyOf(await read(stated))).toContain('A paragraph')
})

test('a page without a title, a date or a story is refused', async () => {
  expect(await rejectionOf(page('<meta name="date" content="2026-04-13">'))).toMatchObject({
    reason: 'the page has no title',
    remedy: 'Give it a <title>.',
  })
  expect(await rejectionOf(page('<title>x</title>'))).toMatchObject({
    reason: 'the page has no date',
  })
  expect(await rejectionOf(page(dated, '<script>var story</script> '))).toMatchObject({
    reason: 'no story is found in the page',
  })
})

test.each([
  ['no html, head or body', `${dated}<h1>The title</h1>${paragraph}`],
  ['no body', `<!doctype html><html lang="en">${dated}${paragraph}`],
  ['no html', `<body>${dated}${paragraph}</body>`],
  ['only paragraphs', `${paragraph}${dated}`],
  [
    'XHTML',
    `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>${dated}</head><body>${paragraph}</body></html>`,
  ],
])('a page with %s is read all the same', async (_, text) => {
  const article = await html.read(text)
  expect(article).toMatchObject({ title: 'The title', published: '2026-04-13' })
  expect(storyOf(article)).toBe(paragraph)
})

test('a page that search engines may not index is an article all the same', async () => {
  expect((await read(`${dated}<meta name="robots" content="noindex">`)).title).toBe('The title')
})

test.each([
  ['nested elements', '<div>'.repeat(15_000), 'nested more than 250 deep'],
  ['nested elements that end', '<b>'.repeat(14_000) + '</b>'.repeat(14_000), 'nested more than'],
  ['elements', '<p>a, b, c</p>'.repeat(30_000), 'far more elements'],
  ['elements without words', '<li>'.repeat(20_000), 'far more elements'],
  ['stray marks', '<'.repeat(1_000_000), 'far more elements'],
  ['entities', '&amp;'.repeat(300_000), 'far more elements'],
])('tens of thousands of %s are refused in time', async (_, body, reason) => {
  await read(dated)
  const start = cpuTime()
  expect((await rejectionOf(page(dated, body))).reason).toContain(reason)
  expect(cpuTime() - start).toBeLessThan(3000)
})

test.each([
  [
    'a footer',
    '',
    `<footer><p>${'The Herald is published every day but Sunday. '.repeat(6)}</p></footer>`,
  ],
  [
    'comments',
    '',
    `<section class="comments"><h2>2 comments</h2><p>${'I waited on the quay all day. '.repeat(9)}</p></section>`,
  ],
  [
    'a menu',
    `<div>${'<p>Cookies are used on this page to know who you are.</p>'.repeat(5)}</div>`,
    '',
  ],
])('a short story is read, and not %s longer than it', async (_, before, after) => {
  const story = `<h1>The title</h1><p>${'One boat came home. '.repeat(6)}</p>`
  for (const name of ['article', 'main']) {
    const article = await read(dated, `${before}<${name}>${story}</${name}>${after}`)
    expect(storyOf(article)).toContain('One boat came home.')
    expect(storyOf(article)).not.toMatch(/Herald|quay|Cookies/)
  }
})

test('a dek is not repeated as the first paragraph, unless it is all there is', async () => {
  const head = `${dated}<meta name="description" content="What it is about.">`
  const dek = '<p>What it is\n about.</p>'
  const article = await read(head, `<article>${dek}${paragraph.repeat(4)}</article>`)
  expect(article.summary).toBe('What it is about.')
  expect(storyOf(article)).not.toContain('about')
  expect(storyOf(await read(head, `<article>${dek}</article>`))).toContain('about')
})

test('a picture above the text stays where there is no dek', async () => {
  const picture = '<p><img src="https://p.example/a.jpg" alt="A boat"></p>'
  const article = await read(dated, `<article>${picture}${paragraph.repeat(4)}</article>`)
  expect(storyOf(article)).toContain('https://p.example/a.jpg')
})

test('a quotation keeps who is quoted', async () => {
  const quote = '<blockquote><p>We waited.</p><footer>Birgit Dam, manager</footer></blockquote>'
  const article = await read(dated, `<article>${paragraph.repeat(4)}${quote}</article>`)
  expect(storyOf(article)).toContain('Birgit Dam, manager')
})

test.each(['id="comments"', 'class="wide comments-area"', 'class="comment-list"'])(
  'what readers wrote in <div %s> is no part of a story',
  async (attribute) => {
    const said = `<div ${attribute}><p>${'I waited on the quay all day. '.repeat(9)}</p></div>`
    const article = await read(dated, `<article><h1>The title</h1>${paragraph}${said}</article>`)
    expect(storyOf(article)).toContain(paragraph)
    expect(storyOf(article)).not.toContain('quay')
  },
)

test('an article among its comments is read', async () => {
  const comment = `${'<div>'.repeat(10)}<p>${'A reader has this to say. '.repeat(10)}${'</div>'.repeat(10)}`
  const comments = `<div class="comments">${comment.repeat(270)}</div>`
  const article = await read(dated, `<article>${paragraph.repeat(5)}</article>${comments}`)
  expect(storyOf(article)).toContain(paragraph.slice(3, -4))
})

test.each([
  ['a list of image sizes', `<p><img src="x.jpg" srcset="${'a'.repeat(300_000)} b"></p>`],
  ['lists of image sizes', `<p><img src="x" srcset="${'a'.repeat(1900)} b"></p>`.repeat(700)],
  [
    'lists of lazy images',
    `<p><img class="lazy" data-x="${'a'.repeat(1900)}.jpg 1 b"></p>`.repeat(500),
  ],
  ['an address of many images', `<p><img class="lazy" data-x="${'.jpg'.repeat(80_000)} b"></p>`],
  ['a name of blanks', `<meta property="${' '.repeat(300_000)}x" content="y">`],
  ['text without end', `<p>${'word '.repeat(300_000)}`],
  ['blank lines', `<p>a${'\n'.repeat(1_000_000)}b</p>`],
])('%s costs no more than its length', async (_, body) => {
  await read(dated)
  const start = cpuTime()
  await read(dated, `<article>${paragraph.repeat(5)}${body}</article>`)
  expect(cpuTime() - start).toBeLessThan(3000)
})
