/** The text of a TRT World page, as a crawler leaves it. The layout and its variations: docs/formats/plain-text.md. */
import type { TextFormat } from '../input-format.ts'

/** Kept, since to import it anew for each file takes 5 µs. */
let reader: Promise<typeof import('./trt-article.ts')> | undefined

export const trtPage: TextFormat = {
  name: 'TRT World page text',
  extensions: ['.txt', '.text'],
  takes: 'text',

  /** What has neither a date nor anything else of the layout is read as plain text. */
  recognises: (_text, extension) => trtPage.extensions.includes(extension),

  async read(text, path) {
    reader ??= import('./trt-article.ts')
    const { readPageText } = await reader
    return readPageText(text, path)
  },
}
