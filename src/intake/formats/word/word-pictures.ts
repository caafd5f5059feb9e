/** What is drawn in a Word document: its pictures, the words in its boxes, and what no browser could show. */
import { attempt } from '../../../attempt.ts'
import { cleanLine, escapeAttribute, escapeText } from '../../../text.ts'
import { addressOf, isShown, mostPictureBytes } from '../../embedded-pictures.ts'
import type { XmlNode } from '../../xml-tree.ts'
import type { Packed } from '../../zip-file.ts'
import type { Relations } from './word-package.ts'
import { elementsOf } from './word-xml.ts'

/** What a picture is in HTML. */
export interface Picture {
  /** HTML: the picture, or the words that stand for it. */
  readonly html: string
  /** Why it is not shown. */
  readonly note?: string
  /** The name of the file in the document, where it is shown out of that. */
  readonly name?: string
}

/** What is found in a drawing: a box of text, or the id of a picture, or why something is none. */
export type Drawn =
  | { readonly box: XmlNode }
  | { readonly relation: string; readonly alt: string }
  | { readonly fault: string; readonly alt: string }

const noPictures = new Map([
  ['c:chart', 'a chart'],
  ['dgm:relIds', 'a diagram'],
])

/** Where Word has a picture from (`D:\\pier.png`, `https://…`), and its guess at what is on it, which it says is one. */
const place =
  /^(?:[a-z]:[\\/]|\\\\|file:|https?:\/\/)\S.*\.\w{3,4}$|^[\w-]+\.(?:png|jpe?g|gif|bmp|tiff?|webp|[ew]mf)$/i
const guess =
  /[\s.,;-]*(?:description (?:automatically )?generated[^.]*|automatisch generierte beschreibung|description générée automatiquement)\.?$/i

const asWords = (alt: string) => (place.test(alt) ? '' : alt.replace(guess, ''))

/** All in a drawing, in its order; of what is written twice, for programs of two ages, the newer that says something. */
export function drawnIn(node: XmlNode, alt = ''): readonly Drawn[] {
  const { name, attributes } = node
  const parts = elementsOf(node)
  if (name === 'mc:AlternateContent') {
    const ways = parts.values().map((one) => drawnIn({ ...one, name: '' }, alt))
    return ways.find((found) => found.length > 0) ?? []
  }
  if (name === 'w:txbxContent') return [{ box: node }]
  const isOld = name === 'v:imagedata'
  if (name === 'a:blip' || isOld) {
    const relation = isOld ? attributes['r:id'] : (attributes['r:embed'] ?? attributes['r:link'])
    const said = (isOld && asWords(cleanLine(attributes['o:title'] ?? ''))) || alt
    return relation === undefined ? [] : [{ relation, alt: said }]
  }
  const lost = noPictures.get(name)
  if (lost) return [{ fault: `${lost} is not shown; put it into the document as a picture`, alt }]
  const described = parts.find((one) => one.name === 'wp:docPr')
  const { descr, alt: own } = described?.attributes ?? attributes
  const said = asWords(cleanLine(descr ?? own ?? '')) || alt
  return parts.flatMap((part) => drawnIn(part, said))
}

/** What a picture of the document is in HTML. */
export function pictureOf(
  drawn: Exclude<Drawn, { box: XmlNode }>,
  relations: Relations,
  files: ReadonlyMap<string, Packed>,
): Picture {
  const { alt } = drawn
  const image = (source: string) =>
    `<img src="${escapeAttribute(source)}" alt="${escapeAttribute(alt)}">`
  const instead = (note: string): Picture => ({ html: escapeText(alt), note })
  if ('fault' in drawn) return instead(drawn.fault)
  const target = relations.get(drawn.relation)
  if (!target) return instead('a picture is missing in the document')
  const { address, isExternal } = target
  if (isExternal && /^https?:\/\//i.test(address)) return { html: image(address) }
  const name = address.split(/[/\\]/).at(-1) ?? ''
  if (isExternal)
    return instead(
      `the picture "${name}" is not in the document, which only says where it lies; put it in`,
    )
  const file = files.get(address) ?? files.get(attempt(() => decodeURIComponent(address)) ?? '')
  if (!file) return instead(`the picture "${name}" is missing in the document`)
  const [, ending = 'an unknown format'] = /\.([^.]+)$/.exec(name.toUpperCase()) ?? []
  if (!isShown(file.name))
    return instead(`a picture in ${ending} is not shown; put it into the document as PNG or JPEG`)
  return file.size > mostPictureBytes
    ? instead(`the picture "${name}" is too large to be shown; put it in smaller`)
    : { html: image(addressOf(file.name)), name: file.name }
}
