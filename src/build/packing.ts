/** Packs files for hosts that send what lies beside a file: in each coding, several files at a time. */
import { toBrotli, toGzip, toZstd } from '../channels/compress.ts'
import type { packedEndings } from './what-is-written.ts'

type PackedCoding = keyof typeof packedEndings

/** Levels that take less than rendering does: the highest one of brotli takes fifteen times as long for an eighth. */
const packers: Readonly<Record<PackedCoding, (bytes: Uint8Array) => Promise<Buffer>>> = {
  gzip: (bytes) => toGzip(bytes, 9),
  br: (bytes) => toBrotli(bytes, 9),
  zstd: (bytes) => toZstd(bytes, 12),
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
