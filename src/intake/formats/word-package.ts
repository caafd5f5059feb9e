/** Word documents as zip files of parts. */
import { decode } from '../decode.ts'
import { RejectionError } from '../rejection.ts'
import { openZip, type Packed, ZipError } from '../zip-file.ts'
import { Relations, relationsPart } from './word-relations.ts'
import { damaged, PartReader, tooLarge } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

/** Bytes of one part, unpacked; of all together, what a story has no more elements for. */
const mostPartBytes = 32 * 1024 * 1024

/** Of all its parts no more is unpacked than a story has. */
export class WordPackage {
  readonly files: ReadonlyMap<string, Packed>
  readonly #reader = new PartReader()
  #left = mostPartBytes

  private constructor(files: ReadonlyMap<string, Packed>) {
    this.files = files
  }

  /** @throws RejectionError when it is none, or is damaged */
  static async open(bytes: Buffer): Promise<WordPackage> {
    refuseOthers(bytes)
    try {
      return new WordPackage(await openZip(bytes))
    } catch (error) {
      throw rejectionOf(error)
    }
  }

  /**
   * The root of a part, if there is one.
   * @throws RejectionError when it is damaged or far larger than that of any story
   */
  async part(name: string | undefined): Promise<XmlNode | undefined> {
    const file = name === undefined ? undefined : this.files.get(name)
    if (!file) return undefined
    this.#left -= file.size
    try {
      return await this.#reader.read(decode(await file.unpack(this.#left + file.size)), file.name)
    } catch (error) {
      throw rejectionOf(error)
    }
  }

  async relationsOf(part: string): Promise<Relations> {
    return new Relations(await this.part(relationsPart(part)), part)
  }

  /** The name of the part with the text. @throws RejectionError when there is none */
  async mainPart(): Promise<string> {
    const stated = (await this.relationsOf('')).ofType('officeDocument') ?? 'word/document.xml'
    if (this.files.has(stated) && !/^(?:xl|ppt|visio)\//.test(stated)) return stated
    throw this.#noWord()
  }

  #noWord(): RejectionError {
    const kinds = [
      ['mimetype', 'OpenDocument'],
      ['xl/workbook.xml', 'Excel'],
      ['ppt/presentation.xml', 'PowerPoint'],
    ] as const
    const [, kind] = kinds.find(([name]) => this.files.has(name)) ?? []
    return kind ? noWord(kind) : damaged('it has no text')
  }
}

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
  if (start.startsWith('{\\rtf')) throw noWord('RTF')
  if (start.startsWith('%pdf')) throw noWord('PDF')
  if (/^(?:<!doctype html|<html|<\?xml)/.test(start)) throw noWord('HTML or XML')
  if (!start.startsWith('pk')) throw damaged('it is no zip file')
}

/** Names of files in a compound file are in UTF-16. */
function ofOldKind(bytes: Buffer): RejectionError {
  const isLocked = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  return isLocked
    ? new RejectionError(
        'the Word document is protected by a password',
        'Save it without a password.',
      )
    : new RejectionError(
        'the file is a Word document of the old kind (.doc)',
        'Open it in Word or LibreOffice, and save it as .docx.',
      )
}

function rejectionOf(error: unknown): unknown {
  if (!(error instanceof ZipError)) return error
  if (error.kind === 'too large') return tooLarge()
  if (error.kind === 'leads out') return damaged('it holds a file whose name leads out of it')
  return damaged('it is cut off, or was changed on the way')
}
