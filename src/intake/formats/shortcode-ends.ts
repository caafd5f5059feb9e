/** What ends the tags of a text: `{{< /name >}}`, `{% endname %}`, and `{% end %}` as Zola has it. */

const written =
  /\{\{[<%]\s*(\/)\s*([\w./-]+)(?:\s*[>%]\}\})?|\{%-?\s*(end)_?([\w-]*?)(?:\s*-?%\}|(?![\w-]))/gi

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
  let count = 0
  for (const { 0: whole, index, ...groups } of text.matchAll(written)) {
    count += 1
    if (count > most) break
    const name = `${groups[1] ?? groups[3]}${groups[2] ?? groups[4]}`.toLowerCase()
    const ends = found.get(name) ?? { at: 0, places: [] }
    found.set(name, ends)
    if (whole.endsWith('}')) ends.places.push({ start: index, end: index + whole.length })
  }
  return {
    /** Whether there is one anywhere, be it whole or not. */
    has: (name: string): boolean => found.has(name),
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
