/**
 * What ends the tags of a text: `{{< /name >}}`, `{% endname %}`, and `{% end %}` as Zola has it; and which tag each of them ends, since
 * a name may stand for tags with a text and for others that are whole.
 */

const written = new RegExp(
  [
    String.raw`\{\{[<%]\s*(?:(\/)\s*)?([\w./-]+)(?:\s*[>%]\}\}|([^{}]{0,2000}[\s"'\x60]\/[>%]\}\}))?`,
    String.raw`\{%[-+]?\s*(?:(end)_?([\w-]*?)(?:\s*-?%\}|(?![\w-]))|([a-z][\w-]*)(\s*\()?)`,
  ].join('|'),
  'gi',
)

/** More are in no article: so many tags are refused. */
const most = 20_000

/** Where an end stands. */
export interface End {
  readonly start: number
  readonly end: number
}

/** All ends, found once, since a text may have thousands of tags of different names. Names are as `/name`, `endname` and `end`. */
export function createEnds(text: string) {
  const found = new Map<string, { at: number; places: End[] }>()
  /** By what may end them, where tags begin that nothing has ended yet. */
  const open = new Map<string, number[]>()
  const owned = new Map<number, End>()
  const begin = (closing: string, start: number) => {
    const starts = open.get(closing)
    if (starts) starts.push(start)
    else open.set(closing, [start])
  }
  /** Of what is begun twice, as calls are, only one is ended. */
  const own = (closing: string, end: End) => {
    const starts = open.get(closing)
    let start = starts?.pop()
    while (start !== undefined && owned.has(start)) start = starts?.pop()
    if (start !== undefined) owned.set(start, end)
  }
  let count = 0
  for (const match of text.matchAll(written)) {
    count += 1
    if (count > most) break
    const { 0: whole, index: start } = match
    const [, slash, name = '', isWhole, word, ended = '', begun, call] = match
    const isCode = text.charAt(start - 1) === '`'
    if (slash === undefined && word === undefined) {
      if (isCode) continue
      const closing = begun === undefined ? `/${name}` : `end${begun}`
      if (isWhole === undefined) begin(closing.toLowerCase(), start)
      if (call !== undefined) begin('end', start)
      continue
    }
    const closing = (slash === undefined ? `end${ended}` : `/${name}`).toLowerCase()
    const ends = found.get(closing) ?? { at: 0, places: [] }
    found.set(closing, ends)
    if (!whole.endsWith('}')) continue
    const end = { start, end: start + whole.length }
    ends.places.push(end)
    if (!isCode) own(closing, end)
  }
  return {
    /** The end of the tag that begins there, and of no other. */
    of: (start: number): End | undefined => owned.get(start),
    /** @param from never before that of an earlier call for the same */
    next(name: string, from: number): End | undefined {
      const ends = found.get(name)
      if (!ends) return undefined
      while ((ends.places[ends.at]?.start ?? from) < from) ends.at += 1
      return ends.places[ends.at]
    },
  }
}

export type Ends = ReturnType<typeof createEnds>
