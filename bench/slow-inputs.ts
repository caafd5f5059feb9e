/**
 * Inputs made to hurt the readers: each repeats what is costly until the file has the wanted size. They are
 * written as patterns: what is between ‹ and › is repeated, and № is another number every time. Where two
 * parts are repeated, the one as often as the other. The pattern is the name, behind that of the reader.
 */
import { paragraph, type WordParts, wordFile } from '../test/support/word.ts'

export interface SlowInput {
  readonly name: string
  /** Name of the file. */
  readonly file: string
  /** @param size bytes, about */
  make(size: number): string | Buffer
}

type Wrap<Made extends string | Buffer = string> = (text: string) => Made

/** @returns what a pattern is for a file of a size */
function grown(pattern: string, size: number): string {
  const parts = pattern.split(/[‹›]/)
  const unit = parts.filter((_, n) => n % 2 === 1).join('')
  const digits = unit.includes('№') ? String(Math.round(size / unit.length)).length : 1
  const times = Math.max(1, Math.floor(size / (unit.length + digits - 1)))
  return parts.map((part, n) => (n % 2 === 1 ? repeated(part, times) : part)).join('')
}

function repeated(part: string, times: number): string {
  if (!part.includes('№')) return part.repeat(times)
  return Array.from({ length: times }, (_, n) => part.replaceAll('№', String(n))).join('')
}

/** @param largest front matter is limited */
const inputs = (
  reader: string,
  file: string,
  patterns: readonly string[],
  wrap: Wrap<string | Buffer>,
  largest = Number.POSITIVE_INFINITY,
): SlowInput[] =>
  patterns.map((pattern) => ({
    name: `${reader}: ${JSON.stringify(pattern).slice(1, 60).replace(/"$/, '')}`,
    file,
    make: (size) => wrap(grown(pattern, Math.min(size, largest))),
  }))

const page = (body: string, title = 'Ferries return to the old harbour', above = '') =>
  ` date 2024-03-04 WORLD\n3 MIN READ\n${title}\n${above}By Mira Onal\nMarch 4, 2024\n\n${body}\n\nSOURCE:TRTWorld\n`
const titled = (title: string, body: string, matter = '') =>
  `---\ntitle: ${title}\ndate: 2024-03-04\n${matter}---\n${body}\n`
const markdown = (body: string, matter = '') => titled('Ferries return', body, matter)
const htmlWith = (article: string, head = '') =>
  '<!doctype html><html lang="en"><head><title>Ferries return</title>' +
  `<meta property="article:published_time" content="2024-03-04T09:00:00Z">${head}</head>` +
  `<body>${article}</body></html>`
const html = (body: string, head = '') =>
  htmlWith(
    `<article><p>The first ferry in nine years tied up at noon, and a band played.</p>${body}</article>`,
    head,
  )
const meta = (attribute: string, before = 'a'): Wrap => {
  const start = `<meta ${attribute} content="${before} `
  return (text) => html('', `${start}${escaped(text)} b">`)
}
const nitf = (body: string, parts: { root?: string; title?: string; data?: string } = {}) =>
  `<?xml version="1.0"?><nitf${parts.root ?? ''}><head><docdata><date.issue norm="20240304"/>${parts.data ?? ''}</docdata></head>` +
  `<body><body.head><hedline><hl1>${parts.title ?? 'Ferries return'}</hl1></hedline></body.head>` +
  `<body.content><p>Text.</p>${body}</body.content></body></nitf>`
const withDtd = (entities: string) => nitf('').replace('?>', `?><!DOCTYPE nitf [${entities}]>`)
const byline = (people: string) =>
  nitf('').replace('</body.head>', `<byline>${people}</byline></body.head>`)

const g2 = (parts: { body?: string; meta?: string; items?: string }) =>
  '<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>' +
  '<newsItem guid="urn:x:1"><itemMeta><itemClass qcode="ninat:text"/><versionCreated>2024-03-04</versionCreated></itemMeta>' +
  `<contentMeta><headline>Ferries return</headline>${parts.meta ?? ''}</contentMeta>` +
  `<contentSet><inlineXML><div><p>Text.</p>${parts.body ?? ''}</div></inlineXML></contentSet></newsItem>` +
  `${parts.items ?? ''}</itemSet></newsMessage>`
/** @param members further ones, each with a comma at its end */
const ninjs = (members: string, body = 'Text.') =>
  `{${members}"uri": "urn:x:1", "versionCreated": "2024-03-04T09:00:00Z", "headlines": [{"value": "Ferries return"}], ` +
  `"bodies": [{"contentType": "text/html", "value": ${JSON.stringify(`<p>${body}</p>`)}}]}`

/** For where `<` and `&` are markup. */
const escaped: Wrap = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const asIs: Wrap = (text) => text

const sentence = 'The first ferry in nine years tied up at noon, and a band played on the quay. '

/** Runs of what regular expressions may try again from every place. */
const runs = [
  ...[sentence, 'a', ' ', '\t ', '\u00a0', '\n', '-', '- ', '"', '“', '’', '[', '(', '{', '/'],
  ...[' / ', '.', ':', ',', '1', '٣', 'Mira and ', 'Georgia ', 'US ', 'Jordan, ', 'Jordan and '],
  ...['\u0301', '\u0301\u0323', 'a\u0301', 'ب\u064e\u0651', '😀', '\u202e', '\u0001', '<', '&'],
  ...['&amp;', 'İ', '漢', 'AB ', 'March 4, 2024\n', 'By Mira Onal\n', 'SOURCE:A\n', 'A b\n'],
  ...['SOURCE:A, B, C and D\n', '“A b”\n', 'A paragraph.\n\n'],
].map((run) => `‹${run}›`)

const nested = (depth: number, open: string, close: string, between = '') =>
  `‹${open.repeat(depth)}a${between}${close.repeat(depth)}›`

/** Markup that HTML and Markdown readers share. */
const markup = [
  ...['‹<p>a›', '‹<b>a›', '‹<div>›', '‹<a href=x>›', '‹<li>›', '‹<x>a</x>›', '‹<div>›‹</div>›'],
  ...[nested(200, '<div>', '</div>'), nested(90, '<div>', '</div>'), '‹</p>›', '‹</x>›'],
  ...[`‹<p>${'<font>'.repeat(90)}a<p>b${'</font>'.repeat(90)}›`, '<p title="‹a›">a</p>'],
  ...['<p ‹a№="b" ›>a</p>', '<p ‹a№ ›>a</p>', '‹<p ›', '‹<p a="›', '<p ‹a›', '<‹a›>b'],
  ...['‹<!-- a -->›', '‹<!--›', '<!--‹a-›', '‹<!a>›', '‹<?a?>›', '‹<?a›', '‹<![CDATA[a]]>›'],
  ...['‹<![CDATA[›', '‹<script>a</script>›', '<script>‹</scrip›', '‹<script>›'],
  ...['‹<style>a</style>›', '‹<textarea>a</textarea>›', '‹<template>a</template>›'],
  ...['‹<svg><a>a</a></svg>›', '‹<a href="https://example.org/a">a</a>›', '‹<a href="a">a</a> ›'],
  ...['<a href="https://example.org/‹a›">a</a>', `‹<a href="${'../'.repeat(300)}">a</a>›`],
  ...[`‹<a href="http:${'%'.repeat(7000)}">a</a>›`, '‹<img src="https://example.org/a.jpg">›'],
  ...['‹<img src=a.jpg>›', '‹<img src=a№.jpg>›', '<img src="a.jpg" style="‹a:b;›">'],
  ...['<table>‹<tr><td>a›</table>', '<table>‹<tr><td>a</td><td>b</td></tr>›</table>'],
  ...[
    '<table><tr>‹<td>a›</table>',
    '‹<table><tr><td>a</td></tr></table>›',
    '<ul>‹<li>a</li>›</ul>',
  ],
  ...[nested(25, '<table><tr><td>', '</td></tr></table>'), '<table>‹a<b>›</table>'],
  ...['‹<ul><li>a</ul>›', '<select>‹<option>a›</select>', '‹<br>›', '‹a<br><br>›', '‹<h2>a</h2>›'],
  ...['‹<p>a</p>›', `‹<p>${sentence.repeat(5)}</p>\n›`, `‹<div>${sentence}</div>›`],
  ...[`‹<span>${sentence}</span>›`, `‹<p>${', a'.repeat(40)}</p>›`, '<p>‹a, ›</p>', '‹&#65;›'],
  ...['‹&am›', '&‹a›;', '&#‹1›;', '‹<iframe src="https://example.org/"></iframe>›'],
  ...['‹<object><embed></object>›', '‹<script type="application/ld+json">{"a":1}</script>›'],
  ...['<script type="application/ld+json">‹[›‹]›</script>'],
  '<script type="application/ld+json">{"@type":"NewsArticle","headline":"a","author":[‹{"@id":"№"},›{}]}</script>',
  '<script type="application/ld+json">{"@type":"NewsArticle","headline":"a","author":[‹"a№&amp;",›"b"]}</script>',
]

const inMarkdown = [
  ...['‹*a ›', '‹**a **a* ›', '‹a*›', '‹*a_ ›', '‹***›', '‹*a **a ›‹ a** a*›', 'a‹**b›‹c* ›'],
  ...['‹~~a ›', '‹[a](›', '‹[a](<b›', '‹[a](b "›', '‹![›', '‹![›‹](a)›', '‹[›‹](a)›', '[a](‹(›'],
  ...['‹[a](b) ›', '‹[a№]: b\n\n›', '‹[a]: b\n\n›', '‹[a№]: b\n›', '‹[a]:\n›', '[‹a›]: b'],
  ...['‹[a\n›', `[a]: ${'b'.repeat(1000)}\n\n‹[a] ›`, '[a]: ‹bbbb›\n\n‹[a] ›', '‹[a]: b "c\n›'],
  ...['‹`a›', '‹`a` ›', '‹>›a', '‹> a\n›', '‹> - ›', '‹- ›', '‹- a\n›', '‹1. a\n›', '‹-\n›'],
  ...['‹# a\n›', '# ‹#› a', '# a ‹ #› b', '‹a\n=\n›', 'a\n‹=›b', '‹```\na\n```\n›', '```\n‹a\n›'],
  ...['‹- - - \n›', '‹- ›a', '‹|a›|\n‹|-›|\n', '|a|b|\n|-|-|\n‹|a|b|\n›', '‹a|b\n-|-\n›', '‹\\›'],
  ...[`${'|a'.repeat(1000)}|\n${'|-'.repeat(1000)}|\n‹a\n›`, '‹\\*›', '‹<https://a.b>›'],
  ...['‹<https://a›', '‹<a@b.c>›', '<a@‹a.›', '‹a  \n›', '‹    a\n›', `‹${' '.repeat(1000)}a\n›`],
  ...['> - ‹a\n›', '‹<div>\n\n›', '‹a <b>c</b> ›'],
]

const inNitf = [
  ...['‹<a>›‹</a>›', nested(90, '<p>', '</p>'), '<table>‹<tr><td>a</td></tr>›</table>'],
  '‹<media media-type="image"><media-reference source="a.jpg"/></media>›',
]

const inDocdata = ['‹<a№/>›', '<key-list>‹<keyword key="ş№"/>›</key-list>']

const inG2 = [
  ...[
    '‹<subject qcode="a:№"/>›',
    '‹<subject><name>ş№</name></subject>›',
    '‹<keyword>ş№</keyword>›',
  ],
  ...[
    '‹<headline xml:lang="fr">a</headline>›',
    '<by>‹a and ›</by>',
    '‹<creator><name>Ş №</name></creator>›',
  ],
]
const g2Items = ['‹<newsItem/>›', '‹<packageItem/>›']
const inNinjs = [
  ...['"a": ‹[›‹]›,', '"a": ‹{"a":›1‹}›,', '‹"a№": 1,›', '"keywords": [‹"ş№",›"b"],'],
  ...['"subjects": [‹{"name": "ş№"},›{}],', '"by": "‹a and ›",', '"ednote": "‹a ›",'],
  ...[
    '"associations": [‹{"type": "picture"},›{}],',
    '"body_html": "‹<p>a›",',
    '"body_text": "‹a\\n›",',
  ],
]

const inHead = [
  ...['‹<meta name="a№" content="b">›', '‹<meta property="article:tag" content="ş№">›'],
  '‹<meta name="author" content="Ş №">›',
]

/** Lines below the title and the date. */
const frontMatter = [
  ...['‹a№: b\n›', 'source: {‹a№: b, ›}\n', 'tags: [‹ş№, ›]\n', 'tags: ‹ş№,›\n', 'tags: ‹[›\n'],
  ...['tags: ‹[›‹]›\n', 'source: ‹{a: ›\n', 'source: ‹{a: ›‹}›\n', 'tags:\n‹- ›a\n', '‹? ›'],
  ...['tags: [&a b, ‹*a, ›]\n', 'tags: [‹&a№ b, ›]\n', 'summary: |\n‹  a\n›', '‹# a\n›'],
  ...['summary: >\n‹  a\n\n›', 'summary: a\n‹\n›', 'summary: "‹\\x41›"\n', 'summary: "‹a\n ›"\n'],
  ...['summary: "‹a\n ›\n', 'summary: a‹ ›b\n', 'tags: ‹!a ›\n'],
]

/** To files that are not there, by path, name and the address of a page. */
const links = ['№.md', 'a/№', '@/a/№', '/a/№', '/2024/05/06/№.html', '/articles/?file=;name=№'].map(
  (url) => `‹<a href="${url}">a</a>›`,
)

/** Lines that become longer and longer. */
const growing = (line: (n: number) => string, between: string) => (size: number) =>
  markdown(Array.from({ length: Math.sqrt(2 * size) }, (_, n) => line(n + 1)).join(between))

/** Unpacked, so that its size is that of what is repeated. */
const wordOf = (parts: Partial<WordParts>) => wordFile({ ...parts, isStored: true })
const word = (body: string) => wordOf({ body: paragraph('Text.') + body })
const inWord = [
  ...[
    '‹<w:p><w:r><w:t>a</w:t></w:r></w:p>›',
    '<w:p>‹<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r>›</w:p>',
  ],
  ...[
    '<w:tbl><w:tr>‹<w:tc><w:p/></w:tc>›</w:tr></w:tbl>',
    '<w:tbl>‹<w:tr><w:tc><w:p/></w:tc></w:tr>›</w:tbl>',
  ],
  ...[
    '‹<w:sdt><w:sdtContent>›‹</w:sdtContent></w:sdt>›',
    '<w:p>‹<w:r><w:fldChar w:fldCharType="begin"/></w:r>›</w:p>',
  ],
  ...[
    '<w:p>‹<w:hyperlink w:anchor="a№"/><w:bookmarkStart w:name="a№"/>›</w:p>',
    '<w:p>‹<w:r><w:footnoteReference w:id="№"/></w:r>›</w:p>',
  ],
  ...[
    '<w:p><m:oMath>‹<m:r><m:t>x</m:t></m:r>›</m:oMath></w:p>',
    '<w:p>‹<w:r><w:pict><v:shape/></w:pict></w:r>›</w:p>',
  ],
  ...[
    '‹<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>›',
    '<w:p><w:r><w:t>‹a ›</w:t></w:r></w:p>',
    '<w:p><w:r>‹<w:tab/>›</w:r></w:p>',
  ],
  '<w:p><w:r><mc:AlternateContent>‹<mc:Choice/>›</mc:AlternateContent></w:r></w:p>',
]
const inWordStyles = [
  '‹<w:style w:styleId="a№"><w:basedOn w:val="a"/></w:style>›',
  '<w:style w:styleId="a">‹<w:rPr/>›</w:style>',
]

export const slowInputs: readonly SlowInput[] = [
  ...inputs('TRT body', 'a.txt', runs, (run) => page(run)),
  ...inputs('TRT title', 'a.txt', runs, (run) => page('Text.', run)),
  ...inputs('TRT dek', 'a.txt', runs, (run) => page('Text.', undefined, `${run}\n`)),
  ...inputs('TRT start', 'a.txt', runs, (run) => run + page('Text.')),
  ...inputs('Markdown body', 'a.md', [...runs, ...markup, ...inMarkdown], (body) => markdown(body)),
  ...inputs('Markdown front matter', 'a.md', runs, (run) => `---\n${run}\n---\nText.\n`),
  ...inputs('Markdown start', 'a.md', runs, (run) => `---${run}\n---\nText.\n`),
  ...inputs('Markdown', 'a.md', ['---\n‹----\n›', '---\n‹a: b\n›---\nText.'], asIs),
  { name: 'Markdown: longer code', file: 'a.md', make: growing((n) => '`'.repeat(n), 'a') },
  { name: 'Markdown: lists', file: 'a.md', make: growing((n) => `${'  '.repeat(n)}- a`, '\n') },
  ...inputs('Front matter', 'a.md', frontMatter, (matter) => markdown('Text.', matter), 15_000),
  ...inputs('Title', 'a.md', ['a‹\u0301\u0323›'], (title) => titled(title, 'Text.'), 15_000),
  ...inputs('HTML', 'a.html', [...runs, ...markup], (body) => html(body)),
  ...inputs('Markdown links', 'a.md', links, (body) => markdown(`<p>${body}</p>`)),
  ...inputs('HTML alone', 'a.html', markup, (body) => htmlWith(body)),
  ...inputs('HTML paragraph', 'a.html', runs, (run) => html(`<p>${escaped(run)}</p>`)),
  ...inputs('HTML title', 'a.html', runs, meta('property="og:title"')),
  ...inputs('HTML dek', 'a.html', runs, meta('property="og:description"')),
  ...inputs('HTML tags', 'a.html', [...runs, '‹ş№,›', '‹漢№,›'], meta('property="keywords"')),
  ...inputs('HTML date', 'a.html', runs, meta('name="date"', '2024')),
  ...inputs('HTML byline', 'a.html', runs, (run) =>
    html(`<p class="byline">By ${escaped(run)}</p><p>${sentence}</p>`),
  ),
  ...inputs('HTML start', 'a.html', runs, (run) => run + html('')),
  ...inputs('HTML end', 'a.html', ['‹<!-- a -->›'], (end) => html('') + end),
  ...inputs('HTML text', 'a.html', ['‹<time datetime="x">a</time>›'], (body) => html(body)),
  ...inputs('HTML head', 'a.html', inHead, (head) => html('', head)),
  ...inputs('NITF', 'a.xml', [...markup, ...inNitf], (body) => nitf(body)),
  ...inputs('NITF paragraph', 'a.xml', runs, (run) => nitf(`<p>${escaped(run)}</p>`)),
  ...inputs('NITF stray text', 'a.xml', runs, (run) => nitf(escaped(run))),
  ...inputs('NITF title', 'a.xml', runs, (run) => nitf('', { title: escaped(run) })),
  ...inputs('NITF start', 'a.xml', runs, (run) => run + nitf('')),
  ...inputs('NITF byline', 'a.xml', ['‹a and ›', '‹<person>Ş №</person>›'], byline),
  ...inputs('NITF root', 'a.xml', ['‹ a№="b"›', '‹ xmlns:a№="b"›'], (root) => nitf('', { root })),
  ...inputs('NITF data', 'a.xml', inDocdata, (data) => nitf('', { data })),
  ...inputs('NITF alone', 'a.xml', ['<nitf‹ a="b›'], asIs),
  ...inputs('NewsML-G2', 'a.xml', markup, (body) => g2({ body })),
  ...inputs('NewsML-G2 data', 'a.xml', inG2, (meta) => g2({ meta })),
  ...inputs('NewsML-G2 message', 'a.xml', g2Items, (items) => g2({ items })),
  ...inputs('ninjs', 'a.json', inNinjs, (members) => ninjs(members)),
  ...inputs('ninjs body', 'a.json', markup, (body) => ninjs('', body)),
  ...inputs('ninjs alone', 'a.json', ['‹[›', '‹{"uri":›', '{"uri": "headline‹a›'], asIs),
  ...inputs('Word', 'a.docx', inWord, word),
  ...inputs('Word styles', 'a.docx', inWordStyles, (styles) => wordOf({ styles })),
  ...inputs('Word properties', 'a.docx', ['<dc:creator>‹a;›</dc:creator>'], (properties) =>
    wordOf({ properties }),
  ),
  ...inputs('NITF DTD', 'a.xml', ['‹<!ENTITY a№ "b">›'], withDtd),
]
