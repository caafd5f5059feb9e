/** Front matter in TOML 1.0, as Hugo and Zola have it. */
import { RejectionError } from '../../rejection.ts'
import { isTemplate } from '../lines/template-signs.ts'
import {
  Bounds,
  deepest,
  type Entry,
  type Source,
  unfilled,
  type Value,
} from './front-matter-tree.ts'

/**
 * The keys of a front matter in TOML. Values have the line of their key; one below a table's, that of the table.
 * @throws RejectionError when it cannot be read
 */
export async function readToml({ source, firstLine }: Source): Promise<readonly Entry[]> {
  // It takes 5 ms to load, which a folder without TOML need not pay.
  const { parse, TomlError } = await import('smol-toml')
  const bounds = new Bounds()
  const places = placesIn(source)

  function readValue(value: unknown, path: string, depth: number, near: number): Value | undefined {
    const place = places.get(path)
    const line = place ? place.line + firstLine - 1 : near
    bounds.check(depth, line)
    if (Array.isArray(value)) {
      const list = value.flatMap((one) => readValue(one, `${path}.`, depth + 1, line) ?? [])
      return list.length > 0 ? { line, list } : undefined
    }
    if (value instanceof Date || typeof value !== 'object') {
      // A date that does not exist is told as it was written, and 1.10 is not 1.1.
      const text = (typeof value === 'string' ? value : (place?.written ?? String(value))).trim()
      return text === '' ? undefined : { line, text }
    }
    const table = Object.entries(value ?? {}).flatMap(([key, one]): Entry[] => {
      const below = readValue(one, path === '' ? key : `${path}.${key}`, depth + 1, line)
      return below ? [{ key, line: below.line, value: below }] : []
    })
    return table.length > 0 ? { line, table } : undefined
  }

  try {
    const value = readValue(
      parse(source, { maxDepth: deepest, integersAsBigInt: true }),
      '',
      0,
      firstLine,
    )
    return value && 'table' in value ? value.table : []
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const line = error.line + firstLine - 1
    if (isTemplate(source.split('\n')[error.line - 1] ?? '')) {
      throw new RejectionError(unfilled.reason, unfilled.remedy, line)
    }
    const [, message = ''] = /: (.*)/.exec(error.message) ?? []
    throw new RejectionError(
      `the front matter cannot be read as TOML: ${message}`,
      'Correct it; text needs quotes around it, as in title = "The headline".',
      line,
    )
  }
}

interface Place {
  /** 1-based, in the front matter. */
  readonly line: number
  /** What stands behind the =, without a comment. */
  readonly written: string
}

/** Where the keys of a TOML document stand that can be read, by their path. */
function placesIn(source: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  let table = ''
  let within = ''
  for (const [index, line] of source.split('\n').entries()) {
    const wasWithin = within
    within = openTextAfter(line, within)
    if (wasWithin !== '') continue
    const header = /^\s*\[{1,2}([^\]]+)\]/.exec(line)?.[1]
    const [, key, written = ''] = /^\s*(?=\S)([\w."'\s-]+)=([^#]*)/.exec(line) ?? []
    if (header !== undefined) table = `${bare(header)}.`
    const path = header === undefined ? key && table + bare(key) : bare(header)
    if (path && !places.has(path)) places.set(path, { line: index + 1, written: written.trim() })
  }
  return places
}

const bare = (key: string) => key.replace(/["'\s]/g, '')

/** The mark of the text of several lines that is open after a line: `"""`, `'''` or none. */
function openTextAfter(line: string, before: string): string {
  let open = before
  for (const [mark] of line.matchAll(/"""|'''/g)) {
    if (open === '') open = mark
    else if (open === mark) open = ''
  }
  return open
}
