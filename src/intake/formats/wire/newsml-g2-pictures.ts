/** The pictures that come with a text of NewsML-G2. */
import type { RawImage } from '../../raw-article.ts'
import { find, textOf, texts, type XmlNode } from '../../xml-tree.ts'
import { codeIn, inLanguage, isOf, type Named, namesOf } from './newsml-g2-names.ts'
import { type Rendition, webRendition } from './wire-pictures.ts'

/**
 * @param items all of the file
 * @param item the text, which may have links to pictures, or one beside its words
 */
export function picturesIn(items: readonly XmlNode[], item: XmlNode, named: Named): RawImage[] {
  const pictures = items.filter(isPictureItem)
  const linked = find(item, 'itemMeta/link').filter((link) => isPicture(find(link, 'itemClass')[0]))
  const images = [
    ...[...pictures, item].map((one) => imageOf(one, named)),
    ...linked.map((link) => linkedImage(link)),
  ]
  return images.filter((image) => image !== undefined)
}

/** Some say by the type of their file alone that they are one. */
function isPictureItem(item: XmlNode): boolean {
  const [itemClass] = find(item, 'itemMeta/itemClass')
  const [file] = find(item, 'contentSet/remoteContent')
  return itemClass ? isPicture(itemClass) : /^image\//.test(file?.attributes.contenttype ?? '')
}

const isPicture = (itemClass: XmlNode | undefined) =>
  /^(?:picture|graphics?)$/.test(codeIn(itemClass))

function imageOf(picture: XmlNode, named: Named): RawImage | undefined {
  const url = webRendition(find(picture, 'contentSet/remoteContent').map(renditionOf))?.url
  if (url === undefined) return undefined
  const described = find(picture, 'contentMeta/description')
  const captions = described.filter((one) => isOf(one, 'role', /caption/i))
  const caption = inLanguage(captions.length > 0 ? captions : described, named.language)
  const creators = find(picture, 'contentMeta/creator')
  return {
    url,
    caption: caption && textOf(caption),
    credit: [...texts(picture, 'contentMeta/creditline'), ...namesOf(creators, named)][0],
  }
}

function linkedImage(link: XmlNode): RawImage | undefined {
  const url = webRendition([renditionOf(link)])?.url
  return url === undefined ? undefined : { url, alt: texts(link, 'title')[0] }
}

/** What is named by an identifier, or by a path of another machine, is not at an address. */
const isAddress = (href: string) => /^https?:/i.test(href) || !/^(?:[a-z][\w+.-]*:|\/)/i.test(href)

function renditionOf({ attributes }: XmlNode): Rendition {
  const href = attributes.href?.trim() ?? ''
  const width = Number(attributes.width)
  return {
    url: isAddress(href) ? href : '',
    width: width > 0 ? width : undefined,
    type: attributes.contenttype,
  }
}
