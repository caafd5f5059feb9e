/** What is packed into a zip file, such as a Word document: found and unpacked within bounds, whatever it says of itself. */
import { crc32 } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'

/** A document has some dozens. */
const mostEntries = 5000

/** Why a zip file cannot be used. */
export class ZipError extends Error {
  /** It is whole, and holds more than is unpacked. */
  readonly isTooLarge: boolean

  constructor(message: string, isTooLarge = false) {
    super(message)
    this.name = 'ZipError'
    this.isTooLarge = isTooLarge
  }
}

/** A file in a zip file. */
export interface Packed {
  readonly name: string
  /** Bytes, unpacked. */
  readonly size: number
  readonly crc32: number
  /** Its bytes; what is more than its size ends them with an error. */
  stream(): Promise<AsyncIterable<Buffer>>
  /** @throws ZipError when it has more bytes than may be unpacked, or they are others than were packed */
  unpack(most: number): Promise<Buffer>
}

/** By name; of several of one name the first. @throws ZipError when it is none that can be read, or is cut off */
export async function openZip(file: Buffer | number): Promise<ReadonlyMap<string, Packed>> {
  const { fromBufferPromise, fromFdPromise } = await import('yauzl')
  try {
    const zip = await (typeof file === 'number'
      ? fromFdPromise(file, { autoClose: false })
      : fromBufferPromise(file))
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

const tooMany = (count: number) => new ZipError(`it holds ${count} files`, true)

/** What the system refuses is no fault of the file. */
function zipError(error: unknown): unknown {
  const isOfSystem = (error as NodeJS.ErrnoException).syscall !== undefined
  return error instanceof ZipError || isOfSystem ? error : new ZipError((error as Error).message)
}

const packed = (zip: ZipFile, entry: Entry): Packed => ({
  name: entry.fileName,
  size: entry.uncompressedSize,
  crc32: entry.crc32,
  stream: () => zip.openReadStreamPromise(entry),
  async unpack(most) {
    const size = entry.uncompressedSize
    if (size > most) throw new ZipError(`"${entry.fileName}" has ${size} bytes`, true)
    try {
      const chunks: Buffer[] = []
      for await (const chunk of await this.stream()) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      if (crc32(bytes) !== entry.crc32) throw new ZipError(`"${entry.fileName}" is damaged`)
      return bytes
    } catch (error) {
      throw zipError(error)
    }
  },
})
