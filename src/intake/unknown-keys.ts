/** The note on keys of front matter that mean nothing here, and what of it is the same in many files. */
import type { Note } from './note.ts'

interface UnknownKey {
  readonly key: string
  readonly line?: number
}

/** So many of one file are named. */
const mostNamed = 10

/** One note of all keys of a file. */
export function noteOfKeys(keys: readonly [UnknownKey, ...UnknownKey[]]): Note {
  const [first] = keys
  const named = keys
    .slice(0, mostNamed)
    .map(({ key, line }) => `"${key}"${line === first.line ? '' : ` (line ${line})`}`)
  const what = keys.length === 1 ? 'a key that means' : 'keys that mean'
  const more = keys.length > mostNamed ? ` and ${keys.length - mostNamed} more` : ''
  const text = `${what} nothing here: ${named.join(', ')}${more}`
  return first.line === undefined ? { text } : { line: first.line, text }
}

/** The keys that a note of that kind names; undefined of any other note, and of one that does not name them all. */
export function keysOfNote({ text, line: first }: Note): UnknownKey[] | undefined {
  const [, named] =
    /^(?:a key that means|keys that mean) nothing here: (.*(?<! and \d+ more))$/s.exec(text) ?? []
  if (named === undefined) return undefined
  return Array.from(named.matchAll(/"(.*?)"(?: \(line (\d+)\))?(?=, "|$)/gs), found)

  function found([, key = '', stated]: RegExpExecArray): UnknownKey {
    const line = stated === undefined ? first : Number(stated)
    return line === undefined ? { key } : { key, line }
  }
}
