/** Which of several names somebody may have meant who has misspelt it. */

/** So many letters may be wrong. */
const mostEdits = 2
/** Others are near to anything. */
const shortest = 4

/**
 * @param names in capitals
 * @returns undefined where none is near, or more than one is as near
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const name = plain(written)
  if (name.length < shortest || name.length > 50) return undefined
  const all = names.map((one) => ({ one, edits: edits(name, plain(one)) }))
  const least = Math.min(...all.map((each) => each.edits))
  const nearest = all.filter((each) => each.edits === least)
  return least <= mostEdits && nearest.length === 1 ? nearest[0]?.one : undefined
}

/** `siteTitle` and `site-title` mean SITE_TITLE. */
const plain = (name: string) => name.replace(/[_-]/g, '').toUpperCase()

/** How many letters to put in, take out, write anew, or change with the next, are between two. */
function edits(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1]
      const isTurned = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const ways = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1)]
      if (isTurned) ways.push((before[j - 2] ?? 0) + 1)
      next.push(Math.min(...ways))
    }
    before = row
    row = next
  }
  return row[b.length] ?? a.length
}
