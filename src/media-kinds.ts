/** What the ending of a media file's name says of it. The media type it stands for: intake/media-files.ts. */
import { extname } from 'node:path'

/** A drawing is a picture that may carry script, a session what somebody did in a terminal. */
export type MediaKind = 'picture' | 'drawing' | 'film' | 'sound' | 'document' | 'session'

/** Of files in the articles folder only some are served; the others are known where they lie elsewhere. */
const endings: Readonly<Record<MediaKind, { served: string; others: string }>> = {
  picture: { served: 'jpg jpeg png gif webp avif', others: 'bmp tif tiff' },
  drawing: { served: 'svg', others: 'svgz' },
  film: { served: 'mp4 m4v webm mov', others: 'ogv mkv' },
  sound: { served: 'mp3 m4a aac ogg oga opus wav', others: 'flac' },
  document: { served: 'pdf', others: '' },
  session: { served: 'cast', others: '' },
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

/** By the name of a file, or by an address, with whatever it asks for. */
export const mediaKind = (address: string): MediaKind | undefined =>
  byEnding.get(mediaEnding.exec(address)?.[1]?.toLowerCase() ?? '')?.kind

export function isPicture(address: string): boolean {
  const kind = mediaKind(address)
  return kind === 'picture' || kind === 'drawing'
}

export const isRecordingOrDocument = (address: string): boolean =>
  mediaKind(address) !== undefined && !isPicture(address)

/** Whether the server serves the folder's files of this name. HTML and other XML than drawings are not among them. */
export const isServedName = (name: string): boolean =>
  byEnding.get(extname(name).slice(1).toLowerCase())?.isServed ?? false
