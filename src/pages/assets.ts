/** The stylesheet, scripts, and files of the site's owner: their addresses change with their content, so caches keep them. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Accent, isOurAccent } from '../accent.ts'
import type { Config } from '../config.ts'
import { ownFile } from '../own-files.ts'
import type { SiteFile } from '../site-files.ts'
import { toPage } from './page.ts'

const types: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'copy.js': 'text/javascript; charset=utf-8',
  'preview.js': 'text/javascript; charset=utf-8',
}

export type Assets = ReturnType<typeof readAssets>

export function readAssets({ accentColour, icon, logo, stylesheet }: Config) {
  const files = new Map(
    Object.entries(types).map(([name, contentType]) => {
      const own = readFileSync(ownFile(`public/${name}`), 'utf8')
      const body = name === 'style.css' ? own + coloured(accentColour) : own
      const version = hash('sha256', body, 'base64url').slice(0, 12)
      const page = toPage({ contentType, body, dependsOn: [] })
      return [name, { path: `/${name}?v=${version}`, page }]
    }),
  )
  for (const file of [icon, logo, stylesheet]) {
    if (file) files.set(file.name, { path: file.path, page: pageOf(file) })
  }
  // Browsers and readers that look for no other ask for it.
  const favicons = icon?.name.endsWith('.svg') ? ['favicon.ico', 'favicon.svg'] : ['favicon.ico']
  if (icon) for (const name of favicons) files.set(name, { path: icon.path, page: pageOf(icon) })
  return {
    /** The URL path of a file in public/. */
    path: (name: string) => files.get(name)?.path ?? `/${name}`,
    names: () => [...files.keys()],
    /** A file as it is served; undefined when it is none of these. */
    page: (name: string) => files.get(name)?.page,
  }
}

const pageOf = ({ type, bytes }: SiteFile) =>
  toPage({ contentType: type, body: bytes, dependsOn: [] })

/** The site's own colours, below ours. */
function coloured(accent: Accent): string {
  if (isOurAccent(accent)) return ''
  const { light, dark } = accent
  const both = `light-dark(${light}, ${dark})`
  return `\n:root {\n  --accent: ${both};\n  --strong: ${both};\n}\n`
}
