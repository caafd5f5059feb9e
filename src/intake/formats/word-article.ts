/** A Word document as an article. */

import { addressOf, embeddedUrl } from '../embedded-pictures.ts'
import { dateOfPath } from '../file-path.ts'
import type { Note } from '../note.ts'
import type { RawArticle } from '../raw-article.ts'
import { type Head, takeHead } from './word-head.ts'
import { htmlOf, Pieces } from './word-mammoth.ts'
import { Numbering } from './word-numbering.ts'
import { WordPackage } from './word-package.ts'
import { type Properties, readProperties } from './word-properties.ts'
import type { Relations } from './word-relations.ts'
import { Styles } from './word-styles.ts'
import { type WordDocument, WordText } from './word-text.ts'
import { anchorsIn, blocks, partsIn } from './word-words.ts'
import { child, element, elementsOf } from './word-xml.ts'
import { dateIn } from './written-date.ts'
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
  const root = (await file.part(main)) ?? nothing
  const notes = [
    await notesIn(file, relations, 'footnote'),
    await notesIn(file, relations, 'endnote'),
  ]
  const document = await documentOf(file, relations, root, notes)
  const story = partsIn(child(root, 'w:body') ?? nothing, blocks)
  const head = takeHead(story, document.styles, properties)
  const body = new WordText(document, relations, root).write(head.story)
  // A note has no notes itself.
  document.unmetNotes.clear()
  const parts = new Map([['document', `<w:body>${body}</w:body>`]])
  for (const one of notes) parts.set(`${one.kind}s`, writtenNotes(one, document))
  const html = await htmlOf(parts, document.links, document.pieces)
  const embargo = dateIn(head.embargo ?? '')
  const isDraft = properties.status === 'draft'
  return {
    title: head.title,
    summary: head.summary ?? properties.summary,
    body: { html },
    published:
      embargo ?? (dateOfPath(path) ? undefined : (dateOf(head, properties) ?? properties.modified)),
    updated: properties.modified,
    language: properties.language,
    section: head.section ?? properties.section,
    tags: properties.tags,
    authors: head.authors.length > 0 ? head.authors : properties.authors,
    sources: [],
    draft: isDraft,
    ownMedia: new Map(
      [...document.shown].map((name) => [addressOf(name), embeddedUrl(path, name)]),
    ),
    notes: [...notesOf(head), ...document.notes, ...(isDraft ? [draftNote] : [])],
  }
}

/** A day in the text may be that of the properties, which say its time too. */
const dateOf = ({ published: day }: Head, { created }: Properties) =>
  day === undefined || created?.startsWith(day) ? created : day

function notesOf({ title, embargo }: Head): Note[] {
  const isUnread =
    embargo !== undefined && !dateIn(embargo) && !/^(?:none|no|nil|n\/?a|-)$/i.test(embargo)
  return [
    ...(title === undefined ? [untitled] : []),
    ...(isUnread
      ? [
          {
            text: `its embargo "${embargo}" is no date that is known; write it as in 2026-04-13 09:30`,
          },
        ]
      : []),
  ]
}

const untitled: Note = {
  text: 'no headline was found in it, so it is titled by its file name; make the headline a Heading 1',
}

/** What is known before the text is written. */
async function documentOf(
  file: WordPackage,
  relations: Relations,
  root: XmlNode,
  notes: readonly Notes[],
): Promise<WordDocument> {
  const styles = new Styles(await file.part(relations.ofType('styles')))
  return {
    styles,
    numbering: new Numbering(await file.part(relations.ofType('numbering')), styles),
    files: file.files,
    pieces: new Pieces(),
    anchors: anchorsIn(root),
    links: new Map(),
    shown: new Set(),
    notes: [],
    unmetNotes: new Set(
      notes.flatMap(({ kind, ids }) => ids.map((id) => `w:${kind}Reference ${id}`)),
    ),
  }
}

const nothing: XmlNode = { name: '', attributes: {}, children: [] }

const draftNote: Note = { text: 'it is a draft because of the status "Draft" in its properties' }

interface Notes {
  readonly kind: 'footnote' | 'endnote'
  readonly root: XmlNode
  readonly relations: Relations
  readonly notes: readonly XmlNode[]
  readonly ids: readonly string[]
}

/** Footnotes or endnotes; the lines that part them from the text are among them. */
async function notesIn(file: WordPackage, ofText: Relations, kind: Notes['kind']): Promise<Notes> {
  const part = ofText.ofType(`${kind}s`)
  const root = (await file.part(part)) ?? nothing
  const isNote = ({ name, attributes }: XmlNode) =>
    name === `w:${kind}` && !/[sS]eparator|continuationNotice/.test(attributes['w:type'] ?? '')
  const notes = elementsOf(root).filter(isNote)
  const ids = notes.map(({ attributes }) => attributes['w:id'] ?? '')
  return { kind, root, relations: await file.relationsOf(part ?? ''), notes, ids }
}

function writtenNotes({ kind, root, relations, notes }: Notes, document: WordDocument): string {
  const text = new WordText(document, relations, root)
  return notes
    .map((note) =>
      element(
        `w:${kind}`,
        { 'w:id': note.attributes['w:id'] ?? '' },
        text.write(partsIn(note, blocks)),
      ),
    )
    .join('')
}
