/** YAML front matter (YAML 1.2.2): keys and values between two lines of hyphens. */
import type { Document, LineCounter } from 'yaml'
import { RejectionError } from '../rejection.ts'

/** Front matter is a screen of text. YAML compares every key with every other, so it has an end. */
const longestFrontMatter = 16 * 1024

export const delimiter = /^---[ \t]*(?:\n|$)/

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

type Yaml = typeof import('yaml')

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
export function lineOf(path: readonly PropertyKey[], parsed: Parsed): number {
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
