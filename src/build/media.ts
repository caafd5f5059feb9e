/** Pictures, recordings and downloads that the site names, as files of the static build. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Fitting, fittingOf } from '../channels/fitted-address.ts'
import type { Config } from '../config.ts'
import { placeInside } from '../intake/embedded-pictures.ts'
import { isDownload, kindOfFile, mediaRoot } from '../media-kinds.ts'
import type { Pages } from '../pages/pages.ts'
import { EmbeddedMedia } from '../server/embedded-media.ts'
import { type FittedPictures, type Original, stateOf } from '../server/fitted-pictures.ts'
import { decodedPath, servedFile } from '../server/media-routes.ts'
import type { Ledger } from './ledger.ts'
import type { OutFolder } from './out-folder.ts'
import { filePath } from './what-is-written.ts'
import { BuildError, isOfDatabase } from './write-whole.ts'

/** A picture that cannot be made for now is asked for again, so often and so soon; no other is, once one could not be made at all. */
const mostTries = 5
const againMs = 500

/** It is there as long as some file names it. */
const unitOf = (address: string) => `media ${address}`

interface MediaParts {
  readonly config: Config
  readonly pages: Pick<Pages, 'isLinked'>
  readonly pictures: FittedPictures
  readonly ledger: Ledger
  readonly out: OutFolder
  readonly run: number
  readonly stop: AbortSignal
}

/** @returns puts what lies at an address into the out folder, as the server would send it; nothing where that is nothing */
export function createMediaWriter({ config, pages, pictures, ledger, out, run, stop }: MediaParts) {
  const embedded = new EmbeddedMedia(config.articlesDir)
  let tries = mostTries

  async function write(address: string): Promise<void> {
    const unit = unitOf(address)
    const path = decodedPath(address.slice(mediaRoot.length - 1).split('?', 1)[0] ?? '')
    if (path === undefined) return
    const found = await servedFile(config.articlesDir, path)
    if (!found) return writeEmbedded(unit, address, path)
    const { target } = found
    if (isDownload(path) || isDownload(target)) {
      if (!(await pages.isLinked(path)) && !(await pages.isLinked(target))) return
    }
    const fitting = kindOfFile(target) === 'picture' ? fittingOf(address) : undefined
    if (fitting) return writeFitted(unit, address, found, fitting)
    copy(unit, filePath(address), found.path, stateOf(found), found.mtimeMs)
  }

  async function writeFitted(unit: string, address: string, found: Original, fitting: Fitting) {
    const path = filePath(address)
    const state = `${stateOf(found)} `
    const there = ledger.file(path)?.hash ?? ''
    // It was made of this picture.
    if (there.startsWith(state)) return copy(unit, path, found.path, there, found.mtimeMs)
    for (let left = tries; left > 0; left -= 1) {
      const fitted = await pictures.find(found, fitting)
      // Where none is made, hosts send the picture itself.
      if (fitted === 'as it is') return
      if (fitted !== 'for now') {
        const from = join(pictures.folder, fitted.name)
        return copy(unit, path, from, state + fitted.name, found.mtimeMs)
      }
      await sleep(againMs, undefined, { signal: stop })
    }
    tries = 1
    throw new Error('it could not be made for now; the next build tries again')
  }

  function copy(unit: string, path: string, from: string, hash: string, modified: number): void {
    ledger.putUnit(unit, hash, run)
    out.copy(path, unit, from, { hash, modified })
  }

  async function writeEmbedded(unit: string, address: string, path: string): Promise<void> {
    const place = placeInside(path)
    const isShown = place && (await pages.isLinked(path))
    const picture = isShown ? await embedded.read(place) : undefined
    if (!picture) return
    ledger.putUnit(unit, '', run)
    const { bytes, modified } = picture
    await out.put({ path: filePath(address), unit, key: '', bytes, modified: modified.getTime() })
  }

  const done = new Set<string>()
  return async (address: string): Promise<void> => {
    if (done.has(address)) return
    done.add(address)
    try {
      await write(address)
    } catch (error) {
      if (error instanceof BuildError || stop.aborted || isOfDatabase(error)) throw error
      // What is there stays.
      ledger.putUnit(unitOf(address), '', run)
      ledger.own(filePath(address), unitOf(address))
      out.tally.faults.push(`${address} cannot be written: ${(error as Error).message}`)
    }
  }
}
