/** The names in a text that a web page has for its author, and which of them are those of people. */
import { behind, conjunctions, isNameWithoutCapitals, isPersonName } from '../lines/page-byline.ts'

/** A byline is shorter. */
export const longestByline = 150
/** No story has more authors. */
export const mostAuthors = 20

/** Whether a text is the name of somebody, in any script. */
export const isPersonsName = (text: string) => isPersonName(text) || isNameWithoutCapitals(text)

/** What stands between the names of two authors. */
export const betweenNames = new RegExp(
  `\\s*[;,，、；]\\s*(?:(?:${conjunctions})\\s+)?|\\s+(${conjunctions})\\s+`,
  'u',
)

/**
 * `Ada Brandt, Jo Hale and Ola Lind, AP` → its three people. Behind a comma what is no person's name is what somebody is, or
 * works for; beside "and" it is the rest of a name, as in José Ortega y Gasset, and the text one name.
 */
export function namesIn(written: string, publishers: readonly string[]): string[] {
  const text = withoutBehind(written.replace(/^\[(.*)\]$/u, '$1'))
  if (text.includes('@')) return [text]
  const parts = text.split(betweenNames)
  const first = withoutBehind(parts[0] ?? '')
  if (!isPersonsName(first)) return [text]
  const names = [first]
  for (let at = 1; at < parts.length; at += 2) {
    const and = parts[at]
    const name = withoutBehind(parts[at + 1] ?? '')
    if (isSuffix.test(name)) names.push(`${names.pop()}, ${name}`)
    else if (isPersonsName(name) && !publishers.includes(name)) names.push(name)
    else if (and) return [text]
  }
  return names
}

/** Nothing of what is no person's name. */
function withoutBehind(text: string): string {
  const [name = ''] = text.split(behind)
  return isPersonsName(name) ? name : text
}

const isSuffix = /^(?:jr|sr)\.?$/i
