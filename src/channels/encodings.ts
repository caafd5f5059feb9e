/** The content codings of a document (RFC 9110 §8.4.1; zstd: RFC 8878). */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { toBrotli, toGzip, toZstd } from './compress.ts'
import { hashOf } from './etag.ts'
import { createKept } from './kept.ts'

export type Coding = 'br' | 'zstd' | 'gzip' | 'identity'

export type Encodings = Awaited<ReturnType<typeof encode>>

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
 * The other codings of all documents and pages, by what they say: however well it was packed the first
 * time, an ETag stands for the same bytes as long as they are kept. There is room for the text of the longest.
 */
const others = createKept<Buffer>({
  maxSize: 24 * 1024 * 1024,
  sizeOf: ({ length }) => length + 1000,
})

/**
 * One document in all its codings: in one of them from the start, in others when first asked for.
 * @param bytes are used up: only what is kept of them may be read afterwards
 */
export async function encode(bytes: Buffer) {
  const { length } = bytes
  const etag = hashOf(bytes)
  // What is small goes out as it is, but to those who refuse that (RFC 9110 §12.5.3). Of what is not, only
  // what most ask for is made at once; the text can be had back from it.
  const isSmall = length < worthCompressing
  const ownCoding = isSmall ? 'identity' : 'gzip'
  const own = trimmed(await makers[ownCoding](bytes))
  if (!isSmall) release(bytes)
  const since = performance.now()
  /** Whether the document has lasted long enough for more codings to be worth their making. */
  const hasSettled = () => isSmall || performance.now() - since > settlingMs

  /** What is being sent, perhaps for minutes: whoever asks meanwhile shares it, kept or not. */
  const inUse = new Map<Coding, WeakRef<Buffer>>()

  async function makeOther(coding: Coding): Promise<Buffer> {
    const make = hasSettled() ? makers[coding] : hastyMakers[coding]
    const made = trimmed(await make(isSmall ? own : await gunzipAsync(own)))
    inUse.set(coding, new WeakRef(made))
    return made
  }

  function ready(coding: Coding): Buffer | undefined {
    if (coding === ownCoding) return own
    return others.ready(`${etag} ${coding}`) ?? inUse.get(coding)?.deref()
  }

  return {
    /** The opaque part of a strong validator, made from all bytes without any coding (RFC 9110 §8.8.3). */
    etag,
    /** Bytes without any coding. */
    length,
    /** Bytes of the coding that is there from the start. The others are kept apart, and come and go. */
    ownLength: own.length,
    /** What can be had, what we would send first. */
    offered: offeredOf(length),
    /** What need not be made first. */
    ready,
    hasSettled,
    async make(coding: Coding): Promise<Buffer> {
      return ready(coding) ?? others.have(`${etag} ${coding}`, () => makeOther(coding))
    },
  }
}

/** What documents may be had in, what we would send first: those of one size share one list. */
const offer = {
  small: ['identity', 'gzip', 'br', 'zstd'],
  usual: ['br', 'zstd', 'gzip', 'identity'],
  long: ['gzip', 'identity'],
} as const
export const offers: readonly (readonly Coding[])[] = Object.values(offer)

function offeredOf(length: number): readonly Coding[] {
  if (length < worthCompressing) return offer.small
  return length > longestForAll ? offer.long : offer.usual
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

const gunzipAsync = promisify<Buffer, Buffer>(gunzip)

type Makers = Readonly<Record<Coding, (bytes: Buffer) => Promise<Buffer>>>

/** At a high level. */
const makers: Makers = {
  gzip: (bytes) => toGzip(bytes, bytes.length > longestForAll ? 1 : 9),
  br: (bytes) => toBrotli(bytes, 11),
  zstd: (bytes) => toZstd(bytes, 19),
  identity: async (bytes) => bytes,
}

/** In a fiftieth of the time: many documents that change all the time would keep every processor busy. */
const hastyMakers: Makers = {
  ...makers,
  br: (bytes) => toBrotli(bytes, 5),
  zstd: (bytes) => toZstd(bytes, 3),
}
