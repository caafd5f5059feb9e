import { fileURLToPath } from 'node:url'
import express, { type ErrorRequestHandler, type Express } from 'express'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Channels } from '../channels/channels.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { feedRoutes } from './feeds.ts'
import { mediaRoutes } from './media.ts'
import { pageRoutes } from './pages.ts'

const publicFolder = fileURLToPath(new URL('../../public', import.meta.url))

/** The Express app: feeds, media, pages, errors. */
export function createApp(parts: {
  channels: Channels
  catalogue: Catalogue
  config: Config
  log: Logger
}): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.use(feedRoutes(parts.channels))
  app.use(mediaRoutes(parts.config))
  app.use(pageRoutes(parts.catalogue, parts.config))
  app.use(express.static(publicFolder, { maxAge: '1h' }))
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('Not found.\n')
  })
  app.use(answerError(parts.log))
  return app
}

/** Errors of the client's making are told to it; ours are logged. */
function answerError(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error)
    const isTheirs = error.status >= 400 && error.status < 500
    if (!isTheirs) log.error({ err: error }, `${request.method} ${request.path} failed`)
    response
      .status(isTheirs ? error.status : 500)
      .type('text/plain')
      .send(isTheirs ? 'Bad request.\n' : 'Something went wrong here; it has been logged.\n')
  }
}
