/** Pictures in Word documents, each sent out of its document as it lies in the articles folder. */
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Place } from '../intake/embedded-pictures.ts'
import { isHidden } from '../intake/media-files.ts'
import { mostFileBytes, withoutWaiting } from '../intake/open-file.ts'
import { type Packed, ZipError } from '../intake/zip-file.ts'
import { failsPrecondition, isFresh } from './conditional.ts'
import { notAsKnown, sendError } from './errors.ts'
import { KnownPictures } from './known-pictures.ts'
import { mediaHeaders } from './media-headers.ts'
import { Turns } from './turns.ts'

/** Each that is unpacked takes some hundred kilobytes, until its reader has it. */
const mostAtOnce = 256
/** For a turn, and until a reader who is slow may lose it to another. Milliseconds. */
const patience = 10_000

/** Sends the pictures that are in the documents of a folder. */
export class EmbeddedMedia {
  readonly #folder: string
  readonly #pictures = new KnownPictures()
  readonly #turns = new Turns(mostAtOnce, patience)

  /** @param folder the articles folder */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** @returns false where there is none, and nothing was sent */
  async send(place: Place, request: Request, response: Response): Promise<boolean> {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(patience)])
    const endTurn = await this.#turns.take(signal, () => response.destroy())
    if (!endTurn) {
      if (!gone.signal.aborted) sendBusy(request, response)
      return true
    }
    try {
      return await this.#sendFrom(place, request, response)
    } catch (error) {
      if (response.headersSent) response.destroy()
      // It is being replaced: an article shows what lay there.
      else if (error instanceof ZipError) sendBusy(request, response)
      else throw error
      return true
    } finally {
      endTurn()
    }
  }

  /** The bytes of a picture, and when its document changed; undefined where there is none. @throws ZipError */
  async read({ document, name }: Place): Promise<{ bytes: Buffer; modified: Date } | undefined> {
    const file = await openDocument(this.#folder, document)
    if (!file) return undefined
    try {
      const { mtime, mtimeMs, size } = await file.stat()
      const picture = await this.#pictures.find(file, `${document} ${mtimeMs} ${size}`, name)
      if (!picture) return undefined
      const parts: Uint8Array[] = []
      for await (const part of picture.stream()) parts.push(part)
      return { bytes: Buffer.concat(parts), modified: mtime }
    } finally {
      await file.close()
    }
  }

  async #sendFrom(place: Place, request: Request, response: Response): Promise<boolean> {
    const file = await openDocument(this.#folder, place.document)
    if (!file) return false
    try {
      const { mtime, mtimeMs, size } = await file.stat()
      const key = `${place.document} ${mtimeMs} ${size}`
      const picture = await this.#pictures.find(file, key, place.name)
      if (picture) await send(picture, mtime, request, response)
      return picture !== undefined
    } finally {
      await file.close()
    }
  }
}

const sendBusy = (request: Request, response: Response) =>
  sendError(request, response, 503, 'This picture cannot be sent at the moment.', {
    'Retry-After': '5',
  })

/** @returns undefined where no document lies there that may be read */
async function openDocument(folder: string, path: string): Promise<FileHandle | undefined> {
  try {
    const root = (await realpath(folder)) + sep
    const whole = await realpath(join(folder, path))
    if (!whole.startsWith(root) || isHidden(whole.slice(root.length))) return undefined
    const file = await open(whole, withoutWaiting)
    const stat = await file.stat()
    if (stat.isFile() && stat.size <= mostFileBytes) return file
    await file.close()
    return undefined
  } catch {
    return undefined
  }
}

/** Always whole: to find a part of it, all before that would be unpacked. */
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
  const isKnown = isFresh(request, validators)
  const bytes = isKnown || request.method === 'HEAD' ? undefined : picture.stream()
  // What is damaged at its beginning is told by an answer of its own.
  const first = await bytes?.next()
  mediaHeaders(response, name, etag)
  response.setHeader('Last-Modified', validators.lastModified)
  response.setHeader('Cache-Control', 'public, max-age=3600')
  if (isKnown) return void response.writeHead(304).end()
  response.setHeader('Content-Length', size)
  response.writeHead(200)
  if (!bytes || !first || first.done) return void response.end()
  response.write(first.value)
  await pipeline(Readable.from(bytes), response)
}
