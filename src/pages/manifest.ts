import { groundsOf, isOurAccent } from '../accent.ts'
import { icons } from '../channels/icons.ts'
import type { Config } from '../config.ts'
import { ended } from '../text.ts'
import { wordingIn } from '../words/wording.ts'
import { basePath } from './renderer.ts'

/** The web app manifest (w3.org/TR/appmanifest). */
export function manifest(config: Config): string {
  const { language, direction, words, say } = wordingIn(config.language)
  const to = (path: string) => basePath(config) + path
  const icon = (path: string, sizes: string, type: string, purpose: string) => ({
    src: to(path),
    sizes,
    type,
    purpose,
  })
  const { icon: own } = config
  const ground = groundsOf(config)?.light
  const ownSize = own?.width ? `${own.width}x${own.height}` : 'any'
  const ownIcon = own && [icon(own.path, ownSize, own.type, 'any')]
  return JSON.stringify({
    name: config.siteTitle,
    short_name: config.siteTitle,
    description:
      config.siteDescription || ended(say(words.newest.site, { publisher: config.siteTitle })),
    lang: language,
    dir: direction,
    start_url: to('/'),
    scope: to('/'),
    display: 'minimal-ui',
    background_color: ground,
    theme_color: isOurAccent(config.accentColour) ? ground : config.accentColour.light,
    icons: ownIcon ?? [
      icon(icons.drawing, 'any', 'image/svg+xml', 'any'),
      icon(icons.touch, '192x192', 'image/png', 'any'),
      icon(icons.large, '512x512', 'image/png', 'any'),
      icon(icons.large, '512x512', 'image/png', 'maskable'),
    ],
  })
}
