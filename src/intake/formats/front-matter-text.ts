/** Text of front matter that programs have written as HTML, for people to read. */

/** What exporters of WordPress write for signs of typography and of HTML; others stay as they are. */
const references: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
}
const reference = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi

/** Tags within a line. Of others somebody may be writing: "What is <main>?" */
const tag = /<\/?(?:a|abbr|b|cite|code|em|i|mark|p|small|span|strong|u)(?:\s[^<>]*)?>|<br *\/?>/gi

/** Without tags, if one of them ends: `the <code> element` has a word in it. References become their signs, once. */
export function plainText(text: string): string {
  const words = /<\/|<br/i.test(text) ? text.replace(tag, '') : text
  return words.replace(reference, (all, decimal?: string, hexadecimal?: string, name = '') => {
    if (!decimal && !hexadecimal) return references[name] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
