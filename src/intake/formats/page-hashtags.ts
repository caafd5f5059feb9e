/** The hashtags that close a text of TRT World, as below its videos: `… to Money Talks. #Turkey #TurkishEconomy`. */

const hashtags = /(?:(?:^|\s+)#\p{L}[\p{L}\p{M}\p{N}_]{1,39})+$/u

/** @returns the lines without them, and them as names: `Turkish Economy` */
export function cutHashtags(lines: readonly string[]): { lines: string[]; tags: string[] } {
  const last = lines.at(-1) ?? ''
  const found =
    last.length > 0 && last.lastIndexOf('#') > last.length - 42 ? hashtags.exec(last) : null
  if (!found) return { lines: [...lines], tags: [] }
  const rest = last.slice(0, found.index).trimEnd()
  const tags = found[0].split(/[\s#]+/).filter((tag) => tag !== '')
  return { lines: [...lines.slice(0, -1), ...(rest ? [rest] : [])], tags: tags.map(nameOf) }
}

const nameOf = (tag: string) => tag.replaceAll('_', ' ').replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
