/** Until when a web page says that nobody may show its article: in its headline, in its story, or beside its heading. */
import type { RawArticle } from '../../raw-article.ts'
import { embargoLine, longestOf } from '../lines/embargo-line.ts'
import { heldBy, withoutEmbargo } from '../lines/embargo-text.ts'
import { mayHold, withoutEmbargoIn } from '../lines/embargo-words.ts'
import type { Place, Places } from './page-places.ts'

/** So many lines above the heading are looked at, and below it. */
const [linesAbove, linesBelow] = [4, 6]

/** @param written the whole page @param path of its file, relative to the articles folder */
export function heldPage(
  article: RawArticle,
  { written, places, path }: { written: string; places: () => Places; path: string },
): RawArticle {
  if (!mayHold(written)) return article
  const { title = '', body } = article
  const heading = withoutEmbargoIn(title)
  const story = 'html' in body ? withoutEmbargo(body.html, false) : undefined
  const { all, heading: at } = places()
  const near = at === undefined ? [] : all.slice(Math.max(0, at - linesAbove), at + linesBelow)
  const isBeside = ({ isOut, line }: Place) => !isOut && line !== all[at ?? 0]?.line
  const lines = near.filter(isBeside).map(({ line }) => embargoLine(line, true))
  const said = [heading.embargo, story?.embargo, ...lines].filter((one) => one !== undefined)
  const embargo = longestOf(said)
  if (!embargo) return article
  return {
    ...article,
    ...heldBy(embargo, article, path),
    title: heading.words || title,
    body: story ? { html: story.html } : body,
  }
}
