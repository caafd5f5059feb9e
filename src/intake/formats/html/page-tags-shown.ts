/** The tags and categories of a web page's story that stand beside it as links, as publishing systems write them. */
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { namesOf } from './page-classes.ts'
import { isWithinFrame } from './page-places.ts'

/** What a story is filed under. */
export interface Shown {
  readonly tags: readonly string[]
  readonly categories: readonly string[]
}

/** A story has fewer; a cloud of tags has more. */
const mostLinks = 200
const mostTags = 30
const longestTag = 60

/** Of a link that is not marked as a tag, the box around its list says it. */
const namedTags =
  /(?:^| )(?:[a-z]+-+)*(?:tags|tag-?(?:list|links)|labels|keywords)(?:-+[a-z]+)*(?= |$)/
const folderOfTags = /\/(?:tags?|labels?|topics?|keywords?|etiquetas?|etiquetten?|schlagworte?)\//i
const folderOfCategories = /\/(?:category|categories|categoria|categorie|kategorie|kategori)\//i
/** What WordPress files a post under that nobody has filed. */
const noCategory =
  /^(?:uncategori[sz]ed|unkategorisiert|non classé|sin categoría|sem categoria|senza categoria|genel)$/i
const stepsToBox = 3
const stepsToStory = 5
const linkedHeading = ':is(h2, h3, h4, h5) a[href], a[href] :is(h2, h3, h4, h5)'

/** @param heading of the story */
export function tagsShown(document: Document, heading: Element | undefined): Shown {
  const links = [
    ...document.querySelectorAll(
      'a[rel~="tag" i], a[href*="/tag" i], a[href*="/label" i], a[href*="/topic" i]',
    ),
  ]
    .slice(0, mostLinks)
    .filter((link) => isTag(link) && isOfStory(link, heading))
  const isCategory = (link: Element) =>
    /(?:^|\s)category(?:\s|$)/i.test(link.getAttribute('rel') ?? '') ||
    folderOfCategories.test(link.getAttribute('href') ?? '')
  const named = (some: readonly Element[]) => [
    ...new Set(
      some
        .map((link) => cleanLine(link.textContent.slice(0, 2 * longestTag)).replace(/^#\s?/, ''))
        .filter((text) => text !== '' && text.length <= longestTag),
    ),
  ]
  const ofTags = links.filter((link) => !isCategory(link))
  // Beside those that are marked as the story's a list of such links is the site's.
  const marked = ofTags.filter(isMarked)
  const tags = named(marked.length > 0 ? marked : ofTags)
  return {
    tags: tags.length > mostTags ? [] : tags,
    categories: named(links.filter(isCategory)).filter((name) => !noCategory.test(name)),
  }
}

const isMarked = (link: Element) => /(?:^|\s)tag(?:\s|$)/i.test(link.getAttribute('rel') ?? '')

function isTag(link: Element): boolean {
  if (isMarked(link)) return true
  if (!folderOfTags.test((link.getAttribute('href') ?? '').slice(0, 500))) return false
  let box = link.parentElement
  for (let step = 0; step < stepsToBox && box; step += 1) {
    if (namedTags.test(namesOf(box))) return true
    box = box.parentElement
  }
  return false
}

/** Other stories and the site's frame have tags of their own; those of another story stand in a box with its linked heading. */
function isOfStory(link: Element, heading: Element | undefined): boolean {
  const post = link.closest('article')
  // Drupal has the page's heading above the article.
  const isHeaded = heading?.closest('article') || post?.querySelector('h1, h2')
  if (post && heading && !post.contains(heading) && isHeaded) return false
  if (link.closest('aside, nav') || isWithinFrame(link)) return false
  let box = link.parentElement
  for (let step = 0; step < stepsToStory && box; step += 1) {
    if (heading && box.contains(heading)) return true
    if (box.querySelector(linkedHeading)) return false
    box = box.parentElement
  }
  return true
}
