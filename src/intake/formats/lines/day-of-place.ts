/** The day that a line gives beside the place where it was written. */
import { daysWithin } from './date-in-text.ts'
import { dateIn } from './written-date.ts'

const name = String.raw`\p{Lu}[\p{L}\p{M}.'’-]*`
const place = new RegExp(
  `^${name}(?: \\p{L}[\\p{L}\\p{M}.'’-]*){0,3}(?:, ${name}(?: ${name})?)?,?(?: [–—-])? (?:(?:den|le|el|il|on|am) )?$`,
  'u',
)
const placeBehind = new RegExp(`^, ${name}(?: ${name}){0,3}$`, 'u')

/** `Berlin, 1. Mai 2024`, `May 1, 2024, New York`, `Munich – May 1, 2024.` @returns the day as RawArticle has it */
export function dayOfPlace(words: string): string | undefined {
  const [day, ...others] = daysWithin(words)
  if (!day || others.length > 0) return undefined
  const before = words.slice(0, day.index)
  const behind = words.slice(day.index + day.written.length).replace(/^\.$/, '')
  const isPlaced = before === '' ? placeBehind.test(behind) : behind === '' && place.test(before)
  return isPlaced ? dateIn(day.written) : undefined
}
