/** Whole addresses in front matter: of the original of an article, or of what it is about. */
import { slugOf } from '../../../names.ts'
import { readablePath } from '../../../page-address.ts'
import { isWebUrl } from '../../../uri.ts'
import { dateOfPath, nameOfPath } from '../../file-path.ts'
import { type Fields, textOf } from './front-matter-fields.ts'
import { foldedKey } from './front-matter-keys.ts'
import type { Entry } from './front-matter-tree.ts'

interface Own {
  /** Of the file. */
  readonly path: string
  readonly title: string | undefined
  /** As it is stated. */
  readonly published: string | undefined
}

interface Original {
  readonly canonicalUrl: string | undefined
  /** The address of what it is about. */
  readonly linked: string | undefined
}

/** As the examples of themes have it, and thousands of posts that were made of these. */
const placeholder = /^https?:\/\/canonical\.url(?:\/|$)/i

const webUrlIn = (text: string) => (isWebUrl(text) && !placeholder.test(text) ? text : undefined)

/**
 * Where the original of an article is, and what the article is about. A whole address of `url` or `path` may be either: exporters
 * have there where a post was, notes on books and programs what they are about.
 */
export function originalOf(fields: Fields, entries: readonly Entry[], own: Own): Original {
  const stated = fields.first('canonical', webUrlIn, 'is no whole address of a page')
  const isExported = entries.some(({ key }) => /^(?:wordpress|wp|post)id$/.test(foldedKey(key)))
  const others: string[] = []
  let address: string | undefined
  for (const { key, line, value } of fields.all('address')) {
    const text = webUrlIn(textOf(value) ?? '')
    if (text === undefined) continue
    if (foldedKey(key) === 'permalink' || isExported || isOwn(text, fields, own)) address ??= text
    else {
      others.push(text)
      fields.note(
        line,
        `${key} "${text}" is taken for what the article is about; if its original is there, write canonical`,
      )
    }
  }
  return {
    canonicalUrl: stated ?? address,
    // Exporters of WordPress state the number of a post, and as its link its own address.
    linked: isExported
      ? undefined
      : (fields.first('linked', webUrlIn, 'is no whole address') ?? others[0]),
  }
}

/** Whether an address can be that of the article: it has a date, and the address that, its name, its title or its number. */
function isOwn(address: string, fields: Fields, { path, title = '', published }: Own): boolean {
  const date = published?.slice(0, 10) ?? dateOfPath(path)
  if (date === undefined) return false
  const { pathname, search } = new URL(address)
  if (/[?&]p=\d+/.test(search) || dateOfPath(`${pathname.replace(/\/$/, '').slice(1)}.md`) === date)
    return true
  const last = wordsOf(pathname.split('/').findLast((part) => part !== '') ?? '')
  const slugs = [...fields.all('slug'), ...fields.all('id')].map(({ value }) => textOf(value) ?? '')
  // Languages have letters that addresses write with others.
  return [nameOfPath(path), title, slugOf(title), ...slugs].map(wordsOf).some((name) => {
    const words = new Set<string>(name)
    const shared = last.filter((word) => words.has(word)).length * 2
    return shared > 0 && shared >= last.length && shared >= words.size
  })
}

/** In small letters; what an address ends in is no word of it. */
const wordsOf = (text: string) =>
  readablePath(text.replace(/\.html?$/i, ''))
    .normalize()
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
