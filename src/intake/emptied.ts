/**
 * Takes the tags of what is left of an element when it has lost its address: pictures, recordings and films
 * that are nowhere, links that lead nowhere, and links and figures that hold nothing without these.
 */
import { type Attributes, type Change, changeHtml, readHtml } from '../html.ts'
import { keptApart } from './apart.ts'

interface Element {
  readonly name: string
  readonly attributes: Attributes
  /** Of all start tags, this is the one with that number. */
  readonly number: number
  /** Whether there is anything in it but blanks. */
  holdsAny: boolean
  hasLost: boolean
}

/** In attributes every `"` and `>` is escaped. */
const hasNeed =
  /<(?:img|source|audio|video)(?=[\s>])(?![^>]* src=")|<a(?=[\s>])(?![^>]* (?:href|id)=")/

export interface Remaining {
  readonly html: string
  /** Whether elements stand now where a link was: they may parse in another way without it. */
  readonly hasUnwrapped: boolean
}

/** @param html of an article's elements, escaped as we write it; what is without an address has lost it */
export function withoutEmptied(html: string): Remaining {
  if (!hasNeed.test(html)) return { html, hasUnwrapped: false }
  const { gone, hasUnwrapped } = emptiedIn(html)
  return { html: gone.size === 0 ? html : changeHtml(html, unwrapped(gone)), hasUnwrapped }
}

/** What stands in place of the tags of elements, by their numbers. */
function emptiedIn(html: string) {
  const gone = new Map<number, string>()
  let hasUnwrapped = false
  const open: Element[] = []
  const captions = createCaptions(gone)
  let count = 0
  readHtml(html, {
    open(name, attributes) {
      open.push({ name, attributes, number: count, holdsAny: false, hasLost: false })
      count += 1
    },
    text(text) {
      const around = open.at(-1)
      if (around && text.trim() !== '') around.holdsAny = true
      captions.text(text)
    },
    close() {
      const element = open.pop()
      const around = open.at(-1)
      if (!element) return
      const isGone = isEmptied(element)
      const words = element.name === 'img' && isGone ? (element.attributes.alt ?? '') : ''
      if (isGone) gone.set(element.number, '')
      if (isGone && element.holdsAny) hasUnwrapped = true
      if (words !== '') captions.picture(element.number, words)
      if (!around) return
      if (words !== '' || element.holdsAny || !isGone) around.holdsAny = true
      else around.hasLost = true
    },
  })
  captions.end()
  return { gone, hasUnwrapped }
}

function isEmptied({ name, attributes, holdsAny, hasLost }: Element): boolean {
  if (name === 'img' || name === 'source') return !attributes.src
  if (name === 'audio' || name === 'video') return !attributes.src && !holdsAny
  const isTarget = 'id' in attributes
  if (name === 'a') return !isTarget && (!('href' in attributes) || (hasLost && !holdsAny))
  return name === 'figure' && !isTarget && hasLost && !holdsAny
}

/** So much of the text that follows a picture is looked at. */
const captionLength = 200

/** A picture that is missing leaves its words, unless what follows says the same. */
function createCaptions(gone: Map<number, string>) {
  let waiting: { readonly number: number; readonly words: string }[] = []
  let following = ''

  function end(): void {
    for (const { number, words } of waiting) {
      const isSaid = following.startsWith(words.slice(0, captionLength).trim())
      gone.set(number, isSaid ? '' : words)
    }
    waiting = []
    following = ''
  }

  return {
    end,
    picture(number: number, words: string) {
      // What is said so far follows others.
      if (following !== '') end()
      waiting.push({ number, words })
    },
    text(text: string) {
      if (waiting.length === 0) return
      following = (following + text).trimStart()
      if (following.length >= captionLength) end()
    },
  }
}

const unwrapped =
  (gone: ReadonlyMap<number, string>): Change =>
  (next) => {
    const kept = keptApart(next)
    /** Of each element that is open, whether its tags stay. */
    const open: boolean[] = []
    let count = 0
    return {
      open(name, attributes) {
        const words = gone.get(count)
        count += 1
        open.push(words === undefined)
        if (words === undefined) return kept.open(name, attributes)
        if (words !== '' || name === 'figure') kept.part()
        if (words === '') return
        kept.text(words)
        kept.part()
      },
      close(name) {
        if (open.pop()) kept.close(name)
      },
      text: (text) => kept.text(text),
    }
  }
