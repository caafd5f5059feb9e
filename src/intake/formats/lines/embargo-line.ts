/** Lines of a text that say until when nobody may show it, such as "EMBARGOED UNTIL 4 MARCH 2027, 9 AM". */
import type { Note } from '../../note.ts'
import { toInstant } from '../../stated-date.ts'
import { dateOf } from './embargo-date.ts'
import { isOver } from './embargo-over.ts'
import { partsOf } from './embargo-parts.ts'
import { embargoWords, isEmbargoWord, type Kind } from './embargo-table.ts'
import { foldWord } from './page-word-lists.ts'
import { type Stop, stopIn, stopWithReason } from './stop-line.ts'
import { dateIn } from './written-date.ts'

export interface Embargo {
  /** The line. */
  readonly written: string
  /** Undefined where it is no date that is known. */
  readonly until: string | undefined
  /** Whether nothing is said of its end. */
  readonly isAlone?: boolean
  /** Where it has none, and says that nobody may show the text. */
  readonly stop?: Stop
  /** Whether it says that there is none, or that it is over. */
  readonly isOver?: boolean
  /** Whether the line goes on with the text behind it. */
  readonly isOpening?: boolean
}

/**
 * Where a line stands: in what a newsroom wrote; in a text or a page that anybody wrote; in a
 * headline; in a note to editors, which says more beside.
 */
export type Place = 'newsroom' | 'text' | 'page' | 'title' | 'note'

/** Among so many first lines such a line stands, or it is the last. */
export const firstLines = 12
/** Characters; what is longer is text, and below it no such line is looked for but the last. */
const longest = 120

/** What a text for the press is called, in small or in other letters. */
export const releaseWords =
  '(?:press|news|media) release|media advisory|(?:press|media|official) statement|(?:presse|medien)(?:mitteilung|information)|communiqué de presse|(?:nota|comunicado) de (?:prensa|imprensa)|comunicato stampa|persbericht|pressmeddelande|bas[ıi]n (?:bülten[iİ]|aç[ıi]klamas[ıi])|(?:بيان|خبر|بلاغ) صحفي|пресс-релиз'

/** In capitals above a headline; it may be a title where there is no other. */
export const releaseLabel =
  /^(?:STATEMENT|NEWS|ANNOUNCEMENT|MITTEILUNG|COMMUNIQU[ÉE]|COMUNICADO|COMUNICATO|DUYURU|AÇIKLAMA)$/u

/** Among the first lines those above the first that is text, and this one, which may begin with an embargo. */
export function headOf<T>(lines: readonly T[], wordsOf: (line: T) => string): readonly T[] {
  const text = lines.findIndex((line) => wordsOf(line).length > longest)
  return lines.slice(0, text === -1 ? firstLines : Math.min(text + 1, firstLines))
}

/** The embargo that a line states: with a date where it says nothing else than that, else as its place allows. */
export function embargoLine(line: string, place: Place = 'newsroom'): Embargo | undefined {
  if (place === 'note') return ofLine(line, place)
  if (isOver(line, place)) return { written: line.trim(), until: undefined, isOver: true }
  return ofLine(line, place) ?? (place === 'title' ? undefined : ofPart(line, place))
}

/** One beside other words, as in a letterhead, or before them. */
function ofPart(line: string, place: Place): Embargo | undefined {
  const found = partsOf(line).flatMap(({ words, written, isOpening }) => {
    const said = ofLine(words, place)
    return said && !said.stop ? [{ ...said, written, ...(isOpening && { isOpening }) }] : []
  })
  // Behind "6 a.m." may stand a zone, or the text.
  const sure = found.filter((one) => one.until && !(one.isOpening && half.test(one.written)))
  return longestOf(sure) ?? found.map((one) => ({ ...one, until: undefined }))[0]
}

const half = /[ap]\.?m\.$/i

function ofLine(line: string, place: Place): Embargo | undefined {
  if (line.length > longest) return undefined
  // Beside other words it may be a name that nobody may show.
  const stop = place === 'note' ? undefined : stopIn(line, place)
  if (stop) return { written: line.trim(), until: undefined, stop }
  const said = readLine(
    place === 'newsroom' ? line.replace(notBefore, 'Not for release before') : line,
  )
  // A day that is known is waited for.
  const isTold = said?.isKnown && said.until !== undefined
  const reasoned = place === 'note' || isTold ? undefined : stopWithReason(line, place)
  if (reasoned) return { written: line.trim(), until: undefined, stop: reasoned }
  if (!said || (said.has('not') && !said.has('publish'))) return undefined
  if (isOfRoad(line, said, place)) return undefined
  // "The embargo lifts on 4 May." is a sentence.
  if (said.has('ends') && /[.!?]$/.test(line.trim())) return undefined
  const written = line.trim()
  const { until, isKnown, isSure, isUnder, isCapital, isDated } = said
  if (isKnown && until !== undefined) {
    return place !== 'title' || isSure || isCapital || isUnder ? { written, until } : undefined
  }
  if (said.has('ends')) return undefined
  const draft = { written, until: undefined }
  const isAnyones = place === 'title' || place === 'page'
  const isOfText = place !== 'title' && awaits.test(line)
  const canBeBold =
    place === 'newsroom' ||
    isOfText ||
    said.has('held') ||
    said.isHeld ||
    (said.isOrder ? isDated && isKnown : !isAnyones)
  const isBold = isCapital && canBeBold
  if (place === 'note') return noteOf(said, written)
  if (!isKnown) {
    // "Embargoed until 9 May 2031, or when the council has met."
    const isToNewsroom =
      place === 'newsroom' && said.has('held') && isDated && !isTelling.test(line)
    const isShouted = isBold && line === line.toUpperCase() && !isSentence(line)
    return said.isLed && (isToNewsroom || isShouted) ? draft : undefined
  }
  const isStrict = place !== 'title' && said.has('held') && /^\W*stri(?:ct|kt)/i.test(line)
  if (!isDated)
    return isBold || isStrict || place === 'newsroom' ? { ...draft, isAlone: true } : undefined
  const isByLine = place !== 'title' && (said.isUnread || (!isAnyones && said.has('until')))
  const isStated = place !== 'title' && (isSure || isCapital || isUnder)
  return isBold || isStated || isByLine ? draft : undefined
}

/** "NOT FOR PUBLICATION UNTIL THE COUNCIL HAS MET" */
const awaits = /\bnot for (?:publication|broadcast|release)\b.*\b(?:until|till|before)\b/i

/** "The report is embargoed until Thursday, the station said." */
const isTelling = /^\W*(?:the|an?|der|die|das|ein|le|la|el)\s/i

/** So a newsroom says it in short. */
const notBefore = /^not before\b/i

/** Roads are "gesperrt" too, and not until a time of day. */
const isOfRoad = (line: string, { until }: Said, place: Place) =>
  /gesperrt/i.test(line) && (place !== 'newsroom' || !until?.includes('T'))

/** What a note says beside an embargo leaves it one, unless it is about where nobody may show a story. */
function noteOf(said: Said, written: string): Embargo | undefined {
  const { until, isKnown, isDated, isLed } = said
  if (said.isCapital && isLed && awaits.test(written)) return { written, until }
  const isMeant = !said.isOrder && (said.isSure || said.isCapital || said.isUnder)
  if (isDated) return isLed || isKnown ? { written, until } : undefined
  if (!isMeant || !(isLed || isKnown)) return undefined
  return { written, until: undefined, isAlone: !isLed }
}

interface Said {
  readonly until: string | undefined
  /** Whether it says something of a day or a time. */
  readonly isDated: boolean
  /** Whether it names a day that is not known. */
  readonly isUnread: boolean
  /** Whether it says nothing that a line of an embargo does not say. */
  readonly isKnown: boolean
  /** Whether it is of words that nothing but a text can be meant by. */
  readonly isSure: boolean
  readonly isUnder: boolean
  readonly isOrder: boolean
  /** Whether it is "hold for release" and nothing else. */
  readonly isHeld: boolean
  /** Whether it begins with an embargo, and the word for its end. */
  readonly isLed: boolean
  /** Whether its word for an embargo is in capitals. */
  readonly isCapital: boolean
  readonly has: (kind: Kind) => boolean
}

/** @returns undefined of a line without a word for an embargo */
function readLine(line: string): Said | undefined {
  const { until, rest, isDated, isUnread, isTimed } = dateOf(line)
  const words = tokensOf(rest).map(foldWord)
  const isOf = (kind: Kind) => (word: string) => embargoWords[kind].has(word)
  const has = (kind: Kind) => words.some(isOf(kind))
  const isOrder = has('not') && has('publish') && has('until')
  const said = words.join(' ')
  const isForm = isTimed || line === line.toUpperCase()
  const isHold =
    holds.test(said) ||
    ((isDated || has('day')) && /^advance for/.test(said)) ||
    (until !== undefined && /^for (?:use|publication|broadcast)/.test(said)) ||
    (isDated && isForm && /^release (?:date|time)/.test(said))
  const isHeld = /^hold for release$/.test(said)
  const isUnder = has('under') && has('noun')
  const isSure =
    has('held') || isOrder || isHold || words.some((word) => word.startsWith('sperrfrist'))
  if (!isSure && !has('noun')) return undefined
  const keys: readonly Kind[] =
    isOrder || isHold ? ['held', 'noun', 'publish', 'until'] : ['held', 'noun']
  const isKey = (word: string) => keys.some((kind) => isOf(kind)(word))
  const unknown = words.findIndex((word) => !isEmbargoWord(word))
  const led = unknown === -1 ? words : words.slice(0, unknown)
  const key = tokensOf(line).find((token) => isKey(foldWord(token))) ?? ''
  return {
    until,
    isUnread,
    isDated: isDated || has('day'),
    isKnown: unknown === -1,
    isSure,
    isUnder,
    isOrder,
    isHeld,
    isLed: led.some(isKey) && (isHold || led.some(isOf('until'))),
    isCapital: key !== key.toLowerCase() && key === key.toUpperCase(),
    has,
  }
}

const holds = /^hold (?:for|until)|^for release|^(?:strictly )?confidential until/

const tokensOf = (line: string) => line.match(/\p{L}[\p{L}\p{M}]*|\d+/gu) ?? []

const isSentence = (line: string) => /[.!?…]["”’»)]*$/.test(line) || line.split(' ').length > 10

const over =
  /^(?:none|no|false|nil|n\/?a|-|(?:is |ist |est |has been )?(?:lifted|over|expired|aufgehoben|abgelaufen|levée?|levantado|revocato|opgeheven|kaldırıldı|suspenso|keiner?s?|aucun|ninguno|nessuno|geen))[.!]?$/iu

/** What a form says behind the label of its embargo; undefined where it says that there is none. */
export function embargoOf(value: string): Embargo | undefined {
  if (over.test(value)) return undefined
  const said = readLine(`embargo ${value.slice(0, longest)}`)
  return { written: value, until: dateIn(value) ?? (said?.isKnown ? said.until : undefined) }
}

/** Of several the one that nobody knows the end of, else the last to end. */
export function longestOf(stated: readonly Embargo[]): Embargo | undefined {
  const embargoes = stated.filter((one) => !one.isOver)
  return (
    embargoes.find(({ stop }) => stop === 'kill') ??
    embargoes.find(({ stop }) => stop) ??
    embargoes.find(({ until }) => until === undefined) ??
    embargoes.toSorted((one, other) => instantOf(other).localeCompare(instantOf(one)))[0]
  )
}

const instantOf = ({ until = '' }: Embargo) => toInstant(until, 'UTC')

/** What is out before its embargo ends cannot be called back. */
export const heldNotes = (embargo: Embargo | undefined): Note[] =>
  embargo === undefined || embargo.until !== undefined
    ? []
    : [
        {
          text: embargo.stop
            ? `it is a draft because it says "${embargo.written}"; take that out to publish it`
            : `it is a draft because its embargo "${embargo.written}" is no date that is known; write it as in 2026-04-13 09:30, or take it out`,
        },
      ]
