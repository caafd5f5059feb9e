/** The table of input formats. A new one is one file beside this and one line here. */
import { extname } from 'node:path'
import { decode } from '../decode.ts'
import type { RawArticle } from '../raw-article.ts'
import { RejectionError } from '../rejection.ts'
import { html } from './html/html-page.ts'
import type { Format, TextFormat } from './input-format.ts'
import { markdown } from './markdown/markdown.ts'
import { trtPage } from './text/trt-page.ts'
import { newsmlG2 } from './wire/newsml-g2.ts'
import { ninjs } from './wire/ninjs.ts'
import { nitf } from './wire/nitf.ts'
import { word } from './word/word.ts'

/** The first that recognises a file reads it, so the plainest comes last. */
export const formats: Format[] = [ninjs, nitf, newsmlG2, html, markdown, word, trtPage]

const extensionOf = (name: string) => extname(name).toLowerCase()

/** Hidden, or beside a document that Word has open (`~$story.docx`). */
export const isOfProgram = (name: string) => name.startsWith('.') || name.startsWith('~$')

/** Whether a file of this name may hold an article: a format has its extension, and it is no file of a program. */
export function isArticleName(name: string): boolean {
  const extension = extensionOf(name)
  return !isOfProgram(name) && formats.some(({ extensions }) => extensions.includes(extension))
}

/** Whether a file of this name is hardly meant to be an article, and is one only if a format recognises it. */
export function isMostlyOther(path: string): boolean {
  const extension = extensionOf(path)
  const own = formats.filter(({ extensions }) => extensions.includes(extension))
  return own.length > 0 && own.every(({ mayBeOther }) => mayBeOther)
}

/** Whether such a file is one all the same. */
export const isArticleAmongOthers = (bytes: Buffer, path: string): boolean =>
  formats.some((one) => one.takes === 'bytes' && one.recognises(bytes, extensionOf(path)))

/** @throws RejectionError when the text is in none of the formats */
export function formatOf(text: string, name: string): TextFormat {
  const format = formats
    .filter((candidate) => candidate.takes === 'text')
    .find((candidate) => candidate.recognises(text, extensionOf(name)))
  if (format) return format
  throw new RejectionError(
    `the file is in none of the formats ${formats.map((known) => known.name).join(', ')}`,
    'Rewrite it in one of them, or move it out of the articles folder.',
    1,
  )
}

/**
 * What the bytes of a file say.
 * @param path of the file, relative to the articles folder, with `/`
 * @param root the articles folder
 * @returns undefined where they are in none of the formats, as was to be expected of a file of this name
 * @throws RejectionError when they are in none of the formats, or the format cannot read them
 */
export function readFormat(
  bytes: Buffer,
  path: string,
  root: string,
): RawArticle | undefined | Promise<RawArticle> {
  const ofBytes = formats
    .filter((format) => format.takes === 'bytes')
    .find((format) => format.recognises(bytes, extensionOf(path)))
  if (ofBytes) return ofBytes.read(bytes, path, root)
  if (isMostlyOther(path)) return undefined
  const text = decode(bytes)
  return formatOf(text, path).read(text, path, root)
}
