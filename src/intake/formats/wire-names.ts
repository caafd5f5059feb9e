/** Who wrote a story, as agencies state it. */
import { cleanLine } from '../../text.ts'
import { splitNames } from './page-names.ts'
import { afterBy } from './page-words.ts'

/** What somebody does, or which desk it was. */
const isOffice = /\b(?:correspondents?|reporters?|editors?|writers?|staff|bureau|desk)$/i
const isInitials = /^\p{Ll}{1,4}(?:\/\p{Ll}{1,4})*$/u

/**
 * The names in a byline, without `By` in English or in the language of the story, and without what is no name or that of
 * an agency that the story names elsewhere, unless nobody else is named.
 */
export function namesInByline(
  text: string,
  language: string | undefined,
  agencies: readonly string[],
): string[] {
  const line = cleanLine(text)
  const by = afterBy(line)
  const isBy = by && [undefined, 'en', language?.split('-')[0]].includes(by.language)
  const rest = isBy ? by.rest : line
  // Which address is whose, byline.ts tells.
  if (rest.includes('@')) return [rest]
  const names = splitNames(rest)
  const known = new Set(agencies.map((name) => name.toLowerCase()))
  const isPerson = (name: string) => !isOffice.test(name) && !known.has(name.toLowerCase())
  const named = names.filter((name) => !isInitials.test(name) && !/\d/.test(name))
  const persons = named.filter(isPerson)
  return persons.length > 0 ? persons : named
}

/** Names once each, whatever their capitals. */
export function namesOnce(names: readonly string[]): string[] {
  const byName = new Map<string, string>()
  for (const name of names.map(cleanLine)) {
    const key = name.toLowerCase()
    if (name !== '' && !byName.has(key)) byName.set(key, name)
  }
  return [...byName.values()]
}
