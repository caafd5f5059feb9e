/** The text of a tag that is JSON, of which a program of the site makes a table, questions with answers, or links. */
import { attempt } from '../../../attempt.ts'
import { escapeAttribute } from '../../../text.ts'
import type { Inline } from './tag-kind.ts'

/** Longer ones are no text for readers. Characters. */
const longest = 64 * 1024
const mostItems = 500

type Item = Readonly<Record<string, string>>

/**
 * What readers are to see of it, as HTML.
 * @param name of the tag, in small letters
 * @returns '' where that is nothing that can be told, undefined where it is no JSON
 */
export function htmlOfData(name: string, text: string, inline: Inline): string | undefined {
  const written = text.trim()
  if (!/^(?:\[\s*[[{"]|\{\s*")/.test(written) || written.length > longest) return undefined
  const data: unknown = attempt(() => JSON.parse(written))
  if (data === undefined) return undefined
  const items = Array.isArray(data) && data.length <= mostItems ? data.map(itemIn) : [undefined]
  const known = items.filter((item) => item !== undefined)
  if (known.length === 0 || known.length < items.length) return ''
  if (/table/.test(name)) return tableOf(known, inline)
  if (known.every(isLink))
    return `<ul>\n${known.map((item) => linkOf(item, inline)).join('\n')}\n</ul>`
  return known.map((item) => paragraphsOf(item, inline)).join('\n')
}

/** One whose values are texts and numbers. */
function itemIn(value: unknown): Item | undefined {
  if (typeof value === 'string') return { text: value }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const parts = Object.entries(value)
  return parts.every(([, part]) => typeof part === 'string' || typeof part === 'number')
    ? Object.fromEntries(parts.map(([key, part]) => [key, String(part).replace(/\s*\n\s*/g, ' ')]))
    : undefined
}

function tableOf(items: readonly Item[], inline: Inline): string {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))].slice(0, 20)
  const row = (cells: readonly string[], cell: string) =>
    `<tr>${cells.map((text) => `<${cell}>${inline(text)}</${cell}>`).join('')}</tr>`
  const rows = items.map((item) =>
    row(
      names.map((name) => item[name] ?? ''),
      'td',
    ),
  )
  return `<table>\n<thead>${row(names, 'th')}</thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`
}

const wordsIn = ({ text, title, name, label }: Item) => text ?? title ?? name ?? label
const addressIn = ({ anchor, url, href, link }: Item) =>
  anchor === undefined ? (url ?? href ?? link) : `#${anchor.replace(/^#/, '')}`

const isLink = (item: Item) => wordsIn(item) !== undefined && addressIn(item) !== undefined

function linkOf(item: Item, inline: Inline): string {
  const more = item.desc ?? item.description
  const link = `<a href="${escapeAttribute(addressIn(item) ?? '')}">${inline(wordsIn(item) ?? '')}</a>`
  return `<li>${link}${more ? ` ${inline(more)}` : ''}</li>`
}

const ofProgram = /^(?:id|key|icon|class|style|type|color|colour)$/i
const aboveOthers = /^(?:q|question|title|term|name|heading)$/i

const paragraphsOf = (item: Item, inline: Inline): string =>
  Object.entries(item)
    .filter(([key, text]) => !ofProgram.test(key) && text !== '')
    .map(([key, text]) =>
      aboveOthers.test(key) ? `<p><strong>${inline(text)}</strong></p>` : `<p>${inline(text)}</p>`,
    )
    .join('\n')
