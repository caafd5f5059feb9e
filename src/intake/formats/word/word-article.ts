/** A Word document as an article. */
import { addressOf, embeddedUrl } from '../../embedded-pictures.ts'
import { dateOfPath } from '../../file-path.ts'
import type { Note } from '../../note.ts'
import type { RawArticle } from '../../raw-article.ts'
import type { XmlNode } from '../../xml-tree.ts'
import { notesOfDay } from '../lines/day-to-come.ts'
import { heldNotes } from '../lines/embargo-line.ts'
import { languageOfHtml } from '../lines/page-language.ts'
import { isOutIn } from '../lines/status-words.ts'
import { embargoesInEdges } from './word-asides.ts'
import { takeHead } from './word-head.ts'
import { htmlOf, Pieces } from './word-mammoth.ts'
import { Numbering } from './word-numbering.ts'
import { partOf, type Relations, WordPackage } from './word-package.ts'
import { readProperties } from './word-properties.ts'
import { Styles } from './word-styles.ts'
import { type WordDocument, WordText } from './word-text.ts'
import { blocks, partsIn } from './word-words.ts'
import { child, element, elementsOf } from './word-xml.ts'

/**
 * @param path of the file, relative to the articles folder, with `/`
 * @throws RejectionError when it cannot become an article
 */
export async function readWord(bytes: Buffer, path: string): Promise<RawArticle> {
  const file = await WordPackage.open(bytes)
  const main = await file.mainPart()
  const [ofFile, relations] = [await file.relationsOf(''), await file.relationsOf(main)]
  const properties = readProperties(
    await file.part(partOf(ofFile, 'core-properties') ?? 'docProps/core.xml'),
  )
  const root = (await file.part(main)) ?? nothing
  const notes = [
    await notesIn(file, relations, 'footnote'),
    await notesIn(file, relations, 'endnote'),
  ]
  const styles = new Styles(await file.part(partOf(relations, 'styles')))
  const document: WordDocument = {
    styles,
    numbering: new Numbering(await file.part(partOf(relations, 'numbering')), styles),
    files: file.files,
    pieces: new Pieces(),
    links: new Map(),
    shown: new Set(),
    notes: [],
    held: new Set(),
    unmetNotes: new Set(notes.flatMap(({ known }) => known)),
  }
  const edges = await edgesIn(file, relations)
  const head = takeHead(
    partsIn(child(root, 'w:body') ?? nothing, blocks),
    styles,
    properties,
    embargoesInEdges(edges),
  )
  for (const node of head.heldInBoxes) document.held.add(node)
  const body = new WordText(document, relations, root).write(head.story)
  // A note has no notes itself.
  document.unmetNotes.clear()
  const parts = new Map([['document', `<w:body>${body}</w:body>`]])
  for (const { kind, write } of notes) parts.set(`${kind}s`, write(document))
  const html = await htmlOf(parts, document.links, document.pieces)
  // A day in the text may be that of the properties, which say its time too.
  const { created, modified } = properties
  const isOfDay = head.published === undefined || created?.startsWith(head.published)
  const published = (isOfDay ? created : head.published) ?? modified
  const held = heldNotes(head.embargo)
  const ofText = head.embargo || dateOfPath(path) ? undefined : head.published
  const { status } = properties
  const isDraft = isOutIn(status) === false
  return {
    title: head.title,
    summary: head.summary ?? properties.summary,
    body: { html },
    published: head.embargo?.until ?? (dateOfPath(path) ? undefined : published),
    updated: modified,
    language: properties.language ?? (await languageOfHtml(html)),
    section: head.section ?? properties.section,
    tags: properties.tags,
    authors: head.authors.length > 0 ? head.authors : properties.authors,
    sources: [],
    draft: isDraft || held.length > 0,
    ownMedia: new Map(
      [...document.shown].map((name) => [addressOf(name), embeddedUrl(path, name)]),
    ),
    notes: [
      ...(head.title === undefined ? [untitled] : []),
      ...held,
      ...notesOfDay(ofText),
      ...head.notes,
      ...counted(document.notes),
      ...notesOfStatus(status),
    ],
  }
}

/** Of several that say the same, one that says how many they are. */
function counted(notes: readonly Note[]): Note[] {
  const counts = new Map<string, number>()
  for (const { text } of notes) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].map(([text, count]) => ({
    text: count === 1 ? text : `${text} (${count} of them)`,
  }))
}

const untitled: Note = {
  text: 'no headline was found in it, so it is titled by its file name; make the headline a Heading 1',
}

function notesOfStatus(status: string): Note[] {
  const isOut = isOutIn(status)
  if (isOut || status === '') return []
  const named = `the status "${status.slice(0, 80)}" in its properties`
  if (isOut === false) return [{ text: `it is a draft because of ${named}` }]
  return [{ text: `${named} is none that is known, and keeps nothing back` }]
}

const nothing: XmlNode = { name: '', attributes: {}, children: [] }

/** Headers and footers of pages, which show nothing of the story: what is wrong with them does not matter. */
async function edgesIn(file: WordPackage, relations: Relations): Promise<readonly XmlNode[]> {
  const targets = relations
    .values()
    .filter(({ type, isExternal }) => (type === 'header' || type === 'footer') && !isExternal)
  const roots: XmlNode[] = []
  for (const { address } of targets.take(mostEdges)) {
    const root = await file.part(address).catch(() => undefined)
    if (root) roots.push(root)
  }
  return roots
}

/** Of a section three of each at most: of its first page, of the even ones, of the others. */
const mostEdges = 12

/** Footnotes or endnotes; the lines that part them from the text are among them. */
async function notesIn(file: WordPackage, ofText: Relations, kind: 'footnote' | 'endnote') {
  const part = partOf(ofText, `${kind}s`) ?? ''
  const root = (await file.part(part)) ?? nothing
  const relations = await file.relationsOf(part)
  const isNote = ({ name, attributes }: XmlNode) =>
    name === `w:${kind}` && !/[sS]eparator|continuationNotice/.test(attributes['w:type'] ?? '')
  const notes = elementsOf(root).filter(isNote)
  const idOf = ({ attributes }: XmlNode) => attributes['w:id'] ?? ''
  const write = (document: WordDocument) => {
    const text = new WordText(document, relations, root)
    const written = (note: XmlNode) => text.write(partsIn(note, blocks))
    return notes.map((one) => element(`w:${kind}`, { 'w:id': idOf(one) }, written(one))).join('')
  }
  return { kind, known: notes.map((note) => `w:${kind}Reference ${idOf(note)}`), write }
}
