/**
 * Pictures and players as HTML has them of itself, where pages have scripts that put them there: pictures that
 * load late, are in several sizes or stand in a `<noscript>`, and elements that libraries have made for players.
 */
import type { Attributes } from '../html.ts'
import { endingsOf, isRecordingOrDocument } from '../media-kinds.ts'
import { pictureKey } from '../same-picture.ts'
import { escapeAttribute } from '../text.ts'
import { type Edit, Edits, type EndTag, readTags, type StartTag, startTag } from './edit-html.ts'
import {
  isPlaceholder,
  lateAddress,
  pictureAddress,
  plainPicture,
  withoutLate,
} from './late-media.ts'
import { largest } from './picture-sizes.ts'
import { firstId, playerIn, players } from './player-elements.ts'

const otherEnding = new RegExp(
  `\\.(?:${endingsOf('film', 'sound', 'document', 'session')})\\b`,
  'i',
)

/** What may be in HTML for which anything is to be done. */
const hasNeed = (html: string) =>
  /<(?:noscript|picture|amp-|lite-)|\s(?:data-[a-z]|srcset)/i.test(html) ||
  (/<img/i.test(html) && otherEnding.test(html))

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
    const isPlain = name === 'img' && address === attributes.src && !isRecordingOrDocument(address)
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
