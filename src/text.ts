import { attempt } from './attempt.ts'

/**
 * Control characters and non-characters that XML 1.0 forbids (§2.2), and those of C1, which nobody writes, but programs that
 * take windows-1252 for Latin-1.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const unmeant = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u0080-\u009F\uFFFE\uFFFF]/g

/** Halves of surrogate pairs. */
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** What the bytes 0x80 to 0x9F mean in windows-1252, as HTML reads `&#146;` too; five mean nothing. */
const windows1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'

function meaningOf(char: string): string {
  // Breaks of lines and pages part words.
  if (char === '\v' || char === '\f') return ' '
  return windows1252.charAt(char.charCodeAt(0) - 0x80).replace('\0', '')
}

/**
 * Text that may stand in XML and JSON, with C1 control characters as what was meant, and a blank for what parts words
 * and may not; nothing else is changed.
 */
export function cleanText(text: string): string {
  const clean = text.replace(unmeant, meaningOf)
  return clean.isWellFormed() ? clean : clean.replace(loneSurrogate, '')
}

/** Any run of white space but a single space. */
const unevenBlank = /[^\S ]\s*| \s+/g

/** Whether anything of a text shows, and not only blanks, joiners, soft hyphens and the like. */
const isVisible = (text: string) => /[^\p{Cc}\p{Cf}\p{Z}]/u.test(text)

/** One line of clean text, without blanks around it, whose directions end with it; empty where nothing shows. */
export function cleanLine(text: string): string {
  const line = endDirections(cleanText(text)).replace(unevenBlank, ' ').trim()
  return isVisible(line) ? line : ''
}

/** Begin an embedding or an isolate (Unicode Bidirectional Algorithm, UAX #9 §2), and what ends it. */
const directionEnds: Readonly<Record<string, string>> = {
  '\u202a': '\u202c',
  '\u202b': '\u202c',
  '\u2066': '\u2069',
  '\u2067': '\u2069',
  '\u2068': '\u2069',
}
const directions = /[\u202a-\u202e\u2066-\u2069]/g

/**
 * Embeddings and isolates that were not ended are ended, and ends of nothing are taken away, so that
 * a name does not turn the words around it. Overrides go: they show letters in the wrong order.
 */
function endDirections(text: string): string {
  if (text.search(directions) === -1) return text
  /** The ends that are due, the innermost last; '' for that of an override. */
  const due: string[] = []
  const clean = text.replace(directions, (mark) => {
    const end = directionEnds[mark]
    if (end !== undefined || mark === '\u202d' || mark === '\u202e') {
      due.push(end ?? '')
      return end === undefined ? '' : mark
    }
    // The end of an isolate ends what began within it; that of an embedding does not reach out of one.
    const begun = mark === '\u2069' ? due.lastIndexOf(mark) : due.length - 1
    if (begun === -1 || (mark === '\u202c' && due[begun] === '\u2069')) return ''
    const [first = ''] = due.splice(begun)
    return first
  })
  return clean + due.reverse().join('')
}

/** A set from words with blanks between them. */
export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u))

/** Made when it is first used: that takes some 15 ms. */
let languageNames: Intl.DisplayNames | undefined

/** Whether it is a BCP 47 tag of a language there is: "turkish" has the form of one. */
export function isLanguage(text: string): boolean {
  languageNames ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  const names = languageNames
  // What has not even the form of one is a RangeError.
  return attempt(() => names.of(text)) !== undefined
}

/** `rtl` for Arabic, Hebrew and their like. @param language BCP 47 */
export const directionOf = (language: string): string =>
  new Intl.Locale(language).getTextInfo().direction ?? 'ltr'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text as HTML that shows it. Quotes stay as they are: this is not for attributes. */
export const escapeText = (text: string) => text.replace(/[&<>]/g, (char) => entities[char] ?? char)

/** Text as the value of a double-quoted HTML attribute. */
export const escapeAttribute = (text: string) => escapeText(text).replaceAll('"', '&quot;')

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

/**
 * A copy of well-formed text. What is cut out of a longer text keeps all of that in memory: of an
 * address that is remembered, that would be whatever stood after it.
 */
export const copied = (text: string) => Buffer.from(text, 'utf8').toString('utf8')

/** A sentence with its full stop, which a name at its end may have. */
export const ended = (text: string) => (text.endsWith('.') ? text : `${text}.`)
