/** The names of authors whom the articles of a site name by a key, from the file that the site keeps them in. */
import { lstatSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../../attempt.ts'
import { partOf, textOf } from './front-matter-fields.ts'
import { readToml } from './front-matter-toml.ts'
import type { Entry, Value } from './front-matter-tree.ts'
import { readYaml } from './front-matter-yaml.ts'

const endings = ['yml', 'yaml', 'json', 'toml']
/** Jekyll and Eleventy have one in the first, Hugo in the second. */
const folders = ['_data', 'data']
/** Old sites of Jekyll have them here. */
const config = '_config.yml'

/** Longer ones are not looked at. Bytes. */
const largest = 64 * 1024

type Names = ReadonlyMap<string, string>
const none: Names = new Map()

/** So many files are kept: an article may have several above it, and most have those of the one before. */
const mostKept = 50

/** What was read of files, and that nothing could be. */
const kept = new Map<string, { readonly version: string; readonly names: Promise<Names> }>()

/**
 * Names by keys, of the nearest such file in the folder of an article or above.
 * @param root the articles folder, above which nothing is looked for
 * @param path of the article, relative to it
 */
export async function namesOfAuthors(root: string, path: string): Promise<Names> {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    for (const file of filesIn(join(root, folder))) {
      const names = await namesIn(file)
      if (names.size > 0) return names
    }
    if (folder === '.') return none
  }
}

/** A symbolic link may lead out of the articles folder. */
const kindOf = (file: string) => attempt(() => lstatSync(file, { throwIfNoEntry: false }))

const filesIn = (folder: string) => [
  ...folders
    .map((name) => join(folder, name))
    .filter((data) => kindOf(data)?.isDirectory())
    .flatMap((data) => endings.map((ending) => join(data, `authors.${ending}`))),
  // Docusaurus has it beside the articles.
  join(folder, 'authors.yml'),
  join(folder, config),
]

async function namesIn(file: string): Promise<Names> {
  const found = kindOf(file)
  if (!found?.isFile() || found.size > largest) return none
  const version = `${found.mtimeMs} ${found.size}`
  const known = kept.get(file)
  if (known?.version === version) return known.names
  const names = readNames(file).catch(() => none)
  kept.delete(file)
  kept.set(file, { version, names })
  const [oldest = file] = kept.keys()
  if (kept.size > mostKept) kept.delete(oldest)
  return names
}

/** What stands before what a file of YAML says: comments, and the line that begins it. */
const preamble = /^\uFEFF?(?:[ \t\r]*(?:#[^\n]*)?\n)*(?:---[^\n]*\n)?(?:[ \t\r]*(?:#[^\n]*)?\n)*/

async function readNames(file: string): Promise<Names> {
  const text = readFileSync(file, 'utf8').replace(preamble, '')
  const isToml = file.endsWith('.toml')
  // A list of them stands alone; what is read here has keys.
  const source = !isToml && /^\s*(?:-\s|\[)/.test(text) ? asAuthors(text) : text
  const entries = await (isToml ? readToml : readYaml)({ source, firstLine: 1 })
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
  return file.endsWith(config) ? none : namesOf(entries)
}

/** In brackets, a line may begin in any column. */
const asAuthors = (list: string) =>
  list.trimStart().startsWith('[') ? `{"authors": ${list}\n}` : `authors:\n${list}`

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
