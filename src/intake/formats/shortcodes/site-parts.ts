/** Parts of a site that its articles name: what its templates include, its own shortcodes, and values of its configuration. */
import { posix } from 'node:path'
import { attempt } from '../../../attempt.ts'
import { decode } from '../../decode.ts'
import { needText } from '../../needs.ts'
import { readBytes, useFile } from '../../open-file.ts'
import { readToml } from '../front-matter/front-matter-toml.ts'
import type { Entry } from '../front-matter/front-matter-tree.ts'
import { readYaml } from '../front-matter/front-matter-yaml.ts'

/** Longer ones are not looked at. Bytes. */
const largest = 64 * 1024
/** So many names are looked for. */
const mostNames = 200
/** So often one is read. */
const mostUses = 500
/** Of all of them together. Characters. */
const mostText = 64 * 1024

const configs = ['_config.yml', '_config.yaml', 'hugo.toml', 'config.toml', 'hugo.yaml']

/** Where a file that is called so may lie, in the folder of the site. Jekyll, Eleventy; Hugo; Zola. */
const foldersOf = {
  include: ['_includes'],
  shortcode: ['layouts/shortcodes', 'layouts/_shortcodes', 'templates/shortcodes'],
}
type PartKind = keyof typeof foldersOf | 'beside'

/** Of a template that people write words in. */
const ending = /\.(?:md|markdown|html?)$/i
const isName = (name: string) =>
  /^[\w./-]{1,200}$/.test(name) &&
  !name.split('/').some((part) => part === '' || part.startsWith('.'))

interface SitePart {
  readonly text: string
  readonly isHtml: boolean
}

/** What an article may name of its site. */
export interface Site {
  /** @param name of a file, which a shortcode has without its ending; undefined where there is none, or nothing to read */
  part(kind: PartKind, name: string): SitePart | undefined
  /** Whether so much more may be shown. Characters. */
  takes(length: number): boolean
  /** A value that stands alone in the configuration: `title`, `params.phone`. */
  value(name: string): string | undefined
}

/** Nothing is known of it. */
export const noSite: Site = { part: () => undefined, takes: () => false, value: () => undefined }

/**
 * The site that an article lies in, of which nothing is read that lies outside of the articles folder, or that a symbolic
 * link leads to.
 * @param root the articles folder
 * @param path of the article, relative to it
 */
export async function siteOf(root: string, path: string): Promise<Site> {
  const { looked, values } = await valuesAbove(root, path)
  const found = new Map<string, SitePart | undefined>()
  let length = 0
  let uses = 0
  return {
    part(kind, name) {
      uses += 1
      if (uses > mostUses) return undefined
      const key = `${kind} ${name}`
      if (!found.has(key) && found.size < mostNames) found.set(key, partAt(root, path, kind, name))
      return found.get(key)
    },
    takes(more) {
      if (length + more > mostText) return false
      length += more
      return true
    },
    value(name) {
      for (const config of looked) needText(root, config)
      return values.get(name.toLowerCase())
    },
  }
}

function partAt(root: string, path: string, kind: PartKind, name: string): SitePart | undefined {
  if (!isName(name)) return undefined
  for (const place of placesOf(kind, name, path)) {
    // Where none lies, one may come.
    needText(root, place)
    const text = textAt(root, place)
    if (text !== undefined) {
      return { text: withoutFrontMatter(text), isHtml: /\.html?$/i.test(place) }
    }
  }
  return undefined
}

const withoutFrontMatter = (text: string) =>
  text.replace(/^---[ \t]*\n(?:(?!---)[^\n]*\n)*---[ \t]*(?:\n|$)/, '')

function placesOf(kind: PartKind, name: string, path: string): string[] {
  if (kind === 'beside') {
    return ending.test(name) ? [posix.join(posix.dirname(path), name)] : []
  }
  const names = kind === 'include' ? [name] : [`${name}.html`, `${name}.md`]
  return foldersAbove(path).flatMap((folder) =>
    foldersOf[kind].flatMap((one) =>
      names.filter((file) => ending.test(file)).map((file) => posix.join(folder, one, file)),
    ),
  )
}

/** So many folders above an article may be that of a site. */
const mostFolders = 10

/** The folder of an article and those above, the nearest first. */
function foldersAbove(path: string): string[] {
  const folders = posix.dirname(path).split('/')
  const all = folders[0] === '.' ? [] : folders
  return Array.from({ length: all.length + 1 }, (_, depth) =>
    all.slice(0, all.length - depth).join('/'),
  ).slice(-mostFolders)
}

/** @returns undefined where no file lies there itself, or a large one, or one that is no text */
const textAt = (root: string, path: string): string | undefined =>
  attempt(() =>
    useFile(root, path, (file, { size }, target) =>
      target === path && size <= largest ? decode(readBytes(file, size)) : undefined,
    ),
  )

type Values = ReadonlyMap<string, string>

/** Those of the last configuration, which many articles share. */
let last: { readonly text: string; readonly values: Values } | undefined

/** @returns what the nearest configuration says, and the paths of those that were looked for up to it */
async function valuesAbove(
  root: string,
  path: string,
): Promise<{ readonly looked: readonly string[]; readonly values: Values }> {
  const looked: string[] = []
  for (const folder of foldersAbove(path)) {
    for (const name of configs) {
      const config = posix.join(folder, name)
      looked.push(config)
      const text = textAt(root, config)
      if (text === undefined) continue
      if (last?.text !== text) {
        const entries = await entriesIn(text, config.endsWith('.toml')).catch(() => [])
        last = { text, values: new Map(scalarsIn(entries)) }
      }
      return { looked, values: last.values }
    }
  }
  return { looked, values: new Map() }
}

const entriesIn = async (source: string, isToml: boolean): Promise<readonly Entry[]> =>
  isToml
    ? readToml({ source, firstLine: 1 })
    : readYaml({ source: source.replace(/^---[^\n]*\n/, ''), firstLine: 1 })

/** The longest that may be shown, for it may be thousands of times. Characters. */
const longestValue = 500

/** Values by the names of the tables that they stand in, and their own, in small letters. */
export const scalarsIn = (entries: readonly Entry[]): (readonly [string, string])[] =>
  writtenScalarsIn(entries).map(([name, text]) => [name.toLowerCase(), text] as const)

/** The same by names as they are written. */
export function writtenScalarsIn(
  entries: readonly Entry[],
  above = '',
): (readonly [string, string])[] {
  return entries.flatMap(({ key, value }) => {
    const name = above + key
    if ('table' in value) return writtenScalarsIn(value.table, `${name}.`)
    const isShort = 'text' in value && value.text.length <= longestValue
    return isShort ? [[name, value.text] as const] : []
  })
}
