/** What the configuration of a site's generator says, by names in small letters: Jekyll, Hexo, Hugo, Zola, Eleventy, Astro. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { attempt } from '../attempt.ts'
import { readToml } from '../intake/formats/front-matter/front-matter-toml.ts'
import { readYaml } from '../intake/formats/front-matter/front-matter-yaml.ts'
import { writtenScalarsIn } from '../intake/formats/shortcodes/site-parts.ts'

/** A value, and the file that states it. */
export interface SiteValue {
  readonly text: string
  /** As it is written there, with the tables that it stands in. */
  readonly name: string
  /** Of a file, in the site's folder. */
  readonly file: string
}

export interface SiteValues {
  /** By the tables that they stand in and their own names, in small letters: `title`, `params.author.name`. */
  readonly values: ReadonlyMap<string, SiteValue>
  /** Why a file could not be read, a line each. */
  readonly faults: readonly string[]
}

const endings = ['toml', 'yaml', 'yml', 'json']

/** Those that one generator alone has. */
const ownFiles = [
  ...['_config.yml', '_config.yaml', '_config.toml'],
  ...endings.map((ending) => `hugo.${ending}`),
  ...['js', 'mjs', 'cjs', 'ts'].map((ending) => `astro.config.${ending}`),
]
/** Many a program has one that is called so; a site's states its address. */
const sharedFiles = endings.map((ending) => `config.${ending}`)
const hugoFolder = 'config/_default'
/** Eleventy has no file for what a site is; its own examples call it so. */
const eleventyFiles = ['_data', 'src/_data'].flatMap((folder) =>
  ['metadata', 'site'].flatMap((name) =>
    ['json', 'js', 'mjs', 'cjs'].map((ending) => `${folder}/${name}.${ending}`),
  ),
)
/** Of Astro's own example. */
const astroFiles = ['src/consts.ts', 'src/consts.js']

/** Longer ones are not looked at. Bytes. */
const largest = 256 * 1024

/** @param folder of the site; of what several files state, the first counts */
export async function siteValues(folder: string): Promise<SiteValues> {
  const values = new Map<string, SiteValue>()
  const faults: string[] = []
  for (const file of filesIn(folder)) {
    const text = textOf(join(folder, file))
    if (text === undefined) continue
    try {
      const found = await valuesIn(file, text)
      if (sharedFiles.includes(file) && !isOfSite(found)) continue
      for (const [name, value] of found) {
        const known = name.toLowerCase()
        if (!values.has(known)) values.set(known, { text: value, name, file })
      }
    } catch (error) {
      const reason = (error as Error).message.replace(/^the front matter /, 'it ')
      faults.push(`${file} cannot be read: ${reason}`)
    }
  }
  return { values, faults }
}

function filesIn(folder: string): string[] {
  const found = attempt(() => readdirSync(join(folder, hugoFolder))) ?? []
  const ofHugo = found
    .filter((name) => /^(?:hugo|config|params|languages)[\w.-]*\.(?:toml|ya?ml|json)$/.test(name))
    .map((name) => `${hugoFolder}/${name}`)
    .sort()
  const names = attempt(() => readdirSync(folder)) ?? []
  const has = (generator: RegExp) => names.some((name) => generator.test(name))
  return [
    ...ownFiles,
    ...sharedFiles,
    ...ofHugo,
    ...(has(/^(?:\.eleventy|eleventy\.config)\./) ? eleventyFiles : []),
    ...(has(/^astro\.config\./) ? astroFiles : []),
  ]
}

const isOfSite = (found: readonly (readonly [string, string])[]) =>
  found.some(([name]) => /^base_?url$/i.test(name))

const textOf = (path: string): string | undefined =>
  attempt(() => (statSync(path).size <= largest ? readFileSync(path, 'utf8') : undefined))

async function valuesIn(file: string, text: string): Promise<(readonly [string, string])[]> {
  if (/\.[cm]?[jt]s$/.test(file)) return literalsIn(text)
  const source = file.endsWith('.toml') ? text : text.replace(/^---[^\n]*\n/, '')
  const read = file.endsWith('.toml') ? readToml : readYaml
  return writtenScalarsIn(await read({ source, firstLine: 1 }), tablesOf(file))
}

/** Hugo may have a file for each table: `params.toml`, `languages.en.toml`. */
function tablesOf(file: string): string {
  if (!file.startsWith(hugoFolder)) return ''
  const tables = basename(file)
    .replace(/\.\w+$/, '')
    .replace(/^(?:hugo|config)\b\.?/, '')
  return tables === '' ? '' : `${tables}.`
}

/** What code states in words of its own, on lines of their own: `site: 'https://harbour.example',`. */
const literalsIn = (code: string): (readonly [string, string])[] =>
  Array.from(
    code.matchAll(
      /^[ \t]*(?:export[ \t]+)?(?:const[ \t]+)?["']?(\w+)["']?[ \t]*[:=][ \t]*(["'`])((?:(?!\2)[^\\\n$])*)\2[ \t]*[,;]?[ \t]*$/gm,
    ),
    ([, name = '', , value = '']) => [name, value] as const,
  )
