/**
 * The HTML of articles on its way out. It is read by a parser, changed piece by piece, and written once
 * with everything escaped: nothing that an author wrote is ever taken for markup of ours.
 */
import { Parser } from 'htmlparser2'
import { escapeAttribute, escapeText } from '../text.ts'

export type Attributes = Readonly<Record<string, string>>

/** Hears the pieces of HTML in their order. Every start tag has its end tag, also that of a void element. */
export interface Pieces {
  open(name: string, attributes: Attributes): void
  close(name: string): void
  text(text: string): void
}

/** Hears pieces, and passes on others. */
export type Change = (next: Pieces) => Pieces

/** HTML with these changes, in their order. @param html safe HTML */
export function changeHtml(html: string, ...changes: readonly Change[]): string {
  const writer = new Writer()
  readHtml(
    html,
    changes.reduceRight<Pieces>((next, change) => change(next), writer),
  )
  return writer.html
}

/** So much is read before anybody is asked whether that is enough. Characters. */
const portion = 16_384

/** @param isEnough whether the rest need not be read */
export function readHtml(html: string, pieces: Pieces, isEnough = () => false): void {
  const parser = new Parser({
    onopentag: (name, attributes) => pieces.open(name, attributes),
    onclosetag: (name) => pieces.close(name),
    ontext: (text) => pieces.text(text),
  })
  for (let at = 0; at < html.length && !isEnough(); at += portion) {
    parser.write(html.slice(at, at + portion))
  }
  parser.end()
}

/** Elements without an end tag, of those that safe HTML may have. */
const voidElements = new Set(['img', 'br', 'hr', 'wbr', 'col', 'source'])

class Writer implements Pieces {
  html = ''

  open(name: string, attributes: Attributes): void {
    let tag = `<${name}`
    for (const [key, value] of Object.entries(attributes)) {
      tag += ` ${key}="${escapeAttribute(value)}"`
    }
    this.html += voidElements.has(name) ? `${tag} />` : `${tag}>`
  }

  close(name: string): void {
    if (!voidElements.has(name)) this.html += `</${name}>`
  }

  text(text: string): void {
    this.html += escapeText(text)
  }
}

/** Links within this site are kept root-relative until now, so that BASE_URL may change. */
export const absoluteLinks =
  (baseUrl: string): Change =>
  (next) => ({
    open(name, attributes) {
      const absolute = Object.entries(attributes).map(([key, value]) => [
        key,
        addresses.has(key) && isOurs(value) ? baseUrl + value : value,
      ])
      next.open(name, Object.fromEntries(absolute))
    },
    close: (name) => next.close(name),
    text: (text) => next.text(text),
  })

const addresses = new Set(['href', 'src', 'poster'])

/** Whether an address in safe HTML leads to this site. */
export const isOurs = (url: string) => url.startsWith('/') && !url.startsWith('//')

const longestExcerpt = 300

/** Where these begin and end there is no space: a full stop may follow a link. */
const withinWords = new Set(
  'a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small strong sub sup u var'.split(
    ' ',
  ),
)

/** How safe HTML begins, as plain text: its first paragraph, or all of it where there is none. */
export function excerptOf(html: string): string {
  let all = ''
  let paragraph: string | undefined
  let isWhole = false
  const isFull = (text: string) => text.length > longestExcerpt + 1
  const isEnough = () => isWhole || (paragraph !== undefined && isFull(paragraph))
  function add(text: string): void {
    if (isEnough()) return
    if (paragraph !== undefined) paragraph = joined(paragraph, text)
    else if (!isFull(all)) all = joined(all, text)
  }
  const space = (name: string) => withinWords.has(name) || add(' ')
  readHtml(
    html,
    {
      open(name) {
        if (name === 'p' && paragraph === undefined) paragraph = ''
        else space(name)
      },
      close(name) {
        if (name === 'p') isWhole = paragraph !== undefined
        else space(name)
      },
      text: add,
    },
    isEnough,
  )
  return shortened((paragraph ?? all).trimEnd())
}

const joined = (text: string, more: string) => (text + more).replace(/\s+/g, ' ').trimStart()

function shortened(text: string): string {
  if (text.length <= longestExcerpt) return text
  const space = text.lastIndexOf(' ', longestExcerpt)
  // Where no space separates words, no character may be cut in two.
  const start = text.slice(0, space > 0 ? space : longestExcerpt)
  return `${start.replace(/[\uD800-\uDBFF]$/, '')}…`
}
