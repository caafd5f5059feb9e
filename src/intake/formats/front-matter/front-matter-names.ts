/** Names in front matter: tags, categories and authors. */
import { booleanIn, type Fields, partOf, textOf } from './front-matter-fields.ts'
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
  // `harbour: true`, as programs have sets of names.
  if ('table' in entry.value && entry.value.table.every(({ value }) => booleanIn(value))) {
    return entry.value.table.map(({ key }) => key)
  }
  const text = nameIn(entry.value)
  if (text === undefined) {
    fields.passOver(entry, 'is neither text nor a list')
    return []
  }
  if (/[,;，、\n]/.test(text)) return text.split(/[,;，、\n]/)
  const words = text.split(/\s+/)
  const areParted =
    words.every((word) => /^#\p{L}/u.test(word)) || (isJekyll && /s$/i.test(entry.key))
  return areParted ? words : [text]
}

interface Authors {
  readonly authors: string[]
  /** As the file has them, whatever their keys mean elsewhere. */
  readonly statedAuthors: string[]
}

/**
 * `Name <address>` where an object has both. A text is one name, unless it is two that have each a first and a last.
 * @param names of authors by their keys
 */
export function authorsOf(fields: Fields, names: ReadonlyMap<string, string>): Authors {
  for (const entry of fields.all('authors')) {
    // `guest: true` names nobody.
    if (booleanIn(entry.value) !== undefined) continue
    const items = itemsOf(entry.value)
    const found = items.flatMap((item) => {
      const name = bylineIn(item)
      if (name === undefined) fields.passOver({ ...entry, ...item, value: item }, 'names nobody')
      else if (name === accountIn(item) && !names.has(name)) {
        fields.note(item.line, `${entry.key} states the account "${name}" and no name`)
      }
      return name === undefined ? [] : [withNames(name, item, entry, names)]
    })
    const authors = found.flatMap((one) => one.authors)
    if (authors.length > 0) {
      return { authors, statedAuthors: found.flatMap((one) => one.statedAuthors) }
    }
  }
  return { authors: [], statedAuthors: [] }
}

/** Whoever is named by the keys of a table is an item of it too. */
function itemsOf(value: Value): readonly Value[] {
  if ('list' in value) return value.list
  if (!('table' in value) || !value.table.every(({ key }) => personName.test(key))) return [value]
  return value.table.map(({ key, line }) => ({ line, text: key }))
}

function withNames(
  text: string,
  item: Value,
  { key }: Entry,
  names: ReadonlyMap<string, string>,
): Authors {
  // That of an account is not for readers.
  const isAccount = partOf(item, 'login') !== undefined
  const address = isAccount ? undefined : textOf(partOf(item, 'email', 'mail'))
  // Of several nobody knows whose it is.
  const withAddress = (all: string[]) =>
    address && all.length === 1 ? [`${all[0]} <${address}>`] : all
  // With one blank for each run of them, which it would take the square of their number to part at.
  const stated = parted(text.replace(/\s+/g, ' '), /s$/i.test(key))
  const known = names.get(text)
  return {
    authors:
      known !== undefined ? [known] : withAddress(stated.map((name) => names.get(name) ?? name)),
    statedAuthors: withAddress(stated),
  }
}

/** Who is named by a value: as text, or by an object. */
export function bylineIn(value: Value): string | undefined {
  if (!('table' in value)) {
    const text = textOf(value)
    return (
      text &&
      plainText(text)
        .replace(/^by[:\s]+(?=\p{L})/iu, '')
        .replace(wikiLink, '$1')
    )
  }
  const name = textOf(partOf(value, 'name', 'display_name', 'full_name', 'title'))
  if (name) return name
  const parts = [
    partOf(value, 'first_name', 'given_name', 'given_names', 'given', 'first'),
    partOf(value, 'last_name', 'family_name', 'family', 'surname', 'last'),
  ]
  const whole = parts.flatMap((part) => textOf(part) ?? []).join(' ')
  return whole.trim() || accountIn(value) || undefined
}

const accountIn = (value: Value) => textOf(partOf(value, 'nick', 'login'))

/** Of Obsidian's links the words. */
const wikiLink = /\[\[(?:[^[\]|]*\|)?([^[\]|]+)\]\]/g

/** Of an e-mail address: byline.ts reads such bylines. */
const email = /[^\s@<(]@[^\s@]/

/** Names of accounts, and ids: `@ada`, `mark-i-m`. */
const handle = /^(?:@\S+|[\p{Ll}\d][\p{Ll}\d_.-]*)$/u

/** Two to four words with capitals, and what may stand between them: "Jo de la Cruz", "J. R. Lind". */
const personName =
  /^\p{Lu}[\p{L}\p{M}.'’-]*(?: (?:\p{Lu}[\p{L}\p{M}.'’-]*|da|de|del|di|do|dos|du|la|le|van|von|der|den|ter|bin|ibn|al|el|y)){1,3}$/u

export const isPersonName = (text: string) => personName.test(text)

/** What somebody is, or where: "Jo Lind, Harbour Editor", "Ada Berg, Gull University"; abbreviations with capitals too. */
const officeWord =
  /\b(?:administrator|agency|analyst|artist|associate|board|bureau|chair\w*|chief|college|columnist|commissioner|company|correspondent|council|desk|developer|director|economist|editor\w*|engineer\w*|fellow|foundation|founder|group|head|inc|institute|intern|journalist|labs?|lead|ltd|manager|member|minister|ministry|news|officer|organi[sz]er|partner|photographer|president|press|producer|professor|project|reporter|researcher|school|scientist|secretary|service|staff|studio|team|university|writer)\b/i
const abbreviation = /\b[A-Z]{2,}\b/
const isOffice = (name: string) => officeWord.test(name) || abbreviation.test(name)

/**
 * The names of a text: parted at "and", where they are whole names or all accounts; and at commas, behind which an office may stand,
 * or the first name: where each is the name of a person, or the key is in the plural, or an "and" before the last makes it a list.
 */
function parted(text: string, arePlural: boolean): string[] {
  if (email.test(text) || /\([^(),]*,/.test(text)) return [text]
  if (/[;；]/.test(text)) return split(text, /\s*[;；]\s*/)
  const keys = text.split(',')
  if (keys.length > 1 && keys.every((key) => handle.test(key))) return keys
  const names = split(text, /\s*,\s+(?:and\s+)?|\s+(?:and|&)\s+/i)
  const areAccounts = names.every((name) => handle.test(name))
  // What stands in brackets behind a name says more of that one.
  const bare = names.map((name) => name.replace(/\s*\([^()]*\)$/, ''))
  const areWhole = bare.every((name) => name.includes(' ') || name.startsWith('@'))
  if (!text.includes(',')) return areWhole || areAccounts ? names : [text]
  const isList =
    /\s(?:and|&)\s/i.test(text.slice(text.lastIndexOf(','))) &&
    (areWhole || bare.every((name) => !name.includes(' '))) &&
    !bare.some(isOffice)
  const arePeople = bare.every((name) => personName.test(name) && !isOffice(name))
  return isList || areAccounts || arePeople || (areWhole && arePlural) ? names : [text]
}

const split = (text: string, by: RegExp) => text.split(by).filter((name) => name !== '')
