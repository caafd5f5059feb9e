/** The Express app as a function that any server calls, which may have handlers of its own before and after it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Express, Request, Response } from 'express'
import { attempt } from '../attempt.ts'
import { originForm } from '../channels/feed-addresses.ts'
import type { Config } from '../config.ts'
import { basePath } from '../pages/renderer.ts'
import { belowBase } from './base-path.ts'
import type { Handler } from './plain-handler.ts'

/** What other Expresses, and Fastify's, have put on a request. */
interface Mounted {
  readonly baseUrl?: string
  readonly originalUrl?: string
  readonly ip?: string
}

/**
 * What may answer before the app does.
 * @param url below the base address
 * @param ip of the client, where the app says so that mounts this one
 * @returns whether it has answered; if not, the request is as it was
 */
export type First = (
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  ip: string | undefined,
) => boolean

/**
 * Addresses are answered below the path of the base address, and without it.
 * @param end answers what the app has not
 * @returns a plain function: mounted as an app, ours would take over settings and methods of another, which may be of
 *   another version of Express
 */
export function handlerOf(
  app: Express,
  config: Config,
  first: First,
  end: (
    request: Request,
    response: Response,
    error: unknown,
    next?: (error?: unknown) => void,
  ) => void,
): Handler {
  const base = basePath(config)
  return (incoming, outgoing, next) => {
    const request = incoming as Request
    const response = outgoing as Response
    const leave = next && remember(request, response)
    const whole = next ? askedFor(request) : withoutHost(request.url)
    const below = belowBase(whole, base)
    if (first(request, response, below ?? whole, next && request.ip)) return
    /** Behind a proxy that takes the path away, an address of ours may begin with it, too. */
    let isLast = below === undefined
    const answer = (error?: unknown) => {
      if (error === undefined && !isLast) {
        isLast = true
        request.url = whole
        app(request, response, answer)
        return
      }
      const handOn =
        next &&
        ((fault?: unknown) => {
          leave?.()
          next(fault)
        })
      end(request, response, error, handOn)
    }
    request.url = below ?? whole
    app(request, response, answer)
  }
}

const withoutHost = (url: string) => (url.startsWith('/') ? url : originForm(url))

/** The app makes a request one of its own. @returns undoes that */
function remember(request: Request, response: Response): () => void {
  const { url } = request
  const { ip } = request as Mounted
  const [asRequest, asResponse] = [request, response].map(Object.getPrototypeOf)
  // Whom to believe of a client's address is for the app to say that mounts this one.
  const isTold = ip !== undefined && !Object.hasOwn(request, 'ip')
  if (isTold) Object.defineProperty(request, 'ip', { value: ip, configurable: true })
  // Fastify's says that no answer has begun: who believes that answers twice.
  const sent = Object.getOwnPropertyDescriptor(response, 'headersSent')
  if (sent) Reflect.deleteProperty(response, 'headersSent')
  return () => {
    if (sent) Object.defineProperty(response, 'headersSent', sent)
    if (isTold) Reflect.deleteProperty(request, 'ip')
    Object.setPrototypeOf(request, asRequest)
    Object.setPrototypeOf(response, asResponse)
    request.url = url
  }
}

/** Fastify hands addresses on decoded; as it was asked for, one stands beside. */
function askedFor(request: Request): string {
  const url = withoutHost(request.url)
  const { originalUrl = '', baseUrl = '' } = request as Mounted
  if (!originalUrl.startsWith(baseUrl)) return url
  const asked = originalUrl.slice(baseUrl.length)
  return asked !== url && attempt(() => decodeURI(asked)) === url ? asked : url
}
