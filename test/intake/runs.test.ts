/** A run of one sign between two letters: a pattern that looks for its end from each sign of it takes the square of its length. */
import { describe, expect, test } from 'vitest'
import { cpuTime } from '../support/cpu-time.ts'
import { page } from '../support/page.ts'
import { htmlFile, markdownFile, nitfFile, readFile } from '../support/read.ts'
import { paragraph, wordFile } from '../support/word.ts'

/** Signs in a run. */
const length = 20_000

/** No file takes longer; those that take the square take more. ms of CPU time. */
const longest = 900

const runs = [
  ...[' ', '\t', '\u00a0', '\u3000', '-', '*', '_', '.', '!', '?', '[', ']', '(', '&', ':', ','],
  ...[';', '|', '/', "'", '"', '~', '=', '+', '^', '{', '}', '<', '>', '\\', '%', '#', '$', '@'],
  ...['1', 'a', '\u2014', 'é', '漢', 'A ', '1. ', '(a', 'a,', ' and ', '[[', '<!-- a -->'],
]

const inMarkup = (text: string) => text.replace(/[<&"]/g, '')
const quoted = (text: string) => JSON.stringify(text)

const files: Readonly<Record<string, (text: string) => readonly [string, string | Buffer]>> = {
  'headings of Markdown': (text) => [
    'a.md',
    markdownFile(`Text.\n\n${`## ${text}\n\n`.repeat(5)}`),
  ],
  'lines of Markdown': (text) => [
    'a.md',
    markdownFile(`Text ${text}\n\n- ${text}\n- b\n\n> ${text}\n\n> [!note] ${text}\n> b`),
  ],
  'tables, links and notes': (text) => [
    'a.md',
    markdownFile(
      `| a | b |\n|---|---|\n| ${text} | b |\n\n[${text}](b.md) ![a](a.png "${text}") [[${text}]]\n\nA[^1]\n\n[^1]: ${text}\n\n${text}\n: ${text}`,
    ),
  ],
  'tags and code': (text) => [
    'a.md',
    markdownFile(
      `{{< figure src="a.png" title="${text}" >}}\n\n{% quote ${text} %}b{% endquote %}\n\n$${text}$\n\n<p class="${text}">b</p>\n\n\`${text}\`\n\n\`\`\`js\n${text}\n\`\`\`\n\n{{ site.a | b: "${text}" }}`,
    ),
  ],
  'lines below a heading': (text) => ['a.md', `# A\n\nBy ${text}\n2024-03-04\n\n${text}\n`],
  'names in front matter': (text) => [
    'a.md',
    markdownFile('Text.', `author: ${quoted(text)}\ntags: ${quoted(text)}\nimage: ${quoted(text)}`),
  ],
  'words in front matter': (text) => [
    'a.md',
    markdownFile(
      'Text.',
      `summary: ${quoted(text)}\nslug: ${quoted(text)}\nexpires: ${quoted(text)}`,
    ),
  ],
  'a page': (text) => [
    'a.html',
    htmlFile(
      `<h1>The headline</h1><p class="byline">By ${inMarkup(text)}</p><p>${text}</p>`,
      `<meta name="author" content="${inMarkup(text)}"><meta name="description" content="${inMarkup(text)}">`,
    ),
  ],
  'headings of a page': (text) => [
    'a.html',
    htmlFile(`<h1>The headline</h1><p>Text.</p><h2>${inMarkup(text)}</h2><p>More.</p>`),
  ],
  'a story in NITF': (text) => [
    'a.xml',
    nitfFile(`<p>${inMarkup(text)}</p>`, { byline: `<byline>By ${inMarkup(text)}</byline>` }),
  ],
  'a story in ninjs': (text) => [
    'a.json',
    JSON.stringify({
      uri: 'urn:example:1',
      versioncreated: '2024-03-04T00:00:00Z',
      headline: 'A headline',
      byline: text,
      body_html: `<p>${text}</p>`,
      subject: [{ name: text }],
    }),
  ],
  'a page of TRT': (text) => ['a.txt', page({ body: text })],
  'a Word document': (text) => [
    'a.docx',
    wordFile({ body: paragraph(inMarkup(text), 'Heading1') + paragraph(inMarkup(text)) }),
  ],
}

describe.each(Object.entries(files))('a run of one sign in %s', (_, make) => {
  test('is read in time, whatever the sign', async () => {
    await readFile(...make('ab'))
    for (const run of runs) {
      const start = cpuTime()
      await readFile(...make(`a${run.repeat(length / run.length)}b`))
      expect(cpuTime() - start, JSON.stringify(run)).toBeLessThan(longest)
    }
  })
})
