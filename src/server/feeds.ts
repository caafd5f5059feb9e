import type { NextFunction, Request, Response } from 'express'
import { type Channels, type DocumentKey, documentPath } from '../channels/channels.ts'
import type { Document } from '../channels/document.ts'
import { feedFormats } from '../channels/formats.ts'
import { minutesBetweenRefreshes } from '../channels/schedule.ts'
import type { Config } from '../config.ts'
import type { Audience } from '../status/audience.ts'
import type { Traffic } from '../status/traffic.ts'
import { readAlias, readChoice, readDocument } from './addresses.ts'
import { type Coded, chooseCoding } from './coding.ts'
import { isFresh, knownVersions } from './conditional.ts'
import { refuseOther, type SendError } from './errors.ts'
import type { ShowFeed } from './feed-view.ts'
import type { Guard } from './guard.ts'
import { longestHeader, tooLong } from './longest.ts'
import { feedVary, preferredFormat, wantsDelta, wantsPage } from './wishes.ts'

/** Seconds. */
const anHour = 60 * 60
const aDay = 24 * anHour
const aYear = 365 * aDay
/** A reader's name is longer nowhere; one that is would only cost time and memory. */
const longestAgent = 500
/** Of so many versions that a client says it has, a delta is looked for. */
const mostVersions = 5

interface Parts {
  readonly channels: Channels
  readonly config: Config
  readonly guard: Guard | undefined
  readonly traffic: Traffic
  readonly audience: Audience
  /** Shows a feed to a person. */
  readonly showFeed: ShowFeed
  readonly sendError: SendError
}

/** The feeds of every channel, their archive documents, and other addresses that lead to them. */
export function feedHandler(parts: Parts) {
  const { channels, config, guard, traffic, audience, showFeed, sendError } = parts
  const maxAge = Math.min(minutesBetweenRefreshes(config.refreshCron) * 60, anHour)
  const usual = `public, max-age=${maxAge}, stale-while-revalidate=${maxAge}, stale-if-error=${aDay}`
  const forEver = `public, max-age=${aYear}, immutable`
  const links = new WeakMap<Document, string>()

  /** @returns '' where it would be too long: a search stands in it once for each format */
  function linkOf(document: Document, path: string): string {
    const known = links.get(document)
    if (known !== undefined) return known
    const [place = '', query] = path.split('?')
    const folder = config.baseUrl + place.slice(0, place.lastIndexOf('/') + 1)
    const rest = query === undefined ? '' : `?${query}`
    const link = feedFormats
      .map(({ fileName, mediaType }) => {
        const rel = fileName === document.format.fileName ? 'self' : 'alternate'
        return `<${folder}${fileName}${rest}>; rel="${rel}"; type="${mediaType}"`
      })
      .join(', ')
    const fitting = link.length > longestHeader ? '' : link
    links.set(document, fitting)
    return fitting
  }

  /** A flat list of names and values is what Node writes fastest. */
  function headersOf(document: Document, coding: string, path: string): string[] {
    const suffix = coding === 'identity' ? '' : `-${coding}`
    const link = linkOf(document, path)
    return [
      'ETag',
      `"${document.etag}${suffix}"`,
      'Last-Modified',
      document.lastModified,
      ...(link === '' ? [] : ['Link', link]),
      'Access-Control-Allow-Origin',
      '*',
      'Access-Control-Expose-Headers',
      'ETag, IM, Link',
      'X-Content-Type-Options',
      'nosniff',
    ]
  }

  function answer(request: Request, response: Response, path: string, document: Document): void {
    const chosen = chooseCoding(request, document.encodings)
    if (chosen instanceof Promise) {
      chosen
        .then((coded) => send(request, response, path, document, coded))
        .catch((error) => response.destroy(error))
    } else send(request, response, path, document, chosen)
  }

  /** @param path of the document, whatever the address it was asked for at */
  function send(
    request: Request,
    response: Response,
    path: string,
    document: Document,
    { coding, bytes }: Coded,
  ): void {
    const tally = traffic.of(path)
    audience.note(agentOf(request), request.ip ?? '', path)
    const isHead = request.method === 'HEAD'
    const headers = headersOf(document, coding, path)
    headers.push('Cache-Control', document.isFull ? forEver : usual)
    headers.push('Vary', feedVary)
    if (refuseOther(request, response, document, sendError)) {
      tally.sent(412, 0, 0)
      return
    }
    if (isFresh(request, document)) {
      response.writeHead(304, headers).end()
      tally.notModified(isHead ? 0 : bytes.length)
      return
    }
    const wait = isHead ? 0 : (guard?.wait(request, path) ?? 0)
    if (wait > 0) {
      const detail = `Too many downloads of this feed. Ask with If-None-Match, or in ${wait} s.`
      sendError(request, response, 429, detail, { 'Retry-After': String(wait) })
      tally.limited()
      return
    }
    sendBody(response, 200, headers, document, { coding, bytes }, isHead)
    if (isHead) tally.sent(200, 0, 0)
    else tally.sent(200, bytes.length, document.encodings.length - bytes.length)
  }

  function sendBody(
    response: Response,
    status: number,
    headers: string[],
    { format }: Document,
    { coding, bytes }: Coded,
    isHead: boolean,
  ): void {
    headers.push('Content-Type', format.contentType, 'Content-Length', String(bytes.length))
    if (coding !== 'identity') headers.push('Content-Encoding', coding)
    response.writeHead(status, headers).end(isHead ? undefined : bytes)
  }

  /** Only what is new since a version that the client has (RFC 3229). @returns false when not known */
  async function sendDelta(request: Request, response: Response, path: string, key: DocumentKey) {
    const whole = channels.ready(path)
    if (whole && isFresh(request, whole)) return false
    const versions = knownVersions(request).slice(0, mostVersions)
    for (const version of versions) {
      const delta = await channels.delta(key, version)
      if (!delta || versions.includes(delta.etag)) continue
      const coded = await chooseCoding(request, delta.encodings)
      audience.note(agentOf(request), request.ip ?? '', path)
      const headers = headersOf(delta, coded.coding, path)
      headers.push('IM', 'feed', 'Delta-Base', `"${version}"`)
      // A cache that knows no deltas must not keep one as the whole (RFC 3229 §10.8.2). Who asked does not
      // matter to it, as nothing here is kept; the whole, which is given to all others, suits everyone.
      headers.push('Cache-Control', 'no-store, im', 'Vary', `${feedVary}, A-IM, If-None-Match`)
      sendBody(response, 226, headers, delta, coded, false)
      traffic.of(path).sent(226, coded.bytes.length, 0)
      return true
    }
    return false
  }

  async function answerSlowly(
    request: Request,
    response: Response,
    path: string,
    query: string,
  ): Promise<boolean> {
    const key = readDocument(path, query, () => preferredFormat(request))
    if (key) {
      const own = documentPath(key)
      if (wantsDelta(request) && (await sendDelta(request, response, own, key))) return true
      const document = await channels.document(key)
      if (document) answer(request, response, own, document)
      return document !== undefined
    }
    return redirect(request, response, path, query)
  }

  async function showOrRedirect(
    request: Request,
    response: Response,
    path: string,
    query: string,
  ): Promise<boolean> {
    const isShown = await showFeed(request, response, path, query)
    if (isShown) traffic.of('other/').sent(response.statusCode, 0, 0)
    // What has no feed for programs has none for people.
    return isShown || (readChoice(path) === undefined && redirect(request, response, path, query))
  }

  /** @returns false when the address is no other one of a feed that there is */
  async function redirect(request: Request, response: Response, path: string, query: string) {
    const target = readAlias(path, query)
    if (target === undefined) return false
    const location = config.baseUrl + target
    if (location.length > longestHeader) {
      sendError(request, response, 414, tooLong)
      return true
    }
    const key = readDocument(...placeAndQuery(target), () => preferredFormat(request))
    if (!key || !(await channels.exists(key))) return false
    response.writeHead(301, {
      Location: location,
      'Cache-Control': `public, max-age=${aDay}`,
      'Access-Control-Allow-Origin': '*',
      'Content-Length': 0,
    })
    response.end()
    return true
  }

  return function feeds(request: Request, response: Response, next: NextFunction): void {
    const [path, query] = placeAndQuery(request.url)
    const isForPeople = wantsPage(request)
    const isReady = !isForPeople && !wantsDelta(request) && !path.startsWith('/search/')
    const document = isReady ? channels.ready(path) : undefined
    if (document) answer(request, response, path, document)
    else {
      const answering = isForPeople
        ? showOrRedirect(request, response, path, query)
        : answerSlowly(request, response, path, query)
      answering.then(
        (isDone) => {
          if (!isDone) next()
        },
        (error) => {
          const counted = isForPeople ? 'other/' : path
          response.once('finish', () => traffic.of(counted).sent(response.statusCode, 0, 0))
          next(error)
        },
      )
    }
  }
}

function placeAndQuery(url: string): [string, string] {
  const [path = '', query = ''] = url.split('?', 2)
  return [path, query]
}

function agentOf({ headers }: Request): string {
  const agent = headers['user-agent'] ?? ''
  return agent.length > longestAgent ? '' : agent
}
