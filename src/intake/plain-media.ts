/**
 * Pictures and players as HTML has them of itself, where pages have scripts that put them there: pictures that
 * load late, are in several sizes or stand in a `<noscript>`, and elements that libraries have made for players.
 */
import type { Attributes } from '../html.ts'
import { pictureKey } from '../same-picture.ts'
import { escapeAttribute, escapeText, wordSet } from '../text.ts'
import { type Edit, Edits, type EndTag, readTags, type StartTag, startTag } from './edit-html.ts'

/** Where scripts find the address of what loads late; the likeliest first. */
const lateNames = wordSet(`
  data-src data-lazy-src data-original data-lazy data-ll-src data-lazyload data-lazyload-src data-orig-src
  data-original-src data-real-src data-actualsrc data-echo data-img-src data-litespeed-src data-cmp-src
  data-cookieblock-src data-consent-src data-src-cmplz
`)
const lateSets = wordSet(
  'data-srcset data-lazy-srcset data-original-set data-ll-srcset data-original-srcset',
)

/** What stays of a picture that is written anew; how a page shows it before it has loaded goes. */
const kept = wordSet('alt title width height hidden class lang dir')

/** A picture that stands for another: of one colour or of one pixel. */
const placeholder =
  /^(?:|data:[\s\S]*|about:.*|#.*|(?:.*[/_.-])?(?:blank|spacer|placeholder|transparent|pixel|lazy|lazyload|loading|loader|1x1|trans|clear)[^/]{0,40}\.(?:gif|png|svg))$/i

const isPlaceholder = (address: string) => placeholder.test(address.slice(0, 500))

/** Whether this is an address, and not a switch or a template. */
const isAddress = (value: string | undefined): value is string =>
  value !== undefined && /[/.]/.test(value) && !/^\s*data:|[{}]/i.test(value)

const pictureEnding = /\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)/i

/** A file of another kind that some write like a picture. */
const otherEnding = /\.(?:(mp4|m4v|webm|mov|ogv)|(mp3|m4a|aac|ogg|oga|opus|wav)|(pdf))(?:[?#]|$)/i

/** What may be in HTML for which anything is to be done. */
const hasNeed = (html: string) =>
  /<(?:noscript|picture|amp-|lite-)|\s(?:data-[a-z]|srcset)/i.test(html) ||
  (/<img/i.test(html) && /\.(?:mp4|m4v|webm|mov|ogv|mp3|m4a|aac|og[ga]|opus|wav|pdf)\b/i.test(html))

/** Elements that libraries have for players: the attribute with the number of a film, and the address before that. */
const players: ReadonlyMap<string, readonly [attribute: string, address: string]> = new Map([
  ['lite-youtube', ['videoid', 'https://www.youtube.com/watch?v=']],
  ['amp-youtube', ['data-videoid', 'https://www.youtube.com/watch?v=']],
  ['lite-vimeo', ['videoid', 'https://vimeo.com/']],
  ['amp-vimeo', ['data-videoid', 'https://vimeo.com/']],
  ['amp-dailymotion', ['data-videoid', 'https://www.dailymotion.com/video/']],
  ['amp-twitter', ['data-tweetid', 'https://twitter.com/i/web/status/']],
  ['amp-instagram', ['data-shortcode', 'https://www.instagram.com/p/']],
])
/** Attributes of any element that scripts put a film of YouTube into. */
const youtubeIds = wordSet(
  'data-youtube-id data-youtube data-youtubeid data-ytid data-yt-id data-youtube-video-id',
)

/** @param html that nobody has checked yet; what comes of it has to be cleaned as well */
export function withPlainMedia(html: string): string {
  if (!hasNeed(html)) return html
  const edits = new Edits()
  const { open, close } = plainMedia(html, edits)
  return readTags(html, { open, close }) ? edits.applied(html) : html
}

function plainMedia(html: string, edits: Edits) {
  const open: StartTag[] = []
  /** Sizes that the sources of the picture that is open have. */
  let sizes: string[] | undefined
  let hasPicture = false
  /** What is in the `<noscript>` that is open, by the picture or film that it is. */
  let hidden: Map<string, { readonly html: string; readonly alt: string }> | undefined
  /** The picture or film that was read last, with what stands in place of its tag. */
  let last: { readonly key: string; readonly tag: StartTag; readonly edit?: Edit } | undefined
  /** What a `<noscript>` before it has shown. */
  let shown: { readonly keys: ReadonlySet<string>; readonly edit: Edit } | undefined

  /** @param plain in place of its start tag */
  function found(tag: StartTag, key: string, plain: string | undefined): void {
    if (hidden) {
      const whole = plain ?? html.slice(tag.start, tag.end)
      const { alt = '' } = tag.attributes
      hidden.set(key, { html: tag.name === 'iframe' ? `${whole}</iframe>` : whole, alt })
      return
    }
    const edit = plain === undefined ? undefined : edits.put(tag.start, tag.end, plain)
    if (shown?.keys.has(key)) shown.edit.html = ''
    last = { key, tag, ...(edit && { edit }) }
  }

  /** Some write only in the `<noscript>` what a picture shows. */
  function describeLast(alt: string): void {
    if (!last || alt === '' || last.tag.attributes.alt) return
    const { tag, edit = edits.put(tag.start, tag.end, html.slice(tag.start, tag.end)) } = last
    edit.html = edit.html.replace(/^<img(?=\s)/i, (name) => `${name} alt="${escapeAttribute(alt)}"`)
  }

  function foundPicture(tag: StartTag): void {
    const { name, attributes } = tag
    hasPicture = true
    const address = pictureAddress(attributes, sizes ?? [])
    const isPlain = name === 'img' && address === attributes.src && !otherEnding.test(address)
    const key = isPlaceholder(address) ? '' : pictureKey(address)
    found(tag, key, isPlain ? undefined : plainPicture(attributes, address))
  }

  function foundFrame(tag: StartTag): void {
    const { attributes } = tag
    const late = lateAddress(attributes)
    const plain = late && startTag('iframe', { ...withoutLate(attributes), src: late })
    found(tag, late ?? attributes.src ?? '', plain)
  }

  function foundRecording({ name, attributes, start, end }: StartTag): void {
    const src = lateAddress(attributes)
    const poster = attributes['data-poster']
    if (!src && !poster) return
    const late = { ...(src && { src }), ...(poster && { poster }) }
    edits.put(start, end, startTag(name, { ...withoutLate(attributes), ...late }))
  }

  function endPicture({ alt }: Attributes, { start, isImplied }: EndTag): void {
    const address = largest(sizes ?? [])
    sizes = undefined
    if (hasPicture || address === '' || isImplied || hidden) return
    edits.put(start, start, startTag('img', { src: address, alt }))
  }

  function endHidden(tag: StartTag, { end, isImplied }: EndTag): void {
    const inside = hidden ?? new Map<string, never>()
    hidden = undefined
    // Cleaning takes it out with all that is in it.
    if (isImplied || inside.size === 0) return
    const isStandIn = last?.key === '' && isPlaceholder(last.tag.attributes.src ?? '')
    if (last && isStandIn && isBeside(html, last.tag.end, tag.start)) {
      edits.put(last.tag.start, last.tag.end, '')
    }
    const same = last && inside.get(last.key)
    if (same) describeLast(same.alt)
    if (last) inside.delete(last.key)
    const shownAlone = [...inside.values()].map((one) => one.html).join('')
    const edit = edits.replace(tag.start, end, shownAlone)
    shown = { keys: new Set(inside.keys()), edit }
    last = undefined
  }

  return {
    open(tag: StartTag) {
      const { name, attributes, start, end } = tag
      // AMP has what is shown before it has loaded within a picture.
      const isWithin = name === 'amp-img' && open.at(-1)?.name === 'amp-img'
      open.push(tag)
      if (isWithin) return
      if (name === 'noscript') hidden ??= new Map()
      else if (name === 'picture') {
        sizes = []
        hasPicture = false
      } else if (name === 'source' && sizes) {
        sizes.push(attributes.srcset ?? attributes['data-srcset'] ?? '')
      } else if (name === 'img' || name === 'amp-img') foundPicture(tag)
      else if (name === 'iframe') foundFrame(tag)
      else if (name === 'video' || name === 'audio' || name === 'source') foundRecording(tag)
      else if (ofAmp.test(name)) {
        edits.put(start, end, startTag(name.slice(4), withoutLate(attributes)))
      } else if (firstId(attributes)) {
        edits.put(start, end, startTag(name, withoutLate(attributes)) + playerIn(tag))
      }
    },
    close(tag: EndTag) {
      const begun = open.pop()
      if (!begun) return
      const { name, start, end, isImplied } = tag
      const player = players.has(name) ? playerIn(begun) : undefined
      if (player && isImplied) edits.put(begun.start, begun.end, player)
      else if (player) edits.replace(begun.start, end, player)
      if (name === 'noscript' && open.every((one) => one.name !== 'noscript')) endHidden(begun, tag)
      else if (name === 'picture') endPicture(begun.attributes, tag)
      else if (ofAmp.test(name) && !isImplied) edits.put(start, end, `</${name.slice(4)}>`)
    },
  }
}

/** What AMP has of elements of HTML, with their attributes. */
const ofAmp = /^amp-(?:iframe|video|audio)$/

/** Whether nothing but tags stands between two places that are near each other. */
function isBeside(html: string, from: number, to: number): boolean {
  return (
    to - from < 500 &&
    html
      .slice(from, to)
      .replace(/<[^<>]*>/g, '')
      .trim() === ''
  )
}

/** The first of the attributes that has an address. */
const firstAddress = (attributes: Attributes, names: Iterable<string>) =>
  Iterator.from(names)
    .map((name) => attributes[name])
    .find(isAddress)

const lateAddress = (attributes: Attributes) => firstAddress(attributes, lateNames)

/** Where a picture is once it has loaded; the empty text where that is nowhere. */
function pictureAddress(attributes: Attributes, sizes: readonly string[]): string {
  const { src = '', srcset = '' } = attributes
  const late = lateAddress(attributes) ?? largest([firstAddress(attributes, lateSets) ?? ''])
  if (late !== '') return late
  if (!isPlaceholder(src.trim())) return src
  const other = largest([srcset]) || largest(sizes)
  return other || (otherPicture(attributes) ?? src)
}

/** An address of a picture in an attribute of which nobody has told us. */
const otherPicture = (attributes: Attributes) =>
  Object.entries(attributes)
    .filter(([name, value]) => name.startsWith('data-') && isAddress(value))
    .find(([, value]) => pictureEnding.test(value.slice(0, 2000)))?.[1]

/** A picture, or what is written like one. */
function plainPicture(attributes: Attributes, address: string): string {
  const [, film, sound, document] = otherEnding.exec(address) ?? []
  const { alt = '' } = attributes
  const link = (text: string) => `${startTag('a', { href: address })}${escapeText(text)}</a>`
  if (document) return link(alt || (address.split('/').at(-1) ?? ''))
  const player = film ? 'video' : sound ? 'audio' : undefined
  if (player) return `${startTag(player, { src: address })}${alt && link(alt)}</${player}>`
  const others = Object.entries(attributes).filter(([name]) => kept.has(name))
  return startTag('img', { src: address, ...Object.fromEntries(others) })
}

const withoutLate = (attributes: Attributes) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => /^[a-z]+$/.test(name)))

/** So wide may a picture be: wider ones make feeds slow, and no reader has room for them. Pixels. */
const widest = 1600
/** As wide is one without a width. */
const usualWidth = 800

/** The largest picture of lists of sizes (html.spec.whatwg.org, "srcset attributes"), but for those that are too large. */
function largest(sets: readonly string[]): string {
  let best = { address: '', width: 0 }
  for (const one of sets.flatMap(candidates)) {
    const isWider = one.width > best.width
    const isBetter = best.width > widest ? !isWider : isWider && one.width <= widest
    if (best.address === '' || isBetter) best = one
  }
  return best.address
}

function candidates(set: string): { address: string; width: number }[] {
  const found: { address: string; width: number }[] = []
  const words = set.trim().split(/\s+/).reverse()
  for (let word = words.pop(); word !== undefined; word = words.pop()) {
    const address = word.replace(/^,+/, '').replace(/,+$/, '')
    let size = ''
    if (!word.endsWith(',')) {
      const [descriptor = '', ...more] = (words.pop() ?? '').split(',')
      size = descriptor
      const next = more.join(',')
      if (next !== '') words.push(next)
    }
    if (isAddress(address)) found.push({ address, width: widthOf(size) })
  }
  return found
}

function widthOf(descriptor: string): number {
  const number = Number.parseFloat(descriptor)
  if (Number.isNaN(number)) return usualWidth
  return descriptor.endsWith('x') ? number * usualWidth : number
}

/** What a library makes into a player, as the frame that this is. */
function playerIn({ name, attributes }: StartTag): string | undefined {
  const [attribute = '', before = 'https://www.youtube.com/watch?v='] = players.get(name) ?? []
  const id = attributes[attribute] ?? firstId(attributes)
  if (id === undefined || !/^[\w-]+$/.test(id)) return undefined
  const { title = attributes.playlabel, style = '' } = attributes
  const [, poster] = /url\(["']?([^"')]+)/.exec(style.slice(0, 2000)) ?? []
  return `${startTag('iframe', { src: before + id, title, poster })}</iframe>`
}

const firstId = (attributes: Attributes) =>
  Iterator.from(youtubeIds)
    .map((one) => attributes[one])
    .find((id) => /^[\w-]{11}$/.test(id ?? ''))
