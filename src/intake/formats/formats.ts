/** The table of input formats. A new one is one file beside this and one line here. */
import { extname } from 'node:path'
import { RejectionError } from '../rejection.ts'
import type { Format } from './format.ts'
import { html } from './html.ts'
import { markdown } from './markdown.ts'
import { nitf } from './nitf.ts'
import { trtPage } from './trt-page.ts'

/** The first that recognises a text reads it, so the plainest comes last. */
const formats: readonly Format[] = [nitf, html, markdown, trtPage]

/** Files with other extensions are ignored. */
const extensions = new Set(['.txt', '.text', '.md', '.markdown', '.html', '.htm', '.xhtml', '.xml'])

/** Whether a file of this name may hold an article: a known extension, and not a dotfile. */
export function isArticleName(name: string): boolean {
  return !name.startsWith('.') && extensions.has(extname(name).toLowerCase())
}

/** @throws RejectionError when the text is in none of the formats */
export function formatOf(text: string, name: string): Format {
  const extension = extname(name).toLowerCase()
  const format = formats.find((candidate) => candidate.recognises(text, extension))
  if (format) return format
  throw new RejectionError(
    `the file is in none of the formats ${formats.map((known) => known.name).join(', ')}`,
    'Rewrite it in one of them, or move it out of the articles folder.',
    1,
  )
}
