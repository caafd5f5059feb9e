/** Names in front matter: tags, categories and authors. */
import { type Fields, partOf, textOf } from './front-matter-fields.ts'
import type { Field } from './front-matter-keys.ts'
import { plainText } from './front-matter-text.ts'
import type { Entry, Value } from './front-matter-tree.ts'

/** With these Eleventy collects posts; they say nothing of a post. */
const collections = new Set(['post', 'posts', 'all'])

/** One name of a list, or of an object as Ghost and Astro have it. */
const nameIn = (value: Value) => textOf(partOf(value, 'name', 'title', 'label') ?? value)

/**
 * The tags of a field: of a list each, of a text those between commas, or between its blanks.
 * @param isJekyll whether blanks part the names of a text without commas, which Jekyll does under the names
 *   in the plural
 */
export function tagsOf(fields: Fields, field: Field, isJekyll: boolean): string[] {
  const tags = fields.all(field).flatMap((entry) => {
    const names = 'list' in entry.value ? listed(fields, entry) : textual(fields, entry, isJekyll)
    return names.map((name) =>
      plainText(name)
        .replace(/^#(?=\p{L})/u, '')
        .trim(),
    )
  })
  return tags.filter((tag) => tag !== '' && !(field === 'tags' && collections.has(tag)))
}

function listed(fields: Fields, entry: Entry): string[] {
  const items = 'list' in entry.value ? entry.value.list : []
  return items.flatMap((item) => {
    const name = nameIn(item)
    if (name === undefined)
      fields.passOver({ ...entry, ...item, value: item }, 'has an item that is no name')
    return name ?? []
  })
}

function textual(fields: Fields, entry: Entry, isJekyll: boolean): string[] {
  const text = nameIn(entry.value)
  if (text === undefined) {
    fields.passOver(entry, 'is neither text nor a list')
    return []
  }
  if (/[,;，]/.test(text)) return text.split(/[,;，]/)
  const words = text.split(/\s+/)
  const areParted =
    words.every((word) => /^#\p{L}/u.test(word)) || (isJekyll && /s$/i.test(entry.key))
  return areParted ? words : [text]
}

/** `Name <address>` where an object has both. A text is one name, unless it is two that have each a first and a last. */
export function authorsOf(fields: Fields): string[] {
  for (const entry of fields.all('authors')) {
    const items = 'list' in entry.value ? entry.value.list : [entry.value]
    const names = items.flatMap((item) => {
      const name = bylineIn(item)
      if (name === undefined) fields.passOver({ ...entry, ...item, value: item }, 'names nobody')
      return name === undefined ? [] : parted(name, /s$/i.test(entry.key))
    })
    if (names.length > 0) return names
  }
  return []
}

function bylineIn(value: Value): string | undefined {
  if (!('table' in value)) return textOf(value)?.replace(/^by[:\s]+(?=\p{L})/iu, '')
  const name = textOf(partOf(value, 'name', 'display_name', 'full_name', 'title', 'nick', 'login'))
  const email = textOf(partOf(value, 'email', 'mail'))
  return name && email ? `${name} <${email}>` : name
}

/**
 * "Ada Lovelace and Grace Hopper" are two; "Lovelace, Ada" is one. What stands behind a comma may be an office, unless
 * the key is in the plural.
 */
function parted(text: string, arePlural: boolean): string[] {
  if (text.includes('@') || (text.includes(',') && !arePlural)) return [text]
  const names = text
    .split(/\s*[;；]\s*|\s*,\s+(?:and\s+)?|\s+(?:and|&)\s+/i)
    .filter((name) => name !== '')
  const areSeveral = text.includes(';') || names.every((name) => name.trim().includes(' '))
  return areSeveral ? names : [text]
}
