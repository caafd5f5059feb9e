import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { absoluteLinks, beginsWith, excerptOf } from '../../src/channels/content-html.ts'
import { type Change, changeHtml } from '../../src/html.ts'
import { linkToFile } from '../../src/intake/file-link.ts'
import { safeHtml } from '../../src/intake/safe-html.ts'
import { linkForeignMedia } from '../../src/pages/foreign-media.ts'
import { en } from '../../src/words/en.ts'
import { cpuTime } from '../support/cpu-time.ts'
import {
  allowedAddress,
  allowedAttributes,
  allowedElements,
  formulaElements,
  nastyHtml,
  rendered,
} from '../support/markup.ts'

const spelledOut: Change = (next) => ({
  open(name, attributes) {
    const spelled = Object.entries(attributes).map(([key, value]) => [key, value || key])
    next.open(name, Object.fromEntries(spelled))
  },
  close: (name) => next.close(name),
  text: (text) => next.text(text),
})

/** All elements as a strict parser of XML sees them. @throws when it is not well-formed */
function elementsOf(html: string): { name: string; attributes: Record<string, string> }[] {
  const parser = new SaxesParser()
  const found: { name: string; attributes: Record<string, string> }[] = []
  parser.on('opentag', ({ name, attributes }) => found.push({ name, attributes }))
  // XML has no attributes without a value.
  parser.write(`<root>${changeHtml(html, spelledOut)}</root>`).close()
  return found.slice(1)
}

function faultsOf(html: string): string[] {
  return elementsOf(html).flatMap(({ name, attributes }) => [
    ...([...allowedElements, ...formulaElements].includes(name) ? [] : [`<${name}>`]),
    ...Object.entries(attributes).flatMap(([key, value]) => {
      const isAddress = ['href', 'src', 'poster'].includes(key)
      const isAllowed =
        allowedAttributes.includes(key) && (!isAddress || allowedAddress.test(value))
      return isAllowed ? [] : [`${key}="${value}"`]
    }),
  ])
}

describe('HTML on its way out', () => {
  it('has allowed elements and attributes only, whatever was written, to another parser too', () => {
    for (let seed = 1; seed <= 5000; seed += 1) {
      const { feed, page } = rendered(nastyHtml(seed))
      expect(faultsOf(feed), `feed ${seed}`).toEqual([])
      expect(faultsOf(page), `page ${seed}`).toEqual([])
    }
  })

  it('never takes the value of an attribute for a tag', () => {
    const title = '&lt;table &gt;&lt;h1 onclick=hit()&gt;&lt;a href="/x"&gt;'.replaceAll(
      '"',
      '&quot;',
    )
    const { feed, page } = rendered(
      `<p><abbr title="${title}">a</abbr> <img src="https://other.example/a.png" alt="b"></p>`,
    )
    const value = '<table ><h1 onclick=hit()><a href="/x">'
    for (const html of [feed, page]) {
      const abbr = elementsOf(html).find(({ name }) => name === 'abbr')
      expect(abbr?.attributes).toEqual({ title: value })
    }
    expect(elementsOf(page).map(({ name }) => name)).toEqual(['p', 'abbr', 'a'])
  })

  it('is the same once more: text and attributes are escaped once', () => {
    const html = safeHtml(
      '<p title="x">a &amp;amp; b &lt;c&gt; &quot;d&quot; e\u00a0f</p><a href="https://a.example/?b=1&amp;c=2">g</a>',
      (url) => url,
    )
    expect(changeHtml(html)).toBe(html)
    // Feeds rely on it: they take it as it is where no link changes.
    for (let seed = 1; seed <= 1000; seed += 1) {
      const safe = safeHtml(nastyHtml(seed), (url) => url)
      expect(changeHtml(safe), `seed ${seed}`).toBe(safe)
    }
  })

  it('has our media below our address and other links at its host, and leaves those of others', () => {
    const html =
      '<p><a href="/news/a">a</a> <a href="/about/">b</a> <a href="//c.example/">c</a> ' +
      '<img src="/media/d.png" alt="/e" /><video poster="/media/f.png"></video></p>'
    expect(
      changeHtml(
        html,
        absoluteLinks(
          {},
          { base: 'https://news.example/news', host: 'https://news.example', page: '' },
        ),
      ),
    ).toBe(
      '<p><a href="https://news.example/news/a">a</a> <a href="https://news.example/about/">b</a> ' +
        '<a href="//c.example/">c</a> <img src="https://news.example/news/media/d.png" alt="/e" />' +
        '<video poster="https://news.example/news/media/f.png"></video></p>',
    )
    expect(changeHtml(html, absoluteLinks({}, { base: '/news', host: '', page: '' }))).toBe(
      html.replaceAll('"/media/', '"/news/media/'),
    )
  })
})

it('makes links to authors of an article lead to their pages, below BASE_URL', () => {
  const bases = { base: 'https://news.example/news', host: 'https://news.example', page: '' }
  expect(changeHtml('<a href="/articles/?author=jo-lind">a</a>', absoluteLinks({}, bases))).toBe(
    '<a href="https://news.example/news/authors/jo-lind/">a</a>',
  )
})

it('makes links to a page of a site lead there, and to our page where it is an article by now', () => {
  const bases = { base: 'https://news.example/news', host: 'https://news.example', page: '' }
  const to = (links?: ReadonlyMap<string, string>) =>
    changeHtml(
      `<a href="${linkToFile('about.md', '_team', 'about', '/about/#team')}">a</a>`,
      absoluteLinks(links ? { links } : {}, bases),
    )
  expect(to()).toBe('<a href="https://news.example/about/#team">a</a>')
  expect(to(new Map([['about.md', 'about']]))).toContain('/news/articles/about#_team')
})

describe('media of others in a page', () => {
  const page = (html: string) => changeHtml(html, linkForeignMedia(en))

  it.each([
    [
      'an image',
      '<img src="https://a.example/b.png" alt="Boat" />',
      '<a href="https://a.example/b.png" rel="noopener">Boat (a.example)</a>',
    ],
    [
      'an image in a link, which stays the link',
      '<a href="/c"><img src="https://a.example/b.png" /></a>',
      '<a href="/c">Image (a.example)</a>',
    ],
    [
      'a video with sources, and what is in it',
      '<video controls><source src="https://a.example/b.mp4" type="video/mp4" /><p>Words</p></video><p>After</p>',
      '<a href="https://a.example/b.mp4" rel="noopener">Video (a.example)</a><p>After</p>',
    ],
    [
      'a recording',
      '<p><audio src="https://a.example/b.mp3" controls></audio></p>',
      '<p><a href="https://a.example/b.mp3" rel="noopener">Recording (a.example)</a></p>',
    ],
  ])('becomes a link: %s', (_name, html, expected) => {
    expect(page(html)).toBe(expected)
  })

  it('is asked for by no player of ours', () => {
    expect(
      page('<video src="/media/a.mp4" poster="https://a.example/b.png" controls><p>c</p></video>'),
    ).toBe('<video src="/media/a.mp4" controls><p>c</p></video>')
    expect(
      page(
        '<video src="/media/a.mp4" controls><img src="https://a.example/b.png" alt="c" /></video>',
      ),
    ).toBe(
      '<video src="/media/a.mp4" controls><a href="https://a.example/b.png" rel="noopener">c (a.example)</a></video>',
    )
  })
})

describe('the beginning of a text', () => {
  it('is its first paragraph, else its words', () => {
    expect(excerptOf('<h2>a</h2><p>b <em>c</em>.<br />d</p><p>e</p>')).toBe('b c. d')
    const picture = '<p><img src="/media/a.png" alt="Pier" /></p>'
    expect(excerptOf(`<p>a</p>${picture}<ol><li>b</li></ol>`)).toBe('a')
    expect(excerptOf('<h2>a</h2><ul><li>b</li><li>c &amp; d</li></ul>')).toBe('a b c & d')
    expect(excerptOf('')).toBe('')
  })

  it.each([
    ['a picture', '<p><img src="/media/a.png" alt="Pier at dawn" /></p>'],
    ['nothing', '<p></p>'],
    ['blanks', '<p> \u00a0 <br /></p>'],
    ['a line of stars', '<p>* * *</p>'],
  ])('is not a paragraph of %s', (_name, paragraph) => {
    expect(excerptOf(`${paragraph}<p>The real <b>opening</b>.</p><p>More.</p>`)).toBe(
      'The real opening.',
    )
  })

  it('has what is in no paragraph, and then what its picture shows', () => {
    const picture = '<p><img src="/media/a.png" alt="Pier at\n dawn" /></p>'
    expect(excerptOf(`<figure>${picture}<figcaption>A pier</figcaption></figure>`)).toBe('A pier')
    expect(excerptOf(`${picture}<ul><li>One</li><li>two</li></ul>`)).toBe('One two')
    expect(excerptOf(`<p>*</p><ul><li>One</li></ul>`)).toBe('* One')
    expect(excerptOf(`<p><img src="/media/b.png" alt="" /></p>${picture}`)).toBe('Pier at dawn')
    expect(excerptOf('<img src="/media/a.png" title="Pier" />')).toBe('Pier')
    expect(excerptOf('<p>🎉</p>')).toBe('🎉')
  })

  it('has no space where a link ends', () => {
    const link = '<a href="https://a.example/">the <b>har</b>bour</a>'
    expect(excerptOf(`<p>So says ${link}.<br />And so do we.</p>`)).toBe(
      'So says the harbour. And so do we.',
    )
  })

  it('is cut between words, else between characters, and never inside one', () => {
    const cut = (text: string) => excerptOf(`<p>${text}</p>`)
    expect(cut(`${'漢'.repeat(1000)}😀`)).toBe(`${'漢'.repeat(300)}…`)
    expect(cut(`漢${'😀'.repeat(500)}`).isWellFormed()).toBe(true)
    expect(cut(`${'a'.repeat(298)}&amp;${'b'.repeat(300)}`)).toBe(`${'a'.repeat(298)}&b…`)
    expect(cut(`A &amp; ${'b'.repeat(400)} c`)).toBe('A &…')
    expect(cut(`A &amp; B ${'word '.repeat(100)}`)).toMatch(/^A & B (?:word )+word…$/)
  })

  it.each([
    ['paragraphs of stars', '<p>*</p>', '* *'],
    ['items of a list', '<li>a</li>', 'a a'],
    ['blanks', '<p>&nbsp;</p>', ''],
    ['line ends', '<br />', ''],
  ])('is looked for in so many pieces only: %s', (_name, piece, start) => {
    expect(excerptOf(`${piece.repeat(500)}<p>The real opening.</p>`)).toBe('The real opening.')
    const huge = `${piece.repeat(190_000)}<p>An end.</p>`
    const before = cpuTime()
    for (let n = 0; n < 20; n += 1) {
      expect(
        excerptOf(huge)
          .slice(0, start.length + 1)
          .trim(),
      ).toBe(start)
    }
    expect(cpuTime() - before).toBeLessThan(800)
  })
})

describe('the words of numbers and formulas', () => {
  it.each([
    ['<p>Some 10<sup>6</sup> boats.</p>', 'Some 10⁶ boats.'],
    ['<p>H<sub>2</sub>O and CO<sub>x</sub></p>', 'H₂O and CO_x'],
    ['<p>The 4<sup>th</sup> of 2<sup>a+b</sup></p>', 'The 4th of 2^(a+b)'],
    ['<p>Old.<sup><a href="#_note-1" id="_mark-1">1</a></sup> New.</p>', 'Old. New.'],
    ['<p>See [<sup><a href="https://a.example/">2</a></sup>].</p>', 'See [²].'],
    [
      '<p><math><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac></math> of it</p>',
      '1/(a+b) of it',
    ],
    ['<p><math><msup><mi>x</mi><mi>y</mi></msup></math></p><p>More.</p>', 'x^y'],
    [
      '<p><math><msqrt><mn>2</mn></msqrt><mo>=</mo><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math></p>',
      '√2=x₁²',
    ],
  ])('of %s are %s', (html, expected) => {
    expect(excerptOf(html)).toBe(expected)
  })

  it('are known again where a text begins with its summary', () => {
    const html = '<p>Some 10<sup>6</sup> boats<sup><a href="#_note-1">1</a></sup> sail.</p>'
    expect(beginsWith(html, excerptOf(html))).toBe(true)
  })

  it('lead to the page of the article, and stay on that page', () => {
    const html = '<p><a href="#_more">More</a></p>'
    const link = (page: string) =>
      changeHtml(html, absoluteLinks({}, { base: '/news', host: '', page }))
    expect(link('https://news.example/articles/a')).toBe(
      '<p><a href="https://news.example/articles/a#_more">More</a></p>',
    )
    expect(link('')).toBe(html)
  })

  it('have the place they lead to, where that is a link without an address', () => {
    const html = '<p><a id="_more"></a>More</p>'
    const page = { base: '/news', host: '', page: '' }
    expect(changeHtml(html, absoluteLinks({}, page))).toBe(html)
    expect(changeHtml('<p><a>a</a></p>', absoluteLinks({}, page))).toBe('<p>a</p>')
  })
})
