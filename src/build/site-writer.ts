/** One build: every file of the site that is another one than it was. */
import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { allTermKinds } from '../catalogue/channel-kinds.ts'
import { createDocumentRenderer } from '../channels/document-renderer.ts'
import { feedFormats } from '../channels/feed-formats.ts'
import { renderingOf } from '../channels/rendering.ts'
import type { Selection } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { keyPath } from '../deliveries/indexnow-key-path.ts'
import { ownFile } from '../own-files.ts'
import type { Assets } from '../pages/assets.ts'
import { fileAt } from '../pages/files.ts'
import { createPageMaker } from '../pages/page-maker.ts'
import type { Pages } from '../pages/pages.ts'
import type { Progress } from '../progress.ts'
import type { FittedPictures } from '../server/fitted-pictures.ts'
import { hostFiles } from './hosts/host-files.ts'
import { keepArticles } from './kept-articles.ts'
import type { Ledger } from './ledger.ts'
import { createMediaWriter } from './media.ts'
import { mediaIn } from './named-media.ts'
import type { OutFolder, Tally } from './out-folder.ts'
import {
  articleUnits,
  documentUnits,
  everyChannel,
  indexUnits,
  listUnits,
  type Unit,
} from './units.ts'
import { filePath } from './what-is-written.ts'
import { BuildError, isOfDatabase } from './write-whole.ts'

export interface WriterParts {
  readonly catalogue: Catalogue
  readonly selection: Selection
  readonly pages: Pages
  readonly pictures: FittedPictures
  readonly config: Config
  readonly ledger: Ledger
  readonly out: OutFolder
  /** Ends it between two files; the next build goes on. */
  readonly stop: AbortSignal
  /** Of what the program is that renders. */
  readonly program: string
}

/** Units beside articles, channels and files of our own: lists of channels, OPML, sitemaps, and what hosts read. */
const mostOthers = allTermKinds.length + 8

/** Rendered items that are kept while the documents of a format are made. Bytes. */
const keptItems = 96 * 1024 * 1024

/**
 * Writes what has changed since the last build, pages and pictures first, feeds after them, and removes what is gone last.
 * @throws BuildError
 * @throws the reason of `stop`
 */
export async function writeSite(parts: WriterParts, onProgress: Progress): Promise<Tally> {
  const { selection, pages, config, ledger, out, stop } = parts
  const catalogue = keepArticles(parts.catalogue)
  out.tally = { written: 0, unchanged: 0, removed: 0, bytes: 0, notes: [], faults: [] }
  const run = Number(ledger.setting('run') ?? 0) + 1
  const maker = createPageMaker(catalogue, selection, config, pages.assets, false)
  const nav = await maker.readNav()
  const renderer = createDocumentRenderer(catalogue, selection, config, keptItems)
  // Everything else than articles that files are made of. Hubs and the like are among the settings.
  const basis = [parts.program, catalogue.id, renderingOf(config), JSON.stringify(config)].join(' ')
  const ofAll = hash('sha1', basis, 'base64url')
  const ofPages = hash('sha1', JSON.stringify(nav) + basis, 'base64url')
  const writeMedia = createMediaWriter({ ...parts, run })
  const unitParts = { catalogue, selection, config, maker, renderer }
  let done = 0
  let channels = 0
  for await (const _ of everyChannel(catalogue)) channels += 1
  const { articles } = await catalogue.counts()
  const own = [...ownUnits(pages.assets, maker, config, catalogue)]
  const of = own.length + articles + channels * (1 + feedFormats.length) + mostOthers

  const { id } = parts.catalogue
  function checkCatalogue(): void {
    if (parts.catalogue.id === id) return
    throw new BuildError('The catalogue was damaged and is made anew: build again.')
  }

  async function write(unit: Unit, basisOfIt: string): Promise<void> {
    stop.throwIfAborted()
    const key = unit.key === '' ? '' : `${basisOfIt} ${unit.key}`
    done += 1
    onProgress(Math.min(done, of - 1), of)
    if (key !== '' && ledger.unitKey(unit.name) === key) {
      ledger.putUnit(unit.name, key, run)
      out.tally.unchanged += 1
      return
    }
    const before = ledger.filesOf(unit.name)
    // Until all of it is there.
    ledger.putUnit(unit.name, '', run)
    ledger.orphanUnit(unit.name)
    try {
      await writeFiles(unit, basisOfIt)
      out.afterwards(unit.name, () => ledger.putUnit(unit.name, key, run))
    } catch (error) {
      if (error instanceof BuildError || stop.aborted || isOfDatabase(error)) throw error
      for (const path of before) ledger.own(path, unit.name)
      out.tally.faults.push(`${unit.name} cannot be made: ${(error as Error).message}`)
    }
  }

  async function writeFiles(unit: Unit, basisOfIt: string): Promise<void> {
    for await (const { address, key, make } of unit.files()) {
      const path = filePath(address)
      const whole = key === '' ? '' : `${basisOfIt} ${key}`
      if (whole !== '' && out.keep(path, unit.name, whole)) continue
      const made = await make()
      checkCatalogue()
      if (!made) continue
      const { body } = made
      const bytes =
        typeof body === 'string'
          ? Buffer.from(body)
          : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
      const names = mediaIn(bytes, config.baseUrl)
      for (const one of names) {
        stop.throwIfAborted()
        await writeMedia(one)
      }
      await out.put({
        ...{ path, unit: unit.name, key: whole, bytes, names, canPack: isText(path) },
        ...(made.modified !== undefined && { modified: made.modified }),
      })
    }
  }

  ledger.putSetting('run', String(run))
  ledger.begin()
  try {
    for (const unit of own) await write(unit, ofPages)
    for await (const units of articleUnits(unitParts)) {
      for (const unit of units) await write(unit, ofPages)
    }
    for await (const unit of listUnits(unitParts)) await write(unit, ofPages)
    for await (const unit of documentUnits(unitParts)) await write(unit, ofAll)
    for await (const unit of indexUnits(unitParts)) await write(unit, ofAll)
    await out.settle()
    const isWritten = (address: string) => Boolean(ledger.file(filePath(address))?.unit)
    const ofHosts = await hostFiles({ catalogue, config, isWritten })
    for (const unit of hostUnits(ofHosts.files)) await write(unit, ofAll)
    out.tally.notes.push(...ofHosts.leftOut)
    await out.settle()
    ledger.orphanUnmet(run)
    // Those that are still named stay, or are others now.
    for (let after = ''; ; ) {
      const named = ledger.named(after)
      for (const address of named) {
        stop.throwIfAborted()
        await writeMedia(address)
      }
      if (named.length === 0) break
      after = named.at(-1) ?? ''
    }
    await out.settle()
    checkCatalogue()
    ledger.commit()
    ledger.begin()
    out.tidy()
  } finally {
    await out.settle().catch(() => {})
    ledger.commit()
  }
  onProgress(of, of)
  return out.tally
}

const isText = (path: string) =>
  /\.(?:html|xml|json|opml|txt|css|js|svg|webmanifest|ico)$/.test(path)

/** What hosts read of a folder of files. */
const hostUnits = (files: readonly { readonly path: string; readonly content: string }[]) =>
  files.map(({ path, content }) => ({
    name: `host ${path}`,
    key: '',
    files: () => [{ address: `/${path}`, key: '', make: async () => ({ body: content }) }],
  }))

/** Files that depend on no article but for what is on top of every page. */
function* ownUnits(
  assets: Assets,
  maker: { error(status: number): string },
  config: Config,
  catalogue: Catalogue,
): Generator<Unit> {
  const unit = (
    address: string,
    make: () => Promise<{ body: string | Uint8Array } | undefined>,
  ) => ({
    name: `own ${address}`,
    key: 'own',
    *files() {
      yield { address, key: '', make }
    },
  })
  const folder = ownFile('public')
  const names = new Set([...readdirSync(folder), ...assets.names()])
  for (const name of names) {
    yield unit(`/${name}`, async () => {
      const page = await assets.page(name)
      return {
        body: page ? await page.encodings.make('identity') : readFileSync(join(folder, name)),
      }
    })
  }
  for (const status of [404, 410]) {
    yield unit(`/${status}.html`, async () => ({ body: maker.error(status) }))
  }
  for (const path of ['/robots.txt', '/site.webmanifest']) {
    yield unit(path, () => fileAt(path, catalogue, config))
  }
  const { indexNowKey } = config
  if (indexNowKey !== undefined)
    yield unit(keyPath(indexNowKey), async () => ({ body: indexNowKey }))
}
