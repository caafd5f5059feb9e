/** Files that people keep texts in, and that no format reads. */
import { extname } from 'node:path'
import { wordSet } from '../text.ts'

const likeMarkdown = wordSet('.mdx .rmd .qmd .mdown .mkd .mkdn .mdwn')
const otherMarkup = wordSet('.rst .adoc .asciidoc .org .textile .mediawiki .creole .tex')
const documents = wordSet(
  '.pdf .doc .docx .docm .dot .dotx .odt .ott .fodt .rtf .pages .wpd .wps .epub .eml .msg .xps',
)

const endingOf = (path: string) => extname(path).toLowerCase()

/** Whether a person could take it for an article. */
export const isTextDocument = (path: string) =>
  [likeMarkdown, otherMarkup, documents].some((endings) => endings.has(endingOf(path)))

/** Why a file is not read that no format has the ending of, and what to do. */
export function unreadBecause(path: string): string {
  const ending = endingOf(path)
  if (ending === '') return 'files without an ending are not read; name it .md, .html or .txt'
  const what = `files that end in ${ending} are not read`
  if (likeMarkdown.has(ending)) return `${what}; if it is plain Markdown, rename it to .md`
  return isTextDocument(path) ? `${what}; save its text as Markdown or HTML` : what
}
