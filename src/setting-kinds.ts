/** What a setting is, and the kinds of values that several have. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { attempt } from './attempt.ts'
import { isWebUrl, uriOf } from './uri.ts'

/** What is set, as text that was found to be allowed. Settings go by name. */
export interface Given {
  /** undefined where it is set nowhere. */
  stated(name: string): string | undefined
  /** What is stated, else the default. */
  text(name: string): string
  /** What relative paths are relative to. */
  readonly folder: string
  /** Of the folder that the command names. */
  readonly folderName: string | undefined
}

export interface Setting {
  readonly name: string
  /** A former name, as newsstand.config.json may still have it. In the environment LANGUAGE is gettext's. */
  readonly formerly?: string
  /** As people are told it: in words where `unset` or `read` makes it of other settings. */
  readonly fallback: string
  readonly unset?: (given: Given) => string
  readonly help: string
  readonly allowed: string
  readonly isValid: (text: string) => boolean
  /** Whether true and false are meant where the config file says so without quotes. */
  readonly isSwitch?: boolean
  /** As what a program states it that sets options; else as a string. */
  readonly type?: 'number' | 'boolean' | 'several'
  /** Whether a program may state it as a URL as well. */
  readonly isAddress?: boolean
  /** Whether a program's has to be in one line: it stands in feeds and pages as it is. */
  readonly isLine?: boolean
  /** Whether nobody may be shown what it is set to. */
  readonly isSecret?: boolean
  /** @returns what the program uses */
  readonly read: (text: string, given: Given) => unknown
}

const isWholeNumber = (text: string, least: number, most: number) =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most

export const wholeNumber = (least: number, most: number) => ({
  allowed: `a whole number from ${least} to ${most}`,
  isValid: (text: string) => isWholeNumber(text, least, most),
  type: 'number' as const,
  read: Number,
})

export const trueOrFalse = {
  allowed: 'true or false',
  isValid: (text: string) => text === 'true' || text === 'false',
  isSwitch: true,
  type: 'boolean' as const,
  read: (text: string) => text === 'true',
}

export const anyText = (allowed: string) => ({
  allowed,
  isValid: (text: string) => text.trim() !== '',
  isLine: true,
  read: String,
})

/** Read as an absolute path. */
export const path = {
  ...anyText('a path'),
  isLine: false,
  read: (text: string, { folder }: Given) => resolve(folder, text),
}

/** These addresses are published in every feed, so no name or password may be in them. */
export const httpUrl = {
  allowed: 'an http or https address without name, password, query or fragment',
  isValid(text: string) {
    if (!URL.canParse(text) || /[?#]/.test(text)) return false
    const { protocol, username, password } = new URL(text)
    return /^https?:$/.test(protocol) && username === '' && password === ''
  },
  isAddress: true,
  read: (text: string) => uriOf(new URL(text)),
}

/** Whom requests are sent to. A name and password would be in plain sight of whoever reads what is published. */
const isTarget = (text: string) => {
  if (text.includes('#') || !isWebUrl(text)) return false
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

/**
 * Whom requests are sent to, one or several.
 * @param words that may stand in the list as well
 */
export const targets = (...words: readonly string[]) => ({
  isValid: (text: string) =>
    text === 'none' || listOf(text).every((one) => words.includes(one) || isTarget(one)),
  type: 'several' as const,
  /** Without the words. */
  read: (text: string): readonly string[] =>
    text === 'none'
      ? []
      : [
          ...new Set(
            listOf(text)
              .filter((one) => !words.includes(one))
              .map((one) => uriOf(new URL(one))),
          ),
        ],
})

export const isTimeZone = (text: string) =>
  attempt(() => new Intl.DateTimeFormat('en', { timeZone: text })) !== undefined

export const listOf = (text: string) => text.split(',').map((one) => one.trim())

/** An address with the number of its bits that count. One of no bits would be everybody. */
export function isSubnet(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/')
  const kind = isIP(address)
  return kind > 0 && isWholeNumber(bits, 1, kind === 4 ? 32 : 128) && rest.length === 0
}

/** An address, a subnet, or a name that Express has for some. */
export const isNetwork = (text: string): boolean =>
  isIP(text) > 0 || isSubnet(text) || /^(loopback|linklocal|uniquelocal)$/.test(text)

/** A network as Express knows it: of IPv6 in hexadecimal digits alone, without the name of a network card (`%eth0`). */
export const plainNetwork = (text: string) =>
  text.includes(':')
    ? text.replace(/^([^/%]+)[^/]*/, (_, ip) => new URL(`http://[${ip}]`).hostname.slice(1, -1))
    : text
