/** Who wrote a web page: as it is stated for machines, as it is shown beside its heading, and as its lines say it. */
import { isPersonName, namesInByline } from '../lines/page-byline.ts'
import { authorsBelow } from './page-authors-below.ts'
import { linkedAuthors, shownAuthors, signedAuthors } from './page-authors-shown.ts'
import { statedAuthors } from './page-authors-stated.ts'
import { besideHeading } from './page-dates-shown.ts'
import type { Places } from './page-places.ts'
import { isOfSite, isSectionOf, type PageWithAuthors } from './page-with-authors.ts'

/**
 * Who wrote a page: those whom it states for machines, if that is not merely the paper, else those whom links beside its heading lead to, else whom its lines name.
 * The page is looked at before the story is found, which uses it up.
 * @returns asks for the names, with the lines that were found around the story
 */
export function authorsOfPage(
  page: PageWithAuthors,
): (bylines: readonly string[]) => readonly string[] {
  const authors = statedAuthors(page)
  const own = authors.filter((name) => !isOfSite(name, page))
  if (own.some(isPersonName)) return () => authors
  const beside = besideHeading(page.places())
  if (own.length > 0) {
    // An account, or who put the page in: a byline has the whole name.
    const signed = signedAuthors(beside, page.language).filter((name) => !isOfSite(name, page))
    return () => (signed.length > 0 ? signed : authors)
  }
  const below = authorsBelow(page)
  const isOthers = linesOfOthers(page.places())
  const linked = linkedAuthors(page, beside)
  const shown = shownAuthors(beside, page.language)
  if (authors.length > 0) {
    const people = [linked, shown, below].map((names) =>
      names.filter((name) => !isOfSite(name, page)),
    )
    return () => people.find(({ length }) => length > 0) ?? authors
  }
  const isSection = isSectionOf(page)
  return (bylines) => {
    const lines = bylines.filter((line) => !isOthers(line))
    const named = namesInByline(lines, page.language).filter((name) => !isSection(name))
    const names = named.length > 0 ? named : shown
    // A line with all of them may name others too.
    const found = linked.every((name) => names.includes(name)) ? names : linked
    return found.length > 0 ? found : below
  }
}

/** Tells a line that stands nowhere but outside the story: it names who wrote another, or a comment. */
function linesOfOthers({ all }: Places): (line: string) => boolean {
  const own = new Set(all.filter(({ isOut }) => !isOut).map(({ line }) => line))
  const others = new Set(all.filter(({ isOut }) => isOut).map(({ line }) => line))
  return (line) => others.has(line) && !own.has(line)
}
