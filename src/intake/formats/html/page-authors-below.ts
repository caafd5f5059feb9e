/** Who is named away from the heading of a web page: in lines that say it with a word, in the box for who wrote below the text, in a sidebar. */
import { afterBy, isLabelled, isPersonName, namesInByline } from '../lines/page-byline.ts'
import { isPersonsName, longestByline } from './page-author-names.ts'
import { isNamedForWriters, leadsToAuthor } from './page-authors-shown.ts'
import { isInProse } from './page-dates-shown.ts'
import type { Place, Places } from './page-places.ts'
import { isOfQuotation } from './page-speakers.ts'
import type { PageWithAuthors } from './page-with-authors.ts'

/** The first of these ways in which somebody is named; of other posts there are several. */
export function authorsBelow(page: PageWithAuthors): readonly string[] {
  const places = page.places()
  const ways = [inLines, inBoxes, inSidebar]
  return ways.map((way) => onlyOnes(way(places, page.language))).find(({ length }) => length) ?? []
}

function onlyOnes(found: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = found
  return found.every((names) => names.join() === first.join()) ? first : []
}

function inLines({ all }: Places, language: string | undefined): readonly string[][] {
  const lines = all.filter(({ isOut, line }) => !isOut && line.length <= longestByline)
  return lines.flatMap((place) => {
    if (!isSigned(place.line) || isInProse(place)) return ofDrupal(place)
    const names = namesInByline([place.line], language)
    const isWho = (name: string) => isPersonsName(name) || isAccount.test(name)
    return names.length > 0 && names.every(isWho) ? [names] : []
  })
}

/** Below the text, in what is named for who wrote; a list has those of other stories. */
function inBoxes(
  { all, heading = all.length }: Places,
  language: string | undefined,
): readonly string[][] {
  const below = all.slice(heading + 1).filter(({ isOut, line }) => !isOut && line !== '')
  return below.flatMap((place) => {
    const { element, line } = place
    const name = line.replace(aboutWhom, '')
    const isOf = () => leadsToAuthor(element) || isNamedForWriters(element)
    const isNamed =
      isPersonName(name) && afterBy(name, language) === undefined && !isInProse(place) && isOf()
    return isNamed && !isOfQuotation(element) && !element.closest('li, table, figure')
      ? [[name]]
      : []
  })
}

const aboutWhom = /^(?:about|über|à propos de|sobre|over|om)\s(?!the\s)/i

/** Whose a whole site is: a sidebar begins with the name. */
function inSidebar({ all }: Places, language: string | undefined): readonly string[][] {
  return all.flatMap(({ element, line }) => {
    const name = line.length <= longestByline ? afterBy(line, language) : undefined
    if (!name || !isPersonName(name)) return []
    const box = element.parentElement
    const isFirst = box?.closest(sidebar) === box && box?.querySelector('*') === element
    return isFirst ? [[name]] : []
  })
}

const sidebar = 'aside, [id*="sidebar" i], [class*="sidebar" i]'

const isSigned = (line: string) => saysDoneBy.test(line) || isLabelled(line)

const saysDoneBy = /^(?:posted|published|submitted|written) by:?\s/i
const isAccount = /^\p{L}[\p{L}\p{N}_.-]{2,30}$/u

/** Drupal has "Submitted by jo on 6 June 2006" in the site's language: a word, the name, a word and the day. */
function ofDrupal({ element, line }: Place): readonly string[][] {
  const isNamed = /(?:^|[\s_-])submitted(?=$|\s)/.test(element.getAttribute('class') ?? '')
  const name = isNamed
    ? /^\p{L}{1,8} (\S{3,30}(?: \p{Lu}\S{1,30}){0,2}) \p{Ll}{1,4} \d/u.exec(line)
    : null
  return name?.[1] ? [[name[1]]] : []
}
