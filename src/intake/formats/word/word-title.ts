/** Which paragraphs of a Word document are its title: by their style, else by how they look and stand. */
import type { XmlNode } from '../../xml-tree.ts'
import { isParagraph } from '../lines/page-shapes.ts'
import { dateIn } from '../lines/written-date.ts'
import { namesIn } from './word-byline.ts'
import { isPhrase } from './word-desk.ts'
import type { ParagraphKind, Styles } from './word-styles.ts'
import { hasDrawing, wordsOf } from './word-words.ts'
import { child, isOn, settingOf, within } from './word-xml.ts'

/** A paragraph or a table. */
export interface Line {
  readonly node: XmlNode
  readonly isTable: boolean
  readonly words: string
  readonly kind: ParagraphKind['kind']
  readonly level: number
}

export const isHeading = ({ kind }: Line) => kind === 'title' || kind === 'heading'

/** So many lines of a head are looked at above and below a title. */
export const mostBeside = 6

/** So many lines may stand above a title: a label, a place, a date. */
const mostAbove = 3
/** Characters of such a line, and of one that is a title by its looks alone. */
const longestLine = 120
/** Characters of a table above a title. */
const longestTable = 400
/** How much larger than the rest the letters of a title are. */
const larger = 1.3

interface Stated {
  readonly title: string | undefined
  readonly authors: readonly string[]
}

/**
 * A title may have several lines.
 * @param lines with words
 * @param stated what the document states elsewhere
 * @param isRelease whether it is said to be one for the press, above which its sender may stand
 */
export function titlesIn(
  lines: readonly Line[],
  styles: Styles,
  stated: Stated,
  isRelease = false,
): readonly Line[] {
  const said = lines.filter(({ kind }) => kind !== 'contents')
  const at = said.slice(0, mostBeside).findIndex(({ kind }) => kind === 'title')
  if (at !== -1) {
    const end = said.findIndex(({ kind }, n) => n > at && kind !== 'title')
    return said.slice(at, end === -1 ? undefined : end)
  }
  const heading = headingIn(said, stated.title)
  if (heading) return [heading]
  const largest = stated.title === undefined ? largestInMiddle(said, styles) : []
  if (largest.length > 0) return largest
  const inMiddle = stated.title === undefined ? titleInMiddle(said) : []
  if (inMiddle.length > 0) return inMiddle
  const ofRelease = isRelease && stated.title === undefined ? titleBelowNames(said, 1) : []
  if (ofRelease.length > 0) return ofRelease
  const typed = typedTitle(said, styles, stated)
  const [first, ...others] = said
  const isFirst = stated.title === undefined && first && isLine(first) && isSubtitled(first.words)
  const isShown = typed[0] && looksLikeTitle(typed[0], others, styles)
  return isFirst && others.length > 0 && !isShown ? [first] : typed
}

/** The first line that is no aside, where it looks or stands like a title. */
function typedTitle(said: readonly Line[], styles: Styles, stated: Stated): readonly Line[] {
  const start = said.slice(0, mostBeside).findIndex(({ words }) => !isAside(words))
  const [first, ...others] = said.slice(Math.max(start, 0))
  if (!first || others.length === 0 || !isLine(first)) return []
  const isFound =
    stated.title === undefined
      ? looksLikeTitle(first, others, styles) || standsLikeTitle(first, others, stated.authors)
      : first.words === stated.title
  if (isFound) return [first, ...goingOn(first, others)]
  return stated.title === undefined ? titleBelowNames(said, fewestNames) : []
}

/** A date above a title, or whom to call. */
const isAside = (words: string) =>
  dateIn(words) !== undefined || isContact(words) || ofForm.test(words) || toAsk.test(words)

/** What a form asks for: no title stands there. */
const ofForm = /^(?:name|student|class|course|roll no\.?|student id)\s*(?::|\s[–-])\s*\S/i
const toAsk = /^(?:(?:media|press) )?contacts?\s*:/i

/** A headline that begins as such a line does, with a phrase behind it: "Contact: a novel of the sea". */
const isSubtitled = (words: string) =>
  (ofForm.test(words) || toAsk.test(words)) && isPhrase(words.replace(/^[^:–-]*[:–-]\s*/, ''))

/** Where to reach somebody: an address of mail, a telephone's number, or what is called so. */
export const isContact = (words: string) =>
  (toAsk.test(words) && !isSubtitled(words)) ||
  /^(?:(?:e-?mail|tel(?:ephone)?|phone|mobile|fax)\s*[:.]?\s*)?(?:\S+@\S+\.\p{L}{2,}|\+?[\d\s()./-]{7,20})$/iu.test(
    words,
  )

/** Characters of a line that says who wrote it, for whom and when. */
const longestName = 60
const fewestNames = 2

/** One in the middle or in bold below plain short lines, and above the text, as in papers and releases. */
function titleBelowNames(said: readonly Line[], fewest: number): readonly Line[] {
  const isPlain = ({ node, words, isTable, kind }: Line) =>
    !isTable && kind === 'text' && words.length <= longestName && !hasDrawing(node)
  const near = said.slice(0, mostBeside)
  const at = near.findIndex((line) => !isPlain(line) || isCentredOrBold(line))
  const title = near[at]
  const isAbove = said.slice(at + 1, at + 4).some(({ words }) => isParagraph(words))
  const isFound = title && at >= fewest && isAbove && isLine(title) && isCentredOrBold(title)
  return isFound ? [title, ...goingOn(title, said.slice(at + 1))] : []
}

/** One in bold in the middle below lines that stand at the side, whatever their letters. */
function titleInMiddle(said: readonly Line[]): readonly Line[] {
  const near = said.slice(0, mostBeside)
  const at = near.findIndex((line) => isCentred(line) && isBold(line))
  const title = near[at]
  const isSmall = (line: Line) => isLine(line) && line.words.length <= longestName
  const isBelow = at >= fewestNames && near.slice(0, at).every(isSmall)
  const isAbove = said.slice(at + 1, at + 4).some(({ words }) => isParagraph(words))
  return title && isBelow && isAbove && isLine(title) ? [title] : []
}

/** So many lines a page with a title and what belongs to it has. */
const mostOfPage = 12
/** How much larger than the lines above it a title is there. */
const largerThere = 1.2

/** The one in the largest letters of several lines in the middle, above the text. A line that cannot end there goes on in it. */
function largestInMiddle(said: readonly Line[], styles: Styles): readonly Line[] {
  const end = said.findIndex((line) => !isLine(line) || !isCentred(line))
  const page = said.slice(0, Math.min(Math.max(end, 0), mostOfPage))
  const [first] = page
  if (!first || page.length < fewestNames || !said.slice(page.length).some(isText)) return []
  const sizes = page.map(({ node }) => sizeOf(node, styles))
  const at = sizes.indexOf(Math.max(...sizes))
  const [title, above] = [page[at], page[at - 1]]
  if (!title || !above || (sizes[at] ?? 0) < largerThere * sizeOf(above.node, styles)) return []
  const isBegun = at === 1 && isBold(above) && /\s\p{Ll}{1,4}$/u.test(above.words)
  return [...(isBegun ? [above] : []), title, ...goingOn(title, page.slice(at + 1))]
}

/** Characters of a line that is text. */
const leastText = 80
const isText = ({ words }: Line) => words.length >= leastText || isParagraph(words)

/** A second line of a title, which begins as no sentence does, and looks like the first. */
const goingOn = (title: Line, [next]: readonly Line[]) =>
  next &&
  isLine(next) &&
  isCentredOrBold(title) &&
  isCentredOrBold(next) &&
  /^\p{Ll}/u.test(next.words)
    ? [next]
    : []

/** The first, where next to nothing stands above it and it does not head one of several parts. */
function headingIn(said: readonly Line[], statedTitle: string | undefined): Line | undefined {
  const at = said.slice(0, mostAbove + 1).findIndex(({ kind }) => kind === 'heading')
  const heading = said[at]
  if (!heading) return undefined
  const isOfPart = said.slice(at + 1).some(({ level }) => level <= heading.level)
  const isLabel = ({ isTable, words }: Line) =>
    words.length <= (isTable ? longestTable : longestLine) && !(isTable && isOfPart)
  const isFirst = said.slice(0, at).every(isLabel)
  // Where the title is stated elsewhere, one with its text right below it heads a part as the others do.
  const isFirstPart = isOfPart && statedTitle !== undefined && isText(said[at + 1] ?? heading)
  const mayBeTitle = heading.level === 1 && (!isFirstPart || heading.words === statedTitle)
  return isFirst && (mayBeTitle || !isOfPart) ? heading : undefined
}

const isLine = ({ node, words, isTable, kind }: Line) =>
  !isTable &&
  kind === 'text' &&
  words.length <= longestLine &&
  !hasDrawing(node) &&
  !isNumbered(node) &&
  namesIn(words).length === 0

/** A number 0 says that there is none. */
const isNumbered = (node: XmlNode) =>
  Number(settingOf(child(child(node, 'w:pPr'), 'w:numPr'), 'w:numId') ?? 0) > 0

/** All of it in bold, in the middle, or in clearly larger letters than what follows. */
function looksLikeTitle(line: Line, others: readonly Line[], styles: Styles): boolean {
  const { node, words } = line
  if (isCentredOrBold(line) && !words.endsWith(':')) return true
  const longest = others.reduce((one, other) =>
    other.words.length > one.words.length ? other : one,
  )
  const isLarger = sizeOf(node, styles) >= larger * sizeOf(longest.node, styles)
  return isLarger && (isCentredOrBold(line) || !words.endsWith(':'))
}

const isCentredOrBold = (line: Line) => isBold(line) || isCentred(line)

const isCentred = ({ node }: Line) => settingOf(child(node, 'w:pPr'), 'w:jc') === 'center'

function isBold({ node }: Line): boolean {
  const runs = runsIn(node)
  return runs.length > 0 && runs.every((run) => isOn(child(run, 'w:rPr'), 'w:b') === true)
}

const runsIn = (node: XmlNode) =>
  [...within(node, new Set(['w:r']))].filter((run) => wordsOf(run).trim() !== '')

/** The smallest of its letters. */
const sizeOf = (node: XmlNode, styles: Styles) =>
  Math.min(...runsIn(node).map((run) => styles.sizeOf(child(node, 'w:pPr'), child(run, 'w:rPr'))))

/** Characters of a title that ends as a sentence does, and of the paragraphs below it. */
const longestSentence = 80
const isLong = ({ words }: Line) => words.length >= 3 * longestSentence

/** As people type it: a line that is no sentence, above a byline, a dek or paragraphs. */
function standsLikeTitle(
  { words }: Line,
  others: readonly Line[],
  authors: readonly string[],
): boolean {
  if (words.endsWith('.'))
    return words.length <= longestSentence && others.slice(0, 2).every(isLong)
  if (isParagraph(words) || /[:;,]$/.test(words)) return false
  const isBelow = ({ words: other, kind }: Line) =>
    kind === 'subtitle' ||
    namesIn(other).length > 0 ||
    authors.some((name) => name.toLowerCase() === other.toLowerCase()) ||
    (other.length > words.length && /[.!?؟。…]["'”’»)]*$/.test(other))
  return others.slice(0, 3).some(isBelow)
}
