import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import express, { Router } from 'express'
import { attempt } from '../attempt.ts'
import type { Config } from '../config.ts'
import { isServed, mediaRoot, mediaType } from '../intake/media-files.ts'
import { withoutWaiting } from '../intake/open-file.ts'
import { isDownload, kindOfFile, type MediaKind } from '../media-kinds.ts'
import type { Pages } from '../pages/pages.ts'

/**
 * Images, recordings, films and documents from the articles folder, and downloads that a page links to; nothing else
 * that lies there. Readers ask for parts of them, as players do.
 */
export function mediaRoutes(config: Config, { isLinked }: Pick<Pages, 'isLinked'>): Router {
  const router = Router()
  const options = {
    dotfiles: 'ignore',
    index: false,
    redirect: false,
    maxAge: '1h',
    setHeaders,
    // Handed on to fs.createReadStream: a pipe may take the file's place after we looked.
    flags: withoutWaiting,
  } as const
  const files = express.static(config.articlesDir, options)
  router.use(mediaRoot, async (request, response, next) => {
    const path = decodedPath(request.path)
    const found = path === undefined ? undefined : await servedFile(config.articlesDir, path)
    if (path === undefined || found === undefined) return next()
    const { size, target } = found
    if (isDownload(path) || isDownload(target)) {
      if (!(await isLinked(path)) && !(await isLinked(target))) return next()
      // Gone at once when nobody links to it any more.
      response.setHeader('Cache-Control', 'no-cache')
    }
    const { method, headers } = request
    headers.range = method === 'GET' ? rangeOf(headers, size) : undefined
    if (headers['if-match']) headers['if-match'] = withoutWeak(headers['if-match'])
    files(request, response, next)
  })
  return router
}

/**
 * Whatever a file holds, it runs nothing. Browsers make pages of their own around a film, an image or a PDF, which
 * load it once more, and have a style.
 */
const policy =
  "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

/**
 * A drawing is a page of its own when it is opened: with an origin of no site, without anything but what it holds.
 * Some have letters and pictures in themselves.
 */
const policyOfDrawings =
  "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

/** How a browser shows it when it is opened: some are for other programs. */
const dispositions: Partial<Record<MediaKind, string>> = {
  document: 'inline',
  session: 'attachment',
  download: 'attachment',
}

/** The type is the one that feeds state: that of the name. */
function setHeaders(response: ServerResponse, path: string, { size, mtimeMs }: Stats): void {
  response.setHeader('Content-Type', mediaType(path) ?? 'application/octet-stream')
  // A strong one, by which players go on where they were (RFC 9110 §13.1.5).
  response.setHeader('ETag', `"${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}"`)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  const kind = kindOfFile(path)
  response.setHeader('Content-Security-Policy', kind === 'drawing' ? policyOfDrawings : policy)
  const disposition = kind && dispositions[kind]
  if (disposition) response.setHeader('Content-Disposition', disposition)
}

/** In the articles folder; undefined where it is not encoded properly. */
const decodedPath = (urlPath: string) =>
  attempt(() => decodeURIComponent(urlPath).replace(/^\//, ''))

/** What a range looks like (RFC 9110 §14.1.1). */
const rangeSpec = /^(?:\d+-\d*|-\d+)$/

/**
 * The parts that are asked for, where that is written rightly and not only of a version that is weakly known
 * (RFC 9110 §13.1.5). `send` would answer others as well.
 */
function rangeOf({ range, 'if-range': known }: IncomingHttpHeaders, size: number) {
  const [, list] = /^bytes=(.*)$/.exec(range ?? '') ?? []
  if (list === undefined || String(known).startsWith('W/')) return undefined
  const isRange = list.split(',').every((one) => rangeSpec.test(one.trim()))
  return isRange ? withinSize(`bytes=${list}`, size) : undefined
}

/** A weak tag is none of ours where only strong ones count (RFC 9110 §13.1.1), which `send` does not know. */
const withoutWeak = (tags: string) => tags.replace(/W\/"[^"]*"/g, '""')

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

/**
 * Only media files are sent, and a symbolic link may lead anywhere.
 * @param name the path that is asked for
 * @returns bytes, and the path without links; undefined of what is not sent
 */
async function servedFile(
  folder: string,
  name: string,
): Promise<{ size: number; target: string } | undefined> {
  if (!isServed(name)) return undefined
  try {
    const root = (await realpath(folder)) + sep
    const path = await realpath(join(folder, name))
    const target = path.slice(root.length)
    if (!path.startsWith(root) || !isServed(target)) return undefined
    const found = await stat(path)
    return found.isFile() ? { size: found.size, target: target.split(sep).join('/') } : undefined
  } catch {
    return undefined
  }
}
