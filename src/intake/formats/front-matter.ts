/** YAML front matter (YAML 1.2.2): the keys of `schemaOf` between two lines of hyphens. */
import type { Document, LineCounter } from 'yaml'
import type { z as Zod } from 'zod'
import { isLanguage } from '../../text.ts'
import { RejectionError } from '../rejection.ts'
import { isDate, isWebUrl } from './values.ts'

/** Front matter is a screen of text. YAML compares every key with every other, so it has an end. */
const longestFrontMatter = 16 * 1024

export const delimiter = /^---[ \t]*(?:\n|$)/

export type Schema = ReturnType<typeof schemaOf>
export type FrontMatter = Zod.infer<Schema>

/** Front matter and body of a file. The front matter begins in line 2. */
export function split(text: string): { source: string; body: string } {
  const opening = delimiter.exec(text)?.[0]
  if (opening === undefined) {
    throw new RejectionError(
      'the file does not start with front matter',
      'Start it with a line of three hyphens, then title and date, then three hyphens again.',
      1,
    )
  }
  const closing = /^(?:---|\.\.\.)[ \t]*$/gm
  closing.lastIndex = opening.length
  const end = closing.exec(text)
  if (!end || end.index > longestFrontMatter) {
    throw new RejectionError(
      end ? 'the front matter is longer than 16 kB' : 'the front matter has no end',
      'Put a line of three hyphens under its last key, and the text of the story below that.',
      1,
    )
  }
  return {
    source: text.slice(opening.length, end.index),
    body: text.slice(end.index + end[0].length),
  }
}

export type Yaml = typeof import('yaml')

/** A front matter in which every line of the file can be found again. */
export interface Parsed {
  readonly yaml: Yaml
  readonly document: Document
  readonly lineCounter: LineCounter
}

/** @throws RejectionError when it is no YAML, or YAML that front matter has no use for */
export function parse(source: string, yaml: Yaml): Parsed {
  const lineCounter = new yaml.LineCounter()
  const document = yaml.parseDocument(source, {
    lineCounter,
    prettyErrors: false,
    // Every value stays the text it is: 1984 is a title, and a time without a zone has none.
    schema: 'failsafe',
    resolveKnownTags: false,
    stringKeys: true,
  })
  const parsed = { yaml, document, lineCounter }
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault?.code === 'RESOURCE_EXHAUSTION') {
    throw new RejectionError(
      'the front matter is nested too deep',
      'Write each key as a line of its own, such as title: The headline.',
      lineAt(fault.pos[0], parsed),
    )
  }
  if (fault) {
    throw new RejectionError(
      `the front matter cannot be read: ${fault.message}`,
      fault.code === 'DUPLICATE_KEY'
        ? 'Keep one of the two keys with the same name.'
        : 'Correct it; text with a colon, a # or a special first character needs quotes around it.',
      lineAt(fault.pos[0], parsed),
    )
  }
  if (document.contents !== null && !yaml.isMap(document.contents)) {
    throw new RejectionError(
      'the front matter is not made of keys and values',
      'Write each as a line of its own, such as title: The headline.',
      2,
    )
  }
  yaml.visit(document, {
    // Aliases make a small text into a huge value, and front matter says nothing twice.
    Alias: (_, { source: name, range }) => {
      throw new RejectionError(
        `the front matter has the alias *${name}`,
        'Write the value itself; text that starts with * needs quotes around it.',
        lineAt(range?.[0] ?? 0, parsed),
      )
    },
    Scalar: (role, scalar) => {
      const isNull = scalar.type === 'PLAIN' && ['', '~', 'null'].includes(String(scalar.value))
      if (role !== 'key' && isNull) scalar.value = null
    },
  })
  return parsed
}

/** Offsets count within the YAML, which begins in the file's second line. */
function lineAt(offset: number, { lineCounter }: Parsed): number {
  return lineCounter.linePos(offset).line + 1
}

/** The line of a key or list item, of the nearest that is there, or of the front matter. */
function lineOf(path: readonly PropertyKey[], parsed: Parsed): number {
  const { yaml, document } = parsed
  let node: unknown = document.contents
  let offset: number | undefined
  for (const step of path) {
    if (yaml.isMap(node)) {
      const pair = node.items.find(({ key }) => yaml.isScalar(key) && key.value === step)
      if (yaml.isScalar(pair?.key)) offset = pair.key.range?.[0]
      node = pair?.value
    } else if (yaml.isSeq(node)) {
      node = node.items[Number(step)]
      if (yaml.isNode(node)) offset = node.range?.[0]
    }
  }
  return offset === undefined ? 1 : lineAt(offset, parsed)
}

/** What other programs call our keys. */
const otherNames: Readonly<Record<string, string>> = {
  author: 'authors',
  byline: 'authors',
  category: 'section',
  categories: 'tags',
  cover: 'image',
  description: 'summary',
  excerpt: 'summary',
  keywords: 'tags',
  lang: 'language',
  lastmod: 'updated',
  published: 'date',
  subtitle: 'summary',
  tag: 'tags',
  url: 'canonical',
}

/** What to write instead of a key there is not, if that can be guessed. */
function meantBy(key: string, schema: Schema): string | undefined {
  const small = key.toLowerCase()
  if (Object.hasOwn(schema.shape, small)) return small
  return Object.hasOwn(otherNames, small) ? otherNames[small] : undefined
}

const dateRemedy = 'Write it as 2026-04-13, 2026-04-13T09:30 or 2026-04-13T09:30:00+03:00.'

/** What to do about a wrong value, by key. */
const remedies: Readonly<Record<string, string>> = {
  title: 'Write the headline, as in title: The headline.',
  date: dateRemedy,
  updated: dateRemedy,
  expires: dateRemedy,
  tags: 'Write tags: one, two, or a list.',
  authors: 'Write one name, or a list of names.',
  language: 'Write a BCP 47 tag, such as en, tr or en-GB.',
  image: 'Write an address; or url, alt, caption and credit as keys under image.',
  audio: 'Write the path of the file, or an address that starts with https://.',
  source: 'Write a name; or name and url as keys under source.',
  canonical: 'Write the whole address, starting with https://.',
  draft: 'Write true or false.',
}

export function schemaOf(z: typeof Zod) {
  const text = z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'is not text') })
    .trim()
    .min(1, { error: 'is empty' })
  const someText = text.exactOptional()
  const date = text.refine(isDate, { error: 'is no date that exists' })
  const url = text.refine(isWebUrl, { error: 'is no http or https address' })
  const path = text.refine(isPathOrWebUrl, { error: 'is neither a path nor a web address' })
  const list = z.array(text, { error: 'is neither text nor a list' })
  const image = { url: path.exactOptional(), alt: someText, caption: someText, credit: someText }
  const source = { name: text, url: url.exactOptional() }
  const language = text
    .refine(isLanguage, { error: 'is no language' })
    .transform((value) => Intl.getCanonicalLocales(value)[0])
  const draft = z
    .enum(['true', 'false'], { error: 'is neither true nor false' })
    .transform((value) => value === 'true')
  const isList = { error: 'is a list' }
  return z.strictObject({
    title: text,
    summary: someText,
    date,
    updated: date.exactOptional(),
    expires: date.exactOptional(),
    section: someText,
    tags: z.preprocess(ifText(commaSeparated), list.exactOptional()),
    authors: z.preprocess(
      ifText((name) => [name]),
      list.exactOptional(),
    ),
    language: language.exactOptional(),
    image: z.preprocess(
      ifText((address) => ({ url: address })),
      z.strictObject(image, isList).exactOptional(),
    ),
    audio: path.exactOptional(),
    source: z.preprocess(
      ifText((name) => ({ name })),
      z.strictObject(source, isList).exactOptional(),
    ),
    canonical: url.exactOptional(),
    draft: draft.exactOptional(),
  })
}

/** For keys that may be one text instead of a list or of keys of their own. */
function ifText(convert: (text: string) => unknown): (value: unknown) => unknown {
  return (value) => (isText(value) ? convert(value) : value)
}

/** @throws RejectionError for the first key that is unknown, missing or wrong */
export function validate(parsed: Parsed, schema: Schema): FrontMatter {
  const values = parsed.document.toJS({
    maxAliasCount: 0,
    reviver: (_, value) => value ?? undefined,
  })
  const result = schema.safeParse(values ?? {}, { reportInput: true })
  if (result.success) return result.data
  const { issues } = result.error
  // A misspelt key makes two: an unknown key, and one that is missing.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (!issue) throw result.error
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, ...issue.keys.slice(0, 1)]
    const keys = Object.keys(schema.shape).join(', ')
    const meant = issue.path.length === 0 && meantBy(String(issue.keys[0]), schema)
    const remedy = meant ? `Write ${meant} instead.` : `Remove it, or use one of ${keys}.`
    throw new RejectionError(
      `${path.join('.')} is no key of the front matter`,
      remedies[String(issue.path[0])] ?? remedy,
      lineOf(path, parsed),
    )
  }
  const shown = isText(issue.input) && issue.input !== '' ? ` "${issue.input.slice(0, 80)}"` : ''
  throw new RejectionError(
    `${issue.path.join('.')}${shown} ${issue.message}`,
    remedies[String(issue.path[0])] ?? 'Write text, or leave the key out.',
    lineOf(issue.path, parsed),
  )
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** A path is relative to the file: it has no scheme and no host. */
const isPathOrWebUrl = (text: string) =>
  isWebUrl(text) || !/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(text)

function commaSeparated(text: string): string[] {
  return text.split(',').filter((part) => part.trim() !== '')
}
