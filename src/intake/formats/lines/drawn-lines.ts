/** What parts a text that was written for paper, or only makes room in it. */
const block = '(?:p|li|td|th|h[1-6]|figcaption)'
const breaksFirst = new RegExp(`(<${block}(?: [^<>]{0,200})?>)(?:<br ?\\/?>\\s{0,100})+`, 'g')
/** Whole runs are taken, or each end of line would look for the end of its run. */
const breaks = new RegExp(`(?:<br ?\\/?>\\s{0,100})+(<\\/${block}>)?`, 'g')

/** Such as agencies have above what stands below a story. */
const lineOfSigns = /<p\b[^<>]{0,200}>\s{0,100}(?:[_=*–—-]\s{0,3}){3,200}<\/p>/g
const firstLine = new RegExp(`^${lineOfSigns.source}`)
const lastLine = new RegExp(`${lineOfSigns.source}$`)

/** A text with rules for lines of signs, and none at its ends; without what makes room alone. */
export function withRules(html: string): string {
  const text = html.trim().replace(firstLine, '').replace(lastLine, '')
  return withoutBlanks(text.replace(lineOfSigns, '<hr>')).trim()
}

/** HTML without ends of lines at the ends of its paragraphs, and without paragraphs of blanks alone. */
const withoutBlanks = (html: string) =>
  html
    .replace(breaksFirst, '$1')
    .replace(breaks, (whole, end?: string) => end ?? whole)
    .replace(/<p>\s{0,1000}<\/p>/g, '')
