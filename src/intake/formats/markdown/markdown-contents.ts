/** Marks for a table of contents. */
import type { MarkdownIt, StateCore, Token } from 'markdown-it'
import { escapeAttribute, escapeText } from '../../../text.ts'
import { withoutAttributes, wordsOf } from './markdown-headings.ts'

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
    withoutAttributes(written)
      .words.replace(/[*_:：]+/g, '')
      .trim()
      .toLowerCase(),
  )

/** Options of the programs that put the list there may stand in the block of code. */
const isContentsFence = ({ type, info, content }: Token) =>
  type === 'fence' &&
  info.trim() === 'toc' &&
  content.split('\n').every((line) => /^\s*(?:#.*|[\w-]+:.*)?$/.test(line))

/** A link to the contents, which must be there then. */
const toContents = /\]\(#(?:markdown-toc|toc|contents|table-of-contents)\)/i

/**
 * `[TOC]` alone in a paragraph, or an empty block of code of that name, in whose place many programs put a list of the
 * headings; with the words alone above it that say so. It stays where the text leads to it.
 */
function dropContents({ tokens, src }: StateCore): void {
  const isLinkedTo = toContents.test(src)
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at]
    const isMark = /^\[(?:\[_?toc_?\]|toc)\]$/i.test(token?.content.trim() ?? '')
    const isAlone = isMark && tokens[at - 1]?.type === 'paragraph_open'
    if (!token || !(isAlone || isContentsFence(token))) continue
    const first = isAlone ? at - 1 : at
    if (isLinkedTo) {
      tokens.splice(
        first,
        isAlone ? 3 : 1,
        Object.assign(token, { type: 'contents', children: null, content: '' }),
      )
      continue
    }
    tokens.splice(first, isAlone ? 3 : 1)
    const isHead = /^(?:heading|paragraph)_close$/.test(tokens[first - 1]?.type ?? '')
    if (isHead && isContentsWord(tokens[first - 2]?.content)) tokens.splice(first - 3, 3)
  }
}

/** Puts the list of the headings where they are to be, and the id that links lead to, unless the text has that. */
function listHeadings({ tokens, src }: StateCore): void {
  const items = tokens.flatMap((token, at) => {
    const id = token.type === 'heading_open' ? token.attrGet('id') : undefined
    if (!id) return []
    const link = `#${encodeURIComponent(String(id))}`
    const words = escapeText(wordsOf(tokens[at + 1]?.children ?? []))
    return `<li><a href="${escapeAttribute(link)}">${words}</a></li>\n`
  })
  const [, id = ''] = /\]\(#([\w-]+)\)/.exec(toContents.exec(src)?.[0] ?? '') ?? []
  const isNamed = new RegExp(`\\bid=["']?${id}\\b`, 'i').test(src)
  const [first, ...others] = tokens.filter(({ type }) => type === 'contents')
  if (!first) return
  for (const token of [first, ...others]) token.type = 'html_block'
  first.content = `<ul${isNamed ? '' : ` id="${id}"`}>\n${items.join('')}</ul>\n`
}

export function contents(markdownIt: MarkdownIt): void {
  markdownIt.core.ruler.before('inline', 'contents', dropContents)
  markdownIt.core.ruler.after('heading_ids', 'list_headings', listHeadings)
}
