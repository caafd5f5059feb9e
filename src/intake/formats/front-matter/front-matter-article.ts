/** What front matter says of an article. */
import { isLanguage } from '../../../text.ts'
import { isWebUrl } from '../../../uri.ts'
import { dateOfPath, languageOfPath } from '../../file-path.ts'
import type { Note } from '../../note.ts'
import type { RawArticle } from '../../raw-article.ts'
import type { Rejection } from '../../rejection.ts'
import { laterOf } from '../lines/wire-dates.ts'
import { dateFault, dateIn, isLookedUp } from '../lines/written-date.ts'
import { addressesOf, aliasesOf } from './front-matter-addresses.ts'
import { creditsIn } from './front-matter-credits.ts'
import { booleanIn, Fields, partOf, shown, textOf, textsOf } from './front-matter-fields.ts'
import { foldedKey } from './front-matter-keys.ts'
import { audioOf, imageOf, previewIn } from './front-matter-media.ts'
import { authorsOf, tagsOf } from './front-matter-names.ts'
import { originalOf } from './front-matter-original.ts'
import { isDraft, isUnlisted } from './front-matter-state.ts'
import { plainText } from './front-matter-text.ts'
import type { Entry } from './front-matter-tree.ts'

/** All of an article but its text, and all that is wrong with it at once. */
export type Stated = Omit<RawArticle, 'body'> & {
  /** The address of what it is about. */
  readonly linked: string | undefined
  /** A line that stands below its text, as HTML; '' for none. */
  readonly credits: string
  readonly faults: readonly Rejection[]
  readonly notes: readonly Note[]
}

interface AuthorNames {
  readonly names: ReadonlyMap<string, string>
  readonly fault?: string
}

const isPost = (path: string) => /(?:^|\/)_(?:posts|drafts)\//.test(path)

/** Collections, of which the posts are one. */
const isOfCollection = (path: string) => /(?:^|\/)_[a-z][^/]*\//i.test(path)

/** Its posts and other collections lie in folders of such names, or state a layout. */
export const isOfJekyll = (entries: readonly Entry[], path: string) =>
  isOfCollection(path) || entries.some(({ key }) => foldedKey(key) === 'layout')

/** Whether Liquid or Nunjucks reads the whole text of it: other generators have layouts as well, and leave the text as it is. */
export const isReadByLiquid = (entries: readonly Entry[], path: string) =>
  isOfCollection(path) &&
  !entries.some(
    ({ key, value }) => foldedKey(key) === 'renderwithliquid' && textOf(value) === 'false',
  )

/**
 * @param path of the file, which may lie where Jekyll has its posts
 * @param authors the site's, by their keys; `fault` says why nobody knows them
 */
export function articleIn(
  entries: readonly Entry[],
  path: string,
  { names, fault }: AuthorNames = { names: new Map() },
): Stated {
  const fields = new Fields(entries, isPost(path))
  const authors = authorsOf(fields, names)
  if (fault !== undefined) {
    const [entry] = fields.all('authors')
    if (entry) fields.note(entry.line, `the names of its authors cannot be read: ${fault}`)
  }
  // Jekyll alone parts a text of tags at its blanks.
  const isJekyll = isOfJekyll(entries, path)
  const sections = tagsOf(fields, 'section', false)
  const [section, ...categories] = [...sections, ...tagsOf(fields, 'categories', isJekyll)]
  const allTags = tagsOf(fields, 'tags', isJekyll)
  const tags = allTags.filter((tag) => languageOfTag(tag) === undefined)
  const publisher = publisherOf(fields)
  const language =
    fields.first('language', languageIn, 'is no language tag such as en or pt-BR') ??
    allTags.map(languageOfTag).find((tag) => tag !== undefined)
  const title = titleOf(fields)
  const faultsBefore = fields.faults.length
  const published = waitedFor(fields, dateOf(fields, 'date')) ?? dateOfAddress(fields)
  return {
    title,
    summary: summaryOf(fields),
    published,
    ...(published === undefined && fields.faults.length > faultsBefore && { isMisdated: true }),
    updated: fields.first('updated', dateIn, 'is no date that can be read'),
    expires: dateOf(fields, 'expires'),
    language,
    section,
    tags: [...(tags.length > 0 ? tags : tagsOf(fields, 'keywords', false)), ...categories],
    ...authors,
    ...(fault !== undefined && { areAuthorsUnknown: true }),
    image: imageOf(fields),
    audio: audioOf(fields),
    sources: publisher ? [publisher.name] : [],
    publisher,
    ...originalOf(fields, entries, { path, title, published }),
    credits: creditsIn(fields, names, language ?? languageOfPath(path)),
    draft: isDraft(fields),
    isUnlisted: isUnlisted(fields) || undefined,
    slug: fields
      .text('slug')
      ?.split('/')
      .filter((part) => part !== '')
      .at(-1),
    permalink: addressesOf(fields)[0],
    aliases: aliasesOf(fields),
    guid:
      fields.first('guid', withoutTemplate, 'is a template') ??
      textsOf(fields.all('id')).find(isUri),
    faults: fields.faults,
    notes: fields.notes,
  }
}

function titleOf(fields: Fields): string | undefined {
  const [entry] = fields.all('title')
  if (!entry) return undefined
  if ('text' in entry.value) return plainText(entry.value.text)
  fields.reject(entry, `${entry.key} is not text`, 'Write the headline, as in title: The headline.')
  return undefined
}

/** Where a subtitle is stated too, both; each is a sentence then. */
function summaryOf(fields: Fields): string | undefined {
  const summary = fields.text('summary') ?? previewIn(fields)
  const subtitle = fields.text('subtitle')
  if (!summary || !subtitle || summary.includes(subtitle)) return summary ?? subtitle
  if (subtitle.includes(summary)) return subtitle
  const isEnded = /[.!?…:;。！？]['"’”»)]*$/u.test(subtitle)
  const isCjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(subtitle)
  return `${subtitle}${isEnded ? ' ' : isCjk ? '。' : '. '}${summary}`
}

/** `published: true` and `publish: false` are no dates. */
function dateOf(fields: Fields, field: 'date' | 'expires'): string | undefined {
  const entry = fields.all(field).find(({ value }) => booleanIn(value) === undefined)
  if (!entry) return undefined
  const text = textOf(entry.value) ?? ''
  const date = dateIn(text)
  if (date) return date
  if (isLookedUp(text)) {
    fields.passOver(entry, 'is the date of the file, which is not in it,')
    return undefined
  }
  const { reason, remedy } = dateFault(text)
  fields.reject(entry, `${entry.key}${shown(entry.value)} ${reason}`, remedy)
  return undefined
}

/** Beside the day of a text (`date`, `created`), these say when it comes out. */
const ofRelease = /^(?:pub|datepubl|post)/

/** The later of its date and of that on which it is to come out, as in Hugo, which builds nothing before `publishDate`. */
function waitedFor(fields: Fields, date: string | undefined): string | undefined {
  const releases = fields.all('date').filter(({ key }) => ofRelease.test(foldedKey(key)))
  const dates = releases.map(({ value }) => dateIn(textOf(value) ?? ''))
  return date && dates.reduce<string>(laterOf, date)
}

/** Of a path such as `2019/10/29/new-crane`, as Zola has them. */
const dateOfAddress = (fields: Fields) =>
  textsOf(fields.all('address'))
    .map(dateOfPath)
    .find((date) => date !== undefined)

/** en_US and en_US.UTF-8 are what systems call en-US. */
function languageIn(text: string): string | undefined {
  const tag = text.replace(/\.[\w-]+$/, '').replaceAll('_', '-')
  return isLanguage(tag) ? Intl.getCanonicalLocales(tag)[0] : undefined
}

/** Such tags name programs. */
const ofPrograms = /^(?:ts|cs|sh)$/i

/** Sites that have no key for it have tags such as `lang:fr`. */
function languageOfTag(tag: string): string | undefined {
  const [, language] = /^lang(?:uage)?[:=]\s*([a-z]{2}(?:[-_][a-z]{2,4})?)$/i.exec(tag) ?? []
  return language === undefined || ofPrograms.test(language) ? undefined : languageIn(language)
}

const withoutTemplate = (text: string) => (text.includes('{{') ? undefined : text)

const isUri = (text: string) => /^(?:urn:|tag:|[a-z][a-z\d+.-]*:\/\/)\S+$/i.test(text)

/** Who published it first: a name, an address, or both. */
function publisherOf(fields: Fields): RawArticle['publisher'] {
  const [entry] = fields.all('source')
  if (!entry) return undefined
  const address = textOf(partOf(entry.value, 'url', 'link') ?? entry.value)
  const url = address && isWebUrl(address) ? address : undefined
  // With an address, a title is that of the text there.
  const named = partOf(entry.value, 'name') ?? (url ? undefined : partOf(entry.value, 'title'))
  const name = textOf(named ?? entry.value)
  if (name !== undefined && name !== url) return { name, url }
  if (url) return { name: hostOf(url), url }
  fields.passOver(entry, 'names nobody')
  return undefined
}

export const hostOf = (url: string) => new URL(url).hostname.replace(/^www\./, '')
