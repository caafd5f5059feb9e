/** Until when a web page says that nobody may show its article: in its headline, in its story, or beside its heading. */
import type { RawArticle } from '../../raw-article.ts'
import { embargoLine, longestOf } from '../lines/embargo-line.ts'
import { mayHold } from '../lines/embargo-table.ts'
import { heldBy, withoutEmbargo } from '../lines/embargo-text.ts'
import { withoutEmbargoIn } from '../lines/embargo-words.ts'
import type { Place, Places } from './page-places.ts'

/** So many lines above the heading are looked at, and below it. */
const [linesAbove, linesBelow] = [4, 6]

/** Menus, contents, code, tables and headings of parts say nothing of the page. */
const about = 'a, li, code, pre, td, th, h2, h3, h4, h5, h6'

/** @param written the whole page @param path of its file, relative to the articles folder */
export function heldPage(
  article: RawArticle,
  { written, places, path }: { written: string; places: () => Places; path: string },
): RawArticle {
  if (!mayHold(written)) return article
  const { title = '', body } = article
  const heading = withoutEmbargoIn(title)
  const story = 'html' in body ? withoutEmbargo(body.html, 'page') : undefined
  const { all, heading: at } = places()
  const near = placesNear(places())
  const isBeside = ({ isOut, line, element }: Place) =>
    !isOut &&
    line !== all[at ?? 0]?.line &&
    element.closest(about) === null &&
    element.querySelector('a, code, li') === null
  const lines = near.filter(isBeside).map(({ line }) => embargoLine(line, 'page'))
  const said = [heading.embargo, story?.embargo, ...lines].filter((one) => one !== undefined)
  const embargo = longestOf(said)
  return {
    ...article,
    ...(embargo && heldBy(embargo, article, path)),
    title: heading.words || title,
    body: story ? { html: story.html } : body,
  }
}

/** What stands beside the heading. */
export const placesNear = ({ all, heading: at }: Places) =>
  at === undefined ? [] : all.slice(Math.max(0, at - linesAbove), at + linesBelow)
