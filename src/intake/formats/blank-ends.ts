/** What only makes room in a text that was written for paper. */
const block = '(?:p|li|td|th|h[1-6]|figcaption)'
const breaksFirst = new RegExp(`(<${block}(?: [^<>]{0,200})?>)(?:<br ?\\/?>\\s{0,100})+`, 'g')
const breaksLast = new RegExp(`(?:<br ?\\/?>\\s{0,100})+(?=<\\/${block}>)`, 'g')

/** HTML without ends of lines at the ends of its paragraphs, and without paragraphs of blanks alone. */
export const withoutBlanks = (html: string) =>
  html
    .replace(breaksFirst, '$1')
    .replace(breaksLast, '')
    .replace(/<p>\s{0,1000}<\/p>/g, '')
