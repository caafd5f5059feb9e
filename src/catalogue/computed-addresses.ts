/**
 * Addresses that the generators of sites compute of a file: of its name, slug or title, and before that of its folders,
 * date and categories (jekyllrb.com/docs/permalinks, gohugo.io/content-management/urls).
 */
import { extname } from 'node:path'
import type { ArticleContent } from '../article.ts'
import type { Config } from '../config.ts'
import { datedNameOf, dateOfPath, languageOfPath, nameOfPath } from '../intake/file-path.ts'
import { Temporal } from '../temporal.ts'
import { isLanguage, wordSet } from '../text.ts'
import { dateIn, daysIn, type FoldersDate, isOn } from './address-date.ts'

/** An article as far as such addresses tell of it. */
export interface NamedPage {
  readonly slug: string
  /** Of its file. */
  readonly path: string
  /** In ms since 1970. */
  readonly published: number
  readonly expires: number | null
  readonly content: Pick<ArticleContent, 'title' | 'statedSlug' | 'language' | 'section' | 'tags'>
}

/** Of what the names of a file are made. */
type Naming = Pick<ArticleContent, 'title' | 'statedSlug'>

/** Files of other kinds are made by no generator's author. */
const sources = wordSet('.md .markdown .html .htm .xhtml')

/** What sites call the place of all their articles. */
const places = wordSet(
  'archive archives article articles blog entries entry news post posts stories story',
)

/** The day of a file may be the next one to that of its article, and that one another in UTC. */
const nearMs = 3 * 86_400_000
const longestName = 200
const mostParts = 10

/** One form for what a generator makes of a name, and for the name. */
const plainName = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}+#]+/gu, '-')
    .replace(/^-|-$/g, '')

const undatedName = (text: string) => plainName(datedNameOf(text)?.rest || text)

/** A number alone counts something: `/posts/2` is the second page of a list. */
const isName = (name: string) => name.length <= longestName && /\P{N}/u.test(name)

/** The names by which the page of a file may be asked for, at most two. */
function namesOf(path: string, { title, statedSlug }: Naming): string[] {
  if (!sources.has(extname(path).toLowerCase())) return []
  const names = [nameOfPath(path), statedSlug ?? title].map(undatedName)
  return [...new Set(names)].filter(isName)
}

/**
 * Under what the page of a file is kept: its names, each with the day of the article, so that those of a daily column
 * lie in the order of their days. At most two; they have a blank, which no name has, and no slash.
 */
export const keysOf = (
  path: string,
  content: Naming & Pick<ArticleContent, 'published'>,
): string[] => namesOf(path, content).map((name) => keyOf(name, content.published.slice(0, 10)))

const keyOf = (name: string, day: string) => `${name} ${day}`

/** Keys between two, both of them among these. */
export interface KeyRange {
  readonly from: string
  readonly to: string
}

/** The last part of an address, without an ending. */
const lastPart = (address: string) =>
  address.slice(address.lastIndexOf('/') + 1).replace(/\.x?html?$/i, '')

/** The folders above its name. */
const partsOf = (address: string) => address.split('/').slice(1, -1).map(plainName)

/** Where we have files of our own, or files beside articles; a % that encodes nothing; hidden files. */
const ofNoArticle = /^\/(?:feeds|media)\/|%|\/\./i

function nameIn(address: string): string | undefined {
  const last = lastPart(address)
  if (last.length > longestName || address.split('/').length > mostParts) return undefined
  const name = ofNoArticle.test(address) ? '' : undatedName(last)
  return isName(name) ? name : undefined
}

/**
 * Where to look for the page of an address: under its name, and only about its date, in case too many have the name.
 * @param address as `plainPath` gives it
 * @returns undefined where it can be that of no article; `dated` is undefined where it has no date
 */
export function keysIn(address: string): { all: KeyRange; dated?: KeyRange } | undefined {
  const name = nameIn(address)
  if (name === undefined) return undefined
  const all = { from: `${name} `, to: `${name}!` }
  const days = daysIn(datedNameOf(lastPart(address))?.date, dateIn(partsOf(address)))
  if (!days) return { all }
  // The day of a file may be the next one to that of its article, which is in UTC here.
  const from = keyOf(name, days.first.subtract({ days: 2 }).toString())
  return { all, dated: { from, to: keyOf(name, days.last.add({ days: 2 }).toString()) } }
}

/**
 * The page that an address was computed of: the one that has its name and contradicts nothing in it.
 * @param pages those of that name that are out; not all of them are looked at where two agree
 * @returns undefined where there is none, or more than one
 */
export function pageMeant(
  address: string,
  pages: Iterable<NamedPage>,
  settings: Pick<Config, 'language' | 'timeZone'>,
): NamedPage | undefined {
  const name = nameIn(address)
  if (name === undefined) return undefined
  const inName = datedNameOf(lastPart(address))?.date
  const parts = partsOf(address)
  // Those of one name often have the same folders and tags.
  const made = new Map<string, string>()
  const plain = (text: string) => {
    const form = made.get(text) ?? plainName(text)
    made.set(text, form)
    return form
  }
  const date = dateIn(parts)
  const asked = { name, inName, parts, date, ...timesAbout(daysIn(inName, date)), plain }
  let meant: NamedPage | undefined
  for (const page of pages) {
    if (!isOf(asked, page, settings)) continue
    if (meant) return undefined
    meant = page
  }
  return meant
}

/** What an address says. */
interface Asked {
  readonly name: string
  /** `YYYY-MM-DD`, before its name. */
  readonly inName: string | undefined
  /** The folders above its name. */
  readonly parts: readonly string[]
  /** Of the folders. */
  readonly date: FoldersDate | undefined
  /** When an article of its date was published, ms since 1970; without a date none was. */
  readonly from: number
  readonly to: number
  /** `plainName` */
  readonly plain: (text: string) => string
}

function timesAbout(days: ReturnType<typeof daysIn>): Pick<Asked, 'from' | 'to'> {
  if (!days) return { from: Infinity, to: -Infinity }
  const { first, last } = days
  return { from: Date.parse(`${first}`) - nearMs, to: Date.parse(`${last}`) + nearMs }
}

function isOf(
  { name, inName, parts, date, from, to, plain }: Asked,
  page: NamedPage,
  { language, timeZone }: Pick<Config, 'language' | 'timeZone'>,
): boolean {
  const { path, published, content } = page
  const needed = languagesOf(path)
  if (
    needed.length > 0 &&
    ![...parts, language.toLowerCase()].some((one) => needed.includes(one))
  ) {
    return false
  }
  // Time zones take long, and most addresses have no date, or a far one.
  const day = published >= from && published <= to ? dayOf(path, published, timeZone) : ''
  if (inName !== undefined && inName !== day) return false
  const isRight = date === undefined || (day !== '' && isOn(date, day))
  const others = date ? parts.toSpliced(date.at, date.length) : parts
  const known = knownOf(page, plain)
  // What stands before all addresses of a site is known to its configuration alone. It may be another folder.
  const mayHaveMore = foldersOf(path, plain).every((one) => parts.includes(one))
  const isAny = date?.isDay || inName !== undefined
  const isExplained = (part: string) =>
    known.has(part) || (mayHaveMore && (places.has(part) || (isAny && !isLanguagePart(part))))
  const isSaid = isRight ? others.every(isExplained) : parts.every((part) => known.has(part))
  return isSaid && namesOf(path, content).includes(name)
}

/** The day of the name or the folders, unless the file states quite another: its clock may be one of elsewhere. */
function dayOf(path: string, published: number, timeZone: string): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(published)
  const stated = instant.toZonedDateTimeISO(timeZone).toPlainDate()
  const ofPath = dateOfPath(path)
  const isNear = ofPath !== undefined && Math.abs(stated.until(ofPath).days) <= 1
  return isNear ? ofPath : stated.toString()
}

/** What the parts of an address may be called for this page. */
function knownOf({ path, content }: NamedPage, plain: Asked['plain']): ReadonlySet<string> {
  const { section, tags, language } = content
  const terms = [...(section ? [section] : []), ...tags]
  const names = terms.flatMap(({ name, slug }) => [name, slug])
  return new Set([...path.split('/').slice(0, -1), ...names, language].map(plain))
}

/** Those that are no generator's own, and no date or language. */
const foldersOf = (path: string, plain: Asked['plain']) =>
  path
    .split('/')
    .slice(0, -1)
    .filter((folder) => !/^_|^content$|^\d+$/.test(folder))
    .map(plain)
    .filter((folder) => !isLanguagePart(folder))

const isLanguagePart = (part: string) => /^[a-z]{2}(?:-[a-z]{2,4})?$/.test(part) && isLanguage(part)

/** Those that its name or a folder states. */
function languagesOf(path: string): string[] {
  const parts = [...path.split('/').slice(0, -1), languageOfPath(path) ?? '']
  return parts.map((part) => part.toLowerCase()).filter(isLanguagePart)
}
