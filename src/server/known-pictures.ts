/** Where pictures lie in the documents that were last asked for: to look through a document costs more than a picture. */
import type { FileHandle } from 'node:fs/promises'
import { isShown, mostPictureBytes } from '../intake/embedded-pictures.ts'
import type { Packed } from '../intake/zip-file.ts'

const mostDocuments = 8

type Entry = Packed['entry']

export class KnownPictures {
  /** By path, time and size; those that were asked for last are last. */
  readonly #documents = new Map<string, Promise<ReadonlyMap<string, Entry>>>()

  /**
   * @param file a document
   * @param key of its path as it is now
   * @throws ZipError when it is damaged
   */
  async find(file: FileHandle, key: string, name: string): Promise<Packed | undefined> {
    const { openPacked } = await import('../intake/zip-file.ts')
    const entry = (await this.#picturesIn(file, key)).get(name)
    return entry && openPacked(file.fd, entry)
  }

  #picturesIn(file: FileHandle, key: string): Promise<ReadonlyMap<string, Entry>> {
    const pictures = this.#documents.get(key) ?? picturesIn(file)
    this.#documents.delete(key)
    this.#documents.set(key, pictures)
    const [oldest = ''] = this.#documents.keys()
    if (this.#documents.size > mostDocuments) this.#documents.delete(oldest)
    pictures.catch(() => this.#documents.delete(key))
    return pictures
  }
}

async function picturesIn(file: FileHandle): Promise<ReadonlyMap<string, Entry>> {
  const { openZip } = await import('../intake/zip-file.ts')
  const found = (await openZip(file.fd))
    .values()
    .filter(({ name, size }) => isShown(name) && size <= mostPictureBytes)
  return new Map(found.map(({ name, entry }) => [name, entry]))
}
