/** For programs, on the admin listener: refreshes, and articles that are put and removed. */
import { hash, timingSafeEqual } from 'node:crypto'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Config } from '../config.ts'
import { mostFileBytes } from '../intake/open-file.ts'
import type { Refresher } from '../refresh.ts'
import { articleFileOf, putFile, removeFile } from './article-files.ts'
import { sendProblem } from './problem.ts'

/** Below it are the files of the articles folder. */
const articles = '/articles/'
const ofArticles = /^\/articles\//

/**
 * Reads what is to be written, and says what `check` would.
 * @returns undefined where that has no time for it
 */
export type CheckBytes = (path: string, bytes: Buffer) => Promise<{ kind: string } | undefined>

/** @param token what a program has to state; undefined where none may change anything */
export function adminApi(
  config: Config,
  refresher: Refresher,
  check: CheckBytes,
  token: string | undefined,
): Router {
  const router = Router()

  router.all(['/refresh', '/believe-loss'], only('POST'))

  router.post('/refresh', async (request, response, next) => {
    const isProgram = request.headers.authorization !== undefined
    if (!isProgram && (token === undefined || isOfPage(request))) return next()
    if (!isAllowed(request, response, token)) return
    request.setTimeout(0)
    try {
      send(response, 200, await refresher.refreshAndTell())
    } catch (error) {
      sendProblem(response, 500, (error as Error).message)
    }
  })

  router.all(ofArticles, only('PUT', 'DELETE'), (request, response, next) => {
    request.setTimeout(0)
    if (isAllowed(request, response, token)) next()
  })

  router.put(ofArticles, async (request, response) => {
    const path = articleFileOf(request.path.slice(articles.length))
    const bytes = await bodyOf(request)
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
      const detail = 'An article is sent as it is, without Content-Encoding.'
      return sendProblem(response, 415, detail, { 'Accept-Encoding': 'identity' })
    }
    if (!bytes) return sendProblem(response, 413, `An article has ${mostFileBytes} bytes at most.`)
    const file = await check(path, bytes)
    if (!file) {
      const detail = 'Other articles are being read; try again.'
      return sendProblem(response, 503, detail, { 'Retry-After': '10' })
    }
    if (file.kind !== 'article' && file.kind !== 'draft') return send(response, 422, file)
    const isNew = await putFile(config.articlesDir, path, bytes)
    await refresher.takeUp(path)
    send(response, isNew ? 201 : 200, file)
  })

  router.delete(ofArticles, async (request, response) => {
    const path = articleFileOf(request.path.slice(articles.length))
    if (!(await removeFile(config.articlesDir, path))) {
      return sendProblem(response, 404, 'No such file lies in the articles folder.')
    }
    await refresher.takeUp(path)
    response.status(204).end()
  })

  return router
}

/** Refuses other methods (RFC 9110 §15.5.6). */
const only =
  (...methods: readonly string[]): RequestHandler =>
  (request, response, next) => {
    if (methods.includes(request.method)) return next()
    const verb = methods.length === 1 ? 'is' : 'are'
    const detail = `Only ${methods.join(' and ')} ${verb} answered here.`
    sendProblem(response, 405, detail, { Allow: methods.join(', ') })
  }

/** Whether a browser sends a form; a program says nothing of where it comes from. */
const isOfPage = ({ headers }: Request): boolean =>
  (headers['sec-fetch-site'] ?? headers.origin ?? headers.referer) !== undefined

/** By RFC 6750 §2.1. Compared as hashes: how long that takes says nothing. @returns else answers */
function isAllowed({ headers }: Request, response: Response, token: string | undefined): boolean {
  if (token === undefined) {
    const detail =
      'Programs may change nothing here: ADMIN_TOKEN is not set. Set it, and start Newsstand anew.'
    sendProblem(response, 403, detail)
    return false
  }
  const [, stated = ''] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? []
  const digest = (text: string) => hash('sha256', text, 'buffer')
  if (timingSafeEqual(digest(stated), digest(token))) return true
  const detail = 'This takes "Authorization: Bearer" with the ADMIN_TOKEN.'
  sendProblem(response, 401, detail, { 'WWW-Authenticate': 'Bearer' })
  return false
}

function send(response: Response, status: number, value: object): void {
  response.status(status).set('Cache-Control', 'no-store').json(value)
}

/**
 * Also what is too long is read to its end, and dropped: else its sender would not see the answer.
 * @returns undefined of that
 */
async function bodyOf(request: Request): Promise<Buffer | undefined> {
  let chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > mostFileBytes) chunks = []
    else chunks.push(chunk)
  }
  return length > mostFileBytes ? undefined : Buffer.concat(chunks)
}
