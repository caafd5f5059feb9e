/** newsstand.config.json. */
import { readFileSync } from 'node:fs'
import { attempt } from './attempt.ts'
import { serveCommand } from './command-text.ts'
import { nearestName } from './nearest-name.ts'
import { cleanText } from './text.ts'

export const configFile = 'newsstand.config.json'

/** A rule of the config file: an article whose title or dek has one of the words gets the tag. */
export interface TopicRule {
  readonly tag: string
  readonly words: readonly string[]
}

/** A link that the config file has put at the end of every page. */
export interface FooterLink {
  readonly text: string
  /** Absolute, or a path below BASE_URL. */
  readonly url: string
}

/** What the file may hold beside settings, which are in the environment as well. */
const lists = ['topics', 'FOOTER_LINKS']

/** A setting that cannot be used; the message is the one line to print. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * @param known the settings there are
 * @param former names that some of them had, and may still have here
 * @throws ConfigError
 */
export function readConfigFile(
  path: string,
  known: readonly string[],
  former: readonly string[],
): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return {}
    throw new ConfigError(`${configFile} ${unreadWhy[code] ?? `cannot be read: ${message}`}.`)
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw new ConfigError(`${configFile} is not JSON: ${reasonOf(error as Error, text)}.`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ConfigError(`${configFile} must hold one object: { "PORT": 3000, … }.`)
  }
  const names = [...known, ...lists]
  const unknown = Object.keys(parsed).filter((key) => !names.includes(key) && !former.includes(key))
  if (unknown.length > 0) throw new ConfigError(unknownSettings(unknown, names))
  return parsed as Record<string, unknown>
}

const unreadWhy: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder; a file is what holds settings',
  EACCES: 'may not be read by this user',
}

/** Without the part of the file that is quoted: what it holds is nobody's business. */
function reasonOf({ message }: Error, text: string): string {
  const [, stated] = / at position (\d+)/.exec(message) ?? []
  const at = Number(stated ?? text.length)
  const end = /(,)\s*$/.exec(text.slice(0, at))
  if (end && /^\s*[}\]]/.test(text.slice(at))) {
    return `${placeOf(text, end.index)} has a comma before "${text.slice(at).trim()[0]}". Delete it`
  }
  const reason = message.replace(/, ".*" is not valid JSON/s, '').replace(/ at position .*/s, '')
  // Of a wrong word V8 says no place.
  const isPlaced = stated !== undefined || reason.includes('end of JSON')
  return isPlaced ? `${reason}, at ${placeOf(text, at)}` : reason
}

function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}

function unknownSettings(unknown: readonly string[], names: readonly string[]): string {
  const told = unknown.map((name) => {
    const meant = nearestName(name, names)
    return meant ? `"${name}" (did you mean ${meant}?)` : `"${name}"`
  })
  const what = `unknown setting${told.length > 1 ? 's' : ''} ${told.join(', ')}`
  return `${configFile} has the ${what}. ${serveCommand('--help')} names all there are.`
}

/**
 * What a value of the file says, with quotes or without.
 * @param isSwitch whether true and false mean something
 * @returns undefined for what is no text: null, a list, an object
 */
export function textOf(value: unknown, isSwitch = false): string | undefined {
  if (typeof value === 'string') return value
  const isText = typeof value === 'number' || (typeof value === 'boolean' && isSwitch)
  return isText ? String(value) : undefined
}

/** A value as an error may show it. Programs have some that JSON has not: of these the type, such as of a function. */
export const told = (value: unknown): string =>
  typeof value === 'number'
    ? String(value)
    : (attempt(() => JSON.stringify(value)) ?? `of type ${typeof value}`)

/** Whether a text may stand in feeds, ids and paths: JSON may escape what none of them can hold. */
export const isClean = (text: string): boolean => cleanText(text) === text

const isText = (text: unknown) => typeof text === 'string' && text.trim() !== '' && isClean(text)

/** @param name as an error names them. @throws ConfigError */
export function checkFooterLinks(value: unknown, name: string): readonly FooterLink[] {
  if (value === undefined) return []
  const allowed =
    'a list such as [{ "text": "Imprint", "url": "https://news.example/imprint" }], with addresses of http, https or mailto, or paths of this site'
  const isAddress = (url: unknown) =>
    isText(url) && (/^\/(?!\/)/.test(String(url)) || /^(?:https?|mailto):/.test(protocolOf(url)))
  const isLink = (link: { text?: unknown; url?: unknown } | null) =>
    isText(link?.text) && isAddress(link?.url)
  if (Array.isArray(value) && value.every(isLink)) return value
  const keys: string[] = Array.isArray(value)
    ? value.flatMap((link) => Object.keys(Object(link) === link ? link : {}))
    : []
  const wrong = keys.find((key) => key !== 'text' && key !== 'url')
  if (wrong !== undefined) {
    throw new ConfigError(`${name} has a link with the key "${wrong}"; allowed is ${allowed}.`)
  }
  throw new ConfigError(`${name} is ${told(value)}; allowed is ${allowed}.`)
}

const protocolOf = (url: unknown) => URL.parse(String(url))?.protocol ?? ''

/** @param name as an error names them. @throws ConfigError */
export function checkTopics(value: unknown, name: string): readonly TopicRule[] {
  if (value === undefined) return []
  const allowed = 'a list such as [{ "tag": "Climate", "words": ["climate change", "COP31"] }]'
  const isRule = (rule: { tag?: unknown; words?: unknown } | null) =>
    isText(rule?.tag) &&
    Array.isArray(rule?.words) &&
    rule.words.length > 0 &&
    rule.words.every(isText)
  if (Array.isArray(value) && value.every(isRule)) return value
  throw new ConfigError(`${name} is ${told(value)}; allowed is ${allowed}.`)
}
