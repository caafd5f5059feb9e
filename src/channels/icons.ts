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

/** The addresses of the pictures that stand for a site, its own where it has them. */
export function sitePictures({ baseUrl, icon, logo }: Config) {
  const ofOwn = (file: SiteFile | undefined) => file && baseUrl + file.path
  const own = ofOwn(icon)
  return {
    small: own ?? baseUrl + icons.small,
    large: own ?? baseUrl + icons.large,
    logo: ofOwn(logo) ?? own ?? baseUrl + icons.logo,
  }
}

/** How large RSS shows the icon: within its bounds, in its shape. */
export function rssSize({ icon }: Config): { width?: number; height?: number } {
  if (!icon) return { width: smallIconSize, height: smallIconSize }
  const { width, height } = icon
  if (!width || !height) return {}
  const scale = Math.min(1, mostWide / width, mostHigh / height)
  const scaled = (size: number) => Math.max(1, Math.round(size * scale))
  return { width: scaled(width), height: scaled(height) }
}
