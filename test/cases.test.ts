/** Reads every file below test/cases and compares what is expected of it; README.md there says how to add one. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Term } from '../src/article.ts'
import { feedFormats } from '../src/channels/feed-formats.ts'
import { loadConfig } from '../src/config.ts'
import { namesIn } from '../src/intake/file-names.ts'
import { isArticleName } from '../src/intake/formats/input-formats.ts'
import { readArticle } from '../src/intake/read-article.ts'
import { createTopicFinder } from '../src/intake/topics.ts'
import { documentOf } from './support/outputs.ts'
import { asPublished } from './support/trial.ts'

type Values = Readonly<Record<string, unknown>>

interface Case {
  readonly settings: Readonly<Record<string, string>>
  readonly expected: Values
  /** What is right and does not come out yet. */
  readonly notYet: Values
}

const articleKeys =
  'title summary content published updated expires language section tags authors image audio sources ' +
  'publisher canonicalUrl readingTime'
const documents = feedFormats.map(({ fileName }) => fileName)
const kinds = ['rejected', 'draft', 'passed-over']
const keys = [...articleKeys.split(' '), ...kinds, ...documents]

const folder = fileURLToPath(new URL('cases', import.meta.url))
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
const inputs = files.filter((file) => isArticleName(basename(file)) && file !== 'README.md')

const findTopics = createTopicFinder(loadConfig({}, folder).topics)

const expectationOf = (input: string) => `${input.slice(0, -extname(input).length)}.expected.yaml`

function caseOf(input: string): Case {
  const text = readFileSync(join(folder, expectationOf(input)), 'utf8')
  // In this schema every value is the text that is written there.
  const { settings = {}, notYet = {}, ...expected } = parse(text, { schema: 'failsafe' })
  const { today: _, ...later } = notYet
  for (const key of Object.keys({ ...expected, ...later })) {
    if (!keys.includes(key)) throw new Error(`${key} is none of the keys ${keys.join(', ')}`)
  }
  return { settings, expected, notYet: later }
}

const names = (terms: readonly Term[]) => terms.map(({ name }) => name)

/** What comes of a file in the articles folder: a rejection, or the article and documents with it alone. */
async function resultOf(input: string, { settings, expected, notYet }: Case): Promise<Values> {
  const root = join(folder, dirname(input))
  const config = loadConfig(settings, root)
  const reading = { ...config, root, files: namesIn(root), findTopics }
  const outcome = await readArticle({ path: basename(input) }, reading)
  if (outcome.kind === 'rejected') return { rejected: outcome.rejections[0] }
  if (outcome.kind !== 'article') return { [outcome.kind]: true }
  const { content } = outcome
  const result: Record<string, unknown> = {
    ...content,
    content: content.content.replace(/\s*\n\s*/g, '\n'),
    section: content.section?.name,
    tags: names(content.tags),
    authors: names(content.authors),
  }
  for (const format of feedFormats) {
    if (!(format.fileName in { ...expected, ...notYet })) continue
    result[format.fileName] = await documentOf([asPublished(outcome, input)], format, config)
  }
  return result
}

/** A number is its digits, and what is not there is nothing. */
const asTexts = (value: unknown) =>
  JSON.parse(JSON.stringify(value ?? '', (_, one) => (typeof one === 'object' ? one : `${one}`)))

/** What is expected where it holds, and else what came instead. */
function compared(actual: unknown, expected: unknown): unknown {
  if (typeof actual !== 'string') return actual
  if (typeof expected === 'string') {
    const isStart = expected.endsWith('…') && actual.startsWith(expected.slice(0, -1))
    return isStart || actual === expected.trim() ? expected : actual
  }
  const { contains = [], lacks = [], ...others } = expected as Record<string, string[]>
  const isKnown = Object.keys(others).length === 0
  const holds = isKnown && contains.every((part) => actual.includes(part))
  return holds && actual !== '' && !lacks.some((part) => actual.includes(part)) ? expected : actual
}

function valueAt(result: Values, key: string, expected: unknown): unknown {
  const actual = asTexts(result[key])
  // Of a rejection only what the case names is compared.
  if (key !== 'rejected' || typeof actual === 'string') return compared(actual, expected)
  const members = Object.entries(expected as Values)
  return Object.fromEntries(members.map(([name, one]) => [name, compared(actual[name] ?? '', one)]))
}

test.each(inputs)('%s', async (input) => {
  const one = caseOf(input)
  const result = await resultOf(input, one)
  // Of what does not come out yet, nothing may be said.
  if (Object.keys(one.notYet).length === 0) {
    const kindOf = (some: Values) => kinds.find((kind) => kind in some)
    expect(kindOf(result), JSON.stringify(result.rejected)).toBe(kindOf(one.expected))
  }
  const values = Object.entries(one.expected).map(([key, it]) => [key, valueAt(result, key, it)])
  expect(Object.fromEntries(values), JSON.stringify(result.rejected)).toEqual(one.expected)
  for (const [key, it] of Object.entries(one.notYet)) {
    expect(valueAt(result, key, it), `${key} is right now: move it out of notYet`).not.toEqual(it)
  }
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('every expectation has its file', () => {
  const expectations = files.filter((file) => file.endsWith('.expected.yaml'))
  expect(expectations).toEqual(inputs.map(expectationOf).sort())
})
