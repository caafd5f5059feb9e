/** What people mean by YAML that is none: text that needs quotes, where nothing else can be meant. */

interface Fault {
  readonly code: string
  /** 1-based, of the text. */
  readonly line: number
}

/** Indent, key and what stands behind it, or an item of a list. */
const keyed = /^(\s*(?:- +)?[^\s:#'"[{][^:]*:)([ \t]*)(\S.*)$/
const item = /^(\s*-)( +)(\S.*)$/

/** Of a text in quotes that goes on over several lines, so many are looked at. */
const mostLines = 50

/** The text with quotes around values of the lines that are at fault; the same where that is no help. */
export function mended(text: string, faults: readonly Fault[]): string {
  const lines = text.split('\n')
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

/**
 * Texts whose quote is open at the end of their line: with a key below it is closed there; where lines that are not
 * indented follow, they are.
 */
function closeQuotes(lines: string[]): void {
  for (const [at, line] of lines.entries()) {
    const [, start, , value = ''] = keyed.exec(line) ?? []
    const [quote = ''] = value
    if (start === undefined || !/["']/.test(quote) || value.split(quote).length !== 2) continue
    const below = lines.slice(at + 1, at + mostLines)
    const isNext = (one: string) => one.trim() === '' || /^[\w-]+:(\s|$)/.test(one)
    const after = below.findIndex(isNext)
    const text = after === -1 ? below : below.slice(0, after)
    if (text.length === 0) lines[at] = `${start} ${JSON.stringify(value.slice(1).trimEnd())}`
    else if (text.at(-1)?.trimEnd().endsWith(quote)) {
      for (const [index, one] of text.entries()) lines[at + 1 + index] = `  ${one.trimStart()}`
    }
  }
}
