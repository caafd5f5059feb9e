/** Letters that keep their look-alikes apart although no mark can be taken off them. */
const lookAlikes: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
}

const hasOtherLetters = /[^\0-\x7F]/
const anyLookAlike = new RegExp(`[${Object.keys(lookAlikes).join('')}]`, 'g')

/**
 * Text as it is indexed and searched: small letters without diacritics, so that Turkiye, TÜRKİYE and
 * Türkiye are one word.
 */
export function fold(text: string): string {
  // Before letters become small: the small form of İ is an i with a dot above it.
  const plain = hasOtherLetters.test(text) ? text.normalize('NFD').replace(/\p{Mn}+/gu, '') : text
  const small = plain.toLowerCase()
  return hasOtherLetters.test(small)
    ? small.replace(anyLookAlike, (letter) => lookAlikes[letter] ?? letter)
    : small
}
