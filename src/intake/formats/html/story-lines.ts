/** Lines beside a story that say who wrote it, or when. */
import { asLine, dateWithin, daysWithin, withoutDates } from '../lines/date-in-text.ts'
import { afterBy } from '../lines/page-byline.ts'
import { readingTime, timesAgo } from '../lines/page-words.ts'
import type { Block } from './story-blocks.ts'

const clock =
  /\d{1,2} ?[時时시点] ?(?:\d{1,2} ?[分분])?|\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?/gi
const daysAndZones =
  /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:[A-Z]{2,4}|[CEMP])T\b|\b(?:UTC|GMT)\b|\d+|[^\p{L}\p{M} ]/giu
const labels =
  /\b(?:first|last|originally|published|posted|updated|modified|created|filed|on|at|by|in|from|the|time|date|am|pm|ago|hours?|uhr|minutes?|days?|min|read)\b|(?<!\p{L})(?:publi(?:é|ée|ziert|cado|shed)|pubblicato|veröffentlicht|aktualisiert|(?:mis|mise) à jour|actualizado|atualizado|aggiornato|gepubliceerd|yayınlan\p{L}*|güncelle\p{L}*|le|el|il|am|em|op|um|à|publisert|oppdatert|publiceret|opdateret|publicerad|uppdaterad|kl|online(?: seit)?(?:\s+(?:heute|gestern))?)(?!\p{L})|公開|掲載|配信|更新|发布|發佈|發布|입력|수정/giu

const longestByline = 200

/**
 * Tells a line of who wrote it or when: nothing else is in it than a date, names and words for them.
 * @returns whether there are names besides the date, which may be where something takes place then
 */
export function lineOf(
  { kind, element, text }: Block,
  language: string | undefined,
  dates: readonly string[],
) {
  if (kind === 'heading') return isOnlyDay(text, dates) ? 'plain' : undefined
  if (kind !== 'paragraph' || text === '' || text.length > longestByline) return undefined
  if (element.localName === 'li' || element.localName === 'dd') return undefined
  if (readingTime(text)) return 'plain'
  const undated = withoutDates(text)
  const bare = undated.replaceAll(timesAgo, ' ').replaceAll(clock, ' ')
  const who = afterBy(bare.trim(), language)
  const names = wordsIn(who ?? bare)
  if (names.length > 5 || !names.every((name) => /^\p{Lu}|^\p{Lo}/u.test(name))) return undefined
  if (bare === text) return who !== undefined && names.length > 1 ? 'plain' : undefined
  // Elsewhere than in months a word may stand so before a year: 1. edition 2019.
  if (undated !== text && !dateWithin(text, () => 'day')) return undefined
  const isSaid = who !== undefined || whenLabel.test(bare)
  if (undated !== text && !isSaid && (isFact.test(bare) || !isOfPage(text, dates))) return undefined
  if (names.length === 0) return 'plain'
  return undated !== text && !isEvent(text) ? 'named' : undefined
}

const isOnlyDay = (text: string, dates: readonly string[]) => isDay(text) && isOfPage(text, dates)

/** Whether a line is a day, maybe with a time, and nothing else. */
export function isDay(text: string): boolean {
  if (text === '' || text.length > longestByline) return false
  const undated = withoutDates(text)
  return undated !== text && wordsIn(undated.replaceAll(clock, ' ')).length === 0
}

/** Of the times of a report there are more, as a page may have one above its story and one below it. */
const leastMoments = 2

/** Whether a day or a time heads a part of a diary: others of its shape head other parts of the story. */
export function isOfDiary(block: Block, blocks: readonly Block[]): boolean {
  const isAlike = isBareDay(block.text) ? isBareDay : isMoment
  if (!isAlike(block.text)) return false
  const mayHead = (next: Block | undefined) =>
    headsPart(next) || (isAlike === isMoment && next?.kind === 'heading')
  const shape = shapeOf(block)
  const others = blocks.filter(
    (one, at) =>
      one.text !== block.text &&
      isAlike(one.text) &&
      shapeOf(one) === shape &&
      blocks[at - 1] !== block &&
      mayHead(blocks[at + 1]),
  )
  return others.length >= (isAlike === isMoment ? leastMoments : 1)
}

const isBareDay = (text: string) => isDay(text) && !whenLabel.test(text)

const ago = /(?<!\d)\d{1,2} ?(?:min(?:ute)?|hour|hr|h|m)s? ago\b/gi

/** Whether a line is a time of day, maybe with its day and who wrote then, and nothing else. */
export function isMoment(text: string): boolean {
  if (!/\d/.test(text) || text.length > longestByline || whenLabel.test(text)) return false
  const undated = withoutDates(text)
  const bare = undated.replaceAll(ago, ' ').replaceAll(clock, ' ')
  if (bare === undated) return false
  return wordsIn(bare).length === 0 || afterBy(bare.trim(), undefined) !== undefined
}

const shapeOf = ({ element }: Block) =>
  [element, ...element.querySelectorAll('*')].map(({ localName }) => localName).join(' ')

const headsPart = (next: Block | undefined) =>
  next !== undefined && next.kind !== 'heading' && next.size > next.linked

/** A day of the page, or a time, with a word that says so, and nothing else. */
export function saysWhen(block: Block, dates: readonly string[]): boolean {
  const { text } = block
  if (block.kind !== 'paragraph' || text.length > longestByline || !whenLabel.test(text))
    return false
  const hasTime = withoutDates(text).replaceAll(timesAgo, ' ').replaceAll(clock, ' ') !== text
  return hasTime && lineOf(block, undefined, dates) === 'plain' && isOfPage(text, dates)
}

const whenLabel =
  /\b(?:posted|published|updated|modified|created|filed)\b|(?<!\p{L})(?:publi(?:é|ée|ziert|cado)|pubblicato|veröffentlicht|aktualisiert|(?:mis|mise) à jour|actualizado|atualizado|aggiornato|gepubliceerd|publisert|oppdatert|publiceret|opdateret|publicerad|uppdaterad|online seit)(?!\p{L})|(?<!\p{L})(?:date|datum|fecha|data|tarihi?|дата|stand|التاريخ)\s*:\s*$/iu

/** `Died: 4 March`: what a word before a colon says happened then is the story's. */
const isFact = /^\s*\p{Lu}[\p{L} ]{2,40}:/u

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

/** Of short words those that end in t go as zones do: "online seit heute" is "online heute" then. */
function wordsIn(line: string): string[] {
  const words = line.replaceAll(daysAndZones, ' ').replaceAll(labels, ' ').trim()
  return words === '' ? [] : words.split(/\s+/)
}
