/** The head of a Word document: its title, who wrote it and when, where these stand in its text. */
import { cleanLine } from '../../../text.ts'
import type { XmlNode } from '../../xml-tree.ts'
import { contactsBelow, notesOfContacts } from '../lines/contacts-below.ts'
import { dayOfPlace } from '../lines/day-of-place.ts'
import {
  type Embargo,
  embargoLine,
  embargoOf,
  longestOf,
  releaseLabel,
} from '../lines/embargo-line.ts'
import { isBeforePages, openingDay } from '../lines/opening-day.ts'
import { withoutBy } from '../lines/page-byline.ts'
import { splitNames } from '../lines/page-names.ts'
import { whenIn } from '../lines/page-when.ts'
import { dateIn } from '../lines/written-date.ts'
import { embargoesBeside } from './word-asides.ts'
import { namesIn, signers } from './word-byline.ts'
import { type DeskFact, dayInTable, deskFactsIn, isLabelledPhrase } from './word-desk.ts'
import { withoutEmbargoes } from './word-embargo.ts'
import type { Properties } from './word-properties.ts'
import { type Styles, textKind } from './word-styles.ts'
import { isContact, isHeading, type Line, mostBeside, titlesIn } from './word-title.ts'
import { hasDrawing, wordsOf } from './word-words.ts'
import { child } from './word-xml.ts'

/** Of longer ones only the beginning is compared. */
const longestWords = 2000
/** Characters of a paragraph between a title and a byline. */
const longestDek = 300

type Stated = Pick<Properties, 'title' | 'authors'>

/** @param blocks of the text @param besides embargoes that stand in none of them */
export function takeHead(
  blocks: readonly XmlNode[],
  styles: Styles,
  properties: Stated,
  besides: readonly Embargo[] = [],
) {
  const all = blocks.map((node) => lineOf(node, styles)).filter(({ words }) => words !== '')
  const { lines: said, held, about, embargoes } = withoutEmbargoes(all, styles)
  const isHeadline = (line: Line) => {
    const isAlone = line === said[0] && !hasOther()
    if (releaseLabel.test(line.words)) return isAlone
    return isLabelledPhrase(line.words) && (isHeading(line) || isAlone)
  }
  const hasOther = () =>
    properties.title !== undefined || titlesIn(said.slice(1), styles, properties).length > 0
  const desk = said
    .slice(0, 2 * mostBeside)
    .map((line) => (line === about || isHeadline(line) ? undefined : deskFactsOf(line)))
  // What stands above the headline for the newsroom alone.
  const end = desk.indexOf(undefined)
  const facts = desk.slice(0, end === -1 ? undefined : end).map((known) => known ?? [])
  const fact = (kind: DeskFact[0]) =>
    facts.flat().find(([one, value]) => one === kind && value !== '')?.[1]
  const lines = said.slice(facts.length)
  const statedTitle = fact('title') ?? properties.title
  const isRelease = facts.flat().some(([kind]) => kind === 'release')
  const titles = titlesIn(
    lines,
    styles,
    { title: statedTitle, authors: properties.authors },
    isRelease,
  )
  const [capitals, dekInTitle] = inTwo(titles)
  const written = cleanLine(titles.map(({ words }) => words).join(' ')).replace(/\s*:$/, '')
  const title = capitals ?? (written || statedTitle)
  const last = titles.at(-1)
  const lower = lines.slice(last ? lines.indexOf(last) + 1 : 0)
  const found = belowTitle(lower.slice(0, mostBeside), title, properties)
  const shown = titles.filter(({ node }) => hasDrawing(node))
  const above = titles[0] ? lines.slice(0, lines.indexOf(titles[0])) : []
  const dates = above.filter(isDate).slice(0, 1)
  const contacts = above.filter(({ words, isTable }) => !isTable && isContact(words))
  const desked = said.slice(0, facts.length)
  const out = [...held, ...desked, ...dates, ...contacts, ...titles, ...found.taken]
  const taken = new Set(out.filter((line) => !shown.includes(line)).map(({ node }) => node))
  const author = fact('author')
  const texts = lower.map(({ node, isTable }) =>
    isTable || hasDrawing(node) ? '' : wordsOf(node, '\n').slice(0, longestWords),
  )
  const below = contactsBelow(texts)
  for (const [at, { node }] of lower.entries()) if (below.has(at)) taken.add(node)
  const beside = embargoesBeside(blocks)
  return {
    title,
    summary: found.dek ?? dekInTitle ?? fact('dek'),
    published:
      dateIn(found.date ?? dates[0]?.words ?? fact('date') ?? '') ??
      dayBeside(lower, found.taken) ??
      placedDays(above)[0],
    embargo: longestOf(
      [...embargoes, ...besides, ...beside.embargoes, embargoOf(fact('embargo') ?? 'none')].filter(
        (one) => one !== undefined,
      ),
    ),
    section: fact('section'),
    authors:
      found.authors.length > 0 || !author ? found.authors : namesIn(`By ${withoutBy(author)}`),
    notes: [
      ...contacts.map(({ words }) => ({ text: `it leaves out whom to ask: ${words}` })),
      ...notesOfContacts(texts, below),
    ],
    /** Paragraphs in boxes that are none of the text. */
    heldInBoxes: beside.held,
    /** What is below it. */
    story: blocks.filter((node) => !taken.has(node)),
  }
}

/** So many lines below what is of the head are looked at for a day, which stays in the text with its place. */
const mostBelow = 3

/** The day of a line with a place, of the first words of the text, or of a table of facts. */
function dayBeside(below: readonly Line[], taken: readonly Line[]): string | undefined {
  const near = below.filter((line) => !taken.includes(line)).slice(0, mostBelow)
  const opening = new Set(near.map(dayInOpening).filter((day) => day !== undefined))
  // A list of what happened has a day before each paragraph.
  const [ofText = ''] = opening.size === 1 ? opening : []
  return placedDays(near)[0] ?? (isBeforePages(ofText) ? undefined : ofText || undefined)
}

const placedDays = (lines: readonly Line[]) =>
  lines
    .map(({ node, words, isTable }) => (isTable ? dayInTable(node) : dayOfPlace(words)))
    .filter((day) => day !== undefined)

/** Of which nothing tells whether the month comes first. */
const unknownOrder = () => undefined

const dayInOpening = ({ words, isTable }: Line) =>
  isTable ? undefined : openingDay(words, unknownOrder)

/** The day in a byline: `By Mira Onal | 9 April 2026`. */
function dayInByline(line: Line | undefined): string | undefined {
  const when = line && whenIn(line.words, unknownOrder)
  return when?.isUpdate ? undefined : when?.date
}

/** A title in capitals with a dek in the next line of its paragraph. */
function inTwo([title, ...others]: readonly Line[]): readonly string[] {
  if (!title || others.length > 0) return []
  const [first = '', second = '', ...more] = wordsOf(title.node, '\n').split('\n').map(cleanLine)
  const isCapital = (words: string) => words === words.toUpperCase() && words.length > 8
  const isDekBelow = isCapital(first) && second !== '' && !isCapital(second) && more.length === 0
  return isDekBelow ? [first, second] : []
}

/** A headline may begin as the line of an embargo does. */
function deskFactsOf(line: Line) {
  const facts = deskFactsIn(line.node)
  const isAbout = ([kind, value]: DeskFact) => kind === 'embargo' && embargoOf(value) !== undefined
  const mayBeAbout = isHeading(line) || !(/^EMBARGO/.test(line.words) || embargoLine(line.words))
  return mayBeAbout && !line.isTable && facts?.some(isAbout) ? undefined : facts
}

/** @param near the lines below the title */
function belowTitle(near: readonly Line[], title: string | undefined, properties: Stated) {
  // A heading may say the title of the document once more.
  const again = near.slice(0, 1).filter(({ kind, words }) => kind === 'heading' && words === title)
  const others = near.slice(again.length)
  const byStyle = others.filter(({ kind }) => kind === 'author')
  const deks = others.filter(({ kind }) => kind === 'subtitle' || kind === 'abstract').slice(0, 1)
  const dates = others.filter((line) => line.kind === 'date' && isDate(line)).slice(0, 1)
  const signed = others.slice(0, 2)
  if (isSigned(signed)) {
    const [author, date] = signed
    return {
      taken: [...again, ...signed],
      dek: undefined,
      date: date?.words,
      authors: [author?.words ?? ''],
    }
  }
  const plain = others.filter((line) => ![...byStyle, ...deks, ...dates].includes(line))
  const isSignedAt = (line: Line, n: number) =>
    !isOneOf(properties.authors, line) && signersIn(line, plain[n + 1], title).length > 0
  const at = plain
    .slice(0, 2)
    .findIndex((line, n) => isByline(line, properties.authors) || isSignedAt(line, n))
  const byline = plain.slice(at, at + 1)
  const namesOfByline = (line: Line) => {
    const names = isSignedAt(line, at) ? signersIn(line, plain[at + 1], title) : []
    return names.length > 0 ? names : namesOf(line)
  }
  const isStory = byline[0] !== near.at(-1)
  if (deks.length === 0 && isStory) deks.push(...plain.slice(0, Math.max(at, 0)).filter(isDek))
  // A day alone belongs to the head, directly below what else does.
  if (dates.length === 0) dates.push(...plain.slice(at + 1, at + 2).filter(isDate))
  return {
    taken: [...again, ...deks, ...dates, ...byStyle, ...byline],
    dek: deks[0]?.words,
    date: dates[0]?.words ?? dayInByline(byline[0]),
    authors: byStyle.length > 0 ? byStyle.flatMap(namesInStyle) : byline.flatMap(namesOfByline),
  }
}

/** A name and a day in styles of headings, which head nothing. */
const isSigned = ([author, date, ...others]: readonly Line[]) =>
  author?.kind === 'heading' &&
  date?.kind === 'heading' &&
  others.length === 0 &&
  isDate(date) &&
  /^(?:\p{Lu}[\p{L}.'’-]*\s){1,3}\p{Lu}[\p{L}'’-]+$/u.test(author.words)

/** Several in one paragraph, where each has two words at least, as no degree has. */
function namesInStyle({ words }: Line): readonly string[] {
  const names = splitNames(words)
  return names.every((name) => /\S\s+\S/.test(name)) ? names : [words]
}

const namesOf = ({ isTable, words }: Line) => (isTable ? [] : namesIn(words))

/** `Mira Onal` above `9 April 2026`, or beside it as `Mira Onal | 9 April 2026`, where the title does not name a place so. */
function signersIn(
  { words, isTable, kind }: Line,
  below: Line | undefined,
  title: string | undefined,
): string[] {
  if (isTable || kind !== 'text' || namesIn(words).length > 0) return []
  const names = signers(words, below !== undefined && isDate(below))
  return names.some((name) => title?.includes(name)) ? [] : names
}

/** Whether it names somebody, or is one of these names and nothing else. */
const isByline = (line: Line, names: readonly string[]) =>
  namesOf(line).length > 0 || isOneOf(names, line)

const isOneOf = (names: readonly string[], { words }: Line) =>
  names.some((name) => name.toLowerCase() === words.toLowerCase())

const isDate = ({ words }: Line) => dateIn(words) !== undefined

const isDek = ({ node, isTable, words, kind }: Line) =>
  !isTable && kind === 'text' && words.length <= longestDek && !hasDrawing(node)

function lineOf(node: XmlNode, styles: Styles): Line {
  const isTable = node.name !== 'w:p'
  const words = cleanLine(wordsOf(node).slice(0, longestWords))
  return { node, isTable, words, ...(isTable ? textKind : styles.kindOf(child(node, 'w:pPr'))) }
}
