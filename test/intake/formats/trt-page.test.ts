import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/intake/decode.ts'
import { trtPage } from '../../../src/intake/formats/trt-page.ts'
import type { RawArticle, TextBlock } from '../../../src/intake/raw-article.ts'
import { type Rejection, RejectionError } from '../../../src/intake/rejection.ts'
import { cpuTime } from '../../support/cpu-time.ts'

const title = 'Ferries return to the old harbour of Karasu'
const dek = 'The first boat in nine years was greeted by a brass band and half of the town.'
const paragraphs = [
  'The first ferry in nine years tied up at noon on Tuesday, two hours late and with every seat taken.',
  'A brass band played on the quay while the passengers came ashore, many of them in tears.',
  'The line was closed when the old pier was found to be unsafe, and the town had waited ever since.',
]

/** The lines of a page from top to bottom; a part that is '' is left out. */
const seedShape = {
  prefix: ' date 2019-05-14 ',
  section: 'WORLD',
  time: '3 MIN READ',
  title,
  dek,
  again: title,
  caption: 'The ferry Karasu II passes the lighthouse on May 14, 2019. / TRT World and Agencies',
  by: 'By Staff Reporter',
  date: 'May 14, 2019',
  gap: '\n',
  body: paragraphs.join('\n\n'),
  source: 'SOURCE:TRTWorld and agencies',
  tail: 'Explore\nTunnel below the strait opens a year early\nBy Mira Onal, Tomas Vik\nA town counts its storks',
}

function page(parts: Partial<typeof seedShape> = {}): string {
  const { prefix, gap, body, ...rest } = { ...seedShape, ...parts }
  const head = [
    rest.section,
    rest.time,
    rest.title,
    rest.dek,
    rest.again,
    rest.caption,
    rest.by,
    rest.date,
  ]
  const foot = [body && gap + body + gap, rest.source, rest.tail]
  return prefix + [...head, ...foot].filter((line) => line !== '').join('\n')
}

/** A page whose title is not repeated. */
const plainPage = (parts: Partial<typeof seedShape> = {}) => page({ again: '', ...parts })

/** A page about a video: nothing below its date but other stories. */
const videoPage = (parts: Partial<typeof seedShape> = {}) =>
  plainPage({ by: '', body: '', source: '', ...parts })

const read = (text: string) => trtPage.read(text) as RawArticle

const blocks = (article: RawArticle) => article.body as readonly TextBlock[]
const texts = (article: RawArticle) => blocks(article).map((block) => block.text)
const bodyOf = (text: string) => texts(read(text))
const kinds = (text: string) => blocks(read(text)).map((block) => block.kind)

function rejectionOf(text: string): Rejection {
  try {
    read(text)
  } catch (error) {
    if (error instanceof RejectionError) return error.rejection
    throw error
  }
  throw new Error('the page was not rejected')
}

describe("the seed's shape", () => {
  const article = read(page())

  test('becomes one article with every part in its place and nothing else', () => {
    expect(article).toEqual({
      title,
      summary: dek,
      section: 'WORLD',
      tags: [],
      readingTime: 3,
      image: {
        caption: 'The ferry Karasu II passes the lighthouse on May 14, 2019.',
        credit: 'TRT World and Agencies',
      },
      authors: ['Staff Reporter'],
      published: '2019-05-14',
      body: paragraphs.map((text) => ({ kind: 'paragraph', text })),
      sources: ['TRT World', 'agencies'],
      isPageText: true,
    })
  })

  test('leaves out "Recommended" and everything from Explore on', () => {
    const [first, ...others] = paragraphs
    const body = [first, 'Recommended', ...others].join('\n\n')
    expect(bodyOf(page({ body }))).toEqual(paragraphs)
  })

  test('leaves out "Recommended" where no blank line stands around it', () => {
    const body = [paragraphs[0], 'Recommended', paragraphs[1]].join('\n')
    expect(bodyOf(page({ body }))).toEqual(paragraphs.slice(0, 2))
  })

  test('is what plain text is taken for', () => {
    expect(trtPage.recognises(page(), '.txt')).toBe(true)
    expect(trtPage.recognises(page(), '.text')).toBe(true)
    expect(trtPage.recognises(page(), '.md')).toBe(false)
  })
})

describe("the crawler's prefix", () => {
  test('may be missing', () => {
    expect(read(page({ prefix: '' }))).toEqual(read(page()))
  })

  test('may be on a line of its own', () => {
    expect(read(page({ prefix: ' date 2019-05-14 \n' }))).toEqual(read(page()))
    expect(read(page({ prefix: 'date 2019-05-14\n\n' }))).toEqual(read(page()))
  })

  test('may be followed directly by the title', () => {
    const article = read(page({ section: '', time: '' }))
    expect(article).toMatchObject({ title, summary: dek, published: '2019-05-14' })
    expect(article.section).toBeUndefined()
  })

  test('may be followed directly by a title that is not repeated', () => {
    expect(read(plainPage({ section: '', time: '' }))).toMatchObject({ title, summary: dek })
  })

  test('yields to the date which the page shows', () => {
    expect(read(page({ prefix: ' date 2025-07-01 ' })).published).toBe('2019-05-14')
  })

  test('gives the date of a page that shows none', () => {
    expect(read(page({ date: '' })).published).toBe('2019-05-14')
  })

  test('of year and month alone means the first day of the month', () => {
    expect(read(page({ prefix: ' date 2025-07 ', date: '' })).published).toBe('2025-07-01')
  })

  test('of a day that does not exist is no date', () => {
    expect(read(page({ prefix: ' date 2019-02-30 ' })).published).toBe('2019-05-14')
    expect(rejectionOf(page({ prefix: ' date 2019-02-30 ', date: '' })).reason).toBe(
      'no date found',
    )
  })

  test('does not take the line numbers of rejections out of step', () => {
    const text = `\n\n date 2019-02-30 \n\n${page({ prefix: '', date: '' })}`
    expect(rejectionOf(text).line).toBe(5)
  })
})

describe('the section', () => {
  test.each([
    'WORLD',
    'World',
    'world',
    'WAR ON GAZA',
    'War on Gaza',
    'BIZTECH',
    'TÜRKİYE',
    'Türkiye',
  ])('may be written %s, on any kind of page', (section) => {
    expect(read(page({ section }))).toMatchObject({ section, title })
    expect(read(page({ section, time: '' }))).toMatchObject({ section, title })
    expect(read(plainPage({ section }))).toMatchObject({ section, title })
    expect(read(plainPage({ section, time: '' }))).toMatchObject({ section, title })
  })

  test.each(['WORLD\nOPINION', 'World\nOpinion', 'WAR ON GAZA\nIN DEPTH', 'TÜRKİYE\nLong read'])(
    'may have a label below it: %j',
    (section) => {
      const [name, label] = section.split('\n')
      for (const time of ['6 MIN READ', '']) {
        expect(read(page({ section, time }))).toMatchObject({ section: name, tags: [label], title })
        expect(read(plainPage({ section, time }))).toMatchObject({
          section: name,
          tags: [label],
          title,
        })
      }
    },
  )

  test('may be missing above the reading time', () => {
    const article = read(page({ section: '' }))
    expect(article).toMatchObject({ title, readingTime: 3 })
    expect(article.section).toBeUndefined()
  })

  test('is not seen in a short title above a dek', () => {
    const text = plainPage({ section: '', time: '', title: 'Storks return', caption: '' })
    expect(read(text)).toMatchObject({ title: 'Storks return', summary: dek })
    expect(read(text).section).toBeUndefined()
  })

  test('is not seen in a title in capitals above its dek', () => {
    const text = plainPage({ section: '', time: '', title: 'STORKS RETURN', caption: '' })
    expect(read(text)).toMatchObject({ title: 'STORKS RETURN', summary: dek })
    expect(read(text).section).toBeUndefined()
  })

  test('is not seen in a short title above the date or the author', () => {
    for (const title of ['Storks return', 'STORKS RETURN']) {
      const parts = { section: '', time: '', title, dek: '', caption: '' }
      expect(read(plainPage({ ...parts, by: '' })).title).toBe(title)
      expect(read(plainPage({ ...parts, date: '' })).title).toBe(title)
    }
  })

  test('is seen where the title is not repeated and has no dek', () => {
    for (const by of ['By Staff Reporter', '']) {
      const text = plainPage({ section: 'World', time: '', dek: '', caption: '', by })
      expect(read(text)).toMatchObject({ section: 'World', title })
    }
  })

  test('in capitals may have five words, and may stand above a short title', () => {
    for (const section of ['WORLD', 'LIFE ON THE BLACK SEA']) {
      const text = plainPage({ section, time: '', title: 'Storks return' })
      expect(read(text)).toMatchObject({ section, title: 'Storks return', summary: dek })
    }
  })
})

describe('the reading time', () => {
  test.each([
    ['3 MIN READ', 3],
    ['12 min read', 12],
    ['1 minute read', 1],
    ['4 Mins Read', 4],
  ])('is read from %s', (time, minutes) => {
    expect(read(page({ time })).readingTime).toBe(minutes)
  })

  test('may be missing', () => {
    const article = read(page({ time: '' }))
    expect(article).toMatchObject({ section: 'WORLD', title, summary: dek })
    expect(article.readingTime).toBeUndefined()
  })

  test.each([
    '5 books to read',
    '0 MIN READ',
    '10 things to read today',
    'MIN READ',
    '700 MIN READ',
  ])('is not seen in %j', (line) => {
    expect(read(page({ time: '', title: line, again: line })).title).toBe(line)
  })

  test('in the story is a part of the story, as is the length of a video', () => {
    const body = [...paragraphs, '3 min read', '26:00', ...paragraphs]
    expect(bodyOf(page({ body: body.join('\n\n') }))).toEqual(body)
    expect(bodyOf(page({ time: '', body: body.join('\n\n') }))).toEqual(body)
  })
})

describe('the title', () => {
  test('is found where the page repeats it, below any number of labels', () => {
    expect(read(page({ section: 'WORLD\nOPINION', time: '' }))).toMatchObject({
      title,
      summary: dek,
    })
  })

  test('is taken once where the two differ in their quotation marks and spaces', () => {
    const curly = 'Minister: ‘We’ll rebuild’ the “old  harbour”'
    const straight = "Minister: 'We'll rebuild' the \"old harbour\""
    for (const [first, again] of [
      [curly, straight],
      [straight, curly],
    ]) {
      const article = read(page({ title: first ?? '', again: again ?? '' }))
      expect(article).toMatchObject({ title: first, summary: dek })
      expect(texts(article)).toEqual(paragraphs)
    }
  })

  test('may stand twice in a row, without a dek', () => {
    const article = read(page({ dek: '' }))
    expect(article.title).toBe(title)
    expect(article.summary).toBeUndefined()
    expect(article.image?.credit).toBe('TRT World and Agencies')
  })

  test('that opens the story once more is left out there', () => {
    expect(bodyOf(page({ body: [title, ...paragraphs].join('\n\n') }))).toEqual(paragraphs)
  })

  test('that equals a later paragraph leaves that paragraph alone', () => {
    const body = [...paragraphs, title, ...paragraphs]
    expect(bodyOf(page({ body: body.join('\n\n') }))).toEqual(body)
    expect(bodyOf(plainPage({ body: body.join('\n\n') }))).toEqual(body)
  })

  test('that equals an early paragraph does not make a head of the story', () => {
    const body = [paragraphs[0] ?? '', title, paragraphs[1] ?? '']
    for (const date of ['May 14, 2019', '']) {
      const text = plainPage({ dek: '', caption: '', date, body: body.join('\n\n') })
      expect(read(text)).toMatchObject({ title, authors: ['Staff Reporter'] })
      expect(bodyOf(text)).toEqual(body)
    }
    const undated = plainPage({
      caption: '',
      by: '',
      date: '',
      body: [...paragraphs, title].join('\n\n'),
    })
    expect(read(undated)).toMatchObject({ title, summary: dek })
    expect(bodyOf(undated)).toEqual([...paragraphs, title])
  })

  test('may look like a date to a careless reader', () => {
    const named = 'March 12, 2024 earthquake in Haiti'
    expect(read(page({ title: named, again: named }))).toMatchObject({ title: named, summary: dek })
  })

  test('may start with "By"', () => {
    const named = 'By the river: a year with the boatmen of Karasu'
    expect(read(page({ title: named, again: named }))).toMatchObject({ title: named, summary: dek })
    expect(read(plainPage({ title: named }))).toMatchObject({ title: named, summary: dek })
  })

  test('that is a whole paragraph is a rejection', () => {
    const text = ` date 2025-07 ${paragraphs.join(' ')}\n\n${paragraphs[0]}\n`
    expect(rejectionOf(text)).toEqual({
      line: 1,
      reason: 'no title found: this line is too long for one',
      remedy: 'Write the title on a line of its own above the story.',
    })
  })

  test('that is a date is a rejection', () => {
    expect(rejectionOf(`\nMay 14, 2019\n\n${paragraphs[0]}`)).toMatchObject({
      line: 2,
      reason: 'no title found: this line is a date',
    })
  })
})

describe('the dek', () => {
  test('may be missing', () => {
    expect(read(page({ dek: '' })).summary).toBeUndefined()
    expect(read(plainPage({ dek: '' })).summary).toBeUndefined()
  })

  test('may have a hundred words', () => {
    const long = `${'word '.repeat(99)}end.`
    expect(read(page({ dek: long }))).toMatchObject({ title, summary: long })
    expect(read(plainPage({ dek: long }))).toMatchObject({ title, summary: long })
    expect(read(plainPage({ dek: long, caption: '' }))).toMatchObject({ title, summary: long })
  })

  test('may have several lines', () => {
    const lines = 'One line of it.\nAnother line.'
    for (const text of [page({ dek: lines }), plainPage({ dek: lines })]) {
      expect(read(text).summary).toBe('One line of it. Another line.')
      expect(read(text).image?.credit).toBe('TRT World and Agencies')
    }
  })

  test('may start with "By"', () => {
    for (const line of [
      'By 2030, half of the boats on the strait will be electric, says report',
      'By Tuesday the whole quay was full of people again',
      'By 2030 Half of All Boats',
      'By March Greece, Turkey and Cyprus agreed.',
      'Von der Leyen in Ankara',
    ]) {
      expect(read(page({ dek: line }))).toMatchObject({
        summary: line,
        authors: ['Staff Reporter'],
      })
      expect(read(plainPage({ dek: line }))).toMatchObject({ summary: line })
    }
  })
})

describe('caption and credit', () => {
  const image = (caption: string) => read(page({ caption })).image

  test('may be missing', () => {
    expect(image('')).toBeUndefined()
    expect(texts(read(page({ caption: '' })))).toEqual(paragraphs)
  })

  test('are told apart by a slash between blanks', () => {
    expect(image('A ferry at dusk / Reuters')).toEqual({
      caption: 'A ferry at dusk',
      credit: 'Reuters',
    })
    expect(image('The A/B pier at dusk / AP')).toEqual({
      caption: 'The A/B pier at dusk',
      credit: 'AP',
    })
  })

  test('lose the word for photo and keep further slashes', () => {
    const expected = { caption: 'A ferry at dusk.', credit: 'AA Archive / Others' }
    expect(image('A ferry at dusk. / Photo: AA Archive / Others')).toEqual(expected)
    expect(image('A ferry at dusk.  / Foto: AA')).toEqual({
      caption: 'A ferry at dusk.',
      credit: 'AA',
    })
  })

  test('may be a caption without a credit', () => {
    expect(image('A ferry passes the lighthouse.')).toEqual({
      caption: 'A ferry passes the lighthouse.',
    })
    expect(image('A ferry passes the lighthouse. /')).toEqual({
      caption: 'A ferry passes the lighthouse.',
    })
  })

  test('may be a credit without a caption', () => {
    expect(image('/ AFP')).toEqual({ credit: 'AFP' })
    expect(image('Photo: AFP')).toEqual({ credit: 'AFP' })
  })

  test('may have several lines', () => {
    expect(image('A ferry at dusk.\nBehind it the lighthouse. / Reuters')).toEqual({
      caption: 'A ferry at dusk. Behind it the lighthouse.',
      credit: 'Reuters',
    })
  })

  test('may look like a byline', () => {
    expect(read(page({ caption: 'By Night / Reuters' }))).toMatchObject({
      image: { caption: 'By Night', credit: 'Reuters' },
      authors: ['Staff Reporter'],
    })
  })

  test('are not split at a slash inside a long caption or before the end of a sentence', () => {
    const caption =
      'The pier is used by boats of the navy / coast guard, as it was before the war began in 1914.'
    expect(image(caption)).toEqual({ caption })
    expect(image('All are safe / so he said.')).toEqual({ caption: 'All are safe / so he said.' })
  })

  test('may stand below a dek on a page that does not repeat its title', () => {
    const caption = 'A ferry at dusk. / Reuters'
    const article = read(plainPage({ caption }))
    expect(article).toMatchObject({
      summary: dek,
      image: { caption: 'A ferry at dusk.', credit: 'Reuters' },
    })
  })

  test('may stand below a title without a dek', () => {
    const article = read(plainPage({ dek: '', caption: 'A ferry at dusk. / Reuters' }))
    expect(article.image).toEqual({ caption: 'A ferry at dusk.', credit: 'Reuters' })
    expect(article.summary).toBeUndefined()
  })

  test('are found where neither author nor date stands below them', () => {
    for (const gap of ['\n', '']) {
      const article = read(page({ caption: 'A ferry at dusk. / Reuters', by: '', date: '', gap }))
      expect(article.image).toEqual({ caption: 'A ferry at dusk.', credit: 'Reuters' })
      expect(texts(article)).toEqual(paragraphs)
    }
  })
})

describe('the authors', () => {
  const authors = (by: string, parts = {}) => read(page({ by, ...parts })).authors

  test('may be missing', () => {
    expect(authors('')).toEqual([])
    expect(texts(read(page({ by: '' })))).toEqual(paragraphs)
  })

  test('are separated by commas and "and"', () => {
    expect(authors('By Mira Onal, Tomas Vik and Ana de la Cruz')).toEqual([
      'Mira Onal',
      'Tomas Vik',
      'Ana de la Cruz',
    ])
    expect(authors('By Mira Onal & Tomas Vik')).toEqual(['Mira Onal', 'Tomas Vik'])
  })

  test('may stand on the lines below "By"', () => {
    expect(authors('By\nMira Onal')).toEqual(['Mira Onal'])
    expect(authors('By\nMira Onal,\nTomas Vik')).toEqual(['Mira Onal', 'Tomas Vik'])
    expect(authors('By\nMira Onal\nTomas Vik')).toEqual(['Mira Onal', 'Tomas Vik'])
    expect(authors('By:\nMira Onal')).toEqual(['Mira Onal'])
    expect(authors('By Mira Onal,\nTomas Vik')).toEqual(['Mira Onal', 'Tomas Vik'])
  })

  test('that are named twice are taken once', () => {
    expect(authors('By\nHamza K,\nHamza K')).toEqual(['Hamza K'])
    expect(authors('By\nHamza K\nHamza K')).toEqual(['Hamza K'])
    expect(authors('By Hamza K, Hamza K')).toEqual(['Hamza K'])
    const bare = plainPage({
      section: '',
      time: '',
      dek: '',
      caption: '',
      by: 'By\nHamza K\nHamza K',
    })
    expect(read(bare)).toMatchObject({ title, authors: ['Hamza K'] })
  })

  test('keep initials, hyphens, apostrophes and small words of their names', () => {
    for (const name of [
      "Seán O'Neill",
      'Alam El-Din Sadiq',
      'J. K. von Berg',
      'Ali Demir Jr.',
      'TRT World staff',
    ]) {
      expect(authors(`By ${name}`)).toEqual([name])
    }
    expect(authors('BY STAFF REPORTER')).toEqual(['STAFF REPORTER'])
    expect(authors('By agencies')).toEqual(['agencies'])
  })

  test('may stand above a story without a date line', () => {
    for (const by of ['By Mira Onal', 'By\nMira Onal']) {
      const article = read(page({ by, date: '' }))
      expect(article).toMatchObject({ authors: ['Mira Onal'], published: '2019-05-14' })
      expect(texts(article)).toEqual(paragraphs)
    }
  })

  test('do not take a subheading with them that stands below', () => {
    for (const heading of ['No boats for years', 'The Old Harbour']) {
      const body = [heading, ...paragraphs]
      const glued = read(page({ date: '', gap: '', body: body.join('\n') }))
      expect(glued.authors).toEqual(['Staff Reporter'])
      expect(texts(glued)).toEqual(body)
      const apart = read(page({ by: 'By\nMira Onal', date: '', body: body.join('\n\n') }))
      expect(apart.authors).toEqual(['Mira Onal'])
      expect(texts(apart)).toEqual(body)
    }
  })

  test('go on below a comma where no date stands below them', () => {
    expect(authors('By Mira Onal,\nTomas Vik', { date: '' })).toEqual(['Mira Onal', 'Tomas Vik'])
  })

  test('are not seen in a paragraph that starts with "By"', () => {
    const body = [
      'By Tuesday evening the pier was empty again, and Ankara had sent a second boat to Karasu.',
      ...paragraphs,
    ]
    for (const parts of [{}, { by: '' }, { by: '', date: '' }]) {
      const article = read(page({ ...parts, body: body.join('\n\n') }))
      expect(article.authors).toEqual('by' in parts ? [] : ['Staff Reporter'])
      expect(texts(article)).toEqual(body)
    }
  })
})

describe('the date line', () => {
  test('may be missing, with or without authors above', () => {
    for (const by of ['By Staff Reporter', '']) {
      const article = read(page({ by, date: '' }))
      expect(article).toMatchObject({ summary: dek, published: '2019-05-14' })
      expect(texts(article)).toEqual(paragraphs)
    }
  })

  test('may have a time', () => {
    expect(read(page({ date: 'May 14, 2019 18:05' })).published).toBe('2019-05-14T18:05')
  })

  test('may have blank lines around it', () => {
    expect(read(page({ date: '\nMay 14, 2019\n' }))).toEqual(read(page()))
    expect(read(page({ by: '\nBy Staff Reporter', date: '\nMay 14, 2019' }))).toEqual(read(page()))
  })

  test('that is missing together with the prefix is a rejection', () => {
    expect(rejectionOf(page({ prefix: '', date: '' }))).toEqual({
      line: 1,
      reason: 'no date found',
      remedy: 'Write the date on a line of its own below the title, such as "April 13, 2017".',
    })
  })

  test('is not seen in a paragraph that starts with a date', () => {
    const body = ['May 13, 2019 was the day the pier was opened, a day early.', ...paragraphs]
    expect(bodyOf(page({ body: body.join('\n\n') }))).toEqual(body)
    const undated = read(page({ date: '', body: body.join('\n\n') }))
    expect(undated.published).toBe('2019-05-14')
    expect(texts(undated)).toEqual(body)
  })

  test('is the first one above a story that is a timeline', () => {
    const body = paragraphs.flatMap((text, index) => [`May ${index + 2}, 2010`, text])
    const article = read(page({ body: body.join('\n\n') }))
    expect(article.published).toBe('2019-05-14')
    expect(texts(article)).toEqual(body)
  })

  test('is not taken from a timeline below the opening paragraph', () => {
    const body = [paragraphs[0] ?? '', 'May 2, 2010', paragraphs[1] ?? '']
    for (const parts of [{ by: '', date: '' }, { date: '' }, { by: '', date: '', caption: '' }]) {
      const article = read(page({ ...parts, body: body.join('\n\n') }))
      expect(article.published).toBe('2019-05-14')
      expect(texts(article)).toEqual(body)
    }
  })
})

describe('a page without a body', () => {
  const long =
    'Nine years after the line was closed the first ferry called at Karasu. Mira Onal has more.'

  test('has its dek as content', () => {
    const article = read(videoPage({ dek: long, caption: 'stk thumbnail / TRT World' }))
    expect(article).toMatchObject({
      section: 'WORLD',
      title,
      summary: long,
      published: '2019-05-14',
      readingTime: 3,
      image: { caption: 'stk thumbnail', credit: 'TRT World' },
      body: [{ kind: 'paragraph', text: long }],
      sources: [],
    })
  })

  test('may be no more than section, title, dek and date', () => {
    const text = `WORLD\n${title}\n${long}\nNovember 8, 2023\n`
    expect(read(text)).toMatchObject({
      section: 'WORLD',
      title,
      summary: long,
      published: '2023-11-08',
    })
    expect(bodyOf(text)).toEqual([long])
  })

  test('may be no more than title, dek and date', () => {
    const article = read(`${title}\n${long}\nJanuary 5, 2024`)
    expect(article).toMatchObject({ title, summary: long, published: '2024-01-05' })
    expect(article.section).toBeUndefined()
    expect(texts(article)).toEqual([long])
  })

  test('may have a short title and a dek without a full stop', () => {
    const article = read('Storks return\nFor the first time in nine years\nJanuary 5, 2024')
    expect(article).toMatchObject({
      title: 'Storks return',
      summary: 'For the first time in nine years',
    })
  })

  test('may have the length of its video between the lines of its head', () => {
    for (const text of [
      `WORLD\n26:00\n${title}\n${long}\nNovember 8, 2023`,
      `WORLD\n${title}\n26:00\n${long}\nNovember 8, 2023`,
      `WORLD\n${title}\n${long}\n1:26:00\nNovember 8, 2023`,
    ]) {
      expect(read(text)).toMatchObject({ section: 'WORLD', title, summary: long })
      expect(bodyOf(text)).toEqual([long])
    }
  })

  test('may have its section between the titles and its dek below them', () => {
    const nav = 'POLITICSTÜRKİYEWAR ON GAZABIZTECHFEATURESOPINION'
    const text = `${nav}\n${title}\n03:07\nWorld\n${title}\n${long}\nAugust 18, 2017\nMore Videos\nAnother video`
    expect(read(text)).toMatchObject({
      section: 'World',
      title,
      summary: long,
      published: '2017-08-18',
    })
    expect(read(text).image).toBeUndefined()
    expect(bodyOf(text)).toEqual([long])
  })

  test('may have no date line either', () => {
    for (const caption of ['stk thumbnail / TRT World', '']) {
      const article = read(videoPage({ dek: long, date: '', caption }))
      expect(article.summary).toBe(long)
      expect(article.image?.credit).toBe(caption ? 'TRT World' : undefined)
      expect(texts(article)).toEqual([long])
    }
  })

  test('keeps the source line', () => {
    expect(read(videoPage({ source: 'SOURCE:TRT World' })).sources).toEqual(['TRT World'])
  })

  test('and without a dek is a rejection', () => {
    for (const text of [videoPage({ dek: '', caption: '' }), page({ dek: '', body: '' })]) {
      expect(rejectionOf(text)).toEqual({
        line: text.startsWith(' date') ? 3 : 1,
        reason: 'no text found below the title',
        remedy: 'Write the story below the date, with a blank line between paragraphs.',
      })
    }
  })
})

describe('the body', () => {
  test('may have no blank lines between its paragraphs', () => {
    for (const gap of ['\n', '']) {
      expect(bodyOf(page({ gap, body: paragraphs.join('\n') }))).toEqual(paragraphs)
      expect(bodyOf(plainPage({ gap, body: paragraphs.join('\n') }))).toEqual(paragraphs)
    }
  })

  test('keeps all its paragraphs below a head of a title alone', () => {
    const parts = { section: '', time: '', dek: '', caption: '', by: '', date: '' }
    for (const [gap, separator] of [
      ['', '\n'],
      ['\n', '\n\n'],
    ] as const) {
      const text = plainPage({ ...parts, gap, body: paragraphs.join(separator) })
      expect(read(text).title).toBe(title)
      expect(bodyOf(text)).toEqual(paragraphs)
    }
  })

  test('may be one paragraph', () => {
    const body = paragraphs[0] ?? ''
    expect(bodyOf(page({ body }))).toEqual([body])
    expect(bodyOf(page({ body, by: '', date: '', caption: '', gap: '' }))).toEqual([body])
  })

  test('may have subheadings', () => {
    const body = [
      paragraphs[0],
      'No boats for years',
      paragraphs[1],
      'What comes next?',
      paragraphs[2],
    ]
    expect(kinds(page({ body: body.join('\n\n') }))).toEqual([
      'paragraph',
      'heading',
      'paragraph',
      'heading',
      'paragraph',
    ])
  })

  test('may have quotes', () => {
    const body = [
      paragraphs[0],
      '“We have waited nine years for this day, and it was worth it.”',
      paragraphs[1],
      '« Nous avons attendu neuf ans. »',
      '“We waited,” she said, “for nine years.”',
    ]
    expect(kinds(page({ body: body.join('\n\n') }))).toEqual([
      'paragraph',
      'quote',
      'paragraph',
      'quote',
      'paragraph',
    ])
  })

  test('takes no heading from a list, the last line or a line that goes on', () => {
    const body = ['Bread', 'Salt', paragraphs[0], 'and so it went', paragraphs[1], 'The End']
    expect(kinds(page({ body: body.join('\n\n') }))).toEqual(body.map(() => 'paragraph'))
  })

  test('keeps furniture words inside real sentences', () => {
    const body = [
      'Recommended by three doctors, the old spa above the harbour has opened its doors once more.',
      'Explore the old town on foot, the mayor said, before you take the boat to the islands.',
      'Explore, she said.',
      'Source: the ministry says that all of the boats are safe.',
      'By Tuesday the boats were full.',
      'Related costs were paid by the town.',
    ]
    expect(bodyOf(page({ body: body.join('\n\n') }))).toEqual(body)
    expect(bodyOf(page({ body: body.join('\n\n'), source: '', tail: '' }))).toEqual(body)
  })

  test('keeps a subheading Explore above a source line', () => {
    const body = [paragraphs[0] ?? '', 'Explore', paragraphs[1] ?? '']
    expect(bodyOf(page({ body: body.join('\n\n') }))).toEqual(body)
  })

  test('loses blanks around its lines and nothing within them', () => {
    const body = [
      '  A  line   of “text” – with 😀, 漢字 and العربية.\t ',
      '\u00a0Another one here.\u00a0',
    ]
    expect(bodyOf(page({ body: body.join(' \n \t\n') }))).toEqual([
      'A  line   of “text” – with 😀, 漢字 and العربية.',
      'Another one here.',
    ])
  })
})

describe('the foot', () => {
  test.each([
    ['SOURCE:TRTWorld and agencies', ['TRT World', 'agencies']],
    ['SOURCE: AFP', ['AFP']],
    ['SOURCE:AA', ['AA']],
    ['SOURCE:TRT World, Reuters and AP', ['TRT World', 'Reuters', 'AP']],
    ['SOURCE: TRT World & AFP', ['TRT World', 'AFP']],
    ['SOURCE:AA/AFP', ['AA', 'AFP']],
    ['SOURCES: AFP, AFP', ['AFP']],
    ['SOURCE:TRTAfrika', ['TRT Afrika']],
    ['SOURCE:', []],
  ])('%j names %j', (source, names) => {
    const article = read(page({ source }))
    expect(article.sources).toEqual(names)
    expect(texts(article)).toEqual(paragraphs)
  })

  test('may have no source line', () => {
    const article = read(page({ source: '' }))
    expect(article.sources).toEqual([])
    expect(texts(article)).toEqual(paragraphs)
  })

  test('may have no Explore', () => {
    expect(read(page({ tail: '' }))).toEqual(read(page()))
    expect(bodyOf(page({ source: '', tail: '' }))).toEqual(paragraphs)
  })

  test('ends the story where no Explore stands between the source and other stories', () => {
    expect(read(page({ tail: 'A town counts its storks\nTunnel opens' }))).toEqual(read(page()))
  })

  test('leaves out the lines of the page frame, wherever they stand', () => {
    const frame = 'Sneak a peek at TRT Global. Share your feedback!'
    expect(read(page({ tail: frame }))).toEqual(read(page()))
    expect(bodyOf(page({ source: '', tail: frame }))).toEqual(paragraphs)
    const top =
      'Here’s a sneak peek at what’s coming from TRT Global. We’d love to hear your feedback!'
    expect(read(page({ prefix: `${top}\n` }))).toEqual(read(page()))
  })

  test('adds a source line below a chart to the sources and goes on', () => {
    const body = [paragraphs[0], 'SOURCE: Harbour Board', paragraphs[1]]
    const article = read(page({ body: body.join('\n\n') }))
    expect(texts(article)).toEqual([paragraphs[0], paragraphs[1]])
    expect(article.sources).toEqual(['Harbour Board', 'TRT World', 'agencies'])
  })

  test('ends at Explore, though another page follows', () => {
    const text = `${page()}\n\n${page({ prefix: '', body: 'Of the other page.' })}`
    expect(read(text)).toEqual(read(page()))
  })
})

describe('combinations of what may be missing', () => {
  const absent = [
    'prefix',
    'section',
    'time',
    'dek',
    'again',
    'caption',
    'by',
    'date',
    'source',
    'tail',
  ] as const
  const all = Array.from({ length: 2 ** absent.length }, (_, bits) =>
    absent.filter((_, index) => bits & (2 ** index)),
  )
  const without = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']))

  test.each(['\n\n', '\n'])(
    'never lose a paragraph or mix up the parts (%j between paragraphs)',
    (separator) => {
      for (const names of all) {
        const text = page({ ...without(names), body: paragraphs.join(separator) })
        const has = (name: (typeof absent)[number]) => !names.includes(name)
        if (!has('prefix') && !has('date')) {
          expect(rejectionOf(text).reason).toBe('no date found')
          continue
        }
        const article = read(text)
        const what = `without ${names}`
        expect(article.title, what).toBe(title)
        expect(article.published, what).toBe('2019-05-14')
        expect(article.section, what).toBe(has('section') ? 'WORLD' : undefined)
        expect(article.readingTime, what).toBe(has('time') ? 3 : undefined)
        expect(article.authors, what).toEqual(has('by') ? ['Staff Reporter'] : [])
        expect(article.summary, what).toBe(has('dek') ? dek : undefined)
        expect(article.image?.credit, what).toBe(
          has('caption') ? 'TRT World and Agencies' : undefined,
        )
        expect(texts(article), what).toEqual(paragraphs)
        expect(article.sources, what).toEqual(has('source') ? ['TRT World', 'agencies'] : [])
      }
    },
  )

  test('may have blank lines between all lines of the head', () => {
    for (const names of all) {
      if (names.includes('date')) continue
      const text = page({ ...without(names), gap: '' }).replaceAll('\n', '\n\n')
      const article = read(text)
      const what = `without ${names}`
      expect(article.title, what).toBe(title)
      expect(article.section, what).toBe(names.includes('section') ? undefined : 'WORLD')
      expect(article.authors, what).toEqual(names.includes('by') ? [] : ['Staff Reporter'])
      expect(article.summary, what).toBe(names.includes('dek') ? undefined : dek)
      expect(article.published, what).toBe('2019-05-14')
      expect(texts(article), what).toEqual(paragraphs)
    }
  })

  test('may have names on lines of their own between blank lines', () => {
    const text = page({ by: 'By\nMira Onal,\nTomas Vik', gap: '' }).replaceAll('\n', '\n\n')
    expect(read(text).authors).toEqual(['Mira Onal', 'Tomas Vik'])
    expect(bodyOf(text)).toEqual(paragraphs)
  })
})

describe('other languages', () => {
  const pages = {
    fr: {
      parts: {
        section: 'TÜRKİYE',
        time: '4 min de lecture',
        title: 'Les ferries reviennent dans le vieux port',
        dek: 'Le premier bateau depuis neuf ans a été accueilli par une fanfare.',
        caption: 'Le ferry devant le phare. / Photo: AFP',
        by: 'Par Léa Martin et Noé Blanc',
        date: '14 février 2019',
        body: 'Le premier ferry a accosté à midi, avec deux heures de retard.\n\nRecommandé\n\nUne fanfare jouait sur le quai pendant que les passagers débarquaient.',
        source: 'SOURCE : TRT Français et agences',
        tail: 'Découvrir\nLa ville compte ses cigognes',
      },
      expected: {
        published: '2019-02-14',
        readingTime: 4,
        authors: ['Léa Martin', 'Noé Blanc'],
        image: { caption: 'Le ferry devant le phare.', credit: 'AFP' },
        sources: ['TRT Français', 'agences'],
      },
    },
    tr: {
      parts: {
        section: 'TÜRKİYE',
        time: '3 DK OKUMA',
        title: 'Vapurlar eski limana geri döndü',
        dek: 'Dokuz yıl sonra gelen ilk vapur bandoyla karşılandı.',
        caption: 'Vapur fenerin önünden geçiyor. / Fotoğraf: AA',
        by: 'Yazan: Işıl Güneş ve Ömer Çınar',
        date: '14 AĞUSTOS 2019 Çarşamba',
        body: 'İlk vapur öğlen saatlerinde iki saat gecikmeyle iskeleye yanaştı.\n\nÖNERİLENLER\n\nYolcular karaya çıkarken iskelede bando çalıyordu.',
        source: 'KAYNAK: TRT Haber ve AA',
        tail: 'KEŞFET\nKasaba leyleklerini sayıyor',
      },
      expected: {
        published: '2019-08-14',
        readingTime: 3,
        authors: ['Işıl Güneş', 'Ömer Çınar'],
        image: { caption: 'Vapur fenerin önünden geçiyor.', credit: 'AA' },
        sources: ['TRT Haber', 'AA'],
      },
    },
    de: {
      parts: {
        section: 'POLITIK',
        time: '5 Min. Lesezeit',
        title: 'Fähren kehren in den alten Hafen zurück',
        dek: 'Das erste Boot seit neun Jahren wurde mit Blasmusik begrüßt.',
        caption: 'Die Fähre vor dem Leuchtturm. / Foto: DPA',
        by: 'Von Jana Groß und Uwe Ölke',
        date: '14. April 2019',
        body: 'Die erste Fähre legte am Mittag an, mit zwei Stunden Verspätung.\n\nEmpfohlen\n\nEine Kapelle spielte, während die Fahrgäste an Land gingen.',
        source: 'QUELLE: TRT Deutsch und Agenturen',
        tail: 'Entdecken\nEine Stadt zählt ihre Störche',
      },
      expected: {
        published: '2019-04-14',
        readingTime: 5,
        authors: ['Jana Groß', 'Uwe Ölke'],
        image: { caption: 'Die Fähre vor dem Leuchtturm.', credit: 'DPA' },
        sources: ['TRT Deutsch', 'Agenturen'],
      },
    },
    ru: {
      parts: {
        section: 'ПОЛИТИКА',
        time: '2 мин чтения',
        title: 'Паромы вернулись в старую гавань',
        dek: 'Первое за девять лет судно встретили с духовым оркестром.',
        caption: 'Паром проходит мимо маяка. / Фото: AA',
        by: 'Автор: Анна Белова и Пётр Орлов',
        date: '14 мая 2019 г.',
        body: 'Первый паром причалил в полдень с опозданием на два часа.\n\nРекомендуем\n\nПока пассажиры сходили на берег, на набережной играл оркестр.',
        source: 'ИСТОЧНИК: TRT на русском и агентства',
        tail: 'Узнать больше\nГород считает своих аистов',
      },
      expected: {
        published: '2019-05-14',
        readingTime: 2,
        authors: ['Анна Белова', 'Пётр Орлов'],
        image: { caption: 'Паром проходит мимо маяка.', credit: 'AA' },
        sources: ['TRT на русском', 'агентства'],
      },
    },
    ar: {
      parts: {
        section: 'سياسة',
        time: '٤ دقائق قراءة',
        title: 'العبّارات تعود إلى الميناء القديم',
        dek: 'استُقبلت أول سفينة منذ تسع سنوات بفرقة نحاسية.',
        caption: 'العبّارة تمر أمام المنارة. / صورة: AA',
        by: 'بقلم: وليد حمدان، سلمى وردة',
        date: '١٤ أبريل/نيسان ٢٠١٩',
        body: 'رست العبّارة الأولى ظهراً بعد تأخير دام ساعتين.\n\nموصى به\n\nعزفت فرقة على الرصيف بينما كان الركاب ينزلون.',
        source: 'المصدر: TRT عربي ووكالات',
        tail: 'اكتشف\nالمدينة تحصي لقالقها',
      },
      expected: {
        published: '2019-04-14',
        readingTime: 4,
        authors: ['وليد حمدان', 'سلمى وردة'],
        image: { caption: 'العبّارة تمر أمام المنارة.', credit: 'AA' },
        sources: ['TRT عربي', 'وكالات'],
      },
    },
    es: {
      parts: {
        section: 'AMÉRICA LATINA',
        time: '5 MIN DE LECTURA',
        title: 'Los ferris vuelven al viejo puerto',
        dek: 'El primer barco en nueve años fue recibido por una banda.',
        caption: 'El ferri pasa ante el faro.  / Foto: EFE',
        by: 'Por Inés Ruiz y Juan Peña',
        date: 'martes, 14 de mayo de 2019',
        body: 'El primer ferri atracó al mediodía, con dos horas de retraso.\n\nRecomendado\n\nUna banda tocaba en el muelle mientras bajaban los pasajeros.',
        source: 'FUENTE: TRT Español y agencias',
        tail: 'Explorar\nUna ciudad cuenta sus cigüeñas',
      },
      expected: {
        published: '2019-05-14',
        readingTime: 5,
        authors: ['Inés Ruiz', 'Juan Peña'],
        image: { caption: 'El ferri pasa ante el faro.', credit: 'EFE' },
        sources: ['TRT Español', 'agencias'],
      },
    },
  }
  const cases = Object.entries(pages)

  test.each(cases)('a page in %s is read in full', (language, { parts, expected }) => {
    const story = parts.body.split('\n\n').filter((_, index) => index !== 1)
    for (const again of [parts.title, '']) {
      const article = read(page({ ...parts, again, prefix: '' }))
      expect(article).toMatchObject({
        ...expected,
        language,
        section: parts.section,
        summary: parts.dek,
      })
      expect(article.title).toBe(parts.title)
      expect(texts(article)).toEqual(story)
    }
  })

  test.each(cases)(
    'a page in %s tells its language without a reading time',
    (language, { parts }) => {
      const text = page({ ...parts, again: parts.title, time: '', prefix: '' })
      expect(read(text)).toMatchObject({ language, title: parts.title })
    },
  )

  test.each(cases)('a page in %s tells its language without a date line', (language, { parts }) => {
    const text = page({ ...parts, again: parts.title, date: '' })
    expect(read(text)).toMatchObject({ language, published: '2019-05-14' })
  })

  test.each(cases)('a page in %s without a source ends at its other stories', (_, { parts }) => {
    const story = parts.body.split('\n\n').filter((_, index) => index !== 1)
    expect(texts(read(page({ ...parts, again: parts.title, source: '' })))).toEqual(story)
  })

  test.each(cases)(
    'a page in %s tells its language by its authors or its source',
    (language, { parts }) => {
      const bare = { ...parts, again: parts.title, time: '', date: '' }
      if (language !== 'fr') expect(read(page({ ...bare, by: '' })).language).toBe(language)
      expect(read(page({ ...bare, source: '' })).language).toBe(language)
    },
  )

  test('the month has the last word', () => {
    expect(read(page({ time: '4 min de lecture', date: '14.05.2019' })).language).toBe('fr')
    expect(
      read(page({ time: '4 min de lecture', date: 'April 14, 2019' })).language,
    ).toBeUndefined()
    expect(read(page({ date: '14 avril 2019' })).language).toBe('fr')
  })

  test('Arabic and Russian letters tell the language of a page that has nothing else', () => {
    for (const language of ['ar', 'ru'] as const) {
      const { title, dek, body } = pages[language].parts
      expect(read(` date 2019-05-14 ${title}\n${dek}\n\n${body}`).language).toBe(language)
    }
  })

  test('English is left to the settings', () => {
    expect(read(page()).language).toBeUndefined()
    expect(read(page({ date: '', by: '', time: '' })).language).toBeUndefined()
    expect(read(page({ title: 'Митинг', again: 'Митинг' })).language).toBeUndefined()
  })

  test('the Arabic "and" is told from names that start with its letter', () => {
    const sources = (names: string) => read(page({ source: `المصدر: ${names}` })).sources
    expect(sources('وكالة الأناضول')).toEqual(['وكالة الأناضول'])
    expect(sources('TRT عربي، وكالة الأناضول')).toEqual(['TRT عربي', 'وكالة الأناضول'])
    expect(sources('TRT عربي ووكالة الأناضول')).toEqual(['TRT عربي', 'وكالة الأناضول'])
    expect(sources('TRT عربي و AFP')).toEqual(['TRT عربي', 'AFP'])
  })
})

describe('bytes', () => {
  const readBytes = (bytes: Buffer) => read(decode(bytes))
  const expected = read(page({ section: 'TÜRKİYE', by: 'By Işıl Güneş' }))
  const text = page({ section: 'TÜRKİYE', by: 'By Işıl Güneş' })
  const utf16 = (from: string) => Buffer.from(from, 'utf16le')

  test('may have any line ends, a BOM, trailing blanks and no or many final line ends', () => {
    for (const variant of [
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '\r'),
      `\ufeff${text}`,
      `\ufeff${text.replaceAll('\n', '\r\n')}\r\n`,
      text.replaceAll('\n', ' \t \n'),
      `${text}\n\n\n`,
      `\n\n${text}`,
    ]) {
      expect(readBytes(Buffer.from(variant))).toEqual(expected)
    }
  })

  test('may be UTF-16 of either byte order, with and without BOM', () => {
    for (const bom of ['\ufeff', '']) {
      expect(readBytes(utf16(bom + text))).toEqual(expected)
      expect(readBytes(utf16(bom + text).swap16())).toEqual(expected)
    }
  })

  test('may be windows-1254', () => {
    const letters: Record<string, number> = { İ: 0xdd, ı: 0xfd, ş: 0xfe, Ş: 0xde, ğ: 0xf0, Ğ: 0xd0 }
    const bytes = Buffer.from([...text].map((char) => letters[char] ?? char.charCodeAt(0)))
    expect(readBytes(bytes)).toEqual(expected)
  })
})

describe('files that are no page', () => {
  test.each([
    '',
    ' ',
    '\n\n \t\n',
    ' date 2019-05-14 ',
    'Recommended',
    'SOURCE: AFP',
    'Explore\nStorks',
  ])('%j has no story', (text) => {
    expect(rejectionOf(text)).toEqual({
      reason: 'the file has no story',
      remedy: 'Write an article into it, or delete it.',
    })
  })

  test('one line is no article', () => {
    expect(rejectionOf(`\n${title}`)).toMatchObject({ line: 2, reason: 'no date found' })
    expect(rejectionOf(` date 2019-05-14 ${title}`)).toMatchObject({
      line: 1,
      reason: 'no text found below the title',
    })
  })

  test('notes without a date are no article', () => {
    const notes = 'Shopping\n\nBread and salt for the party\nCall the harbour office\n'
    expect(rejectionOf(notes)).toMatchObject({ line: 1, reason: 'no date found' })
  })
})

describe('large and hostile files', () => {
  const megabyte = 1024 * 1024
  /** What a file of this size may take: 50 ms for 100 kB. */
  const allowed = (text: string) => Math.max(50, (text.length / 100_000) * 50)

  const hostile: Readonly<Record<string, () => string>> = {
    '100,000 paragraphs': () => page({ body: Array(100_000).fill(paragraphs[0]).join('\n\n') }),
    '100,000 short lines': () => page({ body: Array(100_000).fill('Storks').join('\n') }),
    'a paragraph of 10 MB': () => page({ body: 'word '.repeat(2 * megabyte) }),
    'a first line of 10 MB without a blank': () => `${'x'.repeat(10 * megabyte)}\n${page()}`,
    'a dek of slashes': () => page({ dek: ' /'.repeat(megabyte), again: '' }),
    'a caption of slashes': () => page({ caption: `A${' / A'.repeat(megabyte / 2)}` }),
    'a caption of blanks': () => page({ caption: `A${' '.repeat(megabyte)}B / AP` }),
    'authors of blanks': () => page({ by: `By A${' '.repeat(megabyte)}B` }),
    'authors of commas': () => page({ by: `By ${','.repeat(megabyte)}` }),
    'colons after "By"': () => page({ by: `By${':'.repeat(megabyte)}` }),
    'a million blank lines': () => '\n'.repeat(megabyte) + page(),
    'a million blanks': () => ' '.repeat(megabyte) + page({ prefix: '' }),
    'blanks after the prefix': () =>
      ` date 2019-05-14${' '.repeat(megabyte)}${page({ prefix: '' })}`,
    'a line of quotation marks': () => page({ title: '"'.repeat(megabyte), again: '' }),
    '100,000 source lines': () => page({ body: Array(100_000).fill('SOURCE: AFP').join('\n') }),
    '100,000 Explore lines': () => page({ body: Array(100_000).fill('Explore').join('\n') }),
    '100,000 dates': () => page({ body: Array(100_000).fill('May 14, 2019').join('\n') }),
    '100,000 titles': () => page({ body: Array(100_000).fill(title).join('\n') }),
    '100,000 names': () => page({ by: `By\n${Array(100_000).fill('Mira Onal').join('\n')}` }),
  }

  test.each(Object.entries(hostile))('%s take no longer than their size allows', (_name, make) => {
    const text = make()
    const start = cpuTime()
    try {
      read(text)
    } catch (error) {
      expect(error).toBeInstanceOf(RejectionError)
    }
    expect(cpuTime() - start).toBeLessThan(allowed(text))
  })

  test('100,000 paragraphs are all there', () => {
    expect(bodyOf(page({ body: Array(100_000).fill(paragraphs[0]).join('\n\n') }))).toHaveLength(
      100_000,
    )
  })
})
