/** What Readability leaves in a story that is none of it, told by its place, its words and its links. */
import { cleanLine } from '../../text.ts'
import { withoutDates } from './date-in-text.ts'
import type { Element } from './page-facts.ts'
import { isExplore, isPageFrame } from './page-frame.ts'
import { sizesIn } from './page-sizes.ts'
import { readingTime } from './page-words.ts'

/** A paragraph, a heading or a list of a story. */
interface Block {
  readonly element: Element
  readonly isHeading: boolean
  readonly isList: boolean
  readonly text: string
  /** Characters without blanks, and those of them in links. */
  readonly size: number
  readonly linked: number
}

const blockNames =
  'address,article,aside,blockquote,center,dd,details,div,dl,dt,fieldset,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hr,li,main,nav,ol,p,pre,section,table,ul'
const isBlock = new Set(blockNames.split(','))
const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const lists = new Set(['ul', 'ol', 'dl'])
/** What is in them is theirs: notes, tables, figures, code, quotations. */
const wholes = new Set(['blockquote', 'figure', 'pre', 'table', 'details', 'form'])

/** A paragraph with so much text besides links says something. */
const leastProse = 80

/** Of a longer text only its beginning tells. */
const longestLine = 400

/**
 * @param host of the page's address, where known: links to another lead to no other story of the site
 */
export function removeLeftovers(story: Element, host: string | undefined): void {
  const blocks = blocksOf(story)
  const prose = blocks.map((block, at) => ({ block, at })).filter(({ block }) => isProse(block))
  const first = prose.at(0)?.at
  const last = prose.at(-1)?.at
  if (first === undefined || last === undefined) return
  const isLinkPage = manyLinks(blocks)
  const gone = new Set<Block>()
  for (const [at, block] of blocks.entries()) {
    const isOutside = at < first || at > last
    if (
      isWords(block) ||
      (isOutside && isByOrTime(block.text)) ||
      (!isLinkPage && leadsAway(block, blocks[at - 1], at > last, host))
    ) {
      gone.add(block)
    }
  }
  // A heading, or words with a colon, of which nothing is left.
  for (const [at, block] of [...blocks.entries()].reverse()) {
    const next = blocks[at + 1]
    const isEmpty = next === undefined ? at > last : gone.has(next) && next.isList
    if (isEmpty && block.isHeading && !hasMedia(block.element)) gone.add(block)
  }
  for (const { element } of gone) element.remove()
}

/** The innermost blocks that have text, and lists whole. */
function blocksOf(story: Element): Block[] {
  const sizeOf = sizesIn(story)
  const most = sizeOf(story).text / 2
  const blocks: Block[] = []
  function visit(element: Element): boolean {
    const { text: size, linked } = sizeOf(element)
    const isList = lists.has(element.localName)
    const isWhole = isList || wholes.has(element.localName)
    let hasBlocks = false
    if (!isWhole || size > most) {
      for (const node of element.childNodes) {
        if (node.nodeType === 1 && visit(node as Element)) hasBlocks = true
      }
    }
    if (!isBlock.has(element.localName)) return hasBlocks
    if (!hasBlocks && size > 0 && (isList || !isWhole)) {
      const text = size <= 2 * longestLine ? cleanLine(element.textContent) : ''
      const isHeading = headings.has(element.localName)
      blocks.push({ element, isHeading, isList, text, size, linked })
    }
    return true
  }
  visit(story)
  return blocks
}

const isProse = ({ isHeading, isList, size, linked }: Block) =>
  !isHeading && !isList && size - linked >= leastProse

/** Whether the story is a list of links, which then are what it has to say. */
function manyLinks(blocks: readonly Block[]): boolean {
  const sum = (sizes: readonly number[]) => sizes.reduce((a, b) => a + b, 0)
  const links = blocks.filter(isLinks)
  const words = blocks.filter((block) => !isLinks(block))
  return sum(links.map(({ size }) => size)) > sum(words.map(({ size }) => size))
}

/** Apart from a word before it. */
const isLinks = ({ size, linked }: Block) => linked > 0 && size - linked <= 25

/** Lines that ask something of whoever reads, wherever they stand. */
const requests = [
  /^(?:click|tap) (?:here )?(?:to|for) (?:get|read|see|share|sign|subscribe|tweet|download|view|watch|enlarge|join)\b.{0,120}$/i,
  /^click here to .{0,120}$/i,
  /^.{0,80}\bby clicking here[.!]?$/i,
  /^(?:please )?(?:share|tweet|pin) (?:this|it|on)\b.{0,60}$/i,
  /^like this (?:story|article|post)\?.{0,80}$/i,
  /^(?:post|leave|add|write|read|view|show) (?:a |your |all |the )?(?:comments?|reply)[.!]?$/i,
  /^(?:\d+ )?comments?(?: comments)?(?: \(?\d+\)?)?$/i,
  /^(?:continue|keep) reading(?: (?:below|the main story|here))?\.?$/i,
  /^(?:advert|advertisement|anzeige|publicité|publicidad|werbung|reklam|iklan)s?(?: below)?$/i,
  /^(?:story continues below|article continues below).{0,60}$/i,
  /^(?:recent|latest|related|popular|trending|more|other) (?:articles?|news|posts|stories)$/i,
  /^(?:popular|trending|most (?:read|popular|viewed)) (?:this week|today|now|on .{1,40})$/i,
  /^(?:image|photo|slide|picture) \d+ (?:of|\/)[\s/]*\d*$/i,
  /^\d+ (?:of|\/) \d+$/i,
  /^(?:caption|close|print|email|e-mail|save|share|tweet|facebook|twitter|whatsapp|pinterest|linkedin|reddit|copy link|trending|enlarge image|view author archive)$/i,
  /^(?:copyright|©|\(c\)) ?.{0,150}$/i,
  /^all rights reserved\.?$/i,
  /^filed under:? .{0,100}$/i,
  /^(?:media|video) playback is (?:un|not )supported .{0,60}$/i,
]

/** Those that a link must answer. */
const offers = [
  /^(?:subscribe|sign up|register|join) .{0,200}$/i,
  /^follow (?:us|me|him|her|them|@?\w+) (?:on|at) .{0,120}$/i,
  /^want more .{0,30}\?.{0,200}$/i,
  /^need more .{0,30}\?.{0,200}$/i,
  /^download (?:the|our) .{0,80}app\b.{0,60}$/i,
]

function isWords({ element, isList, text, linked }: Block): boolean {
  if (isList || text === '' || text.length > longestLine || hasMedia(element)) return false
  return (
    requests.some((request) => request.test(text)) ||
    (linked > 0 && offers.some((offer) => offer.test(text))) ||
    (text.length < 60 && (isPageFrame(text) || isExplore(text)) && linked === 0)
  )
}

/** What stands before a link to another story, or around it. */
const beforeLink =
  /^(?:read|see|watch|also|more|related|recommended|don['’]?t miss|insight|warning|must read|listen|video|leggi|lire|lesen|lees|lea|leia|mehr|devamı|ayrıca|читайте|смотрите|baca)\b/iu

/** @param isBelow all of the story's prose */
function leadsAway(
  block: Block,
  before: Block | undefined,
  isBelow: boolean,
  host: string | undefined,
): boolean {
  if (!isLinks(block) || hasMedia(block.element)) return false
  const links = [...block.element.querySelectorAll('a[href]')]
  const urls = links.map((link) => link.getAttribute('href') ?? '')
  if (urls.length === 0 || urls.some((url) => !mayBeStory(url, host))) return false
  const isUnderWord = before?.isHeading && isTold(before)
  if (block.isList) return links.length > 1 && (isBelow || isTold(block) || isUnderWord === true)
  if (block.isHeading) return isCapitals(block.text)
  return isTold(block) || isCapitals(block.text) || block.text.split(' ').length >= 5
}

const isTold = ({ text }: Block) => isPageFrame(text) || beforeLink.test(text)

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

const clock = /\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?/gi
const daysAndZones =
  /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b[A-Z]{2,4}T\b|\b(?:UTC|GMT)\b|\d+|[^\p{L}\p{M} ]/giu
const labels =
  /\b(?:first|last|originally|published|posted|updated|modified|created|filed|on|at|by|in|from|in|the|time|date|am|pm|ago|hours?|minutes?|days?|min|read)\b/gi

/** A line of time and of who wrote: nothing else is in it than these, and at most a name or two. */
function isByOrTime(text: string): boolean {
  if (text === '' || text.length > 200) return false
  if (readingTime(text)) return true
  const bare = withoutDates(text).replaceAll(clock, ' ')
  const hasTime = bare !== text
  const words = bare.replaceAll(daysAndZones, ' ').replaceAll(labels, ' ').trim()
  const names = words === '' ? [] : words.split(/\s+/)
  if (hasTime) return names.length <= 5 && names.every((name) => /^\p{Lu}|^\p{Lo}/u.test(name))
  return /^(?:by|von|par|por) \p{Lu}/iu.test(text) && names.length <= 6 && names.length > 0
}

const hasMedia = (element: Element) =>
  element.querySelector('img, picture, iframe, video, audio, object, embed, math, svg') !== null
