import type { Config } from '../config.ts'

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

/** Where one of them is found. @param path of `icons` */
export const iconUrl = (path: string, { baseUrl }: Config) => baseUrl + path
