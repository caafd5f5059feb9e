/** Pictures and recordings in front matter. */
import { isPicture } from '../../../media-kinds.ts'
import { isWebUrl } from '../../../uri.ts'
import type { RawImage } from '../../raw-article.ts'
import { booleanIn, type Fields, partOf, textOf } from './front-matter-fields.ts'
import { plainText } from './front-matter-text.ts'
import type { Entry, Value } from './front-matter-tree.ts'

/** What the address of a picture is called within it. */
const addresses =
  'url src path file filename image feature featured overlay_image teaser og_image'.split(' ')

/** A path is relative to the file: it has no scheme and no host. `#fff` is a colour. */
const isPathOrWebUrl = (text: string) =>
  isWebUrl(text) || /^\/\/[^/]+\.[^/]+\//.test(text) || !/^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(text)

/** In Obsidian a file is `[[picture.png]]`, as it would be in the text. */
const plainPath = (text: string) =>
  /^!?\[\[([^\]|#]+)(?:[|#][^\]]*)?\]\]$/.exec(text)?.[1]?.trim() ?? text

/** As it would stand in a text. */
const markdownPicture = /^!\[([^\]]*)\]\(<?([^)\s<>]+)>?(?:\s+"[^"]*")?\)$/
const pictureElement = /^<img\s(?:[^<>]*\s)?src=["']([^"'<>]+)["'][^<>]*>$/i

/** The lead picture. What is said of it beside it counts where it says nothing itself. */
export function imageOf(fields: Fields): RawImage | undefined {
  let image: RawImage | undefined
  const previews = fields.all('preview').filter(({ value }) => !isText(value))
  const entries = [...fields.all('image'), ...previews]
  for (const entry of entries) {
    // `image: false` has none, and `header: true` is about a layout.
    if (booleanIn(entry.value) !== undefined) continue
    image = pictureIn(fields, entry, entry.value)
    if (image) break
  }
  image ??= resourceOf(fields)
  const beside = {
    alt: fields.text('alt'),
    caption: fields.text('caption'),
    credit: fields.text('credit'),
  }
  const isBeside = Object.values(beside).some((text) => text !== undefined)
  if (!image) return isBeside && entries.length > 0 ? beside : undefined
  return {
    url: image.url,
    alt: image.alt ?? beside.alt,
    caption: image.caption ?? beside.caption,
    credit: image.credit ?? beside.credit,
  }
}

const ofLead = /^(?:hero|cover|feature|thumb|header|banner|lead|image)/i

/** The picture that Hugo knows by what it is for: `name: hero` beside its `src`. */
function resourceOf(fields: Fields): RawImage | undefined {
  const items = fields.all('resources').flatMap(({ value }) => ('list' in value ? value.list : []))
  const lead = items.find(
    (item) =>
      ofLead.test(textOf(partOf(item, 'name')) ?? '') &&
      isPicture(textOf(partOf(item, 'src')) ?? ''),
  )
  const url = lead && textOf(partOf(lead, 'src'))
  return url === undefined ? undefined : { url, alt: lead && wordsIn(partOf(lead, 'title')) }
}

/** Whether it says what an article is about, where the address of a picture may stand. */
function isText(value: Value): boolean {
  const text = textOf(value)
  return text !== undefined && !isPicture(text) && !isWebUrl(text)
}

/** What `preview` or `teaser` says of the article. */
export const previewIn = (fields: Fields): string | undefined =>
  fields.all('preview').flatMap(({ value }) => (isText(value) ? (wordsIn(value) ?? []) : []))[0]

/** As people read it. */
function wordsIn(value: Value | undefined): string | undefined {
  const text = textOf(value)
  return text && plainText(text)
}

function pictureIn(fields: Fields, entry: Entry, value: Value): RawImage | undefined {
  if ('list' in value) {
    for (const item of value.list) {
      const image = pictureIn(fields, entry, item)
      if (image) return image
    }
    return undefined
  }
  if ('text' in value) {
    const [, words, address] = markdownPicture.exec(value.text) ?? []
    const [, ofElement] = pictureElement.exec(value.text) ?? []
    const url = address ?? ofElement ?? plainPath(value.text)
    const alt = words || (ofElement && /\salt=["']([^"'<>]+)["']/.exec(value.text)?.[1])
    if (isPathOrWebUrl(url)) return alt ? { url, alt: plainText(alt) } : { url }
    fields.passOver({ ...entry, value }, 'is neither a path nor a web address')
    return undefined
  }
  const address = addresses.map((name) => partOf(value, name)).find((part) => part !== undefined)
  const found =
    address && pictureIn(fields, { ...entry, ...address, key: `${entry.key}.url` }, address)
  const image = {
    url: found?.url,
    alt: wordsIn(partOf(value, 'alt', 'alt_text', 'image_alt', 'image_description')),
    caption: wordsIn(partOf(value, 'caption', 'image_caption')),
    credit: wordsIn(partOf(value, 'credit', 'credits', 'photographer', 'attribution')),
  }
  return Object.values(image).some((text) => text !== undefined) ? image : undefined
}

/** The path or address of a recording. */
export function audioOf(fields: Fields): string | undefined {
  for (const entry of fields.all('audio')) {
    const url = textOf(partOf(entry.value, 'url', 'src', 'path', 'file') ?? entry.value)
    if (url !== undefined && isPathOrWebUrl(url)) return plainPath(url)
    fields.passOver(entry, 'is neither a path nor a web address')
  }
  return undefined
}
