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
