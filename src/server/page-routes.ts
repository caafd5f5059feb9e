/** The pages for people and crawlers: which address is which. */
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { allTermKinds } from '../catalogue/channel-kinds.ts'
import { channelPath, kindPath } from '../channels/channel.ts'
import { site } from '../channels/selection.ts'
import { surrogateHeaders } from '../channels/surrogate-keys.ts'
import type { Config } from '../config.ts'
import { pagePathIn } from '../pages/channel-pages.ts'
import type { Page } from '../pages/page.ts'
import type { Pages } from '../pages/pages.ts'
import { type Choice, offeredKinds } from '../pages/subscribe-page.ts'
import { cleanLine, cleanText } from '../text.ts'
import { anyOrigin } from './any-origin.ts'
import { assetFiles } from './asset-files.ts'
import { untilRefresh } from './caching.ts'
import { sendError } from './errors.ts'
import { securePage } from './page-headers.ts'
import { queryOf, redirect } from './redirect.ts'
import { localeOf, sendPage } from './send-page.ts'

/** Two more than a search may have, so that it is told so, also where the last is half a letter and goes. */
const longestSearch = 402
/** As many as anybody chooses; a search has room for fewer. */
const mostChosen = 50

export function pageRoutes(pages: Pages, config: Config): Router {
  const router = Router({ strict: true, caseSensitive: true })
  const usual = untilRefresh(config)
  const locale = (request: Request) => localeOf(request, config)
  const keysOf = ({ dependsOn }: Page) => surrogateHeaders(dependsOn, config)

  async function show(request: Request, response: Response, page: Page | undefined) {
    if (!page) return sendError(request, response, 404, 'There is no such page.')
    securePage(request, response)
    const headers = {
      ...keysOf(page),
      'Cache-Control': usual,
      Vary: 'Accept-Encoding, Accept-Language',
    }
    await sendPage(request, response, page, headers)
  }

  const lead = (request: Request, response: Response, path: string) =>
    redirect(request, response, path, config)

  /** Answers with a page of a list, at its path or, as it was before, by its number behind the first one's. */
  async function showListed(
    request: Request,
    response: Response,
    list: string,
    find: (number: number) => Promise<Page | undefined>,
    next?: () => void,
  ) {
    const stated = parameters(request).get('page')
    const number = pageNumber(String(request.params.number ?? stated ?? '1'))
    const page = await find(number)
    if (!page && next) return next()
    if (page && request.path !== pagePathIn(list, number)) {
      redirect(request, response, pagePathIn(list, number), config, withoutPage(request))
    } else await show(request, response, page)
  }

  router.get(['/', '/page/:number{/}'], (request, response) =>
    showListed(request, response, '/', (number) => pages.channel(site, number, locale(request))),
  )
  router.get('/subscribe', async (request, response) => {
    await show(request, response, await pages.subscribe(choiceOf(request), locale(request)))
  })
  router.get('/search', async (request, response) => {
    const words = cleanText(cleanLine(parameters(request).get('q') ?? '').slice(0, longestSearch))
    await show(request, response, await pages.search(words, locale(request)))
  })
  for (const kind of allTermKinds) {
    const list = kindPath(kind)
    router.get([list, `${list}page/:number{/}`], (request, response) =>
      showListed(request, response, list, (number) => pages.terms(kind, number, locale(request))),
    )
    router.get(list.slice(0, -1), (request, response) => lead(request, response, list))
    router.get(
      [`${list}:slug{/}`, `${list}:slug/page/:number{/}`],
      async (request, response, next) => {
        const key = { kind, slug: String(request.params.slug).toLowerCase() }
        // It may be a former address of a page.
        await showListed(
          request,
          response,
          channelPath(key),
          (number) => pages.channel(key, number, locale(request)),
          next,
        )
      },
    )
  }
  router.get('/articles/:slug{/}', async (request, response, next) => {
    const found = await pages.article(request.params.slug, locale(request))
    // It may be that of a page elsewhere.
    if (found === undefined) return next()
    if (found === 'gone') return sendError(request, response, 410, removed)
    if (found && 'movedTo' in found) return lead(request, response, found.movedTo)
    if (found && request.path.endsWith('/')) return lead(request, response, withoutSlash(request))
    await show(request, response, found)
  })
  router.get(['/subscribe/', '/search/'], (request, response) =>
    lead(request, response, withoutSlash(request)),
  )
  router.get(['/index.html', '/articles', '/articles/'], (request, response) =>
    lead(request, response, '/'),
  )
  router.use(async (request, response, next) => {
    const page = await pages.file(request.path)
    if (!page) return next()
    const headers = {
      ...keysOf(page),
      ...anyOrigin,
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': usual,
      Vary: 'Accept-Encoding',
    }
    await sendPage(request, response, page, headers)
  })
  router.use(assetFiles(pages.assets, { ...surrogateHeaders([], config), ...anyOrigin }))
  return router
}

const removed = 'This article was removed.'

/** Former addresses of pages, as files state them. They come last: all others are ours. */
export function formerAddresses(pages: Pages, config: Config): RequestHandler {
  return async (request, response, next) => {
    const found = await pages.movedFrom(request.path)
    if (found === 'gone') sendError(request, response, 410, removed)
    else if (found) redirect(request, response, found.movedTo, config)
    else next()
  }
}

const withoutSlash = ({ path }: Request) => path.slice(0, -1)

/** The query of a request but for the number of a page, which is in the path. */
function withoutPage(request: Request): string {
  const others = parameters(request)
  others.delete('page')
  return others.size === 0 ? '' : `?${others}`
}

const parameters = (request: Request) => new URLSearchParams(queryOf(request))

/** @returns infinity for what is no number of a page: there is none such */
function pageNumber(text: string): number {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY
}

function choiceOf(request: Request): Choice {
  const given = parameters(request)
  const slugsOf = (kind: string) => {
    const all = given.getAll(kind).filter((slug) => /^[a-z0-9-]{1,200}$/.test(slug))
    return [...new Set(all)].slice(0, mostChosen).sort()
  }
  const words = cleanText(cleanLine(given.get('words') ?? '').slice(0, 300))
  const slugs = Object.fromEntries(offeredKinds.map((kind) => [kind, slugsOf(kind)]))
  return { slugs, words, isMade: given.has('words') }
}
