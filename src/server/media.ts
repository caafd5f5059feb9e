import express, { Router } from 'express'
import type { Config } from '../config.ts'
import { isMediaName, mediaRoot } from '../intake/media.ts'

/** Images and recordings from the articles folder; nothing else that lies there. */
export function mediaRoutes(config: Config): Router {
  const router = Router()
  const files = express.static(config.articlesDir, {
    dotfiles: 'ignore',
    index: false,
    redirect: false,
    maxAge: '1h',
  })
  router.use(mediaRoot, (request, response, next) => {
    if (isMediaName(request.path)) files(request, response, next)
    else next()
  })
  return router
}
