/** The day that a line gives beside the place where it was written. */
import { daysWithin } from './date-in-text.ts'
import { dateIn } from './written-date.ts'

const name = String.raw`\p{Lu}[\p{L}\p{M}.'’/-]*`
const preposition = '(?:den|le|el|il|on|am)'
/** Before a comma or a stroke; without these words in small letters make a sentence, but for those between two others. */
const beforeSign = `${name}(?: \\p{L}[\\p{L}\\p{M}.'’-]*){0,3}(?:, ${name}(?: ${name})?)?(?:,| [–—-]) (?:${preposition} )?`
const beforeDay = `${name}(?:(?: \\p{Ll}{1,4}){0,2} ${name}){0,3} (?:${preposition} )?`
const place = new RegExp(`^(?:${beforeSign}|${beforeDay})$`, 'u')
const placeBehind = new RegExp(`^, ${name}(?: ${name}){0,3}$`, 'u')
/** Without capitals only a comma tells a place from a sentence. */
const placeInLetters = /^\p{Lo}[\p{Lo}\p{M}]*(?: [\p{Lo}\p{M}]+){0,2}[,،] $/u

/**
 * `Berlin, 1. Mai 2024`, `May 1, 2024, New York`, `Munich – May 1, 2024.`, `Kiel (1. Mai 2024)`
 * @returns the day as RawArticle has it
 */
export function dayOfPlace(line: string): string | undefined {
  const words = line.replace(/ \(([^()]+)\)$/, ', $1')
  const [day, ...others] = daysWithin(words)
  if (!day || others.length > 0) return undefined
  const before = words.slice(0, day.index)
  const behind = words.slice(day.index + day.written.length).replace(/^\.$/, '')
  if (before === '') return placeBehind.test(behind) ? dateIn(day.written) : undefined
  // A day of the week, or the Russian word for a year.
  return place.test(before) || placeInLetters.test(before)
    ? dateIn(day.written + behind)
    : undefined
}
