/** What a news item of ninjs says of its article. */
import { plainTextOf } from '../../../html-text.ts'
import { cleanLine, isLanguage } from '../../../text.ts'
import { decode } from '../../decode.ts'
import type { RawArticle } from '../../raw-article.ts'
import { lineAt, type Rejection, RejectionError } from '../../rejection.ts'
import { withRules } from '../lines/drawn-lines.ts'
import { languageOfHtml } from '../lines/page-language.ts'
import { existingDate, isUnfilled, laterOf, wireDate } from '../lines/wire-dates.ts'
import { htmlOfText } from '../text/broken-lines.ts'
import { itemsIn, listIn, type Members, textIn, type Version, versionsIn } from './ninjs-item.ts'
import { picturesOf } from './ninjs-pictures.ts'
import { headingOf, holdBack } from './wire-embargo.ts'
import { namesInByline, namesOnce, withoutHash } from './wire-names.ts'
import { figuresBelow } from './wire-pictures.ts'
import {
  type EditionDates,
  identityOf,
  isOtherKind,
  isWithdrawn,
  refusedKind,
  severalItems,
  versionNotes,
  withdrawn,
} from './wire-state.ts'
import { dekBeside, titled, withByline } from './wire-text.ts'

/** @throws RejectionError when it is no article */
export async function readNinjs(bytes: Buffer): Promise<RawArticle> {
  const item = onlyItem(bytes)
  const stated = versionOf(item, bytes)
  const identityWith = (dates: EditionDates) =>
    identityOf(textIn(item, 'uri', 'guid'), stated, dates)
  const status = textIn(item, 'pubstatus')
  if (isWithdrawn(status)) {
    return withdrawn(identityWith({ made: wireDate(textIn(item, 'versioncreated') ?? '') }))
  }
  refuseOtherKind(item)
  const faults: Rejection[] = []
  const dateOf = (name: string) => dateIn(item, name, bytes, faults)
  const first = dateOf('firstcreated')
  const version = dateOf('versioncreated')
  const created = first ?? version ?? dateOf('contentcreated')
  const isDated = created !== undefined || faults.length > 0
  const ends = dateOf('embargoed') ?? dateOf('embargoeduntil')
  const expires = dateOf('expires')
  const heading = headingIn(item)
  const body = preferred(versionsIn(item, 'body'), isStory)
  const whole = body ? htmlOf(body) : ''
  const { title: ofWhole } = titled(whole, heading.title)
  const fault = RejectionError.ofAny([...faults, ...lacking(ofWhole, isDated, body)])
  if (!created || !body || fault) throw fault
  const {
    html: free,
    published,
    held,
    isKilled,
  } = holdBack(whole, heading, { created, ends, status })
  if (isKilled) return withdrawn(identityWith({ made: version }), held)
  const { html: story, title, notes: ofTitle } = titled(free, heading.title)
  if (!title) throw RejectionError.ofAny(lacking(title, isDated, body))
  const language = languageOf(item) ?? (await languageOfHtml(story))
  const sources = sourcesOf(item)
  const names = authorsOf(item, language, sources)
  const { html, authors } = withByline(withRules(withoutTitle(story, title)), names, language)
  const [image, ...others] = picturesOf(item, html)
  return {
    ...identityWith({
      made: version,
      first: first ?? (published === created ? undefined : published),
    }),
    title,
    summary: dekBeside(summaryOf(item, title), html),
    published,
    ...(version && laterOf(published, version) !== published && { updated: version }),
    expires,
    language,
    section: sectionOf(item),
    tags: tagsOf(item),
    authors,
    image,
    sources,
    draft: held.length > 0,
    body: { html: html + figuresBelow(html, others) },
    notes: [...ofTitle, ...versionNotes(stated), ...notesOf(item), ...held],
  }
}

/** As it is written, since a number has no more than 16 digits once it is read. */
function versionOf(item: Members, bytes: Buffer): string | undefined {
  const version = item.get('version')
  if (typeof version !== 'number' || Number.isSafeInteger(version)) return textIn(item, 'version')
  const written = decode(bytes).matchAll(/"version"\s*:\s*(\d{1,1000})/gi)
  return written.map(([, digits]) => digits).find((digits) => Number(digits) === version)
}

function languageOf(item: Members): string | undefined {
  const language = textIn(item, 'language')?.trim()
  return language && isLanguage(language) ? language : undefined
}

function onlyItem(bytes: Buffer): Members {
  const held = itemsIn(bytes)
  if (held && 'fault' in held) {
    const [, at = '0'] = /position (\d+)/.exec(held.fault) ?? []
    throw new RejectionError(
      `the file cannot be read as JSON: ${held.fault}`,
      'Correct it here, or send it anew.',
      lineAt(decode(bytes).trimStart(), Number(at)),
    )
  }
  const [item, ...others] = held?.items ?? []
  if (item && others.length === 0) return item
  throw severalItems(others.length + 1, 'item')
}

function refuseOtherKind(item: Members): void {
  const type = textIn(item, 'type')?.toLowerCase() ?? (item.has('eventdetails') ? 'event' : '')
  const isPackageWithText = type === 'composite' && versionsIn(item, 'body').length > 0
  if (isOtherKind(type) && !isPackageWithText) throw refusedKind(type)
}

const lacking = (
  title: string | undefined,
  isDated: boolean,
  body: Version | undefined,
): Rejection[] =>
  [
    !title && { reason: 'the item has no headline', remedy: 'Write it into "headlines".' },
    !isDated && {
      reason: 'the item has no date',
      remedy: 'Write it as in "versionCreated": "2026-04-13T09:30:00Z".',
    },
    !body && {
      reason: 'the item has no body',
      remedy: 'Write the story into "bodies", as HTML or as plain text.',
    },
  ].filter((fault) => fault !== false)

/** Undefined also where there is no such date, which is added to the faults. */
function dateIn(
  item: Members,
  name: string,
  bytes: Buffer,
  faults: Rejection[],
): string | undefined {
  const written = textIn(item, name)?.trim()
  if (written === undefined || isUnfilled(written)) return undefined
  const remedy = 'Write it as in "2026-04-13T09:30:00+03:00".'
  return existingDate(written, () => decode(bytes), remedy, faults)
}

const plain = ({ isHtml, text }: Version) => cleanLine(isHtml ? plainTextOf(text) : text)

/** The version whose role says that it is the one, else the first. */
const preferred = (versions: readonly Version[], is: (one: Version) => boolean) =>
  versions.find(is) ?? versions[0]

function headingIn(item: Members) {
  const main = preferred(versionsIn(item, 'headline'), ({ role }) => /^(?:main|)$/.test(role))
  const said = (...names: string[]) => cleanLine(textIn(item, ...names) ?? '')
  return headingOf({
    titles: [main ? plain(main) : '', said('title')],
    slugs: [said('slugline', 'slug')],
    notes: [said('ednote'), said('usageterms')],
  })
}

/** HTML has more of what its writer meant. Other versions are for other places than the story's page. */
const isStory = ({ role, isHtml }: Version) =>
  isHtml && !/teaser|summary|caption|abstract/.test(role)

const isSummary = ({ role }: Version) =>
  /^(?:summary|abstract|standfirst|dek|teaser|lead|subtitle)$/.test(role)
/** Who described a picture, and what it shows. */
const isOther = ({ role }: Version) => /writer|caption|alt/.test(role)

function summaryOf(item: Members, title: string): string | undefined {
  const descriptions = versionsIn(item, 'description').filter((one) => !isOther(one))
  const summary = preferred(descriptions, isSummary)
  const words = summary ? plain(summary) : cleanLine(plainTextOf(textIn(item, 'abstract') ?? ''))
  return words.toLowerCase() === title.toLowerCase() ? undefined : words || undefined
}

const hasBlocks = /<(?:p|div|h\d|ul|ol|table|blockquote|figure|section|article|br)\b/i

/** Characters: programs that break lines have longer ones. */
const longestVerse = 60

/** Paragraphs of a text without a block in it, as if it were none in HTML. Short lines end where their writer ended them. */
function withBlocks(text: string): string {
  const paragraphs = text.trim().split(/\n[^\S\n]*\n\s*/)
  return paragraphs
    .map((paragraph) => {
      const lines = paragraph.split('\n').map((line) => line.trim())
      const isOfShort = lines.every((line) => line.length <= longestVerse)
      return `<p>${lines.join(isOfShort ? '<br>' : '\n')}</p>`
    })
    .join('')
}

/** A text without a block in it is one. */
function htmlOf({ isHtml, text }: Version): string {
  if (isHtml) return hasBlocks.test(text) ? text : withBlocks(text)
  return htmlOfText(text)
}

/** So far down a text may begin with its title. */
const headLength = 5000

/** The story without a heading that only says its title once more. */
function withoutTitle(html: string, title: string): string {
  const [heading = '', , words = ''] =
    /<h([1-3])\b[^>]{0,500}>([\s\S]{0,2000}?)<\/h\1>/i.exec(html.slice(0, headLength)) ?? []
  return heading !== '' && cleanLine(plainTextOf(words)) === title
    ? html.replace(heading, '')
    : html
}

const namesOf = (items: readonly Members[]) =>
  items.map((one) => cleanLine(textIn(one, 'name') ?? '')).filter((name) => name !== '')

/** A service is what Superdesk has for a section; a genre of the IPTC says how a text is written. */
function sectionOf(item: Members): string | undefined {
  const genres = listIn(item, 'genres', 'genre').filter((genre) => {
    const uri = textIn(genre, 'uri') ?? ''
    return uri !== '' && !uri.includes('/newscodes/genre')
  })
  return namesOf([...listIn(item, 'service'), ...genres])[0]
}

/** Media topics, keywords and places, of which a code is no name. */
function tagsOf(item: Members): string[] {
  const words = item.get('keywords')
  const keywords = Array.isArray(words) ? words.filter((word) => typeof word === 'string') : []
  const places = namesOf(listIn(item, 'places', 'place'))
  return [
    ...namesOf(listIn(item, 'subjects', 'subject')).map(withoutHash),
    ...keywords.map(withoutHash),
    ...places.filter((name) => !/^[A-Z]{2,3}$/.test(name)),
  ]
}

/** Persons who are named for another reason than for having written it are in the text. */
const isAuthor = (person: Members) =>
  /^(?:author|creator|writer|reporter|by|byline)$/i.test(textIn(person, 'rel') ?? '')

function authorsOf(
  item: Members,
  language: string | undefined,
  sources: readonly string[],
): string[] {
  const stated = [...listIn(item, 'authors'), ...listIn(item, 'people', 'person').filter(isAuthor)]
  if (stated.length > 0) return namesOnce(namesOf(stated))
  const listed = namesOf(listIn(item, 'by', 'byline'))
  const bylines = listed.length > 0 ? listed : [textIn(item, 'by', 'byline') ?? '']
  return namesOnce(bylines.flatMap((byline) => namesInByline(byline, language, sources)))
}

const sourcesOf = (item: Members) =>
  namesOnce([
    textIn(item, 'copyrightholder') ?? '',
    ...namesOf(listIn(item, 'infosources', 'infosource')),
    textIn(item, 'source') ?? '',
  ])

function notesOf(item: Members) {
  const note = cleanLine(textIn(item, 'ednote') ?? '')
  return note === '' ? [] : [{ text: `its agency tells editors: ${note}` }]
}
