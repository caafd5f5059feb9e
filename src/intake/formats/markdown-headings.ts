/** Ids of headings, as GitHub, Hugo, kramdown and pandoc give them, and lists of tasks. */
import type { MarkdownIt, Token } from 'markdown-it'
import { slugOfHeading } from '../anchors.ts'

/** `## Heading {#id .class}`. */
const statedId = /[ \t]*\{(?:[#.][^{}]{0,200}|-)\}[ \t]*$/

/** Longer ones nobody links to. */
const longest = 150

/** The words of inline tokens. */
export const wordsOf = (tokens: readonly Token[]): string =>
  tokens
    .map(({ type, content, children }) => {
      if (type.endsWith('break')) return ' '
      return type === 'html_inline' ? '' : children ? wordsOf(children) : content
    })
    .join('')

function nameHeadings(tokens: readonly Token[]): void {
  const times = new Map<string, number>()
  tokens.forEach((heading, at) => {
    const children = heading.type === 'heading_open' ? tokens[at + 1]?.children : undefined
    if (!children) return
    const last = children.at(-1)
    const [written] = (last?.type === 'text' && statedId.exec(last.content)) || []
    if (last && written) last.content = last.content.slice(0, -written.length)
    const [, stated] = /#([^\s{}]+)/.exec(written ?? '') ?? []
    const slug = slugOfHeading(wordsOf(children))
    if (!stated && (slug === '' || slug.length > longest)) return
    const before = times.get(slug) ?? 0
    times.set(slug, before + 1)
    heading.attrSet('id', stated ?? (before === 0 ? slug : `${slug}-${before}`))
  })
}

/** What stands above a list of the headings. */
const contentsWords = new Set(
  (
    'contents|content|table of contents|toc|on this page|in this article|in this post|table des matières|sommaire|inhalt|' +
    'inhaltsverzeichnis|índice|contenido|contenidos|tabla de contenidos|tabla de contenido|sumário|conteúdo|indice|sommario|inhoud|' +
    'inhoudsopgave|innehåll|spis treści|içindekiler|содержание|оглавление|目录|目錄|目次|목차|المحتويات|فهرست'
  ).split('|'),
)

const isContentsWord = (written = '') =>
  contentsWords.has(
    written
      .replace(statedId, '')
      .replace(/[*_:：]+/g, '')
      .trim()
      .toLowerCase(),
  )

/** Options of the programs that put the list there may stand in the block of code. */
const isContentsFence = ({ type, info, content }: Token) =>
  type === 'fence' &&
  info.trim() === 'toc' &&
  content.split('\n').every((line) => /^\s*(?:#.*|[\w-]+:.*)?$/.test(line))

/**
 * `[TOC]` alone in a paragraph, or an empty block of code of that name, in whose place many programs put a list of the
 * headings; with the words alone above it that say so.
 */
function dropContents(tokens: Token[]): void {
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at]
    const isMark = /^\[(?:\[_?toc_?\]|toc)\]$/i.test(token?.content.trim() ?? '')
    const isAlone = isMark && tokens[at - 1]?.type === 'paragraph_open'
    if (!token || !(isAlone || isContentsFence(token))) continue
    const first = isAlone ? at - 1 : at
    tokens.splice(first, isAlone ? 3 : 1)
    const isHead = /^(?:heading|paragraph)_close$/.test(tokens[first - 1]?.type ?? '')
    if (isHead && isContentsWord(tokens[first - 2]?.content)) tokens.splice(first - 3, 3)
  }
}

/** `- [x] Done`. */
function tickTasks(tokens: readonly Token[]): void {
  tokens.forEach(({ type }, at) => {
    const first = type === 'list_item_open' ? tokens[at + 2]?.children?.[0] : undefined
    if (first?.type !== 'text') return
    first.content = first.content.replace(/^\[([ xX])\](?=\s)/, (_, mark) =>
      mark === ' ' ? '☐' : '☑',
    )
  })
}

export function headings(markdownIt: MarkdownIt): void {
  markdownIt.core.ruler.before('inline', 'contents', ({ tokens }) => dropContents(tokens))
  markdownIt.core.ruler.push('tasks', ({ tokens }) => tickTasks(tokens))
  markdownIt.core.ruler.push('heading_ids', ({ tokens }) => nameHeadings(tokens))
}
