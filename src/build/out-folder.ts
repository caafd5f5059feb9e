/** Puts files into the out folder: whole or not at all, none twice, and none in the place of a file of others. */
import { hash } from 'node:crypto'
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  utimesSync,
} from 'node:fs'
import { join, posix } from 'node:path'
import type { Ledger, LedgerFile } from './ledger.ts'
import { type PackedCoding, Packing } from './packing.ts'
import { packedEndings } from './what-is-written.ts'
import { BuildError, temporaryPath, timeOf, writeAt, writeWhole } from './write-whole.ts'

/** What a build has done to files. Packed ones beside others are not counted. */
export interface Tally {
  written: number
  unchanged: number
  removed: number
  /** That were written, packed ones among them. */
  bytes: number
  /** What a host of files cannot be told: sentences. */
  readonly notes: string[]
  /** What could not be written, and why: sentences. */
  readonly faults: string[]
}

/** A file to be there. */
export interface NewFile {
  readonly path: string
  readonly unit: string
  readonly key: string
  readonly bytes: Uint8Array
  /** Since when these bytes are those of this file, where something says so; ms since 1970. */
  readonly modified?: number
  /** Media of the site that it names, by their addresses. */
  readonly names?: Iterable<string>
  readonly canPack?: boolean
}

/** Files are written in portions, each of which is noted first: of so many, or so many bytes. */
const mostWaiting = 250
const mostWaitingBytes = 8 * 1024 * 1024

export class OutFolder {
  readonly #root: string
  readonly #ledger: Ledger
  readonly #packs: boolean
  readonly #folders = new Set<string>()
  readonly #packing = new Packing()
  /** Files to be written, and what is to be done when those before it are there. */
  readonly #waiting: (NewFile | (() => void))[] = []
  #waitingBytes = 0
  tally: Tally = { written: 0, unchanged: 0, removed: 0, bytes: 0, notes: [], faults: [] }

  /** @param packs whether packed files lie beside those that compress */
  constructor(root: string, ledger: Ledger, packs: boolean) {
    this.#root = root
    this.#ledger = ledger
    this.#packs = packs
  }

  /**
   * Finds files that are others than were written, or gone, and has them made anew. Removes what a killed build left half
   * written.
   */
  check(): void {
    const ledger = this.#ledger
    for (let after = ''; ; ) {
      const files = ledger.files(after)
      for (const { path, unit, hash: known, size, changed } of files) {
        if (known === '') rmSync(temporaryPath(this.#root, path), { force: true })
        const stat = lstatSync(join(this.#root, path), { throwIfNoEntry: false })
        const isSame =
          stat?.isFile() && stat.size === size && Math.floor(stat.mtimeMs / 1000) === changed
        if (isSame && known !== '') continue
        ledger.forgetUnit(unit)
        if (known !== '') {
          ledger.putFile({ path, unit, key: '', hash: 'another', size: -1, changed })
        }
      }
      if (files.length === 0) return
      after = files.at(-1)?.path ?? ''
    }
  }

  /** Whether a file is there already as it would be made; then it stays. */
  keep(path: string, unit: string, key: string): boolean {
    const file = this.#ledger.file(path)
    if (file?.key !== key || file.hash === '') return false
    this.#ledger.own(path, unit)
    if (this.#packs) {
      for (const ending of Object.values(packedEndings)) this.#ledger.own(path + ending, unit)
    }
    this.tally.unchanged += 1
    return true
  }

  /**
   * Notes that files are ours before they are there: whoever kills us in between leaves some that are known. Many at a time
   * are quicker.
   */
  #claim(paths: readonly string[]): void {
    let isNew = false
    const endings = ['', ...(this.#packs ? Object.values(packedEndings) : [])]
    for (const path of paths.flatMap((one) => endings.map((ending) => one + ending))) {
      if (this.#ledger.file(path) || this.#exists(path)) continue
      this.#ledger.putFile({ path, unit: '', key: '', hash: '', size: 0, changed: 0 })
      isNew = true
    }
    if (!isNew) return
    this.#ledger.commit()
    this.#ledger.begin()
  }

  /** Has a file written, at the latest by `settle`. @throws BuildError where no file can be written */
  async put(file: NewFile): Promise<void> {
    this.#waiting.push(file)
    this.#waitingBytes += file.bytes.length
    if (this.#waiting.length >= mostWaiting || this.#waitingBytes >= mostWaitingBytes) {
      await this.#flush()
    }
  }

  /** Does something when all is there that was put before. */
  afterwards(then: () => void): void {
    if (this.#waiting.length > 0) this.#waiting.push(then)
    else then()
  }

  async #flush(): Promise<void> {
    const all = this.#waiting.splice(0)
    this.#waitingBytes = 0
    this.#claim(all.flatMap((one) => (typeof one === 'function' ? [] : [one.path])))
    for (const one of all) {
      if (typeof one === 'function') one()
      else await this.#putNow(one)
    }
  }

  async #putNow(file: NewFile): Promise<void> {
    const { path, bytes, canPack } = file
    const known = this.#ledger.file(path)
    const digest = hash('sha1', bytes, 'base64url')
    if (known?.hash === digest) {
      this.#ledger.putFile({ ...known, unit: file.unit, key: file.key })
      this.#noteNames(file)
      this.tally.unchanged += 1
    } else {
      const changed = timeOf(file.modified, known?.changed)
      const isDone = this.#write(path, known, (to) => writeAt(to, bytes, changed), bytes)
      if (!isDone) return
      const { unit, key } = file
      this.#ledger.putFile({ path, unit, key, hash: digest, size: bytes.length, changed })
      this.#noteNames(file)
      this.tally.written += 1
      this.tally.bytes += bytes.length
    }
    if (canPack && this.#packs) await this.#pack(file, digest)
  }

  /** Puts a copy of a file there. @param state says which bytes it has */
  copy(path: string, unit: string, from: string, state: { hash: string; modified: number }): void {
    const known = this.#ledger.file(path)
    if (known?.hash === state.hash) {
      this.#ledger.putFile({ ...known, unit, key: state.hash })
      this.tally.unchanged += 1
      return
    }
    const changed = timeOf(state.modified, known?.changed)
    let size = 0
    const isDone = this.#write(path, known, (to) => {
      copyFileSync(from, to)
      utimesSync(to, changed, changed)
      size = lstatSync(to).size
    })
    if (!isDone) return
    this.#ledger.putFile({ path, unit, key: state.hash, hash: state.hash, size, changed })
    this.tally.written += 1
    this.tally.bytes += size
  }

  /** Waits until all is there that was put, and packed. */
  async settle(): Promise<void> {
    await this.#flush()
    await this.#packing.settle()
  }

  /** Removes what is no part of the site any more, and folders that are empty then. */
  removeOrphans(): void {
    for (const path of this.#ledger.filesOf('')) {
      try {
        rmSync(join(this.#root, path), { force: true })
        rmSync(temporaryPath(this.#root, path), { force: true })
        this.#removeEmpty(posix.dirname(path))
      } catch (error) {
        this.tally.faults.push(`${path} cannot be removed: ${(error as Error).message}`)
        continue
      }
      this.#ledger.deleteFile(path)
      if (!isPacked(path)) this.tally.removed += 1
    }
  }

  #removeEmpty(folder: string): void {
    for (let one = folder; one !== '.'; one = posix.dirname(one)) {
      try {
        rmdirSync(join(this.#root, one))
        this.#folders.delete(one)
      } catch {
        return
      }
    }
  }

  #noteNames({ path, names }: NewFile): void {
    if (names) this.#ledger.putNamed(path, names)
  }

  async #pack({ path, unit, bytes }: NewFile, digest: string): Promise<void> {
    const own = this.#ledger.file(path)
    const codings = (Object.keys(packedEndings) as PackedCoding[]).filter((coding) => {
      const known = this.#ledger.file(path + packedEndings[coding])
      if (known?.hash !== digest) return true
      this.#ledger.putFile({ ...known, unit })
      return false
    })
    await this.#packing.add(bytes, codings, (coding, packed) => {
      const name = path + packedEndings[coding]
      const known = this.#ledger.file(name)
      // A host sends the same time with each (nginx), and a tool that compares sees another with other bytes.
      const changed = own?.changed ?? timeOf(undefined, known?.changed)
      if (!this.#write(name, known, (to) => writeAt(to, packed, changed))) return
      const size = packed.length
      this.#ledger.putFile({ path: name, unit, key: digest, hash: digest, size, changed })
      this.tally.bytes += size
    })
  }

  /**
   * @param write makes the file at another name in its folder
   * @param bytes of a file that may be there already, by others, and be the same
   * @returns false where this file cannot be there; that is noted
   */
  #write(
    path: string,
    known: LedgerFile | undefined,
    write: (to: string) => void,
    bytes?: Uint8Array,
  ): boolean {
    const fault = writeWhole(this.#root, path, (to) => {
      this.#noteAlike(path, known)
      if (!known) this.#claimOne(path, bytes)
      this.#makeFolder(posix.dirname(path))
      write(to)
    })
    if (fault) this.tally.faults.push(fault)
    return fault === undefined
  }

  /** @param bytes where they are the same as those of a file of others, that becomes ours */
  #claimOne(path: string, bytes: Uint8Array | undefined): void {
    const to = join(this.#root, path)
    if (!this.#exists(path)) {
      this.#claim([path])
      return
    }
    const isSame = bytes && lstatSync(to).isFile() && readFileSync(to).equals(bytes)
    if (isSame) return
    throw new BuildError(
      `${to} is there and is none that this build has written: nothing is put in its place. ` +
        'Build into an empty folder (--out), or remove what is there.',
    )
  }

  #exists = (path: string) =>
    lstatSync(join(this.#root, path), { throwIfNoEntry: false }) !== undefined

  #noteAlike(path: string, known: LedgerFile | undefined): void {
    const alike = known && known.hash !== '' ? undefined : this.#ledger.alike(path)
    if (!alike) return
    this.tally.faults.push(
      `${path} and ${alike} are one name where case does not count (Windows, macOS): give one of them another slug`,
    )
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return
    mkdirSync(join(this.#root, folder), { recursive: true })
    this.#folders.add(folder)
  }
}

const isPacked = (path: string) =>
  Object.values(packedEndings).some((ending) => path.endsWith(ending))
