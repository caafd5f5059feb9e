/** What closes a text of TRT World, as below its videos: hashtags, and addresses of its channels elsewhere. */

/** The last of several may have a second word: `#Ice #Long Canal`. */
const hashtags =
  /(?:(?:^|\s+)#\p{L}[\p{L}\p{M}\p{N}_]{1,39})+(?:(?<=\s#\S+\s+#\S+)\s\p{Lu}\p{L}{2,20})?$/u
/** Longer runs of them keep their first. */
const mostOfHashtags = 1000

/** A text that a hashtag or an address closes has its signs in so many letters. */
const longestEnd = 300

/** @returns the lines without either, and the hashtags as names: `Turkish Economy` */
export function cutClosing(lines: readonly string[]): { lines: readonly string[]; tags: string[] } {
  const end = lines.at(-1)?.slice(-longestEnd) ?? ''
  // Most texts have neither, and need not be looked through.
  if (!end.includes('#') && !end.includes('://')) return { lines, tags: [] }
  // Hashtags may stand on either side of the addresses.
  const last = cutHashtags(lines)
  const { lines: story, tags } = cutHashtags(cutAddresses(last.lines))
  return { lines: story, tags: [...tags, ...last.tags] }
}

/** `… to Money Talks. #Turkey #TurkishEconomy` */
function cutHashtags(lines: readonly string[]): { lines: string[]; tags: string[] } {
  const last = lines.at(-1) ?? ''
  const from = Math.max(0, last.length - mostOfHashtags)
  const found = hashtags.exec(last.slice(from))
  if (!found) return { lines: [...lines], tags: [] }
  const rest = last.slice(0, from + found.index).trimEnd()
  const tags = found[0].split(/\s*#/).filter((tag) => tag !== '')
  return { lines: [...lines.slice(0, -1), ...(rest ? [rest] : [])], tags: tags.map(nameOf) }
}

const nameOf = (tag: string) => tag.replaceAll('_', ' ').replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')

/** A single address may be what the text is about. */
const fewestAddresses = 2
const mostAddresses = 40
const longestLabel = 80

/** An address of TRT's, or of a network that it has channels on: any other may be a source of the text. */
const addressAtEnd =
  /https?:\/\/(?:[a-z\d-]{1,30}\.)?(?:trt[a-z]{0,12}|youtube|youtu|facebook|twitter|x|instagram|tiktok|t|whatsapp|linktr)\.[a-z]{2,6}(?:\.tr)?(?:\/\S{0,200})?$/i

/** `Subscribe: http://… Livestream: http://… Visit our website: http://…`, in one line or several. */
function cutAddresses(lines: readonly string[]): string[] {
  const kept = [...lines]
  for (let count = 0; count < mostAddresses; count += 1) {
    const last = kept.at(-1) ?? ''
    const address = addressAtEnd.exec(last.slice(-longestEnd))
    if (!address) return count < fewestAddresses ? [...lines] : kept
    const before = last.slice(0, last.length - address[0].length).trimEnd()
    const start = labelStart(before)
    // The text runs into its first address, which then belongs to it.
    if (start === undefined) return count < fewestAddresses ? [...lines] : kept
    const rest = before.slice(0, start).trimEnd()
    kept.splice(-1, 1, ...(rest ? [rest] : []))
  }
  return kept
}

/** Where the words before an address begin: behind a sentence, a hashtag or the address before it. */
function labelStart(text: string): number | undefined {
  const from = Math.max(0, text.length - longestLabel)
  const end = /.*(?:[.!?…]["'”’»)]*|https?:\/\/\S+|#[\p{L}\p{M}\p{N}_]+)(?=\s|$)/su.exec(
    text.slice(from),
  )
  if (end) return from + end[0].length
  return from === 0 ? 0 : undefined
}
