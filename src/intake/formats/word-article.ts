/** A Word document as an article. */

import { addressOf, embeddedUrl } from '../embedded-pictures.ts'
import { dateOfPath } from '../file-path.ts'
import type { Note } from '../note.ts'
import type { RawArticle } from '../raw-article.ts'
import { takeHead } from './word-head.ts'
import { Numbering, plainNumbering } from './word-numbering.ts'
import { packed, WordPackage } from './word-package.ts'
import { Pieces } from './word-pieces.ts'
import { readProperties } from './word-properties.ts'
import { Styles } from './word-styles.ts'
import { anchorsIn, blocksIn, styleMap, type WordDocument, WordText } from './word-text.ts'
import { child } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

/**
 * @param path of the file, relative to the articles folder, with `/`
 * @throws RejectionError when it cannot become an article
 */
export async function readWord(bytes: Buffer, path: string): Promise<RawArticle> {
  const file = await WordPackage.open(bytes)
  const main = await file.mainPart()
  const [ofFile, relations] = [await file.relationsOf(''), await file.relationsOf(main)]
  const properties = readProperties(
    await file.part(ofFile.ofType('core-properties') ?? 'docProps/core.xml'),
  )
  const part = (type: string) => file.part(relations.ofType(type))
  const styles = new Styles(await part('styles'))
  const root = (await file.part(main)) ?? nothing
  const document: WordDocument = {
    styles,
    numbering: new Numbering(await part('numbering'), styles),
    files: file.files,
    pieces: new Pieces(),
    anchors: anchorsIn(root),
    shown: new Set(),
    notes: [],
    noted: new Set(),
  }
  const head = takeHead(blocksIn(child(root, 'w:body') ?? nothing), styles, properties.title)
  const texts = new Map<string, string>()
  const text = new WordText(document, relations, root)
  const body = text.write({ ...nothing, children: head.story })
  put(texts, 'document', `<w:body>${body}</w:body>`, text)
  for (const kind of ['footnote', 'endnote']) {
    const name = relations.ofType(`${kind}s`)
    const notes = await file.part(name)
    if (name === undefined || !notes) continue
    const ofNotes = new WordText(document, await file.relationsOf(name), notes)
    put(texts, `${kind}s`, notesIn(notes, kind, ofNotes), ofNotes)
  }
  texts.set('word/numbering.xml', rootOf('numbering', plainNumbering))
  const html = document.pieces.putBack(await htmlOf(packed(texts)))
  const stated = head.published ?? properties.created ?? properties.modified
  const published = dateOfPath(path) ? undefined : stated
  const isDraft = properties.status === 'draft'
  return {
    title: head.title,
    summary: head.summary ?? properties.summary,
    body: { html: numbered(html) },
    published,
    updated: properties.modified,
    language: properties.language,
    section: properties.section,
    tags: properties.tags,
    authors: head.authors.length > 0 ? head.authors : properties.authors,
    sources: [],
    draft: isDraft,
    ownMedia: new Map(
      [...document.shown].map((name) => [addressOf(name), embeddedUrl(path, name)]),
    ),
    notes: [...document.notes, ...(isDraft ? [draftNote] : [])],
  }
}

const nothing: XmlNode = { name: '', attributes: {}, children: [] }

const draftNote: Note = { text: 'it is a draft because of the status "Draft" in its properties' }

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ' +
  'xmlns:v="urn:schemas-microsoft-com:vml"'

const rootOf = (name: string, content: string) => `<w:${name} ${namespaces}>${content}</w:${name}>`

function put(texts: Map<string, string>, name: string, content: string, text: WordText): void {
  texts.set(`word/${name}.xml`, rootOf(name, content))
  texts.set(
    `word/_rels/${name}.xml.rels`,
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${text.relations}</Relationships>`,
  )
}

/** Footnotes or endnotes; the lines that part them from the text are among them. */
function notesIn(root: XmlNode, kind: string, text: WordText): string {
  return root.children
    .filter((one): one is XmlNode => typeof one !== 'string' && one.name === `w:${kind}`)
    .filter(({ attributes }) => !/[sS]eparator|continuationNotice/.test(attributes['w:type'] ?? ''))
    .map(
      (note) =>
        `<w:${kind} w:id="${Number(note.attributes['w:id'])}">${text.write(note)}</w:${kind}>`,
    )
    .join('')
}

async function htmlOf(buffer: Buffer): Promise<string> {
  const { default: mammoth } = await import('mammoth')
  const { value } = await mammoth.convertToHtml(
    { buffer },
    { styleMap, includeEmbeddedStyleMap: false },
  )
  return value
}

/** Lists go on counting where they do in Word, and with its letters. */
const numbered = (html: string) =>
  html
    .replace(/<ol><li><!--(\w) (\d+)-->/g, (_, type: string, number: string) => {
      const start = number === '1' ? '' : ` start="${number}"`
      return `<ol${start}${type === '1' ? '' : ` type="${type}"`}><li>`
    })
    .replace(/<!--\w \d+-->/g, '')
