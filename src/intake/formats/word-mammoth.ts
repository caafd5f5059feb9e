/** A Word document as mammoth is given it, and the HTML that it makes of that. */
import { crc32 } from 'node:zlib'
import type { ListItem } from './word-numbering.ts'
import { element } from './word-xml.ts'

/** What mammoth makes of paragraphs, by the ids of styles that these are given. */
const styleMap = [
  ...[1, 2, 3, 4, 5, 6].map((level) => `p.heading${level} => h${level}:fresh`),
  'p.quote => blockquote > p:fresh',
  "p.code => pre:separator('\\n')",
  'p.caption => figcaption:fresh',
]

/** Deeper items are shown as these: mammoth nests no deeper. */
const deepestItem = 4

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

/**
 * @param parts `document`, `footnotes` and `endnotes` as XML, by these names
 * @param links addresses, by the ids that the parts have for them
 */
export async function htmlOf(
  parts: ReadonlyMap<string, string>,
  links: ReadonlyMap<string, string>,
): Promise<string> {
  const relations = [...links].map(([address, id]) =>
    element('Relationship', {
      Id: id,
      Type: 'hyperlink',
      Target: address,
      TargetMode: 'External',
    }),
  )
  const files = [...parts, ['numbering', plainNumbering] as const].flatMap(([name, content]) => [
    [`word/${name}.xml`, `<w:${name} ${namespaces}>${content}</w:${name}>`] as const,
    [
      `word/_rels/${name}.xml.rels`,
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`,
    ] as const,
  ])
  const { default: mammoth } = await import('mammoth')
  const { value } = await mammoth.convertToHtml(
    { buffer: zipOf(files) },
    { styleMap, includeEmbeddedStyleMap: false },
  )
  return value
}

/** Two lists, of bullets and of numbers: by these mammoth nests them. */
const plainNumbering = ['bullet', 'decimal']
  .map((format, n) => {
    const levels = Array.from(
      { length: deepestItem + 1 },
      (_, level) => `<w:lvl w:ilvl="${level}"><w:numFmt w:val="${format}"/></w:lvl>`,
    )
    return (
      `<w:abstractNum w:abstractNumId="${n}">${levels.join('')}</w:abstractNum>` +
      `<w:num w:numId="${n}"><w:abstractNumId w:val="${n}"/></w:num>`
    )
  })
  .join('')

/** The property by which mammoth takes a paragraph for an item of a list. */
export const plainItem = ({ isOrdered, level }: ListItem) =>
  `<w:numPr><w:ilvl w:val="${Math.min(level, deepestItem)}"/><w:numId w:val="${isOrdered ? 1 : 0}"/></w:numPr>`

/** The HTML by which `numbered` knows what an item of an ordered list counts. */
export const numberMark = ({ type, number }: ListItem) => `<!--${type} ${number}-->`

/** Lists go on counting where they do in Word, and with its letters. */
export const numbered = (html: string) =>
  html
    .replace(/<ol><li><!--(\w) (\d+)-->/g, (_, type: string, number: string) => {
      const start = number === '1' ? '' : ` start="${number}"`
      return `<ol${start}${type === '1' ? '' : ` type="${type}"`}><li>`
    })
    .replace(/<!--\w \d+-->/g, '')

/** A paragraph of pictures alone and the caption below it are a figure; other captions are paragraphs. */
export const withFigures = (html: string) =>
  html.replace(
    /(?:<p>((?:<(?!\/p>)[^<>]+>)+)<\/p>)?<figcaption>(.*?)<\/figcaption>/gs,
    (_, above: string | undefined, caption: string) =>
      above?.includes('<img ')
        ? `<figure>${above}<figcaption>${caption}</figcaption></figure>`
        : `${above ? `<p>${above}</p>` : ''}<p>${caption}</p>`,
  )

/** A cell of one paragraph is that paragraph's words, as other programs write it. */
export const withPlainCells = (html: string) =>
  html.replace(/(<t[dh](?: [^<>]*)?>)<p>((?:(?!<\/?p>).)*)<\/p>(?=<\/t[dh]>)/gs, '$1$2')

/** A zip file of texts, unpacked. @param files names, ASCII, and texts */
function zipOf(files: readonly (readonly [string, string])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of files) {
    const content = Buffer.from(text)
    const head = Buffer.alloc(26)
    head.writeUInt32LE(crc32(content), 10)
    head.writeUInt32LE(content.length, 14)
    head.writeUInt32LE(content.length, 18)
    head.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    parts.push(Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), content)
    directory.push(Buffer.from('PK\u0001\u0002\0\0'), head, place, Buffer.from(name))
    at += 30 + name.length + content.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}
