/** Attribute lists of kramdown, pandoc and their kin, of which an id alone says something here. */
import { lineStart } from './code-places.ts'
import type { Rewriting } from './rewriting.ts'

const one = String.raw`(?:[.#][\w:-]+|[\w-]+=(?:"[^"\n]*"|[^\s{}"]+))`
const attributeList = new RegExp(
  String.raw`\{:{1,2}\s*(?:[.#][\w-]|[\w-]+=|(?:no_)?toc\b|\/|options\b)[^{}\n]{0,300}\}|\{:\/?\}|\{${one}(?:[ \t]+${one})*[ \t]*\}`,
  'y',
)

/** Takes out a list such as `{: .lead #more}`, and the list item that kramdown replaces with the contents. */
export function putAttributeList(
  text: string,
  at: number,
  { put, isAlone, done }: Rewriting,
): number {
  attributeList.lastIndex = at
  const [written] = attributeList.exec(text) ?? []
  if (written === undefined) return at + 1
  const end = at + written.length
  const start = lineStart(text, at)
  const above = text.slice(lineStart(text, start - 1), start)
  const isOwnLine = text.slice(start, at).trim() === ''
  // Without a colon it belongs to the paragraph, line, link or picture before it, or is text.
  const isLast =
    /^\{[.#]/.test(written) &&
    /^[ \t]*(?:\r?\n[ \t]*(?:\r?\n|$)|$)/.test(text.slice(end, end + 100))
  const belongs = isOwnLine ? isAlone(at, end) : isLast || /[)\]]/.test(text[at - 1] ?? '')
  if (written[1] !== ':' && !belongs) return end
  if (/\btoc\b/.test(written)) {
    const isList =
      isOwnLine && /^\s*(?:[*+-]|\d+\.)\s/.test(above) && start - above.length >= done()
    // As others write it, which the heading above goes with.
    return isList ? put(start - above.length, end, '\n[TOC]\n') : put(at, end, '')
  }
  const [, id] = /#([\w:.-]+)/.exec(written.replace(/"[^"]*"|'[^']*'/g, '')) ?? []
  if (id === undefined) return put(at, end, '')
  if (!isOwnLine && text.startsWith('#', start)) return put(at, end, `{#${id}}`)
  const isBelowHeading = isOwnLine && /^#{1,6}\s/.test(above) && start - 1 >= done()
  return isBelowHeading ? put(start - 1, end, ` {#${id}}`) : put(at, end, `<a id="${id}"></a>`)
}
