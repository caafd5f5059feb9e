/** What Readability leaves in a story that is none of it, told by its place, its words and its links. */
import { cleanLine } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'
import { leastProse } from '../lines/page-sizes.ts'
import { isExplore, isPageFrame } from '../text/page-frame.ts'
import { type Block, blocksOf, hasMedia } from './story-blocks.ts'
import { isEnding, isToJoin, withoutLife } from './story-end.ts'
import { neighbours, notices } from './story-endings.ts'
import { isOfDiary, lineOf, saysWhen } from './story-lines.ts'
import {
  aboveLinks,
  beforeAnyLink,
  beforeLink,
  buttonHeadings,
  buttons,
  isOnlyAboveOthers,
  isTool,
  offers,
  subscription,
  wayFromHome,
  wordsOfSkips,
} from './story-words.ts'

/** What is known of the page. */
interface Known {
  /** Of its address: links to another lead to no other story of the site. */
  readonly host: string | undefined
  readonly language: string | undefined
  /** When it was published and changed: other days are what the story tells of. */
  readonly dates: readonly string[]
}

export function removeLeftovers(story: Element, { host, language, dates }: Known): void {
  const { blocks, life } = withoutLife(blocksOf(story))
  // A long caption may stand above everything.
  const first = blocks.findIndex((block) => isProse(block) && block.element.localName !== 'figure')
  const last = blocks.findLastIndex((block) => isProse(block) && !isEnding(block))
  if (first === -1) return
  const isLinkPage = manyLinks(blocks)
  const lines = blocks.map((block, at) => {
    const isOut = at < first || at > last
    // The dek may stand above it.
    const isBelowDek = at <= first + 1 && saysWhen(block, dates)
    const line = isOut ? lineOf(block, language, dates) : isBelowDek ? 'plain' : undefined
    return line && isOfDiary(block, blocks) ? undefined : line
  })
  const gone = new Set<Block>(life)
  let isInList = false
  for (const [at, block] of blocks.entries()) {
    const isBelow = at > last
    isInList = isInList ? isHeadline(block, host) : headsLinks(blocks, at, host, isBelow)
    const isWithin = at >= first && !isBelow
    const next = blocks[at + 1]
    // Several in a row are a programme, or a diary.
    const isAlone = lines[at - 1] !== 'named' && lines[at + 1] !== 'named'
    if (
      lines[at] === 'plain' ||
      (lines[at] === 'named' && isAlone && !isBelow) ||
      isRequest(block, next, isBelow) ||
      isCaptionAgain(blocks, at) ||
      isOfTools(block) ||
      (isBelow && isOfNeighbours(block)) ||
      (at < first && isWay(block)) ||
      isInList ||
      (!isLinkPage && leadsAway(block, blocks[at - 1], host, isWithin))
    ) {
      gone.add(block)
    }
  }
  // Headings of which nothing is left.
  let isEnd = true
  for (const [at, block] of [...blocks.entries()].reverse()) {
    const next = blocks[at + 1]
    const isEmpty = (isEnd && at > last) || (next && gone.has(next) && next.kind === 'list')
    const isHeading = block.kind === 'heading' || isAboveLinks(block)
    const isAlone =
      isOnlyAboveOthers(block.text) && !leadsTo(next, gone) && !headsProse(block, next)
    if ((isAlone || (isEmpty && isHeading)) && !hasMedia(block)) gone.add(block)
    if (!gone.has(block)) isEnd = false
  }
  for (const { element } of gone) element.remove()
}

/** Whether what comes below a label is what it leads to, and stays. */
const leadsTo = (next: Block | undefined, gone: ReadonlySet<Block>) =>
  next !== undefined && !gone.has(next) && isLinks(next)

/** "Mehr zum Thema Fähre" names what the paragraph below it tells of. */
const headsProse = ({ kind, text }: Block, next: Block | undefined) =>
  kind === 'heading' &&
  next?.kind === 'paragraph' &&
  next.linked * 2 < next.size &&
  /[.!?…:]["”»]?$/.test(next.text) &&
  /\bthema \p{L}/iu.test(text)

/** A list of what can be done with the story: to print it, to tell others. */
const isOfTools = (block: Block) => isListOf(block, isTool)

/** A path of links from the front page to this one. */
function isWay({ kind, element, text, linked }: Block): boolean {
  if (linked === 0) return false
  if (kind === 'paragraph') return text.length > 'home'.length && wayFromHome.test(text)
  const [first, second] = kind === 'list' ? element.querySelectorAll('li') : []
  return second !== undefined && wayFromHome.test(cleanLine(first?.textContent ?? ''))
}

/** A list of links to the posts before and after this one. */
const isOfNeighbours = (block: Block) =>
  block.linked * 2 >= block.size && isListOf(block, (text) => neighbours.test(text))

function isListOf({ kind, element }: Block, isOne: (text: string) => boolean): boolean {
  if (kind !== 'list') return false
  const items = [...element.querySelectorAll('li')].slice(0, mostItems)
  const texts = items.map((item) => cleanLine(item.textContent)).filter((text) => text !== '')
  return texts.length > 1 && texts.every(isOne)
}

const mostItems = 30

/** "More on schools" above paragraphs that are headlines of other stories, each a link; within the text there are several. */
function headsLinks(
  blocks: readonly Block[],
  at: number,
  host: string | undefined,
  isBelow: boolean,
): boolean {
  const block = blocks[at]
  if (block?.kind !== 'paragraph' && block?.kind !== 'heading') return false
  if (!isAboveLinks(block) || hasMedia(block)) return false
  const headlines = blocks.slice(at + 1, at + 3).filter((next) => isHeadline(next, host))
  return headlines.length === 2 || (isBelow && isHeadline(blocks[at + 1], host))
}

function isHeadline(block: Block | undefined, host: string | undefined): boolean {
  if (block?.kind !== 'paragraph' || !isLinks(block) || hasMedia(block)) return false
  const links = [...block.element.querySelectorAll('a[href]')]
  return links.every((link) => mayBeStory(link.getAttribute('href') ?? '', host))
}

const isProse = ({ kind, size, linked }: Block) =>
  kind !== 'heading' && kind !== 'list' && size - linked >= leastProse

/** Whether the story is a list of links, which then are what it has to say. */
function manyLinks(blocks: readonly Block[]): boolean {
  let links = 0
  let words = 0
  for (const block of blocks) {
    if (isLinks(block)) links += block.size
    else words += block.size
  }
  return links > words
}

/** Apart from a word before it. */
const isLinks = ({ size, linked }: Block) => linked > 0 && size - linked <= 25

function isRequest(block: Block, next: Block | undefined, isBelow: boolean): boolean {
  const { kind, text, size, linked } = block
  if (kind === 'heading') return buttonHeadings.test(text)
  if (kind !== 'paragraph' || text === '' || hasMedia(block)) return false
  return (
    buttons.test(text) ||
    skips(block) ||
    (isBelow && isEnding(block)) ||
    notices.test(text) ||
    isToJoin(block) ||
    (isBelow && linked === size && subscription.test(text)) ||
    ((linked * 2 >= size || isCapitals(text)) && offers.test(text)) ||
    // The words of TRT's pages are everybody's too.
    ((linked === size || (next?.kind === 'list' && isLinks(next))) &&
      text.length < 60 &&
      isFrame(text))
  )
}

/** A caption is told once more within so many blocks. */
const near = 4
const leastCaption = 8

/** The caption of a picture, or who took it, that stands beside the picture already. */
function isCaptionAgain(blocks: readonly Block[], at: number): boolean {
  const block = blocks[at]
  if (block?.kind !== 'paragraph' || block.text.length < leastCaption || hasMedia(block))
    return false
  const before = blocks.slice(Math.max(0, at - near), at)
  // What is as long as a paragraph of a story is one, unless the picture itself has it.
  const isLong = isProse(block)
  const isSaid = before.some(
    (one) =>
      one.kind !== 'heading' &&
      one.kind !== 'list' &&
      (!isLong || hasMedia(one)) &&
      (one.text.startsWith(block.text) ||
        (one.text.endsWith(block.text) && !/[.!?]$/.test(block.text))),
  )
  return isSaid && blocks.slice(Math.max(0, at - near - 1), at).some(hasMedia)
}

/** A link past a film or a map, for those who hear the page. */
function skips({ element, size, linked }: Block): boolean {
  if (linked < size) return false
  const link = element.querySelector('a[href]')
  const href = link?.getAttribute('href') ?? ''
  return href.startsWith('#') && wordsOfSkips.test(cleanLine(link?.textContent ?? ''))
}

function leadsAway(
  block: Block,
  before: Block | undefined,
  host: string | undefined,
  isWithin: boolean,
): boolean {
  const { kind, element, text } = block
  if (kind === 'whole' || kind === 'heading' || !isLinks(block) || hasMedia(block)) return false
  const urls = [...element.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))
  const isOfOther = !isWithin && kind === 'list' && moreFrom.test(before?.text ?? '')
  if (urls.length === 0) return false
  if (!urls.every((url) => mayBeStory(url ?? '', isOfOther ? hostIn(url) : host))) return false
  if (kind === 'paragraph') {
    if (isWithin && beforeAnyLink.test(text)) return false
    return isFrame(text) || beforeLink.test(text) || isCapitals(text)
  }
  return urls.length > 1 && before !== undefined && isAboveLinks(before)
}

/** Another paper's, which a story that was taken over from it ends in. */
const moreFrom = /^more (?:from|at|on) .{1,60}$/i

const hostIn = (url: string | null) =>
  url !== null && URL.canParse(url) ? new URL(url).hostname : undefined

const isAboveLinks = ({ text }: Block) => isFrame(text) || aboveLinks.test(text)

const isFrame = (text: string) => text !== '' && (isPageFrame(text) || isExplore(text))

const isCapitals = (text: string) =>
  text.length >= 20 && text === text.toUpperCase() && text !== text.toLowerCase()

/** Neither a part of this page, nor a file, nor another site's. */
function mayBeStory(url: string, host: string | undefined): boolean {
  if (url.startsWith('#') || /^(?:mailto|tel|javascript):/i.test(url)) return false
  if (/\.(?:pdf|docx?|xlsx?|pptx?|zip|mp3|mp4|csv|epub|jpe?g|png)(?:[?#]|$)/i.test(url))
    return false
  if (!URL.canParse(url)) return true
  return host !== undefined && siteOf(new URL(url).hostname) === siteOf(host)
}

/** `www.example.co.uk` and `news.example.co.uk` are one site's. */
const siteOf = (host: string) =>
  host
    .split('.')
    .slice(-3)
    .join('.')
    .replace(/^(?:www|m|news)\./, '')
