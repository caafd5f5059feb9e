/** NITF 3.6, the IPTC's News Industry Text Format: https://iptc.org/standards/nitf/ */
import { beginsWith } from '../../xml-tree.ts'
import type { TextFormat } from '../input-format.ts'

/** One NITF story. */
export const nitf: TextFormat = {
  name: 'NITF',
  extensions: ['.xml', '.nitf'],
  takes: 'text',

  recognises: (text) => beginsWith(text, /<(?:!doctype\s+)?(?:[\w.-]+:)?nitf[\s[/>]/iy),

  async read(text) {
    const { readNitf } = await import('./nitf-article.ts')
    return readNitf(text)
  },
}
