/** Pictures that lie in a document itself, as in those of Word: which of them are shown, and where. */
import { encodedPath, isServedName, mediaKind, mediaRoot } from '../media-kinds.ts'
import { mostFileBytes } from './open-file.ts'

/** As large as a whole document may be. Bytes, unpacked. */
export const mostPictureBytes = mostFileBytes

/** Whether a file in a document is one of its pictures: others, as that of its first page, are nobody's to see. */
export const isShown = (name: string) =>
  isServedName(name) && mediaKind(name) === 'picture' && /(?:^|\/)media\/[^/]+$/.test(name)

/** What the HTML of a document has for a file in it. */
export const addressOf = (name: string) => encodedPath(name)

/** Where a file in a document is served: below the document, as if that were a folder. */
export const embeddedUrl = (path: string, name: string) =>
  `${mediaRoot}${encodedPath(path)}/${encodedPath(name)}`

/** What a path in the articles folder means that leads on into a document. */
export interface Place {
  readonly document: string
  /** Of the picture in it. */
  readonly name: string
}

export function placeInside(path: string): Place | undefined {
  const [, document, name] = /^(.*?\.docx)\/(.+)$/is.exec(path) ?? []
  return document !== undefined && name !== undefined && isShown(name)
    ? { document, name }
    : undefined
}

export const isEmbedded = (path: string) => placeInside(path) !== undefined
