import type { Config } from '../config.ts'
import type { SiteFile } from '../site-files.ts'

/** Our pictures, drawn from the first of them: files in public/, which are at these paths. */
export const icons = {
  /** For browsers: few feed readers show SVG. */
  drawing: '/favicon.svg',
  /** As wide as RSS allows (rssboard.org/rss-specification, image). */
  small: '/icon-144.png',
  touch: '/icon-192.png',
  large: '/icon-512.png',
  /** Twice as wide as high (RFC 4287 §4.2.8). */
  logo: '/logo.png',
}

/** Pixels of each side. */
export const smallIconSize = 144

/** Of RSS (rssboard.org/rss-specification, image). */
const mostWide = 144
const mostHigh = 400

interface Picture {
  /** Absolute. */
  readonly url: string
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** The addresses of the pictures that stand for a site, its own where it has them. */
export function sitePictures(config: Config) {
  const { baseUrl, icon } = config
  const own = icon && baseUrl + icon.path
  return {
    small: own ?? baseUrl + icons.small,
    large: own ?? baseUrl + icons.large,
    logo: ownLogo(config)?.url ?? baseUrl + icons.logo,
  }
}

/** The logo of the site's owner, else the icon; sizes are known of PNG alone. */
export function ownLogo({ baseUrl, icon, logo }: Config): Partial<Picture> | undefined {
  const own = logo ?? icon
  return own && { url: baseUrl + own.path, ...sizeOf(own) }
}

/** A picture of the site's owner for those who draw no SVG: the icon, which is square, else the logo. */
export function ownPng({ baseUrl, icon, logo }: Config): Picture | undefined {
  for (const own of [icon, logo]) {
    const size = own && sizeOf(own)
    if (size) return { url: baseUrl + own.path, ...size }
  }
  return undefined
}

const sizeOf = ({ width, height }: SiteFile) => (width && height ? { width, height } : undefined)

/**
 * What RSS shows, which may be no SVG: as large as it allows, in its own shape.
 * @returns undefined where the site's owner has an SVG alone: ours would be that of somebody else
 */
export function rssPicture(config: Config): Picture | undefined {
  const { baseUrl, icon, logo } = config
  const own = ownPng(config)
  if (!own) {
    const ours = { url: baseUrl + icons.small, width: smallIconSize, height: smallIconSize }
    return icon || logo ? undefined : ours
  }
  const scale = Math.min(1, mostWide / own.width, mostHigh / own.height)
  const scaled = (size: number) => Math.max(1, Math.round(size * scale))
  return { url: own.url, width: scaled(own.width), height: scaled(own.height) }
}
