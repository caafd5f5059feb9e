/** Addresses in Markdown that people write otherwise than CommonMark wants them. */
import type { MarkdownIt, Token } from 'markdown-it'

/** The rest of a name with blanks, up to its extension; a title would be in quotation marks. */
const restOfName = /[ ]+[^\n()<>"']*\.[a-z\d]{2,8}(?:#[^\s()]*)?(?= *\)| +["'])/iy

/** `![Cat](my cat.png)`: CommonMark wants such an address in angle brackets, which people who name files do not know. */
function allowBlanksInNames(markdownIt: MarkdownIt): void {
  const { parseLinkDestination } = markdownIt.helpers
  markdownIt.helpers.parseLinkDestination = (text, start, max) => {
    const found = parseLinkDestination(text, start, max)
    restOfName.lastIndex = found.pos
    const [rest] = (found.ok && text[start] !== '<' && restOfName.exec(text)) || []
    return rest === undefined
      ? found
      : { ...found, pos: found.pos + rest.length, str: found.str + rest }
  }
}

/** Programs that make Markdown of HTML escape signs in addresses too, as in `https://example.org/a\_b`. */
function unescapeAddresses(tokens: readonly Token[]): void {
  for (const { children } of tokens) {
    children?.forEach(({ type, markup, attrs }, at) => {
      if (type !== 'link_open' || markup !== 'linkify') return
      for (const attribute of attrs ?? []) {
        attribute[1] = String(attribute[1]).replace(/%5C(?=[_*~#&])/g, '')
      }
      const shown = children[at + 1]
      if (shown) shown.content = shown.content.replace(/\\(?=[_*~#&])/g, '')
    })
  }
}

export function addresses(markdownIt: MarkdownIt): void {
  // Addresses alone are links for GitHub, Hugo and Obsidian; names of hosts may be those of files.
  markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  allowBlanksInNames(markdownIt)
  markdownIt.core.ruler.push('unescape', ({ tokens }) => unescapeAddresses(tokens))
}
