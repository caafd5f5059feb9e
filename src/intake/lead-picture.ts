/** What is said of the lead picture is said of it in the text as well, and the other way round. */
import type { Image } from '../article.ts'
import { type Attributes, type Change, changeHtml, type Pieces } from '../html.ts'
import { pictureKey } from '../same-picture.ts'
import { cleanLine } from '../text.ts'

/** One start tag, end tag or text, to be passed on when it is known what becomes of what is around it. */
type Piece = (next: Pieces) => void

/** A paragraph or a figure that is being read. */
interface Block {
  readonly name: string
  readonly attributes: Attributes
  readonly pieces: Piece[]
  /** Paragraphs and figures that are open in it. */
  depth: number
  hasLead: boolean
  /** How many pieces end with the picture, or with the link around it. */
  leadEnd: number
  /** Whether a link is open; one stands in no other. */
  isInLink: boolean
  /** Whether the link that is open is around the picture. */
  isAroundLead: boolean
  /** Whether there is something else in it than the picture, and links around that. */
  hasOthers: boolean
  caption: string | undefined
  isInCaption: boolean
}

/**
 * @param html safe HTML
 * @param image the lead picture
 * @returns both with what the file says of one of the two: the first time that the text shows the picture, in whatever
 *   size, it has a caption if it has none and the file states one
 */
export function withLeadWords(html: string, image: Image): { html: string; image: Image } {
  if (image.url === undefined || !html.includes('<img')) return { html, image }
  const said: { alt?: string; caption?: string } = {}
  const changed = changeHtml(html, leadWords({ ...image, url: image.url }, said))
  return { html: changed, image: { ...image, ...said, ...wordsOf(image) } }
}

const wordsOf = ({ alt, caption }: Image) => ({ ...(alt && { alt }), ...(caption && { caption }) })

const leadWords =
  (image: Image & { readonly url: string }, said: { alt?: string; caption?: string }): Change =>
  (next) => {
    const key = pictureKey(image.url)
    const words = [image.caption, image.credit].filter((text) => text !== undefined).join(' / ')
    let block: Block | undefined
    let isFound = false

    function pass(piece: Piece): void {
      if (block) block.pieces.push(piece)
      else piece(next)
    }

    function begin(name: string, attributes: Attributes): void {
      const links = { isInLink: false, isAroundLead: false }
      const state = { depth: 1, hasLead: false, leadEnd: 0, hasOthers: false, isInCaption: false }
      block = { name, attributes, pieces: [], ...state, ...links, caption: undefined }
    }

    function meet(attributes: Attributes): void {
      isFound = true
      const alt = cleanLine(attributes.alt ?? '')
      if (alt !== '') said.alt = alt
      const shown = alt === '' && image.alt ? { ...attributes, alt: image.alt } : attributes
      if (block) {
        block.hasLead = true
        block.isAroundLead = block.isInLink
      }
      pass((to) => to.open('img', shown))
      if (block) block.leadEnd = block.pieces.length
      if (!block && words !== '') writeWords(next, 'small')
    }

    /** The words below the picture, as an element that may stand there. */
    function writeWords(to: Pieces, name: string): void {
      to.open(name, {})
      to.text(words)
      to.close(name)
    }

    function end({ name, attributes, pieces, hasLead, leadEnd, hasOthers, caption }: Block): void {
      const stated = cleanLine(caption ?? '')
      if (hasLead && stated !== '') said.caption = stated
      const lacksWords = hasLead && caption === undefined && words !== ''
      const shown = lacksWords && !hasOthers ? 'figure' : name
      next.open(shown, shown === name ? attributes : {})
      const isInLine = lacksWords && shown !== 'figure'
      for (const [at, piece] of pieces.entries()) {
        piece(next)
        if (isInLine && at + 1 === leadEnd) writeWords(next, 'small')
      }
      if (lacksWords && !isInLine) writeWords(next, 'figcaption')
      next.close(shown)
    }

    return {
      open(name, attributes) {
        if (isBlock(name)) {
          if (block) block.depth += 1
          else if (!isFound) return begin(name, attributes)
        }
        if (name === 'a' && block) block.isInLink = true
        if (name === 'figcaption' && block) {
          block.caption ??= ''
          block.isInCaption = true
        } else if (block && name !== 'img' && name !== 'a') block.hasOthers = true
        const isLead = name === 'img' && !isFound && pictureKey(attributes.src ?? '') === key
        if (isLead) meet(attributes)
        else {
          if (block && name === 'img') block.hasOthers = true
          pass((to) => to.open(name, attributes))
        }
      },
      close(name) {
        if (block && name === 'figcaption') block.isInCaption = false
        if (block && isBlock(name)) {
          block.depth -= 1
          if (block.depth === 0) {
            const ended = block
            block = undefined
            return end(ended)
          }
        }
        pass((to) => to.close(name))
        if (block && name === 'a') {
          if (block.isAroundLead) block.leadEnd = block.pieces.length
          block.isInLink = false
          block.isAroundLead = false
        }
      },
      text(text) {
        if (block?.isInCaption) block.caption += text
        else if (block && text.trim() !== '') block.hasOthers = true
        pass((to) => to.text(text))
      },
    }
  }

const isBlock = (name: string) => name === 'p' || name === 'figure'
