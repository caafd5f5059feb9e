/** What deliveries know a document by. */
import { hash } from 'node:crypto'
import { expect, it } from 'vitest'
import { jsonFeed } from '../../src/channels/json-feed.ts'
import { site } from '../../src/channels/selection.ts'
import { loadConfig } from '../../src/config.ts'
import { documentMethods } from '../../src/deliveries/documents.ts'
import { openDesk } from '../support/desk.ts'
import { page } from '../support/page.ts'

it('is its bytes alone: nothing is due for what an ETag says beside them', async () => {
  const desk = await openDesk({ 'a.txt': page() })
  const config = loadConfig({ DATA_DIR: desk.dataDir }, desk.dataDir)
  const { state, whole } = documentMethods(desk.catalogue, desk.channels, config)
  const topic = `${config.baseUrl}/feed.json`
  const { body, etag } = (await whole(topic)) ?? {}
  // As every Newsstand has noted it so far.
  expect(etag).toBe(hash('sha256', body ?? '', 'base64url').slice(0, 27))
  expect(await state(topic)).toMatchObject({ etag })
  const document = await desk.channels.document({ channel: site, format: jsonFeed })
  expect(document?.etag).toMatch(new RegExp(`^${etag}\\.`))
})
