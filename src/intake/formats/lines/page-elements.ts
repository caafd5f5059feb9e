/** The elements of a web page, as linkedom has them. */

/** What is used here of linkedom's nodes, elements and documents. */
interface Node {
  readonly nodeType: number
  readonly textContent: string
}

/** An element, as linkedom has it. */
export interface Element extends Node {
  readonly localName: string
  readonly childNodes: Iterable<Node>
  readonly ownerDocument: Document
  readonly parentElement: Element | null
  readonly previousElementSibling: Element | null
  readonly nextElementSibling: Element | null
  innerHTML: string
  outerHTML: string
  getAttribute(name: string): string | null
  getAttributeNames(): string[]
  setAttribute(name: string, value: string): void
  removeAttribute(name: string): void
  remove(): void
  append(child: Node): void
  cloneNode(deep: boolean): Element
  contains(other: Element): boolean
  closest(selector: string): Element | null
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
  replaceWith(...nodes: (Node | string)[]): void
}

/** A text or a comment, as linkedom has it. */
export interface CharacterData extends Node {
  readonly parentElement: Element | null
  remove(): void
  replaceWith(...nodes: (Node | string)[]): void
}

/** A page, as linkedom has it. */
export interface Document extends Pick<Element, 'querySelector' | 'querySelectorAll'> {
  createElement(name: string): Element
  readonly documentElement: Element | null
  createTreeWalker(root: Document, whatToShow: number): { nextNode(): CharacterData | null }
  toString(): string
}

/** The beginning of what an element says: of a large one `textContent` takes long. */
export function startOf(element: Element, most: number): string {
  let text = ''
  function add(one: Element): void {
    for (const node of one.childNodes) {
      if (text.length >= most) return
      if (node.nodeType === 3) text += node.textContent.slice(0, most)
      else if (node.nodeType === 1) add(node as Element)
    }
  }
  add(element)
  return text.slice(0, most)
}

/** Selects what is a story without a word. */
export const filmOrSound = 'iframe, embed, object, video, audio'
