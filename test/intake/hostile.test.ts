/** Files made to harm: each becomes a right article, or a rejection with a reason and a remedy, in time. */
import { describe, expect, test } from 'vitest'
import { split as splitFile } from '../../src/intake/formats/front-matter/front-matter.ts'
import { readYaml } from '../../src/intake/formats/front-matter/front-matter-yaml.ts'
import { withRules } from '../../src/intake/formats/lines/drawn-lines.ts'
import { withoutEmbargo, withoutEmbargoLines } from '../../src/intake/formats/lines/embargo-text.ts'
import { embargoesInNote, withoutEmbargoIn } from '../../src/intake/formats/lines/embargo-words.ts'
import { factsIn } from '../../src/intake/formats/markdown/markdown-facts.ts'
import type { Rejection } from '../../src/intake/rejection.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { page } from '../support/page.ts'
import { articleIn, htmlFile, markdownFile, nitfFile, readFile } from '../support/read.ts'
import { content, paragraph, relation, run, style, wordFile, zip } from '../support/word.ts'

/**
 * No file takes longer, in ms of CPU time: four times the slowest on a quiet machine (3 s, of 2 MB and more),
 * for one that shares its cores was seen to need more than twice its time. What grows with the square needs minutes.
 */
const longest = 12_000

async function read(content: string | Buffer, name: string) {
  const start = cpuTime()
  const outcome = await readFile(name, content)
  expect(cpuTime() - start).toBeLessThan(longest)
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  return outcome
}

const articleOf = async (content: string | Buffer, name: string) =>
  articleIn(await read(content, name))

async function rejectionOf(content: string | Buffer, name: string): Promise<Rejection> {
  const outcome = await read(content, name)
  if (outcome.kind !== 'rejected') throw new Error(`it became: ${outcome.kind}`)
  expect(outcome.rejections[0].remedy).toMatch(/^[A-Z].*\.$/)
  expect(outcome.rejections[0].reason).not.toContain('could not be read')
  return outcome.rejections[0]
}

const html = (body: string, head = '') =>
  htmlFile(`<p>The first ferry in nine years tied up at noon.</p>${body}`, head)
const nitf = (story: string, prolog = '') => nitfFile(story, { prolog })

/** A body in a file of each format. */
const inEach = [
  ['a.txt', (text: string) => page({ body: text })],
  ['a.md', (text: string) => markdownFile(text)],
  ['a.html', (text: string) => html(`<p>${text}</p>`)],
  ['a.xml', (text: string) => nitf(`<p>${text}</p>`)],
] as const

describe('links to files that are not there', () => {
  test.each(['№.md', 'a/№/', '@/a/№', '/a/№', '/2024/05/06/№.html', '/articles/?file=;name=№'])(
    'tens of thousands of them, such as %s, are looked for in time',
    async (url) => {
      const links = Array.from({ length: 30_000 }, (_, n) => {
        return `<a href="${url.replace('№', String(n))}">a</a>`
      })
      const { content } = await articleOf(markdownFile(`<p>${links.join(' ')}</p>`), 'a.md')
      expect(content).toMatch(/a<\/a> <a/)
    },
  )
})

describe('lines that may state a date', () => {
  test.each([
    '2024\n',
    '- 2024\n',
    '2024-05-01\n',
    'Date: 2024-05-01 by ',
    '**Date:** 1 May 2024\n',
    '**a',
    '> ',
    '<',
    '<!--',
    '📅',
    '_',
    'A ',
    'A, ',
    'By A and ',
    '2024-05-01 | ',
    'Tags: a\n',
    '![a](',
    '[a](/',
    '- - ',
    '12.12.2024 ',
  ])('a megabyte of %j is read in time', (piece) => {
    const text = piece.repeat(1_000_000 / piece.length)
    const start = performance.now()
    factsIn(text, 1)
    factsIn(`2024-05-01\n${text}`, 1)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('lines that may state an embargo', () => {
  test.each([
    'EMBARGOED\n',
    'EMBARGOED\n\n',
    'EMBARGO UNTIL ',
    'embargo: ',
    'not for a b ',
    'do not a b ',
    '<p>EMBARGO</p>',
    '<p>',
    '<p><br>',
    '<br>',
    '<p>---</p>',
    '<p>-',
    '# a\n',
    'a\n=\n',
    '\n',
    '(',
  ])('a megabyte of %j is read in time', (piece) => {
    const text = piece.repeat(1_000_000 / piece.length)
    const start = performance.now()
    withoutEmbargoLines(`embargo ${text}`, 'line')
    withoutEmbargo(`embargo ${text}`)
    withoutEmbargoIn(`EMBARGOED ${text.slice(0, 400)}`)
    embargoesInNote(`embargo ${text}`)
    withRules(`<p>${text}`)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('what may be front matter', () => {
  test.each([
    '<!-- a -->\n',
    '<!--\n',
    '<!--\na: b\n',
    '<!--a',
    '\n\n',
    '———\n',
    '———\na: b\n',
    'title: #',
    'title: a #',
    'title: a #b\n',
    'tags: [#a, ',
    '- #a\n',
    '- #a ',
  ])('a lot of %j is read in time', async (piece) => {
    const start = performance.now()
    splitFile(piece.repeat(1_000_000 / piece.length))
    const source = piece.repeat(60_000 / piece.length)
    await readYaml({ source, firstLine: 1 }).catch(() => undefined)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

describe('a file of authors beside an article', () => {
  const files = ['_config.yml', '_data/authors.json', 'data/authors.toml']
  const pieces = [
    ...[
      '#',
      '# ',
      '#\n',
      ' ',
      '\n',
      ' #\n ',
      '-',
      '- ',
      '---\n',
      '[',
      '{',
      '"',
      "'",
      '&a ',
      '*a ',
      '!',
      '? ',
    ],
    ...[
      'a: ',
      'a:\n ',
      '- a: b\n',
      'A',
      'A ',
      'A: a\n',
      '[a]\n',
      '[[a]]\n',
      'a = "b"\n',
      'tags: #a ',
    ],
  ]

  test.each(files)('%s is looked at in time, whatever it repeats', async (file) => {
    for (const piece of pieces) {
      const others = { [file]: `${piece.repeat(8000 / piece.length)}x` }
      const start = cpuTime()
      await readFile('a.md', markdownFile('Text.', 'author: jo'), others)
      expect(cpuTime() - start, JSON.stringify(piece)).toBeLessThan(longest)
    }
  })
})

test.each([' ', '[ ', "a '"])(
  'a line of TOML that repeats %j is looked at in time',
  async (piece) => {
    await read(`+++\ntitle = "A"\n${piece}${piece.repeat(20_000)}\n+++\nText.\n`, 'a.md')
  },
)

describe('an XML file', () => {
  test.each([
    ['quotes', 'a: "b\n'],
    ['brackets', 'a: [b\n'],
    ['brackets in a line', 'a: ['],
    ['blanks', 'a '],
  ])('with nothing but open %s is refused soon', async (_name, piece) => {
    const lines = piece.repeat(60_000 / piece.length)
    expect((await rejectionOf(markdownFile('Text.', lines), 'a.md')).reason).toContain(
      'front matter',
    )
  })

  const laughs = Array.from(
    { length: 9 },
    (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n};`.repeat(10)}">`,
  ).join('')
  const blowUp = `<!ENTITY a "${'a'.repeat(100_000)}">`

  test.each([
    ['laughs a billion times', `<!DOCTYPE nitf [<!ENTITY lol0 "lol">${laughs}]>`, '&lol9;'],
    ['repeats one long entity', `<!DOCTYPE nitf [${blowUp}]>`, '&a;'.repeat(100_000)],
    ['names a file', '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '&a;'],
    [
      'names a file by a parameter',
      '<!DOCTYPE nitf [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>',
      'a',
    ],
  ])('that %s is rejected for its DTD', async (_name, dtd, content) => {
    const { reason, line } = await rejectionOf(nitf(`<p>${content}</p>`, dtd), 'a.xml')
    expect(reason).toBe('the file has a DTD, which is not read')
    expect(line).toBe(1)
  })

  test('that has a DTD elsewhere is read without it', async () => {
    const text = nitf('<p>Text.</p>', '<!DOCTYPE nitf SYSTEM "file:///dev/zero">')
    expect((await articleOf(text, 'a.xml')).content).toBe('<p>Text.</p>')
  })

  test('that uses an entity it does not declare is rejected', async () => {
    expect((await rejectionOf(nitf('<p>&lol;</p>'), 'a.xml')).reason).toContain('&lol;')
  })

  test('may include nothing: XInclude and stylesheets are elements like any other', async () => {
    const include =
      '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    const text = nitf(`<p>Text.</p>${include}`, '<?xml-stylesheet href="file:///etc/passwd"?>')
    expect((await articleOf(text, 'a.xml')).content).toBe('<p>Text.</p>')
  })

  test('nested a hundred thousand deep is rejected', async () => {
    const deep = `${'<p>'.repeat(100_000)}${'</p>'.repeat(100_000)}`
    expect((await rejectionOf(nitf(deep), 'a.xml')).reason).toContain('nested more than 100 deep')
  })

  test('is not read on after its first fault', async () => {
    const { reason } = await rejectionOf(nitf('</p>'.repeat(300_000)), 'a.xml')
    expect(reason).toBe('the file is not well-formed XML: unexpected close tag')
  })

  test.each([
    ['has markup without an end', `<![CDATA[<p>${'<p>a'.repeat(400_000)}]]>`],
    ['has markup escaped again and again', `&amp;lt;p&amp;gt;${'&amp;lt;'.repeat(400_000)}`],
    ['has ends of markup', `<![CDATA[<p>${'</p '.repeat(500_000)}]]>`],
    ['has lines of signs', `<p>${'_ '.repeat(1_000_000)}a</p>${'<p>___</p>'.repeat(50_000)}`],
  ])('that %s is read in time', async (_name, content) => {
    await read(nitf(content), 'a.xml')
  })

  test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])(
    'with elements and attributes named %s is read without them',
    async (name) => {
      const content = `<p ${name}="polluted">Text.</p><${name} polluted="true"><p>More.</p></${name}>`
      expect((await articleOf(nitf(content), 'a.xml')).content).toBe('<p>Text.</p><p>More.</p>')
    },
  )
})

describe('an item of NewsML-G2', () => {
  const g2 = (content: string, meta = '', prolog = '') =>
    `<?xml version="1.0"?>${prolog}<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1">` +
    '<itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-04-13</versionCreated></itemMeta>' +
    `<contentMeta><headline>The headline</headline>${meta}</contentMeta>` +
    `<contentSet><inlineXML>${content}</inlineXML></contentSet></newsItem>`
  const times = (count: number, one: string) => one.repeat(count)

  test.each([
    [
      'asserts as many concepts as it names',
      '<p>Text.</p>',
      `${times(60_000, '<infoSource qcode="a:1"/>')}</contentMeta>${times(60_000, '<assert qcode="a:1"><name>a</name></assert>')}<contentMeta>`,
    ],
    ['has many languages', '<p>Text.</p>', times(60_000, '<headline xml:lang="fr">a</headline>')],
    [
      'has long attributes',
      `<p class="${times(2_000_000, 'a:/#')}">Text.</p>`,
      `<subject qcode="${times(2_000_000, ':')}"/>`,
    ],
    ['credits dashes', '<p>Text.</p>', `<creditline>${times(1_000_000, '-')}a</creditline>`],
    ['nests paragraphs', `${times(90, '<p>')}${times(100_000, 'ferry ')}${times(90, '</p>')}`, ''],
    [
      'nests headers',
      `${times(90, '<header>')}${times(40_000, '<h1>a</h1>')}${times(90, '</header>')}`,
      '',
    ],
    [
      'is in the words of TT, nested',
      `<BODY xmlns=""><TEXT><BRODTEXT>${times(80, '<CITAT>')}${times(40_000, '<P>a</P>b')}${times(80, '</CITAT>')}</BRODTEXT></TEXT></BODY>`,
      '',
    ],
    [
      'is by many in one line',
      `<p>By ${times(100_000, 'A B/C, ')}</p><p>Text.</p>`,
      `<by>By ${times(500_000, 'Jo Lind/')}</by><description>${times(500_000, 'a…')}</description>`,
    ],
    [
      'has many pictures',
      '<p>Text.</p>',
      `</contentMeta><itemMeta>${times(40_000, '<link href="a.jpg"><itemClass qcode="ninat:picture"/></link>')}</itemMeta><contentMeta>`,
    ],
    [
      'has names of prototypes',
      '<p __proto__="polluted">Text.</p>',
      '<subject qcode="__proto__"><name>a</name></subject><constructor/>',
    ],
  ])('that %s is read in time', async (_name, content, meta) => {
    await read(g2(content, meta), 'a.xml')
  })

  test.each([
    [
      'nested too deep',
      g2(`${times(100_000, '<p>')}${times(100_000, '</p>')}`),
      'nested more than 100 deep',
    ],
    [
      'of a hundred thousand subjects',
      g2('<p>Text.</p>', times(100_000, '<subject><name>a</name></subject>')),
      /may have 1000|too large/,
    ],
    ['of too many elements', g2(times(500_000, '<a/>')), 'far more elements'],
    [
      'that laughs',
      g2('<p>&lol;</p>', '', '<!DOCTYPE newsItem [<!ENTITY a "aa"><!ENTITY lol "&a;&a;">]>'),
      'has a DTD',
    ],
    [
      'of thousands of texts',
      `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>${times(50_000, '<newsItem><contentSet/></newsItem>')}</itemSet></newsMessage>`,
      'the file has 50000 texts',
    ],
  ])('%s is rejected', async (_name, text, reason) => {
    expect((await rejectionOf(text, 'a.xml')).reason).toMatch(reason)
  })
})

describe('a news item of ninjs', () => {
  const item = (members: string) =>
    `{"uri": "urn:x:1", "versionCreated": "2026-04-13T09:30:00Z", "headlines": [{"value": "The headline"}], ` +
    `"bodies": [{"contentType": "text/html", "value": "<p>Text.</p>"}]${members}}`
  const megabytes = 9 * 1024 * 1024
  const many = (count: number, one: string) => Array(count).fill(one).join()

  test.each([
    ['lists nested', `, "a": ${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['objects nested', `, "a": ${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    [
      'associations in associations',
      `${', "associations": [{"type": "picture"'.repeat(50_000)}${'}]'.repeat(50_000)}`,
    ],
    [
      'many pictures',
      `, "associations": [${many(100_000, '{"type": "picture", "renditions": [{"href": "https://a.example/a.jpg"}]}')}]`,
    ],
    [
      'many sizes',
      `, "associations": [{"type": "picture", "renditions": [${many(100_000, '{"href": "https://a.example/a.jpg", "width": 7}')}]}]`,
    ],
    ['many bodies', `, "body_html": "${'<h1 '.repeat(megabytes / 4)}"`],
    ['many members', `, ${Array.from({ length: 300_000 }, (_, n) => `"body_${n}": "a"`).join()}`],
    [
      'a prototype',
      ', "__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}',
    ],
    ['a long byline', `, "by": "${'By a and '.repeat(megabytes / 9)}"`],
    ['a long language', `, "language": "${'en-'.repeat(megabytes / 3)}"`],
    ['a number for a version', ', "version": 1e999'],
    [
      'other types everywhere',
      ', "by": [], "subjects": {"a": 1}, "associations": "x", "expires": {}, "keywords": [{}, 1]',
    ],
  ])('with %s is read in time', async (_name, members) => {
    await read(item(members), 'a.json')
  })

  test('with a hundred thousand subjects is rejected for them', async () => {
    const subjects = Array.from({ length: 100_000 }, (_, n) => `{"name": "a${n}"}`)
    const { reason } = await rejectionOf(item(`, "subjects": [${subjects.join()}]`), 'a.json')
    expect(reason).toMatch(/^the article has \d+ tags; it may have 1000$/)
  })

  test.each(['[', '{"uri":', '{"uri": "versionCreated",', '"'])(
    'that never ends is read in time: %s',
    async (piece) => {
      const text = `{"uri": "a", "versionCreated": ${piece.repeat(megabytes / piece.length)}`
      expect((await rejectionOf(text, 'a.json')).reason).toContain('cannot be read as JSON')
    },
  )

  test.each([
    ['comments above it', `${'/**/'.repeat(megabytes / 4)}`],
    ['a comment without an end', `/*${'*'.repeat(megabytes)}`],
    ['blanks above it', ' '.repeat(megabytes)],
  ])('%s take no longer than their length allows', async (_name, above) => {
    const started = performance.now()
    await readFile('a.json', `${above}x${item('')}`)
    await readFile('a.json', above + item('') + above)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('a Word document', () => {
  const times = (count: number, one: string) => one.repeat(count)
  const many = (count: number, one: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => one(n)).join('')
  const main = (text: string) => ({ name: 'word/document.xml', content: text })
  const tooLarge = 'the Word document is far larger than a story'
  const cutOff = 'the Word document is damaged: it is cut off, or was changed on the way'

  test.each([
    [
      'has hundreds of MB in a few kB',
      () => wordFile({ body: `<w:p>${times(100_000_000, ' ')}</w:p>` }),
      tooLarge,
    ],
    [
      'has more than it says',
      () => zip([{ ...main(times(100_000_000, ' ')), statedSize: 1000 }]),
      cutOff,
    ],
    [
      'says that it has gigabytes',
      () => zip([{ ...main('<a/>'), statedSize: 0xfffffff0 }]),
      tooLarge,
    ],
    [
      'has tens of thousands of files',
      () => zip(Array.from({ length: 6000 }, (_, n) => ({ name: `a${n}`, content: '' }))),
      tooLarge,
    ],
    [
      'has one file tens of thousands of times',
      () => zip(Array.from({ length: 6000 }, () => ({ name: 'a', content: '' }))),
      tooLarge,
    ],
    [
      'has a file that leads out of it',
      () => wordFile({ others: [{ name: '../../a', content: 'a' }] }),
      'the Word document is damaged: it holds a file whose name leads out of it',
    ],
    ['has its files encrypted', () => zip([{ ...main('<a/>'), isEncrypted: true }]), cutOff],
    [
      'laughs',
      () => zip([main('<!DOCTYPE a [<!ENTITY a "aa">]><a>&a;</a>')]),
      'the Word document is damaged: its part "word/document.xml" has a DTD',
    ],
    [
      'is nested a hundred thousand deep',
      () => wordFile({ body: times(100_000, '<w:sdt>') + times(100_000, '</w:sdt>') }),
      'the Word document is damaged: its elements are nested more than 200 deep',
    ],
    [
      'has fields in fields',
      () =>
        wordFile({ body: content(times(10_000, '<w:r><w:fldChar w:fldCharType="begin"/></w:r>')) }),
      'the Word document is damaged: its fields are nested more than 50 deep',
    ],
    [
      'has a huge table',
      () =>
        wordFile({ body: `<w:tbl>${times(60_000, '<w:tr><w:tc><w:p/></w:tc></w:tr>')}</w:tbl>` }),
      tooLarge,
    ],
    [
      'has ten times the text of a book',
      () => wordFile({ body: paragraph(times(3_000_000, 'boat ')) }),
      tooLarge,
    ],
  ])('that %s is rejected', async (_what, make, reason) => {
    expect((await rejectionOf(make(), 'a.docx')).reason).toBe(reason)
  })

  test.each([
    [
      'has a huge picture',
      () =>
        wordFile({ others: [{ name: 'word/media/a.png', content: Buffer.alloc(100_000_000) }] }),
    ],
    [
      'has styles that rest on each other',
      () =>
        wordFile({
          body: times(10_000, paragraph('a', 's')),
          styles:
            style('s', 'x', '<w:basedOn w:val="t"/>') + style('t', 'y', '<w:basedOn w:val="s"/>'),
        }),
    ],
    [
      'has one large style for every run',
      () =>
        wordFile({
          body: content(times(10_000, run('a', '<w:rStyle w:val="s"/>'))),
          styles: `<w:style w:styleId="s"><w:rPr>${times(60_000, '<w:lang/>')}</w:rPr></w:style>`,
        }),
    ],
    [
      'has a list with as many levels as items',
      () =>
        wordFile({
          body: times(
            10_000,
            paragraph('a', '', '<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>'),
          ),
          numbering: `<w:abstractNum w:abstractNumId="1"/><w:num w:numId="1"><w:abstractNumId w:val="1"/>${times(40_000, '<w:lvlOverride w:ilvl="7"/>')}</w:num>`,
        }),
    ],
    [
      'has one note that is mentioned everywhere',
      () =>
        wordFile({
          body:
            paragraph('a') + content(times(30_000, '<w:r><w:footnoteReference w:id="1"/></w:r>')),
          footnotes: `<w:footnote w:id="1">${paragraph(times(2000, 'b '))}</w:footnote>`,
        }),
    ],
    [
      'has a note that has itself',
      () =>
        wordFile({
          body: content(`${run('a')}<w:r><w:footnoteReference w:id="1"/></w:r>`),
          footnotes: `<w:footnote w:id="1">${content(`${run('b')}<w:r><w:footnoteReference w:id="1"/></w:r>`)}</w:footnote>`,
        }),
    ],
    [
      'has boxes in boxes',
      () =>
        wordFile({
          body:
            paragraph('a') +
            content(
              times(
                400,
                `<w:r>${times(30, '<w:pict><v:textbox><w:txbxContent><w:p><w:r>')}${times(30, '</w:r></w:p></w:txbxContent></v:textbox></w:pict>')}</w:r>`,
              ),
            ),
        }),
    ],
    [
      'has many links',
      () =>
        wordFile({
          body: content(many(20_000, (n) => `<w:hyperlink r:id="l${n}">${run('a')}</w:hyperlink>`)),
          relations: many(20_000, (n) =>
            relation(`l${n}`, 'hyperlink', `https://a.example/${n}`, true),
          ),
        }),
    ],
    [
      'has the names of prototypes',
      () =>
        wordFile({
          body: content(
            `<w:__proto__ __proto__="polluted">${run('a')}</w:__proto__><w:hyperlink r:id="__proto__" w:anchor="constructor">${run('b')}</w:hyperlink>`,
            '__proto__',
          ),
          styles: style('__proto__', 'constructor'),
        }),
    ],
  ])('that %s is read in time', async (_what, make) => {
    await articleOf(make(), 'a.docx')
  })
})

describe('front matter', () => {
  const toml = (lines: string) => `+++\ntitle = "The headline"\n${lines}\n+++\nText.\n`
  const json = (members: string) => `{\n"title": "The headline",\n${members}\n}\nText.\n`

  test.each([
    markdownFile('Text.', '__proto__: {polluted: true}'),
    markdownFile('Text.', 'constructor: {prototype: {polluted: true}}'),
    markdownFile('Text.', '"__proto__": a'),
    markdownFile('Text.', 'image: {__proto__: {url: a.jpg}}'),
    markdownFile('Text.', 'source: {name: a, constructor: b}'),
    markdownFile('Text.', '? __proto__\n: a'),
    markdownFile('Text.', '<<: {polluted: true}'),
    toml('[__proto__]\npolluted = true'),
    toml('__proto__.polluted = true'),
    toml('image = { __proto__ = { polluted = true }, constructor = 1 }'),
    toml('[constructor.prototype]\npolluted = true'),
    toml('[[__proto__]]\npolluted = true'),
    json('"__proto__": {"polluted": true}'),
    json('"constructor": {"prototype": {"polluted": true}}'),
    '__proto__: polluted\ntitle: The headline\n\nText.\n',
    'title: The headline\nconstructor: polluted\n\nText.\n',
  ])('with the key of a prototype is read without it: %j', async (text) => {
    const article = await articleOf(text, 'a.md')
    expect(article.content).toContain('<p>Text.</p>')
    expect(article).not.toHaveProperty('polluted')
  })

  test('may name prototypes in its values', async () => {
    const article = await articleOf(markdownFile('Text.', 'tags: [__proto__, constructor]'), 'a.md')
    expect(article.tags.map(({ name }) => name)).toEqual(['__proto__', 'constructor'])
  })

  const laughs = Array.from(
    { length: 9 },
    (_, n) => `a${n}: &a${n} [${Array(9).fill(n === 0 ? 'lol' : `*a${n - 1}`)}]`,
  ).join('\n')
  const keys = (one: (n: number) => string) =>
    Array.from({ length: 4000 }, (_, n) => one(n)).join('\n')

  test.each([
    ['laughs a billion times', markdownFile('Text.', laughs), 'has more than 5000 values'],
    ['has itself in it', markdownFile('Text.', 'tags: &a [*a]'), 'nested too deep'],
    ['has lists of lists in TOML', toml(`tags = ${'['.repeat(60_000)}`), 'cannot be read as TOML'],
    [
      'has tables in tables in TOML',
      toml(`a = ${'{ a = '.repeat(10_000)}`),
      'cannot be read as TOML',
    ],
    ['has dotted keys in TOML', toml(`${'a.'.repeat(30_000)}a = 1`), 'nested too deep'],
    [
      'has tables of dotted keys in TOML',
      toml(`[${'a.'.repeat(30_000)}a]\nb = 1`),
      'nested too deep',
    ],
    ['has lists of lists in JSON', json(`"tags": ${'['.repeat(60_000)}`), 'nested too deep'],
    ['has objects of objects in JSON', json(`"a": ${'{"a": '.repeat(10_000)}`), 'nested too deep'],
    [
      'has more values than a page',
      markdownFile('Text.', `tags: [${'a,'.repeat(25_000)}]`),
      'has more than 5000 values',
    ],
    ['is a megabyte of keys', markdownFile('Text.', 'k: v\n'.repeat(200_000)), 'longer than 64 kB'],
    ['is a megabyte of TOML', toml('k = 1\n'.repeat(200_000)), 'longer than 64 kB'],
    ['is a megabyte of JSON', json('"k": 1,\n'.repeat(150_000)), 'longer than 64 kB'],
    ['never ends', `---\n${'title: a\n'.repeat(100_000)}`, 'has no end'],
    ['has an object that never ends', `{\n${'"title": "a",\n'.repeat(100_000)}`, 'has no end'],
    [
      'has a thousand faults',
      markdownFile(
        'Text.',
        keys((n) => `{k${n}: }: }`),
      ),
      'cannot be read',
    ],
  ])('that %s is rejected', async (_name, text, reason) => {
    expect((await rejectionOf(text, 'a.md')).reason).toContain(reason)
  })

  test.each([
    ['numbers of a thousand digits', toml(`weight = ${'9'.repeat(60_000)}`)],
    ['numbers beyond all', toml('weight = 1e999999\nmore = 0x7fffffffffffffff')],
    ['numbers beyond all in JSON', json(`"weight": 1e${'9'.repeat(60_000)}`)],
    [
      'a thousand keys',
      markdownFile(
        'Text.',
        keys((n) => `k${n}: v`),
      ),
    ],
    ['a thousand keys of TOML', toml(keys((n) => `k${n} = 1`))],
    [
      'a thousand values that need quotes',
      markdownFile(
        'Text.',
        keys((n) => `k${n}: a: b`),
      ),
    ],
    [
      'the same key a thousand times',
      markdownFile(
        'Text.',
        keys((n) => `k: ${n}`),
      ),
    ],
    ['one line of blanks', markdownFile('Text.', `k: a${' '.repeat(60_000)}b`)],
    ['a key that is all blanks', markdownFile('Text.', `${' '.repeat(60_000)}`)],
    ['lines of blanks above it', `${' \n'.repeat(500_000)}---\ntitle: a\n---\nText.\n`],
    ['lines of keys that go on', `title: a\nk: b\n${' b\n'.repeat(15_000)}\nText.\n`],
  ])('with %s is read', async (_name, text) => {
    expect((await articleOf(text, 'a.md')).content).toContain('Text.')
  })

  test.each(['[', '{a: ', '- ', '? '])(
    'nested by %j is rejected, and not by a full stack',
    async (open) => {
      const depth = Math.floor(60_000 / open.length)
      const { reason } = await rejectionOf(
        markdownFile('Text.', `tags: ${open.repeat(depth)}`),
        'a.md',
      )
      expect(reason).not.toMatch(/stack/i)
    },
  )

  test('with a tag of another language makes nothing of it', async () => {
    const matter = 'summary: !!js/function "function () { polluted = 1 }"'
    expect((await rejectionOf(markdownFile('Text.', matter), 'a.md')).line).toBe(4)
  })
})

describe('a text that grows', () => {
  test.each([
    ['a definition used often', `[a]: ${'b'.repeat(5000)}\n\n${'[a] '.repeat(5000)}`],
    [
      'a definition that fills the longest string',
      `[a]: ${'b'.repeat(50_000)}\n\n${'[a] '.repeat(12_000)}`,
    ],
    ['rows without cells', `${'|a'.repeat(1000)}|\n${'|-'.repeat(1000)}|\n${'a\n'.repeat(5000)}`],
  ])('is rejected before it does: %s', async (_name, body) => {
    expect((await rejectionOf(markdownFile(body), 'a.md')).reason).toMatch(/times as long as HTML$/)
  })

  test.each(['![', '# a\n', '[a\n', '|a'])(
    'or has more signs than words is rejected before it is read: %j',
    async (piece) => {
      const { reason } = await rejectionOf(markdownFile(piece.repeat(50_000)), 'a.md')
      expect(reason).toContain('signs of Markdown')
    },
  )

  test('may have its definitions, tables and lists', async () => {
    const body = `[a]: https://a.example/\n\n${'- [a]\n'.repeat(2000)}\n|a|b|\n|-|-|\n${'|1|2|\n'.repeat(2000)}`
    const { content } = await articleOf(markdownFile(body), 'a.md')
    expect(content.match(/<li>/g)?.length).toBe(2000)
    expect(content.match(/<td>/g)?.length).toBe(4000)
  })
})

describe('a text', () => {
  test.each([
    [
      'footnotes',
      Array.from({ length: 2001 }, (_, n) => `a[^${n}]\n\n[^${n}]: b\n\n`).join(''),
      /2001 footnotes/,
    ],
    ['shortcodes', '{{< youtube a >}} word word '.repeat(5001), /more than 5000 shortcodes/],
    ['notes in a line', '^[a '.repeat(2001), /2001 footnotes/],
    [
      'tags with one end',
      `${'{{< code-tabs >}} word '.repeat(5001)}{{< /code-tabs >}}`,
      /more than 5000 shortcodes/,
    ],
    [
      'values in addresses',
      '[a](href="href="{{ a.b }}) word '.repeat(5001),
      /more than 5000 shortcodes/,
    ],
    ['tags without an end', '{% raw %} '.repeat(5001), /more than 5000 shortcodes/],
    ['macros', `$${String.raw`\def\a{\a\a}\a`}$`, undefined],
    ['braces', `$${'{'.repeat(2000)}$`, undefined],
  ])('of more %s than an article is refused, or stays as it is', async (_name, body, reason) => {
    const text = markdownFile(body)
    if (reason) expect((await rejectionOf(text, 'a.md')).reason).toMatch(reason)
    else expect((await articleOf(text, 'a.md')).content).toContain('$')
  })

  test('with formulas that would grow keeps those beyond a megabyte as they are written', async () => {
    const { content } = await articleOf(markdownFile('$(a)(a)(a)(a)$ word '.repeat(10_000)), 'a.md')
    expect(content.length).toBeLessThan(2_000_000)
    expect(content).toMatch(/^<p><math>/)
    expect(content).toMatch(/\$\(a\)\(a\)\(a\)\(a\)\$ word<\/p>$/)
  })

  test('of blanks that comments leave is read in time', async () => {
    const { content } = await articleOf(markdownFile(`${'%%a%% '.repeat(150_000)}end`), 'a.md')
    expect(content).toContain('end')
  })
})

describe('tags that never end', () => {
  test.each([
    '<img alt="',
    '<img ',
    '<noscript>',
    '<picture><source srcset="a 1x, ',
    '<iframe src="',
  ])('are read in time: %s', async (tag) => {
    await read(markdownFile(`Text.\n\n<p>${tag.repeat(150_000)}`), 'a.md')
  })
})

describe('two megabytes', () => {
  /** What is around it takes its part. */
  const most = 2 * 1024 * 1024 - 100

  test.each(inEach)('of one line are an article: %s', async (name, wrap) => {
    const line = 'ferry '.repeat(most / 6).trim()
    expect((await articleOf(wrap(line), name)).content).toContain(line)
    const { reason } = await rejectionOf(wrap(line.repeat(4)), name)
    expect(reason).toBe('the text has 8.0 MB as HTML; an article has 2 at most')
  })

  test.each(inEach)('are counted as they are kept, in bytes: %s', async (name, wrap) => {
    const signs = name === 'a.txt' ? '& '.repeat(400_000) : '漢 '.repeat(600_000)
    const { reason } = await rejectionOf(wrap(signs), name)
    expect(reason).toBe('the text has 2.3 MB as HTML; an article has 2 at most')
  })

  test('of a title are cut where a crawler may have lost it, and else rejected', async () => {
    const title = 'ferry '.repeat(most / 12)
    const article = await articleOf(page({ title }), 'a.txt')
    expect(article.title).toMatch(/^(ferry ){20,}ferry…$/)
    expect(article.content).toContain(title.trim())
    const { reason } = await rejectionOf(nitf('<p>a</p>').replace('The headline', title), 'a.xml')
    expect(reason).toMatch(/^the title has \d+ characters; it may have 1000$/)
  })

  test.each([
    ['a.txt', (all: string) => page({ body: all.replace(/<\/?p>/g, '\n') })],
    ['a.md', (all: string) => markdownFile(all.replace(/<\/?p>/g, '\n'))],
    ['a.xml', (all: string) => nitf(all)],
  ])('or less of 100,000 paragraphs are an article: %s', async (name, wrap) => {
    const { content } = await articleOf(wrap('<p>A paragraph.</p>'.repeat(100_000)), name)
    expect(content.match(/<p>A paragraph\.<\/p>/g)?.length).toBe(100_000)
  })

  test('or less of 100,000 paragraphs are too much for HTML, which has to be searched for its story', async () => {
    const { reason } = await rejectionOf(html('<p>A paragraph.</p>'.repeat(100_000)), 'a.html')
    expect(reason).toBe('the page is too large: it has far more elements than an article')
  })
})

describe('a web page', () => {
  const words = 'The ferry tied up at noon, and the band played on. '.repeat(5)
  const nested = (name: string, depth: number) =>
    `${`<div class="${name}">`.repeat(depth)}${words}${'</div>'.repeat(depth)}`

  test.each([
    ['captions', '<div><img src="a.png"><p class="caption">Noon</p></div>'],
    ['lists of other stories', '<ul class="related-posts"><li><a href="/a">Noon</a></li></ul>'],
    ['bylines within paragraphs', `<p>${words}<span class="byline">Ann</span></p>`],
    ['headings like its title', '<article><h2>The headline</h2><p>Noon.</p></article>'],
    ['embedded posts', '<blockquote class="twitter-tweet"><p>Noon.</p></blockquote>'],
    ['dates of other stories', '<p class="date tweet">20 November 2019</p>'],
    ['times', '<time datetime="soon">12:30 noon</time>'],
    ['dates in meta elements', '<meta name="date" content="1 1 1 1 noon">'],
    ['microdata', '<span itemprop="datePublished" content="soon">noon</span>'],
    ['microdata of others', '<nav itemprop="datePublished" content="2026-04-13">noon</nav>'],
    ['labels without dates', '<p class="date">Published: at noon, 12.1 1.1</p>'],
    ['lines', 'Noon, 1.2.3<br>'],
    ['lines of numbers', `<p>${'12:30 '.repeat(30)}</p>`],
    ['links to other stories', '<p><a href="/a">THE BAND PLAYED ON AT NOON</a></p>'],
    ['boxes in boxes', nested('related newsletter sidebar', 60)],
    ['captions in captions', nested('caption', 60)],
    ['long names', `<p class="${'related-'.repeat(25)}">Noon.</p>`],
    ['teasers', '<article><h1>The headline</h1></article>'],
    ['hidden parts', `<p>${words}</p><div hidden><p>${words}</p></div>`],
    ['hidden parts in hidden parts', nested('paywall" hidden title="', 60)],
    ['links in headings', '<h2 id="a">Noon <a href="#a">#</a></h2>'],
    ['tables of code', '<table><tr><td class="gutter">1</td><td>a</td></tr></table>'],
    ['labels of code', '<span class="lang">js</span><span class="copy">Copy</span>'],
    ['forms', '<form><p>Our newsletter</p><input type="email"></form>'],
    ['walls', `<div class="hidden">${words}<p>Sign in or register</p></div>`],
    ['pictures in boxes', '<div class="related"><a href="/a"><img src="a.png"></a></div>'],
    ['days behind labels', '<dl><dt>Date</dt><dd>1 May 2024</dd></dl>'],
    ['labels of days', '<dt>Date</dt><dd>1 May 2024</dd>'],
    ['days that may be two', '<p class="date">03/04/2024</p>'],
    ['sentences named for authors', '<p class="author">The band played on at noon.</p>'],
    ['authors in authors', nested('author', 60)],
    ['dates of microformats', '<i class="published" title="soon"></i>'],
    ['days of the calendar of Iran', '<p>1399/04/31 2 تیر 1399</p>'],
  ])('with many %s is read or rejected in time', async (_name, part) => {
    for (const count of [500, 5000, 50_000]) {
      const body = `<p>${words}</p>${part.repeat(Math.min(count, 2_000_000 / part.length))}`
      await read(html(body), 'a.html')
      await read(html(body).replace(/<meta[^>]*>/g, ''), 'a.html')
    }
  })
})

describe('a web page of a program', () => {
  const notion = '<article class="page"><header><h1 class="page-title">A</h1></header><table>'
  const mathJax = '<script src="mathjax.js"></script>'
  test.each([
    ['names', '<div id="title-block-header">', '<p class="author">Jo Lind</p>'],
    ['rows', notion, '<tr class="property-row-person"><td><span class="user">Jo</span></td></tr>'],
    ['tags', notion, '<tr class="property-row-multi_select"><td><i class="selected-value">a</i>'],
    ['comments', '', '<div><p><a href="#cmnt_ref1">[a]</a> So?</p></div>'],
    ['links', '', '<a href="https://www.google.com/url?q=https://a.example/">a</a> '],
    ['names at the beginning', '', '<p>Jo Lind</p>'],
    ['formulas', mathJax, '<p>\\(x^2\\)</p>'],
    ['beginnings of formulas', mathJax, '\\( '],
    ['dollars', mathJax, '$$'],
    ['formulas that are none', mathJax, '\\(\\x\\) '],
    ['marked formulas', '', '<span class="math inline">\\(x^2\\)</span>'],
    ['scripts of formulas', '', '<span class="MathJax">x</span><script type="math/tex">x</script>'],
  ])('with many %s is read or rejected in time', async (_name, before, part) => {
    for (const count of [5000, 50_000, 500_000]) {
      const body = before + part.repeat(Math.min(count, 2_000_000 / part.length))
      await read(html(body, '<meta name="author" content="Jo Lind">'), 'a.html')
    }
  })
})

describe('a date of an HTML page', () => {
  test.each([
    ['letters', 'a'],
    ['digits', '1 '],
    ['labels', 'posted by '],
    ['names of months', '1 May '],
    ['signs', '1.1-'],
    ['times', '12:30 '],
    ['days of the calendar of Iran', '2 تیر 1399 '],
    ['objects', '{}'],
  ])('of a megabyte of %s is read in time', async (_name, part) => {
    const text = part.repeat(1_000_000 / part.length)
    const undated = (body: string, head: string) =>
      html(`<h1>The headline</h1>${body}`, head).replace(/<meta name="date"[^>]*>/, '')
    const bodies = [`<time>${text}</time>`, `<p class="date">${text}</p>`, `<div>${text}</div>`]
    for (const body of bodies) await read(undated(body, ''), 'a.html')
    await read(undated('', `<meta name="pubdate" content="${text}">`), 'a.html')
    const link = `<link rel="canonical" href="https://paper.example/${text}">`
    await read(undated('', link), 'a.html')
    const statement = `{"@type":"NewsArticle","datePublished":"${text}",}`
    await read(undated('', `<script type="application/ld+json">${statement}</script>`), 'a.html')
  })
})

describe('a web page', () => {
  test.each([
    ['its heading', '<h1>The headline</h1>', 400_000],
    ['comments', '<!-- a -->', 1_900_000],
    ['words between comments', 'Noon <!-- a -->', 1_900_000],
  ])('that repeats %s is read in time', async (_name, piece, length) => {
    const body = `<h1>The headline</h1>${piece.repeat(length / piece.length)}<p>More.</p>`
    expect((await read(html(body), 'a.html')).kind).toBe('article')
  })
})

describe('one paragraph of a web page', () => {
  test.each([
    ['words named for a share', '<span class="share">Noon</span> '],
    ['words named for a byline', '<b class="byline">Noon</b><i>-</i>'],
    ['captions', '<span class="caption">Noon</span>'],
  ])('of thousands of %s is read in time', async (_name, word) => {
    await read(html(`<p><img src="a.png">${word.repeat(4000)}</p>`), 'a.html')
  })
})

describe('names and titles', () => {
  test.each([
    ['a thousand marks on a letter', `a${'\u0301\u0323'.repeat(499)}`],
    ['names of countries', 'Georgia '.repeat(120)],
  ])('of %s are made addresses of in time', async (_name, name) => {
    await articleOf(markdownFile('Text.', `tags: ["${name}"]\nsummary: "${name}"`), 'a.md')
  })

  test.each([
    ['tags', `<meta name="keywords" content="${'ab,'.repeat(1001)}cd">`],
    [
      'authors',
      Array.from({ length: 1001 }, (_, n) => `<meta name="author" content="A ${n}">`).join(''),
    ],
  ])('beyond a thousand are rejected: %s', async (what, head) => {
    expect((await rejectionOf(html('', head), 'a.html')).reason).toMatch(
      new RegExp(`^the article has 100[12] ${what}; it may have 1000$`),
    )
  })

  test('are rejected that are longer than a page together', async () => {
    const names = Array.from(
      { length: 60 },
      (_, n) => `<meta name="author" content="${n} ${'a'.repeat(900)}">`,
    )
    const { reason } = await rejectionOf(html('', names.join('')), 'a.html')
    expect(reason).toMatch(
      /^the tags, authors and sources have \d+ characters together; they may have 50000$/,
    )
  })

  test('longer than any name are rejected', async () => {
    const matter = `authors: ["${'a'.repeat(1001)}"]`
    expect((await rejectionOf(markdownFile('Text.', matter), 'a.md')).reason).toBe(
      'the author has 1001 characters; it may have 1000',
    )
  })
})

describe('an element', () => {
  test('with tens of thousands of attributes is rejected', async () => {
    const attributes = Array.from({ length: 50_000 }, (_, n) => `a${n}=b`).join(' ')
    for (const [text, name] of [
      [html(`<p ${attributes}>a</p>`), 'a.html'],
      [markdownFile(`<p ${attributes}>a</p>`), 'a.md'],
    ] as const) {
      expect((await rejectionOf(text, name)).reason).toBe(
        'the HTML has an element with more than 500 attributes',
      )
    }
  })

  test.each([
    ['a.html', (body: string) => html(body)],
    ['a.md', (body: string) => markdownFile(body)],
  ])('of many with hundreds of attributes each is one too many: %s', async (name, wrap) => {
    const attributes = Array.from({ length: 490 }, (_, n) => `a${n}`).join(' ')
    const { reason } = await rejectionOf(wrap(`<p ${attributes}>Word.</p>\n`.repeat(2000)), name)
    expect(reason).toBe('the HTML has more than 200000 elements or 100000 attributes')
  })

  test('of a story has no more attributes than a story, all together', async () => {
    const attributes = Array.from({ length: 490 }, (_, n) => `a${n}=""`).join(' ')
    const { reason } = await rejectionOf(nitf(`<p ${attributes}>Word.</p>`.repeat(2000)), 'a.xml')
    expect(reason).toBe(
      'the file is too large: it has far more elements and attributes than a story',
    )
  })

  test('of an image that is named thousands of times is looked for once', async () => {
    const { content } = await articleOf(
      markdownFile(`Text. ${'A ![](a.jpg) picture. '.repeat(8000)}`),
      'a.md',
    )
    expect(content).not.toContain('<img')
  })
})

describe('characters', () => {
  test('a NUL is no text', async () => {
    for (const [name] of inEach) {
      expect((await rejectionOf('a\0b', name)).reason).toContain('NUL')
    }
  })

  test('written by their number come out only if XML may have them', async () => {
    const { content } = await articleOf(html('<p>a&#0;&#1;&#xD800;&#xFFFE;b &#65;</p>'), 'a.html')
    expect(content).toMatch(/<p>a\ufffd*b A<\/p>/)
  })

  test('that XML may not have are no text; an image alone is enough', async () => {
    const reasonOf = async (text: string, name: string) => (await rejectionOf(text, name)).reason
    expect(await reasonOf(markdownFile('\uffff'), 'a.md')).toBe('the article has no text')
    const page = html('').replace(/<p>.*<\/p>/, '<p>&#1;</p>')
    expect(await reasonOf(page, 'a.html')).toBe('no story is found in the page')
    const { content } = await articleOf(markdownFile('![](https://a.example/b.jpg)'), 'a.md')
    expect(content).toContain('<img')
  })

  test.each([
    ['an override is taken out', 'TRT \u202edlroW\u202c News', 'TRT dlroW News'],
    ['an override that never ends is taken out', '\u202egnp.exe', 'gnp.exe'],
    ['an isolate stays', 'Al \u2067جزيرة\u2069 News', 'Al \u2067جزيرة\u2069 News'],
    ['an isolate that never ends, ends with it', '\u2067جزيرة', '\u2067جزيرة\u2069'],
    ['an embedding that never ends, ends with it', '\u202bجزيرة', '\u202bجزيرة\u202c'],
    ['ends of nothing are taken out', 'a\u2069\u202cb', 'ab'],
    [
      'an end does not reach out of an isolate',
      '\u202b\u2066a\u202cb\u2069\u202c',
      '\u202b\u2066ab\u2069\u202c',
    ],
    ['marks of direction stay', 'C\u200e++ \u061cabc\u200f', 'C\u200e++ \u061cabc\u200f'],
  ])('of direction: %s', async (_name, written, shown) => {
    const matter = ['title', 'summary', 'section', 'authors', 'tags'].map(
      (key) => `${key}: ${JSON.stringify(written)}`,
    )
    const article = await articleOf(
      `---\n${matter.join('\n')}\ndate: 2026-04-13\n---\nText.\n`,
      'a.md',
    )
    expect(article.title).toBe(shown)
    expect(article.summary).toBe(shown)
    expect(article.authors[0]?.name).toBe(shown)
    // Names of tags and sections get their capitals as well.
    expect(article.tags[0]?.name.toLowerCase()).toBe(shown.toLowerCase())
    expect(article.section?.name.toLowerCase()).toBe(shown.toLowerCase())
  })
})

describe('addresses', () => {
  const linkIn = async (url: string) =>
    /href="([^"]*)"/.exec(
      (await articleOf(html(`<p><a href="${url}">a</a></p>`), 'a.html')).content,
    )?.[1]

  test.each([
    [
      'a user name that looks like a host',
      'https://trtworld.com@evil.example/a',
      'https://evil.example/a',
    ],
    ['a user name and password', 'https://trtworld.com:443@evil.example/', 'https://evil.example/'],
    ['Cyrillic letters in the host', 'https://trtwоrld.com/', 'https://xn--trtwrld-djg.com/'],
    ['wide letters in the host', 'https://ｅｖｉｌ.example/', 'https://evil.example/'],
    ['backslashes', 'https:\\\\evil.example\\a', 'https://evil.example/a'],
    ['line ends', 'https://evil.ex\nample/', 'https://evil.example/'],
    ['a slash and a backslash', '/\\evil.example/', 'https://evil.example/'],
    ['two slashes after a step up', '/..//evil.example/', '/evil.example/'],
    ['a script', 'java\nscript:alert(1)', undefined],
    ['data', 'data:text/html,a', undefined],
    ['a file', 'file:///etc/passwd', undefined],
  ])('with %s say where they lead', async (_name, written, shown) => {
    expect(await linkIn(written)).toBe(shown)
  })

  test('of the original are without a user name too', async () => {
    const matter = 'canonical: https://trtworld.com@evil.example/a'
    expect((await articleOf(markdownFile('Text.', matter), 'a.md')).canonicalUrl).toBe(
      'https://evil.example/a',
    )
  })

  test('of images never leave the folder, nor read what is not an image', async () => {
    const body =
      '![a](../../../etc/passwd) ![b](file:///etc/passwd) ![c](/etc/passwd) ![d](%2e%2e/a.jpg)'
    expect((await articleOf(markdownFile(`Text. ${body}`), 'a.md')).content).not.toContain('<img')
  })
})

describe('what no story has is passed over or refused in our own words', () => {
  test.each(['"a-b_c '.concat('a-b_c '.repeat(200_000), '"'), `'${'a '.repeat(200_000)}'`])(
    'an element of 200,000 classes',
    async (names) => {
      const { content: story } = await articleOf(html(`<p class=${names}>It is red.</p>`), 'a.html')
      expect(story).toContain('It is red.')
    },
  )

  test('a list in lists that no item has', async () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
    const item = `{"uri":"u:1","versioncreated":"2026-04-13T09:30:00Z","headline":"T","body_text":"x","a":${deep}}`
    expect((await rejectionOf(item, 'a.json')).reason).toContain('nested deeper than 100')
  })

  test('brackets in the text of an item are words', async () => {
    const item = { uri: 'u:1', versioncreated: '2026-04-13T09:30:00Z', headline: 'T' }
    const text = JSON.stringify({ ...item, body_text: `x \\" ${'['.repeat(500)}` })
    expect((await articleOf(text, 'a.json')).content).toContain('[[[[')
  })
})
