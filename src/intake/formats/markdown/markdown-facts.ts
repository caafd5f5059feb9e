/** What lines beside the title of a text say of it: `*Posted on May 1, 2024 by Jo Lind*`, `**Tags:** harbour, gulls`. */
import type { Entry } from '../front-matter/front-matter-tree.ts'
import {
  bare,
  type Fact,
  type FactsOfLine,
  factsOfLine,
  isDayAlone,
  longest,
} from './markdown-fact-lines.ts'

interface Facts {
  /** As front matter would state them. */
  readonly entries: readonly Entry[]
  /** Of these, in one of RawArticle's shapes; a draft may be without one. */
  readonly date?: string
  /** Without the lines that say nothing else; all others keep their places. */
  readonly body: string
}

/** So many lines are looked at, and so many of those below for another date that stands alone. */
const mostLines = 40
const mostBelow = 2000

type Line = FactsOfLine & { readonly at: number }

/**
 * The facts that stand above or directly below the heading of a text, if a date is among them: without one, such lines
 * may be anything but what keeps a draft back. A date alone counts if none stands alone further below, as in a diary.
 * @param firstLine of the text in its file
 */
export function factsIn(body: string, firstLine: number): Facts | undefined {
  const lines = linesOfHead(body.split('\n', mostLines))
  const facts = lines.flatMap((line) => line.facts.map((fact) => ({ ...fact, at: line.at })))
  const entriesOf = (some: typeof facts) =>
    // The first of each key.
    [...new Map(some.toReversed().map((fact) => [fact.key, fact])).values()].map((fact) => {
      const line = firstLine + fact.at
      return { key: fact.key, line, value: { line, text: fact.text } }
    })
  const [date, ...otherDates] = facts.filter(({ key }) => key === 'date')
  if (!date) {
    const drafts = facts.filter(saysDraft)
    return drafts.length > 0 ? { entries: entriesOf(drafts), body } : undefined
  }
  // From one day to another something lasted.
  if (otherDates.some(({ text }) => text.slice(0, 10) !== date.text.slice(0, 10))) return undefined
  const all = body.split('\n')
  const isOfDiary = isAlone(all[date.at]) && all.slice(date.at + 1, mostBelow).some(isAlone)
  if (isOfDiary || !mayBeOfPost(date.text)) return undefined
  for (const { at, isWhole } of lines) if (isWhole) all[at] = ''
  return { entries: entriesOf(facts), date: date.text, body: all.join('\n') }
}

const saysDraft = ({ key, text }: Fact) =>
  (key === 'draft' && /^(?:true|yes)$/i.test(text)) || (key === 'status' && /^draft$/i.test(text))

/** Before that nobody posted. What is to come is waited for: what is out too early cannot be called back. */
const mayBeOfPost = (date: string) => Date.parse(date.slice(0, 10)) >= firstPost

const firstPost = Date.parse('1991-01-01')

/** Those beside the first heading that state facts, down to the first that does not; none where they are facts of an event or a book. */
function linesOfHead(lines: readonly string[]): readonly Line[] {
  const found: Line[] = []
  let isTitled = false
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || isPicture.test(line)) continue
    if (ofEvent.test(bare(line.slice(0, longest)))) return []
    const isUnderlined = /^ {0,3}=+[ \t]*$/.test(lines[at + 1] ?? '')
    if (isUnderlined || /^ {0,3}#{1,6}[ \t]/.test(line)) {
      if (isTitled) return found
      isTitled = true
      if (isUnderlined) at += 1
    } else if (found.length > 0 && isRule.test(line)) {
      found.push({ at, facts: [], isWhole: true })
    } else {
      const facts = factsOfLine(line)
      if (facts) found.push({ at, ...facts })
      else if (!isOtherFact.test(line)) return found
    }
  }
  return found
}

const isPicture = /^ {0,3}!\[[^\]\n]*\]\([^()\n]*\)[ \t]*$/
const isRule = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$/
/** In the same form, about what means nothing here: it stays in the text. */
const isOtherFact =
  /^\s*(?:>\s*)?(?:[-*+]\s+)?\*\*[^*\n]{1,40}(?:[:：]\s*\*\*|\*\*\s*[:：])\s*\S.{0,120}$/
const ofEvent =
  /^(?:where|when|place|location|venue|address|time|starts?|ends?|tickets?|admission|rsvp|result|born|died|publisher|isbn|pages|ort|wo|wann|uhrzeit|beginn|ende|eintritt|geboren|gestorben|verlag|seiten|lieu|où|quand|heure|entrée|éditeur|lugar|dónde|hora|entradas|editorial|luogo|dove|ora|editore|yer|mekan|saat|yayınevi|место|время|издательство|地点|時間|场所|場所|出版社|장소|출판사)\s?[:：]/iu
const isAlone = (line = '') =>
  line.length <= longest && /\d{4}/.test(line) && isDayAlone(bare(line))
