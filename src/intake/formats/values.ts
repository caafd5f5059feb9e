/** Checks of values that several formats state in the same way. */
import { toInstant } from '../dates.ts'
import { RejectionError } from '../rejection.ts'

/** Whether a date of RawArticle's shapes exists. */
export function isDate(text: string): boolean {
  try {
    toInstant(text, 'UTC')
    return true
  } catch (error) {
    if (error instanceof RejectionError) return false
    throw error
  }
}

/** Whether it is a whole http or https address. */
export function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}
