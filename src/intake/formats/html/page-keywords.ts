/** The section and the tags that a page states, in the many ways in which publishing systems join them. */
import { firstList, type Meta, type Stated } from './page-facts.ts'

/** Several in one text have a comma with no blank behind it; a section's name may have one with. */
export function sectionOf(stated: Stated, meta: Meta): string | undefined {
  const [section] = [...stated('articleSection'), ...meta('article:section')]
  return section?.split(/,(?=\S)/)[0]
}

/** Where tags are marked as such, systems note other things in the same list: `Tag:Floods`, `Lite:true`. */
export function tagsOf(stated: Stated, meta: Meta): string[] {
  const all = firstList([
    keywords(stated('keywords')),
    keywords(meta('article:tag')),
    keywords(meta('keywords')),
  ])
  const marked = all.filter((tag) => /^tags?:\S/i.test(tag))
  return (marked.length > 0 ? marked : all).map((tag) => tag.replace(kindOfTag, ''))
}

/** `topic/floods`, `Tag:Floods` */
const kindOfTag =
  /^(?:topics?|sections?|tags?|categor(?:y|ies)|keywords?|organi[sz]ations?|persons?|people|places?|locations?|subjects?)[/:](?=\S)/i

/** Keywords are a list, or one text with commas or semicolons. */
function keywords(texts: readonly string[]): string[] {
  const [only = ''] = texts
  if (texts.length !== 1) return [...texts]
  return only.split(only.includes(',') ? ',' : ';')
}
