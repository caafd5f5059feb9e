/** What a file in Markdown says. */
import { escapeAttribute, escapeText } from '../../../text.ts'
import { bundleName, dateOfPath, languageOfPath, titleOfPath } from '../../file-path.ts'
import { ownAddressOf } from '../../own-address.ts'
import type { RawArticle } from '../../raw-article.ts'
import { RejectionError } from '../../rejection.ts'
import { breaksLines, isPage } from '../../site-folders.ts'
import { namesOfAuthors } from '../front-matter/author-names.ts'
import { pictureOfBundle } from '../front-matter/bundle-picture.ts'
import { type Parts, type Syntax, split } from '../front-matter/front-matter.ts'
import {
  articleIn,
  hostOf,
  isOfJekyll,
  isReadByLiquid,
} from '../front-matter/front-matter-article.ts'
import { booleanIn, textOf } from '../front-matter/front-matter-fields.ts'
import { type Field, fieldOf, foldedKey } from '../front-matter/front-matter-keys.ts'
import { readLines } from '../front-matter/front-matter-lines.ts'
import { readToml } from '../front-matter/front-matter-toml.ts'
import type { Entry } from '../front-matter/front-matter-tree.ts'
import { readJson, readYaml } from '../front-matter/front-matter-yaml.ts'
import { notesOfDay } from '../lines/day-to-come.ts'
import { embargoOf, longestOf } from '../lines/embargo-line.ts'
import { heldBy, withoutEmbargoLines } from '../lines/embargo-text.ts'
import { withoutEmbargoIn } from '../lines/embargo-words.ts'
import { noSite, scalarsIn, siteOf } from '../shortcodes/site-parts.ts'
import { draftTagIn } from './markdown-draft-tags.ts'
import { factsIn } from './markdown-facts.ts'
import { htmlOfMarkdown } from './markdown-html.ts'

const readers: Readonly<
  Record<Syntax, (parts: Parts) => readonly Entry[] | Promise<readonly Entry[]>>
> = { yaml: readYaml, toml: readToml, json: readJson, lines: readLines }

/** What no text may have would part signs of Markdown from what they stand before. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const controls = /[\u0000-\u0008\u000E-\u001F]+/g

/** Who may be named by a key. */
const people: readonly (Field | undefined)[] = ['authors', 'translators', 'editors']

/**
 * @param path of the file, relative to the articles folder
 * @param root the articles folder
 * @throws RejectionError when it is no article
 */
export async function readMarkdown(
  written: string,
  path: string,
  root: string,
): Promise<RawArticle> {
  const text = written.replace(controls, '')
  const parts = split(text)
  const { text: unheld, embargo: ofLines } = withoutEmbargoLines(
    parts?.body ?? text,
    parts ? 'above' : 'heading',
  )
  const {
    entries,
    day,
    body: whole,
  } = withFacts(
    parts ? await readers[parts.syntax](parts) : [],
    { body: unheld, bodyLine: parts?.bodyLine ?? 1 },
    path,
    root,
  )
  const hasAuthors = entries.some(({ key }) => people.includes(fieldOf(key)))
  const authors = hasAuthors ? await namesOfAuthors(root, path) : undefined
  const { linked, credits, ...rest } = articleIn(entries, path, authors)
  const { words, embargo: ofTitle } = withoutEmbargoIn(rest.title ?? '')
  const stated = { ...rest, title: words === '' ? undefined : words }
  const all = [ofTitle, ofLines, ...entries.flatMap(embargoIn)]
  const embargo = longestOf(all.filter((one) => one !== undefined))
  const { tags, body } = withoutTagLine(whole)
  const isJekyll = isOfJekyll(entries, path)
  // Few texts name any, and one that is of no site shall wait for no configuration.
  const isOfSite = isJekyll || /(?:^|\/)content\//.test(path)
  const site = isOfSite || /\{[{%]/.test(body) ? await siteOf(root, path) : noSite
  const base = isOfSite ? (site.value('baseurl') ?? site.value('base_url')) : undefined
  const ownAddress = isOfSite ? ownAddressOf(site.value('url'), base) : undefined
  const {
    html,
    summary,
    firstHeading,
    tags: ofText,
    notes,
  } = await htmlOfMarkdown(body, {
    title: stated.title,
    fileTitle: titleOfPath(path),
    firstLine: parts?.bodyLine ?? 1,
    breaksLines: breaksLines(root, path),
    isOfJekyll: isJekyll,
    hasLiquidValues: isReadByLiquid(entries, path),
    site,
    root: isJekyll ? ownAddress?.path : '',
    matter: new Map(scalarsIn(entries)),
  }).catch((error) => {
    throw RejectionError.after(stated.faults, error)
  })
  const title = stated.title ?? firstHeading
  const allTags = [...(stated.tags ?? []), ...tags, ...ofText]
  const draftTag = draftTagIn(
    stated.section === undefined ? allTags : [stated.section, ...allTags],
    {
      title: title ?? '',
      text: body,
    },
  )
  const article = {
    ...stated,
    title,
    image: imageOf(root, path, entries, stated.image),
    summary: stated.summary ?? summary,
    language: stated.language ?? languageOfPath(path),
    slug: stated.slug ?? bundleName(path),
    ...(ownAddress && { ownAddress }),
    tags: allTags,
    draft: stated.draft || draftTag !== undefined,
    body: { html: withLink(html, body, linked) + credits },
    ...(body.trim() === '' && isFilled(entries, path, stated.published) && { isFilled: true }),
    notes: [...stated.notes, ...notesOfDay(day), ...notes, ...noteOfTag(draftTag)],
  }
  return embargo ? { ...article, ...heldBy(embargo, article, path) } : article
}

const noteOfTag = (tag: string | undefined) =>
  tag === undefined ? [] : [{ text: `it is a draft because of its tag "${tag}"` }]

/** What is no text is no date either. */
const embargoIn = ({ key, value }: Entry) =>
  fieldOf(key) === 'embargo' ? embargoOf(textOf(value) ?? key) : undefined

const pageName = /(?:^|\/)(?:archives?|search|tags|categories|sitemap)(?:\/index)?\.[a-z]+$/i

/** Whether a file without text is one that the theme of a site fills, as a list of posts or a search. */
function isFilled(entries: readonly Entry[], path: string, published: string | undefined): boolean {
  const states = (...keys: string[]) => entries.some(({ key }) => keys.includes(foldedKey(key)))
  if (states('redirectto')) return true
  if (pageName.test(path)) return true
  const isUndated = published === undefined && dateOfPath(path) === undefined
  const isFront = /(?:^|\/)index\.[a-z]+$/i.test(path)
  return isUndated && (isFront || states('layout', 'type', 'template', 'pagination'))
}

/** Where no key states a date, what lines beside the heading of the text do; the date of a path counts more. */
function withFacts(
  entries: readonly Entry[],
  { body, bodyLine }: Pick<Parts, 'body' | 'bodyLine'>,
  path: string,
  root: string,
): { entries: readonly Entry[]; day?: string | undefined; body: string } {
  const states = (field: Field) => entries.some((entry) => isOf(entry, field))
  const facts = states('date') ? undefined : factsIn(body, bodyLine)
  if (!facts) return { entries, body }
  const ofPath = dateOfPath(path)
  const isOther = ofPath !== undefined && facts.date?.startsWith(ofPath) === false
  // Texts about a site have dates too, and are none of its posts.
  if (isOther || isPage(root, path)) return { entries, body }
  const added = facts.entries.filter(({ key }) => !states(key as Field))
  return { entries: [...entries, ...added], day: facts.date, body: facts.body }
}

/** `published: true` is no date. */
const isOf = ({ key, value }: Entry, field: Field) =>
  fieldOf(key) === field && !(field === 'date' && booleanIn(value) !== undefined)

/** What is stated, `image: false` too, or else what lies in the article's own folder. */
function imageOf(
  root: string,
  path: string,
  entries: readonly Entry[],
  stated: RawArticle['image'],
) {
  if (stated || entries.some(({ key }) => fieldOf(key) === 'image')) return stated
  const url = pictureOfBundle(root, path)
  return url === undefined ? undefined : { url: encodeURIComponent(url) }
}

/** With a link to what the article is about below its text, unless that has one. @param body as it was written */
function withLink(html: string, body: string, address: string | undefined): string {
  if (address === undefined || body.includes(address)) return html
  const words = escapeText(hostOf(address))
  return `${html}\n<p><a href="${escapeAttribute(address)}">${words}</a></p>`
}

/** Not longer, since it is read at one go. */
const firstLine = /^\s*(#[^\r\n]{0,5000})(?=\r?\n|$)/
const tagLine = /^(?:#(?=\d*[\p{L}_])[\p{L}\p{M}\d_/-]{1,100}[ \t]*)+$/u

/** In Obsidian a first line of nothing but `#names` has the tags of a note. Those below keep their lines. */
function withoutTagLine(text: string): { tags: string[]; body: string } {
  const [, names = ''] = firstLine.exec(text) ?? []
  if (!tagLine.test(names)) return { tags: [], body: text }
  const tags = names.split('#').map((name) => name.trim())
  return { tags: tags.filter((name) => name !== ''), body: text.replace(names, '') }
}
