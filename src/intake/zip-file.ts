/** What is packed into a zip file, such as a Word document: found and unpacked within bounds, whatever it says of itself. */
import { crc32 } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'

/** A document has some dozens. */
const mostEntries = 5000

/** Why a zip file cannot be used. */
export class ZipError extends Error {
  /** Whether it is whole, and holds more than is unpacked, or names that lead out of it. */
  readonly kind: 'broken' | 'too large' | 'leads out'

  constructor(message: string, kind: ZipError['kind'] = 'broken') {
    super(message)
    this.name = 'ZipError'
    this.kind = kind
  }
}

/** A file in a zip file. */
export interface Packed {
  readonly name: string
  /** Bytes, unpacked. */
  readonly size: number
  readonly crc32: number
  /** Where it lies, for `openPacked`. */
  readonly entry: Entry
  /** Its bytes. @throws ZipError when they have another size, or are others than were packed, before the last of them */
  stream(): AsyncGenerator<Buffer>
  /** @throws ZipError as `stream` does, and when it has more bytes than may be unpacked */
  unpack(most: number): Promise<Buffer>
}

/** By name; of several of one name the first. @throws ZipError when it is none that can be read, or is cut off */
export async function openZip(file: Buffer | number): Promise<ReadonlyMap<string, Packed>> {
  try {
    const zip = await zipIn(file)
    if (zip.entryCount > mostEntries) throw tooMany(zip.entryCount)
    const entries = new Map<string, Packed>()
    for await (const entry of zip.eachEntry()) {
      if (!entries.has(entry.fileName)) entries.set(entry.fileName, packed(zip, entry))
      if (entries.size > mostEntries) throw tooMany(entries.size)
    }
    return entries
  } catch (error) {
    throw zipError(error)
  }
}

/** A file in a zip file that has not changed since it was found there. @throws ZipError when that is none any more */
export async function openPacked(file: number, entry: Entry): Promise<Packed> {
  try {
    return packed(await zipIn(file), entry)
  } catch (error) {
    throw zipError(error)
  }
}

async function zipIn(file: Buffer | number): Promise<ZipFile> {
  const { fromBufferPromise, fromFdPromise } = await import('yauzl')
  return typeof file === 'number'
    ? fromFdPromise(file, { autoClose: false })
    : fromBufferPromise(file)
}

const tooMany = (count: number) => new ZipError(`it holds ${count} files`, 'too large')

/** What the system refuses is no fault of the file. */
function zipError(error: unknown): unknown {
  const isOfSystem = (error as NodeJS.ErrnoException).syscall !== undefined
  if (error instanceof ZipError || isOfSystem) return error
  const { message } = error as Error
  return new ZipError(message, badName.test(message) ? 'leads out' : 'broken')
}

/** What yauzl says of names. */
const badName = /^(?:invalid relative path|absolute path):/

const packed = (zip: ZipFile, entry: Entry): Packed => ({
  name: entry.fileName,
  size: entry.uncompressedSize,
  crc32: entry.crc32,
  entry,
  stream: () => bytesOf(zip, entry),
  async unpack(most) {
    const size = entry.uncompressedSize
    if (size > most) throw new ZipError(`"${entry.fileName}" has ${size} bytes`, 'too large')
    return Buffer.concat(await Array.fromAsync(bytesOf(zip, entry)))
  },
})

async function* bytesOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let [size, sum] = [0, 0]
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      size += chunk.length
      sum = crc32(chunk, sum)
      // What is sent on is known to be whole by its last bytes.
      if (size === entry.uncompressedSize && sum !== entry.crc32) throw damagedEntry(entry)
      yield chunk
    }
    if (size === 0 && entry.crc32 !== 0) throw damagedEntry(entry)
  } catch (error) {
    throw zipError(error)
  }
}

const damagedEntry = ({ fileName }: Entry) => new ZipError(`"${fileName}" is damaged`)
