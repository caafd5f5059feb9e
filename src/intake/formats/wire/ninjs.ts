/** ninjs 1 to 3, the IPTC's news in JSON: https://iptc.org/standards/ninjs/ */
import type { BytesFormat } from '../input-format.ts'
import { itemsIn } from './ninjs-item.ts'

/** One news item, a text. Other JSON is none of ours, and there is much of it: it is told by its bytes first. */
export const ninjs: BytesFormat = {
  name: 'ninjs',
  extensions: ['.json'],
  takes: 'bytes',
  mayBeOther: true,

  recognises: (bytes, extension) => extension === '.json' && itemsIn(bytes) !== undefined,

  async read(bytes) {
    const { readNinjs } = await import('./ninjs-article.ts')
    return readNinjs(bytes)
  },
}
