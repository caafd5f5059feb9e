import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import express, { Router } from 'express'
import type { Config } from '../config.ts'
import { isMediaName, mediaRoot } from '../intake/media-files.ts'
import { withoutWaiting } from '../intake/open-file.ts'

/** Images and recordings from the articles folder; nothing else that lies there, or is linked to. */
export function mediaRoutes(config: Config): Router {
  const router = Router()
  const options = {
    dotfiles: 'ignore',
    index: false,
    redirect: false,
    maxAge: '1h',
    // Handed on to fs.createReadStream: a pipe may take the file's place after we looked.
    flags: withoutWaiting,
  } as const
  const files = express.static(config.articlesDir, options)
  router.use(mediaRoot, async (request, response, next) => {
    const isOurs = isMediaName(request.path) && (await isInside(config.articlesDir, request.path))
    if (isOurs) files(request, response, next)
    else next()
  })
  return router
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
