/** Control characters and non-characters that XML 1.0 forbids (§2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** Halves of surrogate pairs. */
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** Text that may stand in XML and JSON; nothing else is changed. */
export function cleanText(text: string): string {
  const clean = text.replace(forbidden, '')
  return clean.isWellFormed() ? clean : clean.replace(loneSurrogate, '')
}

/** Any run of white space but a single space. */
const unevenBlank = /[^\S ]\s*| \s+/g

/** One line of clean text, without blanks around it. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(unevenBlank, ' ').trim()
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text as HTML that shows it. Quotes stay as they are: this is not for attributes. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, (char) => entities[char] ?? char) : text
}

/** Text as the value of a double-quoted HTML attribute. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;')
}

/** Control characters, line separators, and what turns the direction of text (UAX #9 §2). */
const unprintable = /[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu

/**
 * Text as one line of a terminal or a log. What would colour it, move the cursor, begin another line
 * or turn letters around is shown as an escape.
 */
export function printable(text: string): string {
  return text.replace(
    unprintable,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}
