/** A Word document as mammoth is given it, and the HTML that it makes of that. */
import { withRules } from '../lines/drawn-lines.ts'
import type { ListItem } from './word-numbering.ts'
import { element } from './word-xml.ts'

/** Deeper items are shown as these. */
const deepestItem = 4

const inLists = (level: number) => 'ul|ol > li > '.repeat(level)

/** What mammoth makes of paragraphs, by the ids of styles that these are given. */
const styleMap = [
  ...[1, 2, 3, 4, 5, 6].map((level) => `p.heading${level} => h${level}:fresh`),
  'p.quote => blockquote > p:fresh',
  "p.code => pre:separator('\\n')",
  'p.caption => figcaption:fresh',
  ...Array.from({ length: deepestItem + 1 }, (_, level) =>
    ['ul', 'ol'].map((list) => `p.${list}${level} => ${inLists(level)}${list} > li:fresh`),
  ).flat(),
]

/** The id of the style of an item of a list. */
export const styleOfItem = ({ isOrdered, level }: ListItem) =>
  `${isOrdered ? 'ol' : 'ul'}${Math.min(level, deepestItem)}`

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

/** Programs leave places where nothing leads; and tables of contents, which lead to most of them, are left out. */
const place = /<w:bookmarkStart w:name="([^"]*)"><\/w:bookmarkStart>/g

const anchorsIn = (xml: string) =>
  Array.from(xml.matchAll(/<w:hyperlink w:anchor="([^"]*)"/g), ([, anchor]) => anchor)

/**
 * @param parts `document`, `footnotes` and `endnotes` as XML, by these names
 * @param links addresses, by the ids that the parts have for them
 * @param pieces that stand in the text
 */
export async function htmlOf(
  parts: ReadonlyMap<string, string>,
  links: ReadonlyMap<string, string>,
  pieces: Pieces,
): Promise<string> {
  const relations = [...links].map(([address, id]) =>
    element('Relationship', { Id: id, Target: address }),
  )
  const [{ default: Zip }, { default: mammoth }] = await Promise.all([
    import('jszip'),
    import('mammoth'),
  ])
  const zip = new Zip()
  const linked = new Set([...parts.values()].flatMap(anchorsIn))
  for (const [name, content] of parts) {
    const xml = content.replace(place, (whole, anchor) => (linked.has(anchor) ? whole : ''))
    zip.file(`word/${name}.xml`, `<w:${name} ${namespaces}>${xml}</w:${name}>`)
    zip.file(
      `word/_rels/${name}.xml.rels`,
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`,
    )
  }
  const buffer = await zip.generateAsync({ type: 'nodebuffer' })
  const { value } = await mammoth.convertToHtml(
    { buffer },
    { styleMap, includeEmbeddedStyleMap: false },
  )
  return withPlainCells(numbered(withFigures(withRules(pieces.putBack(value)))))
}

/**
 * HTML that goes through mammoth as text: it knows no formulas, and which picture it is given it does not tell. In the
 * text stands the number of a piece between two signs that Unicode keeps for such uses.
 */
export class Pieces {
  readonly #html: string[] = []

  /** @returns the text that stands for it */
  put(html: string): string {
    this.#html.push(html)
    return `\ufdd0${this.#html.length - 1}\ufdd1`
  }

  /** The HTML in which the pieces are what they stand for. */
  putBack(html: string): string {
    return html.replace(/\ufdd0(\d+)\ufdd1/g, (_, number) => this.#html[Number(number)] ?? '')
  }
}

/** Text in which nothing looks like a piece. */
export const withoutMarks = (text: string) => text.replace(/[\ufdd0\ufdd1]/g, '')

/** The HTML by which `numbered` knows what an item of an ordered list counts. */
export const numberMark = ({ type, number }: ListItem) => `<!--${type} ${number}-->`

/** Lists go on counting where they do in Word, and with its letters. */
const numbered = (html: string) =>
  html
    .replace(/<ol><li><!--(\w) (\d+)-->/g, (_, type: string, number: string) => {
      const start = number === '1' ? '' : ` start="${number}"`
      return `<ol${start}${type === '1' ? '' : ` type="${type}"`}><li>`
    })
    .replace(/<!--\w \d+-->/g, '')

/** A paragraph of pictures alone and the caption below it are a figure; other captions are paragraphs. */
const withFigures = (html: string) =>
  html.replace(
    /(?:<p>((?:<(?!\/p>)[^<>]+>)+)<\/p>)?<figcaption>(.*?)<\/figcaption>/gs,
    (_, above: string | undefined, caption: string) =>
      above?.includes('<img ')
        ? `<figure>${above}<figcaption>${caption}</figcaption></figure>`
        : `${above ? `<p>${above}</p>` : ''}<p>${caption}</p>`,
  )

/** A cell of one paragraph is that paragraph's words, as other programs write it. */
const withPlainCells = (html: string) =>
  html.replace(/(<t[dh](?: [^<>]*)?>)<p>((?:(?!<\/?p>).)*)<\/p>(?=<\/t[dh]>)/gs, '$1$2')
