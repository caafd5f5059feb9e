/** Lines that say several things, parted by signs: "Harbour Council – News release – NOT FOR PUBLICATION". */

const sign = /\s*[|•·]\s*|\s+[–—/-]+\s+|:\s+/g
/** A line of more is a list. */
const mostParts = 6

/** A line, and every run of its parts, as they are written; the longest first. Nothing of a line without such a sign. */
export function runsOf(line: string): readonly string[] {
  const signs = [...line.matchAll(sign)]
  if (signs.length === 0 || signs.length >= mostParts) return []
  const starts = [0, ...signs.map(({ index, 0: written }) => index + written.length)]
  // Before a colon stands what a headline is about: "ON HOLD: THE BRIDGE".
  const closing = signs.filter(({ 0: written }) => !written.startsWith(':'))
  const ends = [...closing.map(({ index }) => index), line.length]
  const runs = starts.flatMap((start) =>
    ends.filter((end) => end > start).map((end) => line.slice(start, end)),
  )
  return runs.filter((run) => run.trim() !== '').sort((one, other) => other.length - one.length)
}
