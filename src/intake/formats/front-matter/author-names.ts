/** The names of authors whom the articles of a site name by a key, from the file that the site keeps them in. */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { needAuthors } from '../../needs.ts'
import { RejectionError } from '../../rejection.ts'
import { authorsFilesAbove, kindOf, siteConfig } from './author-files.ts'
import { partOf, textOf } from './front-matter-fields.ts'
import { readToml } from './front-matter-toml.ts'
import type { Entry, Value } from './front-matter-tree.ts'
import { readYaml } from './front-matter-yaml.ts'

/** Longer ones are not looked at. Bytes. */
const largest = 64 * 1024

type Names = ReadonlyMap<string, string>
const none: Names = new Map()

interface Found {
  readonly names: Names
  /** Why nobody knows them, as a note says it. */
  readonly fault?: string
}

/** So many files are kept: an article may have several above it, and most have those of the one before. */
const mostKept = 50

/** What was read of files, and that nothing could be. */
const kept = new Map<string, { readonly version: string; readonly found: Promise<Found> }>()

/**
 * Names by keys, of the nearest such file in the folder of an article or above.
 * @param root the articles folder, above which nothing is looked for
 * @param path of the article, relative to it
 */
export async function namesOfAuthors(root: string, path: string): Promise<Found> {
  const files = authorsFilesAbove(root, posix.dirname(path))
  needAuthors(root, files)
  for (const file of files) {
    const found = await namesIn(root, file)
    if (found.names.size > 0 || found.fault !== undefined) return found
  }
  return { names: none }
}

async function namesIn(root: string, path: string): Promise<Found> {
  const file = join(root, path)
  const stat = kindOf(file)
  if (!stat || stat.size > largest) return { names: none }
  const version = `${stat.mtimeMs} ${stat.size}`
  const known = kept.get(file)
  if (known?.version === version) return known.found
  const found = readNames(file).then(namesFound(path), faultOf(path))
  kept.delete(file)
  kept.set(file, { version, found })
  const [oldest = file] = kept.keys()
  if (kept.size > mostKept) kept.delete(oldest)
  return found
}

/** A file that is emptied is being written. */
const namesFound = (path: string) => (names: Names | undefined) =>
  names ? { names } : { names: none, fault: `${path} is empty` }

/** What else is in the configuration of a site is not for us to read. */
function faultOf(path: string) {
  return (error: unknown): Found => {
    if (posix.basename(path) === siteConfig) return { names: none }
    const [rejection] = error instanceof RejectionError ? error.rejections : []
    const line = rejection?.line === undefined ? '' : `, line ${rejection.line}`
    const reason = (rejection?.reason ?? (error as Error).message).replace(
      /^the front matter /,
      'it ',
    )
    return { names: none, fault: `${path}${line}: ${reason}` }
  }
}

/** What stands before what a file of YAML says: comments, and the line that begins it. */
const preamble = /^\uFEFF?(?:[ \t\r]*(?:#[^\n]*)?\n)*(?:---[^\n]*\n)?(?:[ \t\r]*(?:#[^\n]*)?\n)*/

/** @returns undefined of a file that says nothing */
async function readNames(file: string): Promise<Names | undefined> {
  const whole = readFileSync(file, 'utf8')
  const [before = ''] = preamble.exec(whole) ?? []
  const text = whole.slice(before.length)
  if (text.trim() === '') return undefined
  const firstLine = before.split('\n').length
  const isToml = file.endsWith('.toml')
  // A list of them stands alone; what is read here has keys.
  const isList = !isToml && /^\s*(?:-\s|\[)/.test(text)
  const part = isList
    ? { source: asAuthors(text), firstLine: firstLine - linesBefore(text) }
    : { source: text, firstLine }
  const entries = await (isToml ? readToml : readYaml)(part)
  const listed = entries.find(({ key, value }) => key === 'authors' && !('text' in value))?.value
  if (listed && 'table' in listed) return namesOf(listed.table)
  if (listed && 'list' in listed) {
    return new Map(
      listed.list.flatMap((one) => {
        const key = textOf(partOf(one, 'id', 'key', 'slug', 'username', 'nickname', 'login'))
        const name = nameIn(one)
        return key && name ? [[key, name] as const] : []
      }),
    )
  }
  return file.endsWith(siteConfig) ? none : namesOf(entries)
}

const isBracketed = (list: string) => list.trimStart().startsWith('[')

/** In brackets, a line may begin in any column. */
const asAuthors = (list: string) =>
  isBracketed(list) ? `{"authors": ${list}\n}` : `authors:\n${list}`

const linesBefore = (list: string) => (isBracketed(list) ? 0 : 1)

/** By a key that is a name already nothing but a stated name is meant: what else stands there is an office, or an address. */
const namesOf = (entries: readonly Entry[]): Names =>
  new Map(
    entries.flatMap(({ key, value }) => {
      const isText = 'text' in value && !isWholeName(key) && isName(value.text)
      const name = isText ? value.text : nameIn(value)
      return name ? [[key, name] as const] : []
    }),
  )

function nameIn(value: Value): string | undefined {
  const name = textOf(partOf(value, 'name', 'display_name', 'full_name'))
  return name !== undefined && isName(name) ? name : undefined
}

/** "Jo Lind"; keys are `jo` or `jo-lind`. */
const isWholeName = (key: string) =>
  key.split(' ').filter((word) => /^\p{Lu}/u.test(word)).length > 1

/** Characters and words of the longest name. */
const longestName = 100
const mostWords = 8

/** Neither an address nor a sentence. */
const isName = (text: string) =>
  text.length <= longestName &&
  text.split(/\s+/).length <= mostWords &&
  !/:\/\/|^\S*[/@]\S*$|^www\.|\p{Ll}{3}[.!?]$/u.test(text)
