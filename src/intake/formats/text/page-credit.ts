/** Caption and credit of an image on a TRT World page, in the ways its layouts have had. */
import { isAgencies, undoubled, unique } from '../lines/page-names.ts'
import { afterPhoto, hasMoreWords, isSentence } from '../lines/page-words.ts'

interface Credited {
  readonly caption: string
  /** Empty where there is none. */
  readonly credit: string
}

/** What TRT has where there is no caption: words of its forms, and names of files. */
const placeholder = /^(?:stk )?thumbnail$|^stk\b.{0,20}$/i

const longestCaption = 4000
const longestCredit = 80

/** Whether a line ends in a credit, or is one. */
export const hasCredit = (line: string) => readCredit(line).credit !== ''

/** Whether a line can be nothing but a caption: its credit is "Photo: …", or names an agency. */
export function isCaption(line: string): boolean {
  const { caption, credit } = readCredit(line)
  if (caption === '' || caption === line) return false
  const isStated = line.slice(caption.length).split(betweenCredits).some(isPhoto)
  return isStated || credit.split(' / ').some(isAgencies)
}

const isPhoto = (part: string) => afterPhoto(part.trim()) !== undefined

/** Where the lines of a caption begin: at one with a credit, or one that is repeated; -1 where there are none. */
export const findCaption = (lines: readonly string[]) =>
  lines.findIndex(
    (line, at) =>
      hasCredit(line) || lines.slice(at + 1, at + 3).some((next) => repeats(next, line)),
  )

/** Where the lines of a caption end that begins at `from`: what is no more than a credit or said before belongs to it. */
export function endOfCaption(lines: readonly string[], from: number): number {
  let end = from + 1
  while (end < lines.length && isOfCaption(lines[end] ?? '', lines.slice(from, end))) end += 1
  return end
}

const isOfCaption = (line: string, before: readonly string[]) =>
  readCredit(line).caption === '' || before.some((other) => repeats(line, other))

/** Whether a line says what another says, and a credit at most besides. */
function repeats(line: string, other: string): boolean {
  const { caption } = readCredit(other)
  return caption !== '' && line.startsWith(caption) && readCredit(line).caption === caption
}

/**
 * Reads the lines of a caption. A page may say it twice, with and without its credit, which may
 * stand on a line of its own.
 */
export function readCaption(lines: readonly string[]) {
  const rows = joined(lines).map(readCredit)
  const captions = unique(rows.map((row) => row.caption)).filter((text) => !placeholder.test(text))
  const credits = unique(rows.flatMap((row) => row.credit.split(' / ')))
  const named = credits.filter((name) => !isNobody(name))
  return {
    caption: captions.join(' ') || undefined,
    credit: (named.length > 0 ? named : credits).join(' / ') || undefined,
  }
}

/** "The caption /", and the credit on the next line. */
function joined(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.endsWith(' /'))) return lines
  const rows: string[] = []
  for (const line of lines) {
    const last = rows.at(-1)
    if (last?.endsWith(' /')) rows[rows.length - 1] = `${last} ${line}`
    else rows.push(line)
  }
  return rows
}

/** What TRT writes for whom it has no name for; beside a name it says nothing. */
const isNobody = (credit: string) => /^(?:others?|autres|otros)$/i.test(credit)

/** A slash between blanks; before "Photo: " either may be missing, and both below the end of a sentence. */
const betweenCredits =
  /(?:^|\s)\/(?=\s|$|[^\s/:]+(?: [^\s/:]+)?:)|(?<=[.!?"”])\/(?=[^\s/:]+(?: [^\s/:]+)?:)|\/(?=\s[^\s/:]+(?: [^\s/:]+)?:)/

/** "Caption (AFP)", "Caption (MIRA ONAL / Reuters)" */
function creditInBrackets(line: string): Credited | undefined {
  const bare = line.endsWith('.') ? line.slice(0, -1) : line
  const open = bare.endsWith(')') ? bare.lastIndexOf('(') : -1
  if (open <= 0) return undefined
  const credit = bare.slice(open + 1, -1).trim()
  if (credit.length > longestCredit) return undefined
  const agencies = credit.slice(credit.lastIndexOf(' / ') + 1).replace(/^\/ /, '')
  if (!isAgencies(agencies)) return undefined
  return { caption: bare.slice(0, open).trim(), credit }
}

/** "A caption. Photo: AA" */
function creditBehind(line: string): Credited | undefined {
  const start = Math.max(0, line.length - longestCredit)
  if (line.lastIndexOf(':') < start) return undefined
  const found = /[.!?]["'”’»)]?\s+(?=[^\s.!?:]+(?: [^\s.!?:]+)?:\s?\S[^.!?:]*$)/u.exec(
    line.slice(start),
  )
  const end = found ? start + found.index + found[0].length : 0
  const credit = end > 0 ? afterPhoto(line.slice(end)) : undefined
  return credit ? { caption: line.slice(0, end).trim(), credit } : undefined
}

/**
 * "Caption / TRT World and Agencies", "Caption / Photo: AA / Others": the credit is what follows
 * the first slash, if it is short enough to be one. "Caption (AFP)": agencies in brackets at the end.
 */
function readCredit(line: string): Credited {
  if (line.length > longestCaption) return { caption: line, credit: '' }
  const atEnd = creditInBrackets(line) ?? creditBehind(line)
  if (atEnd) return atEnd
  const parts = line.includes('/') ? line.split(betweenCredits).map((part) => part.trim()) : [line]
  let from = parts.length
  while (from > 1 && isCredit(parts[from - 1] ?? '')) from -= 1
  if (from === 1 && isLoneCredit(parts[0] ?? '')) from = 0
  if (from === parts.length) return { caption: parts.join(' / '), credit: '' }
  return {
    caption: parts.slice(0, from).join(' / '),
    credit: unique(parts.slice(from).map(nameOf)).join(' / '),
  }
}

/** Short enough for one. */
const isCredit = (part: string) => part.length <= 60 && !hasMoreWords(part, 8) && !isSentence(part)

/** Whether a line is a credit and nothing else, by what it says. */
function isLoneCredit(line: string): boolean {
  const once = undoubled(line) ?? line
  return isCredit(once) && (afterPhoto(once) !== undefined || isAgencies(once))
}

function nameOf(credit: string): string {
  const once = undoubled(credit) ?? credit
  return afterPhoto(once) ?? once
}
