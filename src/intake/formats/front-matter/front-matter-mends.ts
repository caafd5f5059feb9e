/** What people mean by YAML that is none: text that needs quotes, where nothing else can be meant. */
import { keyLine } from './front-matter.ts'
import { fieldOf } from './front-matter-keys.ts'

interface Fault {
  readonly code: string
  /** 1-based, of the text. */
  readonly line: number
}

/** Indent, key and what stands behind it, or an item of a list. */
const keyed = /^(\s*(?:- +)?[^\s:#'"[{][^:]*:)([ \t]*)(\S.*)$/
const item = /^(\s*-)( +)(\S.*)$/

/** Of a text in quotes, or of what stands in brackets, so many lines are looked at. */
const mostLines = 50

/** What begins a value in quotes or brackets: the end of a key or of an item's mark. */
const beforeValue =
  /^[ \t]*(?:- +)*(?:(?:"[^"\n]*"[ \t]*|'[^'\n]*'[ \t]*|[^\s:#'"[{-][^:\n]*):[ \t]+)?(?=["'[{])/
const quotedText = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'/y
/** Within brackets: text in quotes where one may begin, a comment, or a bracket. */
const bracketOrText =
  /(?<=[[{,:\s])(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')|(?<=\s)#[^\n]*|[[\]{}]/g

/** The text with quotes around values of the lines that are at fault; the same where that is no help. */
export function mended(text: string, faults: readonly Fault[]): string {
  const written = text.split('\n')
  const lines = indentOpen(written)
  // What looked like a fault below may be none then.
  if (lines.some((line, at) => line !== written[at])) return lines.join('\n')
  if (faults.some(({ code }) => code === 'MISSING_CHAR')) closeQuotes(lines)
  // One line may have thousands of faults, and to quote it twice would be wrong.
  const codes = new Map(faults.toReversed().map(({ code, line }) => [line - 1, code]))
  for (const [at, code] of codes) {
    const line = lines[at] ?? ''
    if (code === 'TAB_AS_INDENT') {
      lines[at] = line.replace(/^[ \t]+/, (blanks) => blanks.replaceAll('\t', '  '))
    } else if (code !== 'MISSING_CHAR') lines[at] = withQuotes(line)
  }
  return lines.join('\n')
}

/**
 * Lines of a text in quotes, or of a list or table in brackets, may stand as far left as their key and look like keys, for what
 * most systems read YAML with (libyaml, go-yaml, js-yaml), though not by the letter of YAML 1.2.
 */
function indentOpen(lines: readonly string[]): string[] {
  const indented = [...lines]
  let passed = 0
  for (const [at, line] of lines.entries()) {
    const start = at < passed ? undefined : beforeValue.exec(line)?.[0]
    if (start === undefined) continue
    const text = lines.slice(at, at + mostLines).join('\n')
    const end = endOfOpen(text, start.length)
    if (end === undefined) continue
    const within = text.slice(0, end).split('\n').slice(1)
    // A quote that closes keys' texts below is another's: `title: 'The ferry` lacks its own.
    if (!/[[{]/.test(text.charAt(start.length)) && within.some(isKey)) continue
    passed = at + within.length + 1
    const blanks = ' '.repeat((/^[ \t]*(?:- +)*/.exec(start)?.[0].length ?? 0) + 1)
    for (let below = at + 1; below < passed; below += 1) {
      const more = lines[below] ?? ''
      if (more.trim() !== '' && !more.startsWith(blanks))
        indented[below] = blanks + more.trimStart()
    }
  }
  return indented
}

/** Rather than a part of a text that has a colon: of one word, or known. */
function isKey(line: string): boolean {
  const key = keyLine.exec(line)?.[1]
  return key !== undefined && (!key.includes(' ') || fieldOf(key) !== undefined)
}

/** Where what begins there in quotes or brackets ends; undefined where it does not, or where more follows on its last line. */
function endOfOpen(text: string, start: number): number | undefined {
  const end = /["']/.test(text.charAt(start)) ? endOfText(text, start) : endOfBrackets(text, start)
  return end !== undefined && /^[ \t]*(?:#.*)?(?:\n|$)/.test(text.slice(end)) ? end : undefined
}

function endOfText(text: string, start: number): number | undefined {
  quotedText.lastIndex = start
  return quotedText.test(text) ? quotedText.lastIndex : undefined
}

function endOfBrackets(text: string, start: number): number | undefined {
  let depth = 0
  bracketOrText.lastIndex = start
  for (let found = bracketOrText.exec(text); found; found = bracketOrText.exec(text)) {
    if (/^[[{]/.test(found[0])) depth += 1
    else if (/^[\]}]/.test(found[0])) depth -= 1
    if (depth === 0) return bracketOrText.lastIndex
  }
  return undefined
}

function withQuotes(line: string): string {
  const [, start, blank, value = ''] = keyed.exec(line) ?? item.exec(line) ?? []
  if (start === undefined) return line
  // `title:The headline`; an address such as https://… is no key.
  if (blank === '') return value.startsWith('//') ? line : `${start} ${value}`
  // A tag that gives a type, as in !!binary, is meant as one; {{ a template }} was never filled in.
  if (value.startsWith('!!') || value.startsWith('{')) return line
  const list = /^\[([^"'[\]{}]*)\]$/.exec(value)?.[1]
  if (list !== undefined) {
    const items = list
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
    return `${start} [${items.map((one) => JSON.stringify(one)).join(', ')}]`
  }
  if (value.startsWith('[') && !/\]\s*\S/.test(value)) return line
  return `${start} ${JSON.stringify(unquoted(value.trimEnd()))}`
}

/**
 * `'It's here'` has one pair of quotes around it and one sign within; `"One" and "two"` has two pairs. A sign
 * that a blank follows has ended something.
 */
function unquoted(value: string): string {
  const [quote = ''] = value
  if (!/["']/.test(quote) || value.length < 2 || !value.endsWith(quote)) return value
  const inner = value.slice(1, -1)
  const sign = inner.indexOf(quote)
  const isWithin = sign === -1 || /[^\s.,;:!?]/.test(inner.charAt(sign + 1))
  return isWithin ? inner : value
}

/** Texts whose quote is open at the end of their line, with a key or nothing below it, are closed there. */
function closeQuotes(lines: string[]): void {
  for (const [at, line] of lines.entries()) {
    const [, start, , value = ''] = keyed.exec(line) ?? []
    const [quote = ''] = value
    if (start === undefined || !/["']/.test(quote) || value.split(quote).length !== 2) continue
    const below = lines[at + 1] ?? ''
    const isLast = below.trim() === '' || /^[\w-]+:(\s|$)/.test(below)
    if (isLast) lines[at] = `${start} ${JSON.stringify(value.slice(1).trimEnd())}`
  }
}
