import type { ServerResponse } from 'node:http'
import express, { type Request, type RequestHandler, type Response } from 'express'
import type { Channels } from '../channels/channels.ts'
import { isOfFeed } from '../channels/feed-addresses.ts'
import { surrogateHeaders } from '../channels/surrogate-keys.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { ownFile } from '../own-files.ts'
import type { Pages } from '../pages/pages.ts'
import { QueryError } from '../search/query.ts'
import { SearchUnavailable } from '../search/search.ts'
import type { Audience } from '../status/audience.ts'
import type { Condition } from '../status/condition.ts'
import { others, type Traffic } from '../status/traffic.ts'
import { anyOrigin } from './any-origin.ts'
import { untilRefresh } from './caching.ts'
import { notAsKnown, sendError } from './errors.ts'
import { feedHandler } from './feeds.ts'
import type { PicturesToAsk } from './fitted-pictures.ts'
import { type First, handlerOf } from './handler.ts'
import { answerHealth } from './health.ts'
import { type AskHub, hubRoute, isOfHub } from './hub-route.ts'
import { indexNowKey } from './indexnow-key.ts'
import { longestAddress } from './limits.ts'
import { mediaRoutes } from './media-routes.ts'
import { methods, preflight } from './methods.ts'
import { formerAddresses, pageRoutes } from './page-routes.ts'
import type { Handler } from './plain-handler.ts'
import { createGuard, type Guard } from './rate-limit.ts'
import { readyFeeds } from './ready-feeds.ts'
import { refusing } from './refusing.ts'
import type { FeedParts } from './send-feed.ts'

const publicFolder = ownFile('public')

/**
 * Answers requests: feeds, media, pages, errors.
 * @param parts.hub takes subscription requests, where the site has a hub of its own
 * @param parts.guard counts downloads that other processes answer as well; without it the app has one
 */
export async function createApp(parts: {
  channels: Channels
  pages: Pages
  config: Config
  log: Logger
  traffic: Traffic
  audience: Audience
  condition: Condition
  pictures: PicturesToAsk
  hub?: AskHub
  guard?: Guard
}): Promise<Handler> {
  const { channels, pages, config, log, traffic, audience, condition, pictures } = parts
  const app = express()
  const ownGuard = config.downloadsPerHour > 0 ? createGuard(config.downloadsPerHour) : undefined
  const feeds: FeedParts = {
    ...{ channels, pages, config, traffic, audience },
    guard: parts.guard ?? ownGuard,
    usualCaching: untilRefresh(config),
  }
  /** Those that count as none of a feed's; whoever hands a request on takes it out. */
  const counted = new WeakSet<Response>()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.set('trust proxy', config.trustProxy)
  app.locals.errorPage = pages.error
  // It writes to standard output, and whoever mounts us has that for themselves.
  if (config.accessLog)
    app.use((await import('./access-log.ts')).createAccessLog(config.workers > 1))
  app.use(onlyReading)
  app.use(feedHandler(feeds))
  app.use((request, response, next) => {
    if (!answerHealth(request, response, condition)) next()
  })
  app.use((_request, response, next) => {
    if (!counted.has(response)) {
      counted.add(response)
      response.once('finish', () => {
        if (counted.has(response)) traffic.of(others).sent(response.statusCode, 0, 0)
      })
    }
    next()
  })
  app.use(hubRoute(parts.hub))
  app.use(mediaRoutes(config, pages, pictures))
  app.use(indexNowKey(config.indexNowKey))
  app.use(pageRoutes(pages, config))
  const ofFiles = new Headers({ ...surrogateHeaders([], config), ...anyOrigin })
  const setHeaders = (response: ServerResponse) => void response.setHeaders(ofFiles)
  app.use(express.static(publicFolder, { maxAge: '1h', redirect: false, setHeaders }))
  app.use(formerAddresses(pages, config))
  // Of all that is asked for the log has a line: so all goes through Express then.
  const ready = config.accessLog ? undefined : readyFeeds(feeds, app)
  const refuse = refusing(condition)
  const first: First = (...asked) => refuse(...asked) || ready?.(...asked) === true
  return handlerOf(app, config, first, (request, response, error, next) => {
    const handOn = (fault?: unknown) => {
      counted.delete(response)
      next?.(fault)
    }
    if (error === undefined) {
      if (next) return handOn()
      const detail = 'The address may be misspelt, or its page was never there.'
      sendError(request, response, 404, detail)
    } else if (error === otherMethod) {
      if (next) return handOn()
      if (request.method === 'OPTIONS') return answerOptions(response)
      sendError(request, response, 405, `Only ${methods} are answered here.`, { Allow: methods })
    } else answerError(log, error as Fault, request, response, next && handOn)
  })
}

/** Said of a request that wants something else. */
const otherMethod = Symbol('other method')

/** Nothing here can be changed by a request (RFC 9110 §15.5.6) but the list of subscribers, or is at an address without end. */
const onlyReading: RequestHandler = (request, response, next) => {
  const { method, url } = request
  if (url.length > longestAddress) {
    sendError(request, response, 414, `An address has ${longestAddress} characters at most.`)
  } else if (method === 'GET' || method === 'HEAD' || isOfHub(url)) next()
  // At all others it may be for whoever mounts us to say who may ask.
  else if (method === 'OPTIONS' && isOfFeed(url)) answerOptions(response)
  else next(otherMethod)
}

function answerOptions(response: Response): void {
  response.writeHead(204, { Allow: methods, ...preflight })
  response.end()
}

/** What express.static finds wrong with a request, by status. */
const explanations: Readonly<Record<number, string>> = {
  412: notAsKnown,
  416: 'It is shorter than the part that is asked for.',
}

type Fault = Error & { readonly status?: number }

/**
 * Errors of the client's making are told to it; ours are logged.
 * @param handOn where given, ours are answered by whoever mounts us
 */
function answerError(
  log: Logger,
  error: Fault,
  request: Request,
  response: Response,
  handOn: ((error: unknown) => void) | undefined,
): void {
  if (response.headersSent) response.destroy()
  // A search may be wrong, or come too early.
  else if (error instanceof QueryError) sendError(request, response, 400, error.message, {}, error)
  else if (error instanceof SearchUnavailable) {
    const detail = `${error.message} Ask again in a few seconds.`
    sendError(request, response, 503, detail, { 'Retry-After': '5' })
  } else if (error.status !== undefined && error.status >= 400 && error.status < 500) {
    const detail = explanations[error.status] ?? 'This request cannot be understood.'
    sendError(request, response, error.status, detail)
  } else {
    log.error({ err: error }, `${request.method} ${request.path} failed`)
    if (handOn) handOn(error)
    else sendError(request, response, 500, 'Something went wrong here; it has been logged.')
  }
}
