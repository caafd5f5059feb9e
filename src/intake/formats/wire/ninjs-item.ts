/** JSON that may be a news item of ninjs, and what is in it by the names of all its versions. */
import { attempt } from '../../../attempt.ts'
import { decode } from '../../decode.ts'
import { deepestInStory } from '../../nesting.ts'
import { isAllHtml } from './all-html.ts'

/** By their names in small letters: those of ninjs 3 have capitals (`versionCreated`), those before have none. */
export type Members = ReadonlyMap<string, unknown>

/** One of several texts for the same, such as the headline for the web. */
export interface Version {
  /** In small letters, as in `summary`; empty where none is stated. */
  readonly role: string
  readonly isHtml: boolean
  readonly text: string
}

/** What a file holds: news items, or what was meant to be one and is no JSON. */
export type Held = { readonly items: readonly Members[] } | { readonly fault: string }

/** Of so many bytes the beginning tells whether a file is in UTF-16. */
const headLength = 4096

const identity = /"(?:uri|guid)"\s*:/i
/** A letter of these names, or their underscore, as some programs write it. */
const escapedLetter = /\\u00[4-7][\da-f]/i
const escapedLetters = /\\u00([4-7][\da-f])/gi
const unescaped = (_: string, code: string) => String.fromCharCode(Number.parseInt(code, 16))
/** What no other JSON has beside an identity. */
const marks = /"(?:versioncreated|pubstatus|body_\w+|bodies|eventdetails)"\s*:|ninjs/i

/** @returns undefined where it is JSON of another kind, or none */
export function itemsIn(bytes: Buffer): Held | undefined {
  const text = textIfMarked(bytes)
  if (text === undefined || !isBegun(text)) return undefined
  if (isTooDeep(text))
    return { fault: `it is nested deeper than ${deepestInStory} lists and objects` }
  try {
    const items = listedIn(JSON.parse(text)).map(membersOf).filter(isItem)
    return items.length > 0 ? { items } : undefined
  } catch (error) {
    // Whoever sent it should know that it did not get in.
    return { fault: (error as Error).message }
  }
}

/** No item is; millions of brackets take seconds and hundreds of megabytes. Those in texts are none. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let isInText = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (isInText && sign === '\\') at += 1
    else if (sign === '"') isInText = !isInText
    else if (isInText) continue
    else if (sign === '[' || sign === '{') depth += 1
    else if (sign === ']' || sign === '}') depth -= 1
    if (depth > deepestInStory) return true
  }
  return false
}

const blanks = /\s*/y

/** Whether it is an object or a list; comments, which JSON does not have, may stand above it. */
function isBegun(text: string): boolean {
  let at = 0
  while (at !== -1) {
    blanks.lastIndex = at
    blanks.test(text)
    at = blanks.lastIndex
    if (text.startsWith('//', at)) at = text.indexOf('\n', at)
    else if (text.startsWith('/*', at)) at = text.indexOf('*/', at + 2)
    else return text[at] === '{' || text[at] === '['
    if (text.startsWith('*/', at)) at += 2
  }
  return false
}

/** The text of what may be an item. Most JSON is none, and is told by its bytes. */
function textIfMarked(bytes: Buffer): string | undefined {
  const isWide =
    bytes.subarray(0, headLength).includes(0) || /^(?:\xff\xfe|\xfe\xff)/.test(latin1(bytes, 2))
  const text = isWide ? attempt(() => decode(bytes)) : latin1(bytes, bytes.length)
  if (text === undefined) return undefined
  const plain = escapedLetter.test(text) ? text.replace(escapedLetters, unescaped) : text
  if (!identity.test(plain) || !marks.test(plain)) return undefined
  return decode(bytes).trim()
}

const latin1 = (bytes: Buffer, length: number) => bytes.toString('latin1', 0, length)

/** One item, a list of them, or such a list as a server answers with. */
function listedIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  const members = membersOf(value)
  const items = members.get('items') ?? members.get('item')
  return Array.isArray(items) && !isItem(members) ? items : [value]
}

/**
 * What makes an item certain beside its identity, which much other JSON has too: its version or its state, a text by
 * one of the names that only ninjs has, or that it says so.
 */
function isItem(item: Members): boolean {
  const standard = membersOf(item.get('standard') ?? item.get('$standard'))
  const stated = [textIn(standard, 'name'), textIn(item, '$schema')]
  const isStated = stated.some((one) => one !== undefined && /ninjs/i.test(one))
  const isDated = ['versioncreated', 'pubstatus', 'eventdetails'].some((name) => item.has(name))
  const hasText = [...item.keys()].some((name) => /^(?:body_\w+|bodies)$/.test(name))
  const isShown = ['renditions', 'associations'].some((name) => item.has(name))
  const isNews = hasText && (isShown || versionsIn(item, 'headline').length > 0)
  return textIn(item, 'uri', 'guid') !== undefined && (isStated || isDated || isNews)
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of an object; of anything else there are none. */
function membersOf(value: unknown): Members {
  const entries = isObject(value) ? Object.entries(value) : []
  return new Map(entries.map(([name, member]) => [name.toLowerCase(), member]))
}

/** The first text, or number, of these names that says something. */
export function textIn(from: Members, ...names: readonly string[]): string | undefined {
  const values = names.map((name) => from.get(name))
  const texts = values.map((value) => (typeof value === 'number' ? String(value) : value))
  return texts.find((text) => typeof text === 'string' && text.trim() !== '') as string | undefined
}

/** So many objects of a list are looked at; a story has far fewer. */
const mostListed = 100_000

/**
 * Objects in a list, or by names, as ninjs 1 has them; the name is then a member. A text in a list is a name, or a value.
 * What else an object has by names, such as a list of codes, is no object of these.
 */
export function listIn(from: Members, ...names: readonly string[]): Members[] {
  const values = names.map((name) => from.get(name))
  const value = values.find((one) => typeof one === 'object' && one !== null)
  if (Array.isArray(value)) return value.slice(0, mostListed).map(listedOf)
  const byName = [...membersOf(value)].filter(([, one]) => isObject(one)).slice(0, mostListed)
  return byName.map(([name, member]) => new Map([['name', name], ...membersOf(member)]))
}

const listedOf = (value: unknown): Members =>
  typeof value === 'string'
    ? new Map([
        ['name', value],
        ['value', value],
      ])
    : membersOf(value)

/** What `headlines` lists, and what `headline` and `headline_web` say. @param name as it is for one */
export function versionsIn(from: Members, name: string): Version[] {
  const plural = name === 'body' ? 'bodies' : `${name}s`
  const listed = listIn(from, plural).map((one) => {
    const role = textIn(one, 'role')?.toLowerCase() ?? ''
    return versionOf(role, textIn(one, 'value'), textIn(one, 'contenttype'))
  })
  const single = [...from.keys()].filter((key) => key === name || key.startsWith(`${name}_`))
  const named = single.map((key) => versionOf(key.slice(name.length + 1), textIn(from, key)))
  return [...listed, ...named].filter((version) => version !== undefined)
}

const hasParagraphs = (text: string) => /<p[\s>]/i.test(text)

function versionOf(role: string, text: string | undefined, type?: string): Version | undefined {
  if (text === undefined) return undefined
  const stated = type ?? role
  if (type && !/^text\/(?:x?html|plain)\b|xhtml/i.test(type)) return undefined
  const isSaidPlain = /plain|text/i.test(stated)
  // A text that has HTML in it may speak of that; what begins and ends with its blocks is HTML, whatever it is called.
  const isHtml = /html/i.test(stated) || (isSaidPlain ? isAllHtml : hasParagraphs)(text)
  return { role, isHtml, text }
}
