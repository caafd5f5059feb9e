/**
 * Addresses that the generators of sites compute of a file: of its name, slug or title, and before that of its folders,
 * date and categories (jekyllrb.com/docs/permalinks, gohugo.io/content-management/urls).
 */
import '../temporal.ts'
import { extname } from 'node:path'
import type { ArticleContent } from '../article.ts'
import type { Config } from '../config.ts'
import { datedNameOf, dateOfPath, languageOfPath, nameOfPath } from '../intake/file-path.ts'
import { isLanguage, wordSet } from '../text.ts'

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

/** Files of other kinds are made by no generator's author. */
const sources = wordSet('.md .markdown .html .htm .xhtml')

/** What sites call the place of all their articles. */
const places = wordSet(
  'archive archives article articles blog entries entry news post posts stories story',
)

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

/** The names by which the page of a file may be asked for, at most two; none has a slash. */
export function namesOf(
  path: string,
  { title, statedSlug }: Pick<ArticleContent, 'title' | 'statedSlug'>,
): string[] {
  if (!sources.has(extname(path).toLowerCase())) return []
  const names = [nameOfPath(path), statedSlug ?? title].map(undatedName)
  return [...new Set(names)].filter((name) => name !== '' && name.length <= longestName)
}

/** The last part of an address, without an ending. */
const lastPart = (address: string) =>
  address.slice(address.lastIndexOf('/') + 1).replace(/\.x?html?$/i, '')

/** @param address as `plainPath` gives it. @returns undefined where it can be that of no article */
export function nameIn(address: string): string | undefined {
  const last = lastPart(address)
  if (last.length > longestName || address.split('/').length > mostParts) return undefined
  return undatedName(last) || undefined
}

/**
 * The page that an address was computed of: the one that has its name and contradicts nothing in it.
 * @param pages those of that name
 * @returns undefined where there is none, or more than one
 */
export function pageMeant(
  address: string,
  pages: readonly NamedPage[],
  settings: Pick<Config, 'language' | 'timeZone'>,
): NamedPage | undefined {
  const meant = pages.filter((page) => isOf(address, page, settings))
  return meant.length === 1 ? meant[0] : undefined
}

function isOf(
  address: string,
  page: NamedPage,
  { language, timeZone }: Pick<Config, 'language' | 'timeZone'>,
): boolean {
  const { path, published, content } = page
  if (!namesOf(path, content).includes(nameIn(address) ?? '')) return false
  const day = dayOf(path, published, timeZone)
  const inName = datedNameOf(lastPart(address))?.date
  if (inName !== undefined && inName !== day) return false
  const parts = address.split('/').slice(1, -1).map(plainName)
  const known = knownOf(page)
  const needed = languagesOf(path)
  if (
    needed.length > 0 &&
    ![...parts, language.toLowerCase()].some((one) => needed.includes(one))
  ) {
    return false
  }
  const { isRight, isDay, others } = withoutDate(parts, Temporal.PlainDate.from(day))
  // What stands before all addresses of a site is known to its configuration alone. It may be another folder.
  const mayHaveMore = foldersOf(path).every((one) => parts.includes(one))
  const isAny = isDay || inName !== undefined
  const isExplained = (part: string) =>
    known.has(part) || (mayHaveMore && (places.has(part) || (isAny && !isLanguagePart(part))))
  return isRight ? others.every(isExplained) : parts.every((part) => known.has(part))
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
function knownOf({ path, content }: NamedPage): ReadonlySet<string> {
  const { section, tags, language } = content
  const terms = [...(section ? [section] : []), ...tags]
  const names = terms.flatMap(({ name, slug }) => [name, slug])
  return new Set([...path.split('/').slice(0, -1), ...names, language].map(plainName))
}

/** Those that are no generator's own, and no date or language. */
const foldersOf = (path: string) =>
  path
    .split('/')
    .slice(0, -1)
    .filter((folder) => !/^_|^content$|^\d+$/.test(folder))
    .map(plainName)
    .filter((folder) => !isLanguagePart(folder))

const isLanguagePart = (part: string) => /^[a-z]{2}(?:-[a-z]{2,4})?$/.test(part) && isLanguage(part)

/** Those that its name or a folder states. */
function languagesOf(path: string): string[] {
  const parts = [...path.split('/').slice(0, -1), languageOfPath(path) ?? '']
  return parts.map((part) => part.toLowerCase()).filter(isLanguagePart)
}

/** Takes a year out of the parts, with month and day behind it, or the day of the year. */
function withoutDate(parts: readonly string[], day: Temporal.PlainDate) {
  const at = parts.findIndex((part) => /^(?:19|20)\d\d$/.test(part))
  if (at === -1) return { isRight: true, isDay: false, others: parts }
  const [year, next = '', afterNext = ''] = parts.slice(at)
  const isOrdinal = /^\d{3}$/.test(next)
  const hasMonth = /^\d{1,2}$/.test(next)
  const hasDay = hasMonth && /^\d{1,2}$/.test(afterNext)
  const isRight =
    Number(year) === day.year &&
    (!isOrdinal || Number(next) === day.dayOfYear) &&
    (!hasMonth || Number(next) === day.month) &&
    (!hasDay || Number(afterNext) === day.day)
  const length = 1 + Number(isOrdinal || hasMonth) + Number(hasDay)
  return { isRight, isDay: isOrdinal || hasDay, others: parts.toSpliced(at, length) }
}
