/** The names of authors whom the articles of a site name by a key, from the file that the site keeps them in. */
import { lstatSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../../attempt.ts'
import { partOf, textOf } from './front-matter-fields.ts'
import { readToml } from './front-matter-toml.ts'
import type { Entry } from './front-matter-tree.ts'
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

/** That of the last file, which many articles share. */
let last: { readonly file: string; readonly version: string; readonly names: Names } | undefined

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
  if (last?.file !== file || last.version !== version) {
    last = { file, version, names: await readNames(file).catch(() => none) }
  }
  return last.names
}

async function readNames(file: string): Promise<Names> {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF?(?:---[^\n]*\n)?/, '')
  // A list of them stands alone; what is read here has keys.
  const source = /^\s*(?:#[^\n]*\s*)*[-[]/.test(text) ? `authors:\n${text}` : text
  const entries = await (file.endsWith('.toml') ? readToml : readYaml)({ source, firstLine: 1 })
  const listed = entries.find(({ key, value }) => key === 'authors' && !('text' in value))?.value
  if (listed && 'table' in listed) return namesOf(listed.table)
  if (listed && 'list' in listed) {
    return new Map(
      listed.list.flatMap((one) => {
        const key = textOf(partOf(one, 'id', 'key', 'slug', 'username', 'nickname', 'login'))
        const name = textOf(partOf(one, 'name', 'display_name', 'full_name'))
        return key && name ? [[key, name] as const] : []
      }),
    )
  }
  return file.endsWith(config) ? none : namesOf(entries)
}

const namesOf = (entries: readonly Entry[]): Names =>
  new Map(
    entries.flatMap(({ key, value }) => {
      const name = textOf(partOf(value, 'name', 'display_name', 'full_name', 'title'))
      const written = name ?? ('text' in value ? value.text : undefined)
      return written ? [[key, written] as const] : []
    }),
  )
