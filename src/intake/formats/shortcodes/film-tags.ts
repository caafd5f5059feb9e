/** Tags that play a film or a sound. */
import { escapeAttribute } from '../../../text.ts'
import { withCaption } from './tag-captions.ts'
import type { Kind } from './tag-kind.ts'
import { attribute, isAddress } from './tag-links.ts'

/**
 * A player, with the address that shows one film.
 * @param isId what cannot be one may be a file, or the name of something that only the site knows
 */
const player =
  (isId: RegExp, address: (id: string) => string): Kind =>
  ({ named, inOrder }, inline) => {
    const stated =
      named('id', 'videoid', 'video_id', 'youtubeid', 'youtube_id', 'video', 'url', 'src') ??
      inOrder[0]
    if (!stated) return undefined
    const [id] = isId.exec(stated) ?? []
    const src = isAddress(stated) ? stated : id && address(id)
    if (!src) return undefined
    const title = attribute('title', named('title', 'label', 'videotitle', 'video_title'))
    return withCaption(`<iframe src="${escapeAttribute(src)}"${title}></iframe>`, named, inline)
  }

/** A film of whose host its id tells. */
export const film: Kind = (parameters, inline) => {
  const id = parameters.named('videoid', 'video_id', 'youtubeid', 'youtube_id', 'id') ?? ''
  if (/^\d{6,11}$/.test(id)) return vimeo(parameters, inline)
  if (isAddress(id) || /^[\w-]{11}$/.test(id)) return youtube(parameters, inline)
  return recording('video')(parameters, inline)
}

// What follows an id says where the film begins.
export const youtube = player(/^[\w-]{11}(?=$|[?&])/, (id) => `https://www.youtube.com/embed/${id}`)
export const vimeo = player(/^\d{1,12}(?=$|[?/])/, (id) => `https://player.vimeo.com/video/${id}`)

/** A recording of sound or a film, in a file. */
export const recording =
  (name: 'audio' | 'video'): Kind =>
  ({ named, inOrder }, inline) => {
    const src = named('src', 'url', 'file', 'mp4', 'mp3') ?? inOrder[0]
    if (!src) return undefined
    return withCaption(`<${name} src="${escapeAttribute(src)}" controls></${name}>`, named, inline)
  }
