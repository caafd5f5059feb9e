/** Web pages. */
import { beginsWith } from '../../xml-tree.ts'
import { hasFrontMatter } from '../front-matter/front-matter.ts'
import type { TextFormat } from '../input-format.ts'

/** An HTML page, whole or a piece of one. Its navigation, comments and scripts stay behind. */
export const html: TextFormat = {
  name: 'HTML',
  extensions: ['.html', '.htm', '.xhtml'],
  takes: 'text',

  recognises(text, extension) {
    if (beginsWith(text, /<(?:!doctype\s+)?html[\s>]/iy)) return true
    // Front matter above HTML is Markdown, in which HTML is text.
    const mayBe = html.extensions.includes(extension) && !hasFrontMatter(text)
    return mayBe && /<[a-z]/i.test(text)
  },

  async read(text, path) {
    // What it needs takes 300 ms to load, which a folder without HTML need not pay.
    const { articleOfPage } = await import('./page-article.ts')
    return articleOfPage(text, path)
  },
}
