/** The content codings of a document (RFC 9110 §8.4.1; zstd: RFC 8878). */
import { promisify } from 'node:util'
import { brotliCompress, constants, gunzip, gzip, zstdCompress } from 'node:zlib'

export type Coding = 'br' | 'zstd' | 'gzip' | 'identity'

/** One document in all its codings: gzip at once, the others when first asked for, each once. */
export interface Encodings {
  /** Bytes without any coding. */
  readonly length: number
  /** What can be had, what we would send first. */
  readonly offered: readonly Coding[]
  readonly ready: ReadonlyMap<Coding, Buffer>
  /** Whether the document has lasted long enough for more codings to be worth their making. */
  hasSettled(): boolean
  /** @throws when it is not offered */
  make(coding: Coding): Promise<Buffer>
}

/**
 * What is longer has a huge article in it. It is packed with gzip alone: the others would take seconds
 * each, and room that all other documents need.
 */
const longestForAll = 4 * 1024 * 1024
/** Less than this fits into one packet as it is. Bytes. */
const worthCompressing = 1400
/**
 * brotli takes a fifth of a second at its best: until a document has lasted this long it goes out as gzip,
 * and to those who do not take gzip less well packed.
 */
const settlingMs = 1000

/**
 * @param bytes are used up: only what is kept of them may be read afterwards
 * @param onMade is told when another coding has been made
 */
export async function encode(bytes: Buffer, onMade: () => void): Promise<Encodings> {
  if (bytes.length < worthCompressing) return plainFirst(trimmed(bytes), onMade)
  const { length } = bytes
  const packed = await makers.gzip(bytes)
  release(bytes)
  return encodedFrom(trimmed(packed), length, onMade)
}

/** What is small goes out as it is, but to those who refuse that (RFC 9110 §12.5.3). */
function plainFirst(bytes: Buffer, onMade: () => void): Encodings {
  const ready = new Map<Coding, Buffer>([['identity', bytes]])
  return {
    length: bytes.length,
    offered: ['identity', 'gzip', 'br', 'zstd'],
    ready,
    hasSettled: () => true,
    async make(coding) {
      const made = ready.get(coding) ?? trimmed(await makers[coding](bytes))
      if (!ready.has(coding)) {
        ready.set(coding, made)
        onMade()
      }
      return made
    },
  }
}

/** Only what everyone asks for is kept from the start; the text can be had back from it. */
function encodedFrom(packed: Buffer, length: number, onMade: () => void): Encodings {
  const since = performance.now()
  const ready = new Map<Coding, Buffer>([['gzip', packed]])
  const underWay = new Map<Coding, Promise<Buffer>>([['gzip', Promise.resolve(packed)]])

  const hasSettled = () => performance.now() - since > settlingMs

  /** However well it is packed the first time: an ETag stands for the same bytes ever after. */
  async function start(coding: Coding): Promise<Buffer> {
    const make = hasSettled() ? makers[coding] : hastyMakers[coding]
    const made = trimmed(await make(await gunzipAsync(packed)))
    ready.set(coding, made)
    onMade()
    return made
  }

  return {
    length,
    offered: length > longestForAll ? ['gzip', 'identity'] : ['br', 'zstd', 'gzip', 'identity'],
    ready,
    hasSettled,
    make(coding) {
      const promise = underWay.get(coding) ?? start(coding)
      underWay.set(coding, promise)
      // What failed is tried again by the next to ask.
      promise.catch(() => underWay.delete(coding))
      return promise
    },
  }
}

/**
 * Gives memory back at once. The garbage collector sees a small object and lets many megabytes of
 * former documents lie.
 */
function release({ buffer, length }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0)
}

/** zlib's results lie in blocks of 16 kB, small Buffers in one of 64 kB: what is kept gets its own. */
function trimmed(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(own)
  release(bytes)
  return own
}

const gzipAsync = promisify<Buffer, object, Buffer>(gzip)
const gunzipAsync = promisify<Buffer, Buffer>(gunzip)
const brotliAsync = promisify<Buffer, object, Buffer>(brotliCompress)
const zstdAsync = promisify<Buffer, object, Buffer>(zstdCompress)

const gzipLevel = ({ length }: Buffer) => ({
  level: length > longestForAll ? constants.Z_BEST_SPEED : constants.Z_BEST_COMPRESSION,
})
const brotliLevel = (level: number) => ({ params: { [constants.BROTLI_PARAM_QUALITY]: level } })
/** Told the size beforehand, zstd takes a fifteenth of the time and much less memory for the same bytes. */
const zstdLevel = (level: number, { length }: Buffer) => ({
  pledgedSrcSize: length,
  params: { [constants.ZSTD_c_compressionLevel]: level },
})

type Makers = Readonly<Record<Coding, (bytes: Buffer) => Promise<Buffer>>>

/** At a high level, in threads of libuv's. */
const makers: Makers = {
  gzip: (bytes) => gzipAsync(bytes, gzipLevel(bytes)),
  br: (bytes) => brotliAsync(bytes, brotliLevel(11)),
  zstd: (bytes) => zstdAsync(bytes, zstdLevel(19, bytes)),
  identity: async (bytes) => bytes,
}

/** In a fiftieth of the time: many documents that change all the time would keep every processor busy. */
const hastyMakers: Makers = {
  ...makers,
  br: (bytes) => brotliAsync(bytes, brotliLevel(5)),
  zstd: (bytes) => zstdAsync(bytes, zstdLevel(3, bytes)),
}
