/** For programs, on the admin listener: refreshes, and articles that are put and removed. */
import { hash, timingSafeEqual } from 'node:crypto'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Config } from '../config.ts'
import { mostFileBytes } from '../intake/open-file.ts'
import type { Refresher } from '../refresh.ts'
import { articleFileOf, PathError, putFile, removeFile } from './article-files.ts'

/** Below it are the files of the articles folder. */
const articles = '/articles/'

/**
 * Reads what is to be written, and says what `check` would.
 * @returns undefined where that has no time for it
 */
export type CheckBytes = (path: string, bytes: Buffer) => Promise<{ kind: string } | undefined>

/** @param token what a program has to state */
export function adminApi(
  config: Config,
  refresher: Refresher,
  check: CheckBytes,
  token: string,
): Router {
  const router = Router()

  // Without credentials it is the status page's button.
  router.post('/refresh', async (request, response, next) => {
    if (request.headers.authorization === undefined) return next()
    if (!isAllowed(request, response, token)) return
    request.setTimeout(0)
    try {
      send(response, 200, await refresher.refreshAndTell())
    } catch (error) {
      refuse(response, 500, (error as Error).message)
    }
  })

  router.put(/^\/articles\/./, forArticles(token), async (request, response) => {
    const path = articleFileOf(request.path.slice(articles.length))
    const bytes = await bodyOf(request)
    if (!bytes) return refuse(response, 413, `An article has ${mostFileBytes} bytes at most.`)
    const file = await check(path, bytes)
    if (!file) {
      response.set('Retry-After', '10')
      return refuse(response, 503, 'Other articles are being read; try again.')
    }
    if (file.kind !== 'article' && file.kind !== 'draft') return send(response, 422, file)
    const isNew = await putFile(config.articlesDir, path, bytes)
    await refresher.refresh([path])
    send(response, isNew ? 201 : 200, file)
  })

  router.delete(/^\/articles\/./, forArticles(token), async (request, response) => {
    const path = articleFileOf(request.path.slice(articles.length))
    if (!(await removeFile(config.articlesDir, path))) {
      return refuse(response, 404, 'No such file lies in the articles folder.')
    }
    await refresher.refresh([path])
    response.status(204).end()
  })

  router.use(
    (error: unknown, _request: Request, response: Response, next: (e: unknown) => void) => {
      if (error instanceof PathError) return refuse(response, 400, error.message)
      next(error)
    },
  )
  return router
}

const forArticles =
  (token: string): RequestHandler =>
  (request, response, next) => {
    request.setTimeout(0)
    if (isAllowed(request, response, token)) next()
  }

/** By RFC 6750 §2.1. Compared as hashes: how long that takes says nothing. @returns else answers 401 */
function isAllowed({ headers }: Request, response: Response, token: string): boolean {
  const [, stated = ''] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? []
  const digest = (text: string) => hash('sha256', text, 'buffer')
  if (timingSafeEqual(digest(stated), digest(token))) return true
  response.set('WWW-Authenticate', 'Bearer')
  refuse(response, 401, 'This takes "Authorization: Bearer" with the ADMIN_TOKEN.')
  return false
}

function send(response: Response, status: number, value: object): void {
  response.status(status).set('Cache-Control', 'no-store').json(value)
}

/** As problem details (RFC 9457). */
function refuse(response: Response, status: number, detail: string): void {
  response.type('application/problem+json')
  send(response, status, { type: 'about:blank', status, detail })
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
