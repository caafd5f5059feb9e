/**
 * Safe HTML is read by a parser, changed piece by piece, and written once with everything escaped:
 * nothing that an author wrote is ever taken for markup of ours.
 */
import { Parser } from 'htmlparser2'
import { escapeAttribute, escapeText } from './text.ts'

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
export const voidElements = new Set(['img', 'br', 'hr', 'wbr', 'col', 'source'])

class Writer implements Pieces {
  html = ''

  open(name: string, attributes: Attributes): void {
    let tag = `<${name}`
    for (const [key, value] of Object.entries(attributes)) {
      // As sanitize-html writes them: only an empty description says something.
      const isBare = value === '' && key !== 'alt'
      tag += isBare ? ` ${key}` : ` ${key}="${escapeAttribute(value)}"`
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
