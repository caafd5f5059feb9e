/** What a tag becomes, where it stands. */
import { destinationAround } from '../source/link-destinations.ts'
import { pictureInOrder } from './picture-tags.ts'
import { htmlOfData } from './shortcode-data.ts'
import { htmlOfInclude, htmlOfTag, includedTag, isKnownTag } from './shortcode-kinds.ts'
import type { Parameters } from './shortcode-parameters.ts'
import { isQuote, losesWords, wholeQuote, wordsAlone, wordsInLine } from './shortcode-words.ts'
import type { Expansion, Tag } from './tag-expansion.ts'
import { addressOfTag, fileOfTag, linkOfTag } from './tag-links.ts'
import { aboveText, creditOf, endOfText, putQuote, withinPicture } from './tag-text.ts'
import { verbatimText } from './verbatim-tags.ts'

/** Whether a tag puts another file in its place. @param name in small letters */
export const isInclude = (name: string) =>
  /^(?:include(?:_relative|_cached)?|render|partial)$/.test(name)

/** @returns where to go on */
export function putTag(expansion: Expansion, tag: Tag): number {
  const { text, rewriting, ends, inline } = expansion
  const { name, parameters, start, end } = withinPicture(expansion, tag)
  const after = putVerbatim(expansion, tag)
  if (after !== undefined) return after
  const address = addressOfTag(name, parameters)
  if (address !== undefined) return rewriting.put(start, end, address)
  const known = isInclude(name)
    ? htmlOfInclude(parameters, inline)
    : (htmlOfTag(name, parameters, inline) ?? pictureInOrder(name, parameters, inline))
  const destination = destinationAround(text, start, rewriting.done())
  const value = name === 'param' ? valueOfSite(expansion, parameters) : undefined
  if (value !== undefined) return rewriting.put(start, end, value)
  const file = destination && fileOfTag(parameters)
  if (file !== undefined) return rewriting.put(start, end, file)
  const hasEnd = ends.of(start) !== undefined
  const mayBePart = known === undefined || (known === '' && isInclude(name))
  const part = mayBePart && !hasEnd ? expansion.putPart(name, parameters) : undefined
  if (part !== undefined) {
    return destination && !/\s/.test(part)
      ? rewriting.put(start, end, part)
      : rewriting.putHtml(start, end, part)
  }
  const [quote, stated] = isInclude(name) ? includedTag(parameters) : [name, parameters]
  const quotation =
    isQuote(quote) && !hasEnd && !destination
      ? wholeQuote(quote, stated, inline, rewriting.isAlone(start, end))
      : ''
  if (quotation !== '') return rewriting.putHtml(start, end, quotation)
  if (known !== undefined) {
    const below = isQuote(name) ? creditOf(expansion, tag) : ''
    return below === ''
      ? rewriting.putHtml(start, end, known)
      : putQuote(expansion, tag, known, below)
  }
  const included = isInclude(name) ? ` ${parameters.inOrder[0] ?? ''}` : ''
  const tellLoss = () => expansion.tell(`${name}${included}`.trim(), start)
  if (destination?.isLink) {
    tellLoss()
    return rewriting.put(destination.start, destination.end, destination.nowhere)
  }
  if (hasEnd) {
    const above = aboveText(expansion, tag)
    const below = creditOf(expansion, tag)
    if (losesWords(tag.rest, above + below, inline)) tellLoss()
    return putQuote(expansion, tag, above, below)
  }
  const link = linkOfTag(parameters)
  if (link !== '') return rewriting.putHtml(start, end, link)
  tellLoss()
  const said = rewriting.isAlone(start, end) ? wordsAlone : wordsInLine
  const words = said(parameters, inline)
  return words === '' ? rewriting.drop(start, end) : rewriting.putHtml(start, end, words)
}

/** `{{< param phone >}}`: of the front matter, or else of the site's configuration. */
const valueOfSite = ({ scope }: Expansion, { inOrder: [name = ''] }: Parameters) =>
  scope.value(`params.${name}`) ?? scope.value(`site.${name}`)

/** A tag whose text has no Markdown in it. @returns undefined where it is none */
function putVerbatim(expansion: Expansion, tag: Tag): number | undefined {
  const { text, rewriting } = expansion
  const { name, parameters, rest, start } = tag
  const found = isKnownTag(name) ? undefined : endOfText(expansion, tag)
  if (!found) return undefined
  const { end } = found
  const inside = text.slice(tag.end, found.start)
  const place = { text, start, end, rest }
  const verbatim = verbatimText(name, parameters, inside, place)
  if (verbatim !== undefined) return rewriting.put(start, end, verbatim)
  const html = htmlOfData(name, inside, expansion.inline)
  if (html === undefined) return undefined
  if (html !== '') return rewriting.putHtml(start, end, html)
  expansion.tell(name, start)
  return rewriting.drop(start, end)
}
