/** Lines that tell not to publish the text they stand in, in every format by the same rule. */
import { describe, expect, test } from 'vitest'
import { articleIn, nitfFile, readFile } from '../../support/read.ts'
import { paragraph, relation, run, style, wordFile } from '../../support/word.ts'

const story = 'The ferry of Lake Moro has carried people and goats on one deck for forty years.'
const page = (above: string, title: string) =>
  `<!doctype html><html lang="en"><head><title>${title}</title><meta property="article:published_time" content="2026-04-13T09:30:00Z"></head>` +
  `<body><article>${above && `<p>${above}</p>`}<h1>${title}</h1><p>${story}</p><p>It now gets a second deck.</p></article></body></html>`
const ninjs = (headline: string, note: string, text = story) =>
  JSON.stringify({
    uri: 'urn:newsml:moro.example:7',
    versionCreated: '2026-04-13T09:30:00Z',
    version: 2,
    headlines: [{ value: headline }],
    ednote: note,
    bodies: [{ contentType: 'text/html', value: `<p>${text}</p><p>${story}</p>` }],
  })

const word = (...lines: readonly string[]) =>
  wordFile({
    body: lines.join('') + paragraph('Lake ferry', 'a1') + paragraph(story),
    styles: style('a1', 'heading 1'),
  })

const files = (line: string): readonly (readonly [string, string | Buffer])[] => [
  ['a.txt', `${line}\n\nLake ferry\n\n${story}\n`],
  ['a.txt', `Lake ferry\n${line}\n\n${story}\n`],
  ['a.md', `${line}\n\n# Lake ferry\n\n${story}\n`],
  ['a.md', `# Lake ferry\n\n**${line}**\n\n${story}\n`],
  ['a.md', `# ${line}: Lake ferry\n\n${story}\n`],
  ['a.md', `---\ntitle: "${line} – Lake ferry"\n---\n${story}\n`],
  ['a.html', page(line, 'Lake ferry')],
  ['a.html', page('', `${line}: Lake ferry`)],
  ['a.json', ninjs('Lake ferry', '', line)],
  ['a.json', ninjs(`${line}: Lake ferry`, '')],
  ['a.json', ninjs('Lake ferry', `Eds: adds quotes. ${line}.`)],
  ['a.nitf', nitfFile(`<p>${line}</p><p>${story}</p>`)],
  ['a.docx', word(paragraph(line))],
]

/** Whether it stands before the headline in the same line. */
const hasInTitle = (text: string | Buffer, line: string) =>
  [`${line}: `, `${line} – `].some((words) => text.includes(words))

describe('a line that tells not to publish', () => {
  test.each([
    'DO NOT PUBLISH',
    'NOT FOR RELEASE',
    'NOT FOR PUBLICATION',
    'KILL',
    'WITHDRAWN',
    'MANDATORY KILL',
    'STORY WITHDRAWN',
    'URGENT KILL',
    'DRAFT – NOT FOR PUBLICATION',
    'BITTE NICHT VERÖFFENTLICHEN',
    'MELDUNG ZURÜCKGEZOGEN',
    'NE PAS PUBLIER',
    'NO PUBLICAR',
    'NON PUBBLICARE',
    'NÃO PUBLICAR',
    'NIET PUBLICEREN',
    'YAYIMLAMAYIN',
    'НЕ ПУБЛИКОВАТЬ',
  ])('makes a draft in every format: %s', async (line) => {
    for (const [name, text] of files(line)) {
      const outcome = await readFile(name, text)
      expect(outcome.kind, `${name}: ${text}`).toBe('draft')
      expect(JSON.stringify(outcome)).toMatch(`${line}`)
      expect(JSON.stringify(outcome)).toMatch('; take that out to publish it')
    }
  })

  test.each([
    'Do not publish my name, says witness',
    'NEVER PUBLISHED',
    'KILL OR BE KILLED',
    'KILL BILL',
    'KILLED',
    'URGENT',
    'NOT FOR PUBLICATION IN FRANCE',
    'DO NOT PUBLISH UNTIL YOU HAVE READ IT TWICE',
    'ANNULÉ',
  ])('may be about that, and is none: %s', async (line) => {
    for (const [name, text] of files(line).filter(([one]) => !/json|nitf|docx/.test(one))) {
      expect((await readFile(name, text)).kind, `${name}: ${text}`).toBe('article')
    }
  })

  test.each([
    'DO NOT PUBLISH – awaiting legal',
    'DO NOT PUBLISH. LEGAL TO READ FIRST',
    'DO NOT PUBLISH UNTIL CLEARED BY LEGAL',
    'NOT FOR PUBLICATION: LEGAL CHECK',
    'DO NOT PUBLISH (JL 12/4)',
    'NE PAS PUBLIER – en attente du service juridique',
    'STATUS: DO NOT PUBLISH',
    'STATUS: DRAFT',
  ])('may have its reason or its label with it: %s', async (line) => {
    for (const [name, text] of files(line).filter(([, one]) => !hasInTitle(one, line))) {
      expect((await readFile(name, text)).kind, `${name}: ${text}`).toBe('draft')
    }
  })

  test.each([
    'DO NOT PUBLISH. That was all that the letter from the lawyer said.',
    'DO NOT USE: a history of the warning label',
    'Do not publish: the life of a censor',
    'NOT FOR PUBLICATION: Jo Lind, 01632 960001',
    'Status: Withdrawn',
    'Status: open',
    'STATUS: A SHORT HISTORY',
  ])('is not told by what may be a sentence, a fact or a contact: %s', async (line) => {
    for (const [name, text] of files(line).filter(
      ([one, whole]) =>
        !/json|nitf|docx/.test(one) &&
        !hasInTitle(whole, line) &&
        !(one === 'a.txt' && String(whole).startsWith(line)),
    )) {
      expect((await readFile(name, text)).kind, `${name}: ${text}`).toBe('article')
    }
  })

  test.each([
    'DRAFT: Lake ferry',
    '[DRAFT] Lake ferry',
    'DRAFT 2 – Lake ferry',
    'Lake ferry (DRAFT)',
  ])('may be a label of the headline: %s', async (title) => {
    const texts = [`# ${title}\n\n${story}`, `---\ntitle: "${title}"\n---\n${story}`]
    for (const text of texts) expect((await readFile('a.md', text)).kind, text).toBe('draft')
    expect((await readFile('a.html', page('', title))).kind).toBe('draft')
    expect((await readFile('a.json', ninjs(title, ''))).kind).toBe('draft')
  })

  test.each([
    'Draft: Lake ferry',
    'DRAFT PICKS OF THE LAKE',
    'NFL DRAFT: who goes first',
    'HOLD: how',
  ])('is none in another headline: %s', async (title) => {
    expect((await readFile('a.md', `# ${title}\n\n${story}`)).kind).toBe('article')
  })

  test.each(['DRAFT', 'DRAFT v3', 'HOLD', 'Status: Hold', 'Do not publish – legal to read'])(
    'may be one word above the headline of a Word document: %s',
    async (line) => {
      expect((await readFile('a.docx', word(paragraph(line)))).kind).toBe('draft')
    },
  )

  test.each([
    'CONFIDENTIAL',
    'HOLD',
    '*** ON HOLD ***',
    'INTERNAL ONLY',
    'FOR APPROVAL',
    'PENDING LEGAL REVIEW',
    'NOT APPROVED',
    'HOLD – awaiting legal',
    'VERTRAULICH',
    'CONFIDENTIEL',
  ])('may be a label in capitals beside the headline: %s', async (line) => {
    const beside = files(line).filter(
      ([name, text]) => !/json|nitf/.test(name) && !hasInTitle(text, line),
    )
    const texts: typeof beside = [
      ...beside,
      ['a.txt', `${line}\n\n${story} ${story}\n`],
      ['a.md', `${line}\n\n# Lake ferry\n\n${story}\n`],
      ['a.md', `# Lake ferry\n\n**${line}**\n\n${story}\n`],
      ['a.docx', wordFile({ body: paragraph(line) + paragraph(story) + paragraph(story) })],
    ]
    for (const [name, text] of texts) {
      expect((await readFile(name, text)).kind, `${name}: ${text}`).toBe('draft')
    }
  })

  test.each([
    'Confidential',
    'For approval',
    'On hold',
    'Draft v2',
    'Do not publish',
    'Zur Freigabe',
  ])('may be in small letters above a headline that a person typed: %s', async (line) => {
    const texts = [
      ['a.txt', `${line}\n\nLake ferry\n\n${story}\n`],
      ['a.md', `${line}\n\n# Lake ferry\n\n${story}\n`],
      ['a.md', `---\ntitle: Lake ferry\n---\n${line}\n\n${story}\n`],
      ['a.docx', word(paragraph(line))],
    ] as const
    for (const [name, text] of texts) {
      expect((await readFile(name, text)).kind, `${name}: ${text}`).toBe('draft')
    }
    const others = [
      ['a.txt', `${line}\n\n${story}\n`],
      ['a.txt', `Lake ferry\n${line}\n\n${story}\n`],
      ['a.md', `# Lake ferry\n\n${line}\n\n${story}\n`],
      ['a.md', `# ${line}\n\n${story}\n`],
      ['a.html', page(line, 'Lake ferry')],
    ] as const
    for (const [name, text] of others) {
      expect((await readFile(name, text)).kind, `${name}: ${text}`).toBe('article')
    }
  })

  test('is a kicker in small letters where the headline says it too', async () => {
    const texts = [
      ['a.md', `Draft\n\n# Draft day: who goes first\n\n${story}\n`],
      ['a.txt', `On hold\n\nThe bridge is on hold\n\n${story}\n`],
      [
        'a.docx',
        wordFile({ body: ['Draft', 'Draft day', story].map((one) => paragraph(one)).join('') }),
      ],
    ] as const
    for (const [name, text] of texts)
      expect((await readFile(name, text)).kind, name).toBe('article')
  })

  test('may be what a web page has as a kicker: DRAFT', async () => {
    expect((await readFile('a.html', page('DRAFT', 'Lake ferry'))).kind).toBe('article')
  })

  test('is none in a sentence, a list, a quotation, code, or below the first text', async () => {
    const texts = [
      `# Lake ferry\n\nThe letter said DO NOT PUBLISH.\n\n${story}`,
      `# Lake ferry\n\n- DO NOT PUBLISH\n\n${story}`,
      `# Lake ferry\n\n> DO NOT PUBLISH\n\n${story}`,
      `# Lake ferry\n\n    DO NOT PUBLISH\n\n${story}`,
      `# Lake ferry\n\n${story} ${story}\n\nDO NOT PUBLISH\n\n${story}`,
      `# Lake ferry\n\n${story}\n\n## DO NOT PUBLISH\n\n${story}`,
    ]
    for (const text of texts) expect((await readFile('a.md', text)).kind, text).toBe('article')
  })

  test.each([
    ['Phone numbers are not for publication.', 'article'],
    ['Contact: Jo Lind (NOT FOR PUBLICATION)', 'article'],
    ['Eds: corrects the picture, which is withdrawn.', 'article'],
    ['Eds: Do not publish.', 'draft'],
    ['Mandatory kill. The ferry has no second deck.', 'draft'],
  ])('is a sentence of its own in a note to editors: %s', async (note, kind) => {
    expect((await readFile('a.json', ninjs('Lake ferry', note))).kind).toBe(kind)
  })

  test('may be in small letters where a newsroom writes it', async () => {
    expect((await readFile('a.docx', word(paragraph('Do not publish.')))).kind).toBe('draft')
    const { title } = articleIn(await readFile('a.docx', word(paragraph('Withdrawn'))))
    expect(title).toBe('Lake ferry')
  })

  test.each([
    'Withdrawn.',
    'Story withdrawn',
    'Kill story.',
    'Please withdraw the story',
    'Please do not publish until the verdict',
    'Not to be used until cleared',
  ])('holds where a note to editors is that alone: %s', async (note) => {
    expect((await readFile('a.json', ninjs('Lake ferry', note))).kind).toBe('draft')
  })

  test.each([
    'KILL-Lake ferry',
    '*** KILL *** Lake ferry',
    'KILLED: Lake ferry',
    'EMBARGOED-Lake ferry',
    'NOT FOR PUBLICATION Lake ferry',
  ])('is parted from the headline as agencies do it: %s', async (headline) => {
    expect((await readFile('a.json', ninjs(headline, ''))).kind).toBe('draft')
  })

  test.each([
    'KILL-joy of the lake',
    'NOT FOR PUBLICATION in France',
    'UPDATE 2-Lake ferry',
    'Ferry *** Lake',
  ])('is no part of a headline that says more: %s', async (headline) => {
    expect((await readFile('a.json', ninjs(headline, 'Eds: withdraws a picture.'))).kind).toBe(
      'article',
    )
  })

  test('leaves a day that a note names for its use', async () => {
    const note = 'For use on Thursday 4 March 2099 and thereafter'
    const { published } = articleIn(await readFile('a.json', ninjs('Lake ferry', note)))
    expect(published).toBe('2099-03-04T00:00:00Z')
  })

  const cell = (words: string) => `<w:tc>${paragraph(words)}</w:tc>`
  const row = (...cells: readonly string[]) => `<w:tr>${cells.map(cell).join('')}</w:tr>`
  const tableOf = (...rows: readonly string[]) => `<w:tbl>${rows.join('')}</w:tbl>`
  const box = (words: string) =>
    `<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>${paragraph(words)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`
  test.each([
    ['a cell', tableOf(row('DO NOT PUBLISH'))],
    ['a row', tableOf(row('Status', 'Do not publish'), row('Author', 'Ada Berg'))],
    ['cells with labels', tableOf(row('Section: News', 'Status: DRAFT'))],
    ['a text box', box('DO NOT PUBLISH')],
  ])('may stand in a Word document’s %s', async (_, above) => {
    expect((await readFile('a.docx', word(above))).kind).toBe('draft')
  })

  test.each([
    ['a cell', tableOf(row('EMBARGOED UNTIL 4 MARCH 2099'))],
    ['a row', tableOf(row('Embargo', '4 March 2099'), row('Contact', 'Ada Berg'))],
    ['a text box', box('EMBARGOED UNTIL 4 MARCH 2099')],
    ...[
      'PUB DATE: 4 March 2099',
      'PUBLISH: 4 March 2099',
      'RUN DATE: 4 March 2099',
      'Publish date: 4 March 2099',
      'Release date: 4 March 2099',
      'For publication: 4 March 2099',
      'Not before 4 March 2099',
    ].map((line) => [line, paragraph(line)]),
  ])('may be a day to come in a Word document’s %s', async (_, above) => {
    const { published } = articleIn(await readFile('a.docx', word(above)))
    expect(published).toBe('2099-03-04T00:00:00Z')
  })

  test('may stand in a box beside the text of a Word document, and leaves it', async () => {
    const line = 'EMBARGOED UNTIL 4 MARCH 2099'
    const boxes = box('The Quay Times').replace(/<\/w:p>$/, '') + box(line).replace(/^<w:p>/, '')
    const texts = [
      paragraph(story) + box(line),
      box(line).replace(/<\/w:p>$/, `${run(`${story} ${story}`)}</w:p>`),
      paragraph(`${story} ${story}`) + box(line) + paragraph(story),
      boxes + paragraph(story),
    ]
    for (const text of texts) {
      const article = articleIn(await readFile('a.docx', word(text)))
      expect(article.published).toBe('2099-03-04T00:00:00Z')
      expect(JSON.stringify(article)).not.toContain('EMBARGOED')
      expect(JSON.stringify(article)).toContain('goats')
    }
  })

  test.each([
    tableOf(row('Status', 'Votes'), row('Draft', '3')),
    tableOf(row('Ship', 'Embargo'), row('Ada', '4')),
    tableOf(row('Runner', 'WITHDRAWN'), row('Jo', '4')),
    box('A text about a kill.'),
    paragraph('Release date'),
  ])('is none in other tables and boxes: %#', async (above) => {
    expect((await readFile('a.docx', word(above))).kind).toBe('article')
  })

  test('may stand in the header of a Word document’s pages', async () => {
    const header = (words: string) =>
      wordFile({
        body: paragraph('Lake ferry', 'a1') + paragraph(story),
        styles: style('a1', 'heading 1'),
        relations: relation('h1', 'header', 'header1.xml'),
        others: [
          {
            name: 'word/header1.xml',
            content: `<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${paragraph(words)}</w:hdr>`,
          },
        ],
      })
    expect((await readFile('a.docx', header('DRAFT – DO NOT PUBLISH'))).kind).toBe('draft')
    const { published } = articleIn(
      await readFile('a.docx', header('EMBARGOED UNTIL 4 MARCH 2099')),
    )
    expect(published).toBe('2099-03-04T00:00:00Z')
    expect(await readFile('a.docx', header('The Quay Times'))).toMatchObject({
      kind: 'article',
      notes: [],
    })
  })

  test.each([
    ['2026-04-13-ferry-DRAFT.md', 'draft'],
    ['2026-04-13 DO NOT PUBLISH ferry.md', 'draft'],
    ['EMBARGOED 2026-04-13 ferry.md', 'draft'],
    ['HOLD-ferry.md', 'draft'],
    ['2026-04-13-ferry-WIP.md', 'draft'],
    ['ENTWURF-hafen.md', 'draft'],
    ['Ferry - NOT FINAL.md', 'draft'],
    ['EMBARGO-2026-12-03-ferry.md', 'draft'],
    ['ferry (draft).md', 'draft'],
    ['ferry [hold].md', 'draft'],
    ['2026-04-13-hold-the-ferry.md', 'article'],
    ['2026-04-13-draft-horses (Moro).md', 'article'],
    ['Ferry_v3_FINAL.md', 'article'],
    ['2026-04-13-nfl-draft.md', 'article'],
    ['2026-04-13-DRAFTED.md', 'article'],
    ['2026-04-13-NFL-DRAFT.md', 'article'],
  ])('may be in the name of a file: %s', async (name, kind) => {
    expect((await readFile(name, `# Lake ferry\n\n${story}\n`)).kind).toBe(kind)
  })

  test('takes an agency’s story back where it kills it, and not where it is to wait', async () => {
    const killed = await readFile('a.json', ninjs('MANDATORY KILL', ''))
    expect(killed).toMatchObject({ withdrawn: { story: 'urn:newsml:moro.example:7', version: 2 } })
    expect(await readFile('a.json', ninjs('DO NOT PUBLISH: Lake ferry', ''))).not.toHaveProperty(
      'withdrawn',
    )
  })
})
