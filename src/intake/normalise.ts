/** Dates, attribution, tags and safe HTML: the same for every format. */
import type { ArticleContent, Author, Image, Publisher, Term } from '../article.ts'
import { readableName, slugOf } from '../names.ts'
import { cleanLine, cleanText, escapeText } from '../text.ts'
import { refuseHuge, refuseLong } from './article-limits.ts'
import { bylinesOf } from './byline.ts'
import type { FileNames } from './file-names.ts'
import { dateOfPath, titleOfPath } from './file-path.ts'
import type { FileState } from './file-result.ts'
import type { ReadingSettings } from './fingerprint.ts'
import { type Place, webUrl } from './links.ts'
import type { TellNote } from './note.ts'
import type { RawArticle, TextBlock } from './raw-article.ts'
import { type Rejection, RejectionError } from './rejection.ts'
import type { SafeText } from './safe-text.ts'
import { toInstant } from './stated-date.ts'
import { statedIdentity } from './stated-identity.ts'
import { audioOf, imageOf } from './stated-media.ts'
import type { TopicFinder } from './topics.ts'

/** What normalising depends on besides the file. */
export interface NormaliseSettings extends Omit<ReadingSettings, 'topics'> {
  /** The articles folder: absolute, without symbolic links. */
  readonly root: string
  /** Its files by name. */
  readonly files: FileNames
  readonly findTopics: TopicFinder
}

export const noText = 'the article has no text'

/**
 * @param path of the file, relative to the root, with `/`
 * @param modified its time of last modification, ms since 1970
 * @param note is told of what is missing
 * @throws RejectionError with all that keeps what the file says from being published
 */
export async function normalise(
  raw: RawArticle,
  { path, modified }: Pick<FileState, 'path' | 'modified'>,
  settings: NormaliseSettings,
  note: TellNote,
): Promise<ArticleContent> {
  const faults: Rejection[] = []
  const refuse = (reason: string, remedy: string) => faults.push({ reason, remedy })
  refuseLong(raw)
  const title = cleanLine(raw.title ?? titleOfPath(path))
  if (title === '') refuse('the title is empty', 'Give the article a title.')
  const summary = cleanLine(raw.summary ?? '') || undefined
  const language = raw.language ?? settings.language
  const canonicalUrl = webUrl(raw.canonicalUrl)
  const { root, files } = settings
  const authors = authorsOf(raw)
  // Who has written nothing but what is in no list has no page.
  const slugs = raw.isUnlisted ? [] : authors.map(({ slug }) => slug)
  const { ownAddress } = raw
  const place = { path, canonicalUrl, root, files, note, authors: slugs, ownAddress }
  const body = await textOf(raw, place)
  refuseHuge(body.html)
  if (!saysSomething(body.html)) {
    refuse(noText, 'Write the story into the file.')
  }
  const stated = raw.published ?? dateOfPath(path)
  const isRefused = settings.undated === 'reject' && !raw.isMisdated
  if (stated === undefined && isRefused) refuse('no date found', undatedRemedy)
  const [first, ...others] = faults
  if (first) throw RejectionError.of([first, ...others])
  const published = stated ? toInstant(stated, settings.timeZone) : secondOf(modified)
  const section = raw.isPageText
    ? readableName(cleanLine(raw.section ?? ''), language)
    : tidyName(raw.section ?? '')
  const topics = settings.findTopics(title, summary)
  const { content, image } = await withLead(body.html, await imageOf(raw.image, place))
  const audio = (await audioOf(raw.audio, place)) ?? body.recording
  const publisher = publisherOf(raw, canonicalUrl, settings)
  return {
    title,
    ...(summary && { summary }),
    content,
    published,
    ...(!stated && { isUndated: true }),
    ...(raw.updated && { updated: toInstant(raw.updated, settings.timeZone) }),
    ...(raw.expires && { expires: toInstant(raw.expires, settings.timeZone) }),
    language,
    ...(section && { section: term(section) }),
    tags: terms([...raw.tags.map(tidyName), ...topics]),
    authors,
    ...namedElsewhere(raw),
    ...(image && { image }),
    ...(audio && { audio }),
    sources: raw.sources.map(cleanLine).filter((name) => name !== ''),
    ...(publisher && { publisher }),
    ...(canonicalUrl && { canonicalUrl }),
    ...(raw.readingTime && { readingTime: raw.readingTime }),
    ...statedIdentity(raw, path, note),
    ...(raw.isUnlisted && { isUnlisted: true }),
  }
}

const undatedRemedy =
  'State it in the file (date: 2026-04-13), or begin its name with it (2026-04-13-title.md).'

/** RFC 3339 in UTC. @param time ms since 1970 */
const secondOf = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')

/** A name as it was written. */
const tidyName = (text: string) => cleanLine(text).normalize('NFC')

const term = (name: string): Term => ({ name, slug: slugOf(name) })

/** Names with the same slug are one term: the first spelling stays. */
function terms(names: readonly string[]): Term[] {
  const bySlug = new Map<string, Term>()
  for (const name of names) {
    if (name === '') continue
    const one = term(name)
    if (!bySlug.has(one.slug)) bySlug.set(one.slug, one)
  }
  return [...bySlug.values()]
}

/** Who is named with an address alone is not named. */
function authorsOf({ authors, isPageText }: RawArticle): Author[] {
  const bylines = authors.flatMap((text) => bylinesOf(tidyName(text)))
  return terms(bylines.map(({ name }) => name)).map((author) => {
    const { email } = bylines.find(({ name }) => name === author.name) ?? {}
    return email && !isPageText ? { ...author, email } : author
  })
}

/** What the catalogue keeps of authors whom another file names. */
function namedElsewhere({ authors, statedAuthors, areAuthorsUnknown }: RawArticle) {
  const isSame = statedAuthors === undefined || statedAuthors.join('\n') === authors.join('\n')
  return {
    ...(statedAuthors && (!isSame || areAuthorsUnknown) && { statedAuthors }),
    ...(areAuthorsUnknown && { areAuthorsUnknown }),
  }
}

async function textOf({ body, ownMedia }: RawArticle, place: Place): Promise<SafeText> {
  if (!('html' in body)) return { html: cleanText(body.map(blockHtml).join('\n')) }
  // Sanitising and measuring take 80 ms to load, which a folder of plain text need not pay.
  const { safeTextOf } = await import('./safe-text.ts')
  return safeTextOf(body.html, ownMedia, place)
}

/** The text and the lead picture, with what is said of that in either place. */
async function withLead(
  html: string,
  image: Image | undefined,
): Promise<{ content: string; image: Image | undefined }> {
  if (!image?.url || !html.includes('<img ')) return { content: html, image }
  const { withLeadWords } = await import('./lead-picture.ts')
  const worded = withLeadWords(html, image)
  return { content: worded.html, image: worded.image }
}

/** Whether safe HTML has words, or something to see or hear. */
const saysSomething = (html: string) =>
  visibleBetweenTags.test(html) || /<(?:img|audio|video)\s/.test(html)

/** The first character that may be shown and stands in no tag; what is before it in its text may not be shown. */
const visibleBetweenTags = /(?:^|>)[\p{Cc}\p{Cf}\p{Z}]*[^\p{Cc}\p{Cf}\p{Z}<]/u

/** Text is safe HTML once escaped. */
function blockHtml({ kind, text }: TextBlock): string {
  const html = escapeText(text)
  if (kind === 'heading') return `<h2>${html}</h2>`
  return kind === 'quote'
    ? `<blockquote><p>${html}</p></blockquote>`
    : `<p>${html.replaceAll('\n', '<br>')}</p>`
}

function publisherOf(
  raw: RawArticle,
  canonicalUrl: string | undefined,
  settings: NormaliseSettings,
): Publisher | undefined {
  const name = cleanLine(raw.publisher?.name ?? '')
  if (name === '' || name === settings.publisher.name) return undefined
  const url = webUrl(raw.publisher?.url) ?? canonicalUrl
  return { name, ...(url && { url }) }
}
