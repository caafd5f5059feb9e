/** What the ending of a media file's name says of it. The media type it stands for: intake/media-files.ts. */
import { extname } from 'node:path'

/** The path under which the server serves the folder's media. */
export const mediaRoot = '/media/'

/** A path in the articles folder as it stands in an address. */
export const encodedPath = (path: string) => path.split('/').map(encodeURIComponent).join('/')

/**
 * A drawing is a picture that may carry script, a session what somebody did in a terminal, a font what a stylesheet of
 * the site's owner has its letters from. A download is for other
 * programs, and served only where an article links to it: the folder of a site has such files that are nobody's
 * business. None of them is what a browser runs, or a text that may be an article.
 */
export type MediaKind =
  | 'picture'
  | 'drawing'
  | 'film'
  | 'sound'
  | 'document'
  | 'session'
  | 'font'
  | 'download'

/** Of files in the articles folder only some are served; the others are known where they lie elsewhere. */
const endings: Readonly<Record<MediaKind, { served: string; others: string }>> = {
  picture: { served: 'jpg jpeg png gif webp avif', others: 'bmp tif tiff' },
  drawing: { served: 'svg', others: 'svgz' },
  film: { served: 'mp4 m4v webm mov', others: 'ogv mkv' },
  sound: { served: 'mp3 m4a aac ogg oga opus wav', others: 'flac' },
  document: { served: 'pdf', others: '' },
  session: { served: 'cast', others: '' },
  font: { served: 'woff2 woff', others: '' },
  download: {
    served:
      'zip gz tgz bz2 xz 7z rar tar epub mobi csv tsv json ics vcf doc xls xlsx ppt pptx odt ods odp rtf ' +
      'py rb rake pl lua r sh sql c h cpp java go rs swift kt hs diff patch ipynb tex bib',
    others: '',
  },
}

const known = (Object.keys(endings) as MediaKind[]).flatMap((kind) => {
  const { served, others } = endings[kind]
  const entries = (list: string, isServed: boolean) =>
    list.split(' ').map((ending) => ({ ending, kind, isServed }))
  return [...entries(served, true), ...entries(others, false)].filter((one) => one.ending !== '')
})

/** The endings of these kinds as a part of a regular expression: `mp4|m4v`. */
export const endingsOf = (...kinds: readonly MediaKind[]): string =>
  known
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ ending }) => ending)
    .join('|')

const byEnding = new Map(known.map((one) => [one.ending, one]))
const mediaEnding = new RegExp(`\\.(${[...byEnding.keys()].join('|')})(?:[?#]|$)`, 'i')

/** By an address, with whatever it asks for. Of a file: `kindOfFile`. */
export const mediaKind = (address: string): MediaKind | undefined =>
  byEnding.get(mediaEnding.exec(address)?.[1]?.toLowerCase() ?? '')?.kind

const named = (name: string) => byEnding.get(extname(name).slice(1).toLowerCase())

/** By the name of a file, or its path, in which any sign is one of the name's: `a.png#.svg` is a drawing. */
export const kindOfFile = (name: string): MediaKind | undefined => named(name)?.kind

export function isPicture(address: string): boolean {
  const kind = mediaKind(address)
  return kind === 'picture' || kind === 'drawing'
}

/** What is written like a picture or a player and is a link, or another player. */
export function isRecordingOrDocument(address: string): boolean {
  const kind = mediaKind(address)
  // A picture that a program draws may have the program's address.
  return kind !== undefined && kind !== 'download' && kind !== 'font' && !isPicture(address)
}

/** By the name of a file, or its path. */
export const isDownload = (name: string): boolean => kindOfFile(name) === 'download'

/** Whether the server serves the folder's files of this name. HTML and other XML than drawings are not among them. */
export const isServedName = (name: string): boolean => named(name)?.isServed ?? false
