/** Fields of a Word document, whose results stand in its text: links, numbers of pages, tables of contents. */
import { rawText, type XmlNode } from '../../xml-tree.ts'
import { damaged, within } from './word-xml.ts'

/** Where words lead. */
export interface Link {
  readonly address?: string
  /** A place in the document. */
  readonly anchor?: string
}

interface Field {
  instruction: string
  /** Whether its result is made by Word of the rest of the text. Known where that begins, as is the link. */
  isHidden: boolean
  link: Link | undefined
}

/** Lists of what is in the document, with its pages. */
const ofContents = /^\s*(?:TOC|TOA|INDEX)\b/

const longestInstruction = 10_000

/** So many fields may stand within each other. */
const mostOpen = 50

/** Follows fields that begin in one run and end in another, maybe many paragraphs further on. */
export class Fields {
  readonly #open: Field[] = []
  readonly #areClosed: boolean

  /** @param root of the part: where a field in it never ends nothing is hidden, since that would be all that follows */
  constructor(root: XmlNode) {
    const types = [...within(root, new Set(['w:fldChar']))].map(typeOf)
    const count = (type: string) => types.filter((one) => one === type).length
    this.#areClosed = count('begin') === count('end')
  }

  /** Whether what stands here is made by Word of the rest of the text. */
  get isHidden(): boolean {
    return this.#areClosed && this.#open.some((field) => field.isHidden)
  }

  /** Where what stands here leads. */
  get link(): Link | undefined {
    return this.#open.findLast(({ link }) => link)?.link
  }

  /** @param node `w:instrText`, or `w:fldChar`: where a field begins, has its result or ends */
  meet(node: XmlNode): void {
    const type = typeOf(node)
    if (type === 'begin') this.#open.push({ instruction: '', isHidden: false, link: undefined })
    if (this.#open.length > mostOpen)
      throw damaged(`its fields are nested more than ${mostOpen} deep`)
    const field = this.#open.at(-1)
    if (field && node.name === 'w:instrText') field.instruction += rawText(node)
    if (field && type === 'separate') {
      field.isHidden ||= ofContents.test(field.instruction.slice(0, longestInstruction))
      field.link ??= linkIn(field.instruction)
    }
    if (type === 'end') this.#open.pop()
  }
}

const typeOf = ({ attributes }: XmlNode) => attributes['w:fldCharType']

/** What a field of links says: `HYPERLINK "address" \l "place"`. */
export function linkIn(written: string): Link | undefined {
  const instruction = written.slice(0, longestInstruction)
  const [isLink, quoted, bare] =
    /^\s*HYPERLINK\b(?:\s+(?:"([^"]*)"|([^\s\\"]+)))?/.exec(instruction) ?? []
  if (isLink === undefined) return undefined
  const [, anchor] = /\\l\s+"([^"]*)"/.exec(instruction) ?? []
  const address = quoted || bare
  if (address) return { address: anchor ? `${address}#${anchor}` : address }
  return anchor ? { anchor } : undefined
}
