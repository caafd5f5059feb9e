import { XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { nitf } from '../../../src/intake/formats/nitf.ts'
import { type Rejection, RejectionError } from '../../../src/intake/rejection.ts'
import { cpuTime } from '../../support/cpu-time.ts'

const wireStory = `<?xml version="1.0" encoding="utf-8"?>
<!-- from the wire -->
<nitf version="-//IPTC//DTD NITF 3.6//EN" xml:lang="en-GB" xmlns="http://iptc.org/std/NITF/2006-10-18/">
  <head>
    <title>slug-title</title>
    <tobject tobject.type="news"><tobject.subject tobject.subject.type="politics"/></tobject>
    <docdata>
      <doc-id id-string="123-abc"/>
      <date.issue norm="20260413T093000+0300"/>
      <date.expire norm="20270101T000000Z"/>
      <doc.rights owner="Example Agency"/>
      <key-list><keyword key="elections"/><keyword key=" EU &amp; UK "/><keyword key=""/></key-list>
      <fixture fix-id="column"/>
    </docdata>
    <pubdata name="The Example" date.publication="20260414" position.section="World"/>
  </head>
  <body>
    <body.head>
      <hedline><hl1>Fish &amp; <em>chips</em></hl1><hl2>The  dek
        in two lines</hl2></hedline>
      <byline>By <person>First Author</person> and <person>Second Author</person><byttl>Reporters</byttl></byline>
      <distributor>Example Desk</distributor>
      <dateline><location>ANKARA</location></dateline>
      <abstract><p>An abstract.</p></abstract>
    </body.head>
    <body.content>
      <media media-type="image">
        <media-reference source="images/lead.jpg" mime-type="image/jpeg" alternate-text="A lead"/>
        <media-caption><p>What is seen.</p></media-caption>
        <media-producer>A Photographer</media-producer>
      </media>
      <media media-type="audio"><media-reference source="https://example.org/a.mp3"/></media>
      <block>
        <p>One <em>two</em> <strong>three</strong> <a href="https://example.org/?a=1&amp;b=2">four</a> 5 &lt; 6.</p>
        <hl2>Between</hl2>
        <ul><li>first</li><li>second</li></ul>
        <bq><block><p>Said <q>so</q>.</p></block></bq>
        <p><person>Someone</person> of <org>Somewhere</org><![CDATA[ <b>&amp;]]></p>
        <p/>
      </block>
    </body.content>
  </body>
</nitf>
`

const story = (parts: { head?: string; bodyHead?: string; content?: string; before?: string }) =>
  `${parts.before ?? ''}<nitf><head>${parts.head ?? '<docdata><date.issue norm="20260413"/></docdata>'}</head>` +
  `<body><body.head>${parts.bodyHead ?? '<hedline><hl1>Title</hl1></hedline>'}</body.head>` +
  `<body.content>${parts.content ?? '<p>Text.</p>'}</body.content></body></nitf>`

async function htmlOf(content: string): Promise<string> {
  const { body } = await nitf.read(story({ content }))
  return 'html' in body ? body.html : ''
}

async function rejectionOf(text: string): Promise<Rejection> {
  try {
    await nitf.read(text)
  } catch (error) {
    if (error instanceof RejectionError) return error.rejection
    throw error
  }
  throw new Error('it was accepted')
}

test('the root element says it is NITF, below a declaration, comments or a DTD', () => {
  expect(nitf.recognises(wireStory, '.xml')).toBe(true)
  expect(nitf.recognises('<nitf>', '.txt')).toBe(true)
  expect(nitf.recognises('\n <!-- <html> -->\n<?x y?>\n<nitf\nversion="1">', '.xml')).toBe(true)
  expect(nitf.recognises('<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd">', '.xml')).toBe(
    true,
  )
  expect(nitf.recognises('<nitfy>', '.xml')).toBe(false)
  expect(nitf.recognises('<?xml version="1.0"?><rss><nitf/></rss>', '.xml')).toBe(false)
  expect(nitf.recognises('<!-- <nitf>', '.xml')).toBe(false)
  expect(nitf.recognises('Text about <nitf>', '.txt')).toBe(false)
  expect(nitf.recognises('', '.xml')).toBe(false)
})

test('a story from the wire is understood', async () => {
  expect(XMLValidator.validate(wireStory)).toBe(true)
  const { body, ...article } = await nitf.read(wireStory)
  expect(article).toEqual({
    title: 'Fish & chips',
    summary: 'The dek in two lines',
    published: '2026-04-13T09:30:00+03:00',
    expires: '2027-01-01T00:00:00Z',
    language: 'en-GB',
    section: 'World',
    tags: ['elections', 'EU & UK'],
    authors: ['First Author', 'Second Author'],
    image: {
      url: 'images/lead.jpg',
      alt: 'A lead',
      caption: 'What is seen.',
      credit: 'A Photographer',
    },
    audio: 'https://example.org/a.mp3',
    sources: ['Example Agency', 'Example Desk', 'The Example'],
  })
  const html = 'html' in body ? body.html.replace(/\s*\n\s*/g, '\n') : ''
  expect(html).toBe(
    `<p>One <em>two</em> <strong>three</strong> <a href="https://example.org/?a=1&amp;b=2">four</a> 5 &lt; 6.</p>
<h2>Between</h2>
<ul><li>first</li><li>second</li></ul>
<blockquote><p>Said <q>so</q>.</p></blockquote>
<p>Someone of Somewhere &lt;b&gt;&amp;amp;</p>`,
  )
})

test('without hl1 and hl2 the title and the abstract of the file serve', async () => {
  const article = await nitf.read(
    story({
      head: '<title>Head title</title><docdata><date.issue norm="20260413"/></docdata>',
      bodyHead: '<abstract><p>An <em>abstract</em>.</p></abstract>',
    }),
  )
  expect(article).toMatchObject({ title: 'Head title', summary: 'An abstract.' })
})

test.each([
  ['By Jane Doe', ['Jane Doe']],
  ['BY Jane Doe and John Roe<byttl>Reporters</byttl>', ['Jane Doe', 'John Roe']],
  ['\n  Reuters\n', ['Reuters']],
  ['By <person>Jane Doe</person>, AP', ['Jane Doe']],
  ['', []],
  ['Byron Smith', ['Byron Smith']],
])('the byline %j names %j', async (byline, authors) => {
  const bodyHead = `<hedline><hl1>x</hl1></hedline><byline>${byline}</byline>`
  expect((await nitf.read(story({ bodyHead }))).authors).toEqual(authors)
})

test.each([
  ['20170413', '2017-04-13'],
  ['20170413T1015', '2017-04-13T10:15:00'],
  ['20170413T101500', '2017-04-13T10:15:00'],
  ['20170413T101500Z', '2017-04-13T10:15:00Z'],
  ['20170413T101500.123Z', '2017-04-13T10:15:00Z'],
  ['20170413T101500+0300', '2017-04-13T10:15:00+03:00'],
  ['20170413T101500+03', '2017-04-13T10:15:00+03:00'],
  ['20170413T101500-05:30', '2017-04-13T10:15:00-05:30'],
  ['2017-04-13', '2017-04-13'],
  ['2017-04-13T10:15:00+03:00', '2017-04-13T10:15:00+03:00'],
])('the date %s is %s', async (norm, published) => {
  const head = `<docdata><date.issue norm="${norm}"/></docdata>`
  expect((await nitf.read(story({ head }))).published).toBe(published)
})

test.each(['20230230', '20171301', '20170413T256000Z', '2017', 'April 13', '20170413T101500 Z!'])(
  'there is no date %s, and its line is told',
  async (norm) => {
    const head = `<docdata>\n<date.issue norm="${norm}"/></docdata>`
    expect(await rejectionOf(story({ head }))).toEqual({
      reason: `"${norm}" is no date that exists`,
      remedy: 'Write it as 20260413, 20260413T093000 or 20260413T093000+0300.',
      line: 2,
    })
  },
)

test('the date of the dateline wins over the issue, and that over the publication', async () => {
  const pubdata = '<pubdata date.publication="20260103"/>'
  const issue = '<docdata><date.issue norm="20260102"/></docdata>'
  const dateline =
    '<hedline><hl1>x</hl1></hedline><dateline><story.date norm="20260101">1 Jan</story.date></dateline>'
  const published = async (head: string, bodyHead?: string) =>
    (await nitf.read(story({ head, ...(bodyHead && { bodyHead }) }))).published
  expect(await published(issue + pubdata, dateline)).toBe('2026-01-01')
  expect(await published(issue + pubdata)).toBe('2026-01-02')
  expect(await published(pubdata)).toBe('2026-01-03')
})

test('the section is the position, the fixture or the type of the object', async () => {
  const date = '<docdata><date.issue norm="20260413"/></docdata>'
  const fixture = '<docdata><date.issue norm="20260413"/><fixture fix-id="Column"/></docdata>'
  const tobject = '<tobject tobject.type="News"/>'
  const section = async (head: string) => (await nitf.read(story({ head }))).section
  expect(await section(tobject + fixture)).toBe('Column')
  expect(await section(tobject + date)).toBe('News')
  expect(await section(date)).toBeUndefined()
})

test('an agency that is named twice is one source', async () => {
  const head =
    '<docdata><date.issue norm="20260413"/><doc.rights owner="AA"/></docdata><pubdata name="AA"/>'
  expect((await nitf.read(story({ head }))).sources).toEqual(['AA'])
})

test('a language that is none is not believed', async () => {
  const text = story({}).replace('<nitf>', '<nitf xml:lang="en_US">')
  expect(await nitf.read(text)).not.toHaveProperty('language')
})

test.each([
  ['stray <em>words</em> &amp; <x>more</x>', '<p>stray </p><em>words</em><p> &amp; </p>more'],
  ['<p>a<br/>b</p><hr/>', '<p>a<br>b</p><hr>'],
  [
    '<p>5 &lt; 6 &amp;&amp; "x" &#60;script&#62;</p>',
    '<p>5 &lt; 6 &amp;&amp; "x" &lt;script&gt;</p>',
  ],
  ['<p><script>alert(1)</script></p>', '<p>alert(1)</p>'],
  [
    '<p><a href="x&quot; onclick=&quot;y">z</a></p>',
    '<p><a href="x&quot; onclick=&quot;y">z</a></p>',
  ],
  ['<p><a>z</a></p>', '<p>z</p>'],
  ['<ol><li><p>a</p></li></ol>', '<ol><li><p>a</p></li></ol>'],
  ['<table><tr><td>a</td></tr></table>', '<p>a</p>'],
  ['<table><tr><th>a</th><td>b &lt; c</td></tr><tr><td/></tr></table>', '<p>a | b &lt; c</p>'],
  ['<p>a <constructor>b</constructor> <toString>c</toString></p>', '<p>a b c</p>'],
  [
    '<bq>words<credit>Who said</credit></bq>',
    '<blockquote><p>words</p><p>Who said</p></blockquote>',
  ],
])('%s is written as %s', async (content, html) => {
  expect(await htmlOf(content)).toBe(html)
})

test('the first image leads; others stay where they are in the text', async () => {
  const image = (name: string) =>
    `<media media-type="image"><media-reference source="${name}.jpg" alternate-text="&quot;${name}&quot;"/><media-caption>Of &lt;${name}</media-caption></media>`
  const content = `<p>1</p>${image('a')}<p>2</p>${image('b')}<media media-type="video"><media-reference source="c.mp4"/></media>`
  const article = await nitf.read(story({ content }))
  expect(article.image).toEqual({ url: 'a.jpg', alt: '"a"', caption: 'Of <a' })
  expect(article.body).toEqual({
    html: '<p>1</p><p>2</p><figure><img src="b.jpg" alt="&quot;b&quot;"><figcaption>Of &lt;b</figcaption></figure>',
  })
})

test.each([
  '<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">',
  '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
  '<!-- a -->\n<!DOCTYPE nitf [<!ENTITY a "b">]>',
  '<?x <!-- ?>\n<!DOCTYPE nitf [<!ENTITY a "b">]><!-- -->',
  '<!doctype nitf>',
  '<!ENTITY x "y">',
])('a DTD is refused: %j', async (dtd) => {
  const rejection = await rejectionOf(story({ before: `<?xml version="1.0"?>\n${dtd}` }))
  expect(rejection.reason).toBe('the file has a DTD, which is not read')
  expect(rejection.remedy).toContain('Remove the DOCTYPE')
  expect(rejection.line).toBe(dtd.includes('\n') ? 3 : 2)
})

test.each([
  ['<p>\n&nbsp;</p>', '&nbsp;', 2],
  ['<p>\n\na & b</p>', '&', 3],
  ['<p>R&D</p>', '&D', 1],
  ['<p><a href="?a=1&b=2">x</a></p>', '&b', 1],
  ['<p>&constructor;</p>', '&constructor;', 1],
  ['<!--><p>&x;</p>-->\n<p>&y;</p>', '&y;', 2],
])('%j has %s, which XML does not know, in line %i', async (content, entity, line) => {
  expect(await rejectionOf(story({ content }))).toEqual({
    reason: `the file has ${entity}, which XML does not know`,
    remedy: 'Write the character itself, and &amp; for an & in text.',
    line,
  })
})

test('an entity declared within the text is refused, and one in CDATA or a comment is text', async () => {
  expect(await rejectionOf(story({ content: '<p>a</p>\n<!ENTITY x "y">' }))).toMatchObject({
    line: 2,
  })
  expect(await htmlOf('<!-- <!ENTITY --><p><![CDATA[<!DOCTYPE html>]]></p>')).toBe(
    '<p>&lt;!DOCTYPE html&gt;</p>',
  )
})

test.each([
  ['<p>\n&#0;</p>', 'Invalid character entity', 2],
  ['<p>\n<em></p>', 'Unexpected close tag', 2],
  ['<p a=b>', 'Unquoted attribute value', 1],
  ['</nope>', 'Unexpected close tag', 1],
])('%j is not well-formed: %s in line %i', async (content, reason, line) => {
  const rejection = await rejectionOf(story({ content }))
  expect(rejection.reason).toContain(reason)
  expect(rejection.reason).toContain('the file is not well-formed XML: ')
  expect(rejection.line).toBe(line)
})

test.each([
  ['', 'it has to have one root element'],
  [`${story({})}<nitf/>`, 'it has to have one root element'],
  [`${story({})}junk`, 'Text data outside of root node'],
  ['<nitf><head>', 'Unclosed root tag'],
])('a file has one whole root element, not %#', async (text, reason) => {
  expect((await rejectionOf(text)).reason).toContain(reason)
})

test('a file without a headline, a date or a story is refused', async () => {
  expect((await rejectionOf(story({ bodyHead: '' }))).reason).toBe('the file has no headline')
  expect((await rejectionOf(story({ head: '' }))).reason).toBe('the file has no date')
  expect((await rejectionOf(story({ content: '<p> </p>' }))).reason).toBe('the file has no story')
})

test('names that JavaScript knows are names like any other', async () => {
  const content = '<__proto__ __proto__="x">a</__proto__><_>b</_><p constructor="y">c</p>'
  expect(await htmlOf(content)).toBe('ab<p>c</p>')
  expect({}).not.toHaveProperty('$')
})

test.each([
  ['nested', `${'<block>'.repeat(100_000)}x${'</block>'.repeat(100_000)}`],
  ['unclosed', '<em>'.repeat(100_000)],
  ['comments', '<!--'.repeat(100_000)],
  ['entities', '&x'.repeat(100_000)],
])('100,000 %s are refused in time', async (_, content) => {
  const start = cpuTime()
  expect(await rejectionOf(story({ content }))).toHaveProperty('remedy')
  expect(cpuTime() - start).toBeLessThan(5000)
})

test('a hundred thousand paragraphs take linear time', async () => {
  const start = cpuTime()
  await nitf.read(story({ content: '<p>a &amp; b</p>'.repeat(100_000) }))
  expect(cpuTime() - start).toBeLessThan(10_000)
})
