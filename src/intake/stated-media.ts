/** Pictures and recordings that a file states beside its text. */
import type { Audio, Image } from '../article.ts'
import { cleanLine } from '../text.ts'
import { describeMedia, type Place } from './links.ts'
import type { RawArticle } from './raw-article.ts'

/** What is known of media whose address is stated; a note tells of one that leads nowhere. */
async function statedMedia(url: string | undefined, place: Place, types: RegExp) {
  const media = url ? await describeMedia(url, place, types) : undefined
  if (url && !media) {
    const { tellMissing } = await import('./missing-media.ts')
    tellMissing(url, place)
  }
  return media
}

export async function imageOf(raw: RawArticle['image'], place: Place): Promise<Image | undefined> {
  if (!raw) return undefined
  const media = await statedMedia(raw.url, place, /^image\//)
  const [alt, caption, credit] = [raw.alt, raw.caption, raw.credit].map((text) =>
    cleanLine(text ?? ''),
  )
  const image = {
    ...media,
    ...(alt && { alt }),
    ...(caption && { caption }),
    ...(credit && { credit }),
  }
  return Object.keys(image).length > 0 ? image : undefined
}

/** Without a known type no player knows what to do with it. */
export async function audioOf(url: string | undefined, place: Place): Promise<Audio | undefined> {
  const media = await statedMedia(url, place, isRecording)
  return media?.url && media.type
    ? recordingOf({ ...media, url: media.url, type: media.type })
    : undefined
}

export const isRecording = /^(?:audio|video)\//

export const recordingOf = ({ url, type, length }: Audio): Audio => ({
  url,
  type,
  ...(length && { length }),
})
