/** What tags say below a picture or a film. */
import { escapeAttribute } from '../../../text.ts'
import type { Parameters } from './shortcode-parameters.ts'
import type { Inline } from './tag-kind.ts'

/** Whose a picture or a film is. HTML. */
export function creditOf(named: Parameters['named'], inline: Inline): string {
  const credit = named('attr', 'attribution', 'credit')
  const link = named('attrlink')
  const words = credit ? inline(credit) : ''
  return words && link ? `<a href="${escapeAttribute(link)}">${words}</a>` : words
}

/** With what is said below it. */
export function withCaption(html: string, named: Parameters['named'], inline: Inline): string {
  const caption = named('caption', 'figcaption')
  const words = [caption && inline(caption), creditOf(named, inline)].filter((part) => !!part)
  return words.length === 0
    ? html
    : `<figure>${html}<figcaption>${words.join(' ')}</figcaption></figure>`
}
