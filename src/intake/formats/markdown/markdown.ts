/** Markdown, with front matter or without (CommonMark 0.31). */
import { hasFrontMatter } from '../front-matter/front-matter.ts'
import type { TextFormat } from '../input-format.ts'

/** Kept, since to import it anew for each file takes 5 µs. */
let reader: Promise<typeof import('./markdown-article.ts')> | undefined

/**
 * Text under front matter in YAML, TOML or JSON, or under none: then its first heading is the title, and its path
 * may have the date. HTML in the text stays as it is: normalise.ts makes it safe.
 */
export const markdown: TextFormat = {
  name: 'Markdown with front matter',
  extensions: ['.md', '.markdown'],
  takes: 'text',

  recognises: (text, extension) => hasFrontMatter(text) || markdown.extensions.includes(extension),

  async read(text, path, root) {
    reader ??= import('./markdown-article.ts')
    const { readMarkdown } = await reader
    return readMarkdown(text, path, root)
  },
}
