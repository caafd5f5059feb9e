import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import express, { Router } from 'express'
import { attempt } from '../attempt.ts'
import type { Config } from '../config.ts'
import { placeInside } from '../intake/embedded-pictures.ts'
import { isServed } from '../intake/media-files.ts'
import { withoutWaiting } from '../intake/open-file.ts'
import { isDownload, mediaRoot } from '../media-kinds.ts'
import type { Pages } from '../pages/pages.ts'
import { EmbeddedMedia } from './embedded-media.ts'
import { mediaHeaders, rangeOf } from './media-headers.ts'

/**
 * Images, recordings, films and documents from the articles folder, downloads that a page links to, and pictures in
 * documents that a page shows; nothing else that lies there. Readers ask for parts of files, as players do.
 */
export function mediaRoutes(config: Config, { isLinked }: Pick<Pages, 'isLinked'>): Router {
  const router = Router()
  const options = {
    dotfiles: 'ignore',
    index: false,
    redirect: false,
    maxAge: '1h',
    setHeaders: (response: ServerResponse, path: string, { size, mtimeMs }: Stats) =>
      mediaHeaders(response, path, `${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}`),
    // Handed on to fs.createReadStream: a pipe may take the file's place after we looked.
    flags: withoutWaiting,
  } as const
  const embedded = new EmbeddedMedia(config.articlesDir)
  const files = express.static(config.articlesDir, options)
  router.use(mediaRoot, async (request, response, next) => {
    const path = decodedPath(request.path)
    if (path === undefined) return next()
    const found = await servedFile(config.articlesDir, path)
    if (!found) {
      const place = placeInside(path)
      // Others are nobody's to see: those of drafts, and what was cut out of the text.
      const isShown = place && (await isLinked(path))
      if (!isShown || !(await embedded.send(place, request, response))) next()
      return
    }
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

/** In the articles folder; undefined where it is not encoded properly. */
const decodedPath = (urlPath: string) =>
  attempt(() => decodeURIComponent(urlPath).replace(/^\//, ''))

/** A weak tag is none of ours where only strong ones count (RFC 9110 §13.1.1), which `send` does not know. */
const withoutWeak = (tags: string) => tags.replace(/W\/"[^"]*"/g, '""')

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
