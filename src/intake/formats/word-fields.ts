/** Fields of a Word document, whose results stand in its text: links, numbers of pages, tables of contents. */
import { child, damaged, isOn, within } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

interface Field {
  readonly begin: XmlNode
  instruction: string
  hasResult: boolean
  link: Link | undefined
}

export interface Link {
  readonly address?: string
  /** A place in the document. */
  readonly anchor?: string
}

/** Lists of what is in the document, with its pages; and entries of these. */
const ofContents = /^\s*(?:TOC|TOA|INDEX|XE|TC|TA|RD)\b/

/** An instruction is short; a field that is not closed would take in all that follows. */
const longestInstruction = 10_000

/** So many fields may stand within each other. */
const mostOpen = 50

/** Follows fields that begin in one run and end in another, maybe many paragraphs further on. */
export class Fields {
  readonly #open: Field[] = []
  readonly #areClosed: boolean

  /** @param allClosed whether each ends: of one that does not nothing is hidden, since that would be all that follows */
  constructor(allClosed: boolean) {
    this.#areClosed = allClosed
  }

  /** Whether what stands here is the table of contents, or no text at all. */
  get isHidden(): boolean {
    return this.#areClosed && this.#open.some(({ instruction }) => ofContents.test(instruction))
  }

  /** Where what stands here leads. */
  get link(): Link | undefined {
    return this.#open.findLast(({ link }) => link !== undefined)?.link
  }

  instruct(text: string): void {
    const field = this.#open.at(-1)
    if (!field || field.hasResult || field.instruction.length > longestInstruction) return
    field.instruction += text
  }

  /**
   * @param mark where a field begins, has its result or ends
   * @returns the text that stands for it, if any does
   */
  meet(mark: XmlNode): string {
    const type = mark.attributes['w:fldCharType']
    if (type === 'begin')
      this.#open.push({ begin: mark, instruction: '', hasResult: false, link: undefined })
    if (this.#open.length > mostOpen)
      throw damaged(`its fields are nested more than ${mostOpen} deep`)
    const field = this.#open.at(-1)
    if (!field) return ''
    if (type === 'separate') {
      field.hasResult = true
      field.link = linkIn(field.instruction)
    }
    if (type !== 'end') return ''
    this.#open.pop()
    return /^\s*FORMCHECKBOX\b/.test(field.instruction) ? signOf(field.begin) : ''
  }
}

/** A box that is ticked or not. */
function signOf(begin: XmlNode): string {
  const box = child(child(begin, 'w:ffData'), 'w:checkBox')
  return (isOn(box, 'w:checked') ?? isOn(box, 'w:default')) ? '\u2611' : '\u2610'
}

/** What a field of links says: `HYPERLINK "address" \l "place"`. */
export function linkIn(instruction: string): Link | undefined {
  if (!/^\s*HYPERLINK\b/.test(instruction)) return undefined
  const [, anchor] = /\\l\s+"([^"]*)"/.exec(instruction) ?? []
  const [, quoted, bare] = /^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]+))/.exec(instruction) ?? []
  const address = quoted ?? bare
  if (address) return { address: anchor ? `${address}#${anchor}` : address }
  return anchor ? { anchor } : undefined
}

export function areClosed(root: XmlNode): boolean {
  let open = 0
  for (const { attributes } of within(root, new Set(['w:fldChar']))) {
    if (attributes['w:fldCharType'] === 'begin') open += 1
    if (attributes['w:fldCharType'] === 'end') open -= 1
  }
  return open === 0
}
