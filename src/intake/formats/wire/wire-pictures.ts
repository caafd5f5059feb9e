/** Pictures as agencies send them: in several sizes, beside the story. */
import { pictureKey } from '../../../same-picture.ts'
import { escapeAttribute, escapeText } from '../../../text.ts'
import type { RawImage } from '../../raw-article.ts'

/** One size of a picture. */
export interface Rendition {
  readonly url: string
  /** Pixels. */
  readonly width?: number | undefined
  /** Media type; undefined where it is not stated. */
  readonly type?: string | undefined
}

/** Pixels: wider ones are made for print. */
const widestForWeb = 1600

/** Browsers show these. */
const webPicture = /^image\/(?:p?jpe?g|jpg|png|gif|webp|avif)$/i
const namedAsOther = /\.(?!(?:jpe?g|png|gif|webp|avif)(?:[?#]|$))\w{2,4}$/i

const isForWeb = ({ url, type }: Rendition) =>
  url !== '' && (type ? webPicture.test(type) : !namedAsOther.test(url))

/** The widest that is made for the web, else the narrowest; those without a width come last. */
export function webRendition(renditions: readonly Rendition[]): Rendition | undefined {
  const [first, ...others] = renditions.filter(isForWeb)
  return first && others.reduce((best, one) => (isBetter(one, best) ? one : best), first)
}

function isBetter({ width: one }: Rendition, { width: best }: Rendition): boolean {
  if (one === undefined || best === undefined) return one !== undefined
  return best > widestForWeb ? one < best : one > best && one <= widestForWeb
}

/** Credit and caption are said in one line. @param shown the element */
export function figureHtml(shown: string, { caption, credit }: RawImage): string {
  const words = [caption, credit].filter((word) => word).join(' ')
  return `<figure>${shown}${words && `<figcaption>${escapeText(words)}</figcaption>`}</figure>`
}

/** So many pictures an article has beside its text at most. */
const mostFigures = 100

/** The pictures below a text that does not show them, as HTML. */
export function figuresBelow(html: string, pictures: readonly RawImage[]): string {
  const shown = html.toLowerCase()
  const others = pictures.slice(0, mostFigures).filter(({ url = '' }) => {
    const address = url.toLowerCase()
    return !shown.includes(address) && !shown.includes(escapeAttribute(address))
  })
  const byKey = new Map(others.map((picture) => [pictureKey(picture.url ?? ''), picture]))
  return [...byKey.values()]
    .map((picture) => {
      const { url = '', alt = '' } = picture
      const element = `<img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt)}">`
      return figureHtml(element, picture)
    })
    .join('')
}
