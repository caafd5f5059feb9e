/** Pictures that lie in a document itself, as in those of Word: which of them are shown, and where. */
import { attempt } from '../attempt.ts'
import { isServedName, mediaKind, mediaRoot } from '../media-kinds.ts'

/** As large as a whole document may be. Bytes, unpacked. */
export const mostPictureBytes = 10 * 1024 * 1024

/** Whether a file in a document is one of its pictures: others, as that of its first page, are nobody's to see. */
export const isShown = (name: string) =>
  isServedName(name) && mediaKind(name) === 'picture' && /(?:^|\/)media\/[^/]+$/.test(name)

const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/')

/** What the HTML of a document has for a file in it. */
export const addressOf = (name: string) => encoded(name)

/** Where a file in a document is served: below the document, as if that were a folder. */
export const embeddedUrl = (path: string, name: string) =>
  `${mediaRoot}${encoded(path)}/${encoded(name)}`

/**
 * The document and the name of the picture in it that an address means.
 * @param urlPath below `mediaRoot`, encoded
 */
export function placeInside(urlPath: string): { document: string; name: string } | undefined {
  const path = attempt(() => decodeURIComponent(urlPath)) ?? ''
  const [, document, name] = /^\/*(.*?\.docx)\/(.+)$/is.exec(path) ?? []
  return document !== undefined && name !== undefined && isShown(name)
    ? { document, name }
    : undefined
}
