import { isIP } from 'node:net'
import express, { type Express, type Request } from 'express'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { ownFile } from '../own-files.ts'
import { readAssets } from '../pages/assets.ts'
import { type StatusParts, statusOf } from '../status/figures.ts'
import { statusPage } from '../status/status-page.ts'
import { adminApi, type CheckBytes } from './admin-api.ts'
import { adminFaults } from './admin-faults.ts'
import { assetFiles } from './asset-files.ts'
import { createMetrics } from './metrics.ts'
import { securePage } from './page-headers.ts'

const publicFolder = ownFile('public')

/**
 * For those who run the server, on a listener of its own: the status page, `/status`, `/metrics`.
 * @param check what programs put is read by this before
 */
export function createAdmin(
  parts: StatusParts,
  config: Config,
  check: CheckBytes,
  log: Logger,
): Express {
  const { refresher } = parts
  const metrics = createMetrics(parts)
  const assets = readAssets(config)
  const admin = express()
  admin.disable('x-powered-by')

  admin.use((request, response, next) => {
    if (isForUs(request, config)) return next()
    const detail = `The status page is at localhost, and at the address it listens on. To reach it by another name, set ADMIN_HOST to that name.`
    response.status(421).type('text').send(`${detail}\n`)
  })

  admin.get('/', async (request, response) => {
    securePage(request, response)
    const page = statusPage(await statusOf(parts), config, assets.path('style.css'))
    response.set('Cache-Control', 'no-store').type('html').send(page)
  })

  admin.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics())
  })

  admin.get('/status', async (_request, response) => {
    response.set('Cache-Control', 'no-store').json(await statusOf(parts))
  })

  admin.use(adminApi(config, refresher, check, config.adminToken))

  for (const [path, act] of [
    [
      '/refresh',
      () => (refresher.leads() === false ? refresher.refreshAndTell() : refresher.refresh()),
    ],
    ['/believe-loss', () => refresher.believeLoss()],
  ] as const) {
    admin.post(path, async (request, response) => {
      if (!isSameOrigin(request)) {
        const detail = 'This is asked for on the status page only.'
        response.status(403).type('text').send(`${detail}\n`)
        return
      }
      // A large folder takes longer to read than a quiet connection may last.
      request.setTimeout(0)
      await act()
      response.redirect(303, '/')
    })
  }

  admin.use(assetFiles(assets))
  admin.use(express.static(publicFolder, { index: false, redirect: false }))
  admin.use(adminFaults(log))
  return admin
}

/**
 * Whether a form of another site is not behind it. A browser says where a request comes from
 * (w3.org/TR/fetch-metadata §2.3, RFC 6454 §7); a program says nothing.
 */
function isSameOrigin({ headers }: Request): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin, host } = headers
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}

/**
 * Whether it is asked for by a name of ours (RFC 9110 §7.4, §15.5.20). Another site can give a name
 * of its own our address, and would then be taken for the same origin by a browser: DNS rebinding.
 */
function isForUs({ headers, socket }: Request, { adminHost }: Config): boolean {
  const { host = '' } = headers
  const url = `http://${host}`
  if (/[/?#@\\]/.test(host) || !URL.canParse(url)) return false
  const name = new URL(url).hostname.replace(/^\[|\]$/g, '')
  const own = socket.localAddress?.replace(/^::ffff:/, '')
  if (name === 'localhost' || name === own || name === adminHost.toLowerCase()) return true
  return name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))
}
