/** Word documents (Office Open XML, ECMA-376), as Word, Google Docs, LibreOffice and their kin write them. */
import type { BytesFormat } from '../input-format.ts'

/** Files that end in .docx; what is none of Word's is rejected. */
export const word: BytesFormat = {
  name: 'Word',
  extensions: ['.docx'],
  takes: 'bytes',

  recognises: (_bytes, extension) => extension === '.docx',

  async read(bytes, path) {
    const { readWord } = await import('./word-article.ts')
    return readWord(bytes, path)
  },
}
