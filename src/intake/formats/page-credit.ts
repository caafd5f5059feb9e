/** The credit of an image on a TRT World page, which stands at the end of its caption. */
import { afterPhoto, isSentence } from './page-words.ts'

export const hasCredit = (line: string) => splitCredit(line).credit !== undefined

/**
 * "Caption / TRT World and Agencies", "Caption / Photo: AA / Others": the credit is what follows
 * the first slash, if it is short enough to be one.
 */
export function splitCredit(line: string) {
  const parts = line.split(/(?:^|\s)\/(?:\s|$)/).map((part) => part.trim())
  const isCredit = (part: string) =>
    part.length <= 60 && part.split(' ').length <= 8 && !isSentence(part)
  const isLoneCredit = afterPhoto(parts[0] ?? '') !== undefined && isCredit(parts[0] ?? '')
  let from = parts.length
  while (from > 1 && isCredit(parts[from - 1] ?? '')) from -= 1
  if (isLoneCredit && from === 1) from = 0
  const caption = parts.slice(0, from).join(' / ')
  const credits = parts.slice(from).map((part) => afterPhoto(part) ?? part)
  const credit = credits.filter((part) => part !== '').join(' / ')
  return { caption: caption || undefined, credit: credit || undefined }
}
