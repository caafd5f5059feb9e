/** What is large, or made to take long, is read or refused in a time that fits its size. */
import { expect, test } from 'vitest'
import { html } from '../../../src/intake/formats/html/html-page.ts'
import { markdown } from '../../../src/intake/formats/markdown/markdown.ts'
import { nitf } from '../../../src/intake/formats/wire/nitf.ts'
import { RejectionError } from '../../../src/intake/rejection.ts'
import { cpuTime } from '../../support/cpu-time.ts'

const paragraph =
  '<p>A paragraph, with commas, that is long enough for a reader to take it for the text of a story.</p>'

const markdownOf = (lines: string, body = 'Text.') =>
  `---\ntitle: The headline\ndate: 2026-04-13\n${lines}\n---\n${body}\n`
const htmlOf = (body: string, head = '') =>
  `<!doctype html><html><head><title>The title</title><meta name="date" content="2026-04-13">${head}</head><body>${body}</body></html>`
const storyOf = (more: string) => htmlOf(`<article>${paragraph.repeat(5)}${more}</article>`)
const nitfOf = (content: string) =>
  '<nitf><head><docdata><date.issue norm="20260413"/></docdata></head><body>' +
  `<body.head><hedline><hl1>Title</hl1></hedline></body.head><body.content>${content}</body.content></body></nitf>`

/** Of one long word after many of these. */
const hostileText = (piece: string) =>
  markdownOf('', piece.repeat(20_000) + ' word'.repeat(100_000))

/** Thousands of ends of other names, or one of none, above as many tags. */
function tagsOf(pieces: string) {
  const numbered = (piece: string) =>
    piece.includes('#')
      ? Array.from({ length: 2400 }, (_, n) => piece.replace('#', `${n}`)).join('')
      : piece
  return `${pieces.split('№').map(numbered).join('')}\n\n${'word '.repeat(1_500_000)}`
}

/** Nine of the one before in each: a few lines that would grow to billions. */
const aliases = Array.from({ length: 9 }, (_, level) => {
  const last = level === 0 ? '"lol"' : `*a${level - 1}`
  return `a${level}: &a${level} [${Array(9).fill(last).join(', ')}]`
})

const formats = { markdown, html, nitf }

/** ms of the processor, and what a rejection says, if it is one. */
async function reading(format: keyof typeof formats, text: string) {
  const start = cpuTime()
  let refused: RejectionError | undefined
  try {
    await formats[format].read(text, 'a', '/')
  } catch (error) {
    if (!(error instanceof RejectionError)) throw error
    refused = error
  }
  return { took: cpuTime() - start, refused }
}

const small = { markdown: markdownOf(''), html: htmlOf(paragraph), nitf: nitfOf('<p>a</p>') }

test.each([
  ['aliases of aliases', 'markdown', markdownOf(aliases.join('\n')), 'values', 1000],
  ['lists in lists', 'markdown', markdownOf(`tags: ${'['.repeat(60_000)}`), '', 1500],
  ['keys in keys', 'markdown', markdownOf(`tags: ${'{a: '.repeat(15_000)}`), '', 1500],
  [
    'thousands of keys',
    'markdown',
    markdownOf(Array.from({ length: 12_000 }, (_, n) => `k${n}:`).join('\n')),
    '',
    1500,
  ],
  ['more than a screen', 'markdown', markdownOf(`summary: ${'a'.repeat(70_000)}`), '', 1500],
  ['nested elements', 'html', htmlOf('<div>'.repeat(15_000)), 'nested more than 250 deep', 3000],
  [
    'nested elements that end',
    'html',
    htmlOf('<b>'.repeat(14_000) + '</b>'.repeat(14_000)),
    'nested more than',
    3000,
  ],
  ['elements', 'html', htmlOf('<p>a, b, c</p>'.repeat(30_000)), 'far more elements', 3000],
  ['elements without words', 'html', htmlOf('<li>'.repeat(20_000)), 'far more elements', 3000],
  ['stray marks', 'html', htmlOf('<'.repeat(1_000_000)), 'far more elements', 3000],
  ['entities', 'html', htmlOf('&amp;'.repeat(300_000)), 'far more elements', 3000],
  [
    'nested elements',
    'nitf',
    nitfOf(`${'<block>'.repeat(100_000)}x${'</block>'.repeat(100_000)}`),
    '',
    5000,
  ],
  ['elements without an end', 'nitf', nitfOf('<em>'.repeat(100_000)), '', 5000],
  ['comments without an end', 'nitf', nitfOf('<!--'.repeat(100_000)), '', 5000],
  ['unknown entities', 'nitf', nitfOf('&x'.repeat(100_000)), '', 5000],
] as const)('%s of %s are refused in time', async (_, format, text, reason, most) => {
  await reading(format, small[format])
  const { took, refused } = await reading(format, text)
  expect(refused?.rejections[0].reason).toContain(reason)
  expect(refused?.rejections[0].remedy).not.toBe('')
  expect(took).toBeLessThan(most)
})

test.each([
  ...(
    '[|![[|*a_ |<!--|`a|> |[a](<|[^1] |[^a|$a |$|$$a\n|\\[a|{{< |{% a|{{ a|{:|<Aa b={|==a |%%a |%%\n|[[a|' +
    '[^1]: [^1]: |: a\n|: : |- [ ] a\n|\nimport a\n|\\__a|[a](http://a(\\)|> a\na: - \n'
  )
    .split('|')
    .map((piece) => [piece, 'markdown', hostileText(piece), 2000] as const),
  [
    'tags without an end',
    'markdown',
    markdownOf('', '{% raw %} '.repeat(4000) + ' word'.repeat(300_000)),
    3000,
  ],
  ...[
    '{% end %}№{% a# %} ',
    '{% enda# %} №{% a# %} ',
    '{{< /a# >}} №{{< a# >}} ',
    '{% end %}№{% a#() %} ',
  ].map((tags) => [tags, 'markdown', markdownOf('', tagsOf(tags)), 3000] as const),
  ['a first line of names', 'markdown', `${`#${'a'.repeat(90)} `.repeat(90_000)}!\n`, 3000],
  [
    'marks of notes that go on',
    'markdown',
    markdownOf('', `[^x]: y\n\n${'[^aaaaaaaa'.repeat(100_000)} ${'word '.repeat(100_000)}`),
    3000,
  ],
  [
    'runs of backticks that have no other',
    'markdown',
    markdownOf(
      '',
      `${Array.from({ length: 600 }, (_, n) => `${'`'.repeat(n + 1)} {{a `).join('')}${'word '.repeat(300_000)}`,
    ),
    3000,
  ],
  [
    'formulas',
    'markdown',
    markdownOf('', '$a_b$ and $5, '.repeat(5000) + ' word'.repeat(100_000)),
    3000,
  ],
  [
    'HTML above Markdown',
    'markdown',
    markdownOf('', '<br>\n# a\n'.repeat(10_000) + ' word'.repeat(100_000)),
    3000,
  ],
  [
    'indented HTML in HTML',
    'markdown',
    markdownOf('', '<div>\n\n    <b>\n\n'.repeat(5000) + ' word'.repeat(100_000)),
    3000,
  ],
  [
    'links to headings',
    'markdown',
    markdownOf(
      '',
      `[a](#b-c) `.repeat(5000) + '\n\n## b: c\n\n'.repeat(3000) + ' word'.repeat(150_000),
    ),
    3000,
  ],
  [
    'contents',
    'markdown',
    markdownOf('', `[a](#toc)\n\n${'[TOC]\n\n## b\n\n'.repeat(2000)}${' word'.repeat(100_000)}`),
    3000,
  ],
  [
    'halves of code',
    'markdown',
    markdownOf('', '```js a.js\n``\n'.repeat(5000) + ' word'.repeat(100_000)),
    3000,
  ],
  [
    'names of code',
    'markdown',
    markdownOf('', `\`\`\`js ${'a.'.repeat(90)}!\n\`\`\`\n`.repeat(4000) + ' word'.repeat(100_000)),
    3000,
  ],
  [
    'definitions with brackets',
    'markdown',
    markdownOf(
      '',
      Array.from(
        { length: 10_000 },
        (_, n) => `[a${n}]: https://a.example/${'('.repeat(50)})\n`,
      ).join('') + ' word'.repeat(100_000),
    ),
    3000,
  ],
  [
    'fields of a note',
    'markdown',
    markdownOf('', 'a:: #b\n'.repeat(20_000) + 'a '.repeat(200_000)),
    3000,
  ],
  [
    'quotations by tags',
    'markdown',
    markdownOf(
      '',
      '{{< quote author="Jo Lind" >}}a\n{{< /quote >}}\n\n'.repeat(2400) + ' word'.repeat(100_000),
    ),
    3000,
  ],
  [
    'indented lists',
    'markdown',
    markdownOf('', 'a\n    - b\n            - c\n\n'.repeat(5000) + ' word'.repeat(100_000)),
    3000,
  ],
  [
    'an indented list of one paragraph',
    'markdown',
    markdownOf('', `a\n${'    - b\n'.repeat(6000)}${' word'.repeat(100_000)}`),
    3000,
  ],
  [
    'codes that are no emoji',
    'markdown',
    markdownOf('', ':a'.repeat(100_000) + ' word'.repeat(100_000)),
    3000,
  ],
  [
    'links in HTML',
    'markdown',
    markdownOf('', `<div>${'[a<b>'.repeat(10_000)}](${' word'.repeat(100_000)}`),
    3000,
  ],
  [
    'tags of a note',
    'markdown',
    markdownOf('', `[[a]] ${'#a'.repeat(10_000)} #${'a'.repeat(20_000)}${' word'.repeat(100_000)}`),
    3000,
  ],
  [
    'a list of image sizes',
    'html',
    storyOf(`<p><img src="x.jpg" srcset="${'a'.repeat(300_000)} b"></p>`),
    3000,
  ],
  [
    'lists of image sizes',
    'html',
    storyOf(`<p><img src="x" srcset="${'a'.repeat(1900)} b"></p>`.repeat(700)),
    3000,
  ],
  [
    'lists of lazy images',
    'html',
    storyOf(`<p><img class="lazy" data-x="${'a'.repeat(1900)}.jpg 1 b"></p>`.repeat(500)),
    3000,
  ],
  [
    'an address of many images',
    'html',
    storyOf(`<p><img class="lazy" data-x="${'.jpg'.repeat(80_000)} b"></p>`),
    3000,
  ],
  [
    'a name of blanks',
    'html',
    storyOf(`<meta property="${' '.repeat(300_000)}x" content="y">`),
    3000,
  ],
  ['text without an end', 'html', storyOf(`<p>${'word '.repeat(300_000)}`), 3000],
  ['blank lines', 'html', storyOf(`<p>a${'\n'.repeat(1_000_000)}b</p>`), 3000],
  ['100,000 paragraphs', 'nitf', nitfOf('<p>a &amp; b</p>'.repeat(100_000)), 10_000],
] as const)('%s in %s takes no longer than its length allows', async (_, format, text, most) => {
  await reading(format, small[format])
  const { took, refused } = await reading(format, text)
  expect(refused).toBeUndefined()
  expect(took).toBeLessThan(most)
})

test('an article among its comments is read', async () => {
  const deep = '<div>'.repeat(10)
  const comment = `${deep}<p>${'A reader has this to say. '.repeat(10)}${deep.replaceAll('<', '</')}`
  const comments = `<div class="comments">${comment.repeat(270)}</div>`
  const { body } = await html.read(
    htmlOf(`<article>${paragraph.repeat(5)}</article>${comments}`),
    'a.html',
    '/',
  )
  expect(body).toHaveProperty('html', expect.stringContaining(paragraph.slice(3, -4)))
})

test('JSON-LD that is nested without an end is passed over', async () => {
  const nested = `<script type="application/ld+json">${'['.repeat(200_000)}</script>`
  expect(await html.read(htmlOf(paragraph, nested), 'a.html', '/')).toHaveProperty(
    'title',
    'The title',
  )
})
