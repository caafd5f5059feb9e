import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import express, { type NextFunction, type Response, Router } from 'express'
import { attempt } from '../attempt.ts'
import { type Fitting, fittingOf } from '../channels/fitted-address.ts'
import { everyMedium, surrogateHeaders } from '../channels/surrogate-keys.ts'
import type { Config } from '../config.ts'
import { placeInside } from '../intake/embedded-pictures.ts'
import { isServed } from '../intake/media-files.ts'
import { withoutWaiting } from '../intake/open-file.ts'
import { isDownload, kindOfFile, mediaRoot } from '../media-kinds.ts'
import type { Pages } from '../pages/pages.ts'
import { EmbeddedMedia } from './embedded-media.ts'
import { type Original, type PicturesToAsk, stateOf } from './fitted-pictures.ts'
import { mediaHeaders, rangeOf } from './media-headers.ts'

/**
 * Images, recordings, films and documents from the articles folder, downloads that a page links to, and pictures in
 * documents that a page shows; nothing else that lies there. Readers ask for parts of files, as players do, and for
 * pictures in sizes that fit.
 */
export function mediaRoutes(
  config: Config,
  { isLinked }: Pick<Pages, 'isLinked'>,
  pictures: PicturesToAsk,
): Router {
  const router = Router()
  const options = {
    dotfiles: 'ignore',
    index: false,
    redirect: false,
    maxAge: '1h',
    setHeaders: (response: ServerResponse, path: string, { size, mtimeMs }: Stats) =>
      mediaHeaders(response, path, stateOf({ size, mtimeMs })),
    // Handed on to fs.createReadStream: a pipe may take the file's place after we looked.
    flags: withoutWaiting,
  } as const
  const embedded = new EmbeddedMedia(config.articlesDir)
  const files = express.static(config.articlesDir, options)
  const keys = new Headers(surrogateHeaders([everyMedium], config))
  router.use(mediaRoot, async (request, response, next) => {
    const path = decodedPath(request.path)
    if (path === undefined) return next()
    const found = await servedFile(config.articlesDir, path)
    if (!found) {
      const place = placeInside(path)
      // Others are nobody's to see: those of drafts, and what was cut out of the text.
      const isShown = place && (await isLinked(path))
      if (isShown) response.setHeaders(keys)
      if (!isShown || !(await embedded.send(place, request, response))) next()
      return
    }
    const { size, target } = found
    if (isDownload(path) || isDownload(target)) {
      if (!(await isLinked(path)) && !(await isLinked(target))) return next()
      // Gone at once when nobody links to it any more.
      response.setHeader('Cache-Control', 'no-cache')
    }
    response.setHeaders(keys)
    const { method, headers } = request
    headers.range = method === 'GET' ? rangeOf(headers, size) : undefined
    if (headers['if-match']) headers['if-match'] = withoutWeak(headers['if-match'])
    const fitting = kindOfFile(target) === 'picture' ? fittingOf(request.url) : undefined
    const sendItself = () => files(request, response, next)
    if (fitting) await sendFitted(pictures, found, fitting, response, sendItself, next)
    else sendItself()
  })
  return router
}

/** @param sendItself sends the picture as it is */
async function sendFitted(
  pictures: PicturesToAsk,
  original: Original,
  fitting: Fitting,
  response: Response,
  sendItself: () => void,
  next: NextFunction,
): Promise<void> {
  const found = await pictures.find(original, fitting)
  if (response.destroyed) return
  if (typeof found === 'string') {
    // Whoever asks again gets the one that fits.
    if (found === 'for now') response.setHeader('Cache-Control', 'no-cache')
    return sendItself()
  }
  const { name } = found
  const { width, format } = fitting
  mediaHeaders(response, name, `${stateOf(original)}-${width}-${format}`)
  response.setHeader('Last-Modified', new Date(original.mtimeMs).toUTCString())
  const options = {
    root: pictures.folder,
    dotfiles: 'allow',
    maxAge: '1h',
    acceptRanges: false,
  } as const
  response.sendFile(name, options, (error) => {
    const { status } = (error ?? {}) as { readonly status?: number }
    if (status === 404) {
      pictures.lose(name)
      response.removeHeader('Last-Modified')
      sendItself()
    } else if (status !== undefined) next(error)
  })
}

/** In the articles folder; undefined where it is not encoded properly. */
export const decodedPath = (urlPath: string) =>
  attempt(() => decodeURIComponent(urlPath).replace(/^\//, ''))

/** A weak tag is none of ours where only strong ones count (RFC 9110 §13.1.1), which `send` does not know. */
const withoutWeak = (tags: string) => tags.replace(/W\/"[^"]*"/g, '""')

/**
 * Only media files are sent, and a symbolic link may lead anywhere.
 * @param name the path that is asked for
 * @returns undefined of what is not sent
 */
export async function servedFile(folder: string, name: string): Promise<Original | undefined> {
  if (!isServed(name)) return undefined
  try {
    const root = (await realpath(folder)) + sep
    const path = await realpath(join(folder, name))
    const target = path.slice(root.length)
    if (!path.startsWith(root) || !isServed(target)) return undefined
    const found = await stat(path)
    if (!found.isFile()) return undefined
    const { size, mtimeMs } = found
    return { path, size, mtimeMs, target: target.split(sep).join('/') }
  } catch {
    return undefined
  }
}
