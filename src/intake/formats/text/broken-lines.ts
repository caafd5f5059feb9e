/** What the line breaks of a plain text are: a program's, which say nothing, or those of who wrote it. */
import { escapeText } from '../../../text.ts'
import { isEndMark } from '../lines/contacts-below.ts'

/** What programs break lines at; a shorter line was ended by its writer, a longer one is not broken at all. */
const leastWrapped = 40
const mostWrapped = 100

/** So many of a document's lines begin like new ones where a writer has broken all of them: ten of twelve, say. */
const ofVerse = 0.8
const fewestOfVerse = 4

/** A wrapped paragraph has no line so much shorter than the width but its last. */
const shortPart = 0.6
/** Nor where the next word had so much room: a line may have been indented, or changed by hand. */
const roomyPart = 0.85

/**
 * Paragraphs of the lines of a text, of which blank ones part groups. What a program has broken is put together;
 * a poem, a list or an address is one paragraph that keeps its breaks, as `\n`.
 * @param isOfHead what stands above all others, a line each
 */
export function paragraphsIn(
  lines: readonly string[],
  isOfHead: (line: string, at: number) => boolean = () => false,
): string[] {
  const groups = groupsIn(lines)
  const pairs = groups.filter(isWrappable).flatMap(pairsIn)
  const unlisted = pairs.filter(({ next }) => !item.test(next))
  const text = {
    width: widthOf(pairs),
    isVerse: unlisted.length >= fewestOfVerse && partOfStarts(unlisted) >= ofVerse,
  }
  return groups.flatMap((group, n) => {
    const end = n === 0 ? group.findIndex((line, at) => !isOfHead(line, at)) : 0
    const story = group.slice(end)
    // Of fewer lines below a title it may be a dek.
    const isWritten = (end === 0 || story.length >= fewestBelow) && isWrittenSo(story, text)
    if (!isWritten) return rowsOf(group)
    const isApart = story.filter(isSentence).length * 3 > story.length * 2
    return [...group.slice(0, end), ...(isApart ? story : [story.join('\n')])]
  })
}

const fewestBelow = 3

/** Text without a head, as the paragraphs of safe HTML. */
export const htmlOfText = (text: string) =>
  paragraphsIn(text.split('\n').map((line) => line.trim()))
    .map((paragraph) => `<p>${escapeText(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n')

/** A line below a heading that is nothing but a rule. */
const underline = /^[=\-_*~]{3,}$/

interface Pair {
  readonly line: string
  readonly next: string
}

function groupsIn(lines: readonly string[]): string[][] {
  const groups: string[][] = [[]]
  for (const line of lines) {
    const group = groups.at(-1) ?? []
    const isUnderline = group.length === 1 && underline.test(line)
    if (isEndMark(line)) groups.push([line], [])
    else if (line === '' || isUnderline) groups.push([])
    else group.push(line)
  }
  return groups.filter((group) => group.length > 0)
}

const pairsIn = (group: readonly string[]): Pair[] =>
  group.slice(1).map((next, at) => ({ line: group[at] ?? '', next }))

const isWrappable = (group: readonly string[]) => group.every((line) => line.length <= mostWrapped)

/** Nearly the longest that stands above another: one may be an address that no program could break. */
function widthOf(pairs: readonly Pair[]): number {
  const lengths = pairs.map(({ line }) => line.length).sort((a, b) => a - b)
  return lengths[Math.floor(lengths.length * 0.9)] ?? 0
}

/** Lines that do not go on in small letters. */
const partOfStarts = (pairs: readonly Pair[]) =>
  pairs.filter(({ next }) => !/^[“‘«"'(]?\p{Ll}/u.test(next)).length / pairs.length

const firstWord = (line: string) => line.search(/\s|$/)

const isSentence = (line: string) => /[.!?…؟]["'”’»)]*$/.test(line)

/** Whether who wrote these lines has broken them. */
function isWrittenSo(
  group: readonly string[],
  text: { readonly width: number; readonly isVerse: boolean },
): boolean {
  if (group.length < 2 || !isWrappable(group)) return false
  const pairs = pairsIn(group)
  const isShort = ({ line }: Pair) => line.length < Math.max(leastWrapped, text.width * shortPart)
  if (pairs.filter(isShort).length * 2 > pairs.length) return true
  const starts = partOfStarts(pairs)
  if (text.isVerse && starts >= ofVerse) return true
  const hasRoom = ({ line, next }: Pair) =>
    line.length + 1 + firstWord(next) < text.width * roomyPart
  return starts >= ofVerse && pairs.filter(hasRoom).length * 2 >= pairs.length
}

/** What stands before an item of a list. */
const item = /^(?:[-*•·‣–—]|\d{1,3}[.)]|\(?[a-z]\))\s/

/** The lines of a group, those put together that a program has broken. */
function rowsOf(group: readonly string[]): string[] {
  const rows: string[] = []
  let before = ''
  for (const line of group) {
    // Who leaves a line longer than that breaks none, nor where the next word had room.
    const withWord = before.length + 1 + firstWord(line)
    const isBroken =
      before.length >= leastWrapped &&
      before.length <= mostWrapped &&
      line.length <= mostWrapped &&
      line.length < withWord &&
      !item.test(line)
    before = line
    if (isBroken) rows.push(`${rows.pop()} ${line}`)
    else rows.push(line)
  }
  return rows
}
