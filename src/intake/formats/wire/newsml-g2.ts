/** NewsML-G2, the IPTC's exchange of news in XML: https://iptc.org/standards/newsml-g2/ */
import { RejectionError } from '../../rejection.ts'
import { beginsWith, parse } from '../../xml-tree.ts'
import type { TextFormat } from '../input-format.ts'

/** What says of which standard it is stands in the first element or in the item. */
const headLength = 10_000

/** Its elder namesake, which agencies still send. */
const isNewsml1 = (text: string) => beginsWith(text, /<(?:!DOCTYPE\s+)?NewsML[\s[/>]/y)

/** One text, alone or in a message beside its pictures. */
export const newsmlG2: TextFormat = {
  name: 'NewsML-G2',
  extensions: ['.xml', '.newsml'],
  takes: 'text',

  recognises: (text) =>
    isNewsml1(text) ||
    (beginsWith(
      text,
      /<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?(?:newsMessage|(?:news|package|concept|knowledge|planning|catalog)Item)[\s/>]/y,
    ) &&
      /iptc\.org\/std\/nar\/|NewsML-G2/i.test(text.slice(0, headLength))),

  async read(text) {
    if (isNewsml1(text)) {
      throw new RejectionError(
        'the file is in NewsML 1, which is not read',
        'Ask the agency for NewsML-G2, NITF or ninjs.',
      )
    }
    const { readNewsmlG2 } = await import('./newsml-g2-item.ts')
    return readNewsmlG2(await parse(text), text)
  },
}
