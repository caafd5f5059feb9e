/** What is made alike of every format: addresses, names, types and characters. */
import { describe, expect, test } from 'vitest'
import type { Files } from '../support/folder.ts'
import { page } from '../support/page.ts'
import { articleIn, htmlFile, markdownFile, nitfFile, readFile } from '../support/read.ts'

const read = async (name: string, content: string, others: Files = {}) =>
  articleIn(await readFile(name, content, others))

const markdown = (matter: string, body = 'Text.') => markdownFile(body, matter)
const html = (head: string, body = '<p>Text.</p>') => htmlFile(body, head)
const nitf = (head: string, byline = '', body = '<p>Text.</p>') => nitfFile(body, { head, byline })

/** A PNG of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkM9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('an address', () => {
  test('is a URI wherever a file states one', async () => {
    const article = await read(
      'a.md',
      markdown(
        'canonical: https://a.example/b|c\nimage: https://a.example/d|e.jpg\naudio: https://a.example/f|g.mp3\n' +
          'source: {name: Paper, url: "https://a.example/h|i"}',
        '[j](<https://a.example/k|l m%>) ![n](https://a.example/o|p.jpg) <a href="/q|r?s|t">u</a> ' +
          '<a href="mailto:v|w@a.example">x</a> <a href="tel:1|2">y</a> ' +
          '<video src="z|1.mp4" poster="z|2.jpg"></video>',
      ),
    )
    expect(article).toMatchObject({
      canonicalUrl: 'https://a.example/b%7Cc',
      image: { url: 'https://a.example/d%7Ce.jpg', type: 'image/jpeg' },
      audio: { url: 'https://a.example/f%7Cg.mp3' },
      publisher: { url: 'https://a.example/h%7Ci' },
    })
    const addresses = [...article.content.matchAll(/(?:href|src|poster)="([^"]*)"/g)]
    expect(addresses.map(([, address]) => address)).toEqual([
      'https://a.example/k%7Cl%20m%25',
      'https://a.example/o%7Cp.jpg',
      'https://a.example/q%7Cr?s%7Ct',
      'mailto:v%7Cw@a.example',
      'tel:1%7C2',
      'https://a.example/z%7C1.mp4',
      'https://a.example/z%7C2.jpg',
    ])
  })

  const names = ['a b.png', 'a%b.png', '100%.png', 'a#b.png', 'a?b.png', 'a|b.png', 'İzmir é.png']

  test.each([...names, 'Großer Hafen (neu) #2.png', 'a #b?c%.png'])(
    'of a picture beside the article is one, however it is named and written: %s',
    async (name) => {
      for (const written of [name, encodeURIComponent(name)]) {
        const text = markdown(`image: "${written}"`, `![a](<${written}>)`)
        const { image, content } = await read('a.md', text, { [name]: png })
        const url = `/media/${encodeURIComponent(name)}`
        expect(image).toMatchObject({ url, type: 'image/png', width: 1 })
        expect(content).toContain(`src="${url}"`)
      }
    },
  )

  test('without a scheme is taken by https', async () => {
    const head = '<meta property="og:image" content="//cdn.example/a.png">'
    const body = '<p>Text.</p><img src="//cdn.example/b.png">'
    const { image, content } = await read('a.html', html(head, body))
    expect(image?.url).toBe('https://cdn.example/a.png')
    expect(content).toContain('src="https://cdn.example/b.png"')
  })

  test('whose host no host can have is none', async () => {
    const article = await read('a.md', markdown('canonical: "https://{x}.example/"'))
    expect(article.canonicalUrl).toBeUndefined()
  })
})

describe('what does not show', () => {
  test.each(['&shy;', '\u200b', '\u200e \u2060'])('is no text: %j', async (body) => {
    await expect(read('a.md', markdown('', body))).rejects.toThrow('no text')
  })

  test('is no title, and no dek', async () => {
    const { summary } = await read('a.md', markdown('summary: "\u200b"'))
    expect(summary).toBeUndefined()
    const untitled = markdown('').replace('The headline', '"\u200b"')
    await expect(read('b.md', untitled)).rejects.toThrow('title is empty')
  })
})

describe('names of tags and sections', () => {
  const tags = ['API', 'Q&A', 'AT&T', 'BMW', 'WHO', 'css', 'node.js', 'iphone']
  const escaped = tags.map((tag) => tag.replace('&', '&amp;'))

  test.each([
    ['Markdown', 'a.md', markdown(`section: WORLD news\ntags: ${JSON.stringify(tags)}`)],
    [
      'HTML',
      'a.html',
      html(
        `<meta property="article:section" content="WORLD news">${escaped.map((tag) => `<meta property="article:tag" content="${tag}">`).join('')}`,
      ),
    ],
    [
      'NITF',
      'a.xml',
      nitf(
        `<fixture fix-id="WORLD news"/><key-list>${escaped.map((tag) => `<keyword key="${tag}"/>`).join('')}</key-list>`,
      ),
    ],
  ])('stay as they are written in %s', async (_format, name, text) => {
    const article = await read(name, text)
    expect(article.tags.map((tag) => tag.name)).toEqual(tags)
    expect(article.tags.map((tag) => tag.slug).slice(0, 3)).toEqual(['api', 'q-and-a', 'at-and-t'])
    expect(article.section).toEqual({ name: 'WORLD news', slug: 'world-news' })
  })

  test('have single blanks and composed letters', async () => {
    const article = await read(
      'a.md',
      markdown('section: "Ca\u0301diz \u00a0 now"\ntags: [" e\u0301t\u00e9 "]'),
    )
    expect(article.section?.name).toBe('Cádiz now')
    expect(article.tags.map((tag) => tag.name)).toEqual(['été'])
  })

  test('lose the capitals that the layout of a page gave them', async () => {
    const article = await read('a.txt', page({ section: 'WAR ON GAZA' }))
    expect(article.section).toEqual({ name: 'War on Gaza', slug: 'war-on-gaza' })
  })
})

describe('an author', () => {
  const ada = { name: 'Ada Lovelace', slug: 'ada-lovelace', email: 'ada@example.org' }

  test.each([
    ['Markdown', 'a.md', markdown('authors: [Ada Lovelace <ada@example.org>]')],
    ['HTML', 'a.html', html('<meta name="author" content="ada@example.org (Ada Lovelace)">')],
    ['NITF', 'a.xml', nitf('', '<byline>By Ada Lovelace, ada@example.org</byline>')],
  ])('has the address beside the name in %s, and not in it', async (_format, name, text) => {
    expect((await read(name, text)).authors).toEqual([ada])
  })

  test.each([
    ['a.txt', page({ author: 'Ada Lovelace, ada@example.org' })],
    ['a.html', html('', '<p class="byline">By Ada Lovelace ada@example.org</p><p>Text.</p>')],
  ])('whose address is only seen in a page has none: %s', async (name, text) => {
    expect((await read(name, text)).authors).toEqual([
      { name: 'Ada Lovelace', slug: 'ada-lovelace' },
    ])
  })

  test('is nobody where there is an address alone', async () => {
    expect((await read('a.md', markdown('authors: ada@example.org'))).authors).toEqual([])
    const both = await read(
      'a.html',
      html(
        '<meta name="author" content="mailto:desk@example.org">',
        '<p class="byline">By Ada Lovelace</p><p>Text.</p>',
      ),
    )
    expect(both.authors.map(({ name }) => name)).toEqual(['Ada Lovelace'])
  })
})

describe('the type of an image or a recording', () => {
  test.each(['a.mp4', 'a.html', 'a.pdf', 'a.mp3', 'a', 'a.php?b=c.png'])(
    'is not told by an address that is none of an image: %s',
    async (name) => {
      const { image } = await read('a.md', markdown(`image: https://a.example/${name}`))
      expect(image).toEqual({ url: `https://a.example/${name}` })
    },
  )

  test('is that of a film as well', async () => {
    const { audio } = await read('a.md', markdown('audio: https://a.example/a.mp4'))
    expect(audio).toEqual({ url: 'https://a.example/a.mp4', type: 'video/mp4' })
    expect(await read('a.md', markdown('audio: https://a.example/a.pdf'))).not.toHaveProperty(
      'audio',
    )
  })

  test('is looked for in a file of ours, which else is not meant', async () => {
    const files = { 'a.mp3': 'ID3', 'a.png': png }
    expect(await read('a.md', markdown('image: a.mp3'), files)).not.toHaveProperty('image')
    expect(await read('a.md', markdown('audio: a.png'), files)).not.toHaveProperty('audio')
  })
})

describe('a C1 control character is what windows-1252 has there', () => {
  const text = 'It\u0092s \u0093so\u0094 \u0096 \u0080 1\u0085\u0081'
  const references = text.replace(/[\u0080-\u009f]/g, (char) => `&#${char.charCodeAt(0)};`)
  const hexadecimal = references.replace(/\d+(?=;)/g, (code) => `x${Number(code).toString(16)}`)
  const escaped = 'summary: "It\\x92s \\x93so\\x94 \\x96 \\x80 1\\x85\\x81"'
  const meant = 'It’s “so” – € 1…'

  const inMarkup = [text, references].flatMap((written) => [
    html(`<meta name="description" content="${written}">`, `<p>${written} And so on.</p>`),
    nitf('', `<abstract>${written}</abstract>`, `<p>${written}</p>`),
  ])

  test.each([
    ['a.txt', page({ dek: text, body: text })],
    ['a.md', markdown(`summary: ${text}`, text)],
    ['a.md', markdown(escaped, references)],
    ['a.md', markdown(`summary: ${text}`, hexadecimal)],
    ...inMarkup.map((file): [string, string] => ['a.txt', file]),
  ])('in %s %#, raw or as a reference', async (name, file) => {
    const article = await read(name, file)
    expect(article.summary).toBe(meant)
    expect(article.content).toContain(meant)
    expect(JSON.stringify(article)).not.toMatch(/[\u0080-\u009f\ufffd]/)
  })

  test.each([
    ['in Markdown', '[a](https://a.example/ "It&#146;s")', 'It’s'],
    ['with a definition', '[a][b]\n\n[b]: https://a.example/ "It&#x92;s"', 'It’s'],
    ['of a picture', '![a&#0146;b](https://a.example/c.png "It&#146;s")', 'It’s'],
    ['beside what a picture shows', '![It&#146;s](https://a.example/c.png "b")', 'It’s'],
    ['with an address alone', '[a](https://a.example/It&#146;s)', '/It%E2%80%99s"'],
    ['unless it is shown as it is written', '<https://a.example/It&#146;s>', '/It&amp;#146;s">'],
  ])('in the title and the address of a link: %s', async (_what, written, shown) => {
    const { content } = await read('a.md', markdown('', written))
    expect(content).toContain(shown)
    expect(content).not.toContain('\ufffd')
  })

  test('in names too, and a code stays the code it is', async () => {
    const article = await read(
      'a.md',
      markdown(
        'section: "Q\u0092s"\ntags: ["A\u0096b"]\nauthors: ["O\u0092Neil"]',
        '`&#146;` &#161; ![a&#146;b](https://a.example/c.png)',
      ),
    )
    expect(article.section?.name).toBe('Q’s')
    expect(article.tags.map(({ name }) => name)).toEqual(['A–b'])
    expect(article.authors).toEqual([{ name: 'O’Neil', slug: 'o-neil' }])
    expect(article.content).toContain('<code>&amp;#146;</code> ¡')
    expect(article.content).toContain('alt="a’b"')
  })
})
