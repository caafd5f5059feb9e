/** Where code ends in Markdown and in the HTML within it, for whoever replaces what stands in text alone. */
import type { Search } from '../lines/text-search.ts'

/** So far back the beginning of a line is looked for: what is indented as code begins near it. */
const longestIndent = 200
/** So many lines above are looked at to find out what an indented line belongs to. */
const linesAbove = 50

export function createCodePlaces(text: string, search: Search) {
  /** Where the runs of as many backticks stand. */
  let ticks: Map<number, number[]> | undefined
  function runs(length: number): number[] {
    if (!ticks) {
      ticks = new Map()
      for (const { 0: run, index } of text.matchAll(/`+/g)) {
        const same = ticks.get(run.length)
        if (same) same.push(index)
        else ticks.set(run.length, [index])
      }
    }
    return ticks.get(length) ?? []
  }
  /** Where its lines begin. */
  let starts: number[] | undefined
  function lineOf(at: number): number {
    starts ??= [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= at) low = middle
      else high = middle
    }
    return low
  }
  /** Of a line, of which more is never looked at. */
  function beginningOf(line: number): string {
    const start = starts?.[line] ?? 0
    return text.slice(
      start,
      Math.min(start + longestIndent, (starts?.[line + 1] ?? text.length + 1) - 1),
    )
  }
  const passed = new Map<number, number>()
  let paragraphEnd = -1

  return {
    /** Where a fenced block ends whose fence ends there. @param fence such as ``` */
    fenceEnd(fence: string, from: number): number {
      const closing = new RegExp(`^[ \\t>]*${fence.charAt(0)}{${fence.length},}[ \\t]*$`, 'gm')
      closing.lastIndex = from
      return closing.exec(text) ? closing.lastIndex : text.length
    },
    /** Where a span of code ends that begins with so many backticks, or these end where it is none. */
    spanEnd(at: number, length: number): number {
      if (at >= paragraphEnd) {
        const blank = /\n[ \t]*\n/g
        blank.lastIndex = at
        paragraphEnd = blank.exec(text)?.index ?? text.length
      }
      const same = runs(length)
      let next = passed.get(length) ?? 0
      while (next < same.length && (same[next] ?? 0) <= at) next += 1
      passed.set(length, next)
      const end = same[next]
      return end !== undefined && end < paragraphEnd ? end + length : at + length
    },
    /** Where an element ends whose text stays as it is, or its start tag where it does not end. */
    elementEnd(name: string, from: number): number {
      const end = search.next(`</${name}`, from)
      return end === -1 ? from : end
    },
    /** Whether this line is code because it is indented below a blank line, and not part of a list. */
    isIndented(at: number): boolean {
      let number = lineOf(at)
      if (!/^(?: {4}|\t)/.test(beginningOf(number))) return false
      let isBelowBlank = false
      for (const last = Math.max(0, number - linesAbove); number > last; ) {
        number -= 1
        const line = beginningOf(number)
        if (line.trim() === '') isBelowBlank = true
        else if (!/^(?: {4}|\t)/.test(line)) {
          return (
            isBelowBlank && !/^ {0,3}(?:[*+-]|\d+[.)]|\[\^)/.test(line) && !/^ {1,3}\S/.test(line)
          )
        }
      }
      return isBelowBlank || number === 0
    },
  }
}

/** Of a line that begins further ahead than code is indented, some place in it. */
export function lineStart(text: string, at: number): number {
  const first = Math.max(0, at - longestIndent)
  const end = text.slice(first, at).lastIndexOf('\n')
  return end === -1 ? first : first + end + 1
}
