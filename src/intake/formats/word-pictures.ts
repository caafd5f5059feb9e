/** What is drawn in a Word document: its pictures, the words in its boxes, and what no browser could show. */
import { attempt } from '../../attempt.ts'
import { cleanLine, escapeAttribute, escapeText } from '../../text.ts'
import { addressOf, isShown, mostPictureBytes } from '../embedded-pictures.ts'
import type { Packed } from '../zip-file.ts'
import type { Relations } from './word-package.ts'
import { elementsOf } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

/** What a picture is in HTML. */
export interface Picture {
  /** HTML: the picture, or the words that stand for it. */
  readonly html: string
  /** Why it is not shown. */
  readonly note?: string
  /** The name of the file in the document, where it is shown out of that. */
  readonly name?: string
}

/** What is found in a drawing, in its order. */
export type Drawn =
  | { readonly kind: 'picture'; readonly relation: string; readonly alt: string }
  | { readonly kind: 'box'; readonly content: XmlNode }
  | ({ readonly kind: 'lost' } & Picture)

const noPictures = new Map([
  ['c:chart', 'a chart'],
  ['dgm:relIds', 'a diagram'],
])

/** Of what is written twice, for programs of two ages, the newer that says something. */
export function* drawnIn(node: XmlNode, alt = ''): Generator<Drawn> {
  const { name, attributes } = node
  if (name === 'mc:AlternateContent') return yield* ofAlternatives(node, alt)
  if (name === 'w:txbxContent') return yield { kind: 'box', content: node }
  if (name === 'a:blip') {
    const relation = attributes['r:embed'] ?? attributes['r:link']
    if (relation !== undefined) yield { kind: 'picture', relation, alt }
    return
  }
  if (name === 'v:imagedata') {
    const relation = attributes['r:id']
    const said = cleanLine(attributes['o:title'] ?? '') || alt
    if (relation !== undefined) yield { kind: 'picture', relation, alt: said }
    return
  }
  const lost = noPictures.get(name)
  if (lost !== undefined) {
    const note = `${lost} is not shown; put it into the document as a picture`
    return yield { kind: 'lost', ...instead(alt, note) }
  }
  const parts = elementsOf(node)
  const described = parts.find((one) => one.name === 'wp:docPr')
  const { descr, alt: own } = described?.attributes ?? attributes
  const said = cleanLine(descr ?? own ?? '') || alt
  for (const part of parts) yield* drawnIn(part, said)
}

function* ofAlternatives(node: XmlNode, alt: string): Generator<Drawn> {
  for (const one of elementsOf(node)) {
    const found = [...drawnIn({ ...one, name: '' }, alt)]
    if (found.length > 0) return yield* found
  }
}

/** What a picture of the document is in HTML. */
export function pictureOf(
  { relation, alt }: Extract<Drawn, { kind: 'picture' }>,
  relations: Relations,
  files: ReadonlyMap<string, Packed>,
): Picture {
  const target = relations.get(relation)
  if (target === undefined) return instead(alt, 'a picture is missing in the document')
  const { address, isExternal } = target
  if (isExternal && /^https?:\/\//i.test(address)) return { html: image(address, alt) }
  const file = files.get(address) ?? files.get(attempt(() => decodeURIComponent(address)) ?? '')
  const name = address.split(/[/\\]/).at(-1) ?? ''
  if (isExternal)
    return instead(
      alt,
      `the picture "${name}" is not in the document, which only says where it lies; put it in`,
    )
  if (!file) return instead(alt, `the picture "${name}" is missing in the document`)
  const fault = faultOf(file, name)
  return fault === undefined
    ? { html: image(addressOf(file.name), alt), name: file.name }
    : instead(alt, fault)
}

/** Why a file is not shown. */
function faultOf(file: Packed, name: string): string | undefined {
  const [, ending = 'an unknown format'] = /\.([^.]+)$/.exec(name.toUpperCase()) ?? []
  if (!isShown(file.name))
    return `a picture in ${ending} is not shown; put it into the document as PNG or JPEG`
  return file.size > mostPictureBytes
    ? `the picture "${name}" is too large to be shown; put it in smaller`
    : undefined
}

const image = (address: string, alt: string) =>
  `<img src="${escapeAttribute(address)}" alt="${escapeAttribute(alt)}">`

const instead = (alt: string, note: string): Picture => ({ html: escapeText(alt), note })
