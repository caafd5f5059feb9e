/** What becomes of tags whose text the site holds in a file of its own: that text, where no program is needed to make it. */
import type { Parameters } from './shortcode-parameters.ts'
import type { Site } from './site-parts.ts'
import { type Scope, shownValue } from './template-values.ts'

/** Parts within parts: so deep. */
export const deepest = 3

const tags = /\{%-?\s*([a-z_]\w*)|\{\{-?((?:(?!\}\})[\s\S]){0,500})(\}\})?/gi
/** What is no logic. */
const plainTags = /^(?:include(?:_relative|_cached)?|comment|endcomment|raw|endraw|link|post_url)$/i
const comments = /\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g

/** Whether a text is made by more than values that are known. */
const hasLogic = (text: string, scope: Scope) =>
  Array.from(text.matchAll(tags)).some(([, tag, value, end]) => {
    if (tag !== undefined) return !plainTags.test(tag)
    if (end === undefined) return true
    return (
      shownValue((value ?? '').replace(/-$/, '').trim(), undefined, scope) ?? { isUnknown: true }
    ).isUnknown
  })

/** What a part of a site becomes, where its tag stands. */
export interface Part {
  readonly text: string
  readonly isHtml: boolean
  /** Links that it defines, where its words are made by a program. */
  readonly definitions: string
}

/**
 * The part that a tag names, with comments left out.
 * @param scope of the part
 * @returns undefined where there is none, or nothing that can be read
 */
export function partOf(
  site: Site,
  tag: string,
  { inOrder }: Parameters,
  scope: Scope,
): Part | undefined {
  const isInclude = /^include(?:_cached)?$/.test(tag)
  const kind = tag === 'include_relative' ? 'beside' : isInclude ? 'include' : 'shortcode'
  const part = site.part(kind, kind === 'shortcode' ? tag : (inOrder[0] ?? ''))
  if (!part) return undefined
  const { isHtml } = part
  const text = part.text.replace(comments, '').trim()
  // A form says nothing without what it sends to.
  if (/<(?:form|input)\b/i.test(text)) return undefined
  if (!hasLogic(text, scope)) {
    if (!site.takes(text.length)) return undefined
    return { text: isHtml ? closely(text) : text, isHtml, definitions: '' }
  }
  const definitions = isHtml ? '' : definitionsIn(text)
  if (definitions === '' || !site.takes(definitions.length)) return undefined
  return { text: '', isHtml, definitions }
}

/** HTML without the blank lines and indents by which it would become Markdown. */
const closely = (html: string) =>
  /<(?:pre|textarea)\b/i.test(html) ? html : html.replace(/\n\s*\n/g, '\n').replace(/^[ \t]+/gm, '')

const block = /\{%-?\s*(end)?(?:for|if|unless|case|capture)\b[^%]{0,500}%\}/g
const definition =
  /^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*[^\s{}]{1,500}(?:[ \t]+["'(][^\n{}]{1,200})?[ \t]*$/

/** Definitions that stand outside of what a program may leave out or repeat. */
function definitionsIn(text: string): string {
  let depth = 0
  const lines: string[] = []
  for (const line of text.split('\n')) {
    if (depth === 0 && definition.test(line)) lines.push(line)
    for (const [, end] of line.matchAll(block)) depth = Math.max(0, depth + (end ? -1 : 1))
  }
  return lines.join('\n')
}
