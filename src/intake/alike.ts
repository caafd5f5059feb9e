/** What is said of files, each kind of it once: a folder of hundreds may have the same said of all of them. */
import { printable } from '../text.ts'

/** Something said of a file: a note, or why it was rejected. */
export interface Told {
  readonly path: string
  /** 1-based; absent when the whole file is meant. */
  readonly line?: number | undefined
  readonly text: string
  /** Where what is said is the same in other words. */
  readonly kind?: string
}

/** All that was told of one kind. */
export interface Alike<One extends Told = Told> {
  readonly first: One
  readonly others: readonly One[]
}

/** From the first quotation mark to the last, or to the end of a text that was cut; and what a list of names ends with. */
const names = /".*(?:"|…$)(?: \(line \d+\))?(?: and \d+ more)?/s

/** What a text says, whatever names and numbers of lines it gives. */
const kindOf = ({ kind, text }: Told) =>
  kind ?? text.replace(names, '"…"').replace(/\bline \d+/g, 'line …')

/** So much is told one by one. */
const mostSingly = 20
/** So few of a kind are told one by one all the same. */
const fewAlike = 2

/**
 * Much that was told as one of each kind with the others behind it, that of which there is most first; little of it
 * one by one, in its order.
 */
export function summedUp<One extends Told>(told: readonly One[]): Alike<One>[] {
  if (told.length <= mostSingly) return told.map(alone)
  const kinds = [...Map.groupBy(told, kindOf).values()].flatMap((those) => {
    const [first, ...others] = those
    return first && those.length > fewAlike ? [{ first, others }] : those.map(alone)
  })
  return kinds.sort((a, b) => b.others.length - a.others.length)
}

const alone = <One extends Told>(first: One): Alike<One> => ({ first, others: [] })

/** What the first of a kind says, with a word for the others where these give other names. */
export function commonText({ first, others }: Alike, text: string): string {
  const nameOf = ({ text: one }: Told) => names.exec(one)?.[0]
  const isSame = others.every((other) => nameOf(other) === nameOf(first))
  return isSame ? text : text.replace(names, '$& (or others)')
}

/** So many others are named. */
const mostNamed = 3
/** So much of a name is shown: it may be a list of names. */
const longestName = 60

/** `and 163 others: b.md:3, c.md, d.md …`: with the names that are told, and the most frequent first, where these differ. */
export function othersText({ first, others }: Alike): string {
  const named = [...Map.groupBy(others, ({ text }) => names.exec(text)?.[0] ?? '')]
  const [only] = named
  const isSame = named.length === 1 && first.text.includes(only?.[0] ?? '')
  const examples = isSame
    ? others.map(placeOf)
    : named
        .sort(([, a], [, b]) => b.length - a.length)
        .map(([name, those]) => {
          const times = those.length > 1 ? ` (${those.length.toLocaleString('en')} ×)` : ''
          return `${those[0] ? placeOf(those[0]) : ''} ${shortened(name)}${times}`
        })
  const more = examples.length > mostNamed ? ' …' : ''
  const count = others.length.toLocaleString('en')
  return printable(`and ${count} others: ${examples.slice(0, mostNamed).join(', ')}${more}`)
}

const shortened = (name: string) =>
  name.length > longestName ? `${name.slice(0, longestName).toWellFormed()}…` : name

/** Editors jump to `path:line`. */
const placeOf = ({ path, line }: Told) => (line === undefined ? path : `${path}:${line}`)
