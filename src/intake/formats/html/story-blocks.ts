/** The paragraphs, headings and lists of a story found in a web page, in their order. */
import { cleanLine } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'
import { type Size, sizesIn } from '../lines/page-sizes.ts'

/** A whole stays whatever it says: a quotation, a table, a figure, text that stands beside blocks. */
export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'list' | 'whole'
  /** Of text beside blocks what they stand in. */
  readonly element: Element
  /** Empty where that is long, as only lines are told by what they say. */
  readonly text: string
  /** Characters without blanks, and those of them in links. */
  readonly size: number
  readonly linked: number
}

const named = (names: string) => new Set(names.split(','))
const blockNames = named(
  'address,article,aside,center,dd,div,dt,fieldset,footer,h1,h2,h3,h4,h5,h6,header,hr,li,main,nav,p,section',
)
const headingNames = named('h1,h2,h3,h4,h5,h6')
const listNames = named('ul,ol,dl')
const wholeNames = named('blockquote,details,figure,form,pre,table')
const mediaNames = named('audio,embed,iframe,img,math,object,picture,svg,video')
const media = [...mediaNames].join()

const longestLine = 400

/** What an element has in it; words stand for pictures too. */
type Found = 'nothing' | 'words' | 'blocks'

/** The innermost blocks that have something in them, and lists and wholes that are not most of the story. */
export function blocksOf(story: Element): Block[] {
  const sizeOf = sizesIn(story)
  const most = sizeOf(story).text / 2
  const blocks: Block[] = []
  function visit(element: Element): Found {
    const name = element.localName
    if (mediaNames.has(name)) return 'words'
    const isWhole = wholeNames.has(name)
    if ((isWhole || listNames.has(name)) && sizeOf(element).text <= most) {
      blocks.push(blockOf(element, isWhole ? 'whole' : 'list', sizeOf(element)))
      return 'blocks'
    }
    const before = blocks.length
    const found = visitAll(element)
    if (found === 'blocks') return found
    blocks.length = before
    if (!blockNames.has(name)) return found
    const kind = headingNames.has(name) ? 'heading' : 'paragraph'
    if (found === 'words') blocks.push(blockOf(element, kind, sizeOf(element)))
    return 'blocks'
  }
  function visitAll(parent: Element): Found {
    let found: Found = 'nothing'
    let beside: Block | undefined
    for (const node of parent.childNodes) {
      const isElement = node.nodeType === 1
      const text = node.nodeType === 3 ? sizeOfText(node.textContent) : 0
      const inner = isElement ? visit(node as Element) : text > 0 ? 'words' : 'nothing'
      if (inner === 'nothing') continue
      if (found !== 'blocks') found = inner
      const size = (beside?.size ?? 0) + (isElement ? sizeOf(node as Element).text : text)
      if (beside && inner === 'words') blocks.pop()
      beside =
        inner === 'words'
          ? { kind: 'whole', element: parent, text: '', size, linked: 0 }
          : undefined
      if (beside) blocks.push(beside)
    }
    return found
  }
  visit(story)
  return blocks
}

function blockOf(element: Element, kind: Block['kind'], { text: size, linked }: Size): Block {
  const text = size <= longestLine ? cleanLine(element.textContent) : ''
  return { kind, element, text: text.length <= longestLine ? text : '', size, linked }
}

const sizeOfText = (text: string) => text.replace(/\s+/g, '').length

/** Whether it shows a picture, a film or a formula. */
export const hasMedia = ({ element }: Block) => element.querySelector(media) !== null
