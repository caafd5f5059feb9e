/** What the text of a Markdown file becomes before anybody makes its HTML safe. */
import { describe, expect, test } from 'vitest'
import { nameLink } from '../../../src/intake/file-link.ts'
import { htmlOfMarkdown } from '../../../src/intake/formats/markdown/markdown-html.ts'

const htmlOf = async (text: string) => (await htmlOfMarkdown(text)).html.trim()

describe('the first heading', () => {
  test.each([
    ['# One\n\nText.', undefined, 'One', '<p>Text.</p>'],
    ['## Two\n\nText.\n\n### Three', undefined, 'Two', '<p>Text.</p>\n<h3 id="three">Three</h3>'],
    [
      '## Two\n\n## Two more',
      undefined,
      undefined,
      '<h2 id="two">Two</h2>\n<h2 id="two-more">Two more</h2>',
    ],
    ['## Two\n\nText.', 'Two', 'Two', '<p>Text.</p>'],
    [
      '![A](a.png)\n\n# One *b* `c`\n\nText.',
      undefined,
      'One b c',
      '<p><img src="a.png" alt="A"></p>\n<p>Text.</p>',
    ],
    ['Text.\n\n# One', undefined, undefined, '<p>Text.</p>\n<h1 id="one">One</h1>'],
    ['# One\n\nText.', 'One', 'One', '<p>Text.</p>'],
    ['# One\n\nText.', 'Other', 'One', '<h1 id="one">One</h1>\n<p>Text.</p>'],
    ['Text.\n\n## Two', undefined, undefined, '<p>Text.</p>\n<h2 id="two">Two</h2>'],
    [
      '> # Quoted',
      undefined,
      undefined,
      '<blockquote>\n<h1 id="quoted">Quoted</h1>\n</blockquote>',
    ],
    ['# One\n\n# Two', undefined, 'One', '<h1 id="two">Two</h1>'],
  ])('of %j with the title %j is %j', async (text, title, heading, html) => {
    const result = await htmlOfMarkdown(text, { title })
    expect(result.firstHeading).toBe(heading)
    expect(result.html.trim()).toBe(html)
  })
})

test.each([
  ['# The *old* crane!\n\n# Its hook', 'The old crane', 'The old crane!'],
  ['# Cranes & hooks\n\n# Repairs', 'Cranes and hooks', 'Cranes & hooks'],
  ['# Hook\n\n# Boom', 'The old crane', undefined],
  ['# Old crane parts\n\n# Boom', 'Old crane', undefined],
  ['# …\n\n# Boom', 'Old crane', undefined],
])(
  'the first of several headings is the title of a note where it says the name of the file: %j in %j',
  async (text, fileTitle, heading) => {
    expect((await htmlOfMarkdown(`${text}\n\n[[x]]`, { fileTitle })).firstHeading).toBe(heading)
  },
)

describe('names of files', () => {
  test.each([
    ['[a]({{< ref "post.md#more" >}})', nameLink('post.md', 'more')],
    ['[a]({{% relref "/blog/post" %}})', nameLink('/blog/post', '')],
    ['[a]({{< ref "#more" >}})', '#more'],
    ['[a]({% post_url 2026-01-02-old-crane %})', nameLink('2026-01-02-old-crane', '')],
    ['[a]({% link _posts/2026-01-02-a.md %})', nameLink('_posts/2026-01-02-a.md', '')],
    ['[[Old crane|a]]', nameLink('Old crane', '')],
    ['[[Old crane#The Hook!|a]]', nameLink('Old crane', 'the-hook')],
    ['[[Old crane#^abc1|a]]', nameLink('Old crane', '^abc1')],
    ['[[#The Hook|a]]', '#the-hook'],
    ['![[Old crane|a]]', nameLink('Old crane', '')],
    ['|b|\n|-|\n|[[Old crane\\|a]]|', nameLink('Old crane', '')],
  ])('in %s are links to be found', async (text, href) => {
    expect(await htmlOf(text)).toContain(`<a href="${href}">a</a>`)
  })

  test('in wiki links are their words where no others are stated', async () => {
    expect(await htmlOf('[[Old crane]]')).toContain('>Old crane</a>')
    expect(await htmlOf('[[Old crane#Hook]]')).toContain('>Old crane › Hook</a>')
  })

  test('in wiki links may have code and strong words as theirs', async () => {
    expect(await htmlOf('[[Old crane|`lift` **now**]]')).toContain(
      '><code>lift</code> <strong>now</strong></a>',
    )
    expect(await htmlOf('[[my_old_crane.pdf]]')).toContain('>my_old_crane.pdf</a>')
  })

  test.each([
    '[[1]]',
    '[[1, 2]]',
    '[[]]',
    '`[[a]]`',
    '[[a\nb]]',
    '\\[[a]]',
    '[[Bug #12]]',
    '[[:digit:]]',
    'if [[ -f a ]]',
    'if [[ $a == b ]]',
  ])('are none in %j', async (text) => expect(await htmlOf(text)).not.toContain('<a'))
})

test.each([
  ['{{< youtube "abc123_-XYZ?t=30" >}}', 'https://www.youtube.com/embed/abc123_-XYZ'],
  ['{{< vimeo 123/abc >}}', 'https://player.vimeo.com/video/123'],
  ['{{ asciinema(id="1234") }}', 'https://asciinema.org/a/1234'],
  ['{{< asciinema aBcdefghij123456 >}}', 'https://asciinema.org/a/aBcdefghij123456'],
  ['{% gist jo/0123456789abcdef0123 a.md %}', 'https://gist.github.com/jo/0123456789abcdef0123'],
  ['{{< gist jo 34 "a.md" >}}', 'https://gist.github.com/jo/34'],
  ['{{< github repo="jo/crane" >}}', 'https://github.com/jo/crane'],
  ['{{< bilibili BV1ab411c7de >}}', 'https://www.bilibili.com/video/BV1ab411c7de'],
])('%s leads to what others show', async (text, address) => {
  expect(await htmlOf(text)).toContain(`"${address}"`)
})

test.each([
  '{{< youtube my-film >}}',
  '{{< vimeo opening >}}',
  '{{< tweet first >}}',
  '{{< gist cranes >}}',
  '{{< instagram "the pier" >}}',
  '{{< bilibili opening >}}',
])('%s names something that only its site has, and leads nowhere', async (text) => {
  const { html, notes } = await htmlOfMarkdown(`a\n\n${text}\n\nb`)
  expect(html.replace(/\n/g, '')).toBe('<p>a</p><p>b</p>')
  expect(notes).toHaveLength(1)
})

test.each([
  '{{< youtube my-film title="How to *moor*" >}}',
  '{{< vimeo id="opening" title="How to *moor*" >}}',
  '{{< pier-panorama file="pier" caption="How to *moor*" >}}',
  '{% pier_panorama alt="How to *moor*" %}',
])('%s leaves what is said of it', async (text) => {
  const { html, notes } = await htmlOfMarkdown(`Look:\n\n${text}\n\nb`)
  expect(html.replace(/\n|<\/?strong>/g, '')).toBe(
    '<p>Look:</p><p>How to <em>moor</em></p><p>b</p>',
  )
  expect(notes).toHaveLength(1)
})

test.each([
  ['![[crane.png|300]]', '<img src="*/crane.png" alt="" width="300">'],
  ['![[my crane.png|Green]]', '<img src="*/my%20crane.png" alt="Green">'],
  ['![[horn.mp3]]', '<audio src="*/horn.mp3"></audio>'],
  [
    '{{< youtube abc123_-XYZ >}}',
    '<iframe src="https://www.youtube.com/embed/abc123_-XYZ"></iframe>',
  ],
  [
    '{{ youtube(id="abc123_-XYZ") }}',
    '<iframe src="https://www.youtube.com/embed/abc123_-XYZ"></iframe>',
  ],
  [
    '{{< vimeo id="12" title="The \\"film\\"" >}}',
    '<iframe src="https://player.vimeo.com/video/12" title="The &quot;film&quot;"></iframe>',
  ],
  [
    '<YouTube id="abc123_-XYZ" title={"The film"} />',
    '<iframe src="https://www.youtube.com/embed/abc123_-XYZ" title="The film"></iframe>',
  ],
  ['{% img left /a.png 100 %}', '<img src="/a.png" alt="">'],
  ['{% image "a.png", "A green crane" %}', '<img src="a.png" alt="A green crane">'],
  [
    '{{< linkcard href="https://a.example/b" title="Cranes" >}}',
    '<a href="https://a.example/b">Cranes</a>',
  ],
  [
    '{{< figure src="a.png" title="T" link="https://a.example/" >}}',
    '<figure><a href="https://a.example/"><img src="a.png" alt="T"></a><figcaption><strong>T</strong></figcaption></figure>',
  ],
  [
    '{{< figure src="javascript:a" caption="<b onclick=a>" >}}',
    '<figcaption><b onclick=a></figcaption>',
  ],
  [
    '{{< figure figcaption="A *pier*" >}}\n{{< img src="a.png" >}}\n{{< /figure >}}',
    '<p>— A <em>pier</em></p>',
  ],
  ['{{< details summary="More" >}}', '<p><strong>More</strong></p>'],
  ['{{< katex >}}x^2{{< /katex >}}', '<msup><mi>x</mi><mn>2</mn></msup>'],
  ['{% comment %}a{% endcomment %}b', '<p>b</p>'],
])('%s is %s', async (text, html) => {
  expect(await htmlOf(text)).toContain(html)
})

test('unknown shortcodes are told once, by the line of the first', async () => {
  const text = 'One.\n\n{{< chart >}}{{< chart >}}\n\n{% gallery %}\n\n<Chart />{{ page.title }}'
  const { notes } = await htmlOfMarkdown(text, { firstLine: 5 })
  expect(notes).toEqual([
    {
      line: 7,
      text: 'what these shortcodes make is left out, only the text within them stays: "chart", "gallery", "<Chart>", "{{ page.title }}"',
    },
  ])
})

test('a formula that is no TeX is told with its line', async () => {
  const { notes } = await htmlOfMarkdown('One $x^2$.\n\nTwo $\\nosuch{x}$ and $\\other{y}$.')
  expect(notes).toEqual([
    {
      line: 3,
      text: 'a formula stays as it is written, since it is no TeX that can be read: "$\\nosuch{x}$"',
    },
  ])
})

test.each([
  ['{{< spoilery title="How it ends" class="wide" >}}\nWith a gull.\n{{< /spoilery >}}', []],
  ["{% farlink 'https://a.example/b', 'Read the report' %}", []],
  ['{{< wrapped >}}\nWith a gull.\n{{< /wrapped >}}', []],
  ['{{< spoilery file="tide.csv" >}}\nWith a gull.\n{{< /spoilery >}}', ['"spoilery"']],
  ['{{< tidal title="Tides by month" >}}', ['"tidal"']],
  ['Never {{< ended >}}.', ['"ended"']],
])('a shortcode is told where something of it is lost: %j', async (text, told) => {
  const { notes } = await htmlOfMarkdown(text)
  expect(notes.map((note) => note.text.replace(/^.*: /, ''))).toEqual(told)
})

test('tags that show nothing of their own are not told', async () => {
  const text =
    '{% assign a = 1 %}{% if a %}b{% elsif c %}d{% endif %}{% for e in f %}g{% endfor %}\n\n* TOC\n{:toc}'
  const { html, notes } = await htmlOfMarkdown(text)
  expect(notes).toEqual([])
  expect(html.trim()).toBe('<p>bdg</p>')
})

test.each([
  '`{{< a >}}`',
  '```\n{% a %}\n```',
  '~~~\n<Aa>\n~~~',
  '> ```\n> {{< a >}}\n> ```',
  '- ```\n  {{< a >}}\n  ```',
  'Text.\n\n    {{< a >}}',
  '<pre>{{< a >}}</pre>',
  '``a ` {{< a >}}``',
])('nothing is replaced in code: %j', async (text) => {
  const { html, notes } = await htmlOfMarkdown(text)
  expect(notes).toEqual([])
  expect(html).toMatch(/\{\{&lt; a &gt;\}\}|\{% a %\}|&lt;Aa&gt;|\{\{< a >\}\}/)
})

test.each([
  ['[[Note]](https://a.example/)', '<p><a href="https://a.example/">[Note]</a></p>'],
  ['So {.5} and {a=b}, [c](d){.e}', '<p>So {.5} and {a=b}, <a href="d">c</a></p>'],
  ["They\nimport 'goods'", "<p>They\nimport 'goods'</p>"],
])('%j is text', async (text, html) => {
  expect(await htmlOf(text)).toBe(html)
})

test.each(['- one\n\n    {{< chart >}}', 'Text with a ` sign.\n\n{{< chart >}} and another `.'])(
  'what only looks like code is none: %j',
  async (text) => {
    expect((await htmlOfMarkdown(text)).notes).toHaveLength(1)
  },
)

test.each([
  ['結果は https://a.example.comにあります。', 'https://a.example.com'],
  ['http://localhost:3000にあります', 'http://localhost:3000'],
  ['http://192.168.0.1:80을 본다', 'http://192.168.0.1:80'],
  ['https://a.example看這裡 https', 'https://a.example'],
  ['（https://a.example/crane）です', 'https://a.example/crane'],
  ['https://a.example/crane、次', 'https://a.example/crane'],
])('an address ends where the text around it goes on: %s', async (text, address) => {
  expect(await htmlOf(text)).toContain(`<a href="${address}">${address}</a>`)
})

test.each([
  'https://例え.jp/',
  'https://www.東京.jp',
  'https://a.b東京.example',
  'https://a.example/東京駅',
])('an address may have letters of any script: %s', async (address) => {
  expect(await htmlOf(`${address} です`)).toContain(`>${address}</a> です`)
})

test.each([
  [
    'further left than its item keeps its blanks',
    '- a\n  - b\n    {{< highlight py >}}\ndef f():\n    return\n\n    # no\n{{< /highlight >}}\n- c',
    '<ul><li>a<ul><li>b<pre><code>def f():&#10;    return&#10;&#10;    # no&#10;</code></pre></li></ul></li><li>c</li></ul>',
  ],
  [
    'as far in as its item begins with what follows',
    '- a\n  {{< highlight py >}}\n  def f():\n      return\n\n  f()\n  {{< /highlight >}}\n- c',
    '<ul><li>a<pre><code>def f():&#10;    return&#10;&#10;f()&#10;</code></pre></li><li>c</li></ul>',
  ],
  [
    'at the far left directly below an item does not end the list',
    '1. a\n{{< highlight sh >}}\nls\n{{< /highlight >}}\n2. b',
    '<ol><li>a<pre><code>ls&#10;</code></pre></li><li>b</li></ol>',
  ],
  [
    'below a blank line ends it',
    '- a\n\n{{< highlight sh >}}\nls\n{{< /highlight >}}',
    '<ul><li>a</li></ul><pre><code>ls&#10;</code></pre>',
  ],
])('code of a shortcode in a list %s', async (_what, text, html) => {
  expect((await htmlOf(text)).replaceAll('\n', '')).toBe(html)
})

test('code in a shortcode keeps its blanks and blank lines, also in a list', async () => {
  const html = await htmlOf('- A\n\n  {{< highlight sh >}}\n  a\n\n    b\n  {{< /highlight >}}\n')
  expect(html).toContain('<pre><code>a&#10;&#10;  b&#10;</code></pre>\n</li>')
})

test('addresses alone are whole where a program has escaped their signs', async () => {
  expect(await htmlOf('See https://a.example/b\\_c\\_d and a\\_b.')).toBe(
    '<p>See <a href="https://a.example/b_c_d">https://a.example/b_c_d</a> and a_b.</p>',
  )
  expect(await htmlOf('<https://a.example/b\\_c>')).toContain('b\\_c</a>')
})

test.each([
  ['<center>\n![](img/a_1.png)\n</center>', '<center>\n<img src="img/a_1.png" alt="">\n</center>'],
  [
    '<div>![A](https://a.example/a.png "b")</div>',
    '<div><img src="https://a.example/a.png" alt="A"></div>',
  ],
  [
    '<div>[a <b>b</b>](https://a.example/)</div>',
    '<div><a href="https://a.example/">a <b>b</b></a></div>',
  ],
  ['<div>[a](b) ![a](c d)</div>', '<div>[a](b) ![a](c d)</div>'],
  [
    '<div><code>![A](https://a.example/a.png)</code></div>',
    '<div><code>![A](https://a.example/a.png)</code></div>',
  ],
])('pictures and links of Markdown in HTML are shown: %s', async (text, html) => {
  expect(await htmlOf(text)).toBe(html)
})

test('signs of Obsidian are no words', async () => {
  expect(await htmlOf('> [!note] ## In short\n> Lift.')).toContain('<strong>In short</strong>')
  expect(await htmlOf('One %%is it? %% two, 5%% or 6%% three')).toBe(
    '<p>One  two, 5%% or 6%% three</p>',
  )
})

describe('tags in the words of a note', () => {
  const tagsOf = async (text: string) => (await htmlOfMarkdown(text)).tags

  test('are its tags where it has wiki links', async () => {
    const text = 'See [[Old crane]] #harbour and #goods/heavy-lift.\n- **#lift**\n#été'
    expect(await tagsOf(text)).toEqual(['harbour', 'goods/heavy-lift', 'lift', 'été'])
    expect((await htmlOfMarkdown(text)).html).toContain('#harbour')
    expect(await tagsOf('#harbour')).toEqual([])
    expect(await tagsOf('`[[a]]` #harbour')).toEqual([])
  })

  test.each([
    '#1',
    'a#b',
    '(#a)',
    '`#a`',
    '```\n#a\n```',
    '## #a',
    '[#a](b)',
    '#a1b2c3',
    '#fff',
    '#include',
    '#region',
    '#abc',
    '#facade',
    '#42nd',
    'https://a.example/ab #-',
  ])('are none in %j', async (text) => expect(await tagsOf(`[[Old crane]]\n\n${text}`)).toEqual([]))
})

test('what is indented below a long paragraph of a list is no code', async () => {
  const text = `1. One\n\n    ${'long '.repeat(80)}\n\n    ![a](b.png){:width="100%"}`
  expect(await htmlOf(text)).toContain('<img src="b.png" alt="a"></p>')
})

test.each([
  ['港は**「緑」**です', '港は<strong>「緑」</strong>です'],
  ['起重机，**开放了。**因为', '起重机，<strong>开放了。</strong>因为'],
  ['这个**“绿”**的', '这个<strong>“绿”</strong>的'],
  ['2**3**4 and a **(b)** c', '2<strong>3</strong>4 and a <strong>(b)</strong> c'],
  ['a**(b)**c', 'a**(b)**c'],
])('strong words may stand beside Chinese and Japanese signs: %s', async (text, html) => {
  expect(await htmlOf(text)).toBe(`<p>${html}</p>`)
})

test.each([
  ['Open :tada: now:+1:', 'Open 🎉 now:+1:'],
  ['港:ship::ship:', '港🚢🚢'],
  ['[:ship:](a)', '<a href="a">🚢</a>'],
  ['`:ship:`', '<code>:ship:</code>'],
  ['10:30:45, 1 :100: 2, a:ship:b', '10:30:45, 1 :100: 2, a:ship:b'],
  ['the keys :id: :x: :on: :end: :key:', 'the keys :id: :x: :on: :end: :key:'],
  ['{&quot;a&quot;:ship:1} a/:ship: C:\\b:ship:', '{&quot;a&quot;:ship:1} a/:ship: C:\\b:ship:'],
  ['(:ship:), “:ship:” and :-1:', '(🚢), “🚢” and 👎'],
  [':crane_of_ours: ::ship:: :constructor:', ':crane_of_ours: ::ship:: :constructor:'],
  [
    'https://a.example/:ship:/',
    '<a href="https://a.example/:ship:/">https://a.example/:ship:/</a>',
  ],
])('codes of emoji are what they are: %s', async (text, html) => {
  expect(await htmlOf(text)).toBe(`<p>${html}</p>`)
})

test.each([
  [
    'A [hook](https://a.example/a_(b\\)#c) here',
    '<p>A <a href="https://a.example/a_(b)#c">hook</a> here</p>',
  ],
  ['\\__hook__', '<p>__hook__</p>'],
  ["'^[A-Za-z0-9_.-]+' of '^[\\d-]'", "<p>'^[A-Za-z0-9_.-]+' of '^[\\d-]'</p>"],
  ['match(/^[a-z]$/) of "^[^,]"', '<p>match(/^[a-z]$/) of &quot;^[^,]&quot;</p>'],
])('signs that programs need are shown: %s', async (text, html) => {
  expect(await htmlOf(text)).toBe(html)
})

test.each([
  '~~~\n```\n~~~\n\n``\n\nafter',
  '<!--\n```\n-->\n\n``\nx\n\nafter',
  '<pre>\n```\n</pre>\n\n``\n\nafter',
  '- ```\n  a\n  ```\n\n``\n\nafter',
  '````md\n```\n``\n```js\n````\n\nafter',
  '~~~\n```\n``\n```js\n~~~\n\nafter',
])('two ticks end no block that others have begun: %j', async (text) => {
  const html = await htmlOf(text)
  expect(html).toMatch(/<p>after<\/p>$/)
  expect(html).toMatch(/^(?:<p>)?``$|^<p>``<\/p>$|^<p>``/m)
})

test.each(['"Lift"^[the-hook]', '(lift^[la-fin]), |^[see-also]'])(
  'words with a hyphen are notes: %s',
  async (text) => {
    expect(await htmlOf(text)).toContain('<li id="note-1">')
  },
)

test.each([
  ['_**So**: https://a.example/b#c_d_', '/b#c_d</a></em>'],
  ['**See https://a.example/b**', '/b</a></strong>'],
  ['~~See https://a.example/b~~', '/b</a></s>'],
  ['Is it https://a.example/b_?', '/b</a>_?'],
  ['https://a.example/b\\_', '/b_</a>'],
])('signs that close words are no part of an address: %s', async (text, html) => {
  expect(await htmlOf(text)).toContain(`>https://a.example${html}`)
})

test.each([
  ['(Ports:\n\n[Gull]: https://a.example/b)\n\nend', '[Gull]: <a'],
  ['- [x]: https://a.example/b)\n- [x] c', '[x]: <a'],
  ['[Gull]\n\n[Gull]: https://a.example/b)', '<p><a href="https://a.example/b">Gull</a></p>'],
])(
  'an address with a bracket behind it stays where no words lead to it: %j',
  async (text, html) => {
    expect(await htmlOf(text)).toContain(html)
  },
)

test.each([
  ['topics:: #harbour, #goods/heavy', ['harbour', 'goods/heavy']],
  ['Status:: #open\nTags:: #a-b', ['open', 'a-b']],
  ['Crane:: #harbour is a comment', []],
  ['Maths:: #PI', []],
  ['tags:: #metoo was big', []],
])('tags of fields are tags where these have nothing else: %j', async (text, tags) => {
  expect((await htmlOfMarkdown(text)).tags).toEqual(tags)
})
