import { realpath, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import express, { Router } from 'express'
import type { Config } from '../config.ts'
import { mediaRoot, mediaType } from '../intake/media-files.ts'
import { withoutWaiting } from '../intake/open-file.ts'
import { isServedName } from '../media-kinds.ts'

/**
 * Images, recordings, films and documents from the articles folder; nothing else that lies there, or is linked to.
 * Readers ask for parts of them, as players do.
 */
export function mediaRoutes(config: Config): Router {
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
    const isOurs = isServedName(request.path) && (await isInside(config.articlesDir, request.path))
    if (isOurs) files(request, response, next)
    else next()
  })
  return router
}

/**
 * Whatever a file holds, it runs nothing. Browsers make pages of their own around a film, an image or a PDF, which
 * load it once more, and have a style.
 */
const policy =
  "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

/** The type is the one that feeds state: that of the name. */
function setHeaders(response: ServerResponse, path: string): void {
  response.setHeader('Content-Type', mediaType(path) ?? 'application/octet-stream')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Content-Security-Policy', policy)
  if (path.toLowerCase().endsWith('.pdf')) response.setHeader('Content-Disposition', 'inline')
}

/** Only files are sent, and a symbolic link may lead anywhere. */
async function isInside(folder: string, urlPath: string): Promise<boolean> {
  try {
    const path = await realpath(join(folder, decodeURIComponent(urlPath)))
    return path.startsWith((await realpath(folder)) + sep) && (await stat(path)).isFile()
  } catch {
    return false
  }
}
