/** Packs files for hosts that send what lies beside a file: in each coding, several files at a time. */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import type { packedEndings } from './what-is-written.ts'

export type PackedCoding = keyof typeof packedEndings

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

export class Packing {
  readonly #running = new Set<Promise<void>>()
  #fault: unknown

  /**
   * Waits for a place, and goes on while it packs.
   * @param take is given what is smaller than the bytes
   * @throws what packing another file has come to
   */
  async add(
    bytes: Uint8Array,
    codings: readonly PackedCoding[],
    take: (coding: PackedCoding, packed: Buffer) => void,
  ): Promise<void> {
    if (bytes.length < worthPacking) return
    while (this.#running.size >= mostPacking) await Promise.race(this.#running)
    if (this.#fault) throw this.#fault
    const packing = Promise.all(
      codings.map(async (coding) => {
        const packed = await packers[coding](bytes)
        if (packed.length < bytes.length) take(coding, packed)
      }),
    )
      .then(() => {})
      .catch((error) => {
        this.#fault ??= error
      })
      .finally(() => this.#running.delete(packing))
    this.#running.add(packing)
  }

  /** Waits until all is packed. @throws what packing a file has come to */
  async settle(): Promise<void> {
    await Promise.all(this.#running)
    if (this.#fault) throw this.#fault
  }
}
