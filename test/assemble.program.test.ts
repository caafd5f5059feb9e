import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import pino from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { assemble, type Site } from '../src/assemble.ts'
import { ConfigError, loadConfig } from '../src/config.ts'
import { temporaryFolder, writeInto } from './support/folder.ts'
import { page } from './support/page.ts'
import { until } from './support/until.ts'

interface Put {
  readonly site: Site
  readonly folder: string
  readonly dataDir: string
  readonly log: string[]
}

async function put(
  title: string,
  { folder = temporaryFolder({ 'a.txt': page({ title }) }), dataDir = temporaryFolder() } = {},
): Promise<Put> {
  const log: string[] = []
  const logger = pino({}, { write: (line: string) => void log.push(JSON.parse(line).msg) })
  const config = loadConfig({ ARTICLES_DIR: folder, DATA_DIR: dataDir }, dataDir)
  const site = await assemble(config, logger, () => {})
  onTestFinished(() => site.close())
  return { site, folder, dataDir, log }
}

/** Takes requests for its app. @returns the text of its feed */
async function listen({ site }: Put): Promise<() => Promise<string>> {
  const server = createServer(site.app).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await until(() => server.listening)
  const { port } = server.address() as AddressInfo
  return async () => (await fetch(`http://127.0.0.1:${port}/feed.json`)).text()
}

/** What keeps the process: threads, and whoever listens to signals. */
const held = () => [
  process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length,
  process.eventNames().filter((name) => String(name).startsWith('SIG')).length,
]

describe('a site', () => {
  it('is opened, kept up and closed beside another one in the same process', async () => {
    const before = held()
    const [one, other] = [await put('Of the one'), await put('Of the other')]
    expect(one.site.condition.unready()).toContain('read for the first time')
    await Promise.all([one.site.open(), other.site.open()])
    expect(one.site.condition.unready()).toBe(undefined)
    const [ofOne, ofOther] = [await listen(one), await listen(other)]
    expect(await ofOne()).toMatch(/Of the one(?!.*Of the other)/s)
    expect(await ofOther()).toMatch(/Of the other(?!.*Of the one)/s)
    await Promise.all([one.site.keepUp(), other.site.keepUp()])
    await one.site.close()
    writeInto(other.folder, 'b.txt', page({ title: 'Once more' }))
    await until(async () => (await ofOther()).includes('Once more'))
    expect(other.site.refresher.timers.next()).toBeInstanceOf(Date)
    await other.site.close()
    await until(() => String(held()) === String(before), 'its threads to end')
  })

  it('leaves nothing open when one of its parts cannot be had', async () => {
    const first = await put('The first')
    await first.site.open()
    await first.site.close()
    const before = held()
    const missing = { folder: join(first.dataDir, 'missing'), dataDir: first.dataDir }
    await expect(put('', missing)).rejects.toThrow(ConfigError)
    await until(() => String(held()) === String(before), 'its threads to end')
    // The lock of its data is free.
    const again = await put('', first)
    expect(again.site.condition.unready()).toBe(undefined)
    await again.site.open()
    expect(await (await listen(again))()).toContain('The first')
  })

  it('may be closed while it reads for the first time, and keeps nothing of that', async () => {
    const files = Array.from({ length: 500 }, (_, n) => [`${n}.txt`, page({ title: `Story ${n}` })])
    const folder = temporaryFolder(Object.fromEntries(files))
    const { site, dataDir, log } = await put('', { folder })
    const opening = site.open()
    await until(() => site.refresher.pausedMs() > 0)
    await site.close()
    await opening
    await site.keepUp()
    expect(site.refresher.timers.next()).toBe(null)
    expect(log).toEqual([])
    const again = await put('', { folder, dataDir })
    expect(await again.site.catalogue.counts()).toEqual({
      articles: 0,
      rejections: 0,
      notes: 0,
      passedOver: 0,
    })
  })
})
