/** What is sent with media, and which parts of them are asked for. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { mediaType } from '../intake/media-files.ts'
import { kindOfFile, type MediaKind } from '../media-kinds.ts'
import { anyOrigin } from './any-origin.ts'

/**
 * Whatever a file holds, it runs nothing. Browsers make pages of their own around a film, an image or a PDF, which
 * load it once more, and have a style.
 */
export const policyOfMedia =
  "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

/**
 * A drawing is a page of its own when it is opened: with an origin of no site, without anything but what it holds.
 * Some have letters and pictures in themselves.
 */
export const policyOfDrawings =
  "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

const ofAnyOrigin = new Headers(anyOrigin)

/** How a browser shows it when it is opened: some are for other programs. */
export const dispositions: Partial<Record<MediaKind, string>> = {
  document: 'inline',
  session: 'attachment',
  download: 'attachment',
}

/** The type is the one that feeds state: that of the name. @param etag without quotes */
export function mediaHeaders(response: ServerResponse, path: string, etag: string): void {
  response.setHeader('Content-Type', mediaType(path) ?? 'application/octet-stream')
  // A strong one, by which players go on where they were (RFC 9110 §13.1.5).
  response.setHeader('ETag', `"${etag}"`)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeaders(ofAnyOrigin)
  const kind = kindOfFile(path)
  response.setHeader(
    'Content-Security-Policy',
    kind === 'drawing' ? policyOfDrawings : policyOfMedia,
  )
  const disposition = kind && dispositions[kind]
  if (disposition) response.setHeader('Content-Disposition', disposition)
}

/** What a range looks like (RFC 9110 §14.1.1). */
const rangeSpec = /^(?:\d+-\d*|-\d+)$/

/**
 * The parts that are asked for, where that is written rightly and not only of a version that is weakly known
 * (RFC 9110 §13.1.5). `send` would answer others as well.
 */
export function rangeOf({ range, 'if-range': known }: IncomingHttpHeaders, size: number) {
  const [, list] = /^bytes=(.*)$/.exec(range ?? '') ?? []
  if (list === undefined || String(known).startsWith('W/')) return undefined
  const isRange = list.split(',').every((one) => rangeSpec.test(one.trim()))
  return isRange ? withinSize(`bytes=${list}`, size) : undefined
}

/**
 * A range that begins before the file does is the whole file (RFC 9110 §14.1.2), which `send` takes for none.
 * @param size of the file, in bytes; of an empty one no part is asked for
 */
const withinSize = (range: string, size: number) =>
  size === 0
    ? undefined
    : range.replace(/(?<=[=,]\s*-)\d+(?=\s*(?:,|$))/g, (length) =>
        String(Math.min(Number(length), size)),
      )
