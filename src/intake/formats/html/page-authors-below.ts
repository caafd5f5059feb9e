/** Who is named in lines anywhere on a web page that say it with a word, as publishing systems have them below a post. */
import { isLabelled, namesInByline } from '../lines/page-byline.ts'
import { isPersonsName, longestByline } from './page-author-names.ts'
import { isInProse } from './page-dates-shown.ts'
import type { Place } from './page-places.ts'
import type { PageWithAuthors } from './page-with-authors.ts'

/** Of other posts there are several. */
export function authorsBelow({ places, language }: PageWithAuthors): readonly string[] {
  const all = places().all.filter(({ isOut, line }) => !isOut && line.length <= longestByline)
  const found = all.flatMap((place) => {
    if (!isSigned(place.line) || isInProse(place)) return ofDrupal(place)
    const names = namesInByline([place.line], language)
    const isWho = (name: string) => isPersonsName(name) || isAccount.test(name)
    return names.length > 0 && names.every(isWho) ? [names] : []
  })
  const [first = []] = found
  return found.every((names) => names.join() === first.join()) ? first : []
}

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
