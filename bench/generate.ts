/**
 * Articles for the benchmarks: invented words, the same ones on every machine and in every run.
 * Article n is the same whatever the count and layout, so that all contenders read the same text.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomFrom } from '../test/support/random.ts'

export type Layout = 'seed' | 'hugo'

/** What a feed must hold to count as ready: this many items, the newest article among them, in full. */
export interface ExpectedFeed {
  /** Path segment of the section, or undefined for the whole site. */
  readonly section?: string
  readonly items: number
  readonly title: string
  readonly lastParagraph: string
}

interface BenchArticle {
  readonly title: string
  readonly dek: string
  readonly caption: string
  readonly author: string
  readonly section: string
  /** YYYY-MM-DD */
  readonly date: string
  readonly paragraphs: readonly string[]
  readonly headlines: readonly string[]
}

const SECTIONS = ['World', 'Business', 'Sport', 'Culture', 'Opinion']
const FEED_ITEMS = 50
const FILES_PER_FOLDER = 1000
const FIRST_DAY = Date.UTC(2010, 0, 1)
const DAYS = 3652
const DAY = 24 * 60 * 60 * 1000

const SYLLABLES = (
  'ba be bo da de di do fa fe ga ka ke ki lo la li lu ma me mi mo na ne no pa pe ra re ri ro sa ' +
  'se si so ta te ti to va ve vo za zo ren tal min dor kan vel sor lin'
).split(' ')
const SMALL_WORDS = 'the of and to in for on with that was has from by at as its after'.split(' ')

const words = makeWords(1500)
const authors = Array.from({ length: 40 }, (_, n) => {
  const random = randomFrom(9_000_000 + n)
  return `${capital(random.pick(words))} ${capital(random.pick(words))}`
})

function makeWords(count: number): string[] {
  const random = randomFrom(4711)
  const found = new Set<string>()
  while (found.size < count) {
    const syllables = Array.from({ length: random.between(2, 4) }, () => random.pick(SYLLABLES))
    found.add(syllables.join(''))
  }
  return [...found]
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** Article number n. Numbers 0 to 4 are the newest of the site and of their sections, without a tie. */
function articleNumber(n: number): BenchArticle {
  const random = randomFrom(n)
  const phrase = (length: number): string => {
    const parts = Array.from({ length }, (_, i) =>
      i % 3 === 1 ? random.pick(SMALL_WORDS) : random.pick(words),
    )
    return capital(parts.join(' '))
  }
  const paragraph = (): string => {
    const [open, close] = random.between(1, 6) === 1 ? ['“', '”'] : ['', '']
    return `${phrase(random.between(12, 20))}. ${open}${phrase(random.between(10, 18))}.${close}`
  }
  const day = n < SECTIONS.length ? DAYS - 1 - n : random.between(0, DAYS - 1 - SECTIONS.length)
  return {
    title: phrase(random.between(7, 11)),
    dek: `${phrase(random.between(18, 28))}.`,
    caption: `${phrase(random.between(10, 18))}.`,
    author: random.pick(authors),
    section: SECTIONS[n % SECTIONS.length] ?? 'World',
    date: new Date(FIRST_DAY + day * DAY).toISOString().slice(0, 10),
    paragraphs: Array.from({ length: random.between(10, 14) }, paragraph),
    headlines: Array.from({ length: 17 }, () => phrase(random.between(8, 12))),
  }
}

const dateLine = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

/** "April 13, 2017" for 2017-04-13, as the pages write it. */
const longDate = (date: string) => dateLine.format(new Date(date))

/** TRT World page text. */
function seedText(article: BenchArticle): string {
  const half = Math.ceil(article.paragraphs.length / 2)
  const body = article.paragraphs.toSpliced(half, 0, 'Recommended')
  return [
    ` date ${article.date} ${article.section.toUpperCase()}`,
    '3 MIN READ',
    article.title,
    article.dek,
    article.title,
    `${article.caption} / TRT World and Agencies`,
    `By ${article.author}`,
    longDate(article.date),
    '',
    ...body.flatMap((block) => [block, '']),
    'SOURCE:TRTWorld and agencies',
    'Explore',
    ...article.headlines,
  ].join('\n')
}

/** Markdown with TOML front matter, which Hugo reads faster than YAML or JSON. */
function hugoText(article: BenchArticle): string {
  return [
    '+++',
    `title = ${JSON.stringify(article.title)}`,
    `date = ${article.date}`,
    `description = ${JSON.stringify(article.dek)}`,
    `categories = [${JSON.stringify(article.section)}]`,
    `authors = [${JSON.stringify(article.author)}]`,
    '+++',
    '',
    ...article.paragraphs.flatMap((paragraph) => [paragraph, '']),
  ].join('\n')
}

/** The text of article number n in the seed's layout. */
export const seedArticle = (n: number) => seedText(articleNumber(n))

/** That text, dated so many days after the newest generated article. */
export function datedAfter(text: string, days: number): string {
  const date = new Date(FIRST_DAY + (DAYS - 1 + days) * DAY).toISOString().slice(0, 10)
  const lines = text.replace(/\d{4}-\d\d-\d\d/, date).split('\n')
  return lines.with(7, longDate(date)).join('\n')
}

/** Where article number n lies below its directory. */
export function articlePath(n: number, layout: Layout): string {
  const folder = String(Math.floor(n / FILES_PER_FOLDER)).padStart(3, '0')
  const extension = layout === 'seed' ? 'txt' : 'md'
  return join(folder, `article-${String(n).padStart(6, '0')}.${extension}`)
}

/** Writes the articles 0 to count - 1 below dir. */
export function generateArticles(dir: string, count: number, layout: Layout): void {
  for (let n = 0; n < count; n += 1) {
    const path = join(dir, articlePath(n, layout))
    if (n % FILES_PER_FOLDER === 0) mkdirSync(join(path, '..'), { recursive: true })
    const article = articleNumber(n)
    writeFileSync(path, layout === 'seed' ? seedText(article) : hugoText(article))
  }
}

/** The six feeds that count articles make: the whole site's first, then each section's. */
export function expectedFeeds(count: number): ExpectedFeed[] {
  const expect = (n: number, size: number): Omit<ExpectedFeed, 'section'> => {
    const { title, paragraphs } = articleNumber(n)
    const lastParagraph = paragraphs.at(-1) ?? ''
    return { items: Math.min(FEED_ITEMS, size), title, lastParagraph }
  }
  const sections = SECTIONS.map((name, n) => ({
    section: name.toLowerCase(),
    ...expect(n, Math.ceil((count - n) / SECTIONS.length)),
  }))
  return [expect(0, count), ...sections]
}

/** Whether this RSS is the expected feed: all items, the newest article there with its full text. */
export function isExpectedFeed(rss: string, expected: ExpectedFeed): boolean {
  const { items, title, lastParagraph } = expected
  return (
    rss.split('<item>').length - 1 === items &&
    [title, lastParagraph].every((text) => rss.includes(text))
  )
}
