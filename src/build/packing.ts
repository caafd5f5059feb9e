/** Packs files for hosts that send what lies beside a file: in each coding, several files at a time. */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import type { packedEndings } from './what-is-written.ts'

type PackedCoding = keyof typeof packedEndings

const gzipAsync = promisify<Uint8Array, object, Buffer>(gzip)
const brotliAsync = promisify<Uint8Array, object, Buffer>(brotliCompress)
const zstdAsync = promisify<Uint8Array, object, Buffer>(zstdCompress)

/** Levels at which they take about the same time: the highest ones take ten times as long for a twentieth. */
const packers: Readonly<Record<PackedCoding, (bytes: Uint8Array) => Promise<Buffer>>> = {
  gzip: (bytes) => gzipAsync(bytes, { level: 9 }),
  br: (bytes) =>
    brotliAsync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  zstd: (bytes) =>
    zstdAsync(bytes, {
      pledgedSrcSize: bytes.length,
      params: { [constants.ZSTD_c_compressionLevel]: 12 },
    }),
}

/** Less than that is not worth a file of its own. Bytes. */
const worthPacking = 1400

/** So many files are being packed at a time: as many as libuv has threads, three to each file. */
const mostPacking = 4

/** What lies beside a file, where it is smaller. */
export type Packed = ReadonlyMap<PackedCoding, Uint8Array>

const none: Packed = new Map()

export class Packing {
  readonly #running = new Set<Promise<Packed>>()

  /** Waits for a place, and starts. @returns what is made then, in an object: nobody waits for it yet */
  async start(bytes: Uint8Array): Promise<{ readonly packed: Promise<Packed> }> {
    if (!isWorthPacking(bytes)) return { packed: Promise.resolve(none) }
    while (this.#running.size >= mostPacking) await Promise.race(this.#running)
    const packed = packedOf(bytes).finally(() => this.#running.delete(packed))
    this.#running.add(packed)
    return { packed }
  }
}

export const isWorthPacking = (bytes: Uint8Array): boolean => bytes.length >= worthPacking

async function packedOf(bytes: Uint8Array): Promise<Packed> {
  const codings = Object.keys(packers) as PackedCoding[]
  const all = await Promise.all(
    codings.map(async (coding) => [coding, await packers[coding](bytes)] as const),
  )
  return new Map(all.filter(([, packed]) => packed.length < bytes.length))
}
