/** Embargoes that stand among other words: in headlines, sluglines and notes to editors. */
import { type Embargo, embargoLine } from './embargo-line.ts'
import { withoutOver } from './embargo-over.ts'
import { mayHold } from './embargo-table.ts'
import { stopIn } from './stop-line.ts'

/** What parts an embargo from a headline, and what closes it there. */
const sign = /\s*[:|)\]]\s+|\s+[–—/-]+\s+|\s*\*{2,}\s*|(?<=^[\p{Lu} ]{4,40})-(?=\p{Lu}\p{Ll})/gu
const suffix = /(?:\s+[–—|/-]+\s+|[.!?]\s+|\s*[([])([^([]+?)[\s)\]]*$/
/** In capitals before words that are not. */
const sticker =
  /^(?:(?:STRICTLY )?EMBARGOED|NOT FOR (?:PUBLICATION|RELEASE)(?=\s+\p{Lu}\p{Ll}))(?=\s)/u

/**
 * A headline without the embargo that it begins or ends with, as in "EMBARGOED UNTIL 4 MARCH 2027: Ferry returns". One
 * that is about an embargo ("Embargo: how it came", "Embargo until 12 May 2027: UN votes") is left as it is.
 * @returns words that are empty where it says nothing else
 */
export function withoutEmbargoIn(headline: string): Heading {
  const free = withoutOver(headline)
  const read = inHeadline(free)
  if (free === headline || read.embargo) return read
  const written = headline.slice(0, headline.length - free.length)
  return { words: free, embargo: { written, until: undefined, isOver: true } }
}

interface Heading {
  readonly words: string
  readonly embargo?: Embargo
}

function inHeadline(headline: string): Heading {
  // Longer ones are none.
  if (headline.length > longestHeadline || !mayHold(headline)) return { words: headline }
  const ends = [...headline.matchAll(sign)]
  const parts = [
    ...ends.map(({ index, 0: written }) => [
      headline.slice(0, index),
      headline.slice(index + written.length),
    ]),
    [headline, ''],
  ].flatMap(([part = '', words = '']) => {
    const embargo = embargoLine(part, 'title')
    return embargo ? [{ words, embargo }] : []
  })
  return (
    parts.findLast(({ embargo }) => embargo.until !== undefined) ??
    parts.findLast(({ embargo }) => embargo.stop) ??
    parts[0] ??
    withoutSticker(headline) ??
    withoutSuffix(headline) ?? { words: headline }
  )
}

const longestHeadline = 500

function withoutSticker(headline: string) {
  const [written = ''] = sticker.exec(headline) ?? []
  const words = headline.slice(written.length).trim()
  const isSticker = written !== '' && words !== words.toUpperCase()
  const stop = stopIn(written, 'title')
  return isSticker ? { words, embargo: { ...bare(written), ...(stop && { stop }) } } : undefined
}

function withoutSuffix(headline: string) {
  const found = suffix.exec(headline)
  const embargo = embargoLine(found?.[1] ?? '', 'title')
  return embargo ? { words: headline.slice(0, found?.index), embargo } : undefined
}

const bare = (written: string): Embargo => ({ written, until: undefined, isAlone: true })

/** Orders, at an end; a topic such as "IRAN-EMBARGO" is none. */
const orders =
  'embargoed|sperrfrist|(?:under|hold)[ /_-]embargo|hold[ /_-]for[ /_-]release|mandatory[ /_-]kill|do[ /_-]not[ /_-]publish|not[ /_-]for[ /_-](?:publication|release)'
const inSlug = new RegExp(`^(?:${orders})(?=[ /_:.-]|$)|(?<=[ /_.-])(?:${orders})$`, 'i')

/** The embargo that a slugline such as "EMBARGOED-FERRY" states, which says nothing of its end. */
export function embargoInSlug(slug: string): Embargo | undefined {
  const [written] = inSlug.exec(slug.slice(0, longestHeadline)) ?? []
  if (written === undefined) return undefined
  const stop = stopIn(written.toUpperCase(), 'title')
  return stop ? { ...bare(written), stop } : bare(written)
}

/** Where a sentence for editors may begin to speak of one. */
const begin =
  /(?:^|[.;:,!?\n(*[–—-]|\b(?:is|are|remains?|stays?|text|story|copy|please|und|and|bitte|achtung)\b)\s*(?=\p{L})/giu
/** What may close what is said of it. */
const close = /(?<![ap]\.m)[.;!?](?=\s|$)|[\n)\]]|\s[–—-]\s|$/gi
/** Longer notes are looked at so far. */
const longestNote = 2000

/** The embargoes that a note to editors, or the terms of use, states: "Eds: adds quotes. Embargoed until 4 March 2027." */
export function embargoesInNote(whole: string): readonly Embargo[] {
  const note = whole.slice(0, longestNote)
  return mayHold(note) ? [...stopsIn(note), ...datesIn(note)] : []
}

const toEditors =
  /^\P{L}*(?:(?:note to )?(?:eds?|editors?|desks?|attention|advisory|achtung|redaktion)\b\P{L}*)?/iu

/** Orders that are sentences of their own; a part of one may be about a name, or a picture. */
const stopsIn = (note: string) =>
  note.split(/(?<=[.!?])\s|[\n;]/).flatMap((sentence) => {
    const words = sentence.replace(toEditors, '')
    // "Withdrawn." is one too.
    const said = embargoLine(/^\p{L}+\.?$/u.test(words) ? words.toUpperCase() : words)
    return said?.stop ? [said] : []
  })

function datesIn(note: string): readonly Embargo[] {
  const places = note.matchAll(begin).take(mostPlaces)
  return [...places].flatMap(({ index, 0: before }) => {
    const said = note.slice(index + before.length, index + before.length + longestSaid)
    const pieces = [...said.matchAll(close)].map((end) => said.slice(0, end.index))
    const found = pieces
      .map((piece) => embargoLine(piece, 'note'))
      .filter((one) => one !== undefined)
    return found.findLast(({ until }) => until !== undefined) ?? found[0] ?? []
  })
}

const longestSaid = 120
const mostPlaces = 100
