/** What Readability leaves in a story that is none of it, told by its place, its words and its links. */
import { asLine, dateWithin, daysWithin, withoutDates } from './date-in-text.ts'
import { afterBy } from './page-byline.ts'
import type { Element } from './page-elements.ts'
import { isExplore, isPageFrame } from './page-frame.ts'
import { leastProse } from './page-sizes.ts'
import { readingTime } from './page-words.ts'
import { type Block, blocksOf, hasMedia } from './story-blocks.ts'

/** What is known of the page. */
interface Known {
  /** Of its address: links to another lead to no other story of the site. */
  readonly host: string | undefined
  readonly language: string | undefined
  /** When it was published and changed: other days are what the story tells of. */
  readonly dates: readonly string[]
}

export function removeLeftovers(story: Element, { host, language, dates }: Known): void {
  const blocks = blocksOf(story)
  const first = blocks.findIndex(isProse)
  const last = blocks.findLastIndex(isProse)
  if (first === -1) return
  const isLinkPage = manyLinks(blocks)
  const lines = blocks.map((block, at) =>
    at < first || at > last ? lineOf(block, language, dates) : undefined,
  )
  const gone = new Set<Block>()
  for (const [at, block] of blocks.entries()) {
    const isBelow = at > last
    const isWithin = at >= first && !isBelow
    const next = blocks[at + 1]
    // Several in a row are a programme, or a diary.
    const isAlone = lines[at - 1] !== 'named' && lines[at + 1] !== 'named'
    if (
      lines[at] === 'plain' ||
      (lines[at] === 'named' && isAlone && !isBelow) ||
      isRequest(block, next, isBelow) ||
      isCaptionAgain(blocks, at) ||
      (!isLinkPage && leadsAway(block, blocks[at - 1], host, isWithin))
    ) {
      gone.add(block)
    }
  }
  // Headings of which nothing is left.
  for (const [at, block] of [...blocks.entries()].reverse()) {
    const next = blocks[at + 1]
    const isEmpty = next === undefined ? at > last : gone.has(next) && next.kind === 'list'
    const isHeading = block.kind === 'heading' || isAboveLinks(block)
    if (isEmpty && isHeading && !hasMedia(block)) gone.add(block)
  }
  for (const { element } of gone) element.remove()
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

/** Buttons, and headings of boxes that are gone, wherever they stand; of a heading they are the words. */
const buttons =
  /^(?:advert(?:isement)?s?|anzeige|publicité|publicidad|werbung|reklam|iklan|caption|close|print|share|tweet|facebook|twitter|trending|enlarge image|(?:continue|keep) reading(?: below)?|(?:recent|latest|related|popular|trending|more|other) (?:articles?|news|posts|stories)|(?:popular|trending|most (?:read|popular|viewed))(?: this week| today| now)?|czytaj (?:więcej|także|też)|네트워크 ?광고|(?:image|photo|slide|picture) \d+ (?:of|\/)[\s/]*\d*|(?:story|article) continues below.{0,60})$/i

/** Below all of the text. */
const closings =
  /^(?:(?:\d+ )?comments?(?: \(\d+\))?|(?:post|leave|add|write) (?:a )?comment|(?:copyright )?[©ⓒ].{0,40}\b\d{4}\b.{0,150}|copyright (?:(?:©|ⓒ|\(c\)) ?)?\d{4}\b.{0,150}\brights reserved\b.{0,150}|all rights reserved\.?)$/i

/** Of these most is a link. */
const offers =
  /^(?:click here to (?:get the .{1,60} app|sign up|subscribe)\b.{0,80}|.{0,80}\bby clicking here[.!]?|(?:subscribe|sign up) .{1,200}|follow (?:us|me|@?\w+) on .{1,120}|download (?:the|our) .{1,80}app\b.{0,60}|filed under:? .{1,100})$/i

function isRequest(block: Block, next: Block | undefined, isBelow: boolean): boolean {
  const { kind, text, size, linked } = block
  if (kind !== 'paragraph' || text === '' || hasMedia(block)) return false
  return (
    buttons.test(text) ||
    skips(block) ||
    (isBelow && closings.test(text)) ||
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
  return link?.getAttribute('href')?.startsWith('#') === true && wordsOfSkips.test(link.textContent)
}

const wordsOfSkips =
  /\b(?:skip|überspringen|passer|saltar|salta)\b|přeskočit|přejít|hoppa över|hopp over|spring over/i

/** What stands before a link to another story. */
const beforeLink =
  /^[[(>»\s]*(?:(?:(?:also )?(?:read|see)|watch|more|related|recommended|must read|listen|video|leggi|lire|lesen|lees|lea|leia|mehr|baca|siehe auch|les også|læs også|läs (?:också|även|mer)|lue myös|czytaj (?:więcej|także|też)|čtěte také|lee también|devamı|ayrıca|читайте|смотрите) ?[:>»|]|(?:also read|read (?:also|more|next)|see (?:also|more)|also on|you (?:may|might) (?:also )?like|don['’]?t miss|learn more|lire aussi|à lire aussi|leggi anche|lesen sie|lees ook|lea también|leia também|baca juga|ayrıca okuyun|читайте также|смотрите также)(?![\p{L}\p{M}]))/iu

/** Among its paragraphs they stand before what the story is about, too. */
const beforeAnyLink = /^[[(>»\s]*(?:see|watch|more|listen|video|mehr|смотрите) ?[:>»|]/iu

/** What stands above lists of other stories. */
const aboveLinks =
  /^(?:(?:more|other|related|recent|latest|popular|trending|recommended|top) (?:articles?|content|coverage|headlines|links|news|posts?|reading|stories|topics|videos)|(?:more|news) (?:from|on|about) .{1,60}|related|recommended|read (?:more|also|next)|you (?:may|might) (?:also )?like.{0,20}|don['’]?t miss|most (?:read|popular|viewed)|trending(?: now)?)\s?:?$/i

function leadsAway(
  block: Block,
  before: Block | undefined,
  host: string | undefined,
  isWithin: boolean,
): boolean {
  const { kind, element, text } = block
  if (kind === 'whole' || kind === 'heading' || !isLinks(block) || hasMedia(block)) return false
  const urls = [...element.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))
  if (urls.length === 0 || urls.some((url) => !mayBeStory(url ?? '', host))) return false
  if (kind === 'paragraph') {
    if (isWithin && beforeAnyLink.test(text)) return false
    return isFrame(text) || beforeLink.test(text) || isCapitals(text)
  }
  return urls.length > 1 && before !== undefined && isAboveLinks(before)
}

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

const clock =
  /\d{1,2} ?[時时시点] ?(?:\d{1,2} ?[分분])?|\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?/gi
const daysAndZones =
  /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b[A-Z]{2,4}T\b|\b(?:UTC|GMT)\b|\d+|[^\p{L}\p{M} ]/giu
const labels =
  /\b(?:first|last|originally|published|posted|updated|modified|created|filed|on|at|by|in|from|the|time|date|am|pm|ago|hours?|uhr|minutes?|days?|min|read)\b|公開|掲載|配信|更新|发布|發佈|發布|입력|수정/gi

const longestByline = 200

/**
 * Tells a line of who wrote it or when: nothing else is in it than a date, names and words for them.
 * @returns whether there are names besides the date, which may be where something takes place then
 */
function lineOf(
  { kind, element, text }: Block,
  language: string | undefined,
  dates: readonly string[],
) {
  if (kind !== 'paragraph' || text === '' || text.length > longestByline) return undefined
  if (element.localName === 'li' || element.localName === 'dd') return undefined
  if (readingTime(text)) return 'plain'
  const undated = withoutDates(text)
  const bare = undated.replaceAll(clock, ' ')
  const who = afterBy(bare.trim(), language)
  const names = wordsIn(who ?? bare)
  if (names.length > 5 || !names.every((name) => /^\p{Lu}|^\p{Lo}/u.test(name))) return undefined
  if (bare === text) return who !== undefined && names.length > 1 ? 'plain' : undefined
  // Elsewhere than in months a word may stand so before a year: 1. edition 2019.
  if (undated !== text && !dateWithin(text, () => 'day')) return undefined
  const isSaid = who !== undefined || whenLabel.test(bare)
  if (undated !== text && !isSaid && !isOfPage(text, dates)) return undefined
  if (names.length === 0) return 'plain'
  return undated !== text && !isEvent(text) ? 'named' : undefined
}

const whenLabel = /\b(?:posted|published|updated|modified|created|filed)\b|:\s*$/i

const dayInMs = 24 * 60 * 60 * 1000

/** Whether a line has no day but those of the page, which may be the next ones in another zone. */
function isOfPage(text: string, dates: readonly string[]): boolean {
  const known = dates.map((date) => Date.parse(date.slice(0, 10)))
  return daysWithin(asLine(text)).every(({ written }) =>
    (['day', 'month'] as const).some((order) => {
      const day = Date.parse(dateWithin(written, () => order) ?? '')
      return known.some((date) => Math.abs(date - day) <= dayInMs)
    }),
  )
}

/** What comes directly behind a date takes place then: who wrote stands before it, or behind a sign. */
function isEvent(text: string): boolean {
  const behind = /(?:[ap]\.?m\b\.?)?([^\d]*)$/i.exec(text)?.[1] ?? ''
  return wordsIn(behind).length > 0 && !/^\s*(?:[-–—|/·•(@,]|by\b)/i.test(behind)
}

function wordsIn(line: string): string[] {
  const words = line.replaceAll(daysAndZones, ' ').replaceAll(labels, ' ').trim()
  return words === '' ? [] : words.split(/\s+/)
}
