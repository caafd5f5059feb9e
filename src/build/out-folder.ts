/** Puts files into the out folder: whole or not at all, none twice, and none in the place of a file of others. */
import { hash } from 'node:crypto'
import { copyFileSync, lstatSync, mkdirSync, readFileSync, utimesSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Ledger, LedgerFile } from './ledger.ts'
import { isWorthPacking, type Packed, Packing } from './packing.ts'
import { alikeNames, findAltered, removeOrphans } from './upkeep.ts'
import { packedEndings } from './what-is-written.ts'
import { BuildError, statOf, timeOf, writeAt, writeWhole } from './write-whole.ts'

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

/** A file that waits to be written, and what lies beside it. */
interface WaitingFile {
  readonly file: NewFile
  readonly digest: string
  readonly packed: Promise<Packed> | undefined
}

/** What is to be done when all files of a unit are there that were put before. */
interface WaitingUnit {
  readonly unit: string
  readonly then: () => void
}

export class OutFolder {
  readonly #root: string
  readonly #ledger: Ledger
  readonly #packs: boolean
  readonly #folders = new Set<string>()
  readonly #packing = new Packing()
  readonly #waiting: (WaitingFile | WaitingUnit)[] = []
  #waitingBytes = 0
  /** Units of which a file could not be written. */
  readonly #faulty = new Set<string>()
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
    findAltered(this.#root, this.#ledger)
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
    for (const path of paths) {
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
    const { path, bytes, canPack } = file
    const digest = hash('sha1', bytes, 'base64url')
    const isPackedAs = (ending: string) => this.#ledger.file(path + ending)?.hash === digest
    const packs = this.#packs && canPack && !Object.values(packedEndings).every(isPackedAs)
    // Is packed while others are rendered.
    const packed = packs ? (await this.#packing.start(bytes)).packed : undefined
    // Whoever waits for it hears of a fault.
    packed?.catch(() => {})
    this.#waiting.push({ file, digest, packed })
    this.#waitingBytes += bytes.length
    if (this.#waiting.length >= mostWaiting || this.#waitingBytes >= mostWaitingBytes) {
      await this.settle()
    }
  }

  /** Does something when all files of a unit are there that were put before; never where one could not be written. */
  afterwards(unit: string, then: () => void): void {
    if (this.#waiting.length > 0) this.#waiting.push({ unit, then })
    else if (!this.#faulty.delete(unit)) then()
  }

  /** Waits until all is there that was put. */
  async settle(): Promise<void> {
    const all = this.#waiting.splice(0)
    this.#waitingBytes = 0
    this.#claim(all.flatMap((one) => ('file' in one ? this.#pathsOf(one.file) : [])))
    for (const one of all) {
      if ('file' in one) this.#putNow(one, await packedOf(one))
      else if (!this.#faulty.delete(one.unit)) one.then()
    }
  }

  #pathsOf({ path, bytes, canPack }: NewFile): string[] {
    if (!this.#packs || !canPack || !isWorthPacking(bytes)) return [path]
    return [path, ...Object.values(packedEndings).map((ending) => path + ending)]
  }

  #putNow({ file, digest }: WaitingFile, packed: Packed | undefined): void {
    const { path, unit, key, bytes } = file
    let known = this.#ledger.file(path)
    if (known?.hash === digest) {
      known = { ...known, unit, key }
      this.tally.unchanged += 1
    } else {
      const changed = timeOf(file.modified, known?.changed)
      if (!this.#write(path, unit, known, (to) => writeAt(to, bytes, changed), bytes)) return
      known = { path, unit, key, hash: digest, size: bytes.length, changed }
      this.tally.written += 1
      this.tally.bytes += bytes.length
    }
    this.#ledger.putFile(known)
    if (file.names) this.#ledger.putNamed(path, file.names)
    if (this.#packs && file.canPack) this.#putBeside(known, packed)
  }

  /** @param packed what lies beside a file; undefined where that is there */
  #putBeside({ path, unit, hash: digest, changed }: LedgerFile, packed: Packed | undefined): void {
    for (const [coding, ending] of Object.entries(packedEndings)) {
      const name = path + ending
      const known = this.#ledger.file(name)
      const bytes = packed?.get(coding as keyof typeof packedEndings)
      if (known?.hash === digest) this.#ledger.putFile({ ...known, unit })
      // A host sends the same time with each (nginx), and a tool that compares sees another with other bytes.
      else if (bytes && this.#write(name, unit, known, (to) => writeAt(to, bytes, changed))) {
        const size = bytes.length
        this.#ledger.putFile({ path: name, unit, key: digest, hash: digest, size, changed })
        this.tally.bytes += size
      }
    }
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
    const isDone = this.#write(path, unit, known, (to) => {
      copyFileSync(from, to)
      utimesSync(to, changed, changed)
      size = lstatSync(to).size
    })
    if (!isDone) return
    this.#ledger.putFile({ path, unit, key: state.hash, hash: state.hash, size, changed })
    this.tally.written += 1
    this.tally.bytes += size
  }

  /** Ends a build: removes what is no part of the site any more, and notes names that are one on the disks of others. */
  tidy(): void {
    removeOrphans(this.#root, this.#ledger, this.tally)
    this.tally.faults.push(...alikeNames(this.#ledger))
  }

  /**
   * @param write makes the file at another name in its folder
   * @param bytes of a file that may be there already, by others, and be the same
   * @returns false where this file cannot be there; that is noted
   */
  #write(
    path: string,
    unit: string,
    known: LedgerFile | undefined,
    write: (to: string) => void,
    bytes?: Uint8Array,
  ): boolean {
    const fault = writeWhole(this.#root, path, (to) => {
      if (!known) this.#claimOne(path, bytes)
      this.#inFolder(posix.dirname(path), () => write(to))
    })
    if (fault === undefined) return true
    this.tally.faults.push(fault)
    this.#faulty.add(unit)
    return false
  }

  /** @param bytes where they are the same as those of a file of others, that becomes ours */
  #claimOne(path: string, bytes: Uint8Array | undefined): void {
    const to = join(this.#root, path)
    if (!this.#exists(path)) {
      this.#claim([path])
      return
    }
    const isSame = bytes && statOf(to)?.isFile() && readFileSync(to).equals(bytes)
    if (isSame) return
    const alike = this.#ledger.alike(path)
    if (alike !== undefined) {
      const message = `on this disk it is one name with ${alike}`
      throw Object.assign(new Error(message), { code: 'EINVAL' })
    }
    throw new BuildError(
      `${to} is there and is none that this build has written: nothing is put in its place. ` +
        'Build into an empty folder (--out), or remove what is there.',
    )
  }

  #exists = (path: string) => statOf(join(this.#root, path)) !== undefined

  #inFolder(folder: string, write: () => void): void {
    try {
      this.#makeFolder(folder)
      write()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      // Somebody has removed it meanwhile.
      this.#folders.delete(folder)
      this.#makeFolder(folder)
      write()
    }
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return
    mkdirSync(join(this.#root, folder), { recursive: true })
    this.#folders.add(folder)
  }
}

/** @throws BuildError: the other files that wait must not be taken for what is gone */
function packedOf({ file, packed }: WaitingFile): Promise<Packed> | undefined {
  return packed?.catch(({ message }) => {
    throw new BuildError(`${file.path} cannot be packed: ${message}. Build again.`)
  })
}
