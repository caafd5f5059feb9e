/** Which elements an article has, and what becomes of others. */
import { droppedInFormulas, formulaElements, renamedInFormulas } from './formulas.ts'

/** Elements an article is made of, and what each may carry besides `id`, `lang` and `dir`. */
export const elements: Readonly<Record<string, string[]>> = {
  ...withoutAttributes('p div ul dl dt dd blockquote pre hr br wbr figure figcaption summary'),
  // Those of the first level are put a level down once it is known which of them stay.
  ...withoutAttributes('h1 h2 h3 h4 h5 h6'),
  ...withoutAttributes('em strong b i u s sub sup small mark cite q code kbd samp var dfn ins del'),
  ...withoutAttributes('bdi bdo ruby rt rp table caption colgroup thead tbody tfoot tr'),
  details: ['open'],
  a: ['href', 'title'],
  abbr: ['title'],
  time: ['datetime'],
  li: ['value'],
  ol: ['start', 'reversed', 'type'],
  col: ['span'],
  th: ['colspan', 'rowspan', 'scope', 'align'],
  td: ['colspan', 'rowspan', 'align'],
  img: ['src', 'alt', 'title', 'width', 'height'],
  audio: ['src', 'controls'],
  video: ['src', 'poster', 'controls', 'width', 'height'],
  source: ['src', 'type'],
  ...formulaElements,
}

function withoutAttributes(names: string): Record<string, string[]> {
  return Object.fromEntries(names.split(' ').map((name) => [name, []]))
}

/** What is inside these is not the story, or is markup that browsers read in other ways than we do. */
export const droppedWithContent = [
  ...(
    'script style textarea noscript iframe object embed applet svg template title xmp plaintext ' +
    'noembed noframes select option optgroup datalist button canvas frameset'
  ).split(' '),
  ...droppedInFormulas,
]

/** Blocks that only lay out a page; as `div` their words do not run into their neighbours'. */
const layoutBlocks =
  'section article main header footer aside nav address hgroup center dialog form fieldset search'.split(
    ' ',
  )

export const renamed: Readonly<Record<string, string>> = {
  ...Object.fromEntries(layoutBlocks.map((name) => [name, 'div'])),
  legend: 'p',
  strike: 's',
  tt: 'code',
  menu: 'ul',
  dir: 'ul',
  listing: 'pre',
  ...renamedInFormulas,
}

/** Tags that stay, or go with what is in them. */
export const staysInPlace = new Set([...Object.keys(elements), ...droppedWithContent])
