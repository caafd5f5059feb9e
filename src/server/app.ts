import { fileURLToPath } from 'node:url'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import type { Channels } from '../channels/channels.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { Pages } from '../pages/pages.ts'
import { QueryError } from '../search/query.ts'
import { SearchUnavailable } from '../search/search.ts'
import type { Audience } from '../status/audience.ts'
import type { Condition } from '../status/condition.ts'
import { others, type Traffic } from '../status/traffic.ts'
import { createAccessLog } from './access-log.ts'
import { notAsKnown, sendError } from './errors.ts'
import { originForm } from './feed-addresses.ts'
import { countAtEnd, feedHandler } from './feeds.ts'
import { answerHealth } from './health.ts'
import { longestAddress } from './limits.ts'
import { mediaRoutes } from './media-routes.ts'
import { formerAddresses, pageRoutes } from './page-routes.ts'

const publicFolder = fileURLToPath(new URL('../../public', import.meta.url))

/** The Express app: feeds, media, pages, errors. */
export function createApp(parts: {
  channels: Channels
  pages: Pages
  config: Config
  log: Logger
  traffic: Traffic
  audience: Audience
  condition: Condition
}): Express {
  const { channels, pages, config, log, traffic, audience, condition } = parts
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.set('trust proxy', config.trustProxy)
  app.locals.errorPage = pages.error
  if (config.accessLog) app.use(createAccessLog())
  app.use(onlyReading)
  app.use(feedHandler({ channels, pages, config, traffic, audience }))
  app.use((request, response, next) => {
    if (!answerHealth(request, response, condition)) next()
  })
  app.use((_request, response, next) => {
    countAtEnd(traffic, others, response)
    next()
  })
  app.use(mediaRoutes(config, pages))
  app.use(pageRoutes(pages, config))
  app.use(express.static(publicFolder, { maxAge: '1h', redirect: false }))
  app.use(formerAddresses(pages, config))
  app.use((request, response) => {
    sendError(request, response, 404, 'The address may be misspelt, or its page was never there.')
  })
  app.use(answerError(log))
  return app
}

const methods = 'GET, HEAD, OPTIONS'

/** Nothing here can be changed by a request (RFC 9110 §15.5.6), or is at an address without end. */
const onlyReading: RequestHandler = (request, response, next) => {
  if (!request.url.startsWith('/')) request.url = originForm(request.url)
  const { method, url } = request
  if (url.length > longestAddress) {
    sendError(request, response, 414, `An address has ${longestAddress} characters at most.`)
  } else if (method === 'GET' || method === 'HEAD') next()
  else if (method === 'OPTIONS') {
    // Also what a browser asks before a web reader's conditional request (fetch.spec.whatwg.org).
    response.writeHead(204, {
      Allow: methods,
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': 'A-IM, If-Modified-Since, If-None-Match',
      'Access-Control-Max-Age': '86400',
    })
    response.end()
  } else sendError(request, response, 405, `Only ${methods} are answered here.`, { Allow: methods })
}

/** What express.static finds wrong with a request, by status. */
const explanations: Readonly<Record<number, string>> = {
  412: notAsKnown,
  416: 'It is shorter than the part that is asked for.',
}

/** Errors of the client's making are told to it; ours are logged. */
function answerError(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error)
    // A search may be wrong, or come too early.
    if (error instanceof QueryError) return sendError(request, response, 400, error.message)
    if (error instanceof SearchUnavailable) {
      const detail = `${error.message} Ask again in a few seconds.`
      return sendError(request, response, 503, detail, { 'Retry-After': '5' })
    }
    const isTheirs = error.status >= 400 && error.status < 500
    if (!isTheirs) log.error({ err: error }, `${request.method} ${request.path} failed`)
    const status = isTheirs ? error.status : 500
    const detail = isTheirs
      ? (explanations[status] ?? 'This request cannot be understood.')
      : 'Something went wrong here; it has been logged.'
    sendError(request, response, status, detail)
  }
}
