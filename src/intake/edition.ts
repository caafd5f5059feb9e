import { type Edition, unnumbered } from '../article.ts'
import { cleanLine } from '../text.ts'
import type { Note } from './note.ts'
import type { RawEdition } from './raw-article.ts'
import { toInstant } from './stated-date.ts'

/** Of a file by which its agency has canceled or withholds its story. */
export const canceled: Note = { text: 'it is canceled or withheld by its agency' }

/** As many characters as a guid may have. */
const longestStory = 1000

/** Later than anything: a withdrawal that does not say when it was made counts as long as it is there. */
const always = 8_640_000_000_000_000

/** @returns undefined where it cannot be known which other files are versions of the same story */
export function editionOf(
  raw: RawEdition | undefined,
  timeZone: string,
  isWithdrawn = false,
): Edition | undefined {
  const story = cleanLine(raw?.story ?? '')
  if (!raw || story === '' || story.length > longestStory) return undefined
  const { made, isDatedAnew } = raw
  const stated = raw.version ?? { version: isWithdrawn ? unnumbered : 1 }
  const unmade = stated.version === unnumbered ? always : 0
  return {
    story,
    ...stated,
    made: made === undefined ? unmade : Date.parse(toInstant(made, timeZone)),
    ...(isDatedAnew && { isDatedAnew }),
  }
}
