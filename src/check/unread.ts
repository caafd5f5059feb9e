/** Files that people keep texts in, and that no format reads. */
import { basename, extname } from 'node:path'
import { isOfProgram } from '../intake/formats/input-formats.ts'
import { wordSet } from '../text.ts'

const likeMarkdown = wordSet('.mdx .rmd .qmd .mdown .mkd .mkdn .mdwn')
const otherMarkup = wordSet('.rst .adoc .asciidoc .org .textile .mediawiki .creole .tex')
/** What Word or LibreOffice open, and Pages exports. */
const savedAsWord = wordSet('.doc .docm .dot .dotx .odt .ott .fodt .rtf .pages .wpd .wps')
const documents = wordSet('.pdf .epub .eml .msg .xps')

const endingOf = (path: string) => extname(path).toLowerCase()

/** Whether a person could take it for an article. */
export const isTextDocument = (path: string) =>
  !isOfProgram(basename(path)) &&
  [likeMarkdown, otherMarkup, savedAsWord, documents].some((endings) => endings.has(endingOf(path)))

/** Why a file is not read that no format has the ending of, and what to do. */
export function unreadBecause(path: string): string {
  if (isOfProgram(basename(path))) return 'it belongs to a document that is open in a program'
  const ending = endingOf(path)
  if (ending === '') return 'files without an ending are not read; name it .md, .html or .txt'
  const what = `files that end in ${ending} are not read`
  if (likeMarkdown.has(ending)) return `${what}; if it is plain Markdown, rename it to .md`
  if (savedAsWord.has(ending)) return `${what}; save it as .docx`
  return isTextDocument(path) ? `${what}; save its text as Markdown or HTML` : what
}
