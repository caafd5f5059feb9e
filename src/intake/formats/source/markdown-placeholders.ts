/** `<name>` where a writer means that something else is to stand there: a browser would show nothing. */
import type { MarkdownIt, Token } from 'markdown-it'
import { escapeText, wordSet } from '../../../text.ts'
import { isOfFormula } from '../../formulas.ts'

/** Elements of HTML, former ones too, of SVG and of MathML: these are no words. */
const elementNames = wordSet(
  'a abbr acronym address annotation applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button ' +
    'canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt element em embed ' +
    'fencedframe fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image ' +
    'img input ins isindex kbd keygen label legend li link listing main map mark marquee menu menuitem meta meter multicol nav nextid ' +
    'nobr noembed noframes noscript object ol optgroup option output p param picture plaintext portal pre progress q rb rbc rp rt rtc ' +
    'ruby s samp script search section select shadow slot small source spacer span strike strong style sub summary sup svg table tbody ' +
    'td template textarea tfoot th thead time title tr track tt u ul var video wbr xml xmp ' +
    'animate animatemotion animatetransform circle clippath cursor defs desc ellipse feblend fecolormatrix fecomposite feflood filter ' +
    'fegaussianblur feimage femerge femergenode femorphology feoffset fetile feturbulence foreignobject g glyph line lineargradient ' +
    'marker mask metadata mpath path pattern polygon polyline radialgradient rect set stop switch symbol text textpath tref tspan use ' +
    'view maction maligngroup malignmark menclose merror mfenced mglyph mlongdiv mpadded ms mscarries mscarry msgroup msline mstack ' +
    'mlabeledtr semantics',
)

const isElement = (name: string) => elementNames.has(name) || isOfFormula(name)

/** Names of elements that end anywhere in a text, in small letters. */
export const closedNames = (text: string): ReadonlySet<string> =>
  new Set(Array.from(text.matchAll(/<\/([a-z][\w.-]*)/gi), ([, name = '']) => name.toLowerCase()))

const bareTag = /<([a-z][a-z\d-]*)\s*>/gi

/** Makes words of tags that name no element and have neither an end nor attributes. */
function showPlaceholders(tokens: readonly Token[], closed: ReadonlySet<string>): void {
  for (const token of tokens) {
    if (token.children) showPlaceholders(token.children, closed)
    if (!token.type.startsWith('html_') || token.content.startsWith('<!')) continue
    token.content = token.content.replace(bareTag, (written, name: string) =>
      isElement(name.toLowerCase()) || closed.has(name.toLowerCase())
        ? written
        : escapeText(written),
    )
  }
}

export function placeholders(markdownIt: MarkdownIt): void {
  markdownIt.core.ruler.push('placeholders', ({ src, tokens }) =>
    showPlaceholders(tokens, closedNames(src)),
  )
}
