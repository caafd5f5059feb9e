/** Word documents: what is understood of them. */
import { describe, expect, test } from 'vitest'
import { isArticleName } from '../../../src/intake/formats/input-formats.ts'
import { articleIn, readFile } from '../../support/read.ts'
import {
  content,
  drawing,
  paragraph,
  relation,
  run,
  style,
  type WordParts,
  wordFile,
  zip,
} from '../../support/word.ts'

/** A PNG of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkM9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const read = (parts: Partial<WordParts>, name = 'a.docx') => readFile(name, wordFile(parts))
const articleOf = async (parts: Partial<WordParts>, name?: string) =>
  articleIn(await read(parts, name))
const htmlOf = async (parts: Partial<WordParts>) => (await articleOf(parts)).content
const notesOf = async (parts: Partial<WordParts>) => {
  const outcome = await read(parts)
  return outcome.kind === 'article' ? outcome.notes.map(({ text }) => text) : []
}

const styles = [
  style('a1', 'heading 1', '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
  style('a2', 'heading 2', '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
  style('Haupttitel', 'Title'),
  style('Sub', 'Subtitle'),
  style('Zit', 'Quote'),
  style('Cap', 'caption'),
  style('V1', 'toc 1'),
].join('')

const properties = (more: string) =>
  `<dcterms:created>2026-04-13T09:30:00Z</dcterms:created>${more}`
const boldCentred = (text: string, size: number) =>
  content(run(text, `<w:b/><w:sz w:val="${size}"/>`), '', '<w:jc w:val="center"/>')
const named = properties('<dc:title>Of the properties</dc:title>')

describe('the head of a Word document without styles', () => {
  const line = (text: string, size = 22, setting = 'center') =>
    content(run(text, `<w:sz w:val="${size}"/>`), '', `<w:jc w:val="${setting}"/>`)
  const text = paragraph(`${'The crane stands at the quay since Monday morning. '.repeat(3)}`)

  test.each([
    [
      'the largest line of a title page',
      line('Faculty of harbours', 32) + line('Topic', 32) + line('The crane goes', 44),
      'The crane goes',
    ],
    [
      'a line that goes on in it',
      boldCentred('Notes on', 48) + line('The crane', 72),
      'Notes on The crane',
    ],
    ['a larger line that ends in a colon', line('Harbour release:', 36), 'Harbour release'],
    [
      'a line with the number 0',
      content(
        run('Harbour news', '<w:sz w:val="36"/>'),
        '',
        '<w:numPr><w:numId w:val="0"/></w:numPr>',
      ),
      'Harbour news',
    ],
  ])('has %s as its title', async (_what, head, title) => {
    expect(await articleOf({ body: head + text, properties: properties('') })).toMatchObject({
      title,
    })
  })

  test('has its first line as title above the author of the properties', async () => {
    const body = paragraph('Harbour news') + paragraph('Ada Berg') + text
    const by = properties('<dc:creator>Ada Berg</dc:creator>')
    expect(await articleOf({ body, properties: by })).toMatchObject({ title: 'Harbour news' })
  })

  test.each([
    ['a place', paragraph('Oldport – March 26, 2026.')],
    [
      'a table of facts',
      `<w:tbl>${[
        ['Team', 'Crane'],
        ['Date', '26 March 2026'],
      ]
        .map(
          (row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`,
        )
        .join('')}</w:tbl>`,
    ],
  ])('has the day beside %s, which stays', async (_what, day) => {
    const body = paragraph('The crane', 'a1') + day + text
    const article = await articleOf({ body, styles, properties: properties('') })
    expect(article.published).toBe('2026-03-26T00:00:00Z')
    expect(article.content).toContain('March')
  })

  test.each(['Администратор', 'LENOVO-PC1', 'DESKTOP-4F2K', 'HP'])(
    'was not written by %s',
    async (name) => {
      const by = properties(`<dc:creator>${name}</dc:creator>`)
      expect(
        (await articleOf({ body: paragraph('The crane', 'a1') + text, styles, properties: by }))
          .authors,
      ).toEqual([])
    },
  )

  test.each([
    ['By: Ada', 'Ada'],
    ['Выполнила студентка: Ада Берг', 'Ада Берг'],
  ])('says by "%s" who wrote it', async (byline, name) => {
    const body = paragraph('The crane', 'a1') + paragraph(byline) + text
    const article = await articleOf({ body, styles, properties: properties('') })
    expect(article.authors).toMatchObject([{ name }])
  })

  test('is noted where it says whom to ask', async () => {
    const body = paragraph('Contact: Ada Berg FOR IMMEDIATE RELEASE') + line('The crane') + text
    expect(await notesOf({ body, properties: properties('') })).toContain(
      'it leaves out whom to ask: Contact: Ada Berg FOR IMMEDIATE RELEASE',
    )
  })
})

describe('the title of a Word document', () => {
  test.each([
    ['a paragraph of the style Title', paragraph('The crane', 'Haupttitel'), 'The crane'],
    [
      'one that has two lines',
      paragraph('The crane', 'Haupttitel') + paragraph('goes', 'Haupttitel'),
      'The crane goes',
    ],
    ['the first heading', paragraph('The crane', 'a1'), 'The crane'],
    ['the only heading of the second level', paragraph('The crane', 'a2'), 'The crane'],
    [
      'a heading below a label',
      `${paragraph('Harbour news')}${paragraph('The crane', 'a1')}`,
      'The crane',
    ],
    [
      'a heading by its level alone',
      paragraph('The crane', '', '<w:outlineLvl w:val="0"/>'),
      'The crane',
    ],
    [
      'a heading with changes',
      content(`<w:del>${run('A')}</w:del><w:ins>${run('The')}</w:ins>${run(' crane')}`, 'a1'),
      'The crane',
    ],
  ])('is %s, and leaves the text', async (_what, head, title) => {
    const article = await articleOf({ body: head + paragraph('Text.'), styles, properties: named })
    expect(article.title).toBe(title)
    expect(article.content).not.toContain('crane')
    expect(article.content).toContain('Text.')
  })

  test.each([
    ['no heading', paragraph('Text.')],
    ['a long text above its heading', paragraph('Text. '.repeat(40)) + paragraph('A part', 'a1')],
    [
      'several headings of the second level',
      `${paragraph('One', 'a2')}${paragraph('Text.')}${paragraph('Two', 'a2')}`,
    ],
  ])('is that of the properties where there is %s', async (_what, body) => {
    expect((await articleOf({ body, styles, properties: named })).title).toBe('Of the properties')
  })

  test.each(['Document1', 'Microsoft Word - crane.doc', ''])(
    'is not %j of the properties',
    async (title) => {
      const parts = { properties: properties(`<dc:title>${title}</dc:title>`) }
      expect((await articleOf(parts, 'crane-goes.docx')).title).toBe('Crane goes')
    },
  )

  test('is a short first line in bold where nothing else is stated', async () => {
    const body = content(run('The crane', '<w:b/>')) + paragraph('Text.')
    const article = await articleOf({ body, properties: properties('') })
    expect(article).toMatchObject({ title: 'The crane', content: '<p>Text.</p>' })
  })

  const long = 'The crane that stood on the quay for forty years was taken down on Monday.'
  const small = paragraph(long)
  test.each([
    ['a line above a byline', `${paragraph('Crane goes')}${paragraph('By Ada Berg')}${small}`],
    ['a line above a longer paragraph', paragraph('Crane goes') + small],
    [
      'a line in the middle',
      paragraph('Crane goes', '', '<w:jc w:val="center"/>') + paragraph('Far too late'),
    ],
    [
      'a line in large letters',
      content(run('Crane goes', '<w:sz w:val="48"/>')) + paragraph('Far too late'),
    ],
    [
      'a line below what a form asks for',
      paragraph('Name - Ada Berg') + paragraph('Crane goes') + small,
    ],
    ['a line below the date', paragraph('3 May 2026') + paragraph('Crane goes') + small],
    [
      'a line in the middle below names',
      paragraph('Ada Berg') +
        paragraph('Harbour school') +
        paragraph('3 May 2026') +
        paragraph('Crane goes', '', '<w:jc w:val="center"/>') +
        small,
    ],
    [
      'a line in the middle below the sender of a release',
      paragraph('Press release') +
        paragraph('Harbour board') +
        paragraph('Crane goes', '', '<w:jc w:val="center"/>') +
        small,
    ],
    [
      'what stands behind a label in capitals',
      paragraph('PRESS RELEASE – Crane goes') + paragraph('Far too late, people say.'),
    ],
    ['what is called so', paragraph('Headline: “Crane goes”') + small],
    [
      'what is called a title',
      `${paragraph('Title: Crane goes')}${paragraph('Author: Ada Berg')}${small}`,
    ],
    [
      'the only heading below a table',
      `<w:tbl><w:tr><w:tc>${paragraph('North')}</w:tc><w:tc>${paragraph('4')}</w:tc></w:tr></w:tbl>${paragraph('Crane goes', 'a1')}${small}`,
    ],
  ])('is %s where nothing else is stated', async (_what, body) => {
    const parts = { body, styles, properties: properties('') }
    const article = await articleOf(parts)
    expect(article.title).toBe('Crane goes')
    expect(article.content).not.toContain('Crane goes')
    expect(await notesOf(parts)).toEqual([])
  })

  test.each([
    ['a sentence', paragraph('The crane goes.') + small],
    ['an item of a list', paragraph('Crane goes', '', list(4)) + small],
    ['a line above others', paragraph('Crane goes') + paragraph('Too late')],
    ['a byline', paragraph('By Ada Berg') + small],
  ])('is the name of the file, with a note, where it begins with %s', async (_what, body) => {
    const parts = { body, numbering, properties: properties('') }
    expect((await articleOf(parts, 'old-crane.docx')).title).toBe('Old crane')
    expect(await notesOf(parts)).toEqual([
      'no headline was found in it, so it is titled by its file name; make the headline a Heading 1',
    ])
  })

  test('goes on in a second line in the middle that begins as no sentence does', async () => {
    const line = (text: string) => paragraph(text, '', '<w:jc w:val="center"/>')
    const body = line('The crane of the quay') + line('goes after forty years') + small
    const article = await articleOf({ body, properties: properties('') })
    expect(article).toMatchObject({
      title: 'The crane of the quay goes after forty years',
      content: `<p>${long}</p>`,
    })
  })

  test('may be a short sentence above long paragraphs', async () => {
    const text = `${long} ${long} ${long} ${long}`
    const body = paragraph('The crane goes.') + paragraph(text) + paragraph(text)
    const article = await articleOf({ body, properties: properties('') })
    expect(article.title).toBe('The crane goes.')
    expect(article.content).not.toContain('goes')
  })

  test('in capitals has its dek in the next line of its paragraph', async () => {
    const body =
      content(`${run('CRANE LEAVES QUAY')}<w:r><w:br/></w:r>${run('It stood for years')}`, 'a1') +
      paragraph('Text.')
    expect(await articleOf({ body, styles })).toMatchObject({
      title: 'CRANE LEAVES QUAY',
      summary: 'It stood for years',
      content: '<p>Text.</p>',
    })
  })

  test('may stand in bold in the middle, below names in bold at the side', async () => {
    const bold = (text: string) => run(text, '<w:b/>')
    const middle = `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>${bold('The crane')}</w:p>`
    const body = content(bold('Ada Berg')) + content(bold('Class 4')) + middle + small
    expect((await articleOf({ body, properties: properties('') })).title).toBe('The crane')
  })

  test('is no place that a template left to be filled in', async () => {
    const body =
      paragraph('FOR IMMEDIATE RELEASE: [DATE]') +
      paragraph('Crane goes', '', '<w:jc w:val="center"/>') +
      small
    expect((await articleOf({ body, properties: properties('') })).title).toBe('Crane goes')
  })

  test('has nothing above it that says where to reach somebody', async () => {
    const above = ['Press contact: Ada Berg, harbour board', 'ada@quay.example', '+49 (40) 123-456']
    const body = [...above.map((line) => paragraph(line)), paragraph('The crane', 'a1'), small]
    const article = await articleOf({ body: body.join(''), styles })
    expect(article).toMatchObject({ title: 'The crane', content: `<p>${long}</p>` })
  })

  test('is known where styles are named in other languages, or rest on others', async () => {
    const own = style('X', 'Überschrift 1') + style('Y', 'Harbour head', '<w:basedOn w:val="X"/>')
    const body = paragraph('The crane', 'Y') + paragraph('Text.')
    expect((await articleOf({ body, styles: own })).title).toBe('The crane')
  })
})

describe('what a Word document says of itself', () => {
  test('is taken from its properties', async () => {
    const more =
      '<dc:title>The crane</dc:title><dc:creator>Mira Onal; Jo Lind</dc:creator><dc:language>de-DE</dc:language>' +
      '<cp:keywords>harbour, cranes; iron</cp:keywords><cp:category>World</cp:category>' +
      '<dc:description>A crane leaves the quay.</dc:description><dcterms:modified>2026-05-01T10:00:00Z</dcterms:modified>'
    const article = await articleOf({ properties: properties(more) })
    expect(article).toMatchObject({
      title: 'The crane',
      summary: 'A crane leaves the quay.',
      published: '2026-04-13T09:30:00Z',
      updated: '2026-05-01T10:00:00Z',
      language: 'de-DE',
      section: { name: 'World' },
      tags: [{ name: 'harbour' }, { name: 'cranes' }, { name: 'iron' }],
      authors: [{ name: 'Mira Onal' }, { name: 'Jo Lind' }],
    })
  })

  test('is passed over where a program has filled it in', async () => {
    const more =
      '<dcterms:created>2013-12-23T23:15:00Z</dcterms:created><dcterms:modified>2026-05-01T10:00:00Z</dcterms:modified>' +
      '<dc:creator>Microsoft Office User</dc:creator><dc:description>generated by python-docx</dc:description><dc:subject>News</dc:subject>'
    const article = await articleOf({ properties: more })
    expect(article).toMatchObject({ published: '2026-05-01T10:00:00Z', authors: [] })
    expect(article).not.toHaveProperty('summary')
  })

  test('gives way to the date in the path', async () => {
    const { published } = await articleOf({}, '2026-01-02-crane.docx')
    expect(published).toBe('2026-01-02T00:00:00Z')
  })

  test.each(['Draft', 'Entwurf', 'In Review', 'Not approved', 'Embargoed', 'Draft – needs quotes'])(
    'keeps it out where its status is %s',
    async (status) => {
      const outcome = await read({
        properties: `${named}<cp:contentStatus>${status}</cp:contentStatus>`,
      })
      expect(outcome).toMatchObject({
        kind: 'draft',
        notes: [{ text: `it is a draft because of the status "${status}" in its properties` }],
      })
    },
  )

  test.each([
    ['Final', []],
    ['Approved', []],
    ['Evergreen', [{ text: expect.stringContaining('"Evergreen" in its properties is none') }]],
  ])('does not where its status is %s', async (status, notes) => {
    const outcome = await read({
      properties: `${named}<cp:contentStatus>${status}</cp:contentStatus>`,
    })
    expect(outcome).toMatchObject({ kind: 'article', notes })
  })

  test('may stand below its title: dek and authors', async () => {
    const body = [
      paragraph('The crane', 'a1'),
      paragraph('It leaves the quay', 'Sub'),
      paragraph('By Mira Onal and Jo Lind'),
      paragraph('Text.'),
    ]
    const article = await articleOf({
      body: body.join(''),
      styles,
      properties: properties('<dc:creator>Desk Seven</dc:creator>'),
    })
    expect(article).toMatchObject({
      summary: 'It leaves the quay',
      authors: [{ name: 'Mira Onal' }, { name: 'Jo Lind' }],
      content: '<p>Text.</p>',
    })
  })

  test('may stand below its title in styles of its own, as pandoc writes it', async () => {
    const own =
      style('T', 'Title') + style('A', 'Author') + style('D', 'Date') + style('H', 'heading 1')
    const body = [
      paragraph('The crane', 'T'),
      paragraph('The crane', 'H'),
      paragraph('Mira Onal', 'A'),
      paragraph('2026-02-03', 'D'),
      paragraph('Text.'),
    ]
    expect(await articleOf({ body: body.join(''), styles: own })).toMatchObject({
      published: '2026-02-03T00:00:00Z',
      authors: [{ name: 'Mira Onal' }],
      content: '<p>Text.</p>',
    })
  })

  test.each(['4 March 2026', 'March 4, 2026', '4 mars 2026'])(
    'may have its date as people write it: %s',
    async (date) => {
      const own = `${styles}${style('D', 'Date')}`
      const head = paragraph('The crane', 'a1') + paragraph('By Mira Onal')
      for (const body of [paragraph(date, 'D'), paragraph(date)]) {
        const article = await articleOf({ body: head + body + paragraph('Text.'), styles: own })
        expect(article).toMatchObject({
          published: '2026-03-04T00:00:00Z',
          content: '<p>Text.</p>',
        })
      }
    },
  )

  test('has its time where the properties are of the day below the title', async () => {
    const body = paragraph('The crane', 'a1') + paragraph('13 April 2026') + paragraph('Text.')
    const { published } = await articleOf({ body, styles, properties: named })
    expect(published).toBe('2026-04-13T09:30:00Z')
  })

  test('names its author once where a line says it again', async () => {
    const body = paragraph('The crane', 'a1') + paragraph('MIRA ONAL') + paragraph('Text.')
    const parts = { body, styles, properties: `${named}<dc:creator>Mira Onal</dc:creator>` }
    expect(await articleOf(parts)).toMatchObject({
      authors: [{ name: 'Mira Onal' }],
      content: '<p>Text.</p>',
    })
  })

  test('may stand below its title in the style of headings: a name and a day', async () => {
    const body =
      paragraph('The crane', 'a1') + paragraph('Mira Onal', 'a2') + paragraph('4 March 2026', 'a2')
    expect(await articleOf({ body: body + paragraph('Text.'), styles })).toMatchObject({
      published: '2026-03-04T00:00:00Z',
      authors: [{ name: 'Mira Onal' }],
      content: '<p>Text.</p>',
    })
  })

  test('names an author without the office behind the name', async () => {
    const creator = '<dc:creator>Mira Onal (Harbour Office)</dc:creator>'
    const { authors } = await articleOf({ properties: `${named}${creator}` })
    expect(authors).toMatchObject([{ name: 'Mira Onal' }])
  })

  test('may stand at its end: then nothing above is a standfirst', async () => {
    const body = paragraph('The crane', 'a1') + paragraph('Text.') + paragraph('By Mira Onal')
    expect((await articleOf({ body, styles })).content).toBe('<p>Text.</p>')
  })

  test('may be no date: then a note says what to do about it', async () => {
    expect(await notesOf({ properties: '<dc:title>The crane</dc:title>' })).toEqual([
      'it states no date and is published as of its last change; begin its name with one, as in 2026-04-13-ferry.docx, or write it below the headline',
    ])
  })

  test.each([
    ['By Ada Berg in Rota', ['Ada Berg']],
    ['By – Ada Berg', ['Ada Berg']],
    ['By Mira Onal and Tomas Vik, Harbour Correspondents', ['Mira Onal', 'Tomas Vik']],
    ['بقلم مريم حداد', ['مريم حداد']],
  ])('may have its byline below a standfirst: %s', async (byline, names) => {
    const standfirst = 'It leaves the quay after forty years.'
    const body = [
      paragraph('The crane', 'a1'),
      content(run(standfirst, '<w:b/>')),
      paragraph(byline),
      paragraph('Text.'),
    ]
    expect(await articleOf({ body: body.join(''), styles })).toMatchObject({
      summary: standfirst,
      authors: names.map((name) => ({ name })),
      content: '<p>Text.</p>',
    })
  })

  const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`
  const row = (label: string, value: string) => `<w:tr>${cell(label)}${cell(value)}</w:tr>`

  test('may stand above its headline, where the newsroom has it', async () => {
    const above = ['SLUG: crane-goes', 'Words: 420', 'EMBARGO: none'].map((one) => paragraph(one))
    const box = `<w:tbl>${row('Headline', 'The crane')}${row('Reporter:', 'Mira Onal')}${row('Section', 'World')}${row('Date', '4 March 2026')}</w:tbl>`
    const head = paragraph('The crane', 'a1')
    const plain = await articleOf({ body: above.join('') + head + paragraph('Text.'), styles })
    expect(plain).toMatchObject({ title: 'The crane', content: '<p>Text.</p>' })
    for (const title of [head, '']) {
      expect(await articleOf({ body: box + title + paragraph('Text.'), styles })).toMatchObject({
        title: 'The crane',
        authors: [{ name: 'Mira Onal' }],
        section: { name: 'World' },
        published: '2026-03-04T00:00:00Z',
        content: '<p>Text.</p>',
      })
    }
  })

  const sentences =
    'It stood for forty years, and nobody at the quay wants to see it go, says the man at the wheel.'

  test.each([
    'Contact: a novel of the sea',
    'Media contact: what it means',
    'Name: The Untold Story',
    'Class – a history of the quay',
    'Reporter: a life on the quay',
    'Date: a love story',
  ])('may begin as a line of a form does, where nothing else is it: %s', async (line) => {
    for (const above of [paragraph(line), paragraph(line, 'a1'), content(run(line, '<w:b/>'))]) {
      const body = above + paragraph(sentences) + paragraph('It went.')
      const article = await articleOf({ body, styles, properties: properties('') })
      expect(article).toMatchObject({ title: line, content: `<p>${sentences}</p><p>It went.</p>` })
    }
    const below = content(run('The crane', '<w:b/>')) + paragraph(sentences)
    const { title } = await articleOf({
      body: paragraph(line) + below,
      styles,
      properties: properties(''),
    })
    expect(title).toBe('The crane')
  })

  test.each(['Contact: Jo Lind', 'Name: Jo Ann Lind', 'Class: 3B', 'Reporter: Jo Lind'])(
    'is no line of a form with a name or a number: %s',
    async (line) => {
      const body = paragraph(line) + paragraph(sentences) + paragraph('It went.')
      const { title } = await articleOf(
        { body, styles, properties: properties('') },
        'a-crane.docx',
      )
      expect(title).toBe('A crane')
    },
  )

  const heading = paragraph('The crane', 'a1')
  const standing = paragraph('It leaves the quay.')

  test.each([
    ['EMBARGO: 00.01 GMT, 9 May 2031', '2031-05-09T00:01:00Z'],
    ['*** Strictly embargoed until 0001 GMT on Friday, 9 May 2031 ***', '2031-05-09T00:01:00Z'],
    ['Not for release until 9 am on Friday, 9 May 2031', '2031-05-09T09:00:00Z'],
    ['Sperrfrist: 9. Mai 2031, 7 Uhr', '2031-05-09T07:00:00Z'],
    ['Gesperrt bis Freitag, 9. Mai 2031, 7.30 Uhr MESZ', '2031-05-09T05:30:00Z'],
    ['Sous embargo jusqu’au 9 mai 2031 à 7h00', '2031-05-09T07:00:00Z'],
    ['Embargado hasta el 9 de mayo de 2031 a las 7:00', '2031-05-09T07:00:00Z'],
    ['Embargo fino al 9 maggio 2031, ore 7', '2031-05-09T07:00:00Z'],
    ['Niet publiceren voor 9 mei 2031, 7.00 uur', '2031-05-09T07:00:00Z'],
    ['Ambargo: 9 Mayıs 2031', '2031-05-09T00:00:00Z'],
    ['Embargado até 9 de maio de 2031 às 7h00', '2031-05-09T07:00:00Z'],
    ['Not for publication before 9 May 2031', '2031-05-09T00:00:00Z'],
    ['NOT TO BE PUBLISHED BEFORE 9 MAY 2031', '2031-05-09T00:00:00Z'],
    ['This press release is embargoed until 9 May 2031', '2031-05-09T00:00:00Z'],
    ['PRESS RELEASE. Embargoed until 0001 hrs UK time Friday 9 May 2031', '2031-05-08T23:01:00Z'],
    ['FOR RELEASE AT 10:00 A.M. EST, FRIDAY, MAY 9, 2031', '2031-05-09T15:00:00Z'],
    ['Embargo date: 9 May 2031', '2031-05-09T00:00:00Z'],
    ['Embargo expires: 9 May 2031, 9:00', '2031-05-09T09:00:00Z'],
    ['⚠️ Media embargo: 9 May 2031', '2031-05-09T00:00:00Z'],
    ['Es gilt das gesprochene Wort! Sperrfrist: 9. Mai 2031, 7 Uhr', '2031-05-09T07:00:00Z'],
    ['Nicht vor dem 9. Mai 2031 veröffentlichen', '2031-05-09T00:00:00Z'],
    ['À ne pas publier avant le 9 mai 2031', '2031-05-09T00:00:00Z'],
    ['Embargo levé le 9 mai 2031 à 6h', '2031-05-09T06:00:00Z'],
    ['EMBARGADO HASTA EL VIERNES 9 DE MAYO DE 2031, 7:00 HORAS', '2031-05-09T07:00:00Z'],
    ['SOTTO EMBARGO FINO ALLE ORE 7 DEL 9 MAGGIO 2031', '2031-05-09T07:00:00Z'],
    ['9 Mayıs 2031 saat 10.00’a kadar ambargoludur', '2031-05-09T10:00:00Z'],
    ['Эмбарго до 9 мая 2031', '2031-05-09T00:00:00Z'],
    ['محظور النشر حتى 9 مايو 2031', '2031-05-09T00:00:00Z'],
  ])('has an embargo above its headline, below it or at its end: %s', async (line, date) => {
    const embargo = paragraph(line)
    for (const body of [
      embargo + heading + standing,
      heading + embargo + standing,
      heading + standing + embargo,
    ]) {
      expect(
        await articleOf({ body, styles, properties: named }, '2026-01-02-a.docx'),
      ).toMatchObject({
        title: 'The crane',
        published: date,
        content: '<p>It leaves the quay.</p>',
      })
    }
  })

  test.each(['Embargo lifted', 'Sperrfrist aufgehoben', 'EMBARGO: none'])(
    'has no line that says that its embargo is over: %s',
    async (line) => {
      const body = heading + paragraph(line) + standing
      expect(await articleOf({ body, styles, properties: named })).toMatchObject({
        title: 'The crane',
        content: '<p>It leaves the quay.</p>',
      })
    },
  )

  test.each([
    'EMBARGOED FOR FRIDAY',
    'Sperrfrist',
    'EMBARGO May 9, 7am',
    'UNDER EMBARGO UNTIL THE COUNCIL HAS MET',
    'NOT FOR PUBLICATION BEFORE THE VOTE',
    'Embargoed until midnight on 9 May 2031',
    'Embargoed until 9 May 2031, or when the council has met.',
  ])('is a draft under an embargo with another end: %s', async (line) => {
    const note = `it is a draft because its embargo "${line}" is no date that is known; write it as in 2026-04-13 09:30, or take it out`
    for (const body of [
      paragraph(line) + heading + standing,
      heading + paragraph(line) + standing,
      heading + standing + paragraph(line),
    ]) {
      const outcome = await read({ body, styles, properties: named })
      expect(outcome).toEqual({ kind: 'draft', notes: [{ text: note }] })
    }
  })

  test('waits for the last of several embargoes', async () => {
    const lines = ['Embargo: 8 May 2031', 'Embargo: 9 May 2031'].map((line) => paragraph(line))
    const { published } = await articleOf({ body: heading + lines.join('') + standing, styles })
    expect(published).toBe('2031-05-09T00:00:00Z')
  })

  test.each([
    'The embargo on steel ends in May',
    'Embargo on cranes costs 300 jobs',
    'Embargoed for years, cranes come back to the quay.',
    'Embargoed cranes pile up',
    'Embargo : levé',
    'Gesperrt bis Juni: Die Brücke bleibt zu, sagt die Stadt am Montag.',
    'Gesperrt ist die Brücke seit Montag.',
    'Embargo: it is the word that nobody at the quay wants to hear.',
    'Under embargo until 1994, the quay built its own cranes.',
    'Sous embargo jusqu’en 1994, le quai a construit ses grues.',
    'Embargado hasta el cuello, el muelle espera.',
    'Unter Embargo bis 1994, baute der Hafen eigene Kräne.',
    'Sotto embargo fino al 1994, il porto costruì gru.',
    'Do not publish until the crane is green.',
    'Do not publish until you have read it twice',
    'Not for publication before the vote',
    'No publicar antes de leer el texto.',
    'Ne pas publier avant relecture.',
    'Nicht veröffentlichen bis alles stimmt.',
    'The embargo lifts on 9 May 2031.',
    'Embargo ab 9. Mai 2031',
    'Sperrfrist: 12 Wochen',
    'Sperrfrist: 1. Oktober 2030 bis 31. Januar 2031',
    'Gesperrt bis 9. Mai 2031',
    'Ambargo: 1975',
  ])('may be about an embargo, and under none: %s', async (line) => {
    const body = heading + paragraph(line) + standing
    expect((await articleOf({ body, styles, properties: named })).content).toContain(
      `<p>${line}</p>`,
    )
  })

  test.each([
    ['Embargo: how the quay lost its crane', ''],
    ['Embargoed: a quay without a crane', 'a1'],
  ])('may have a headline that is about one: %s', async (headline, kind) => {
    const text = 'It stood for forty years, and nobody at the quay wants to see it go.'
    const body = paragraph(headline, kind) + paragraph(text)
    expect((await articleOf({ body, styles, properties: properties('') })).title).toBe(headline)
  })

  test('may have an embargo in its headline', async () => {
    const body = paragraph('EMBARGOED UNTIL 9 MAY 2031: The crane goes', 'a1') + standing
    expect(await articleOf({ body, styles })).toMatchObject({
      title: 'The crane goes',
      published: '2031-05-09T00:00:00Z',
    })
  })

  test('may have an embargo in the style of a heading', async () => {
    const body = paragraph('EMBARGOED TILL THE VOTE', 'a1') + heading + standing
    expect(await read({ body, styles, properties: named })).toMatchObject({ kind: 'draft' })
  })

  test('may have a headline that begins with the word', async () => {
    const title = 'Embargo: how the crane left'
    expect(await articleOf({ body: paragraph(title, 'a1') + standing, styles })).toMatchObject({
      title,
    })
  })

  test.each([
    ['EMBARGO: 4 March 2026 10:30', '2026-03-04T10:30:00Z'],
    ['EMBARGOED UNTIL 4 MARCH 2026, 9 AM', '2026-03-04T09:00:00Z'],
    ['Embargoed until 00:01 GMT on 4 March 2026', '2026-03-04T00:01:00Z'],
    ['Strictly under embargo until: 2026-03-04', '2026-03-04T00:00:00Z'],
  ])('has an embargo, until which it is not out: %s', async (embargo, date) => {
    const head = paragraph(embargo) + content(run('The crane', '<w:b/>'))
    const parts = { body: head + paragraph('Text.'), properties: properties('') }
    expect(await articleOf(parts, '2026-01-02-a.docx')).toMatchObject({
      title: 'The crane',
      published: date,
      content: '<p>Text.</p>',
    })
  })

  test('is a draft under an embargo that is no date', async () => {
    const body = paragraph('EMBARGO: till the vote') + paragraph('Text.')
    expect(await read({ body, properties: named })).toEqual({
      kind: 'draft',
      notes: [
        {
          text: 'it is a draft because its embargo "till the vote" is no date that is known; write it as in 2026-04-13 09:30, or take it out',
        },
      ],
    })
    const lifted = paragraph('EMBARGO: lifted') + paragraph('Text.')
    expect(await articleOf({ body: lifted })).toMatchObject({ content: '<p>Text.</p>' })
  })

  test.each([
    ['a date', paragraph('March 4th, 2026')],
    ['when a release is out', paragraph('For immediate release – 4 March 2026')],
    ['what it is', paragraph('PRESS RELEASE') + paragraph('4 March 2026')],
    ['that in French', paragraph('Communiqué de presse') + paragraph('4 mars 2026')],
  ])('may have above its title %s, which is its date', async (_what, above) => {
    const body = above + paragraph('The crane', 'a1') + paragraph('Text.')
    expect(await articleOf({ body, styles, properties: properties('') })).toMatchObject({
      title: 'The crane',
      published: '2026-03-04T00:00:00Z',
      content: '<p>Text.</p>',
    })
  })

  test('may have its title behind what says that it is out', async () => {
    const body = paragraph('For immediate release: The crane is back') + paragraph('Text.')
    expect(await articleOf({ body })).toMatchObject({
      title: 'The crane is back',
      content: '<p>Text.</p>',
    })
  })

  test('may have several authors in one paragraph of that style', async () => {
    const by = (names: string) =>
      articleOf({
        body: paragraph('The crane', 'a1') + paragraph(names, 'By') + paragraph('Text.'),
        styles: styles + style('By', 'Author'),
      })
    expect((await by('Mira Onal et Tomas Vik')).authors.map(({ name }) => name)).toEqual([
      'Mira Onal',
      'Tomas Vik',
    ])
    expect((await by('Mira Onal, PhD')).authors.map(({ name }) => name)).toEqual(['Mira Onal, PhD'])
  })

  test.each(['919425674', 'w', 'MRT www.programs.example', 'programs.com'])(
    'is not by %s, which is no name',
    async (creator) => {
      const stated = properties(`<dc:creator>${creator}</dc:creator>`)
      expect((await articleOf({ body: paragraph('Text.'), properties: stated })).authors).toEqual(
        [],
      )
    },
  )

  test.each([
    ['Onal, Mira', 'Mira Onal'],
    ['Onal,Mira K', 'Mira K Onal'],
    ['Harbour Press, Inc.', 'Harbour Press, Inc.'],
    ['Onal, PhD', 'Onal, PhD'],
  ])('is by %s as one says it', async (creator, name) => {
    const stated = properties(`<dc:creator>${creator}</dc:creator>`)
    const { authors } = await articleOf({ body: paragraph('Text.'), properties: stated })
    expect(authors).toMatchObject([{ name }])
  })

  test('is not titled by whom to call, nor by a label', async () => {
    const bold = (text: string) => content(run(text, '<w:b/>'))
    const contact =
      paragraph('Contact: Ada Berg, 555 0134') + bold('The crane') + paragraph('Text.')
    expect(await articleOf({ body: contact, properties: properties('') })).toMatchObject({
      title: 'The crane',
      content: '<p>Text.</p>',
    })
    const label = { body: bold('Tuesday, 3 March:') + paragraph('Text.') }
    const article = await articleOf({ ...label, properties: properties('') }, 'crane-goes.docx')
    expect(article.title).toBe('Crane goes')
  })

  test('is in the language of its text where it states none', async () => {
    const text =
      'Kranen som har stått på kajen i fyrtio år togs ner i måndags, och många stod och såg på när den sista delen lyftes bort. ' +
      'Hamnens chef säger att den nya kranen kommer först till våren, och att båtarna får vänta så länge.'
    const parts = { body: paragraph('The crane', 'a1') + paragraph(text), styles }
    expect(await articleOf(parts)).toMatchObject({ language: 'sv' })
    const stated = properties('<dc:language>fi</dc:language>')
    expect(await articleOf({ ...parts, properties: stated })).toMatchObject({ language: 'fi' })
  })

  test('names nobody in a sentence that begins with "By"', async () => {
    const body = paragraph('The crane', 'a1') + paragraph('By Tuesday the boats were full.')
    expect(await articleOf({ body, styles })).toMatchObject({
      authors: [],
      content: '<p>By Tuesday the boats were full.</p>',
    })
  })
})

const list = (id: number, level = 0) =>
  `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${id}"/></w:numPr>`
const numbering =
  '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>' +
  '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>' +
  '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num>'

const field = (instruction: string, result: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${instruction}</w:instrText></w:r>` +
  `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`

const math = (inner: string) => `<m:oMath>${inner}</m:oMath>`
const sign = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`

describe('the text of a Word document', () => {
  test('has rules for lines of signs, and none at its ends', async () => {
    const body = ['---', 'One', '* * *', 'Two', '_____'].map((line) => paragraph(line)).join('')
    const parts = { body: paragraph('The crane', 'a1') + body, styles }
    expect(await htmlOf(parts)).toBe('<p>One</p><hr /><p>Two</p>')
  })

  test('has no ends of lines at the ends of paragraphs, and no paragraphs of blanks', async () => {
    const end = '<w:r><w:br/></w:r>'
    const body =
      content(`${end}${run('One')}${end}${run('two')}${end}${end}`) +
      content(end) +
      paragraph('  ') +
      paragraph('Three')
    expect(await htmlOf({ body })).toBe('<p>One<br />two</p><p>Three</p>')
  })

  test.each([
    [
      'headings a step below its title',
      paragraph('T', 'Haupttitel') +
        paragraph('One', 'a1') +
        paragraph('Two', 'a2') +
        paragraph('x'),
      '<h2>One</h2><h3>Two</h3><p>x</p>',
    ],
    [
      'bold, italic, struck, raised and lowered words',
      content(
        run('a', '<w:b/>') +
          run('b', '<w:i/>') +
          run('c', '<w:strike/>') +
          run('d', '<w:vertAlign w:val="superscript"/>') +
          run('e', '<w:vertAlign w:val="subscript"/>'),
      ),
      '<p><strong>a</strong><em>b</em><s>c</s><sup>d</sup><sub>e</sub></p>',
    ],
    [
      'quotations',
      paragraph('a', 'Zit') + paragraph('b', 'Zit'),
      '<blockquote><p>a</p><p>b</p></blockquote>',
    ],
    [
      'lists',
      paragraph('a', '', list(4)) + paragraph('b', '', list(3)) + paragraph('c', '', list(3, 1)),
      '<ul><li>a</li></ul><ol><li>b<ol type="a"><li>c</li></ol></li></ol>',
    ],
    [
      'a list that goes on after a paragraph',
      paragraph('a', '', list(3)) + paragraph('b') + paragraph('c', '', list(3)),
      '<ol><li>a</li></ol><p>b</p><ol start="2"><li>c</li></ol>',
    ],
    ['a paragraph that is taken out of its list', paragraph('a', '', list(0)), '<p>a</p>'],
    [
      'tables with a head and merged cells',
      '<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
      '<table><thead><tr><th colspan="2">a</th></tr></thead><tbody><tr><td>b</td><td><p>c</p><p>d</p></td></tr></tbody></table>',
    ],
    [
      'links',
      content(
        `<w:hyperlink r:id="l1">${run('a')}</w:hyperlink>${field('HYPERLINK "https://b.example/"', run('b'))}`,
      ),
      '<p><a href="https://a.example/">a</a><a href="https://b.example/">b</a></p>',
    ],
    [
      'links to places in it',
      content(
        `<w:hyperlink w:anchor="x">${run('a')}</w:hyperlink><w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkStart w:id="2" w:name="y"/>${run('b')}`,
      ),
      '<p><a href="#_x">a</a><a id="_x"></a>b</p>',
    ],
    [
      'what tracked changes put in, and not what they take out',
      content(
        `${run('a')}<w:ins>${run('b')}</w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del><w:moveFrom>${run('d')}</w:moveFrom><w:moveTo>${run('e')}</w:moveTo>`,
      ),
      '<p>abe</p>',
    ],
    [
      'no comments',
      content(
        `<w:commentRangeStart w:id="1"/>${run('a')}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>`,
      ),
      '<p>a</p>',
    ],
    [
      'no hidden words',
      content(run('a') + run('b', '<w:vanish/>') + run('c', '<w:vanish w:val="0"/>')),
      '<p>ac</p>',
    ],
    [
      'no table of contents by its style',
      `${paragraph('One 1', 'V1')}${paragraph('a')}`,
      '<p>a</p>',
    ],
    [
      'no table of contents by its field',
      `${content(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('One 1')}`)}${content(`${run('Two 2')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`)}${paragraph('a')}`,
      '<p>a</p>',
    ],
    [
      'no table of contents that Word has put in',
      `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>${paragraph('One 1')}</w:sdtContent></w:sdt>${paragraph('a')}`,
      '<p>a</p>',
    ],
    [
      'all that follows a table of contents that never ends',
      `${content(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('One 1')}`)}${paragraph('a')}`,
      '<p>One 1</p><p>a</p>',
    ],
    [
      'words in simple fields, controls, readings and breaks',
      content(
        `<w:fldSimple w:instr="SEQ x">${run('1')}</w:fldSimple><w:sdt><w:sdtContent>${run('a')}</w:sdtContent></w:sdt><w:r><w:cr/></w:r><w:dir w:val="rtl">${run('b')}</w:dir><w:r><w:ruby><w:rt>${run('x')}</w:rt><w:rubyBase>${run('y')}</w:rubyBase></w:ruby></w:r>`,
      ),
      '<p>1a<br />b<ruby>y<rt>x</rt></ruby></p>',
    ],
    [
      'symbols of fonts as what they are',
      content(
        `<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>${run('\uf062', '<w:rFonts w:ascii="Symbol"/>')}`,
      ),
      '<p>αβ</p>',
    ],
    [
      'words in a box that is written for programs of two ages, once',
      content(
        `${run('a')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>${paragraph('b')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>${paragraph('b')}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
      ),
      '<p>a</p><p>b</p>',
    ],
    [
      'formulas',
      content(
        math(
          `<m:f><m:num>${sign('1')}</m:num><m:den>${sign('2')}</m:den></m:f><m:sSup><m:e>${sign('x')}</m:e><m:sup>${sign('2')}</m:sup></m:sSup>`,
        ),
      ),
      '<p><math><mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac><msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup></math></p>',
    ],
    [
      'roots, sums and brackets in formulas',
      content(
        math(
          `<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e>${sign('a')}</m:e></m:rad><m:nary><m:naryPr><m:chr m:val="∑"/><m:limLoc m:val="undOvr"/></m:naryPr><m:sub>${sign('i')}</m:sub><m:sup>${sign('n')}</m:sup><m:e>${sign('i')}</m:e></m:nary><m:d><m:e>${sign('b')}</m:e></m:d>`,
        ),
      ),
      '<p><math><msqrt><mrow><mi>a</mi></mrow></msqrt><mrow><munderover><mo largeop="true">∑</mo><mrow><mi>i</mi></mrow><mrow><mi>n</mi></mrow></munderover><mrow><mi>i</mi></mrow></mrow><mrow><mo>(</mo><mi>b</mi><mo>)</mo></mrow></math></p>',
    ],
    [
      'the signs of formulas that it does not know',
      content(math(`<m:harbour><m:e>${sign('a+b')}</m:e></m:harbour>`)),
      '<p><math><mi>a</mi><mo>+</mo><mi>b</mi></math></p>',
    ],
    [
      'what looks like the mark of a piece as words',
      paragraph('a \ufdd00\ufdd1 &lt;!--1 2--&gt;'),
      '<p>a 0 &lt;!--1 2--&gt;</p>',
    ],
  ])('has %s', async (_what, body, html) => {
    const relations = relation('l1', 'hyperlink', 'https://a.example/', true)
    expect(await htmlOf({ body, styles, numbering, relations })).toBe(html)
  })

  test('has its footnotes below it', async () => {
    const body = content(`${run('a')}<w:r><w:footnoteReference w:id="2"/></w:r>`)
    const footnotes = `<w:footnote w:type="separator" w:id="-1">${paragraph('')}</w:footnote><w:footnote w:id="2">${paragraph('A note.')}</w:footnote>`
    expect(await htmlOf({ body, footnotes })).toBe(
      '<p>a<sup><a href="#_footnote-2" id="_footnote-ref-2">[1]</a></sup></p><ol><li id="_footnote-2"><p>A note. <a href="#_footnote-ref-2">↑</a></p></li></ol>',
    )
  })

  test('has no sign of a footnote that is missing', async () => {
    const body = content(`${run('a')}<w:r><w:footnoteReference w:id="2"/></w:r>`)
    expect(await htmlOf({ body })).toBe('<p>a</p>')
  })

  test('is never markup, whatever it says', async () => {
    expect(await htmlOf({ body: paragraph('&lt;script&gt;alert(1)&lt;/script&gt;') })).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    )
    const relations = relation('l1', 'hyperlink', 'javascript:alert(1)', true)
    expect(
      await htmlOf({
        body: content(`<w:hyperlink r:id="l1">${run('a')}</w:hyperlink>`),
        relations,
      }),
    ).not.toContain('javascript')
  })

  test('says what is not shown: charts, and texts of other programs', async () => {
    const chart =
      '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Boats by year"/><a:graphic><a:graphicData><c:chart r:id="c1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    const body = `${content(run('a ') + chart)}<w:altChunk r:id="x"/>`
    expect(await notesOf({ body })).toEqual([
      'a chart is not shown; put it into the document as a picture',
      'text in another format, put in by a program, is not read; copy it into the document',
    ])
    expect(await htmlOf({ body })).toBe('<p>a Boats by year</p>')
  })
})

describe('a picture in a Word document', () => {
  test.each([
    'D:\\quay\\crane.png',
    'https://quay.example/crane.png',
    'crane.png',
    'Description automatically generated',
  ])('is not described by where it comes from, nor by a program: %s', async (alt) => {
    const parts = {
      body: content(`<w:r>${drawing('p1', alt)}</w:r>`),
      relations: relation('p1', 'image', 'media/image1.png'),
      others: [{ name: 'word/media/image1.png', content: png }],
    }
    expect(await htmlOf(parts)).toContain('alt=""')
  })

  const others = [
    { name: 'word/media/image 1.png', content: png },
    { name: 'word/media/image2.emf', content: png },
  ]
  const relations =
    relation('p1', 'image', 'media/image 1.png') +
    relation('p2', 'image', 'media/image2.emf') +
    relation('p3', 'image', 'https://a.example/b.png', true) +
    relation('p4', 'image', 'file:///C:/Users/x/Desktop/boat.png', true) +
    relation('p5', 'image', '../docProps/x.png')
  const picture = (id: string, kind?: string) =>
    content(`<w:r>${drawing(id, 'A &lt;boat&gt; "x"'.replaceAll('"', '&quot;'), kind)}</w:r>`)

  test('is served out of it, with its alternative text and caption', async () => {
    const body = picture('p1') + paragraph('The boat.', 'Cap')
    const outcome = await readFile('a b/crane.docx', wordFile({ body, styles, relations, others }))
    expect(articleIn(outcome).content).toBe(
      '<figure><img src="/media/a%20b/crane.docx/word/media/image%201.png" alt="A &lt;boat&gt; &quot;x&quot;" /><figcaption>The boat.</figcaption></figure>',
    )
  })

  test('has its caption where its own paragraph is of a style called Figure', async () => {
    const figure = content(`<w:r>${drawing('p1', 'A boat')}</w:r>`, 'Fig')
    const body = figure + paragraph('The boat.', 'Img') + paragraph('Text.')
    const more = style('Fig', 'Figure') + style('Img', 'Image Caption')
    const file = wordFile({ body, styles: styles + more, relations, others })
    expect(articleIn(await readFile('crane.docx', file)).content).toBe(
      '<figure><img src="/media/crane.docx/word/media/image%201.png" alt="A boat" /><figcaption>The boat.</figcaption></figure><p>Text.</p>',
    )
  })

  test('leaves the text as it is known by where the document moves', async () => {
    const hashes = await Promise.all(
      ['a.docx', 'b/c.docx'].map(async (name) => {
        const outcome = await readFile(name, wordFile({ body: picture('p1'), relations, others }))
        return outcome.kind === 'article' && outcome.hash
      }),
    )
    expect(hashes[0]).toBe(hashes[1])
  })

  test.each([
    ['p2', 'embed', 'a picture in EMF is not shown; put it into the document as PNG or JPEG'],
    [
      'p4',
      'link',
      'the picture "boat.png" is not in the document, which only says where it lies; put it in',
    ],
    ['p5', 'embed', 'the picture "x.png" is missing in the document'],
    ['p9', 'embed', 'a picture is missing in the document'],
  ])('that cannot be shown leaves its alternative text, and a note: %s', async (id, kind, note) => {
    const parts = { body: picture(id, kind), relations, others }
    expect(await htmlOf(parts)).toBe('<p>A &lt;boat&gt; "x"</p>')
    expect(await notesOf(parts)).toEqual([note])
  })

  test('on the web keeps its address', async () => {
    expect(await htmlOf({ body: picture('p3', 'link'), relations })).toContain(
      '<img src="https://a.example/b.png"',
    )
  })
})

describe('a file that ends in .docx', () => {
  const old = (name: string) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from(name, 'utf16le'),
    ])

  test.each([
    ['is empty', Buffer.alloc(0), 'the Word document is empty'],
    ['has a password', old('EncryptedPackage'), 'the Word document is protected by a password'],
    [
      'is of the old kind',
      old('WordDocument'),
      'the file is a Word document of the old kind (.doc)',
    ],
    ['is RTF', Buffer.from('{\\rtf1 x}'), 'the file is no Word document, but RTF'],
    ['is a page', Buffer.from('<html><p>x'), 'the file is no Word document, but HTML or XML'],
    ['is anything else', Buffer.from('x'), 'the Word document is damaged: it is no zip file'],
    [
      'is a table',
      zip([{ name: 'xl/workbook.xml', content: 'x' }]),
      'the file is no Word document, but Excel',
    ],
    [
      'is OpenDocument',
      zip([{ name: 'mimetype', content: 'x' }]),
      'the file is no Word document, but OpenDocument',
    ],
    [
      'has no text',
      zip([{ name: 'a', content: 'x' }]),
      'the Word document is damaged: it has no text',
    ],
    [
      'is half written',
      wordFile().subarray(0, 700),
      'the Word document is damaged: it is cut off, or was changed on the way',
    ],
    [
      'leads out of itself',
      wordFile({ others: [{ name: '../x', content: 'x' }] }),
      'the Word document is damaged: it holds a file whose name leads out of it',
    ],
    [
      'is broken',
      wordFile({ body: '<w:p>' }),
      'the Word document is damaged: its part "word/document.xml" is not well-formed XML',
    ],
  ])('and %s is rejected with what to do', async (_what, bytes, reason) => {
    const outcome = await readFile('a.docx', bytes)
    expect(outcome).toMatchObject({
      kind: 'rejected',
      rejections: [{ reason, remedy: expect.stringMatching(/^[A-Z].*\.$/) }],
    })
  })

  test('is read only where it is a document, and not what Word keeps beside one', () => {
    expect(['a.docx', 'A.DOCX', '~$a.docx', '.~lock.a.docx#', 'a.docm'].map(isArticleName)).toEqual(
      [true, true, false, false, false],
    )
  })
})
