/** Zip files, and the Word documents in them, part by part; also such as nobody should write. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly content: string | Buffer
  /** What it says of its size, unpacked; else the truth. */
  readonly statedSize?: number
  readonly isStored?: boolean
  readonly isEncrypted?: boolean
}

export function zip(parts: readonly ZipPart[]): Buffer {
  const written: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const content = Buffer.from(part.content)
    const packed = part.isStored ? content : deflateRawSync(content)
    const name = Buffer.from(part.name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE((part.isEncrypted ? 1 : 0) | 0x800, 6)
    head.writeUInt16LE(part.isStored ? 0 : 8, 8)
    head.writeUInt32LE(crc32(content), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(part.statedSize ?? content.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(20, 4)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(at, 42)
    written.push(head, name, packed)
    directory.push(entry, name)
    at += head.length + name.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...written, list, end])
}

const namespaces = [
  ['w', 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'],
  ['r', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'],
  ['m', 'http://schemas.openxmlformats.org/officeDocument/2006/math'],
  ['wp', 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'],
  ['a', 'http://schemas.openxmlformats.org/drawingml/2006/main'],
  ['pic', 'http://schemas.openxmlformats.org/drawingml/2006/picture'],
  ['c', 'http://schemas.openxmlformats.org/drawingml/2006/chart'],
  ['mc', 'http://schemas.openxmlformats.org/markup-compatibility/2006'],
  ['wps', 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape'],
  ['v', 'urn:schemas-microsoft-com:vml'],
]
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ')

const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

const relationships = (list: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list}</Relationships>`

/** A relation of the text, as to a picture or an address. */
export const relation = (id: string, type: string, target: string, isExternal = false) =>
  `<Relationship Id="${id}" Type="${types}/${type}" Target="${target}"${isExternal ? ' TargetMode="External"' : ''}/>`

/** What a Word document is made of; all but its text may be left out. */
export interface WordParts {
  /** Within `w:body`. */
  readonly body: string
  /** Within `w:styles`. */
  readonly styles?: string
  /** Within `w:numbering`. */
  readonly numbering?: string
  readonly footnotes?: string
  /** Within the properties, as in `<dc:title>`. */
  readonly properties?: string
  /** Further ones of the text. */
  readonly relations?: string
  /** Whether nothing is packed. */
  readonly isStored?: boolean
  /** Further files. */
  readonly others?: readonly ZipPart[]
}

/** A story of one paragraph, with a title and a date, unless more is said. */
export function wordFile(parts: Partial<WordParts> = {}): Buffer {
  const { styles, numbering, footnotes } = parts
  const text = (name: string, content: string): ZipPart => ({
    name: `word/${name}.xml`,
    content: `<?xml version="1.0"?><w:${name} ${namespaces}>${content}</w:${name}>`,
  })
  const own = Object.entries({ styles, numbering, footnotes }).flatMap(([name, content]) =>
    content === undefined ? [] : [[name, content] as const],
  )
  return zip(
    [
      {
        name: '_rels/.rels',
        content: relationships(
          relation('r1', 'officeDocument', 'word/document.xml') +
            '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>',
        ),
      },
      text('document', `<w:body>${parts.body ?? paragraph('Text.')}</w:body>`),
      {
        name: 'word/_rels/document.xml.rels',
        content: relationships(
          own.map(([name]) => relation(`o${name}`, name, `${name}.xml`)).join('') +
            (parts.relations ?? ''),
        ),
      },
      {
        name: 'docProps/core.xml',
        content:
          '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
          'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">' +
          `${parts.properties ?? '<dc:title>The headline</dc:title><dcterms:created>2026-04-13T09:30:00Z</dcterms:created>'}</cp:coreProperties>`,
      },
      ...own.map(([name, content]) => text(name, content)),
      ...(parts.others ?? []),
    ].map((one) => (parts.isStored ? { ...one, isStored: true } : one)),
  )
}

export const run = (text: string, looks = '') =>
  `<w:r><w:rPr>${looks}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`

/** @param style its id @param properties further ones */
export const paragraph = (text: string, style = '', properties = '') =>
  content(run(text), style, properties)

/** A paragraph of runs and what else there is. */
export const content = (runs: string, style = '', properties = '') =>
  `<w:p><w:pPr>${style && `<w:pStyle w:val="${style}"/>`}${properties}</w:pPr>${runs}</w:p>`

/** A paragraph style. @param more what it rests on and says */
export const style = (id: string, name: string, more = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`

/** A picture within a run. @param id of its relation */
export const drawing = (id: string, alt = '', kind = 'embed') =>
  `<w:drawing><wp:inline><wp:docPr id="1" name="x" descr="${alt}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>` +
  `<a:blip r:${kind}="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`
