/** Made-up HTML that parsers read in different ways, and what may be left of it. */
import { absoluteLinks } from '../../src/channels/content-html.ts'
import { changeHtml } from '../../src/html.ts'
import { anchorLink } from '../../src/intake/anchors.ts'
import { safeHtml } from '../../src/intake/safe-html.ts'
import { linkForeignMedia } from '../../src/pages/foreign-media.ts'
import { scrollTables } from '../../src/pages/tables.ts'
import { en } from '../../src/words/en.ts'

/** The same numbers for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

const elements =
  'a abbr article audio b blockquote body br button caption col details div em figure font foreignObject form h1 h4 head hr html i iframe img li maction math mglyph mi mo mrow msup mtext annotation-xml noscript semantics ol p plaintext pre q ruby script section select source span style sub summary svg table tbody td template textarea th time title tr ul video xmp'.split(
    ' ',
  )
const values = [
  '&lt;table &gt;&lt;meta http-equiv=refresh content=0;url=https://evil.example/&gt;',
  '&lt;/table&gt;&lt;h1 onclick=hit()&gt;',
  '&quot;&gt;&lt;img src=x onerror=hit()&gt;',
  '--&gt;&lt;script&gt;hit()&lt;/script&gt;',
  '&amp;quot;&amp;gt;&amp;lt;p onclick=hit()&amp;gt;',
  '&lt;p href=&quot;/x&quot;',
  "' onclick='hit()",
  ' src=&quot;/a',
  'https://other.example/a.png',
  '//other.example/a.png',
  '/media/a.png',
  'java&#10;script:hit()',
  'data:text/html,hit',
  '1',
  '',
]
const names =
  'title alt href src poster lang dir datetime type onclick style class srcset width scope id name xlink:href actiontype encoding'.split(
    ' ',
  )
const texts = [
  'word',
  ' ',
  '&lt;table&gt;',
  '&amp;lt;p&amp;gt;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<',
  '>',
  '&',
  '"',
  '</table>',
  '</p>',
  '</a>',
  '</svg>',
  '</title>',
  '&#0;',
  '\u2028',
]

/** A piece of HTML. @param seed the same piece for the same seed */
export function nastyHtml(seed: number): string {
  const roll = dice(seed)
  const one = (list: readonly string[]) => list[roll(list.length)] ?? ''
  function piece(depth: number): string {
    if (depth > 5 || roll(3) === 0) return one(texts)
    const name = one(elements)
    const attributes = Array.from({ length: roll(4) }, () => ` ${one(names)}="${one(values)}"`)
    const inside = Array.from({ length: roll(4) }, () => piece(depth + 1))
    const end = roll(5) === 0 ? '' : `</${roll(8) === 0 ? one(elements) : name}>`
    return `<${name}${attributes.join('')}>${inside.join('')}${end}`
  }
  return Array.from({ length: 1 + roll(4) }, () => piece(0)).join('')
}

const baseUrl = 'https://news.example'

/** As normalise.ts does it: addresses of ours begin with a slash, those of others are absolute. */
function addressOf(url: string): string | undefined {
  if (url.startsWith('#')) return anchorLink(url)
  if (/^\/(?!\/)/.test(url)) return url
  return URL.canParse(url, baseUrl) ? new URL(url, baseUrl).href : undefined
}

/** What becomes of HTML in a feed and in a page. */
export function rendered(html: string): { feed: string; page: string } {
  const safe = safeHtml(html, addressOf)
  return {
    feed: changeHtml(
      safe,
      absoluteLinks({}, { base: baseUrl, host: baseUrl, page: `${baseUrl}/articles/a` }),
    ),
    page: changeHtml(
      safe,
      linkForeignMedia(en),
      scrollTables(en),
      absoluteLinks({}, { base: '', host: '', page: '' }),
    ),
  }
}

/** Elements and attributes that may be in an article. */
export const allowedElements =
  'p div h2 h3 h4 h5 h6 details summary ul li dl dt dd blockquote pre hr br wbr figure figcaption em strong b i u s sub sup small mark cite q code kbd samp var dfn ins del bdi bdo ruby rt rp table caption colgroup thead tbody tfoot tr a abbr time ol col th td img audio video source'.split(
    ' ',
  )
export const formulaElements =
  'math mi mn mo ms mtext mspace mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mstyle menclose mphantom'.split(
    ' ',
  )
export const allowedAttributes =
  'id open href title lang dir datetime start reversed type span colspan rowspan scope src alt width height controls poster rel class tabindex role aria-label'.split(
    ' ',
  )
/** What an address in href, src or poster may be. */
export const allowedAddress = /^(?:https?:|mailto:|tel:|\/(?!\/)|#_)/
