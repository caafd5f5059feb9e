/** The pictures that a news item of ninjs is associated with. */
import { cleanLine, escapeAttribute } from '../../../text.ts'
import type { RawImage } from '../../raw-article.ts'
import { listIn, type Members, textIn, versionsIn } from './ninjs-item.ts'
import { type Rendition, webRendition } from './wire-pictures.ts'

/** The first is the one that leads. @param html the text, which may show some in a size of its own */
export function picturesOf(item: Members, html: string): RawImage[] {
  const associated = listIn(item, 'associations').filter(isPicture)
  const leading = associated.filter((one) => /feature|main|lead/i.test(textIn(one, 'name') ?? ''))
  const others = associated.filter((one) => !leading.includes(one))
  return [...leading, ...others]
    .map((one) => imageOf(one, html))
    .filter((image) => image !== undefined)
}

/** A logo says who speaks, and shows nothing of the story. */
function isPicture(association: Members): boolean {
  const type = textIn(association, 'type') ?? ''
  const isLogo = /logo/i.test(textIn(association, 'name', 'id') ?? '')
  return /^(?:picture|graphic)$/i.test(type) && !isLogo
}

function imageOf(picture: Members, html: string): RawImage | undefined {
  const renditions = listIn(picture, 'renditions').map(renditionOf)
  const shown = renditions.find((one) => one.url !== '' && isIn(html, one.url))
  const url = (shown ?? webRendition(renditions))?.url
  if (url === undefined) return undefined
  const descriptions = versionsIn(picture, 'description')
  const isAlternative = ({ role }: { readonly role: string }) => /alt/.test(role)
  const said = descriptions.find((one) => !isAlternative(one) && !one.isHtml)
  // Superdesk has it in the text of the picture.
  const alt = descriptions.find(isAlternative)?.text ?? textIn(picture, 'body_text')
  return {
    url,
    alt: cleanLine(alt ?? ''),
    caption: cleanLine(said?.text ?? ''),
    credit: cleanLine(textIn(picture, 'by', 'byline', 'copyrightholder') ?? ''),
  }
}

const isIn = (html: string, url: string) =>
  html.includes(`"${url}"`) || html.includes(`"${escapeAttribute(url)}"`)

function renditionOf(rendition: Members): Rendition {
  const width = Number(textIn(rendition, 'width'))
  return {
    url: textIn(rendition, 'href')?.trim() ?? '',
    width: width > 0 ? width : undefined,
    type: textIn(rendition, 'contenttype', 'mimetype'),
  }
}
