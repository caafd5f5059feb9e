/** Pictures in Word documents, each sent out of its document as it lies in the articles folder. */
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { NextFunction, Request, Response } from 'express'
import { mostPictureBytes, placeInside } from '../intake/embedded-pictures.ts'
import { isHidden } from '../intake/media-files.ts'
import { withoutWaiting } from '../intake/open-file.ts'
import type { Packed } from '../intake/zip-file.ts'
import { failsPrecondition, isFresh, parseHttpDate, type Validators } from './conditional.ts'
import { notAsKnown, sendError } from './errors.ts'
import { mediaHeaders, rangeOf } from './media-headers.ts'

/** Documents that may be read have no more. */
const mostDocumentBytes = 10 * 1024 * 1024

/** @param folder the articles folder */
export async function sendEmbedded(
  folder: string,
  request: Request,
  response: Response,
  next: NextFunction,
): Promise<void> {
  const place = placeInside(request.path)
  const file = place && (await openDocument(folder, place.document))
  if (!place || !file) return next()
  try {
    const picture = await pictureIn(file, place.name)
    if (!picture) return next()
    const { mtime } = await file.stat()
    await send(picture, mtime, request, response)
  } catch (error) {
    // A reader that goes away, or a document that is being replaced, is no fault.
    if (response.headersSent) response.destroy()
    else next(error)
  } finally {
    await file.close()
  }
}

/** @returns undefined where no document lies there that may be read */
async function openDocument(folder: string, path: string): Promise<FileHandle | undefined> {
  try {
    const root = (await realpath(folder)) + sep
    const whole = await realpath(join(folder, path))
    if (!whole.startsWith(root) || isHidden(whole.slice(root.length))) return undefined
    const file = await open(whole, withoutWaiting)
    const stat = await file.stat()
    if (stat.isFile() && stat.size <= mostDocumentBytes) return file
    await file.close()
    return undefined
  } catch {
    return undefined
  }
}

async function pictureIn(file: FileHandle, name: string): Promise<Packed | undefined> {
  const { openZip, ZipError } = await import('../intake/zip-file.ts')
  try {
    const picture = (await openZip(file.fd)).get(name)
    return picture && picture.size <= mostPictureBytes ? picture : undefined
  } catch (error) {
    if (error instanceof ZipError) return undefined
    throw error
  }
}

async function send(
  picture: Packed,
  modified: Date,
  request: Request,
  response: Response,
): Promise<void> {
  const { size, name } = picture
  const etag = `${size.toString(16)}-${picture.crc32.toString(16)}`
  const validators = { etag, lastModified: modified.toUTCString() }
  if (failsPrecondition(request, validators)) {
    return sendError(request, response, 412, notAsKnown)
  }
  mediaHeaders(response, name, etag)
  response.setHeader('Last-Modified', validators.lastModified)
  response.setHeader('Cache-Control', 'public, max-age=3600')
  response.setHeader('Accept-Ranges', 'bytes')
  if (isFresh(request, validators)) return void response.writeHead(304).end()
  const part = partOf(request, size, validators)
  if (part === 'none') {
    response.writeHead(416, { 'Content-Range': `bytes */${size}`, 'Content-Length': 0 }).end()
    return
  }
  const { start, end } = part ?? { start: 0, end: size - 1 }
  response.setHeader('Content-Length', end - start + 1)
  if (part) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`)
  response.writeHead(part ? 206 : 200)
  if (request.method === 'HEAD' || size === 0) return void response.end()
  await pipeline(Readable.from(slice(await picture.stream(), start, end + 1)), response)
}

/** The one part that is asked for; several are not taken apart. */
function partOf(request: Request, size: number, known: Validators) {
  const { method, headers } = request
  headers.range =
    method === 'GET' && isMeant(request.get('If-Range'), known) ? rangeOf(headers, size) : undefined
  const parts = request.range(size, { combine: true })
  if (parts === -1) return 'none'
  return Array.isArray(parts) && parts.length === 1 ? parts[0] : undefined
}

/** Whether a part is wanted of this version (RFC 9110 §13.1.5). */
function isMeant(ifRange: string | undefined, { etag, lastModified = '' }: Validators): boolean {
  if (ifRange === undefined || ifRange === `"${etag}"`) return true
  return parseHttpDate(ifRange) === parseHttpDate(lastModified)
}

/** The bytes of a stream from `start` to before `end`. */
async function* slice(
  stream: AsyncIterable<Buffer>,
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  let at = 0
  for await (const chunk of stream) {
    const part = chunk.subarray(Math.max(start - at, 0), Math.max(end - at, 0))
    at += chunk.length
    if (part.length > 0) yield part
    if (at >= end) return
  }
}
