/** The pages of the admin listener, over a site whose deliveries say what a test wants. */
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { assemble } from '../../src/assemble.ts'
import { loadConfig } from '../../src/config.ts'
import type { DeliveryFigures } from '../../src/deliveries/delivery-figures.ts'
import { createAdmin } from '../../src/server/admin.ts'
import { temporaryFolder } from './folder.ts'
import { ask } from './http.ts'
import { page } from './page.ts'
import { serve } from './serve.ts'

/** @returns gets the text at a path */
export async function serveAdmin(
  figures: () => Promise<DeliveryFigures>,
  language = 'en',
): Promise<(path: string) => Promise<string>> {
  const dataDir = temporaryFolder()
  const folders = { ARTICLES_DIR: temporaryFolder({ 'a.txt': page() }), DATA_DIR: dataDir }
  const config = loadConfig({ ...folders, FEED_LANGUAGE: language }, dataDir)
  const log = pino({ enabled: false })
  const site = await assemble(config, log, () => {})
  onTestFinished(() => site.close())
  await site.open()
  const parts = { ...site, deliveries: { figures } }
  const url = await serve(createAdmin(parts, config, async () => undefined, log))
  return async (path: string) => (await ask(url + path)).body.toString()
}
