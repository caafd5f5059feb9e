/**
 * A web page as an article. What its publisher states for machines is believed before what a reader finds:
 * schema.org JSON-LD, then Open Graph (https://ogp.me/) and other meta elements, then the page.
 */
import { cleanLine, isLanguage } from '../../../text.ts'
import { isWebUrl } from '../../../uri.ts'
import { dateOfPath } from '../../file-path.ts'
import type { RawArticle, TextBlock } from '../../raw-article.ts'
import { RejectionError } from '../../rejection.ts'
import { ambiguousDay } from '../lines/date-in-text.ts'
import { type Document, type Element, filmOrSound } from '../lines/page-elements.ts'
import { languageOfStory } from '../lines/page-language.ts'
import { dateIn } from '../lines/written-date.ts'
import { openPanels } from './page-accordion.ts'
import { authorsOfPage } from './page-authors.ts'
import { refuseBroken } from './page-broken.ts'
import { type DatesOfPage, dateOfPage } from './page-dates.ts'
import type { PageToDate } from './page-dates-stated.ts'
import { dekOf, isOfStory } from './page-dek.ts'
import { readPage } from './page-document.ts'
import { heldPage } from './page-embargo.ts'
import { jsonLd, type Meta, metaElements, type Stated } from './page-facts.ts'
import { faultsOf, withoutStory } from './page-faults.ts'
import { showFormulas } from './page-formulas.ts'
import { headingsOf } from './page-heading.ts'
import { headlinesOf } from './page-headline.ts'
import { showHiddenStory } from './page-hidden-story.ts'
import { imageOf, removeImage, withLead } from './page-image.ts'
import { sectionOf, tagsOf } from './page-keywords.ts'
import { leadOf } from './page-lead.ts'
import { placesOnce } from './page-places.ts'
import { takeOutProgram } from './page-programs.ts'
import { heldStateOf } from './page-state.ts'
import { findStory } from './page-story.ts'
import { placeStreamed } from './page-streamed.ts'
import { type Shown, tagsShown } from './page-tags-shown.ts'
import { awaitsScript, hasText, showWithoutScripts } from './page-without-scripts.ts'
import { removeLeftovers } from './story-furniture.ts'
import { authorsAbove, removeRepeated } from './story-head.ts'
import { removeOthersPictures, removeUnseen } from './story-pictures.ts'

/**
 * @param path of the file, relative to the articles folder, with `/`
 * @throws RejectionError when it cannot become an article
 */
export async function articleOfPage(text: string, path: string): Promise<RawArticle> {
  const document = readPage(text)
  placeStreamed(document)
  const isOfDraft = takeOutProgram(document)
  const stated = jsonLd(document)
  const heldState = heldStateOf(document, stated)
  const isDraft = isOfDraft || heldState !== undefined
  const meta = metaElements(document)

  const writers = [...stated('author'), ...meta('author')]
  const all = headlinesOf(document, stated, meta, writers)
  const [title = ''] = all
  const places = placesOnce(document, all)
  const page = { document, places, stated, meta }
  const { published, updated, unread } = await datesOf(page, path)
  const headings = headingsOf(document, all)
  const facts = factsOf(document, stated, meta, tagsShown(document, headings[0]))
  const { canonicalUrl, language } = facts
  const publishers = [...facts.sources, ...meta('og:site_name')]
  const authorsWith = authorsOfPage({ ...page, publishers, language })
  const written = dekOf(document, stated, meta, headings) ?? ''
  const dek = cleanLine(written)
  const [articleBody = ''] = stated('articleBody')
  openPanels(document)
  showHiddenStory(document, articleBody)
  showWithoutScripts(document)
  await showFormulas(document)
  const lead = leadOf(document, headings, dek, { authors: authorsWith([]), publishers })
  const isAwaited = awaitsScript(document)
  const read = findStory(document, all, dek)
  // Else a line of the page's frame would be the story.
  const found = isAwaited && read && !hasText(read.content) ? undefined : read
  const story = found?.content
  const image = imageOf(stated, meta)
  let authors = authorsWith(found?.bylines ?? [])
  if (story) {
    removeTitle(story, title)
    authors = authorsAbove(story, authors, language)
    const dates = [published, updated].filter((date) => date !== undefined)
    removeRepeated(story, { title, authors, dates })
    removeUnseen(story)
    removeLeftovers(story, { host: hostOf(canonicalUrl), language, dates })
  }
  const shown = story && image?.url ? removeImage(story, image.url, canonicalUrl) : {}
  if (story) removeOthersPictures(story, { url: canonicalUrl, authors })
  const isOpening = story && isOfStory(story, dek)
  const body = bodyOf(story, articleBody)
  const [fault, ...others] = faultsOf(title, published, unread, body)
  // Of a draft nobody has said when it was published.
  if ((fault && !isDraft) || !body) throw RejectionError.of([fault ?? withoutStory, ...others])
  const article = {
    ...facts,
    language: language ?? (await languageOfStory(story?.textContent ?? '')),
    title,
    // A first paragraph that says the same is shown where a dek would be.
    summary: isOpening || written === '' ? undefined : written,
    body,
    published,
    updated,
    authors,
    draft: isDraft,
    ...(heldState !== undefined && { notes: [heldNote(heldState)] }),
    image: withLead(image && { ...shown, ...image }, lead, story),
  }
  refuseBroken(text, article, places)
  return heldPage(article, { written: text, places, path })
}

const heldNote = (state: string) => ({
  text: `it is a draft because the page says "${state.slice(0, 80)}" of itself; save it again when it is out`,
})

/** They tell the language of a page. */
const fewParagraphs = 50

/** Where a day may be two, the language of the text may tell. */
async function datesOf(page: PageToDate, path: string): Promise<DatesOfPage> {
  const dates = dateOfPage(page, dateOfPath(path))
  if (dates.published || !dates.unread || !ambiguousDay(dates.unread)) return dates
  const paragraphs = [...page.document.querySelectorAll('p')].slice(0, fewParagraphs)
  const language = await languageOfStory(paragraphs.map((one) => one.textContent).join(' '))
  return language ? dateOfPage({ ...page, language }, dateOfPath(path)) : dates
}

/** What a page states besides its story, and who wrote that when. */
function factsOf(document: Document, stated: Stated, meta: Meta, shown: Shown) {
  const expires = [...stated('expires'), ...meta('article:expiration_time')]
  const ofPage = document.querySelector('html')?.getAttribute('lang')?.trim() ?? ''
  const [audio] = meta('og:audio', 'og:audio:url')
  const [site] = meta('og:site_name')
  const [named] = stated('publisher')
  const publisher = named && !(site && isHost.test(named)) ? named : site
  return {
    expires: expires.map((text) => dateIn(text)).find((date) => date !== undefined),
    language: [...stated('inLanguage', 'alternateName'), ofPage]
      .map(shortLanguage)
      .find(isLanguage),
    section: sectionOf(stated, meta, shown),
    tags: tagsOf(stated, meta, shown),
    audio,
    sources: publisher ? [publisher] : [],
    publisher: publisher
      ? {
          name: publisher,
          url: publisher === named ? stated('publisher', 'url').find(isWebUrl) : undefined,
        }
      : undefined,
    canonicalUrl: canonicalUrls(stated, meta, document).find(isWebUrl),
  }
}

/** What some systems state as the publisher of all that is written with them. */
const isHost = /^(?:blogger|medium|substack|tumblr|wix(?:\.com)?|wordpress(?:\.com)?)$/i

/** Three letters are not what a feed calls a language that has two, and a country is none. */
function shortLanguage(tag: string): string {
  const short = /^[a-z]{3}$/i.test(tag) ? Intl.getCanonicalLocales(tag)[0] : undefined
  return short ?? languagesOfCountries[tag.toLowerCase()] ?? tag
}

/** Whose codes some write in place of the language's; of these only `kr` is a language, Kanuri, which has no press. */
const languagesOfCountries: Readonly<Record<string, string>> = {
  ...{ cn: 'zh', cz: 'cs', dk: 'da', gr: 'el', jp: 'ja', kr: 'ko', ua: 'uk' },
}

function canonicalUrls(stated: Stated, meta: Meta, document: Document): string[] {
  const link = document.querySelector('link[rel~="canonical" i]')?.getAttribute('href') ?? ''
  const pages = [...stated('mainEntityOfPage', '@id'), ...stated('mainEntityOfPage', 'url')]
  return [...pages, ...stated('url'), link.trim(), ...meta('og:url')]
}

/** Takes out the heading that only repeats the title. */
function removeTitle(story: Element, title: string): void {
  const heading = story.querySelector('h1, h2')
  if (heading && cleanLine(heading.textContent) === cleanLine(title)) heading.remove()
}

const hostOf = (url: string | undefined) => (url ? new URL(url).hostname : undefined)

/** Fewer letters are what a script measures something with. */
const fourLetters = /(?:[\p{L}\p{N}][^\p{L}\p{N}]*){4}/u

/** Whether it is more than a sign or two. */
const isStory = (story: Element): boolean =>
  fourLetters.test(story.textContent) || story.querySelector(`img, ${filmOrSound}`) !== null

/** What Readability puts around what it found; the page may have boxes of such a name itself. */
function withinPage(story: Element): Element | undefined {
  const [only, another] = [...story.childNodes].filter((node) => node.nodeType === 1)
  const page = story.querySelector('#readability-page-1')
  return page && page === only && !another ? page : undefined
}

/** @returns undefined when there is no text */
function bodyOf(story: Element | null | undefined, plain: string): RawArticle['body'] | undefined {
  if (story && isStory(story)) return { html: (withinPage(story) ?? story).innerHTML }
  const lines = plain
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length === 0) return undefined
  return lines.map((text): TextBlock => ({ kind: 'paragraph', text }))
}
