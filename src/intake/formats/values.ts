/** Checks of values that several formats state in the same way. */
import { toInstant } from '../dates.ts'
import { RejectionError } from '../rejection.ts'

/** Whether a date of RawArticle's shapes exists. */
export function isDate(text: string): boolean {
  return succeeds(() => toInstant(text, 'UTC'), RejectionError)
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Whether it is a BCP 47 tag of a language there is: "turkish" has the form of one. */
export function isLanguage(text: string): boolean {
  return (
    text.trim() !== '' && succeeds(() => languageNames.of(text) ?? noSuchLanguage(), RangeError)
  )
}

function noSuchLanguage(): never {
  throw new RangeError('no such language')
}

/** Whether it is a whole http or https address. */
export function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

/** Whether it goes without the error that says no; any other is a fault of ours. */
function succeeds(attempt: () => unknown, no: new (...args: never[]) => Error): boolean {
  try {
    attempt()
    return true
  } catch (error) {
    if (error instanceof no) return false
    throw error
  }
}
