/** What stands beside a link to a page elsewhere (ogp.me, and Twitter's cards, which others show as well). */
import type { Article } from '../article.ts'
import { articleUrl } from '../channels/channel.ts'
import { namedImage } from '../channels/fitted-image.ts'
import { icons, ownPng } from '../channels/icons.ts'
import { absoluteUrl, openingOf } from '../channels/item.ts'
import type { Config } from '../config.ts'
import { openGraphLocale } from './language-codes.ts'

const png = 'image/png'

/** Property and content. */
export type Preview = readonly (readonly [string, string])[]

interface Picture {
  readonly url: string
  readonly alt?: string | undefined
  readonly type?: string | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** A page that is no article. @param url absolute */
export function pagePreview(
  { title, description, url }: { title: string; description: string | undefined; url: string },
  config: Config,
): Preview {
  return known([
    ['og:type', 'website'],
    ['og:title', title || config.siteTitle],
    ['og:description', description],
    ['og:url', url],
    ['og:site_name', config.siteTitle],
    ['og:locale', openGraphLocale(config.language)],
    ...pictureOf(sitePicture(config), 'summary'),
  ])
}

/** With the members of ogp.me's type `article`. */
export function articlePreview(article: Article, config: Config): Preview {
  const { title, language, section, tags, published, updated } = article
  const image = article.image && namedImage(article.image)
  // Nobody who shows a preview draws SVG; without a picture some take one of the page's own.
  const lead = image?.url && image.type !== 'image/svg+xml' ? image : undefined
  const picture = lead?.url && {
    url: absoluteUrl(lead.url, config),
    alt: lead.alt ?? lead.caption,
    type: lead.type,
    width: lead.width,
    height: lead.height,
  }
  return known([
    ['og:type', 'article'],
    ['og:title', title],
    ['og:description', articleDescription(article)],
    ['og:url', articleUrl(article, config)],
    ['og:site_name', article.publisher?.name ?? config.siteTitle],
    ['og:locale', openGraphLocale(language)],
    ...(picture
      ? pictureOf(picture, 'summary_large_image')
      : pictureOf(ownPicture(config), 'summary')),
    ['article:published_time', published],
    ['article:modified_time', updated],
    ['article:section', section?.name],
    ...tags.map(({ name }): [string, string] => ['article:tag', name]),
  ])
}

/** Never empty: who shows a preview would take any words of the page. */
export const articleDescription = (article: Article): string => openingOf(article) || article.title

function ownPicture(config: Config): Picture | undefined {
  const own = ownPng(config)
  return own && { ...own, alt: config.siteTitle, type: png }
}

/** Of a page that is no article: ours where its owner has given none, not even an SVG. */
function sitePicture(config: Config): Picture | undefined {
  const { baseUrl, icon, logo } = config
  const ours = { url: baseUrl + icons.large, type: png, width: 512, height: 512 }
  return ownPicture(config) ?? (icon || logo ? undefined : ours)
}

function pictureOf(picture: Picture | undefined, card: string): [string, string | undefined][] {
  return [
    ['og:image', picture?.url],
    ['og:image:alt', picture?.alt],
    ['og:image:type', picture?.type],
    ['og:image:width', picture?.width?.toString()],
    ['og:image:height', picture?.height?.toString()],
    ['twitter:card', card],
  ]
}

const known = (properties: readonly (readonly [string, string | undefined])[]): Preview =>
  properties.filter((one): one is [string, string] => !!one[1])
