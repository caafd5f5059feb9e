/** The HTML of an article as it is kept: safe, and with its addresses as they are here. */
import type { Audio } from '../article.ts'
import { mediaKind } from '../media-kinds.ts'
import { cleanText } from '../text.ts'
import { isWebUrl } from '../uri.ts'
import { withEndedComments } from './html-comments.ts'
import { linkTarget } from './link-target.ts'
import { linkUrl, type Place, webUrl } from './links.ts'
import { findOwnMedia, type Media, mostPlaces } from './media-files.ts'
import { writtenName } from './media-places.ts'
import { tellMissing } from './missing-media.ts'
import { withPlainMedia } from './plain-media.ts'
import { withPlayerLinks } from './player-links.ts'
import type { RawArticle } from './raw-article.ts'
import type { PictureSize } from './safe-attributes.ts'
import { safeHtml } from './safe-html.ts'
import { isRecording, recordingOf } from './stated-media.ts'

/** Browsers save the pictures of `page.html` in `page_files/`, or in a folder named so in their language: no site has them there. */
const isOfSavedPage =
  /^(?:\.\/)?[^/:?#]+[_-](?:files|archivos|arquivos|bestanden|dateien|fichiers|pliki|soubory)\/[^/]+$/i

export interface SafeText {
  /** Safe. */
  readonly html: string
  /** The one file of ours to hear or to watch. */
  readonly recording?: Audio | undefined
}

/** A drawing is as large as there is room for it, and what states that it is a pixel is taken for one that tracks. */
function sizeOf({ type, width = 0, height = 0 }: Media): PictureSize | undefined {
  const isStated = type !== 'image/svg+xml' && width > 1 && height > 1
  return isStated ? { width, height } : undefined
}

/** Of so many names that lead nowhere all places are looked at: no article has as many. */
const mostMissing = 1000

/**
 * @param written HTML of whatever kind
 * @param ownMedia see RawArticle
 */
export function safeTextOf(
  written: string,
  ownMedia: RawArticle['ownMedia'],
  place: Place,
): SafeText {
  /** Addresses by what is written: looking into the folder takes its time. */
  const known = {
    link: new Map<string, string | undefined>(),
    media: new Map<string, string | undefined>(),
  }
  const recordings: Audio[] = []
  /** Of our pictures, by address. */
  const sizes = new Map<string, PictureSize>()
  let missing = 0
  function mediaUrl(url: string): string | undefined {
    const places = missing > mostMissing ? 1 : mostPlaces
    const media = findOwnMedia(place, url, places)
    if (media && isRecording.test(media.type)) recordings.push(recordingOf(media))
    const size = media && sizeOf(media)
    if (size) sizes.set(media.url, size)
    // What is not in the folder has no address of ours.
    const isLost = isOfSavedPage.test(url)
    const address = media?.url ?? (isLost ? undefined : webUrl(linkUrl(writtenName(url), place)))
    if (address === undefined) missing += 1
    return address
  }
  function shownUrl(url: string): string | undefined {
    const isShown = isWebUrl(url) || mediaKind(url) !== 'download'
    const address = ownMedia?.get(url) ?? (isShown ? mediaUrl(url) : undefined)
    if (address === undefined) tellMissing(url, place)
    return address
  }
  const plain = withPlayerLinks(withPlainMedia(withEndedComments(cleanText(written))))
  function resolve(url: string, kind: 'link' | 'media'): string | undefined {
    const addresses = known[kind]
    if (!addresses.has(url)) {
      addresses.set(url, kind === 'link' ? linkTarget(url, place, mediaUrl) : shownUrl(url))
    }
    return addresses.get(url)
  }
  const html = safeHtml(plain, resolve, (address) => sizes.get(address)).trim()
  const played = new Set(recordings.map(({ url }) => url))
  return { html, recording: played.size === 1 ? recordings[0] : undefined }
}
