/** The section and the tags that a page states, in the many ways in which publishing systems join them. */
import { plainTextOf } from '../../../html-text.ts'
import { isSentence } from '../lines/page-byline.ts'
import { firstList, type Meta, type Stated } from './page-facts.ts'
import { lettersOf } from './page-heading.ts'
import type { Shown } from './page-tags-shown.ts'

/** Several in one text have a comma with no blank behind it; a section's name may have one with. */
export function sectionOf(stated: Stated, meta: Meta, shown: Shown): string | undefined {
  const [section] = [...stated('articleSection'), ...meta('article:section'), ...shown.categories]
  return section?.split(/,(?=\S)/)[0]
}

/**
 * Keywords of a meta element may be the site's, which are the same on every page: what is shown beside the story comes first.
 * Where tags are marked as such, systems note other things in the same list: `Tag:Floods`, `Lite:true`.
 */
export function tagsOf(stated: Stated, meta: Meta, shown: Shown): string[] {
  const section = sectionOf(stated, meta, shown)
  const texts = [
    ...stated('headline'),
    ...meta('og:title', 'title', 'og:description', 'description'),
  ]
  const saysOther = isOther(texts)
  const ofSite = keywords(meta('keywords'))
  const all = firstList(
    [
      keywords(stated('keywords')),
      keywords(meta('article:tag')),
      shown.tags.filter((tag) => tag !== section),
      keywords(meta('news_keywords')),
      keywords(meta('sailthru.tags')),
      ofSite,
    ].filter((tags) => saysOther(tags) && !isRunTogether(tags, ofSite)),
  )
  const marked = all.filter((tag) => /^tags?:\S/i.test(tag))
  return (marked.length > 0 ? marked : all).map((tag) => tag.replace(kindOfTag, ''))
}

/** Two may be the names of languages. */
const fewLetters = 2

/** Tells keywords from a title or a description that stands in their place, whole or taken apart, and from single letters. */
function isOther(texts: readonly string[]): (tags: readonly string[]) => boolean {
  const known = new Set(texts.map(lettersOf))
  return (tags) =>
    !(tags.length > fewLetters && tags.every((tag) => /^\s*\p{Script=Latin}?\s*$/u.test(tag))) &&
    !(known.has(lettersOf(tags.join(''))) && tags.join(' ').trim().includes(' ')) &&
    !(tags.length === 1 && isSentence(tags[0] ?? ''))
}

/** `topic/floods`, `Tag:Floods` */
const kindOfTag =
  /^(?:topics?|sections?|tags?|categor(?:y|ies)|keywords?|organi[sz]ations?|persons?|people|places?|locations?|subjects?)[/:](?=\S)/i

/** Whether one text has all of several others, with no comma between them. */
const isRunTogether = ([text = '', another]: readonly string[], tags: readonly string[]) =>
  another === undefined && tags.length > 1 && tags.every((tag) => text.includes(tag.trim()))

/** What programs note for themselves: ids, and what they have sorted a story into. */
const ofPrograms =
  /^\s*(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?:\p{L}+ )?categor(?:y|ies): .*)\s*$/iu

/** Its sign at the end has parted it from the rest: "PG&amp;E" as "PG&amp" and "E". */
const cutReference = /&(?:amp|quot|lt|gt|apos|nbsp|#\d{1,5})$/i

/** Keywords are a list, or one text with commas or semicolons, which some publishers escape twice. */
function keywords(texts: readonly string[]): string[] {
  const [written = ''] = texts
  const only = plainTextOf(written.replaceAll('<', '&lt;'))
  const all = texts.length === 1 ? only.split(only.includes(',') ? ',' : ';') : texts
  return all.filter((tag) => !ofPrograms.test(tag) && !cutReference.test(tag.trim()))
}
