/** Who wrote a story, as agencies state it. */
import { cleanLine } from '../../../text.ts'
import { isName, splitNames } from '../lines/page-names.ts'
import { afterBy } from '../lines/page-words.ts'

/** What somebody does, or which desk it was. */
const isOffice = /\b(?:correspondents?|reporters?|editors?|writers?|staff|bureau|desk)$/i
export const isNoOffice = (name: string) => !isOffice.test(name)
const isInitials = /^\p{Ll}{1,4}(?:\/\p{Ll}{1,4})*$/u

/** An agency or an office behind a name, as in `Jo Lind/TT` or `Jo Lind, AP`. */
const isAgency = /^(?:\p{Lu}{2,6}|\S+\.\p{Ll}{2,6})$|\b(?:Press|Agency|Agence|News)\b/u

/** Before what somebody did who is named behind "by". */
const betweenCredits = /[;,.]\s+(?=(?:\p{L}+ ){1,2}by\s)/iu
const credit = /^((?:\p{L}+ ){1,2})by\s+/iu
/** Others edit, translate or take pictures. */
const hasWritten = /(?:^|\s)(?:report|reporting|story|text|words|writing|written|analysis) $/i

/** Where somebody was, and for whom. */
const placeBehind = /(?<=^\p{Lu}\S* .*)\s(?:in|at|from|à|aus|en)\s+\p{Lu}.*$/u
const bracketsBehind = /(?<=\S)\s*\([^()]*\)$/
/** "Associated Press Writer" behind a name, without a comma. */
const officeBehind =
  /(?<=^\p{Lu}\S* .*\S)(?:\s(?:\p{Lu}{2,6}|\p{Lu}\p{L}+ (?:Press|News)|Staff|Senior|Chief|Special|Political|Foreign|Diplomatic|Business|Sports?))+\s(?:Correspondent|Reporter|Editor|Writer)s?$/u

/** The names in what a byline says of each kind of work, but for work that is not writing. */
function writersIn(line: string): string[] {
  return line.split(betweenCredits).flatMap((part) => {
    const [written, work] = credit.exec(part) ?? []
    if (written === undefined || work === undefined) return [part]
    return hasWritten.test(work) ? [part.slice(written.length)] : []
  })
}

/** Characters; longer ones are sentences. */
const longestName = 160

const isFullName = (name: string) => /^\p{Lu}\S* .*\p{Lu}/u.test(name)

/** A word behind a comma or a place is where somebody was, beside a name that has two. */
function withoutPlaces(names: readonly string[], line: string): readonly string[] {
  const isPlace = (name: string) =>
    /^\p{Lu}\S*$/u.test(name) && (/\sin\s/.test(line) || line.includes(`, ${name}`))
  return names.some(isFullName) ? names.filter((name) => !isPlace(name)) : names
}

/** Ends like words of a sentence, as names do not. */
const isWords = /^\p{Lu}.*\s(?!(?:jr|sr)$)\p{Ll}+$/u

/**
 * The names in a byline, without `By` in English or in the language of the story, and without what is no name. An
 * agency is one only where nobody else is named, and the story does not name it elsewhere.
 */
export function namesInByline(
  text: string,
  language: string | undefined,
  agencies: readonly string[],
): string[] {
  const line = cleanLine(text)
  const by = afterBy(line)
  // "Von Miller" may be a name.
  const isBy =
    by &&
    ([undefined, 'en', language?.split('-')[0]].includes(by.language) ||
      (language === undefined && /^\p{Lu}\S* \p{Lu}/u.test(by.rest)))
  const rest = isBy ? by.rest : line
  // Which address is whose, byline.ts tells.
  if (rest.includes('@')) return [rest]
  if (isInitials.test(rest)) return []
  const known = new Set(agencies.map((name) => name.toLowerCase()))
  const named = writersIn(rest)
    .flatMap((part) => splitNames(part))
    .flatMap((name) => name.split('/').map((part) => part.trim()))
    .filter((name) => name.length <= longestName)
    .map((name) =>
      name.replace(bracketsBehind, '').replace(placeBehind, '').replace(officeBehind, ''),
    )
    .filter((name) => name !== '' && !isInitials.test(name) && !known.has(name.toLowerCase()))
    .filter((name) => isName(name) && !isWords.test(name))
  const persons = named.filter((name) => !isOffice.test(name) && !isAgency.test(name))
  return persons.length > 0 ? [...withoutPlaces(persons, rest)] : named
}

export const withoutHash = (name: string) => name.replace(/^#(?=\S)/, '')

/** Names once each, whatever their capitals. */
export function namesOnce(names: readonly string[]): string[] {
  const byName = new Map<string, string>()
  for (const name of names.map(cleanLine)) {
    const key = name.toLowerCase()
    if (name !== '' && !byName.has(key)) byName.set(key, name)
  }
  return [...byName.values()]
}
