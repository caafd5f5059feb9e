/** Compresses whole documents and files, in threads of libuv's. Told the size beforehand, both newer codings take far less time. */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'

const gzipAsync = promisify<Uint8Array, object, Buffer>(gzip)
const brotliAsync = promisify<Uint8Array, object, Buffer>(brotliCompress)
const zstdAsync = promisify<Uint8Array, object, Buffer>(zstdCompress)

/** @param level 1 to 9 */
export const toGzip = (bytes: Uint8Array, level: number): Promise<Buffer> =>
  gzipAsync(bytes, { level })

/**
 * No window is wider than the bytes (RFC 7932 §9.1): preparing the usual one of 4 MB takes a hundred times as long as packing a page,
 * at middle levels.
 * @param level 0 to 11
 */
export const toBrotli = (bytes: Uint8Array, level: number): Promise<Buffer> =>
  brotliAsync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: level,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_LGWIN]: Math.min(
        Math.max(Math.ceil(Math.log2(bytes.length + 16)), constants.BROTLI_MIN_WINDOW_BITS),
        constants.BROTLI_DEFAULT_WINDOW,
      ),
    },
  })

/** @param level 1 to 22 */
export const toZstd = (bytes: Uint8Array, level: number): Promise<Buffer> =>
  zstdAsync(bytes, {
    pledgedSrcSize: bytes.length,
    params: { [constants.ZSTD_c_compressionLevel]: level },
  })
