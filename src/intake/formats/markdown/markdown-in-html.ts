/** Pictures and links of Markdown within blocks of HTML, which old posts have that were moved from site to site. */
import type { MarkdownIt } from 'markdown-it'
import { escapeAttribute } from '../../../text.ts'

const stays = /<(?:pre|code|script|style|textarea)\b|<!--/i

/** A picture, or a link with whatever of one line is within it. */
const parts =
  /!\[([^[\]<>\n]{0,300})\]\(((?:https?:\/\/|\.{0,2}\/)[^\s()<>"]{1,1000}|[^\s()<>":/]{1,200}(?:\/[^\s()<>":/]{1,200}){0,9}\.(?:avif|gif|jpe?g|png|webp))(?:[ ]+"[^"\n]{0,300}")?\)|(?<!!)\[((?:[^[\]<>\n]|<\/?(?:b|em|font|i|span|strong)\b[^<>\n]{0,200}>){1,500})\]\((https?:\/\/[^\s()<>"]{1,1000})(?:[ ]+"[^"\n]{0,300}")?\)/gi

function withHtml(content: string): string {
  if (!content.includes('](') || stays.test(content)) return content
  return content.replace(
    parts,
    (all, alt?: string, src?: string, words?: string, href?: string) => {
      if (src) return `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt ?? '')}">`
      return href ? `<a href="${escapeAttribute(href)}">${words}</a>` : all
    },
  )
}

export function inHtml(markdownIt: MarkdownIt): void {
  markdownIt.core.ruler.push('in_html', ({ tokens }) => {
    for (const token of tokens) {
      if (token.type === 'html_block') token.content = withHtml(token.content)
    }
  })
}
