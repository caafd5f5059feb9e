/** Lists that lean on the paragraph above them. */
import { expect, test } from 'vitest'
import { htmlOfMarkdown } from '../../../src/intake/formats/markdown/markdown-html.ts'

const htmlOf = async (text: string) => (await htmlOfMarkdown(text)).html.trim()

test.each([
  [
    'Goods:\n    - a\n    - b\n\nMore.',
    '<p>Goods:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>More.</p>',
  ],
  ['Goods\n\t1. a\n\t2. b', '<p>Goods</p>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>'],
  [
    'Goods\n    * a\n            * b',
    '<p>Goods</p>\n<ul>\n<li>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>',
  ],
  ['- Goods:\n        - a', '<ul>\n<li>\n<p>Goods:</p>\n<ul>\n<li>a</li>\n</ul>\n</li>\n</ul>'],
  [
    'Goods\n    - a\n      goes on\n    - **b**\n    - [c](d)',
    '<p>Goods</p>\n<ul>\n<li>a\ngoes on</li>\n<li><strong>b</strong></li>\n<li><a href="d">c</a></li>\n</ul>',
  ],
])('an indented list directly below words is one: %j', async (text, html) => {
  expect(await htmlOf(text)).toBe(html)
})

test.each([
  'a\n    -b',
  'a\n    - - -',
  'a\n    7. b',
  'a\n    *b* c',
  'The line\n    - with a dash\ngoes on',
  'Two\n    * 3 is six\n    * 4 is eight',
  'It is:\n    + 5 % more',
  'See `a\n    - b\n    - c` here',
  'See a\n    - b\n    - c `d\n    - e` here',
  'See [a\n    - b\n    - c](d) here',
  'See **a\n    - b\n    - c** here',
  'See $$a\n    - b\n    - c$$ here',
])('other words stay in their paragraph: %j', async (text) =>
  expect(await htmlOf(text)).not.toMatch(/<li|<\/p>\n/),
)
