/** NewsML-G2, the IPTC's exchange of news in XML: https://iptc.org/standards/newsml-g2/ */
import type { TextFormat } from './input-format.ts'
import { beginsWith, parse } from './xml-tree.ts'

/** What says of which standard it is stands in the first element or in the item. */
const headLength = 10_000

/** One text, alone or in a message beside its pictures. */
export const newsmlG2: TextFormat = {
  name: 'NewsML-G2',
  extensions: ['.xml'],
  takes: 'text',

  recognises: (text) =>
    beginsWith(
      text,
      /<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?(?:newsMessage|(?:news|package|concept|knowledge|planning|catalog)Item)[\s/>]/y,
    ) && /iptc\.org\/std\/nar\/|NewsML-G2/i.test(text.slice(0, headLength)),

  async read(text) {
    const { readNewsmlG2 } = await import('./newsml-g2-item.ts')
    return readNewsmlG2(await parse(text), text)
  },
}
