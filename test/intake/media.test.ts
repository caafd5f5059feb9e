/** Pictures, films and sound in the text, as pages and posts have them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { namesIn } from '../../src/intake/file-names.ts'
import { FolderReader } from '../../src/intake/folder-reader.ts'
import { withPlainMedia } from '../../src/intake/plain-media.ts'
import { withPlayerLinks } from '../../src/intake/player-links.ts'
import { readArticle } from '../../src/intake/read-article.ts'
import { safeHtml } from '../../src/intake/safe-html.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { type Files, temporaryFolder } from '../support/folder.ts'
import { randomFrom } from '../support/random.ts'
import {
  articleIn,
  htmlFile,
  markdownFile,
  nitfFile,
  readFile,
  readingSettings,
} from '../support/read.ts'

const shown = (html: string) => safeHtml(withPlayerLinks(withPlainMedia(html)), (url) => url)

/** A GIF of one pixel. */
const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

/** A PNG of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkM9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const svg = (attributes: string) =>
  `<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><path d="M0 0h9"/></svg>`

describe('a picture that loads late', () => {
  const names =
    'data-src data-lazy-src data-original data-lazy data-ll-src data-orig-src data-actualsrc data-echo'

  test.each(names.split(' '))('is where %s says', (name) => {
    for (const src of ['', `src="${pixel}"`, 'src="/img/blank.gif"', 'src="small.jpg"']) {
      const html = `<p>a<img class="lazyload" style="opacity:0" ${src} ${name}="b.jpg" alt="B" width="9">c</p>`
      expect(shown(html)).toBe('<p>a<img src="b.jpg" alt="B" width="9" />c</p>')
    }
  })

  test.each([
    ['a list of sizes of its own', `src="${pixel}" data-srcset="s.jpg 400w,b.jpg 1200w"`],
    ['a list of sizes alone', 'srcset="s.jpg 400w, b.jpg 1200w"'],
    ['densities', 'srcset="s.jpg, b.jpg 2x"'],
    ['a list without blanks after its commas', 'srcset="s,1.jpg 400w,b.jpg 800w"'],
    ['sizes that are too large', 'srcset="h.jpg 4000w, b.jpg 1600w, s.jpg 320w"'],
    ['nothing but sizes that are too large', 'srcset="h.jpg 9000w, b.jpg 4000w"'],
    [
      'an attribute of which nobody has told us',
      `src="${pixel}" data-large-file="b.jpg?x=1"`,
      '?x=1',
    ],
  ])('is found in %s', (_what, attributes, query = '') => {
    expect(shown(`<img ${attributes} alt="">`)).toBe(`<img src="b.jpg${query}" alt="" />`)
  })

  test.each([
    ['a switch', '<img src="a.jpg" data-lazy="true">'],
    ['a template', '<img src="a.jpg" data-src="a_{width}x.jpg">'],
    ['its place in a list', '<img src="a.jpg" data-original="3">'],
    ['an address of a page', '<img src="a.jpg" data-link="https://a.example/b.jpg">'],
    ['data', `<img src="a.jpg" data-src="${pixel}">`],
    ['other sizes', '<img src="a.jpg" srcset="b.jpg 2x">'],
  ])('is not %s', (_what, html) => {
    expect(shown(html)).toBe('<img src="a.jpg" />')
  })

  test.each([
    [
      'after it',
      `<img src="${pixel}" data-src="a-300x200.jpg"><noscript><img src="a.jpg"></noscript>`,
      'a-300x200.jpg',
    ],
    [
      'before it',
      '<noscript><img src="a.jpg"></noscript><img src="" data-src="a.jpg?w=9">',
      'a.jpg?w=9',
    ],
    [
      'beside one of a single colour',
      '<img src="/i/grey-placeholder.png"><noscript><img src="a.jpg"></noscript>',
      'a.jpg',
    ],
    [
      'with all its sizes',
      `<noscript><picture><source srcset="a.webp"><img src="a.jpg"></picture></noscript>`,
      'a.jpg',
    ],
    ['and nothing else', '<noscript>Turn it on! <img src="a.jpg"></noscript>', 'a.jpg'],
  ])('is shown once, though it stands in a noscript %s', (_what, html, src) => {
    expect(shown(`<p>b${html}c</p>`)).toBe(`<p>b<img src="${src}" />c</p>`)
  })

  test.each([
    [
      'late',
      `<img src="${pixel}" data-src="a.jpg"><noscript><img src="a.jpg" alt="B &amp; c"></noscript>`,
    ],
    [
      'at once',
      '<img src="a.jpg" alt=""><noscript><img src="a.jpg?w=9" alt="B &amp; c"></noscript>',
    ],
  ])('shows what a noscript alone says of it, also one that loads %s', (_when, html) => {
    expect(shown(html)).toBe('<img alt="B &amp; c" src="a.jpg" />')
  })

  test.each([' ', '\n', ' class="b"'])('follows an end tag with %j behind its name', (behind) => {
    const html = `<p>a<b>b</b${behind}><img data-src="c.jpg"></p>`
    expect(shown(html)).toBe('<p>a<b>b</b><img src="c.jpg" /></p>')
  })

  test('takes nothing twice where a film stands with it in a noscript', () => {
    const html =
      '<img src="/blank.gif"><noscript><img src="a.jpg"><video data-src="b.mp4"></video></noscript><p>c</p>'
    expect(shown(html)).toBe('<img src="a.jpg" /><p>c</p>')
  })

  test('is none where a noscript counts readers', () => {
    const html = '<noscript><img src="https://t.example/p.gif" width="1" height="1"></noscript>'
    expect(shown(`<p>a${html}</p>`)).toBe('<p>a</p>')
  })

  test.each([
    ['<picture><source srcset="a.webp 1x"><img alt="A"></picture>', '<img src="a.webp" alt="A" />'],
    ['<picture><source data-srcset="a.webp, b.webp 2x"></picture>', '<img src="b.webp" />'],
    ['<picture><source srcset="a.webp"><img src="a.jpg"></picture>', '<img src="a.jpg" />'],
    [
      '<amp-img src="a.jpg" alt="A"><amp-img placeholder src="b.jpg"></amp-img></amp-img>',
      '<img src="a.jpg" alt="A" />',
    ],
  ])('may be in a picture element, or AMP: %s', (html, expected) => {
    expect(shown(html)).toBe(expected)
  })

  test('that is data, and no stand-in for another, goes', () => {
    expect(shown('<p>a<img src="data:image/png;base64,AAAA" alt="A">b</p>')).toBe('<p>ab</p>')
  })

  test('is found in a page as it is in Markdown', async () => {
    const img = `<img src="${pixel}" data-srcset="https://a.example/s.jpg 9w, https://a.example/b.jpg 900w" alt="B">`
    for (const [name, file] of [
      ['a.md', markdownFile(`Text. ${img}`)],
      ['a.html', htmlFile(`<p>Text. ${img}</p>`)],
    ] as const) {
      const { content } = articleIn(await readFile(name, file))
      expect(content, name).toContain('<img src="https://a.example/b.jpg" alt="B" />')
    }
  })
})

describe('a film or a player', () => {
  const film = 'https://www.youtube.com/embed/abc'
  const link = (text: string, lang = '') => `<a href="${film}"${lang}>${text}</a>`

  test.each([
    [
      'by its title',
      `<iframe src="${film}" title=" The  dock "></iframe>`,
      `<p>${link('The dock')}</p>`,
    ],
    [
      'by who shows it',
      `<iframe src="${film}"></iframe>`,
      `<p>${link('YouTube video', ' lang="en"')}</p>`,
    ],
    [
      'in a paragraph',
      `<p>a <iframe src="${film}" title="b"></iframe></p>`,
      `<p>a ${link('b')}</p>`,
    ],
    [
      'in a figure',
      `<figure><iframe src="${film}" title="b"></iframe><figcaption>c</figcaption></figure>`,
      `<figure><p>${link('b')}</p><figcaption>c</figcaption></figure>`,
    ],
    [
      'that loads late',
      `<iframe src="about:blank" data-lazy-src="${film}" title="b"></iframe><noscript><iframe src="${film}" title="b"></iframe></noscript>`,
      `<p>${link('b')}</p>`,
    ],
    [
      'in a noscript alone',
      `<noscript><iframe src="${film}" title="b"></iframe></noscript>`,
      `<p>${link('b')}</p>`,
    ],
    ['without an end', `<iframe src="${film}" title="b" /><p>c</p>`, `<p>${link('b')}</p><p>c</p>`],
    [
      'without an end, before another one',
      `<iframe src="${film}" title="b" /><p>c</p><iframe src="${film}" title="d"></iframe>`,
      `<p>${link('b')}</p><p>c</p><p>${link('d')}</p>`,
    ],
    [
      'that is not closed',
      `<iframe src="${film}" title="b"><p>c</p>`,
      `<p>${link('b')}</p><p>c</p>`,
    ],
    [
      'with a picture',
      `<iframe src="${film}" title="b" poster="p.jpg"></iframe>`,
      `<p>${link('<img src="p.jpg" alt="b" />')}</p>`,
    ],
    [
      'in a link',
      `<a href="/c"><iframe src="${film}" title="b"></iframe></a>`,
      '<a href="/c">b</a>',
    ],
    ['as an embed', `<embed src="${film}" title="b">`, `<p>${link('b')}</p>`],
    [
      'as an object',
      `<object data="${film}" title="b"><p>Get a plug-in!</p></object>`,
      `<p>${link('b')}</p>`,
    ],
    [
      'of old',
      `<object title="b"><param name="movie" value="${film}"><embed src="${film}"></object>`,
      `<p>${link('b')}</p>`,
    ],
  ])('becomes a link: %s', (_what, html, expected) => {
    expect(shown(html)).toBe(expected)
  })

  test.each([
    ['//player.vimeo.com/video/1', 'Vimeo video'],
    ['https://open.spotify.com/embed/episode/1', 'Spotify recording'],
    ['https://w.soundcloud.com/player/?url=1', 'SoundCloud recording'],
    ['https://www.facebook.com/plugins/post.php?href=1', 'Facebook post'],
    ['https://www.google.com/maps/embed?pb=1', 'Google map'],
    ['https://datawrapper.dwcdn.net/1/', 'Datawrapper chart'],
    ['https://www.harbour.example/live', 'Content from harbour.example'],
    ['files/tide.pdf?x=1', 'tide.pdf'],
  ])('of %s is named %s', (src, name) => {
    expect(shown(`<iframe src="${src}"></iframe>`)).toBe(
      `<p><a href="${src}" lang="en">${name}</a></p>`,
    )
  })

  test.each([
    [
      '<lite-youtube videoid="a-b_c" playlabel="Dock"><a href="x">Play</a></lite-youtube>',
      'https://www.youtube.com/watch?v=a-b_c',
      'Dock',
    ],
    [
      '<amp-youtube data-videoid="abc" title="Dock"></amp-youtube>',
      'https://www.youtube.com/watch?v=abc',
      'Dock',
    ],
    ['<lite-vimeo videoid="123" title="Dock"></lite-vimeo>', 'https://vimeo.com/123', 'Dock'],
    [
      '<div data-youtube-id="abcdefghijk" title="Dock"></div>',
      'https://www.youtube.com/watch?v=abcdefghijk',
      'Dock',
    ],
    [
      '<amp-iframe src="https://a.example/b" title="Dock"><amp-img placeholder src="p.jpg"></amp-img></amp-iframe>',
      'https://a.example/b',
      'Dock',
    ],
  ])('that a script would make is one: %s', (html, address, title) => {
    expect(shown(html)).toContain(`<a href="${address}">${title}</a>`)
    expect(shown(withPlainMedia(html))).toBe(shown(html))
  })

  test.each([
    [
      '<script src="https://gist.github.com/ann/0a1b2c3d4e.js?file=a.js"></script>',
      '<p><a href="https://gist.github.com/ann/0a1b2c3d4e" lang="en">GitHub code</a></p>',
    ],
    [
      '<script id="asciicast-12" src="https://asciinema.org/a/12.js" async></script>',
      '<p><a href="https://asciinema.org/a/12" lang="en">asciinema recording</a></p>',
    ],
    ['<script src="https://a.example/12.js"></script>', ''],
  ])('that a script writes into its page is one: %s', (html, link) => {
    expect(shown(html)).toBe(link)
  })

  test('has the picture that a library shows for it', () => {
    const html = `<lite-youtube videoid="abc" playlabel="Dock" style="background-image: url('https://i.example/p.jpg')"></lite-youtube>`
    expect(shown(html)).toBe(
      '<p><a href="https://www.youtube.com/watch?v=abc"><img src="https://i.example/p.jpg" alt="Dock" /></a></p>',
    )
  })

  test.each([
    '<iframe></iframe>',
    '<iframe src="about:blank"></iframe>',
    '<iframe src="javascript:alert(1)" title="b"></iframe>',
    '<iframe src="data:text/html,b" title="b"></iframe>',
    '<iframe srcdoc="<b>b</b>"></iframe>',
    '<iframe src="https://a.example/" width="1" height="1"></iframe>',
    '<iframe src="https://a.example/" hidden></iframe>',
    '<iframe src="https://a.example/" style="display:none"></iframe>',
    '<iframe src="https://a.example/" title="b" style="position: absolute; clip: rect(1px, 1px, 1px, 1px);"></iframe>',
    '<iframe src="https://www.googletagmanager.com/ns.html?id=1" title="b"></iframe>',
    '<noscript><iframe src="https://a.example/" height="0" width="0"></iframe></noscript>',
    '<iframe src="page_files/saved_resource.html"></iframe>',
    '<embed src="menu.swf">',
    '<object data="menu.swf"></object>',
  ])('that nobody could open, or is meant to see, goes: %s', (html) => {
    expect(shown(`<p>a</p>${html}<p>b</p>`)).toBe('<p>a</p><p>b</p>')
  })

  test('leaves what stands in for it where nothing shows it any more', () => {
    expect(shown('<object data="a.swf"><p>The <b>dock</b></p></object>')).toBe(
      '<p>The <b>dock</b></p>',
    )
    expect(shown('<object data="a.jpg" type="image/jpeg">The dock</object>')).toBe(
      '<img src="a.jpg" alt="The dock" />',
    )
  })

  test.each([
    [
      '<img src="a.mp4?x=1" alt="The dock">',
      '<video src="a.mp4?x=1" controls><a href="a.mp4?x=1">The dock</a></video>',
    ],
    ['<img src="a.mp3" alt="">', '<audio src="a.mp3" controls></audio>'],
    ['<img src="b/a.pdf" alt="">', '<a href="b/a.pdf">a.pdf</a>'],
    [
      '<video data-src="a.mp4" data-poster="p.jpg"></video>',
      '<video src="a.mp4" poster="p.jpg" controls></video>',
    ],
    [
      '<video><source data-src="a.mp4" type="video/mp4"></video>',
      '<video controls><source type="video/mp4" src="a.mp4" /></video>',
    ],
  ])('may be written like a picture, or load late: %s', (html, expected) => {
    expect(shown(html)).toBe(expected)
  })

  test.each([
    ['Markdown', 'a.md', markdownFile(`<iframe src="${film}" title="Dock"></iframe>`)],
    [
      'HTML',
      'a.html',
      htmlFile(`<div class="video"><iframe src="${film}" title="Dock"></iframe></div>`),
    ],
    [
      'HTML with its title',
      'b.html',
      htmlFile(`<h1>The headline</h1><div><iframe src="${film}" title="Dock"></iframe></div>`),
    ],
  ])('alone is an article in %s', async (_format, name, file) => {
    const { content } = articleIn(await readFile(name, file))
    expect(content.replaceAll(/<\/?div>/g, '')).toBe(`<p>${link('Dock')}</p>`)
  })

  test('in a noscript of a page ends where it ended', async () => {
    const frame = '<noscript><iframe src="https://a.example/" hidden></iframe></noscript>'
    const { content } = articleIn(await readFile('a.html', htmlFile(`${frame}<p>Text.</p>`)))
    expect(content).toContain('Text.')
  })

  test('stays in a page beside its text, which ends where it ended', async () => {
    const paragraph = `<p>${'A paragraph, with commas, that is long enough for a story. '.repeat(3)}</p>`
    const frame = `<div class="embed"><iframe src="https://a.example/dock" title="Dock"></iframe></div>`
    const file = htmlFile(`<h1>The headline</h1>${paragraph}${frame}${paragraph.repeat(2)}`)
    const { content } = articleIn(await readFile('a.html', file))
    expect(content).toContain('<a href="https://a.example/dock">Dock</a>')
    expect(content.match(/A paragraph/g)).toHaveLength(9)
  })

  test('of an NITF story is one as well', async () => {
    const media = (type: string, source: string) =>
      `<media media-type="${type}"><media-reference source="https://a.example/${source}"/><media-caption>C</media-caption></media>`
    const story = `<p>Text.</p>${media('video', 'a.mp4')}${media('audio', 'lead.mp3')}${media('audio', 'b.mp3')}`
    const { content, audio } = articleIn(await readFile('a.xml', nitfFile(story)))
    expect(audio?.url).toBe('https://a.example/lead.mp3')
    expect(content).toBe(
      '<p>Text.</p><figure><video src="https://a.example/a.mp4" controls></video><figcaption>C</figcaption></figure>' +
        '<figure><audio src="https://a.example/b.mp3" controls></audio><figcaption>C</figcaption></figure>',
    )
  })
})

/** Reads `content/posts/a.md` beside other files. */
async function readPost(text: string, files: Files) {
  const outcome = await readFile('content/posts/a.md', text, files)
  if (outcome.kind !== 'article') throw new Error(JSON.stringify(outcome))
  return outcome
}

describe('a picture of our own', () => {
  test.each([
    ['/img/a.png', 'img/a.png'],
    ['/img/a.png', 'static/img/a.png'],
    ['/img/a.png', 'public/img/a.png'],
    ['/img/a.png', 'assets/img/a.png'],
    ['/img/a.png', 'content/img/a.png'],
    ['/img/a.png?v=2#b', 'content/posts/img/a.png'],
    ['/assets/a.png', 'assets/a.png'],
    ['img/a.png', 'static/img/a.png'],
    ['a.png', 'content/posts/a/a.png'],
    ['./src/shots/a.png', 'src/shots/a.png'],
    ['../img/a.png', 'content/posts/img/a.png'],
    ['img\\a.png', 'content/posts/img/a.png'],
  ])('is found as site generators have it: %s at %s', async (written, path) => {
    const { content, notes } = await readPost(
      markdownFile(`![A](<${written}>)`, `image: '${written}'`),
      {
        [path]: png,
      },
    )
    expect(content.content).toContain(`<img src="/media/${path}" alt="A" />`)
    expect(content.image).toMatchObject({ url: `/media/${path}`, width: 1 })
    expect(notes).toEqual([])
  })

  test('is the one beside the article before one elsewhere, and none that only has the name', async () => {
    const beside = await readPost(markdownFile('![A](b/a.png)'), {
      'content/posts/b/a.png': png,
      'b/a.png': png,
    })
    expect(beside.content.content).toContain('/media/content/posts/b/a.png')
    const named = await readPost(markdownFile('![A](a.png)'), { 'a.png': png, 'static/a.png': png })
    expect(named.content.content).toBe('<p>A</p>')
  })

  test('is found in any folder above where a note shows it by its name alone', async () => {
    const note = await readPost(markdownFile('![[A b.png]] ![[no.png]]'), { 'A b.png': png })
    expect(note.content.content).toBe('<p><img src="/media/A%20b.png" alt="" /> </p>')
    expect(note.notes.map(({ text }) => text)).toEqual([
      '"no.png" is not in the articles folder and is not shown',
    ])
  })

  test.each([
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ])('is found though it is written as %s and named as %s', async (written, named) => {
    const name = 'größe é/ağaç.png'
    const text = markdownFile(
      `![A](<${name.normalize(written)}>)`,
      `image: ${name.normalize(written)}`,
    )
    const { content } = await readPost(text, { [`content/posts/${name.normalize(named)}`]: png })
    const [folder = '', file = ''] = name.normalize(named).split('/')
    const url = `/media/content/posts/${encodeURIComponent(folder)}/${encodeURIComponent(file)}`
    expect(content.image?.url).toBe(url)
    expect(content.content).toContain(`src="${url}"`)
  })

  test('that is missing leaves its words, and one note for all places that name it', async () => {
    const text = markdownFile(
      '![The pier](img/pier.png) and ![the pier](img/pier.png)\n\n![Dusk](/dusk.jpg)',
      'image: img/pier.png\naudio: talk.mp3',
    )
    const { content, notes } = await readPost(text, {})
    expect(content.content).toBe('<p>The pier and the pier</p>\n<p>Dusk</p>')
    expect(content).not.toHaveProperty('image')
    expect(notes.map((note) => note.text)).toEqual(
      ['img/pier.png', 'talk.mp3', '/dusk.jpg'].map(
        (name) => `"${name}" is not in the articles folder and is not shown`,
      ),
    )
    expect(notes.map((note) => note.line)).toEqual([4, 5, 9])
  })

  test.each([
    ['![A pier](a.svg)', 'alt="A pier"'],
    ['<img src="a.svg?v=2" alt="A pier" width="9">', 'alt="A pier" width="9"'],
    ['<object data="a.svg" type="image/svg+xml">A pier</object>', 'alt="A pier"'],
    [
      '<object data="a.svg" width="9"><img src="a.png" alt="A pier"></object>',
      'alt="A pier" width="9"',
    ],
    ['<embed src="a.svg" title="A pier">', 'alt="A pier"'],
    ['<iframe src="a.svg" title="A pier"></iframe>', 'alt="A pier"'],
    ['{% svg a.svg alt="A pier" %}', 'alt="A pier"'],
    ['{{< svg src="a.svg" alt="A pier" >}}', 'alt="A pier"'],
    ['{% include figure.html src="a.svg" alt="A pier" %}', 'alt="A pier"'],
  ])('may be a drawing: %s', async (written, attributes) => {
    const { content, notes } = await readPost(markdownFile(written), {
      'content/posts/a.svg': svg('viewBox="0 0 30 20"'),
    })
    const image = `<img src="/media/content/posts/a.svg" ${attributes} />`
    expect([`<p>${image}</p>`, image]).toContain(content.content)
    expect(notes).toEqual([])
  })

  test('may be a drawing that a template of the site has in the page', async () => {
    const { content } = await readPost(
      markdownFile('<div>{% include drawn/pier.svg title="A pier" %}</div>'),
      { '_includes/drawn/pier.svg': svg('') },
    )
    expect(content.content).toBe(
      '<div><img src="/media/_includes/drawn/pier.svg" alt="A pier" /></div>',
    )
  })

  test('that is a drawing is one, and none that is compressed', async () => {
    const { content, notes } = await readPost(markdownFile('![A](a.svg)![B](b.svgz)'), {
      'content/posts/a.svg': '<html><svg></svg></html>',
      'content/posts/b.svgz': svg(''),
    })
    expect(content.content).toBe('<p>A B</p>')
    expect(notes.map(({ text }) => text)).toEqual([
      '"a.svg" is not shown, since it is no picture that can be read',
      '"b.svgz" is not shown, since it is compressed; save it as SVG',
    ])
  })

  test.each([
    ['../pier.png', 'static/posts/pier.png'],
    ['../../pier.png', 'static/pier.png'],
    // Not there on the site; and yet nothing else can be meant.
    ['../pier.png', 'static/pier.png'],
  ])('is where its page would find it: %s', async (written, path) => {
    const { content } = await readPost(markdownFile(`![A](${written})`), { [path]: png })
    expect(content.content).toBe(`<p><img src="/media/${path}" alt="A" /></p>`)
  })

  test('is where the page of a bundle would find it', async () => {
    const files = { 'static/posts/pier.png': png, 'static/pier.png': png }
    const path = 'content/posts/b/index.md'
    const { content } = articleIn(await readFile(path, markdownFile('![A](../pier.png)'), files))
    expect(content).toContain('/media/static/posts/pier.png')
  })

  test.each([
    '/../../secret.png',
    '../../../secret.png',
    '/.hidden/a.png',
    '.hidden/a.png',
    '/%2e%2e/secret.png',
  ])('is never outside of the folder, or hidden: %s', async (written) => {
    const outside = temporaryFolder({ 'secret.png': png })
    const root = join(outside, 'root')
    mkdirSync(join(root, '.hidden'), { recursive: true })
    writeFileSync(join(root, '.hidden/a.png'), png)
    writeFileSync(join(root, 'a.md'), markdownFile(`![A](${written})`))
    const outcome = await readArticle(
      { path: 'a.md' },
      { ...readingSettings, root, files: namesIn(root) },
    )
    expect(articleIn(outcome).content).toBe('<p>A</p>')
  })
})

describe('a file of our own', () => {
  test.each(['report.pdf', '/report.pdf', 'report.pdf#page=2'])(
    'is linked to: %s',
    async (written) => {
      const { content } = await readPost(markdownFile(`[Report](${written})`), {
        'content/posts/report.pdf': '%PDF-1.4',
      })
      expect(content.content).toContain('<a href="/media/content/posts/report.pdf')
    },
  )

  test('to watch or to hear is the recording of an article that has no other', async () => {
    const files = { 'content/posts/a.mp4': 'film', 'content/posts/b.mp3': 'sound' }
    const film = { url: '/media/content/posts/a.mp4', type: 'video/mp4', length: 4 }
    for (const written of ['<video src="a.mp4"></video>', '[Film](a.mp4) ![Film](a.mp4)']) {
      expect((await readPost(markdownFile(written), files)).content.audio).toEqual(film)
    }
    const sound = { url: '/media/content/posts/b.mp3', type: 'audio/mpeg', length: 5 }
    const stated = markdownFile('<video src="a.mp4"></video>', 'audio: b.mp3')
    expect((await readPost(stated, files)).content.audio).toEqual(sound)
    const two = markdownFile('[Film](a.mp4) [Sound](b.mp3)')
    expect((await readPost(two, files)).content).not.toHaveProperty('audio')
  })
})

describe('what is said of the lead picture', () => {
  const matter =
    'image: {url: "https://a.example/pier.jpg", alt: Pier, caption: In fog, credit: Mira}'
  const figcaption = '<figcaption>In fog / Mira</figcaption>'
  const read = async (body: string) => articleIn(await readFile('a.md', markdownFile(body, matter)))
  const small = 'https://a.example/pier-300x200.jpg'

  test.each([
    [
      'in a paragraph of its own',
      `![Dusk](${small})`,
      `<figure><img src="${small}" alt="Dusk" />${figcaption}</figure>`,
    ],
    [
      'with a link',
      `[![Dusk](${small})](https://b.example/)`,
      `<figure><a href="https://b.example/"><img src="${small}" alt="Dusk" /></a>${figcaption}</figure>`,
    ],
    [
      'in a figure without a caption',
      `<figure><img src="${small}"></figure>`,
      `<figure><img src="${small}" alt="Pier" />${figcaption}</figure>`,
    ],
    [
      'among words',
      `See ![](${small})!`,
      `<p>See <img src="${small}" alt="Pier" /><small>In fog / Mira</small>!</p>`,
    ],
    [
      'among links',
      `[a](/x) [![](${small})](/b) [c](/c)`,
      `<p><a href="/x">a</a> <a href="/b"><img src="${small}" alt="Pier" /></a><small>In fog / Mira</small> <a href="/c">c</a></p>`,
    ],
    [
      'twice',
      `![a](${small})\n\n![b](${small})`,
      `<figure><img src="${small}" alt="a" />${figcaption}</figure>\n<p><img src="${small}" alt="b" /></p>`,
    ],
    [
      'in a figure with a caption',
      `<figure><img src="${small}" alt="x"><figcaption>Own</figcaption></figure>`,
      `<figure><img src="${small}" alt="x" /><figcaption>Own</figcaption></figure>`,
    ],
    [
      'beside another one',
      `![a](b.example/c.jpg) ![b](https://b.example/pier.jpg)`,
      '<p>a <img src="https://b.example/pier.jpg" alt="b" /></p>',
    ],
  ])('is said of it where the text shows it: %s', async (_where, body, expected) => {
    expect((await read(`${body}\n\nText.`)).content).toBe(`${expected}\n<p>Text.</p>`)
  })

  test('is what the text says of it where the file says nothing else', async () => {
    const body = `<figure><img src="${small}" alt="Dusk"><figcaption>The <b>pier</b></figcaption></figure>`
    const file = markdownFile(body, 'image: https://a.example/pier.jpg')
    expect(articleIn(await readFile('a.md', file)).image).toMatchObject({
      alt: 'Dusk',
      caption: 'The pier',
    })
  })
})

describe('what is made of media', () => {
  test('is clean, and stays as it is when it is made again', () => {
    const pieces = (
      '<p> </p> <a_href="x"> </a> <div> </div> <noscript> </noscript> <picture> </picture> <source_srcset="a_1x"> ' +
      '<img_src="a.jpg"_data-src="b.jpg"> <img_srcset="a.jpg_2x"_alt="B"> <img_src="c.mp4"_alt="C"> <img_alt="D"> ' +
      '<iframe_src="//a.b/c"> <iframe_src="//a.b/c"_title="<i>"/> </iframe> <object_data="//a.b/d"> </object> ' +
      '<object> <param_name=movie_value="//a.b/e"> <embed_src="//a.b/f"> <video_data-src="g.mp4"> </video> ' +
      '<lite-youtube_videoid="h"> </lite-youtube> <amp-img_src="i.jpg"> </amp-img> <amp-video_src="j.mp4"> ' +
      '</amp-video> <script> </script> <style> </style> <table> <td> </table> <li> text < " <!-- -->'
    )
      .split(' ')
      .map((piece) => piece.replaceAll('_', ' '))
    const random = randomFrom(20260413)
    for (let round = 0; round < 3000; round += 1) {
      const soup = Array.from({ length: 12 }, () => random.pick(pieces)).join('')
      const once = shown(soup)
      expect(shown(once), soup).toBe(once)
      expect(once, soup).not.toMatch(
        /<(?:iframe|object|embed|noscript|picture|amp-|lite-)|<[^>]* data-/,
      )
    }
  })

  const many = (piece: string) => piece.repeat(100_000)

  test.each([
    ['pictures', many('<img data-src="a.jpg">')],
    ['pictures that stand in for others', many('<img src="blank.gif" data-a="b">')],
    ['a list of sizes', `<img srcset="${many('a.jpg 1w, ')}">`],
    ['a list of commas', `<img srcset="${many(',,,,')} b">`],
    ['one long address', `<img data-src="${many('-100x100')}!.jpg">`],
    ['addresses of sizes', `<img data-src="${'-100x100'.repeat(900)}!.jpg">`.repeat(1000)],
    ['hidden pictures', many('<noscript><img src="a.jpg"></noscript>')],
    ['hidden pictures in each other', many('<noscript><img src="a.jpg">')],
    ['frames', many('<iframe src="//a.b/c"></iframe>')],
    ['frames in each other', many('<iframe src="//a.b/c">')],
    ['objects in each other', many('<object data="//a.b/c">')],
    ['words in an object', `<object data="a.jpg" type="image/a">${many('<b>a</b>')}</object>`],
    ['objects', many('<object data="a.jpg" type="image/a"><b>a</b></object>')],
    ['players', many('<lite-youtube videoid="a"></lite-youtube>')],
    ['tags that no one closes', many('<img data-src="<img ')],
  ])('takes no longer than its length allows: %s', (_what, html) => {
    const start = cpuTime()
    withPlayerLinks(withPlainMedia(html))
    expect(cpuTime() - start).toBeLessThan(3000)
  })

  test('of 100,000 names that lead nowhere is looked for in a time that fits them', async () => {
    for (const folder of ['', '/', 'ö/']) {
      const body = Array.from({ length: 60_000 }, (_, n) => `<img src="${folder}${n}.png">`).join(
        '',
      )
      const start = cpuTime()
      await readPost(markdownFile(`Text. ${body}`), {})
      expect(cpuTime() - start).toBeLessThan(5000)
    }
  })
})

describe('a picture that is not where its name says', () => {
  const shownIn = async (
    body: string,
    others: readonly string[],
    name = 'content/news/pier.md',
  ) => {
    const files = Object.fromEntries(others.map((path) => [path, path.endsWith('.md') ? 'x' : png]))
    const { content } = articleIn(await readFile(name, markdownFile(body), files))
    return /src="\/media\/([^"]*)"/.exec(content)?.[1]
  }

  test.each([
    ['is the one of that name that there is', '![A](cat.png)', ['static/pics/news/cat.png']],
    ['is the one of that name in a shortcode', '{{< image image="cat.png" >}}', ['pics/cat.png']],
    ['may have a name in other letters', '![A](Cat.PNG)', ['pics/cat.png']],
    ['may have a path in other letters', '![A](img/Cat.PNG)', ['content/news/img/cat.png']],
    ['may have its path in other letters', '![A](/Img/cat.png)', ['static/img/cat.png']],
    ['may have smaller copies', '![A](cat.png)', ['pics/cat.png', 'pics/thumbs-x80/cat.png']],
    ['may have a path of Windows', '![A](<fb\\cat.png>)', ['assets/pics/fb/cat.png']],
    [
      'lies below the front page',
      '![A](cat.png)',
      ['src/pics/cat.png', 'src/index.md', 'src/posts/one.md'],
    ],
    ['may be embedded from other notes', '![[cat.png]]', ['notes/cat.png', 'notes/one.md']],
  ])('%s', async (_what, body, others) => {
    expect(await shownIn(body, others)).toBe(others[0])
  })

  test.each([
    ['may be one of two', '![A](cat.png)', ['pics/cat.png', 'art/cat.png']],
    ['may be one of two in other letters', '![A](cat.png)', ['pics/Cat.png', 'art/CAT.png']],
    ['has a path that says another place', '![A](img/cat.png)', ['pics/cat.png']],
    ['lies among other articles', '![A](cat.png)', ['content/other/cat.png', 'content/other/a.md']],
    ['is of the bundle of another', '![A](cat.png)', ['b/img/cat.png', 'b/index.md']],
    [
      'is of the folder of another',
      '![A](cat.png)',
      ['content/news/b/cat.png', 'content/news/b.md'],
    ],
    ['is hidden', '![A](cat.png)', ['.pics/cat.png']],
  ])('is not shown where it %s', async (_what, body, others) => {
    expect(await shownIn(body, others)).toBe(undefined)
  })

  test('may lie anywhere in the bundle of its article', async () => {
    const shown = await shownIn('![A](cat.png)', ['content/b/shots/cat.png'], 'content/b/index.md')
    expect(shown).toBe('content/b/shots/cat.png')
  })

  test('is found by its name for the front matter too', async () => {
    const file = markdownFile('Text.', 'image: cat.png')
    const { image } = articleIn(await readFile('a.md', file, { 'static/pics/cat.png': png }))
    expect(image).toMatchObject({ url: '/media/static/pics/cat.png', width: 1 })
  })

  test.each([
    ['/cat.png', 'src/pics/cat.png'],
    ['/pics/cat.png', 'src/assets/pics/cat.png'],
  ])('is found by its name where the site has its root elsewhere: %s', async (written, path) => {
    const file = markdownFile(`![A](${written})`)
    const { content } = articleIn(await readFile('posts/a.md', file, { [path]: png }))
    expect(content).toContain(`src="/media/${path}"`)
  })

  test('is found when it has come after others were looked for', async () => {
    const root = temporaryFolder({ 'one.md': markdownFile('![A](cat.png)') })
    const settings = { ...readingSettings, root, files: namesIn(root) }
    expect(articleIn(await readArticle({ path: 'one.md' }, settings)).content).not.toContain('<img')
    mkdirSync(join(root, 'pics'))
    writeFileSync(join(root, 'pics/cat.png'), png)
    writeFileSync(join(root, 'two.md'), markdownFile('![A](cat.png)'))
    expect(articleIn(await readArticle({ path: 'two.md' }, settings)).content).toContain('<img')
  })
})

describe('the folder is looked through for a name', () => {
  const named = markdownFile('![A](cat.png)')

  test('once in a pass, when all of its files are dated in the future', async () => {
    const root = temporaryFolder({ 'one.md': named, 'two.md': named })
    const settings = { ...readingSettings, root, files: namesIn(root) }
    const read = async (path: string) => articleIn(await readArticle({ path }, settings)).content
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: now - 3_600_000 })
    onTestFinished(() => void vi.useRealTimers())
    await read('one.md')
    mkdirSync(join(root, 'pics'))
    writeFileSync(join(root, 'pics/cat.png'), png)
    expect(await read('two.md')).not.toContain('<img')
    const reader = new FolderReader({
      ...loadConfig({}, root),
      articlesDir: root,
    })
    reader.survey(undefined, Date.now())
    expect(await read('two.md')).toContain('<img')
  })
})

describe('the title of a picture', () => {
  const picture = (attributes: string) => `<img src="/media/a.png" alt="A pier"${attributes} />`

  test.each([
    ['{% include pier_img.html url="a.png" title="A pier" %}', picture('')],
    ['{% include image.html url="a.png" alt="A pier" title="Dusk" %}', picture(' title="Dusk"')],
    [
      '{% include figure.html url="a.png" alt="A pier" title="Dusk" caption="Ours" %}',
      `<figure>${picture(' title="Dusk"')}<figcaption>Ours</figcaption></figure>`,
    ],
    ['![A pier](a.png "Dusk")', `<p>${picture(' title="Dusk"')}</p>`],
    [
      '{{< figure src="a.png" alt="A pier" title="Dusk" caption="Ours" >}}',
      `<figure>${picture('')}<figcaption><strong>Dusk</strong> Ours</figcaption></figure>`,
    ],
  ])('is its caption where the site shows it as one: %s', async (written, html) => {
    const { content } = articleIn(await readFile('a.md', markdownFile(written), { 'a.png': png }))
    expect(content).toBe(html)
  })
})

describe('a session of a terminal', () => {
  const cast = '{"version": 2, "width": 80, "height": 24}\n'
  const link = (words: string) => `<a href="/media/static/casts/demo-one.cast">${words}</a>`

  test.each([
    ['{{ asciinema(id="demo-one", width="94") }}', 'demo-one.cast'],
    ['{{< asciinema key="demo-one" title="How to moor" >}}', 'How to moor'],
    ['{{< asciinema src="/casts/demo-one.cast" >}}', 'demo-one.cast'],
    ['{% asciinema demo-one.cast %}', 'demo-one.cast'],
    [
      '<asciinema-player src="/casts/demo-one.cast" title="How to moor"></asciinema-player>',
      'How to moor',
    ],
    ['![How to moor](/casts/demo-one.cast)', 'How to moor'],
    ['[How to moor](/casts/demo-one.cast)', 'How to moor'],
  ])('that lies in the folder is linked to: %s', async (written, words) => {
    const outcome = await readFile('a.md', markdownFile(`Look:\n\n${written}`), {
      'static/casts/demo-one.cast': cast,
    })
    expect(articleIn(outcome).content).toBe(`<p>Look:</p>\n<p>${link(words)}</p>`)
    expect(outcome).toMatchObject({ notes: [] })
  })

  test('that is not there leaves its words, and a note', async () => {
    const outcome = await readFile(
      'a.md',
      markdownFile('{{ asciinema(id="moor", title="Mooring") }}'),
    )
    expect(articleIn(outcome).content).toBe('<p>Mooring</p>')
    expect(outcome).toMatchObject({
      notes: [{ text: 'it links to "moor.cast", which is not there' }],
    })
  })

  test.each(['335480', 'aBcD1234eFgH5678', 'https://asciinema.org/a/335480'])(
    'may be of others: %s',
    async (id) => {
      const outcome = await readFile('a.md', markdownFile(`{{< asciinema id="${id}" >}}`))
      expect(articleIn(outcome).content).toContain(
        `<a href="https://asciinema.org/a/${id.split('/').at(-1)}">`,
      )
    },
  )
})

test('the words within the shortcode of a picture say what it shows, or are its caption', async () => {
  const body =
    'Look:\n\n{{< image src="a.png" >}}A cat{{< /image >}}\n\n{{< image src="a.png" alt="A cat" >}}Our *cat*\n{{< /image >}}\n\n' +
    '{{< image-note src="a.png" >}}\nOurs\n{{< /image-note >}}\n\n{{< image src="a.png" >}}\n\nTwo.\n\nWords.\n\n{{< /image >}}'
  const { content } = articleIn(await readFile('a.md', markdownFile(body), { 'a.png': png }))
  const picture = (alt: string) => `<img src="/media/a.png" alt="${alt}" />`
  expect(content.replace(/\s*\n\s*/g, '')).toBe(
    `<p>Look:</p>${picture('A cat')}<figure>${picture('A cat')}<figcaption>Our <em>cat</em></figcaption></figure>` +
      `<figure>${picture('Ours')}<figcaption>Ours</figcaption></figure>${picture('')}<p>Two.</p><p>Words.</p>`,
  )
})
