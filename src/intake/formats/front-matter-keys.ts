/** The keys of front matter, and what is said of one that is unknown or wrong. */
import type { z as Zod } from 'zod'
import { isLanguage } from '../../text.ts'
import { isWebUrl } from '../links.ts'
import { RejectionError } from '../rejection.ts'
import { dateRemedy, isDate } from '../stated-date.ts'
import { lineOf, type Parsed } from './front-matter.ts'

type Schema = ReturnType<typeof schemaOf>

/** What other programs call our keys. */
const otherNames: Readonly<Record<string, string>> = {
  authors: 'author byline',
  section: 'category',
  tags: 'categories keywords tag',
  image: 'cover',
  summary: 'description excerpt subtitle',
  language: 'lang',
  updated: 'lastmod',
  date: 'published',
  canonical: 'url',
}

/** What to write instead of a key there is not, if that can be guessed. */
function meantBy(key: string, schema: Schema): string | undefined {
  const small = key.toLowerCase()
  const keys = Object.keys(schema.shape)
  return keys.find((ours) => ours === small || otherNames[ours]?.split(' ').includes(small))
}

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
export function validate(parsed: Parsed, schema: Schema): Zod.infer<Schema> {
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
