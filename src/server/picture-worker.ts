/**
 * The process that makes pictures in other sizes: at a low priority, so that answers come first, and apart, so that a
 * picture which the library dies on, or that takes all memory, takes nothing else with it.
 */
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { attempt } from '../attempt.ts'
import type { Fitting } from '../channels/fitted-address.ts'
import { giveWay } from '../give-way.ts'
import { readBytes, withoutWaiting } from '../intake/open-file.ts'

export interface PictureJob extends Fitting {
  /** Of the picture: without links, absolute. */
  readonly from: string
  /** As it was when it was asked for. */
  readonly size: number
  readonly mtimeMs: number
  /** Where to put it; absolute. */
  readonly to: string
}

export type PictureAnswer =
  /** Bytes that were written. */
  | { readonly made: number }
  /** The picture is best sent as it is: moving, or no larger. */
  | { readonly asItIs: true }
  /** Nothing is to be had of it, or for now, where the system says so. */
  | { readonly fault: string; readonly isPassing?: boolean }
  /** Nothing can be made here at all. */
  | { readonly absent: string }

/** Larger files are sent as they are: they would have to be in memory. Bytes. */
const mostBytes = 64 * 1024 * 1024
/** Phones have 50 million; where all are needed at once, as of interlaced PNG, so many take 500 MB. */
const mostPixels = 70_000_000
/** AVIF takes some twenty bytes for each while it is read. */
const mostAvifPixels = 16_000_000
/** About as good as each other; more effort takes ten times as long for a tenth of the bytes. */
const qualities = {
  avif: { quality: 50, effort: 2 },
  webp: { quality: 80 },
  jpeg: { quality: 80 },
  png: {},
}

/** What the library may read, as bytes: it knows formats that are programs, and some that name other files. */
const loaders = ['Jpeg', 'Png', 'Webp', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`)

type Sharp = typeof import('sharp').default
let sharp: Promise<Sharp> | undefined

async function loadSharp(): Promise<Sharp> {
  const { default: loaded } = await import('sharp')
  loaded.block({ operation: ['VipsForeignLoad'] })
  loaded.unblock({ operation: loaders })
  loaded.concurrency(1)
  loaded.cache(false)
  return loaded
}

async function make(job: PictureJob): Promise<PictureAnswer> {
  sharp ??= loadSharp()
  let loaded: Sharp
  try {
    loaded = await sharp
  } catch (error) {
    return { absent: String((error as Error).message.split('\n', 1)[0]) }
  }
  try {
    return await refit(loaded, job)
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    return { fault: message, isPassing: code !== undefined }
  }
}

async function refit(loaded: Sharp, { from, size, mtimeMs, width, format, to }: PictureJob) {
  const bytes = readPicture(from, size, mtimeMs)
  if (!bytes || isMoving(bytes)) return { asItIs: true as const }
  const picture = loaded(bytes, { failOn: 'error', limitInputPixels: mostPixels })
  const original = await picture.metadata()
  const isLargeAvif =
    original.format === 'heif' && original.width * original.height > mostAvifPixels
  if ((original.pages ?? 1) > 1 || isLargeAvif) return { asItIs: true as const }
  const fitted = picture.autoOrient().resize({ width, withoutEnlargement: true })
  // JPEG has nothing to see through, and dark would not be seen on what it is black by itself.
  const made = await (format === 'jpeg' ? fitted.flatten({ background: '#fff' }) : fitted)
    .toFormat(format, qualities[format])
    .toBuffer()
  const isReadable = isReadByAll(original.format) || !isReadByAll(format)
  if (made.length >= bytes.length && isReadable) return { asItIs: true as const }
  await write(to, made)
  return { made: made.length }
}

/** Where that is asked for, a picture that is not is made whatever its size. */
const isReadByAll = (format: string) => format === 'jpeg' || format === 'png'

/** @returns undefined of a file that is another one now, or too large */
function readPicture(path: string, size: number, mtimeMs: number): Buffer | undefined {
  if (size > mostBytes) return undefined
  const file = openSync(path, withoutWaiting | constants.O_NOFOLLOW)
  try {
    const stat = fstatSync(file)
    const isSame = stat.isFile() && stat.size === size && stat.mtimeMs === mtimeMs
    return isSame ? readBytes(file, size) : undefined
  } finally {
    closeSync(file)
  }
}

/** Animations that the library takes for one picture: PNG's say so before the first (w3.org/TR/png-3, acTL), AVIF's by name. */
function isMoving(bytes: Buffer): boolean {
  if (bytes.toString('latin1', 4, 12) === 'ftypavis') return true
  const at = bytes.indexOf('acTL')
  return bytes.toString('latin1', 1, 4) === 'PNG' && at > 0 && at < bytes.indexOf('IDAT')
}

/** A reader sees all of it, or nothing. */
async function write(path: string, bytes: Buffer): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`
  mkdirSync(dirname(path), { recursive: true })
  try {
    await writeFile(unfinished, bytes)
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

giveWay(10)
// Where memory runs out, the system takes it from this process (proc(5)).
attempt(() => writeFileSync('/proc/self/oom_score_adj', '500'))
process.on('message', async (job: PictureJob) => {
  const answer = await make(job)
  // Whoever asked may be gone.
  process.send?.(answer, undefined, undefined, () => {})
})
process.on('disconnect', () => process.exit())
