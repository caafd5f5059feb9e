/**
 * Inputs made to hurt the readers: each repeats what is costly until the file has the wanted size.
 * One line each; the parts of a name are the reader, and what is repeated.
 */

export interface SlowInput {
  readonly name: string
  /** Name of the file. */
  readonly file: string
  /** @param size bytes, about */
  make(size: number): string
}

const times = (text: string, size: number) =>
  text.repeat(Math.max(1, Math.floor(size / text.length)))

/** As `times`, with a number in every copy instead of `#`. */
function numbered(text: string, size: number): string {
  const copies: string[] = []
  for (let length = 0, n = 0; length < size; n += 1) {
    const copy = text.replaceAll('#', String(n))
    copies.push(copy)
    length += copy.length
  }
  return copies.join('')
}

const halves = (open: string, close: string) => (size: number) =>
  times(open, (size * open.length) / (open.length + close.length)) +
  times(close, (size * close.length) / (open.length + close.length))

type Make = (size: number) => string

const page = (body: string, title = 'Ferries return to the old harbour', above = '') =>
  ` date 2024-03-04 WORLD\n3 MIN READ\n${title}\n${above}By Mira Onal\nMarch 4, 2024\n\n${body}\n\nSOURCE:TRTWorld\n`
const markdown = (body: string, matter = '') =>
  `---\ntitle: Ferries return\ndate: 2024-03-04\n${matter}---\n${body}\n`
const html = (body: string, head = '') =>
  '<!doctype html><html lang="en"><head><title>Ferries return</title>' +
  `<meta property="article:published_time" content="2024-03-04T09:00:00Z">${head}</head>` +
  `<body><article><p>The first ferry in nine years tied up at noon, and a band played.</p>${body}</article></body></html>`
const nitf = (body: string, parts: { root?: string; title?: string; data?: string } = {}) =>
  `<?xml version="1.0"?><nitf${parts.root ?? ''}><head><docdata><date.issue norm="20240304"/>${parts.data ?? ''}</docdata></head>` +
  `<body><body.head><hedline><hl1>${parts.title ?? 'Ferries return'}</hl1></hedline></body.head>` +
  `<body.content><p>Text.</p>${body}</body.content></body></nitf>`

const sentence = 'The first ferry in nine years tied up at noon, and a band played on the quay. '

/** Runs of what regular expressions may try again from every place. */
const runs: Readonly<Record<string, string>> = {
  words: sentence,
  letters: 'a',
  spaces: ' ',
  'tabs and spaces': '\t ',
  'no-break spaces': '\u00a0',
  'line ends': '\n',
  dashes: '-',
  'spaced dashes': '- ',
  quotes: '"',
  'curly quotes': '“',
  apostrophes: '’',
  brackets: '[',
  parentheses: '(',
  braces: '{',
  slashes: '/',
  'spaced slashes': ' / ',
  dots: '.',
  colons: ':',
  commas: ',',
  digits: '1',
  'Arabic digits': '٣',
  'a name, and': 'Mira and ',
  Georgia: 'Georgia ',
  US: 'US ',
  'Jordan, ': 'Jordan, ',
  'and Jordan': 'Jordan and ',
  marks: '\u0301',
  'marks in the wrong order': '\u0301\u0323',
  'letters with marks': 'a\u0301',
  'Arabic marks': 'ب\u064e\u0651',
  emoji: '😀',
  'right to left': '\u202e',
  controls: '\u0001',
  'less than': '<',
  ampersands: '&',
  entities: '&amp;',
  'wide letters': 'İ',
  Chinese: '漢',
  CAPITALS: 'AB ',
  dates: 'March 4, 2024\n',
  'By lines': 'By Mira Onal\n',
  SOURCE: 'SOURCE:A\n',
  'SOURCE names': 'SOURCE:A, B, C and D\n',
  'short lines': 'A b\n',
  'quoted lines': '“A b”\n',
  paragraphs: 'A paragraph.\n\n',
}

const perRun = (reader: string, file: string, wrap: (run: string) => string): SlowInput[] =>
  Object.entries(runs).map(([name, run]) => ({
    name: `${reader}: ${name}`,
    file,
    make: (size) => wrap(times(run, size)),
  }))

/** For where `<` and `&` are markup. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const named = (reader: string, file: string, makes: Readonly<Record<string, Make>>): SlowInput[] =>
  Object.entries(makes).map(([name, make]) => ({ name: `${reader}: ${name}`, file, make }))

/** Markup that HTML and Markdown readers share. */
const markup: Readonly<Record<string, Make>> = {
  'unclosed <p>': (size) => times('<p>a', size),
  'unclosed <b>': (size) => times('<b>a', size),
  'unclosed <div>': (size) => times('<div>', size),
  'unclosed <a>': (size) => times('<a href=x>', size),
  'unclosed <li>': (size) => times('<li>', size),
  'unknown elements': (size) => times('<x>a</x>', size),
  'nested elements': halves('<div>', '</div>'),
  'nested 200 deep': (size) => times(`${'<div>'.repeat(200)}a${'</div>'.repeat(200)}`, size),
  'nested 90 deep': (size) => times(`${'<div>'.repeat(90)}a${'</div>'.repeat(90)}`, size),
  'nested fonts': (size) => times(`<p>${'<font>'.repeat(90)}a<p>b${'</font>'.repeat(90)}`, size),
  'end tags': (size) => times('</p>', size),
  'end tags of nothing': (size) => times('</x>', size),
  'one attribute': (size) => `<p title="${times('a', size)}">a</p>`,
  attributes: (size) => `<p ${numbered('a#="b" ', size)}>a</p>`,
  'attributes without values': (size) => `<p ${numbered('a# ', size)}>a</p>`,
  'unfinished tags': (size) => times('<p ', size),
  'unfinished attribute': (size) => times('<p a="', size),
  'half a tag': (size) => `<p ${times('a', size)}`,
  'tag name': (size) => `<${times('a', size)}>b`,
  comments: (size) => times('<!-- a -->', size),
  'unfinished comments': (size) => times('<!--', size),
  'unfinished comment': (size) => `<!--${times('a-', size)}`,
  declarations: (size) => times('<!a>', size),
  processing: (size) => times('<?a?>', size),
  'unfinished processing': (size) => times('<?a', size),
  CDATA: (size) => times('<![CDATA[a]]>', size),
  'unfinished CDATA': (size) => times('<![CDATA[', size),
  scripts: (size) => times('<script>a</script>', size),
  'unfinished script': (size) => `<script>${times('</scrip', size)}`,
  'unfinished scripts': (size) => times('<script>', size),
  styles: (size) => times('<style>a</style>', size),
  textareas: (size) => times('<textarea>a</textarea>', size),
  templates: (size) => times('<template>a</template>', size),
  svg: (size) => times('<svg><a>a</a></svg>', size),
  links: (size) => times('<a href="https://example.org/a">a</a>', size),
  'relative links': (size) => times('<a href="a">a</a> ', size),
  'long link': (size) => `<a href="https://example.org/${times('a', size)}">a</a>`,
  'links of dots': (size) => times(`<a href="${'../'.repeat(300)}">a</a>`, size),
  'links of 7 kB': (size) => times(`<a href="http:${'%'.repeat(7000)}">a</a>`, size),
  images: (size) => times('<img src="https://example.org/a.jpg">', size),
  'images of ours': (size) => times('<img src=a.jpg>', size),
  'other images of ours': (size) => numbered('<img src=a#.jpg>', size),
  'images of one style': (size) => `<img src="a.jpg" style="${times('a:b;', size)}">`,
  'table rows': (size) => `<table>${times('<tr><td>a', size)}</table>`,
  'closed table rows': (size) => `<table>${times('<tr><td>a</td><td>b</td></tr>', size)}</table>`,
  'table cells': (size) => `<table><tr>${times('<td>a', size)}</table>`,
  tables: (size) => times('<table><tr><td>a</td></tr></table>', size),
  'nested tables': (size) =>
    times(`${'<table><tr><td>'.repeat(25)}a${'</td></tr></table>'.repeat(25)}`, size),
  'text in tables': (size) => `<table>${times('a<b>', size)}</table>`,
  lists: (size) => times('<ul><li>a</ul>', size),
  'list items': (size) => `<ul>${times('<li>a</li>', size)}</ul>`,
  selects: (size) => `<select>${times('<option>a', size)}</select>`,
  'line breaks': (size) => times('<br>', size),
  'line breaks and words': (size) => times('a<br><br>', size),
  headings: (size) => times('<h2>a</h2>', size),
  'paragraphs of one word': (size) => times('<p>a</p>', size),
  'plain paragraphs': (size) => times(`<p>${sentence.repeat(5)}</p>\n`, size),
  'divs of sentences': (size) => times(`<div>${sentence}</div>`, size),
  'spans of sentences': (size) => times(`<span>${sentence}</span>`, size),
  'sentences with commas': (size) => times(`<p>${', a'.repeat(40)}</p>`, size),
  'one paragraph of commas': (size) => `<p>${times('a, ', size)}</p>`,
  'numbers of letters': (size) => times('&#65;', size),
  'unfinished entities': (size) => times('&am', size),
  'long entity': (size) => `&${times('a', size)};`,
  'long number': (size) => `&#${times('1', size)};`,
  iframes: (size) => times('<iframe src="https://example.org/"></iframe>', size),
  objects: (size) => times('<object><embed></object>', size),
  'JSON-LD': (size) => times('<script type="application/ld+json">{"a":1}</script>', size),
  'nested JSON-LD': (size) =>
    `<script type="application/ld+json">${halves('[', ']')(size)}</script>`,
  'graph of JSON-LD': (size) =>
    `<script type="application/ld+json">{"@type":"NewsArticle","headline":"a","author":[${numbered('{"@id":"#"},', size)}{}]}</script>`,
  'JSON-LD with entities': (size) =>
    `<script type="application/ld+json">{"@type":"NewsArticle","headline":"a","author":[${numbered('"a#&amp;",', size)}"b"]}</script>`,
}

export const slowInputs: readonly SlowInput[] = [
  ...perRun('TRT body', 'a.txt', (run) => page(run)),
  ...perRun('TRT title', 'a.txt', (run) => page('Text.', run)),
  ...perRun('TRT dek', 'a.txt', (run) => page('Text.', undefined, `${run}\n`)),
  ...perRun('TRT start', 'a.txt', (run) => `${run}${page('Text.')}`),
  ...perRun('Markdown body', 'a.md', (run) => markdown(run)),
  ...perRun('Markdown front matter', 'a.md', (run) => `---\n${run}\n---\nText.\n`),
  ...perRun('Markdown start', 'a.md', (run) => `---${run}\n---\nText.\n`),
  ...perRun('HTML body', 'a.html', (run) => html(`<p>${escaped(run)}</p>`)),
  ...perRun('HTML text', 'a.html', (run) => html(run)),
  ...perRun('HTML title', 'a.html', (run) =>
    html('', `<meta property="og:title" content="a ${escaped(run)} b">`),
  ),
  ...perRun('HTML dek', 'a.html', (run) =>
    html('', `<meta property="og:description" content="a ${escaped(run)} b">`),
  ),
  ...perRun('HTML tags', 'a.html', (run) =>
    html('', `<meta property="keywords" content="a ${escaped(run)} b">`),
  ),
  ...perRun('HTML date', 'a.html', (run) =>
    html('', `<meta name="date" content="2024 ${escaped(run)} b">`),
  ),
  ...perRun('HTML byline', 'a.html', (run) =>
    html(`<p class="byline">By ${escaped(run)}</p><p>${sentence}</p>`),
  ),
  ...perRun('HTML start', 'a.html', (run) => `${run}${html('')}`),
  ...perRun('NITF body', 'a.xml', (run) => nitf(`<p>${escaped(run)}</p>`)),
  ...perRun('NITF stray text', 'a.xml', (run) => nitf(escaped(run))),
  ...perRun('NITF title', 'a.xml', (run) => nitf('', { title: escaped(run) })),
  ...perRun('NITF start', 'a.xml', (run) => `${run}${nitf('')}`),
  ...named(
    'HTML',
    'a.html',
    Object.fromEntries(
      Object.entries(markup).map(([name, make]) => [name, (size: number) => html(make(size))]),
    ),
  ),
  ...named(
    'HTML alone',
    'a.html',
    Object.fromEntries(
      Object.entries(markup).map(([name, make]) => [
        name,
        (size: number) => html('').replace(/<article>.*<\/article>/, () => make(size)),
      ]),
    ),
  ),
  ...named(
    'Markdown',
    'a.md',
    Object.fromEntries(
      Object.entries(markup).map(([name, make]) => [name, (size: number) => markdown(make(size))]),
    ),
  ),
  ...named(
    'NITF',
    'a.xml',
    Object.fromEntries(
      Object.entries(markup).map(([name, make]) => [name, (size: number) => nitf(make(size))]),
    ),
  ),
  ...named('HTML', 'a.html', {
    metas: (size) => html('', numbered('<meta name="a#" content="b">', size)),
    'metas of tags': (size) =>
      html('', numbered('<meta property="article:tag" content="ş#">', size)),
    keywords: (size) => html('', `<meta name="keywords" content="${numbered('ş#,', size)}">`),
    'Chinese keywords': (size) =>
      html('', `<meta name="keywords" content="${numbered('漢#,', size)}">`),
    authors: (size) => html('', numbered('<meta name="author" content="Ş #">', size)),
    times: (size) => html(times('<time datetime="x">a</time>', size)),
    'comments around it': (size) => html('') + times('<!-- a -->', size),
  }),
  ...named('Markdown', 'a.md', {
    'emphasis *': (size) => markdown(times('*a ', size)),
    'emphasis **': (size) => markdown(times('**a **a* ', size)),
    'emphasis a*': (size) => markdown(times('a*', size)),
    'emphasis *a_': (size) => markdown(times('*a_ ', size)),
    'emphasis ***': (size) => markdown(times('***', size)),
    'emphasis nested': (size) => markdown(halves('*a **a ', ' a** a*')(size)),
    'emphasis a**b': (size) => markdown(`a${times('**b', size)}${times('c* ', size)}`),
    strikes: (size) => markdown(times('~~a ', size)),
    'link starts': (size) => markdown(times('[a](', size)),
    'link starts with <': (size) => markdown(times('[a](<b', size)),
    'link titles': (size) => markdown(times('[a](b "', size)),
    'image starts': (size) => markdown(times('![', size)),
    'images in images': (size) => markdown(halves('![', '](a)')(size)),
    'links in links': (size) => markdown(halves('[', '](a)')(size)),
    'parentheses in links': (size) => markdown(`[a](${times('(', size)}`),
    links: (size) => markdown(times('[a](b) ', size)),
    definitions: (size) => markdown(numbered('[a#]: b\n\n', size)),
    'same definitions': (size) => markdown(times('[a]: b\n\n', size)),
    'definitions in a row': (size) => markdown(numbered('[a#]: b\n', size)),
    'unfinished definitions': (size) => markdown(times('[a]:\n', size)),
    'long definition label': (size) => markdown(`[${times('a', size)}]: b`),
    'open labels': (size) => markdown(times('[a\n', size)),
    'uses of a definition': (size) =>
      markdown(`[a]: ${'b'.repeat(1000)}\n\n${times('[a] ', size)}`),
    'uses of a long definition': (size) =>
      markdown(`[a]: ${times('b', size / 2)}\n\n${times('[a] ', size / 2)}`),
    'definition titles': (size) => markdown(times('[a]: b "c\n', size)),
    backticks: (size) =>
      markdown(Array.from({ length: Math.sqrt(2 * size) }, (_, n) => '`'.repeat(n + 1)).join('a')),
    'backtick pairs': (size) => markdown(times('`a', size)),
    'code spans': (size) => markdown(times('`a` ', size)),
    'quotes nested': (size) => markdown(`${times('>', size)}a`),
    quotes: (size) => markdown(times('> a\n', size)),
    'quotes and lists': (size) => markdown(times('> - ', size)),
    'lists nested in one line': (size) => markdown(times('- ', size)),
    'lists nested': (size) =>
      markdown(
        Array.from({ length: Math.sqrt(size) }, (_, n) => `${' '.repeat(2 * n)}- a`).join('\n'),
      ),
    'list items': (size) => markdown(times('- a\n', size)),
    'numbered items': (size) => markdown(times('1. a\n', size)),
    'empty items': (size) => markdown(times('-\n', size)),
    headings: (size) => markdown(times('# a\n', size)),
    'heading of #': (size) => markdown(`# ${times('#', size)} a`),
    'heading of # and spaces': (size) => markdown(`# a ${times(' #', size)} b`),
    underlined: (size) => markdown(times('a\n=\n', size)),
    underline: (size) => markdown(`a\n${times('=', size)}b`),
    fences: (size) => markdown(times('```\na\n```\n', size)),
    'fence never closed': (size) => markdown(`\`\`\`\n${times('a\n', size)}`),
    rules: (size) => markdown(times('- - - \n', size)),
    'rule that is none': (size) => markdown(`${times('- ', size)}a`),
    'table header': (size) => markdown(`${times('|a', size / 2)}|\n${times('|-', size / 2)}|\n`),
    'table rows': (size) => markdown(`|a|b|\n|-|-|\n${times('|a|b|\n', size)}`),
    'table of empty cells': (size) =>
      markdown(`${'|a'.repeat(1000)}|\n${'|-'.repeat(1000)}|\n${times('a\n', size)}`),
    'tables in a row': (size) => markdown(times('a|b\n-|-\n', size)),
    escapes: (size) => markdown(times('\\', size)),
    escaped: (size) => markdown(times('\\*', size)),
    autolinks: (size) => markdown(times('<https://a.b>', size)),
    'unfinished autolinks': (size) => markdown(times('<https://a', size)),
    mail: (size) => markdown(times('<a@b.c>', size)),
    'unfinished mail': (size) => markdown(`<a@${times('a.', size)}`),
    'hard breaks': (size) => markdown(times('a  \n', size)),
    indented: (size) => markdown(times('    a\n', size)),
    indentation: (size) => markdown(times(`${' '.repeat(1000)}a\n`, size)),
    'lazy lines': (size) => markdown(`> - ${times('a\n', size)}`),
    'html blocks': (size) => markdown(times('<div>\n\n', size)),
    'html inline': (size) => markdown(times('a <b>c</b> ', size)),
    'front matter of dashes': (size) => `---\n${times('----\n', size)}`,
    'front matter that ends late': (size) => `---\n${times('a: b\n', size)}---\nText.`,
  }),
  ...named('Front matter', 'a.md', {
    keys: () => markdown('Text.', numbered('a#: b\n', 15000)),
    'keys in a map': () => markdown('Text.', `source: {${numbered('a#: b, ', 15000)}}\n`),
    tags: () => markdown('Text.', `tags: [${numbered('ş#, ', 15000)}]\n`),
    'tags as text': () => markdown('Text.', `tags: ${numbered('ş#,', 15000)}\n`),
    'open lists': () => markdown('Text.', `tags: ${times('[', 15000)}\n`),
    'nested lists': () => markdown('Text.', `tags: ${halves('[', ']')(15000)}\n`),
    'open maps': () => markdown('Text.', `source: ${times('{a: ', 15000)}\n`),
    'nested maps': () => markdown('Text.', `source: ${halves('{a: ', '}')(15000)}\n`),
    'nested items': () => markdown('Text.', `tags:\n${times('- ', 15000)}a\n`),
    'question marks': () => markdown('Text.', times('? ', 15000)),
    aliases: () => markdown('Text.', `tags: [&a b, ${times('*a, ', 15000)}]\n`),
    anchors: () => markdown('Text.', `tags: [${numbered('&a# b, ', 15000)}]\n`),
    'block text': () => markdown('Text.', `summary: |\n${times('  a\n', 15000)}`),
    'folded text': () => markdown('Text.', `summary: >\n${times('  a\n\n', 15000)}`),
    'blank lines': () => markdown('Text.', `summary: a\n${times('\n', 15000)}`),
    comments: () => markdown('Text.', times('# a\n', 15000)),
    'quoted text': () => markdown('Text.', `summary: "${times('\\x41', 15000)}"\n`),
    'quoted lines': () => markdown('Text.', `summary: "${times('a\n ', 15000)}"\n`),
    'open quotes': () => markdown('Text.', `summary: "${times('a\n ', 15000)}\n`),
    spaces: () => markdown('Text.', `summary: a${times(' ', 15000)}b\n`),
    'marks in the title': () =>
      `---\ntitle: a${times('\u0301\u0323', 7500)}\ndate: 2024-03-04\n---\nText.\n`,
    'tags with !': () => markdown('Text.', `tags: ${times('!a ', 15000)}\n`),
  }),
  ...named('NITF', 'a.xml', {
    keywords: (size) =>
      nitf('', { data: `<key-list>${numbered('<keyword key="ş#"/>', size)}</key-list>` }),
    'root attributes': (size) => nitf('', { root: numbered(' a#="b"', size) }),
    'root namespaces': (size) => nitf('', { root: numbered(' xmlns:a#="b"', size) }),
    'data elements': (size) => nitf('', { data: numbered('<a#/>', size) }),
    'unfinished root': (size) => `<nitf${times(' a="b', size)}`,
    'nested elements': (size) => nitf(halves('<a>', '</a>')(size)),
    'nested 90 deep': (size) => nitf(times(`${'<p>'.repeat(90)}a${'</p>'.repeat(90)}`, size)),
    images: (size) =>
      nitf(times('<media media-type="image"><media-reference source="a.jpg"/></media>', size)),
    bylines: (size) =>
      nitf('').replace('</body.head>', `<byline>${times('a and ', size)}</byline></body.head>`),
    people: (size) =>
      nitf('').replace(
        '</body.head>',
        `<byline>${numbered('<person>Ş #</person>', size)}</byline></body.head>`,
      ),
    'table rows': (size) => nitf(`<table>${times('<tr><td>a</td></tr>', size)}</table>`),
    DTD: (size) =>
      `<?xml version="1.0"?><!DOCTYPE nitf [${numbered('<!ENTITY a# "b">', size)}]>${nitf('')}`,
  }),
]
