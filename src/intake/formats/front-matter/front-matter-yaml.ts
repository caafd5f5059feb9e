/** Front matter in YAML 1.2.2, and in JSON, which is YAML. */
import type { Alias, Document, LineCounter, Node, YAMLError } from 'yaml'
import { type Rejection, RejectionError } from '../../rejection.ts'
import { isTemplate } from '../lines/template-signs.ts'
import { mended } from './front-matter-mends.ts'
import { Bounds, type Entry, type Source, unfilled, type Value } from './front-matter-tree.ts'

type Yaml = typeof import('yaml')

/** Mending one line may show what is wrong with another. */
const mostRounds = 5
const mostFaults = 20

/** It takes 40 ms to load, which a folder without it need not pay. */
const load = () => import('yaml')

/**
 * The keys of a front matter in YAML. Text that needs quotes and has none is read as it is meant where only
 * one thing can be meant.
 * @throws RejectionError with all that cannot be read, or when it is not made of keys
 */
export async function readYaml({ source, firstLine }: Source): Promise<readonly Entry[]> {
  const yaml = await load()
  let text = withSigns(source).replace(pythonText, '')
  let parsed = parse(yaml, text)
  for (let round = 0; round < mostRounds && parsed.faults.length > 0; round += 1) {
    const better = mended(
      text,
      parsed.faults.map((fault) => ({ code: fault.code, line: lineOf(fault, parsed) })),
    )
    if (better === text) break
    text = better
    parsed = parse(yaml, text)
  }
  if (parsed.faults.length > 0) throw rejectionOf(parsed, source, firstLine)
  return entriesOf(yaml, parsed, firstLine)
}

/**
 * With quotes around what a `#` makes a comment by the letter of YAML, if no blank follows it: tags with their signs (Obsidian),
 * alone, in brackets or as items, and lines of text, as in `title: Ferry #5 is back`, or `tags: [gulls, Ferry #5]`.
 */
const withSigns = (source: string) =>
  source
    .replace(hashtags, '$1"$2"')
    .replace(tagsInBrackets, (_, key, names) => `${key}[${names.split(',').map(quoted).join(',')}]`)
    .replace(tagItem, '$1"$2"')
    .replace(itemWithSign, (_, dash, text) => dash + JSON.stringify(withoutComment(text)))
    .replace(
      textWithSign,
      (_, key, before, text) =>
        key +
        JSON.stringify(
          isLine.test(key) ? (before + text).trimEnd() : withoutComment(before + text),
        ),
    )

/** In these a sign behind a blank is mostly meant. */
const isLine = /^(?:title|headline|subtitle|summary|excerpt|description):/i
const withoutComment = (text: string) => text.replace(/[ \t]#[ \t].*$/, '').trimEnd()

const hashtags = /^(tags?:[ \t]+)((?:#[\p{L}\d_/-]+[ \t,]*)+)$/gimu
const tagsInBrackets =
  /^((?:tags?|categories|keywords|topics):[ \t]+)\[([^[\]{}\n#]*#[^[\]{}\n]*)\][ \t]*$/gim

/** Of a list in brackets; what has quotation marks has them for that. */
const quoted = (item: string) =>
  /(?:^|\s)#[^\s#]/.test(item) && !/["']/.test(item) ? JSON.stringify(item.trim()) : item

const tagItem = /^([ \t]*-[ \t]+)(#[\p{L}\d_/-]+)[ \t]*$/gmu
const itemWithSign = /^([ \t]*-[ \t]+)([^\s"'|>&*!?{}[\]%@`,:#-][^\n#:]*[ \t]#[^\s#][^\n]*)$/gm
const textWithSign =
  /^((?:title|headline|subtitle|summary|excerpt|description|tags?|categor(?:y|ies)|section|keywords|topics):[ \t]+)((?=#)|[^\s"'|>&*!?{}[\]%@`#,-][^\n#]*?[ \t](?=#))(?=#[^\s#])([^\n]+)$/gim

/** Python 2 writes texts so, keys among them. */
const pythonText = /!!python\/(?:unicode|str) (?=['"])/g

/** Blanks stand for tabs, which YAML refuses in places; within its texts JSON has none. */
export async function readJson({ source, firstLine }: Source): Promise<readonly Entry[]> {
  const yaml = await load()
  const object = source.trimStart().startsWith('{')
    ? source
    : `{${source.trimEnd().replace(/,$/, '')}}`
  const parsed = parse(yaml, object.replaceAll('\t', ' '))
  if (parsed.faults.length > 0) throw rejectionOf(parsed, source, firstLine)
  return entriesOf(yaml, parsed, firstLine)
}

interface Parsed {
  readonly document: Document
  readonly lineCounter: LineCounter
  readonly faults: readonly YAMLError[]
}

function parse(yaml: Yaml, source: string): Parsed {
  const lineCounter = new yaml.LineCounter()
  const document = yaml.parseDocument(source, {
    lineCounter,
    prettyErrors: false,
    // Every value stays the text it is: 1984 is a title, and a time without a zone has none.
    schema: 'failsafe',
    resolveKnownTags: false,
    stringKeys: true,
    // It would compare every key with every other; front-matter-fields.ts finds what is stated twice.
    uniqueKeys: false,
  })
  const faults = [...document.errors, ...document.warnings].filter((fault) => !isOfProgram(fault))
  return { document, lineCounter, faults }
}

/** YAML's own types, which programs state (`!!timestamp`); a `!` that a person writes begins words. */
const isOfProgram = ({ code, message }: YAMLError) =>
  code === 'TAG_RESOLVE_FAILED' && /: tag:yaml\.org,2002:\w+$/.test(message)

const lineOf = ({ pos }: YAMLError, { lineCounter }: Parsed) => lineCounter.linePos(pos[0]).line

function rejectionOf(parsed: Parsed, source: string, firstLine: number): RejectionError {
  const byLine = new Map<number, Rejection>()
  const lines = source.split('\n')
  // One line may have thousands of faults.
  const first = new Map(parsed.faults.toReversed().map((fault) => [lineOf(fault, parsed), fault]))
  for (const [found, fault] of [...first].toReversed().slice(0, mostFaults)) {
    const at = openedIn(lines, found, fault) ?? found
    const line = at + firstLine - 1
    const words = isTemplate(lines[at - 1] ?? '') ? unfilled : wordsFor(fault)
    if (!byLine.has(line)) byLine.set(line, { line, ...words })
  }
  const [one, ...others] = byLine.values()
  if (!one) throw new Error('there is no fault')
  return RejectionError.of([one, ...others])
}

const lacksQuote = /Missing closing ["']/
const lacksBracket = /must be sufficiently indented and end with a ([\]}])|to end with ([\]}])/

/** The line in which what has no end begins: the parser tells where it looked for the end. 1-based. */
function openedIn(lines: readonly string[], found: number, { message }: YAMLError) {
  const above = lines.slice(0, found)
  const opens = lacksQuote.test(message)
    ? (line: string) => /(?:^|[:\-,[{]\s*)(["'])(?:(?!\1).)*$/.test(line)
    : lacksBracket.test(message)
      ? (line: string) => count(line, /[[{]/g) > count(line, /[\]}]/g)
      : undefined
  const at = opens ? above.findLastIndex(opens) : -1
  return at === -1 ? undefined : at + 1
}

const indent =
  /^(?:Nested mappings are not allowed in compact|All (?:mapping|sequence) items must start at the same column|A block sequence may not be used|Sequence item without)/

const count = (text: string, sign: RegExp) => text.match(sign)?.length ?? 0

const signNeedsQuotes =
  'Correct it; text with a colon, a # or a special first character needs quotes around it.'

/** What the parser says to programmers, for others. */
const plainWords: readonly (readonly [RegExp, string])[] = [
  [/^Implicit (?:map )?keys? need/, 'a line is no key with a colon and a value'],
  [
    /^Unexpected .* at node end|^Block scalar header includes/,
    'something stands behind the end of a text or list',
  ],
  [/^Plain value cannot start with/, 'a text begins with a sign that has a meaning of its own'],
  [/^Tabs are not allowed/, 'a line begins with a tab; blanks are meant'],
  [/^Invalid escape sequence/, 'a text in double quotes has a \\ before a sign that needs none'],
  [
    /^Missing (?:,|space after)|^Unexpected (?:,|empty item)/,
    'a list or table in brackets has a comma or a blank too many or too few',
  ],
  [/^Comments must be separated/, 'a # stands directly behind a text'],
  [/^Missing directives-end/, 'a line of three hyphens or a % stands within it'],
  [/^(?:Alias|Anchor|An alias|A node|Anchors|Tags) /, 'a text begins with &, * or !'],
  [/^Unresolved tag/, 'a text begins with !'],
  [
    /^Unexpected|^Expected|^Block (?:collection|scalar)|^Map /,
    'a sign stands where none is expected',
  ],
]

function wordsFor({ code, message }: YAMLError) {
  if (code === 'RESOURCE_EXHAUSTION') {
    return {
      reason: 'the front matter is nested too deep',
      remedy: 'Write each key as a line of its own, such as title: The headline.',
    }
  }
  if (lacksQuote.test(message)) {
    return {
      reason: 'the front matter has a quotation mark that is not closed',
      remedy: 'Write a second one at the end of its text.',
    }
  }
  const [, bracket, other] = lacksBracket.exec(message) ?? []
  if (bracket ?? other) {
    return {
      reason: `the front matter has a list or table that no ${bracket ?? other} ends`,
      remedy: `Write ${bracket ?? other} behind its last item.`,
    }
  }
  if (indent.test(message)) {
    return {
      reason: 'the front matter has a line that begins in another column than those it belongs to',
      remedy:
        'Begin keys, and the items of a list, in the same column; text with a colon needs quotes.',
    }
  }
  const [, plain = message] = plainWords.find(([theirs]) => theirs.test(message)) ?? []
  return { reason: `the front matter cannot be read: ${plain}`, remedy: signNeedsQuotes }
}

function entriesOf(yaml: Yaml, parsed: Parsed, firstLine: number): readonly Entry[] {
  const bounds = new Bounds()
  const anchors = new Map<string, Node>()
  const lineAt = (offset = 0) => parsed.lineCounter.linePos(offset).line + firstLine - 1

  function readValue(node: unknown, depth: number, line: number): Value | undefined {
    bounds.check(depth, line)
    if (yaml.isAlias(node)) return readValue(targetOf(node, line), depth + 1, line)
    if (yaml.isNode(node) && !yaml.isAlias(node) && node.anchor) anchors.set(node.anchor, node)
    if (yaml.isScalar(node)) {
      const text = String(node.value).trim()
      const isNull = node.type === 'PLAIN' && ['~', 'null', 'Null', 'NULL'].includes(text)
      return text === '' || isNull ? undefined : { line, text }
    }
    if (yaml.isSeq(node)) {
      const list = node.items.flatMap((item) => {
        const start = yaml.isNode(item) ? lineAt(item.range?.[0]) : line
        return readValue(item, depth + 1, start) ?? []
      })
      return list.length > 0 ? { line, list } : undefined
    }
    if (!yaml.isMap(node)) return undefined
    const table = node.items.flatMap(({ key, value }): Entry[] => {
      if (!yaml.isScalar(key)) return []
      const start = lineAt(key.range?.[0])
      const found = readValue(value, depth + 1, start)
      return found ? [{ key: String(key.value), line: start, value: found }] : []
    })
    return table.length > 0 ? { line, table } : undefined
  }

  function targetOf(alias: Alias, line: number): Node {
    const target = anchors.get(alias.source)
    if (target) return target
    throw new RejectionError(
      `the front matter has the alias *${alias.source} of nothing above`,
      'Write the value itself; text that starts with * needs quotes around it.',
      line,
    )
  }

  const { contents } = parsed.document
  if (contents !== null && !yaml.isMap(contents) && !(yaml.isScalar(contents) && !contents.value)) {
    throw new RejectionError(
      'the front matter is not made of keys and values',
      'Write each as a line of its own, such as title: The headline.',
      firstLine,
    )
  }
  const whole = readValue(contents, 0, firstLine)
  return whole && 'table' in whole ? whole.table : []
}
