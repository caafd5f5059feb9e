/** Word documents as zip files of parts, and what these lead to (ECMA-376 part 2). */
import { posix } from 'node:path'
import { decode } from '../../decode.ts'
import { RejectionError } from '../../rejection.ts'
import type { XmlNode } from '../../xml-tree.ts'
import { openZip, type Packed, ZipError } from '../../zip-file.ts'
import { damaged, elementsOf, PartReader, tooLarge } from './word-xml.ts'

/** Bytes of all parts together, unpacked: what a story has no more elements for. */
const mostBytes = 32 * 1024 * 1024

/** What a part leads to. */
interface Target {
  /** An address, or the name of a file in the document. */
  readonly address: string
  readonly isExternal: boolean
  /** The last part of the name of its type, as in `hyperlink`. */
  readonly type: string
}

/** All that a part leads to, by its ids. */
export type Relations = ReadonlyMap<string, Target>

/** The first part of a type. */
export const partOf = (relations: Relations, type: string): string | undefined =>
  relations.values().find((one) => one.type === type && !one.isExternal)?.address

/** Of all its parts no more is unpacked than a story has. */
export class WordPackage {
  readonly files: ReadonlyMap<string, Packed>
  readonly #reader = new PartReader()
  #left = mostBytes

  private constructor(files: ReadonlyMap<string, Packed>) {
    this.files = files
  }

  /** @throws RejectionError when it is none, or is damaged */
  static async open(bytes: Buffer): Promise<WordPackage> {
    refuseOthers(bytes)
    return new WordPackage(await openZip(bytes).catch(reject))
  }

  /**
   * The root of a part, if there is one.
   * @throws RejectionError when it is damaged or far larger than that of any story
   */
  async part(name: string | undefined): Promise<XmlNode | undefined> {
    const file = name === undefined ? undefined : this.files.get(name)
    if (!file) return undefined
    const bytes = await file.unpack(this.#left).catch(reject)
    this.#left -= file.size
    return this.#reader.read(decode(bytes), file.name)
  }

  async relationsOf(part: string): Promise<Relations> {
    const folder = posix.dirname(part)
    const root = await this.part(posix.join(folder, '_rels', `${posix.basename(part)}.rels`))
    const found = elementsOf(root).map(({ attributes }) => {
      const { Id: id = '', Target: written = '', TargetMode: mode, Type: type = '' } = attributes
      const isExternal = mode === 'External'
      // Stated from the folder of the part, or from the root.
      const name = posix.resolve('/', folder, written.replaceAll('\\', '/')).slice(1)
      const target = { address: isExternal ? written : name, isExternal }
      return [id, { ...target, type: type.split('/').at(-1) ?? '' }] as const
    })
    // Of several with one id the first counts.
    return new Map(found.reverse())
  }

  /** The name of the part with the text. @throws RejectionError when there is none */
  async mainPart(): Promise<string> {
    const stated = partOf(await this.relationsOf(''), 'officeDocument') ?? 'word/document.xml'
    if (this.files.has(stated) && !/^(?:xl|ppt|visio)\//.test(stated)) return stated
    const [, kind] = otherPackages.find(([name]) => this.files.has(name)) ?? []
    throw kind ? noWord(kind) : damaged('it has no text')
  }
}

const otherPackages = [
  ['mimetype', 'OpenDocument'],
  ['xl/workbook.xml', 'Excel'],
  ['ppt/presentation.xml', 'PowerPoint'],
] as const

const otherStarts = [
  [/^\{\\rtf/, 'RTF'],
  [/^%pdf/, 'PDF'],
  [/^(?:<!doctype html|<html|<\?xml)/, 'HTML or XML'],
] as const

const noWord = (kind: string) =>
  new RejectionError(
    `the file is no Word document, but ${kind}`,
    'Open it in Word or LibreOffice, and save its text as .docx.',
  )

/** What is meant by a name that ends in .docx and is none. */
function refuseOthers(bytes: Buffer): void {
  if (bytes.length === 0)
    throw new RejectionError('the Word document is empty', 'Save the story into it.')
  const start = bytes.toString('latin1', 0, 100).trimStart().toLowerCase()
  if (bytes.toString('hex', 0, 4) === 'd0cf11e0') throw ofOldKind(bytes)
  const [, kind] = otherStarts.find(([known]) => known.test(start)) ?? []
  if (kind) throw noWord(kind)
  if (!start.startsWith('pk')) throw damaged('it is no zip file')
}

/** Names of files in a compound file are in UTF-16. */
const ofOldKind = (bytes: Buffer) =>
  bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? new RejectionError(
        'the Word document is protected by a password',
        'Save it without a password.',
      )
    : new RejectionError(
        'the file is a Word document of the old kind (.doc)',
        'Open it in Word or LibreOffice, and save it as .docx.',
      )

function reject(error: unknown): never {
  if (!(error instanceof ZipError)) throw error
  if (error.kind === 'too large') throw tooLarge()
  if (error.kind === 'leads out') throw damaged('it holds a file whose name leads out of it')
  throw damaged('it is cut off, or was changed on the way')
}
