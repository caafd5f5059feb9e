import { hash } from 'node:crypto'
import type { Config } from '../config.ts'
import { hubsOf } from './hubs.ts'

/** Raised whenever the same articles would be rendered otherwise than before: test/channels/rendering-version.test.ts. */
export const renderingVersion = 11

/** What documents depend on besides their articles: when it changes, all channels have changed. */
export function renderingOf(config: Config): string {
  const { baseUrl, feedItems, publisher, language, timeZone, refreshCron, guid } = config
  const { siteTitle, siteDescription, copyright, sourceLine } = config
  return hash(
    'sha256',
    JSON.stringify([
      ...[renderingVersion, baseUrl, feedItems, publisher],
      ...[language, timeZone, refreshCron, guid],
      ...[config.icon?.path, config.logo?.path, config.accentColour],
      ...[siteTitle, siteDescription, copyright, sourceLine],
      hubsOf(config),
    ]),
  )
}
