/** Where the line of an embargo says more than that: "Council | News release | Embargoed until 4 March 2027". */
import { embargoWords } from './embargo-table.ts'
import { runsOf } from './line-parts.ts'
import { foldWord } from './page-word-lists.ts'

/** Characters of a sentence, or of a letterhead. */
const longest = 200
/** Behind a number of two digits, as in "31. Januar", is none. */
const sentenceEnd = /(?<!(?:^|\s)\d{1,2})[.!](?=\s+["“„«]?\p{Lu})|$/gu
const mostSentences = 6

/** A text that speaks of itself. */
const ofItself =
  /^(?:\S+ ){0,8}?(?:this|these|the (?:enclosed|attached|following)|diese[rs]?|cet?|cette|este|esta|questo|dit|bu) (?:\S+ ){0,2}?(?:release|report|document|material|text|story|article|copy|news|information|statement|advisory|contents|meldung|mitteilung|pressemitteilung|communiqué|comunicado|comunicato|persbericht)s? (?:is|are|remains?|ist|sind|est|está|è) /i

interface Part {
  /** What may be the line of an embargo. */
  readonly words: string
  /** The line up to its end, or as much as its first sentence. */
  readonly written: string
  /** Whether the line goes on with the text. */
  readonly isOpening: boolean
}

/** The parts of a line that begin as an embargo does. */
export function partsOf(line: string): readonly Part[] {
  const head = line.slice(0, longest)
  const ends = [...head.matchAll(sentenceEnd).take(mostSentences)]
    .map(({ index, 0: end }) => index + end.length)
    .filter((end) => end < head.length || line.length <= longest)
  return ends.flatMap((end) => {
    const written = line.slice(0, end)
    const isOpening = end < line.length
    const [itself = ''] = ofItself.exec(written) ?? []
    const words = [
      ...(isOpening ? [written] : []),
      ...(itself === '' ? [] : [written.slice(itself.length)]),
      ...(isOpening ? [] : runsOf(written).filter((run) => run !== written)),
    ]
    const [toEditors = ''] = /^(?:eds?|editors|note to editors): /i.exec(written) ?? []
    const noted = toEditors === '' ? [] : [written.slice(toEditors.length)]
    return [...noted, ...words.filter(isLed)].map((part) => ({ words: part, written, isOpening }))
  })
}

const { held, noun, under, not, beside } = embargoWords
const publication = /publi|broadcast|veröffentlich/i

/** Whether an embargo is the first it says; in small letters goods may be under one, and people are released. */
function isLed(part: string): boolean {
  const [first = '', second = '', ...others] = part.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []
  const isCapital = first === first.toUpperCase() && first !== first.toLowerCase()
  const isDated = /\d/.test(part)
  const [one, two] = [foldWord(first), foldWord(second)]
  if (!isDated && !isCapital) return false
  if (noun.has(one)) return isCapital || one.startsWith('sperrfrist')
  if (not.has(one)) return isCapital || publication.test(part)
  const isStrict = beside.has(one) && held.has(two)
  const third = foldWord(others[0] ?? '')
  return held.has(one) || isStrict || (under.has(one) && (noun.has(two) || noun.has(third)))
}
